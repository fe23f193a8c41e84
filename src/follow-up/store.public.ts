import type { Locale } from '../base/i18n.ts'
import type { Id } from '../base/id.ts'
import type { Locator } from '../contact/rules.receipt.ts'
import { type ArgonQueue, defaultCost, parseCost } from '../platform/argon.ts'
import { boxPair, hkdf, hmac } from '../platform/crypto.ts'
import { newId } from '../platform/records.ts'
import type { Ask } from '../platform/site.ts'
import { type ChildAnswer, noAnswers } from './schema.ts'
import { sealBoxed } from './store.boxed.ts'
import { proofOf, secretOf } from './store.proof.ts'

export interface Typed {
  readonly locator: Locator
  readonly secret: string
  readonly word: string
}
/** A salt for a locator that no code has: always the same, looking like any other, and not the one of a receipt. */
export const fakeCheckInSalt = (key: Uint8Array, locator: Locator): Buffer => hmac(key, `check-in/salt/${locator}`).subarray(0, 16)
/** Nobody has its private half; made once, so that an unknown code costs what a known one costs. */
const nobody = boxPair().publicKey

interface Proof {
  readonly publicX: Buffer
  readonly k: Buffer
  readonly proofHash: Buffer
  readonly mark: Id
  readonly markSealed: Buffer
}
/** The same steps whoever asks: salt, hash, a mark sealed in case the word says "I am not alone". */
const prove = async (ask: Ask, argon: ArgonQueue, fakeKey: Uint8Array, typed: Typed, language: Locale): Promise<Proof | 'busy'> => {
  const [found] = await ask<{ salt: Buffer; kdf: string; public_x: Buffer }>('public_check_in_find', [typed.locator])
  const salt = found?.salt ?? fakeCheckInSalt(fakeKey, typed.locator)
  const k = await argon.hash(secretOf(typed.secret, typed.word), salt, parseCost(found?.kdf ?? '') ?? defaultCost)
  if (k === 'busy') return 'busy'
  const publicX = found?.public_x ?? nobody
  const mark = newId()
  const marked: ChildAnswer = { answers: noAnswers, words: '', help: true, someone: 'word', language }
  return { publicX, k, proofHash: proofOf(k), mark, markSealed: sealBoxed(publicX, mark, marked) }
}

/** Do these words open the questions? Unknown, wrong, ended and said in danger are one answer. */
export const openQuestions = async (
  ask: Ask,
  argon: ArgonQueue,
  fakeKey: Uint8Array,
  typed: Typed,
  language: Locale,
): Promise<'open' | 'nothing' | 'busy'> => {
  const p = await prove(ask, argon, fakeKey, typed, language)
  if (p === 'busy') return 'busy'
  const [row] = await ask<{ public_check_in_open: boolean }>('public_check_in_open', [typed.locator, p.proofHash, p.mark, p.markSealed])
  return row?.public_check_in_open ? 'open' : 'nothing'
}

/** Leaves an answer. The same form again changes nothing; other content under the same id is another answer, so that what a child puts right is not lost. */
export const leaveAnswer = async (
  ask: Ask,
  argon: ArgonQueue,
  fakeKey: Uint8Array,
  typed: Typed,
  answer: ChildAnswer,
  command: Id,
): Promise<'saved' | 'full' | 'nothing' | 'busy'> => {
  const p = await prove(ask, argon, fakeKey, typed, answer.language)
  if (p === 'busy') return 'busy'
  const digest = hmac(hkdf(p.k, 'doverie/check-in/digest'), JSON.stringify(answer))
  const send = async (id: Id) =>
    (
      await ask<{ status: 'saved' | 'same' | 'refused' | 'full' | 'unknown' }>('public_check_in_answer', [
        typed.locator,
        p.proofHash,
        p.mark,
        p.markSealed,
        id,
        digest,
        answer.help,
        sealBoxed(p.publicX, id, answer),
      ])
    )[0]?.status ?? 'unknown'
  const first = await send(command)
  const status = first === 'refused' ? await send(newId()) : first
  return status === 'saved' || status === 'same' ? 'saved' : status === 'full' ? 'full' : 'nothing'
}
