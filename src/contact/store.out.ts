import { type BoxPair, boxOpen, boxSeal, paddedLength, SealError } from '../platform/crypto.ts'
import { MessageBody, messageBodySchema, openMessage } from './schema.ts'

/** A message for the sender's words alone: a sealed box to the conversation's public half, padded so that its length says little. */
export const sealOut = (ckPublic: Uint8Array, body: MessageBody, schema = messageBodySchema): Buffer => {
  const text = Buffer.from(JSON.stringify({ schema, value: MessageBody.parse(body) }))
  const padded = Buffer.alloc(paddedLength(text.length + 4))
  padded.writeUInt32BE(text.length)
  text.copy(padded, 4)
  return boxSeal(ckPublic, padded)
}

/** What stands in a padded text: its length, the bytes, then zeros. */
export const readPadded = (padded: Buffer): Buffer => {
  if (padded.length < 4) throw new SealError('envelope_malformed')
  const length = padded.readUInt32BE()
  if (length > padded.length - 4) throw new SealError('envelope_malformed')
  return padded.subarray(4, 4 + length)
}

/** Opens what sealOut made. Throws SealError when it was not made for this conversation. */
export const openOut = (ck: BoxPair, sealed: Uint8Array): MessageBody => {
  return openMessage(JSON.parse(readPadded(boxOpen(ck, sealed)).toString('utf8')) as { schema: number; value: unknown })
}
