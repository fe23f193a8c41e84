import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Locale } from '../base/i18n.ts'
import type { Id } from '../base/id.ts'
import { compartmentNumber } from '../base/people.ts'
import { coarse, type Stamp } from '../base/time.ts'
import { type ArgonQueue, costText, defaultCost, parseCost } from '../platform/argon.ts'
import { root } from '../platform/config.ts'
import {
  type BoxPair,
  boxPair,
  boxSeal,
  hkdf,
  hmac,
  newKey,
  openPlain,
  type Place,
  random,
  sealBytes,
  sealJson,
  sha256,
} from '../platform/crypto.ts'
import { newId, partPlace, valuePlace } from '../platform/records.ts'
import type { Ask } from '../platform/site.ts'
import { type Locator, type Receipt, receiptFrom, receiptList } from './rules.receipt.ts'
import { prepareLists } from './rules.receipt-read.ts'
import type { Addition, Report } from './schema.public.ts'
import { type ContactStory, contactEventSchema, contactStorySchema, emptyStory, type MessageBody, messageBodySchema } from './schema.ts'
import { openOut } from './store.out.ts'

const story = compartmentNumber.story
const words = (lang: 'ru' | 'en'): readonly string[] =>
  readFileSync(path.join(root, `content/words/${lang}.txt`), 'utf8')
    .trim()
    .split(/\r?\n/)
const lists = { ru: words('ru'), en: words('en'), digits: [] as readonly string[] }
/** Both word lists, prepared for reading what was typed. */
export const wordLists = prepareLists(lists.ru, lists.en)

/** The lists as a page brings them to a device. */
export const wordListTexts = (): Record<'ru' | 'en', string> => ({ ru: lists.ru.join('\n'), en: lists.en.join('\n') })

/** 32 random bytes that travel in the form, so that a repeated send shows the same words. */
export const newSeed = (): string => random(32).toString('hex')
/** The receipt of a form: the n-th attempt follows from the same seed when a locator was taken. */
export const receiptOf = (seed: string, attempt: number, lang: Locale): Receipt => {
  const list = receiptList(lang)
  return receiptFrom(hkdf(Buffer.from(seed, 'hex'), `doverie/receipt/${attempt}`), list, lists[list])
}

const messagePlace = (id: Id): Place => ({ table: 'message', row: id, compartment: story })
const bundlePlace = (contact: Id): Place => ({ table: 'conversation', row: contact, compartment: story })
const sealMessage = (dek: Buffer, id: Id, text: string, language: Locale): Buffer =>
  sealJson(dek, messagePlace(id), messageBodySchema, { text, language } satisfies MessageBody)

/** What the words open: K = Argon2id(secret, salt); the proof goes to the database (as its hash), the wrap key never leaves this process. */
const keysOf = (k: Buffer) => ({ proofHash: sha256(hkdf(k, 'doverie/auth')), wrap: hkdf(k, 'doverie/wrap') })

/** Opens an answer; undefined when it cannot be read: one broken answer must not hide the others. */
const readReply = (pair: BoxPair, sealed: Uint8Array): string | undefined => {
  try {
    return openOut(pair, sealed).text
  } catch {
    return undefined
  }
}

interface Desk {
  team_id: Id
  key_version: number
  public_x: Buffer
  recovery_public: Buffer
}
/** The desk that reports are sealed to; undefined while nobody can open them. */
export const findDesk = async (ask: Ask): Promise<Desk | undefined> => (await ask<Desk>('public_desk', []))[0]

export type Submitted =
  | { readonly kind: 'saved'; readonly receipt: Receipt; readonly again: boolean }
  | { readonly kind: 'refused' | 'closed' | 'busy' }

/** A conversation that begins at another door than the report, with what its own form asked. */
export interface OtherDoor {
  readonly channel: 'chat' | 'concern'
  readonly answers: Readonly<Record<string, string>>
}

const storyOf = (r: Report, now: Stamp, door: OtherDoor | undefined): ContactStory => ({
  ...emptyStory,
  language: r.language,
  from: r.who === 'me' ? 'child' : 'not_asked',
  answers: door ? { ...door.answers } : { who: r.who, ...(r.where === '' ? {} : { where: r.where }) },
  // The two sentences stand above the form: it cannot be sent without them having been shown.
  explained: [{ language: r.language, by: null, at: coarse(now) }],
})

/**
 * Seals a report to the desk and to the recovery kit and saves it as one contact, however often the form is sent.
 * The words open the sender's own box key and the story key of this contact: together with a stolen database they would open this one conversation, staff's notes
 * in its story included, and without the database they open only what the public functions answer. Nothing of them is stored but a salted hash.
 */
