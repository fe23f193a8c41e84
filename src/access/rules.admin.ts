import { functionOfRole, type Role, type TeamFunction } from '../base/people.ts'
import { addDays, type Day, dayOf, type Stamp } from '../base/time.ts'

/** Roles that could do harm without a colleague's keys: they take effect when a second person has agreed. The same list stands in app.roles_that_wait(). */
export const rolesThatWait: readonly Role[] = ['administrator', 'supervisor', 'auditor', 'analyst']

/** The functions of the roles that a person holds or is to hold. */
export const functionsFor = (held: readonly Role[], wished: readonly Role[] = []): readonly TeamFunction[] => [
  ...new Set([...held, ...wished].flatMap(r => functionOfRole[r] ?? [])),
]

/** A case number as somebody reads it from paper: spaces, small letters, the letters that look like digits. */
export const caseNumber = (typed: string): string =>
  `D-${typed.toUpperCase().replace(/[\s-]/g, '').replace(/^[DД]/, '').replace(/O/g, '0').replace(/[IL]/g, '1')}`

export const isCaseNumber = (s: string): boolean => /^D-[0-9A-HJKMNP-TV-Z]{7}$/.test(s)

/** The instant at which a calendar day begins in a time zone. */
export const dayBegins = (day: Day, timeZone: string): Stamp => {
  const utc = Date.parse(`${day}T00:00:00Z`)
  // The zone's offset is found by asking what time it is there at that instant; half an hour steps exist.
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour12: false,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(new Date(utc))
  const part = (type: string) => Number(parts.find(p => p.type === type)?.value ?? 0)
  const there = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour') % 24, part('minute'))
  return new Date(utc - (there - utc)).toISOString()
}
/** The instant at which a calendar day is over. */
export const dayEnds = (day: Day, timeZone: string): Stamp => dayBegins(addDays(day, 1), timeZone)

export type AbsenceError = 'from_past' | 'until_before' | 'until_far'
/** Days of an absence: from today on, the end not before the beginning, at most a year. */
export const judgeAbsence = (from: Day, until: Day, now: Stamp, timeZone: string): AbsenceError | null => {
  const today = dayOf(now, timeZone)
  if (from < today) return 'from_past'
  if (until < from) return 'until_before'
  return until > addDays(today, 365) ? 'until_far' : null
}

/** Hours in which a supervisor has to look at an emergency opening; after that the right of whoever opened it rests. */
export const reviewHours = 72
/** Openings by one person in 30 days above which the auditor sees them in red. */
export const glassBudget = 2

/** Marks of the health page and how old each may be, in hours. */
export const markAge: Readonly<Record<string, number>> = {
  backup: 26,
  sweep: 1,
  waiting: 1,
  contacts_waiting: 1,
  ended: 1,
  statistics: 2,
  files: 2,
  paging: 1,
  on_call: 1,
  retention: 2,
  rooms: 1,
}
export type Light = 'good' | 'bad' | 'none'
/** Green while the newest mark is good and young enough. */
export const lightOf = (mark: { at: Stamp; ok: boolean } | undefined, what: string, now: Stamp): Light => {
  if (!mark) return 'none'
  const hours = (Date.parse(now) - Date.parse(mark.at)) / 3_600_000
  return mark.ok && hours <= (markAge[what] ?? 24) ? 'good' : 'bad'
}
/** A helpline is shown to children for twelve months after somebody has called it. */
export const helplineFresh = (verifiedOn: Day | null, today: Day): boolean => verifiedOn !== null && addDays(verifiedOn, 365) >= today
