import { codeOf } from '../base/codes.ts'
import { type Errors, type Fields, type FormDef, parseForm, type Values } from '../base/form.ts'
import { type Id, isId } from '../base/id.ts'
import type { Result } from '../base/result.ts'
import { once, savedOnce } from '../platform/command.ts'
import { SealError } from '../platform/crypto.ts'
import { type Answer, type Asked, hidden, type Office, page, redirect } from '../platform/office.ts'
import { newId } from '../platform/records.ts'
import { claimsOf, displayName, type PersonError } from './rules.ts'
import type { Person, PersonEvent } from './schema.ts'
import { claimText, personFormScreen } from './screens.tsx'
import { lockPerson, savePersonEvent } from './store.ts'

// biome-ignore lint/complexity/noBannedTypes: a form without groups adds nothing to its value
type NoGroups = {}
/** The way back, in words: people, and the person. */
export const crumbs = (a: Asked, id?: Id) => [
  { text: a.t('person.search.title'), href: '/people/search' },
  ...(id ? [{ text: a.t('person.page.title'), href: `/people/${id}` }] : []),
]

/** One act on one person: load, once, stale, decide, apply, save, show. */
export const personCommand = <const F extends Fields>(
  o: Office,
  s: {
    path: string
    form: FormDef<F, NoGroups>
    words: string
    initial: Values
    known: (p: Person, a: Asked) => boolean
    decide: (a: Asked, p: Person, v: never) => Result<PersonEvent, PersonError>
  },
): void => {
  const at = (a: Asked) => `/people/${a.params.personId}/${s.path.replace(':claimId', a.params.claimId ?? '')}`
  const show = (
    a: Asked,
    p: Person,
    v: { values?: Values; errors?: Errors; status?: number; stale?: boolean; command?: string; version?: number },
  ): Answer => {
    a.saw('person.form', [p.id])
    const claim = claimsOf(p).find(c => c.id === a.params.claimId)
    const code = claim ? codeOf('P', p.id, 2, claim.id) : codeOf('P', p.id, 1)
    return page({
      title: a.t(`${s.words}.title`),
      nav: 'people',
      status: v.status ?? 200,
      breadcrumbs: crumbs(a, p.id),
      print: code,
      body: personFormScreen(
        {
          form: s.form,
          words: s.words,
          caption: claim ? claimText(claim) : displayName(p.identity),
          action: a.to(at(a)),
          back: a.to(`/people/${p.id}`),
          command: v.command ?? newId(),
          version: v.version ?? p.version,
          formCode: code,
          values: v.values ?? s.initial,
          errors: v.errors,
          to: a.to,
          stale: v.stale
            ? claimsOf(p).map(c => `${a.t(`person.what.${c.what}`)}: ${claimText(c)} (${a.t(`person.standing.${c.standing}`)})`)
            : undefined,
        },
        a.t,
      ),
    })
  }
  o.get(`/people/:personId/${s.path}`, 'person:claim', async a => {
    const p = await lockPerson(a, a.params.personId!, false)
    return p && s.known(p, a) ? show(a, p, {}) : hidden
  })
  o.post(`/people/:personId/${s.path}`, 'person:claim', async a => {
    const id = a.params.personId!
    const parsed = parseForm(s.form, a.body)
    if (!parsed.ok) {
      const p = await lockPerson(a, id)
      return p && s.known(p, a)
        ? show(a, p, {
            values: parsed.values,
            errors: parsed.errors,
            status: 422,
            ...(isId(a.body.command) ? { command: a.body.command } : {}),
            ...(/^\d{1,9}$/.test(String(a.body.version ?? '')) ? { version: Number(a.body.version) } : {}),
          })
        : hidden
    }
    const command = parsed.command ?? newId()
    const typed = Object.fromEntries(
      Object.entries(a.body).filter((e): e is [string, string] => typeof e[1] === 'string' && e[0] !== 'command' && e[0] !== 'version'),
    )
    return once<Answer>(
      a,
      { command, content: { at: at(a), value: parsed.value }, record: id },
      {
        fresh: async () => {
          const p = await lockPerson(a, id)
          if (!p || !s.known(p, a)) return { refused: hidden }
          if (parsed.version !== p.version) return { refused: show(a, p, { values: typed, status: 409, stale: true }) }
          const refuse = (code: string) => ({
            refused: show(a, p, { values: typed, errors: { '': { key: `person.error.${code}` } }, status: 422, command }),
          })
          const decided = s.decide(a, p, parsed.value as never)
          if (!decided.ok) return refuse(decided.error)
          try {
            await savePersonEvent(a, p, decided.value, command)
          } catch (e) {
            if (e instanceof SealError && (e.message === 'no_key' || e.message === 'team_has_no_key')) return refuse(e.message)
            throw e
          }
          return { saved: redirect(`/people/${id}?done=saved`) }
        },
        again: () => redirect(`/people/${id}?done=saved`),
        clash: async () => {
          const p = await lockPerson(a, id)
          return p ? show(a, p, { values: typed, errors: savedOnce, status: 409 }) : hidden
        },
      },
    )
  })
}
