import type { Id } from '../base/id.ts'
import { err, ok, type Result } from '../base/result.ts'
import { addDays, type Day, type Stamp } from '../base/time.ts'
import type { CaseStatus } from '../case/schema.ts'
import type { Booking, decisions, Interpreter, LanguageEvent, RegisterEntry, SessionRow, TurnView } from './schema.ts'

export const languageErrors = [
  'closed',
  'warned',
  'reason_missing',
  'day_passed',
  'paused',
  'excluded',
  'alias_tells',
  'unknown_interpreter',
  'not_booked',
  'not_live',
  'no_account',
  'busy',
  'nothing_said',
  'room_over',
] as const
export type LanguageError = (typeof languageErrors)[number]
export type RegisterError = 'alias_missing' | 'until_before_signed' | 'until_without_signed' | 'account_taken'

/** How long the interpreter's key to a room holds at most. */
export const roomHours = 4
export const roomUntil = (now: Stamp): Stamp => new Date(Date.parse(now) + roomHours * 3_600_000).toISOString()

/** An undertaking without an end is asked again after a year. */
export const judgeInterpreter = (i: Interpreter): Result<Interpreter, RegisterError> => {
  if (i.alias.trim() === '') return err('alias_missing')
  if (i.signed === null) return i.until === null ? ok(i) : err('until_without_signed')
  if (i.until !== null && i.until < i.signed) return err('until_before_signed')
  return ok({ ...i, until: i.until ?? addDays(i.signed, 365) })
}

/** Takes or refuses an interpreter for a session. The warnings stand before the choice: whoever books despite them has to say so, and why. */
export const decideBooking = (
  c: { readonly state: CaseStatus },
  cmd: {
    readonly sessionId: Id
    readonly by: Id
    readonly decision: (typeof decisions)[number]
    readonly entry: Pick<RegisterEntry, 'state'> | undefined
    /** Shut out of this case by a person's decision. */
    readonly excluded: boolean
    /** The invented name is one of the child's own. */
    readonly tells: boolean
    readonly booking: Booking
  },
  today: Day,
): Result<LanguageEvent, LanguageError> => {
  if (c.state === 'closed') return err('closed')
  if (!cmd.entry) return err('unknown_interpreter')
  const { sessionId, by, booking } = cmd
  if (cmd.decision === 'refuse')
    return booking.reason.trim() === '' ? err('reason_missing') : ok({ type: 'interpreter_refused', sessionId, by, booking })
  if (cmd.excluded) return err('excluded')
  if (cmd.tells) return err('alias_tells')
  if (cmd.entry.state === 'paused') return err('paused')
  if (booking.day < today) return err('day_passed')
  if (booking.warnings.length > 0) {
    if (cmd.decision === 'book') return err('warned')
    if (booking.reason.trim() === '') return err('reason_missing')
  }
  return ok({ type: 'interpreter_booked', sessionId, by, booking })
}
export const openSession = (
  c: { readonly state: CaseStatus },
  s: SessionRow,
  alias: string,
  now: Stamp,
): Result<LanguageEvent, LanguageError> =>
  c.state === 'closed'
    ? err('closed')
    : s.state !== 'booked'
      ? err('not_booked')
      : ok({ type: 'interpreter_session_opened', sessionId: s.id, alias, until: roomUntil(now) })
/** Possible on a closed case too: what was said must not stay because the case ended first. */
export const closeSession = (s: SessionRow, alias: string, turns: readonly TurnView[]): Result<LanguageEvent, LanguageError> =>
  s.state !== 'live'
    ? err('not_live')
    : ok({
        type: 'interpreter_session_closed',
        sessionId: s.id,
        alias,
        turns: turns.length,
        checks: turns.filter(t => t.checkWanted).length,
      })
export const cancelSession = (s: SessionRow, reason: string): Result<LanguageEvent, LanguageError> =>
  s.state !== 'booked'
    ? err('not_booked')
    : reason.trim() === ''
      ? err('reason_missing')
      : ok({ type: 'interpreter_session_cancelled', sessionId: s.id, reason })

/** The row after an event. */
export const apply = (s: SessionRow | undefined, key: Pick<SessionRow, 'caseId' | 'homeGroup'>, e: LanguageEvent): SessionRow => {
  if (e.type === 'interpreter_booked' || e.type === 'interpreter_refused')
    return {
      id: e.sessionId,
      caseId: key.caseId,
      homeGroup: key.homeGroup,
      day: e.booking.day,
      state: e.type === 'interpreter_booked' ? 'booked' : 'refused',
      bookedBy: e.by,
      warnings: e.booking.warnings.length,
      version: 1,
    }
  if (!s) throw new Error('a session begins with a booking')
  const state = e.type === 'interpreter_session_opened' ? 'live' : e.type === 'interpreter_session_closed' ? 'closed' : 'cancelled'
  return { ...s, state, version: s.version + 1 }
}
