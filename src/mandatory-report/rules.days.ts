import { addDays, type Day, dayOf, type Stamp } from '../base/time.ts'
import type { Recipient, ReportFact, ReportKinds, WorkingDays } from './schema.ts'

/** Are offices open on this day? */
export const isWorkingDay = (day: Day, calendar: Pick<WorkingDays, 'closed' | 'open'>): boolean => {
  if (calendar.open.includes(day)) return true
  if (calendar.closed.includes(day)) return false
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return weekday !== 0 && weekday !== 6
}
/** The n-th working day after `day`; the day itself does not count. */
export const addWorkingDays = (day: Day, n: number, calendar: Pick<WorkingDays, 'closed' | 'open'>): Day => {
  let at = day
  for (let left = n; left > 0; ) {
    at = addDays(at, 1)
    if (isWorkingDay(at, calendar)) left -= 1
  }
  return at
}
/** The day by which a recipient answers what they received on `day`, by the organisation's own data. */
export const answerDue = (r: Pick<Recipient, 'answer'>, day: Day, calendar: Pick<WorkingDays, 'closed' | 'open'>): Day =>
  r.answer.count === 'working' ? addWorkingDays(day, r.answer.days, calendar) : addDays(day, r.answer.days)

/** When a decision is due: local policy, from the time it was learned. */
export const decisionDue = (f: Pick<ReportFact, 'learned' | 'life'>, clock: ReportKinds['clock']): Stamp =>
  new Date(Date.parse(f.learned) + (f.life ? clock.lifeHours : clock.otherHours) * 3_600_000).toISOString()

const clockIn = (stamp: Stamp, timeZone: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone, hourCycle: 'h23', hour: '2-digit', minute: '2-digit' }).format(new Date(stamp))
/** The instant at which clocks in a zone show this day and time. In the hour that a change of clocks skips, the nearest there is. */
export const stampAt = (day: Day, time: string, timeZone: string): Stamp => {
  const wanted = Date.parse(`${day}T${time}:00.000Z`)
  let at = wanted
  for (let i = 0; i < 2; i += 1) {
    const stamp = new Date(at).toISOString()
    at += wanted - Date.parse(`${dayOf(stamp, timeZone)}T${clockIn(stamp, timeZone)}:00.000Z`)
  }
  return new Date(at).toISOString()
}
/**
 * When it was learned, from what was said of it: nothing at all means now, a day without a time its beginning, so that a clock rather ends too early.
 * Undefined: it would lie ahead.
 */
export const learnedAt = (said: { day: Day | undefined; time: string | undefined }, now: Stamp, timeZone: string): Stamp | undefined => {
  const today = dayOf(now, timeZone)
  if (said.day === undefined && said.time === undefined) return now
  const stamp = stampAt(said.day ?? today, said.time ?? '00:00', timeZone)
  return stamp <= now ? stamp : undefined
}
