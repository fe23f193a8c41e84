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
 * one is too late. `press` stands in the form of one page: the words follow from it, so that a button pressed twice shows the same words twice, and nobody else's page any.
 */
export const moveToPage = async (ask: Ask, argon: ArgonQueue, token: Buffer, lang: Locale, press?: string): Promise<Moved> => {
  const link = await openLink(ask, token)
  if (!link && press === undefined) return { kind: 'gone' }
  const from = (what: string, n: number) => hkdf(token, `doverie/messenger/${what}/${press}`, n)
  const seed = press === undefined ? newSeed() : from('words', 32).toString('hex')
  for (let attempt = 0; attempt < 12; attempt++) {
    const receipt = receiptOf(seed, attempt, lang)
    const salt = press === undefined ? random(16) : from(`salt/${attempt}`, 16)
    const k = await argon.hash(receipt.secret, salt)
    if (k === 'busy') return { kind: 'busy' }
    const proof = sha256(hkdf(k, 'doverie/auth'))
    let status = 'gone'
    if (link) {
      const place = { table: 'conversation', row: link.contact, compartment: compartmentNumber.story }
      const wrapped = sealBytes(hkdf(k, 'doverie/wrap'), place, 1, link.bundle)
      const [row] = await ask<{ status: string }>('public_bot_move', [token, receipt.locator, salt, costText(defaultCost), wrapped, proof])
      status = row?.status ?? 'gone'
    }
    // Moved by the first press of this very page.
    if (status === 'gone' && press !== undefined && (await ask('public_fetch', [receipt.locator, proof])).length > 0) status = 'moved'
    if (status === 'moved') return { kind: 'moved', receipt }
    if (status !== 'taken') return { kind: 'gone' }
  }
  return { kind: 'busy' }
}
