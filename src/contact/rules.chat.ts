import type { Stamp } from '../base/time.ts'
import type { Hours } from './schema.chat.ts'

/** Is somebody there, how long one waits, and when the next hours begin. */
export interface DeskState {
  /** `here`: somebody is signed in within the hours. `soon`: within the hours, and nobody just now. `away`: outside. */
  readonly now: 'here' | 'soon' | 'away'
  /** Many wait already: an answer takes longer. */
  readonly busy: boolean
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

export const deskState = (hours: Hours, zone: string, now: Stamp, staffed: boolean, busy: boolean): DeskState => {
  const { day, minute } = localMinute(now, zone)
  const today = hours[day]
  // Somebody who is there is there, whatever the hours say.
  if (staffed) return { now: 'here', busy, opens: undefined }
  if (today && minute >= today[0] && minute < today[1]) return { now: 'soon', busy, opens: undefined }
  for (let ahead = 0; ahead <= 7; ahead++) {
    const at = (day + ahead) % 7
    const h = hours[at]
    if (h && (ahead > 0 || minute < h[0])) return { now: 'away', busy, opens: { day: at, today: ahead === 0, minute: h[0] } }
  }
  return { now: 'away', busy, opens: undefined }
}

/** `9:05` and not `9:5`. */
export const clockText = (minute: number): string => `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`
