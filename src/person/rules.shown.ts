import type { Day } from '../base/time.ts'
import { ageRange, rangeText } from './rules.age.ts'
import { bestOf } from './rules.best.ts'
import type { Claim, FactClaim, Identity, NameClaim, Whereabouts } from './schema.ts'

/* What of a person other pages show: the name, the age, where they are. */

export const joined = (n: NameClaim): string =>
  [n.parts.family, n.parts.given, n.parts.patronymic, n.parts.other]
    .map(s => s.trim())
    .filter(Boolean)
    .join(' ') || n.latin.trim()
/** The name to call the record by: confirmed before stated, own before nickname, as the child gave it; empty where none is known. A withdrawn name is never shown as the name. */
export const displayName = (identity: Identity | undefined): string => {
  const { best } = bestOf(identity?.names ?? [])
  return best ? joined(best) : ''
}
/** All names that may find this person, as written and in Latin letters; withdrawn ones too, since a child may give an old name again. */
export const namesOf = (identity: Identity): string[] =>
  identity.names.flatMap(n => [joined(n), n.latin.trim()]).filter((n, i, all) => n !== '' && all.indexOf(n) === i)
/** A fact of one kind that still stands. */
export const factsOf = <W extends FactClaim['what']>(identity: Identity, what: W): Extract<FactClaim, { what: W }>[] =>
  identity.facts.filter((f): f is Extract<FactClaim, { what: W }> => f.what === what)

/** What was said differently and still stands, each as it was said. Several languages, names and places are no disagreement: a child may have them all. */
export interface Disagreement {
  readonly what: 'age' | 'sex' | 'citizenship' | 'origin'
  readonly said: readonly string[]
}
const distinct = (texts: readonly string[]) => [...new Map(texts.map(t => [t.normalize('NFC').trim().toLowerCase(), t.trim()])).values()]
const stand = <C extends Claim>(list: readonly C[]) => list.filter(c => c.standing !== 'withdrawn')
/** Days of birth that overlap may all be true: "12" and "12–13" are one child. */
const agesApart = (identity: Identity): boolean => {
  const ages = stand(identity.ages)
  return ages.some(a => ages.some(b => a.min !== null && b.max !== null && a.min > b.max))
}
export const disagreements = (identity: Identity): Disagreement[] => {
  const facts = (['sex', 'citizenship', 'origin'] as const).map(what => ({
    what,
    said: distinct(stand(identity.facts).flatMap(c => (c.what === what ? [c.text] : []))),
  }))
  return [
    ...(agesApart(identity) ? [{ what: 'age' as const, said: distinct(stand(identity.ages).map(a => a.text)) }] : []),
    ...facts.filter(f => f.said.length > 1),
  ]
}
/**
 * The age to show. With a day: how old they are then, a range ("14–16"), since what was said two years ago is not what they are. Without: as it was said, all of it where it was
 * said differently. Empty where nothing stands.
 */
export const displayAge = (identity: Identity | undefined, today?: Day): string => {
  if (!identity) return ''
  const range = today === undefined ? undefined : ageRange(identity, today)
  if (range) return rangeText(range)
  const apart = disagreements(identity).find(d => d.what === 'age')
  return apart ? apart.said.join(' / ') : (bestOf(identity.ages).best?.text ?? '')
}
/** What is said at present of where the child stays and with whom, newest first. Homes, schools and clinics of before are not where they are. */
export const currentPlaces = (w: Whereabouts | undefined) =>
  [...(w?.places ?? [])].filter(c => c.standing !== 'withdrawn' && !['residence', 'school', 'clinic'].includes(c.place)).reverse()
