import type { Id } from '../base/id.ts'
import { type CaseWorld, caseWorld } from '../case/world.testing.ts'
import { closurePolicy } from '../closure/policy.ts'
import { registerClosure } from '../closure/routes.ts'
import { getOf, plain, postOf } from '../contact/public.testing.http.ts'
import { type ArgonQueue, argonQueue } from '../platform/argon.ts'
import { buildSite, type Site } from '../platform/site.ts'
import type { Person } from '../platform/testing.session.ts'
import { wordsFor } from '../platform/words.ts'
import { followUpPublicPolicy } from './policy.public.ts'
import { followUpPolicy } from './policy.ts'
import { registerCheckInPage } from './routes.public.ts'
import { followUpPart, registerFollowUp } from './routes.ts'

export interface FollowUpWorld extends CaseWorld {
  readonly site: Site
  readonly siteLogged: unknown[]
  readonly seen: ReturnType<typeof getOf>
  readonly press: ReturnType<typeof postOf>
  /** A case, closed today. */
  closed(who?: Person, reason?: string): Promise<Id>
  /** A code made through the form: the words as they are shown. */
  code(who: Person, caseId: Id, o?: { word?: string; danger?: string; language?: string }): Promise<string>
  /** The child opens the questions; returns the hidden fields of the page, or undefined where nothing was found. */
  door(words: string, word: string, lang?: string): Promise<Record<string, string> | undefined>
}

/** The office with cases, closing and follow-up, and the child's page on the same database. */
export const followUpWorld = async (argon: ArgonQueue = argonQueue()): Promise<FollowUpWorld> => {
  const w = await caseWorld(
    o => {
      registerFollowUp(o)
      registerClosure(o)
    },
    [followUpPolicy, closurePolicy],
    [followUpPart],
  )
  const siteLogged: unknown[] = []
  const site = buildSite({
    pool: w.db.pool('public_in', 4),
    keys: { fakeSalt: w.db.keys.fake_salt },
    argon,
    words: wordsFor,
    clock: () => new Date(),
    demo: true,
    version: '1',
    https: false,
    trustProxy: false,
    permissions: followUpPublicPolicy.permissions,
    log: e => siteLogged.push(e),
  })
  registerCheckInPage(site)
  const [seen, press] = [getOf(site), postOf(site)]
  return {
    ...w,
    site,
    siteLogged,
    seen,
    press,
    closed: async (who = w.people.worker, reason = 'goals_met') => {
      const id = await w.open(who, { name: 'Лола' })
      const r = await w.send(who, `/cases/${id}/close`, { reason, note: 'дома' })
      if (r.statusCode !== 303) throw new Error(`closing answers ${r.statusCode}`)
      return id
    },
    code: async (who, caseId, o = {}) => {
      const r = await w.send(who, `/cases/${caseId}/follow-up/code`, {
        language: o.language ?? 'ru',
        word: o.word ?? 'зонтик',
        danger: o.danger ?? '',
      })
      if (r.statusCode !== 200) throw new Error(`the code answers ${r.statusCode}: ${r.body.replace(/<[^>]+>/g, ' ').slice(0, 400)}`)
      return (/<(?:ol|p) class="dv-secret"[^>]*>(.*?)<\/(?:ol|p)>/.exec(r.body)?.[1] ?? '')
        .replaceAll('</li>', ' ')
        .replace(/<[^>]+>/g, '')
        .trim()
    },
    door: async (words, word, lang = 'ru') => {
      const r = await press(`/${lang}/day`, { words, word })
      if (r.statusCode !== 200) return undefined
      return Object.fromEntries(
        [...r.body.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(m => [m[1]!, plain(m[2]!)]),
      )
    },
    end: async () => {
      await site.app.close()
      await w.end()
    },
  }
}

/** Which button of the form was pressed. (An object with a `then` of its own looks like a promise to a linter.) */
export const pressed = (button: 'send' | 'help' | 'someone'): Record<string, string> => Object.fromEntries([['then', button]])
