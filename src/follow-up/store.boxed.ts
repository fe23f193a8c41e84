import type { Id } from '../base/id.ts'
import { compartmentNumber } from '../base/people.ts'
import { SealError } from '../base/sealed.ts'
import { type BoxPair, boxOpen, boxSeal, newKey, openJson, type Place, sealJson } from '../platform/crypto.ts'
import { type ChildAnswer, childAnswerSchema, openChildAnswer } from './schema.ts'

/* An answer of the child: a key of its own in a sealed box to the code's public half, then the answer under that key, padded and bound to its row. */

const place = (id: Id): Place => ({ table: 'check_in_answer', row: id, compartment: compartmentNumber.follow_up })
const boxLength = 80

export const sealBoxed = (publicX: Uint8Array, id: Id, value: ChildAnswer, schema: number = childAnswerSchema): Buffer => {
  const key = newKey()
  return Buffer.concat([boxSeal(publicX, key), sealJson(key, place(id), schema, value)])
}
/** Undefined where it does not open: one spoilt answer must not hide the others. 'tell': throws SealError instead. */
export const openBoxed = (pair: BoxPair, id: Id, sealed: Uint8Array, how: 'list' | 'tell' = 'list'): ChildAnswer | undefined => {
  try {
    const key = boxOpen(pair, sealed.subarray(0, boxLength))
    return openChildAnswer(openJson(key, place(id), sealed.subarray(boxLength)))
  } catch (e) {
    if (how === 'tell' || !(e instanceof SealError)) throw e
    return undefined
  }
}
