import { err, type Result } from '../base/result.ts'
import { type CaseError, closeCase } from '../case/rules.ts'
import type { CaseEvent, CaseRow, CloseReason, Times } from '../case/schema.ts'

export const closureErrors = [
  'room_open',
  'sessions_booked',
  'unread_words',
  'unread_answers',
  'something_open',
  'not_a_colleague',
  'not_yours_to_share',
] as const
export type ClosureError = (typeof closureErrors)[number] | CaseError

/** What closing must know of what hangs on the case. */
export interface ClosureFacts {
  /** The child or a witness wrote something that nobody has read yet. */
  readonly unread: boolean
  /** Answers from the child's page that nobody has read. */
  readonly unreadAnswers: number
  /** An interpreter is in the room of a session: what was said there can be taken over only while the case is open. */
  readonly roomOpen: boolean
  /** Sessions with an interpreter that wait: somebody would come for a child whose case is closed. */
  readonly sessions: number
  /** Steps of the plan that are neither done nor skipped. */
  readonly steps: number
  /** Reports that the law asks for and that are not finished. */
  readonly reports: number
}
/** Is there something that closing would leave undone? Then it needs a reason. */
export const leavesOpen = (f: Pick<ClosureFacts, 'steps' | 'reports'>): boolean => f.steps > 0 || f.reports > 0
/**
 * Nothing that a child wrote is closed before a person has read it. What is left to do is done, skipped, or goes on in follow-up with a reason. Then the case's
 * own command decides.
 */
export const decideClose = (
  c: CaseRow,
  facts: ClosureFacts,
  cmd: { reason: CloseReason; note: string; goesOn: string },
  t: Times,
): Result<CaseEvent, ClosureError> => {
  if (facts.roomOpen) return err('room_open')
  if (facts.sessions > 0) return err('sessions_booked')
  if (facts.unread) return err('unread_words')
  if (facts.unreadAnswers > 0) return err('unread_answers')
  if (leavesOpen(facts) && cmd.goesOn.trim() === '') return err('something_open')
  return closeCase(c, cmd, t)
}
/** Closing while danger stands is possible (the child may have left), but somebody else must look at it. */
export const closesInDanger = (c: CaseRow): boolean => c.danger === 'danger'
