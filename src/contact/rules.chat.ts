import type { Stamp } from '../base/time.ts'
import type { Hours, Waiting } from './schema.chat.ts'

/** Is somebody there, how long one waits, and when the next hours begin. */
export interface DeskState {
  /** `here`: somebody is signed in within the hours. `soon`: within the hours, and nobody just now. `away`: outside. */
  readonly now: 'here' | 'soon' | 'away'
  /** Many wait already: an answer takes longer. */
  readonly busy: boolean
  /** How long one usually waits, as the desk says of itself. */
  readonly waiting: Waiting
  /** When it opens next, if it is closed: day of the week from Monday (0) and minute of the day; undefined: never. */
  readonly opens: { readonly day: number; readonly today: boolean; readonly minute: number } | undefined
}

const clocks = new Map<string, Intl.DateTimeFormat>()
/** Day of the week from Monday and minute of the day, where the desk is. */
export const localMinute = (now: Stamp, zone: string): { day: number; minute: number } => {
  let clock = clocks.get(zone)
  if (!clock) {
    clock = new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
    clocks.set(zone, clock)
  }
  const parts = Object.fromEntries(clock.formatToParts(new Date(now)).map(p => [p.type, p.value]))
  return {
    day: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(parts.weekday ?? 'Mon'),
    minute: Number(parts.hour) * 60 + Number(parts.minute),
  }
}

export interface DeskSays {
  readonly hours: Hours
  readonly zone: string
  readonly staffed: boolean
  readonly busy: boolean
  readonly waiting: Waiting
}
export const deskState = ({ hours, zone, staffed, busy, waiting }: DeskSays, now: Stamp): DeskState => {
  const { day, minute } = localMinute(now, zone)
  const today = hours[day]
  // Somebody who is there is there, whatever the hours say.
  if (staffed) return { now: 'here', busy, waiting, opens: undefined }
  if (today && minute >= today[0] && minute < today[1]) return { now: 'soon', busy, waiting, opens: undefined }
  for (let ahead = 0; ahead <= 7; ahead++) {
    const at = (day + ahead) % 7
    const h = hours[at]
    if (h && (ahead > 0 || minute < h[0])) return { now: 'away', busy, waiting, opens: { day: at, today: ahead === 0, minute: h[0] } }
  }
  return { now: 'away', busy, waiting, opens: undefined }
}

/** Which sentence says how long it takes. Many who wait make a short wait longer, never a long one shorter. */
export const waitWords = (s: Pick<DeskState, 'busy' | 'waiting'>): string =>
  s.busy && (s.waiting === 'minutes' || s.waiting === 'half_hour') ? 'busy' : s.waiting === 'minutes' ? 'here' : `wait.${s.waiting}`

/** `9:05` and not `9:5`. */
export const clockText = (minute: number): string => `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`
