import { type AgeRange, ageRange, isPresumedChild } from '../person/rules.age.ts'
import { bestOf } from '../person/rules.best.ts'
import type { FactClaim, Identity } from '../person/schema.ts'
import { placeOf } from './rules.places.ts'
import type { Codes, Left, What } from './schema.ts'

/** What is known of a case when its codes are made. What the writer could not open is undefined. */
export interface CaseFacts {
  readonly personId: string
  readonly opened: string
  readonly closed: string | null
  /** Days of reopening and of check-ins that were answered, from the journal. */
  readonly reopened: readonly string[]
  readonly checkedIn: readonly string[]
  readonly openedInError: boolean
  readonly identity: Identity | undefined
  readonly screening: { readonly purposes: readonly string[]; readonly channel: string | null } | undefined
}

export const monthOf = (day: string): string => `${day.slice(0, 7)}-01`

/** The claim that counts: a confirmed one, else the last that stands; one that is disputed only where there is no other. */
const counts = <C extends { readonly standing: string }>(claims: readonly C[]): C | undefined => {
  const of = (standing: string) => claims.filter(c => c.standing === standing).at(-1)
  return of('confirmed') ?? of('stands') ?? of('disputed')
}
const fact = (identity: Identity, what: FactClaim['what']) => counts(identity.facts.filter(f => f.what === what))

/** The band of an age in years. */
export const bandOf = (age: number): Codes['age'] =>
  age < 6 ? '0-5' : age < 10 ? '6-9' : age < 14 ? '10-13' : age < 16 ? '14-15' : age < 18 ? '16-17' : '18+'

/** The band of somebody who is between two ages; `range` where they lie in two bands: the middle of "13 to 16" is an age that nobody said. */
export const bandOfRange = (r: AgeRange | undefined): Codes['age'] => {
  if (!r || r.min > 99) return 'unknown'
  const band = bandOf(r.min)
  return band === bandOf(r.max) ? band : 'range'
}

/**
 * The band on the day the case was opened, of the claim that we go by among those that can be read. Whoever may be under 18 is never counted as grown up: of them it is
 * said that it is not sure.
 */
const countedAge = (identity: Identity, opened: string): Codes['age'] => {
  const { best } = bestOf(identity.ages.filter(a => a.min !== null && a.max !== null))
  const band = bandOfRange(best && ageRange({ ...identity, ages: [best] }, opened))
  return band === '18+' && isPresumedChild(identity, opened) ? 'range' : band
}

const female = /^(ж|д(ев|оч)|f(em|ille|$)|girl|woman|she\b|қиз|qiz|кыз|духтар)/
const male = /^(м(уж|ал|$|\.)|парен|юнош|m(ale|an|asc|$)|boy|he\b|gar[cç]on|o.?g.?il|ўғил|эркек|уул|писар)/
export const sexOf = (text: string | undefined): Codes['sex'] => {
  const said = (text ?? '').normalize('NFC').trim().toLowerCase()
  return female.test(said) ? 'female' : male.test(said) ? 'male' : 'unknown'
}

const originOf = (identity: Identity): string => {
  const from = placeOf(fact(identity, 'origin')?.text ?? '')
  if (from !== 'unknown' && from !== 'other') return from
  const citizen = placeOf(fact(identity, 'citizenship')?.text ?? '')
  return citizen === 'unknown' ? from : citizen
}

/** One purpose, 'several', or 'unknown' before anybody asked: a child stands in one row of a table. */
const purposeOf = (purposes: readonly string[]) => (purposes.length === 0 ? 'unknown' : purposes.length === 1 ? purposes[0]! : 'several')

/** The codes of a case, as far as its facts are known. */
export const leftOf = (f: CaseFacts, at: string): Left => {
  const events = new Map<string, { what: What; month: string }>()
  const add = (what: What, day: string) => void events.set(`${what} ${monthOf(day)}`, { what, month: monthOf(day) })
  add('opened', f.opened)
  if (f.closed) add('closed', f.closed)
  for (const d of f.reopened) add('reopened', d)
  for (const d of f.checkedIn) add('checked_in', d)
  const child = f.identity === undefined || f.identity.relation === 'child' || f.identity.relation === 'sibling'
  return {
    at,
    child: f.personId,
    counted: child && !f.openedInError,
    events: [...events.values()],
    ...(f.identity && {
      who: {
        age: countedAge(f.identity, f.opened),
        sex: sexOf(fact(f.identity, 'sex')?.text),
        origin: originOf(f.identity),
      },
    }),
    ...(f.screening && { how: { purpose: purposeOf(f.screening.purposes), channel: f.screening.channel ?? 'unknown' } }),
  }
}

/** Codes with "unknown" for what could not be opened. */
export const codesOf = (left: Left): Codes => ({
  ...(left.who ?? { age: 'unknown', sex: 'unknown', origin: 'unknown' }),
  ...(left.how ?? { purpose: 'unknown', channel: 'unknown' }),
})
