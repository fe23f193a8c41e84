import type { Id } from '../base/id.ts'
import type { Stamp } from '../base/time.ts'

/* When somebody is on call, whom a page goes to, and when the next one leaves: told the time, and nothing of the record. */

/** Hours of one person: a weekday (1 is Monday) from a minute to a minute of the day; null: always. */
export interface Hours {
  readonly weekday: number | null
  readonly from: number
  readonly until: number
}
const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

/** Weekday and minute of the day on the clock of a time zone. */
export const clockIn = (at: Stamp, timeZone: string): { weekday: number; minute: number } => {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const found = format.formatToParts(Date.parse(at))
  const part = (type: string) => found.find(p => p.type === type)?.value ?? ''
  return { weekday: weekdays.indexOf(part('weekday')) + 1, minute: Number(part('hour')) * 60 + Number(part('minute')) }
}

/** Is one of these hours now? A night that begins on Sunday is Monday's until it ends. */
export const onCallNow = (hours: readonly Hours[], at: Stamp, timeZone: string): boolean => {
  const { weekday, minute } = clockIn(at, timeZone)
  return hours.some(h => {
    if (h.weekday === null) return true
    if (h.from < h.until) return h.weekday === weekday && h.from <= minute && minute < h.until
    return (h.weekday === weekday && minute >= h.from) || ((h.weekday % 7) + 1 === weekday && minute < h.until)
  })
}

export interface Reachable {
  readonly userId: Id
  readonly onCall: boolean
}
/**
 * Whom this round goes to: those on call; where nobody is, or they have not answered twice, everybody who answers this team's door. Whoever opened the card is at the screen already.
 */
export const recipients = <P extends Reachable>(people: readonly P[], round: number, openedBy: Id | null): readonly P[] => {
  const others = people.filter(p => p.userId !== openedBy)
  const onCall = others.filter(p => p.onCall)
  return round < 2 && onCall.length > 0 ? onCall : others
}

/** Minutes until the page goes out again, growing; it never stops by itself. */
export const waits = [1, 1, 2, 3, 5, 10, 15, 30] as const
export const waitAfter = (round: number): number => (waits[Math.min(round, waits.length - 1)] ?? 30) * 60_000

/** Who has just been told "please sign in" needs no second message for a second reason: in seconds. */
export const mergeSeconds = 45
/** What was written down and never finished is sent again after so long: the process that held it has died. */
export const staleSeconds = 20

/** Minutes of the day of a time such as 22:30. */
export const minuteOf = (text: string): number => {
  const [h, m] = text.split(':').map(Number)
  return (h ?? 0) * 60 + (m ?? 0)
}
/** A time such as 22:30 of a minute of the day. */
export const clockText = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
