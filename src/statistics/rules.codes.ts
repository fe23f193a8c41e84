import { isPresumedChild, widestAge } from '../person/rules.age.ts'
import type { AgeClaim, FactClaim, Identity } from '../person/schema.ts'
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

/**
 * The band when the case was opened. The years of birth that an age may mean span up to four years ("12–13" are three); their middle decides. Wider ones say nothing.
 */
export const ageBand = (claim: Pick<AgeClaim, 'minYear' | 'maxYear'> | undefined, opened: string): Codes['age'] => {
  if (!claim || claim.minYear === null || claim.maxYear === null || claim.maxYear - claim.minYear > 4) return 'unknown'
  const age = Number(opened.slice(0, 4)) - (claim.minYear + claim.maxYear) / 2
  return age < 0 || age > 99 ? 'unknown' : bandOf(Math.floor(age))
}

/** Whoever may be under 18 is counted among children: in the middle of the years that they may have as one. Of a person whose age nothing says, nothing is said. */
const countedAge = (identity: Identity, opened: string): Codes['age'] => {
  const band = ageBand(counts(identity.ages), opened)
  if (band !== '18+' || !isPresumedChild(identity, opened)) return band
  const min = widestAge(identity, opened)?.min ?? 18
  return min >= 18 || 17 - min > 4 ? 'unknown' : bandOf(Math.floor((min + 17) / 2))
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
