import type { Id } from '../base/id.ts'
import { coarse, type Stamp } from '../base/time.ts'
import { costText, defaultCost } from '../platform/argon.ts'
import { hmac, random, sameBytes, sha256 } from '../platform/crypto.ts'
import { newId } from '../platform/records.ts'
import type { Ask } from '../platform/site.ts'
import type { DeskSays } from './rules.chat.ts'
import { digitsOffset, type Locator } from './rules.receipt.ts'
import { defaultHours, type deviceBodies, Hours, waitings } from './schema.chat.ts'
import { fakeSalt, findDesk } from './store.public.ts'

/* The public half of the help chat: everything arrives sealed, and nothing here can open it. */

type Body<K extends keyof typeof deviceBodies> = ReturnType<(typeof deviceBodies)[K]['parse']>
const bytes = (s: string): Buffer => Buffer.from(s, 'base64')
const proofHash = (proof: string): Buffer => sha256(bytes(proof))

/** What the desk says of itself; undefined while nobody could open what is written. */
export const findDeskState = async (ask: Ask): Promise<DeskSays | undefined> => {
  const [row] = await ask<Omit<DeskSays, 'hours' | 'waiting'> & { hours: unknown; waiting: unknown }>('public_desk_state', [])
  if (!row) return undefined
  const hours = Hours.safeParse(row.hours)
  return {
    ...row,
    hours: hours.success ? hours.data : defaultHours,
    waiting: waitings.find(w => w === row.waiting) ?? 'minutes',
  }
}

export interface Prekey {
  readonly id: Id
  readonly publicX: string
}
const prekeyOf = async (ask: Ask, who: { locator: Locator; proof: string } | undefined): Promise<Prekey | null> => {
  const [row] = await ask<{ id: Id; public_x: Buffer }>('public_prekey', who ? [who.locator, proofHash(who.proof)] : [null, null])
  return row ? { id: row.id, publicX: row.public_x.toString('base64') } : null
}

/** A form that is open longer than a quarter of an hour and some is begun anew by the device. */
const ticketMinutes = 50
const ticketOf = (key: Uint8Array, contact: Id, locator: Locator, made: Stamp): string =>
  hmac(key, `chat/${contact}/${locator}/${made}`).toString('hex')

/**
 * What a device needs before it can seal anything. Ids and the number that finds the conversation again are given out here and bound by a ticket: a device that
 * chose them itself could ask, number by number, which conversations exist.
 */
export const startChat = async (ask: Ask, key: Uint8Array, list: 'words' | 'digits', now: Stamp) => {
  const desk = await findDesk(ask)
  if (!desk) return undefined
  let locator: Locator | undefined
  for (let i = 0; i < 12 && locator === undefined; i++) {
    const n = list === 'words' ? random(4).readUInt32BE() % digitsOffset : digitsOffset + (random(6).readUIntBE(0, 6) % 10_000_000)
    if ((await ask('public_locate', [n])).length === 0) locator = n
  }
  if (locator === undefined) return undefined
  const contact = newId()
  const made = coarse(now)
  return {
    contact,
    locator,
    made,
    ticket: ticketOf(key, contact, locator, made),
    team: desk.team_id,
    keyVersion: desk.key_version,
    publicX: desk.public_x.toString('base64'),
    recovery: desk.recovery_public.toString('base64'),
    prekey: await prekeyOf(ask, undefined),
    kdf: costText(defaultCost),
  }
}

/** Saves a conversation that a device sealed. 'old': the ticket is not ours, or too old; the device begins anew with what was typed. */
export const openChat = async (ask: Ask, key: Uint8Array, b: Body<'open'>, now: Stamp): Promise<string> => {
  const age = Date.parse(now) - Date.parse(b.made)
  const good = sameBytes(Buffer.from(ticketOf(key, b.contact, b.locator, b.made), 'hex'), Buffer.from(b.ticket, 'hex'))
  if (!good || !(age >= -900_000 && age < ticketMinutes * 60_000)) return 'old'
  const [row] = await ask<{ status: string }>('public_begin', [
    'chat',
    'device',
    b.prekey,
    b.contact,
    b.submission,
    bytes(b.digest),
    0,
    b.team,
    b.keyVersion,
    b.locator,
    bytes(b.salt),
    costText(defaultCost),
    bytes(b.ckPublic),
    bytes(b.ckWrapped),
    proofHash(b.proof),
    b.safeNow,
    b.made,
    b.message,
    bytes(b.sealed),
    bytes(b.story),
    bytes(b.part),
    bytes(b.teamWrap),
    bytes(b.recoveryWrap),
  ])
  return row?.status ?? 'closed'
}

/** Salt and cost for a number; for one that nobody has, always the same and looking like any other. */
export const saltOf = async (ask: Ask, fakeKey: Uint8Array, locator: Locator) => {
  const [row] = await ask<{ salt: Buffer; kdf: string }>('public_locate', [locator])
  // Made in both cases: the time must not tell them apart.
  const fake = fakeSalt(fakeKey, locator)
  return { salt: (row?.salt ?? fake).toString('base64'), kdf: row?.kdf ?? costText(defaultCost) }
}

/** An answer that waits, for the device to open. */
export interface SealedAnswer {
  readonly id: Id
  readonly seq: number
  readonly at: Stamp
  readonly sealed: string
}
export interface Taken {
  readonly contact: Id
  readonly ckPublic: string
  readonly ckWrapped: string
  readonly messages: readonly SealedAnswer[]
}
/** The answers not yet marked as read, oldest first; never the sender's own words. Undefined: unknown or wrong, which is one answer. */
export const takeChat = async (ask: Ask, b: Body<'take'>): Promise<Taken | undefined> => {
  const [row] = await ask<{
    contact_id: Id
    ck_public: Buffer
    ck_wrapped: Buffer
    messages: { id: Id; seq: number; at: string; sealed: string }[]
  }>('public_fetch', [b.locator, proofHash(b.proof)])
  if (!row) return undefined
  return {
    contact: row.contact_id,
    ckPublic: row.ck_public.toString('base64'),
    ckWrapped: row.ck_wrapped.toString('base64'),
    // Line breaks of the database's base64 would end an event of the stream.
    messages: row.messages.map(m => ({ ...m, at: new Date(m.at).toISOString(), sealed: m.sealed.replace(/\s/g, '') })),
  }
}
export const prekeyFor = (ask: Ask, b: Body<'take'>): Promise<Prekey | null> => prekeyOf(ask, b)

export const sendChat = async (ask: Ask, b: Body<'send'>): Promise<{ status: string; seq: number | null }> => {
  const [row] = await ask<{ status: string; seq: number | null }>('public_chat_append', [
    b.locator,
    proofHash(b.proof),
    b.message,
    bytes(b.digest),
    bytes(b.sealed),
    b.prekey,
  ])
  return row ?? { status: 'unknown', seq: null }
}
/** "I have seen these": they are not given out again. */
export const seenChat = async (ask: Ask, b: Body<'seen'>): Promise<boolean> =>
  (await ask<{ public_acknowledge: boolean }>('public_acknowledge', [b.locator, proofHash(b.proof), b.command, b.messages]))[0]
    ?.public_acknowledge ?? false
/** "Somebody is here", and back. */
export const watchedChat = async (ask: Ask, b: Body<'watched'>): Promise<boolean> =>
  (await ask<{ public_chat_watched: boolean }>('public_chat_watched', [b.locator, proofHash(b.proof), b.command, b.here]))[0]
    ?.public_chat_watched ?? false
