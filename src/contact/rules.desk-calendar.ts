import { dayOf, type Stamp } from '../base/time.ts'

/** Days of an agency that are other than the week says. */
export interface Calendar {
  /** Free though they fall on a weekday. */
  readonly free: ReadonlySet<string>
  /** Worked though they fall on a weekend or a holiday. */
  readonly worked: ReadonlySet<string>
}
export const plainCalendar: Calendar = { free: new Set(), worked: new Set() }

/** Public holidays of Russia by month and day (Labour Code, article 112); days that the government moves each year are set by the agency. */
const holidays = new Set([
  '01-01',
  '01-02',
  '01-03',
  '01-04',
  '01-05',
  '01-06',
  '01-07',
  '01-08',
  '02-23',
  '03-08',
  '05-01',
  '05-09',
  '06-12',
  '11-04',
])

const dayMs = 86_400_000
const plus = (day: string, n: number): string => new Date(Date.parse(`${day}T00:00:00Z`) + n * dayMs).toISOString().slice(0, 10)

export const isWorkingDay = (day: string, c: Calendar): boolean => {
  if (c.worked.has(day)) return true
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return !c.free.has(day) && weekday !== 0 && weekday !== 6 && !holidays.has(day.slice(5))
}
/** The first working day after `day`; never further than two months, whatever somebody has set. */
const nextWorking = (day: string, c: Calendar): string => {
  for (let n = 1; n < 62; n++) if (isWorkingDay(plus(day, n), c)) return plus(day, n)
  return plus(day, 1)
}
const intoDay = (at: Stamp, timeZone: string): number => {
  const p = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).formatToParts(new Date(at))
  const of = (type: string) => Number(p.find(x => x.type === type)?.value ?? 0)
  return (of('hour') * 60 + of('minute')) * 60_000
}
/**
 * From when on something unread is late: a working day after it came. What came on a working day is late at the same hour of the next one; what came on a free day,
 * when the working day after it is over.
 */
export const lateFrom = (since: Stamp, timeZone: string, c: Calendar): Stamp => {
  const day = dayOf(since, timeZone)
  const next = nextWorking(day, c)
  const days = (Date.parse(`${next}T00:00:00Z`) - Date.parse(`${day}T00:00:00Z`)) / dayMs
  const at = isWorkingDay(day, c) ? days * dayMs : (days + 1) * dayMs - intoDay(since, timeZone)
  return new Date(Date.parse(since) + at).toISOString()
}
export const isLate = (since: Stamp | null, now: Stamp, timeZone: string, c: Calendar): boolean =>
  since !== null && Date.parse(now) > Date.parse(lateFrom(since, timeZone, c))
