/** A calendar day `YYYY-MM-DD` in the agency's time zone. */
export type Day = string
/** A UTC instant, ISO 8601 with milliseconds and Z. */
export type Stamp = string

const dayMs = 86_400_000

/** `day` plus n days (n may be negative). */
export const addDays = (day: Day, n: number): Day => new Date(Date.parse(`${day}T00:00:00Z`) + n * dayMs).toISOString().slice(0, 10)

/** Whole days from a to b; negative when b is earlier. */
export const daysBetween = (a: Day, b: Day): number => Math.round((Date.parse(`${b}T00:00:00Z`) - Date.parse(`${a}T00:00:00Z`)) / dayMs)

/** Making one takes fifty times as long as using it. */
const calendars = new Map<string, Intl.DateTimeFormat>()
/** The calendar day of an instant in a time zone (default Europe/Moscow): a case opened at 01:00 in Moscow is not yesterday's. */
export const dayOf = (stamp: Stamp, timeZone = 'Europe/Moscow'): Day => {
  let days = calendars.get(timeZone)
  if (!days) {
    days = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
    calendars.set(timeZone, days)
  }
  return days.format(new Date(stamp))
}

/** An instant rounded down to a quarter of an hour: conversations keep no finer time (security.md §2.6). */
export const coarse = (stamp: Stamp): Stamp => new Date(Math.floor(Date.parse(stamp) / 900_000) * 900_000).toISOString()
