import { type Errors, parseForm, type Values } from '../base/form.ts'
import { type Id, isId } from '../base/id.ts'
import { once, savedOnce } from '../platform/command.ts'
import { type Answer, type Asked, hidden, type Office, page, redirect } from '../platform/office.ts'
import { newId } from '../platform/records.ts'
import { linkCrumbs } from './routes.registers.crumbs.ts'
import { draftsOf, offersOf } from './rules.registers.claims.ts'
import { addClaim, displayName } from './rules.ts'
import { type FoundPair, pairsAPage, type RegisterLink, takeForm } from './schema.registers.ts'
import type { ClaimDraft } from './schema.ts'
import { takeScreen } from './screens.registers.take.tsx'
import { findLink, linkKey, parts } from './store.registers.ts'
import { findPerson, lockPerson, savePersonEvent } from './store.ts'

interface Decided {
  readonly link: RegisterLink
  readonly n: number
  readonly pair: FoundPair
  /** Other people of ours decided to be this row: two records of one child. */
  readonly others: readonly Id[]
}
/** Pairs of one row that were decided to be one person with somebody of ours. */
export const sameRow = async (a: Asked, link: RegisterLink, key: Buffer, leftId: string): Promise<{ n: number; personId: Id }[]> => {
  const [pages, decisions] = [await parts(a, link, key, 'pairs'), await parts(a, link, key, 'decision')]
  return [...decisions].flatMap(([n, d]) => {
    const pair = d.verdict === 'same' ? pages.get(Math.floor(n / pairsAPage))?.[n % pairsAPage] : undefined
    return pair && pair.leftId === leftId && isId(pair.rightId) ? [{ n, personId: pair.rightId }] : []
  })
}
/** A pair of theirs and ours that somebody decided to be one person; undefined otherwise. */
const decidedPair = async (a: Asked): Promise<Decided | undefined> => {
  const link = await findLink(a, a.params.registerId!)
  const key = link?.state === 'review' && link.way === 'ours' ? await linkKey(a, link) : undefined
  const n = /^\d{1,5}$/.test(a.query.n ?? '') ? Number(a.query.n) - 1 : -1
  if (!link || !key || n < 0) return undefined
  const at = Math.floor(n / pairsAPage)
  const pair = (await parts(a, link, key, 'pairs', at, at)).get(at)?.[n % pairsAPage]
  if (!pair || !isId(pair.rightId)) return undefined
  const same = await sameRow(a, link, key, pair.leftId)
  if (!same.some(x => x.n === n)) return undefined
  return { link, n, pair, others: same.filter(x => x.n !== n).map(x => x.personId) }
}
const path = (d: Decided) => `/registers/${d.link.id}/take?n=${d.n + 1}`

interface Shown {
  readonly values?: Values
  readonly errors?: Errors
  readonly status?: number
  readonly command?: string
}
const show = async (a: Asked, d: Decided, v: Shown): Promise<Answer> => {
  const person = await findPerson(a, d.pair.rightId as Id)
  if (!person?.identity || person.state !== 'active') return hidden
  const offers = offersOf(d.pair)
  a.saw('register.take', [d.link.id, person.id])
  return page({
    title: a.t('register.take.title'),
    nav: 'registers',
    status: v.status ?? 200,
    breadcrumbs: linkCrumbs(a, d.link),
    body: takeScreen(
      {
        link: d.link,
        name: displayName(person.identity),
        personId: person.id,
        others: d.others,
        back: a.to(`/registers/${d.link.id}/pair?n=${d.n + 1}`),
        to: a.to,
        form:
          offers.length === 0 || !a.can('person:claim')
            ? undefined
            : {
                form: takeForm,
                action: a.to(path(d)),
                values: v.values ?? { take: offers.filter(o => !o.known).map(o => String(o.n)) },
                errors: v.errors,
                command: v.command ?? newId(),
                options: {
                  take: offers.map(o => ({
                    value: String(o.n),
                    text: `${a.t(`register.kind.${o.kind}`)}: ${o.text}${o.known ? ` (${a.t('register.take.known')})` : ''}`,
                  })),
                },
              },
      },
      a.t,
    ),
  })
}

/** After "one person": what the row says is offered as claims of our record, in the partner's words and confirmed by nobody. They are withdrawn like any claim. */
export const registerTake = (o: Office): void => {
  o.get('/registers/:registerId/take', 'register:use', async a => {
    const d = await decidedPair(a)
    return d ? show(a, d, {}) : hidden
  })
  o.post('/registers/:registerId/take', 'register:use', async a => {
    const d = await decidedPair(a)
    if (!d || !a.can('person:claim')) return hidden
    const sent = isId(a.body.command) ? { command: a.body.command } : {}
    const parsed = parseForm(takeForm, a.body)
    if (!parsed.ok) return show(a, d, { values: parsed.values, errors: parsed.errors, status: 422, ...sent })
    const chosen = offersOf(d.pair).filter(x => parsed.value.take.includes(String(x.n)))
    const drafts: readonly ClaimDraft[] = draftsOf(chosen, d.link.agreement.from)
    const personId = d.pair.rightId as Id
    const done = redirect(`/people/${personId}?done=saved`)
    const command = parsed.command ?? newId()
    return once<Answer>(
      a,
      { command, content: { n: d.n, ...parsed.value }, record: personId },
      {
        fresh: async () => {
          let person = await lockPerson(a, personId)
          if (person?.state !== 'active') return { refused: hidden }
          for (const draft of drafts) {
            const event = addClaim(person, draft, { id: newId(), by: a.actor.id, at: a.now })
            // What a row says badly (an empty sex, a date nobody can read) keeps nothing else from being taken.
            if (event.ok) person = await savePersonEvent(a, person, event.value, command)
          }
          return { saved: done }
        },
        again: () => done,
        clash: () => show(a, d, { values: { ...parsed.value }, errors: savedOnce, status: 409 }),
      },
    )
  })
}
