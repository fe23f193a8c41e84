import type { Locale } from '../base/i18n.ts'
import type { Id } from '../base/id.ts'
import { compartmentNumber } from '../base/people.ts'
import { coarse, type Stamp } from '../base/time.ts'
import {
  type ContactStory,
  contactEventSchema,
  contactStorySchema,
  emptyStory,
  type MessageBody,
  messageBodySchema,
} from '../contact/schema.ts'
import { openOut } from '../contact/store.out.ts'
import { findDesk } from '../contact/store.public.ts'
import { costText, defaultCost } from '../platform/argon.ts'
import {
  boxPair,
  boxSeal,
  hkdf,
  hmac,
  newKey,
  openJson,
  openPlain,
  type Place,
  random,
  sealBytes,
  sealJson,
  sha256,
} from '../platform/crypto.ts'
import { newId, partPlace, valuePlace } from '../platform/records.ts'
import type { Ask } from '../platform/site.ts'
import { type Chat, chatSchema, type Delivery, type Inbound, type Messenger, openChatValue } from './schema.ts'

const story = compartmentNumber.story

/** What follows from the messenger process's sub-key. None of it opens what staff wrote elsewhere; `bundle` opens the conversations of open messenger chats. */
export interface BotKeys {
  readonly lookup: Buffer
  readonly chat: Buffer
  readonly bundle: Buffer
}
export const botKeys = (subkey: Buffer): BotKeys => ({
  lookup: hkdf(subkey, 'doverie/messenger/lookup'),
  chat: hkdf(subkey, 'doverie/messenger/chat'),
  bundle: hkdf(subkey, 'doverie/messenger/bundle'),
})

/** By what a chat is found: without the key nobody can try out whose it is. */
export const lookupOf = (keys: BotKeys, channel: Messenger, chat: string): Buffer => hmac(keys.lookup, `chat/${channel}/${chat}`)
/** The same message of the same chat has the same id, however often it comes: it is saved once. */
export const messageIdOf = (keys: BotKeys, i: Pick<Inbound, 'channel' | 'chat' | 'message'>): Id => {
  const h = hmac(keys.lookup, `message/${i.channel}/${i.chat}/${i.message}`).subarray(0, 16)
  h[6] = (h[6]! & 0x0f) | 0x40
  h[8] = (h[8]! & 0x3f) | 0x80
  return h.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') as Id
}

const messagePlace = (id: Id): Place => ({ table: 'message', row: id, compartment: story })
/** Bound to the contact: a row moved to another contact opens nothing. */
export const chatPlace = (contact: Id): Place => ({ table: 'messenger_chat', row: contact, compartment: story })
export const linkPlace = (contact: Id): Place => ({ table: 'messenger_link', row: contact, compartment: story })
const linkKey = (token: Buffer): Buffer => hkdf(token, 'doverie/messenger/link')

const sealMessage = (dek: Buffer, id: Id, text: string, language: Locale): Buffer =>
  sealJson(dek, messagePlace(id), messageBodySchema, { text, language } satisfies MessageBody)
const sealChat = (keys: BotKeys, contact: Id, chat: Chat): Buffer => sealJson(keys.chat, chatPlace(contact), chatSchema, chat)
const openChat = (keys: BotKeys, contact: Id, sealed: Uint8Array): Chat => openChatValue(openJson(keys.chat, chatPlace(contact), sealed))

export interface Known {
  readonly contact: Id
  readonly lookup: Buffer
  readonly chat: Chat
  readonly dek: Buffer
  readonly bundle: Buffer
  readonly moved: boolean
}
/** The open contact of a chat, if there is one. */
export const findChat = async (ask: Ask, keys: BotKeys, lookup: Buffer): Promise<Known | undefined> => {
  const [row] = await ask<{ contact_id: Id; sealed: Buffer; bundle: Buffer; moved: boolean }>('public_bot_chat', [lookup])
  if (!row) return undefined
  const bundle = openPlain(keys.bundle, chatPlace(row.contact_id), row.bundle)
  return {
    contact: row.contact_id,
    lookup,
    chat: openChat(keys, row.contact_id, row.sealed),
    dek: bundle.subarray(32, 64),
    bundle,
    moved: row.moved,
  }
}

/** What is known of a chat as a whole: how the messenger calls its user goes here, sealed, for linking; nowhere else. */
const storyOf = (i: Inbound, language: Locale): ContactStory => ({
  ...emptyStory,
  language,
  answers: {
    messenger: i.channel,
    messengerId: i.from.id.slice(0, 64),
    ...(i.from.handle ? { messengerHandle: i.from.handle.slice(0, 120) } : {}),
    ...(i.from.name ? { messengerName: i.from.name.slice(0, 200) } : {}),
  },
})

export type Taken = 'saved' | 'same' | 'full' | 'closed' | 'unknown' | 'known'

