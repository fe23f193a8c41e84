import type { Locale } from '../base/i18n.ts'
import { compartmentNumber } from '../base/people.ts'
import type { Receipt } from '../contact/rules.receipt.ts'
import { newSeed, receiptOf } from '../contact/store.public.ts'
import { type ArgonQueue, costText, defaultCost } from '../platform/argon.ts'
import { hkdf, random, sealBytes, sha256 } from '../platform/crypto.ts'
import type { Ask } from '../platform/site.ts'
import { openLink } from './store.ts'

export type Moved = { readonly kind: 'moved'; readonly receipt: Receipt } | { readonly kind: 'gone' } | { readonly kind: 'busy' }

/**
 * The conversation of a messenger gets words and goes on here: the same contact, the same thread. The link is used up in the same statement, so that of two who hold it
 * one is too late.
 */
export const moveToPage = async (ask: Ask, argon: ArgonQueue, token: Buffer, lang: Locale): Promise<Moved> => {
  const link = await openLink(ask, token)
  if (!link) return { kind: 'gone' }
  const seed = newSeed()
  for (let attempt = 0; attempt < 12; attempt++) {
    const receipt = receiptOf(seed, attempt, lang)
    const salt = random(16)
    const k = await argon.hash(receipt.secret, salt)
    if (k === 'busy') return { kind: 'busy' }
    const place = { table: 'conversation', row: link.contact, compartment: compartmentNumber.story }
    const [row] = await ask<{ status: 'moved' | 'taken' | 'gone' }>('public_bot_move', [
      token,
      receipt.locator,
      salt,
      costText(defaultCost),
      sealBytes(hkdf(k, 'doverie/wrap'), place, 1, link.bundle),
      sha256(hkdf(k, 'doverie/auth')),
    ])
    if (row?.status === 'moved') return { kind: 'moved', receipt }
    if (row?.status !== 'taken') return { kind: 'gone' }
  }
  return { kind: 'busy' }
}