export const submitReport = async (ask: Ask, argon: ArgonQueue, r: Report, now: Stamp, door?: OtherDoor): Promise<Submitted> => {
  const desk = await findDesk(ask)
  if (!desk) return { kind: 'closed' }
  // Keyed by the seed, which is stored nowhere: a plain hash would let a thief of the database try out guesses of a short text.
  const digest = hmac(
    hkdf(Buffer.from(r.seed, 'hex'), 'doverie/digest'),
    JSON.stringify([r.language, r.safeNow, r.who, r.where, r.text, ...(door ? [door.channel, door.answers] : [])]),
  )
  for (let attempt = 0; attempt < 12; attempt++) {
    const receipt = receiptOf(r.seed, attempt, r.language)
    const salt = random(16)
    const k = await argon.hash(receipt.secret, salt)
    if (k === 'busy') return { kind: 'busy' }
    const { proofHash, wrap } = keysOf(k)
    const contact = newId()
    const message = newId()
    const dek = newKey()
    const ck = boxPair()
    const received = coarse(now)
    const about = storyOf(r, now, door)
    const [row] = await ask<{ status: string; attempt: number | null }>(door ? 'public_begin' : 'public_submit', [
      ...(door ? [door.channel, 'server', null] : []),
      contact,
      r.submission,
      digest,
      attempt,
      desk.team_id,
      desk.key_version,
      receipt.locator,
      salt,
      costText(defaultCost),
      ck.publicKey,
      sealBytes(wrap, bundlePlace(contact), 1, Buffer.concat([ck.secretKey, dek])),
      proofHash,
      r.safeNow,
      received,
      message,
      sealMessage(dek, message, r.text, r.language),
      sealJson(dek, valuePlace(contact, story), contactStorySchema, about),
      sealJson(dek, partPlace(contact, r.submission, story), contactEventSchema, {
        channel: door?.channel ?? 'report',
        received,
        safeNow: r.safeNow,
        story: about,
      }),
      boxSeal(desk.public_x, dek),
      boxSeal(desk.recovery_public, dek),
    ])
    if (row?.status === 'taken') continue
    if (row?.status === 'saved') return { kind: 'saved', receipt, again: false }
    if (row?.status === 'same') return { kind: 'saved', receipt: receiptOf(r.seed, row.attempt ?? 0, r.language), again: true }
    return { kind: row?.status === 'closed' ? 'closed' : 'refused' }
  }
  // Twelve times taken is no chance: the same seed came with many reports. The form is shown again with a new one.
  return { kind: 'refused' }
}

/** A salt for a locator that nobody has: always the same, and looking like any other. */
export const fakeSalt = (key: Uint8Array, locator: Locator): Buffer => hmac(key, `salt/${locator}`).subarray(0, 16)

export interface Reply {
  readonly id: Id
  readonly seq: number
  readonly at: Stamp
  readonly text: string | undefined
}
export interface Conversation {
  readonly contact: Id
  readonly proofHash: Buffer
  readonly dek: Buffer
  readonly replies: readonly Reply[]
}
export type Returned = { readonly kind: 'open'; readonly conversation: Conversation } | { readonly kind: 'unknown' | 'busy' }

/** Proves the words and opens the answers that wait. An unknown locator and a wrong secret take the same steps and give the same answer. */
export const openConversation = async (
  ask: Ask,
  argon: ArgonQueue,
  fakeKey: Uint8Array,
  words: { locator: Locator; secret: string },
): Promise<Returned> => {
  const [found] = await ask<{ salt: Buffer; kdf: string }>('public_locate', [words.locator])
  const k = await argon.hash(words.secret, found?.salt ?? fakeSalt(fakeKey, words.locator), parseCost(found?.kdf ?? '') ?? defaultCost)
  if (k === 'busy') return { kind: 'busy' }
  // A new default cost would take other time than the conversations of today: then unknown locators must be given both, in the proportion of the table.
  const { proofHash, wrap } = keysOf(k)
  const [row] = await ask<{
    contact_id: Id
    ck_public: Buffer
    ck_wrapped: Buffer
    messages: { id: Id; seq: number; at: string; sealed: string }[]
  }>('public_fetch', [words.locator, proofHash])
  if (!row) return { kind: 'unknown' }
  const plain = openPlain(wrap, bundlePlace(row.contact_id), row.ck_wrapped)
  const pair: BoxPair = { publicKey: row.ck_public, secretKey: plain.subarray(0, 32) }
  const replies = row.messages.map(m => ({
    id: m.id,
    seq: m.seq,
    at: new Date(m.at).toISOString(),
    text: readReply(pair, Buffer.from(m.sealed, 'base64')),
  }))
  return { kind: 'open', conversation: { contact: row.contact_id, proofHash, dek: plain.subarray(32, 64), replies } }
}

/** Adds to a conversation under its story key, as staff read it. The same form again changes nothing. */
export const addMessage = async (
  ask: Ask,
  c: Conversation,
  locator: Locator,
  m: Addition,
  language: Locale,
): Promise<'saved' | 'same' | 'refused' | 'full' | 'unknown'> => {
  const digest = hmac(hkdf(c.dek, 'doverie/digest'), m.text)
  const [row] = await ask<{ status: 'saved' | 'same' | 'refused' | 'full' | 'unknown' }>('public_append', [
    locator,
    c.proofHash,
    m.command,
    digest,
    sealMessage(c.dek, m.command, m.text, language),
  ])
  return row?.status ?? 'unknown'
}

/** "I have read this": those answers are not shown again. */
export const acknowledge = async (ask: Ask, c: Conversation, locator: Locator, command: Id, messages: readonly Id[]): Promise<boolean> =>
  (await ask<{ public_acknowledge: boolean }>('public_acknowledge', [locator, c.proofHash, command, messages]))[0]?.public_acknowledge ??
  false
