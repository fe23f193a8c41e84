import type { Id } from '../base/id.ts'
import { sha256 } from '../platform/crypto.ts'
import type { Work } from '../platform/records.ts'
import type { Ask } from '../platform/site.ts'
import type { Locator } from './rules.receipt.ts'
import { liveChannel, typingPayload } from './store.live.ts'

/* "Somebody is writing": told to whoever looks at the conversation now, and kept nowhere. */

/** The sender writes. Whether the proof was right is not said back, so that asking teaches nothing. */
export const senderTypes = async (ask: Ask, b: { readonly locator: Locator; readonly proof: string }): Promise<void> =>
  void (await ask('public_chat_typing', [b.locator, sha256(Buffer.from(b.proof, 'base64'))]))

/** The desk writes; told when the transaction is kept. False: this session cannot see such a contact. */
export const deskTypes = async (w: Pick<Work, 'tx'>, contact: Id): Promise<boolean> => {
  const { rowCount } = await w.tx.query('select pg_notify($2, $3) from app.contact c where c.id = $1', [
    contact,
    liveChannel,
    typingPayload(contact, 'out'),
  ])
  return rowCount === 1
}
