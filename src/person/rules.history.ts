import { claimsOf } from './rules.ts'
import type { Claim, Person, PersonEvent } from './schema.ts'

/** What an event was about: the kind of claim, for telling how the understanding of one thing came about. Undefined where it was about the person as a whole. */
export const aboutOf = (e: PersonEvent | undefined, p: Pick<Person, 'identity' | 'whereabouts'>): Claim['what'] | undefined => {
  if (!e) return undefined
  if (e.type === 'claim_added') return e.claim.what
  if (e.type === 'claim_judged') return claimsOf(p).find(c => c.id === e.claimId)?.what
  return e.type === 'person_recorded' ? undefined : 'age'
}
