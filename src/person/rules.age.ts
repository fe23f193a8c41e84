import type { Day } from '../base/time.ts'
import { yearsLived } from './rules.edtf.ts'
import type { AgeClaim, Identity } from './schema.ts'

/** Whole years, today. */
export interface AgeRange {
  readonly min: number
  readonly max: number
}
const standing = (identity: Identity): AgeClaim[] => identity.ages.filter(a => a.standing !== 'withdrawn')
const hull = (claims: readonly AgeClaim[], today: Day): AgeRange | undefined => {
  const read = claims.filter((c): c is AgeClaim & { min: Day; max: Day } => c.min !== null && c.max !== null)
  return read.length === 0
    ? undefined
    : { min: Math.min(...read.map(c => yearsLived(c.max, today))), max: Math.max(...read.map(c => yearsLived(c.min, today))) }
}
/**
 * How old somebody is today, as far as is understood: what was confirmed, else everything that stands, else what is disputed. Ages said differently widen the range.
 * Undefined where nothing was said that we can read.
 */
export const ageRange = (identity: Identity, today: Day): AgeRange | undefined => {
  const all = standing(identity)
  return (
    hull(
      all.filter(c => c.standing === 'confirmed'),
      today,
    ) ??
    hull(
      all.filter(c => c.standing === 'stands'),
      today,
    ) ??
    hull(all, today)
  )
}
/** How young and how old somebody may be at all: every claim that was not withdrawn, disputed ones too. */
export const widestAge = (identity: Identity, today: Day): AgeRange | undefined => hull(standing(identity), today)

/** Whoever may be under 18 is a child until that is refuted; so is everybody of whose age nothing is known. */
export const presumedChild = (range: AgeRange | undefined): boolean => range === undefined || range.min < 18
/** The presumption for a person: it falls only when nothing that was said of their age is below 18, whoever said it. */
export const isPresumedChild = (identity: Identity, today: Day): boolean => {
  const unread = standing(identity).some(c => c.min === null && c.text.trim() !== '')
  return presumedChild(widestAge(identity, today)) || (unread && !standing(identity).some(c => c.standing === 'confirmed'))
}
/** "14" or "14–16". */
export const rangeText = (r: AgeRange): string => (r.min === r.max ? String(r.min) : `${r.min}–${r.max}`)
