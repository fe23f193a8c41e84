import type { Errors } from '../base/form.ts'
import type { Id } from '../base/id.ts'
import { claimCommand, type Work } from './records.ts'

/** What stands above a form whose id has already saved something else: nothing typed is lost, and whoever meant it presses again. */
export const savedOnce: Errors = { '': { key: 'base.shell.savedOnce' } }

/** How one command ended: `saved` is kept, `refused` leaves no trace, so that the corrected form may come again. */
export type Outcome<A> = { readonly saved: A } | { readonly refused: A }

/**
 * Runs a client-made command once. The same again is answered by `again` with the record of the first time; the same id with other content, or another
 * person's, by `clash`: the form again with everything typed, a fresh id and `savedOnce`, so that a second press saves it as an act of its own. A refusal (stale, against a rule) gives the claim back: were it kept, sending the same form twice would be answered as if it had been saved.
 */
export const once = async <A>(
  w: Work,
  c: { readonly command: Id; readonly content: unknown; readonly record: Id },
  does: { readonly fresh: () => Promise<Outcome<A>>; readonly again: (record: Id) => A | Promise<A>; readonly clash: () => A | Promise<A> },
): Promise<A> => {
  const [, claimed] = await Promise.all([w.tx.query('savepoint command'), claimCommand(w, c.command, c.content, c.record)])
  if (!claimed.same) return does.clash()
  if (!claimed.fresh) return does.again(claimed.record ?? c.record)
  const outcome = await does.fresh()
  if ('saved' in outcome) return outcome.saved
  await w.tx.query('rollback to savepoint command')
  return outcome.refused
}
