import { err, type Result } from '../base/result.ts'
import { type CaseError, closeCase } from '../case/rules.ts'
import type { CaseEvent, CaseRow, CloseReason, Times } from '../case/schema.ts'

export const closureErrors = ['unread_words'] as const
export type ClosureError = (typeof closureErrors)[number] | CaseError

/** What closing must know of what hangs on the case. */
export interface ClosureFacts {
  /** The child or a witness wrote something that nobody has read yet. */
  readonly unread: boolean
}
/** Nothing that a child wrote is closed before a person has read it; then the case's own command decides. */
export const decideClose = (
  c: CaseRow,
  facts: ClosureFacts,
  cmd: { reason: CloseReason; note: string },
  t: Times,
): Result<CaseEvent, ClosureError> => (facts.unread ? err('unread_words') : closeCase(c, cmd, t))
/** Closing while danger stands is possible (the child may have left), but somebody else must look at it. */
export const closesInDanger = (c: CaseRow): boolean => c.danger === 'danger'
