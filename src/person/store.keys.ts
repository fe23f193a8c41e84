import type { Id } from '../base/id.ts'
import type { Compartment } from '../base/people.ts'
import { shareKeys, type Work } from '../platform/records.ts'

/**
 * Somebody with a grant but no team key may be the first to write in a compartment: its new key goes to the team's public half, and without a wrap of their own
 * they could not read back what they wrote. Keeps one for them until their grant ends; nothing for whoever holds the team key.
 */
export const keepOwnKey = async (w: Work, record: Id, homeGroup: Id, compartment: Compartment): Promise<void> => {
  if (w.vault.teamKey(homeGroup, compartment)) return
  const { rows } = await w.tx.query<{ until: Date | null }>(
    'select max(until) as until from app.grant_ where record = $1 and user_id = $2 and ended_at is null and now() < until',
    [record, w.vault.userId],
  )
  const until = rows[0]?.until
  if (until) await shareKeys(w, record, [compartment], { user: w.vault.userId, publicX: w.vault.keys.box.publicKey }, until.toISOString())
}