/** The first message: one contact, sealed to the desk and the recovery kit, and the chat beside it. */
export const beginContact = async (ask: Ask, keys: BotKeys, i: Inbound, language: Locale, now: Stamp): Promise<Taken> => {
  const desk = await findDesk(ask)
  if (!desk) return 'closed'
  const contact = newId()
  const message = messageIdOf(keys, i)
  const dek = newKey()
  const ck = boxPair()
  const received = coarse(now)
  const about = storyOf(i, language)
  // Below zero: no words of any receipt lead here. Filled with what opens nothing until the sender moves to the page.
  const locator = -1 - Number(random(6).readUIntBE(0, 6))
  const [row] = await ask<{ status: Taken }>('public_bot_submit', [
    lookupOf(keys, i.channel, i.chat),
    i.channel,
    contact,
    message,
    desk.team_id,
    desk.key_version,
    locator,
    random(16),
    costText(defaultCost),
    ck.publicKey,
    sealBytes(newKey(), { table: 'conversation', row: contact, compartment: story }, 1, random(64)),
    random(32),
    received,
    sealMessage(dek, message, i.text, language),
    sealJson(dek, valuePlace(contact, story), contactStorySchema, about),
    sealJson(dek, partPlace(contact, message, story), contactEventSchema, {
      channel: i.channel,
      received,
      safeNow: 'not_asked',
      story: about,
    }),
    boxSeal(desk.public_x, dek),
    boxSeal(desk.recovery_public, dek),
    sealChat(keys, contact, { to: i.chat, language }),
    sealBytes(keys.bundle, chatPlace(contact), 1, Buffer.concat([ck.secretKey, dek])),
  ])
  return row?.status ?? 'closed'
}

/** A further message of the same contact. */
export const appendMessage = async (ask: Ask, keys: BotKeys, k: Known, i: Inbound): Promise<Taken> => {
  const id = messageIdOf(keys, i)
  const [row] = await ask<{ status: Taken }>('public_bot_append', [k.lookup, id, sealMessage(k.dek, id, i.text, k.chat.language)])
  return row?.status ?? 'unknown'
}

export const keepLanguage = async (ask: Ask, keys: BotKeys, k: Known, language: Locale): Promise<void> => {
  await ask('public_bot_keep', [k.lookup, sealChat(keys, k.contact, { ...k.chat, language })])
}

/** The next word from this chat begins another contact. */
export const forgetChat = async (ask: Ask, lookup: Buffer): Promise<void> => {
  await ask('public_bot_forget', [lookup])
}

/** A token that opens the conversation on the page, once, within a quarter of an hour; undefined when the sender is there already. */
export const newLink = async (ask: Ask, k: Known): Promise<string | undefined> => {
  const token = random(16)
  const sealed = sealBytes(linkKey(token), linkPlace(k.contact), 1, k.bundle)
  const [row] = await ask<{ public_bot_link: boolean }>('public_bot_link', [k.lookup, sha256(token), sealed])
  return row?.public_bot_link ? token.toString('base64url') : undefined
}

/** What a link opens: the contact and the keys of its conversation. */
export const openLink = async (ask: Ask, token: Buffer): Promise<{ readonly contact: Id; readonly bundle: Buffer } | undefined> => {
  const [row] = await ask<{ contact_id: Id; bundle: Buffer }>('public_bot_open', [token])
  return row && { contact: row.contact_id, bundle: openPlain(linkKey(token), linkPlace(row.contact_id), row.bundle) }
}

export interface Due {
  readonly message: Id
  readonly channel: Messenger
  readonly tries: number
  readonly to: string
  readonly text: string
}
/** Answers that wait for these messengers. One that cannot be opened says so instead of holding up the others. */
export const dueAnswers = async (
  ask: Ask,
  keys: BotKeys,
  channels: readonly Messenger[],
): Promise<(Due | { readonly message: Id; readonly broken: true })[]> => {
  const rows = await ask<{
    message: Id
    tries: number
    channel: Messenger
    contact_id: Id
    sealed: Buffer
    bundle: Buffer
    sealed_out: Buffer
  }>('public_bot_due', [channels])
  return rows.map(r => {
    try {
      const pair = boxPair(openPlain(keys.bundle, chatPlace(r.contact_id), r.bundle).subarray(0, 32))
      const chat = openChat(keys, r.contact_id, r.sealed)
      return { message: r.message, channel: r.channel, tries: r.tries, to: chat.to, text: openOut(pair, r.sealed_out).text }
    } catch {
      return { message: r.message, broken: true }
    }
  })
}

/** What became of an answer. Sending deletes the copy that was sealed for this process. */
export const noteDelivery = async (ask: Ask, message: Id, d: Delivery): Promise<void> => {
  await ask('public_bot_sent', [
    message,
    typeof d === 'string' ? d : 'later',
    typeof d === 'string' ? 0 : Math.min(3600, Math.ceil(d.later)),
  ])
}
