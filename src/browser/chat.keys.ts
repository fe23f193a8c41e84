import { listSize, type Receipt, type ReceiptList, receiptAt } from '../contact/rules.receipt.ts'
import { parseReceipt, prepareLists, type ReadReceipt } from '../contact/rules.receipt-read.ts'
import { ask } from './chat.net.ts'
import {
  type Bytes,
  boxJson,
  boxPair,
  boxSeal,
  bytesOf,
  digestOf,
  fromBase64,
  hkdf,
  join,
  keysOf,
  openBoxJson,
  openBytes,
  type Pair,
  random,
  sealBytes,
  sealJson,
  toBase64,
} from './chat.seal.ts'
import { solve } from './puzzle.solve.ts'

/* A conversation as the device holds it: in memory only, for as long as the page is open. */

export interface Prekey {
  readonly id: string
  readonly publicX: string
}
export interface Held {
  readonly contact: string
  readonly locator: number
  readonly proof: string
  readonly pair: Pair
  readonly dek: Bytes
  prekey: Prekey | null
}
export const who = (h: Held): Record<string, string> => ({ locator: String(h.locator), proof: h.proof })

export const uuid = (): string => {
  const b = random(16)
  b[6] = ((b[6] ?? 0) & 15) | 64
  b[8] = ((b[8] ?? 0) & 63) | 128
  const hex = Array.from(b, x => x.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

const lists = () => (globalThis as { dvWords?: Record<string, string> }).dvWords ?? {}
const listOf = (list: ReceiptList): string[] => lists()[list]?.split('\n') ?? []

/** Reads typed words or digits. The lists come by what they are written in, whatever language the page is in. */
export const readWords = async (typed: string): Promise<ReadReceipt> => {
  for (const [l, letters] of [
    ['ru', /[а-яё]/i],
    ['en', /[a-z]/i],
  ] as const)
    if (letters.test(typed) && !lists()[l]) await import(`/assets/chat-words-${l}.js`).catch(() => undefined)
  return parseReceipt(typed, prepareLists(...(['ru', 'en'] as const).map(listOf).filter(l => l.length === listSize)))
}

const schema = 1
const bundle = (contact: string) => ({ table: 'conversation', row: contact })
const message = (id: string) => ({ table: 'message', row: id })

/** What the form says before the first message. */
export interface First {
  readonly text: string
  readonly language: string
  readonly safeNow: string
  readonly answers: Readonly<Record<string, string>>
  readonly submission: string
  readonly seed: string
}
export type Opened =
  | { readonly kind: 'open'; readonly held: Held; readonly receipt: Receipt }
  /** Nobody there could open it now; or the network is away. */
  | { readonly kind: 'closed' | 'away' }

const hexBytes = (s: string): Bytes => Uint8Array.from(s.match(/../g) ?? [], h => Number.parseInt(h, 16))
/** Seals a message to the key of the day, or where there is none under the conversation's own key. */
const sealMessage = (h: Pick<Held, 'contact' | 'dek' | 'prekey'>, id: string, text: string, language: string): Promise<Bytes> =>
  h.prekey
    ? boxJson(fromBase64(h.prekey.publicX), schema, { text, language }, `${h.contact}/${id}`)
    : sealJson(h.dek, message(id), schema, { text, language })

/** Begins a conversation: everything is made here, and leaves sealed. */
export const begin = async (first: First, list: ReceiptList, waiting: (yes: boolean) => void): Promise<Opened> => {
  const digest = toBase64(await digestOf(hexBytes(first.seed), JSON.stringify([first.language, first.safeNow, first.answers, first.text])))
  let noPrekey = false
  for (let n = 0; n < 5; n++) {
    const start = await ask('start', { list: list === 'digits' ? 'digits' : 'words' }, { tries: 4, waiting })
    if (!start) return { kind: 'away' }
    if (start.status !== 'start') return { kind: 'closed' }
    const given = start as unknown as {
      contact: string
      locator: number
      made: string
      ticket: string
      team: string
      keyVersion: number
      publicX: string
      recovery: string
      prekey: Prekey | null
      kdf: string
      bits?: number
    }
    const { contact, locator, made } = given
    const prekey = noPrekey ? null : given.prekey
    const receipt = receiptAt(locator, random(32), list, listOf(list))
    const salt = random(16)
    const { proof, wrap } = await keysOf(receipt.secret, salt, given.kdf)
    const [pair, dek, id] = [boxPair(), random(32), uuid()]
    const story = {
      language: first.language,
      from: 'child',
      cameWith: '',
      papers: 'not_asked',
      answers: first.answers,
      explained: [{ language: first.language, by: null, at: made }],
      urgencyReason: '',
      circumstances: '',
    }
    const event = { channel: 'chat', received: made, safeNow: first.safeNow, story }
    const fields = {
      ticket: given.ticket,
      // Very many write just now: a small sum first.
      ...(given.bits ? { work: await solve(given.ticket, given.bits) } : {}),
      made,
      contact,
      submission: first.submission,
      digest,
      team: given.team,
      keyVersion: String(given.keyVersion),
      locator: String(locator),
      salt: toBase64(salt),
      ckPublic: toBase64(pair.publicKey),
      ckWrapped: toBase64(await sealBytes(wrap, bundle(contact), schema, join(pair.secretKey, dek))),
      proof: toBase64(proof),
      safeNow: first.safeNow,
      message: id,
      sealed: toBase64(await sealMessage({ contact, dek, prekey }, id, first.text, first.language)),
      prekey: prekey?.id ?? '',
      story: toBase64(await sealJson(dek, { table: 'sealed', row: contact }, schema, story)),
      part: toBase64(await sealJson(dek, { table: 'journal_part', row: `${contact}/${first.submission}` }, schema, event)),
      teamWrap: toBase64(await boxSeal(fromBase64(given.publicX), dek)),
      recoveryWrap: toBase64(await boxSeal(fromBase64(given.recovery), dek)),
    }
    // The very same fields until somebody answers: it may have arrived although its answer did not.
    const done = await ask('open', fields, { waiting })
    if (done?.status === 'saved' || done?.status === 'same')
      return { kind: 'open', held: { contact, locator, proof: fields.proof, pair, dek, prekey }, receipt }
    if (done?.status === 'closed') return { kind: 'closed' }
    noPrekey = done?.status === 'no_prekey'
  }
  return { kind: 'away' }
}

/** Comes back with the words: what they open is opened here. Undefined: unknown or wrong; 'away': nobody answered. */
export const comeBack = async (words: {
  locator: number
  secret: string
}): Promise<{ held: Held; messages: unknown[] } | 'away' | undefined> => {
  const salted = await ask('salt', { locator: String(words.locator) }, { tries: 4 })
  if (!salted) return 'away'
  const { salt, kdf } = salted as unknown as { salt: string; kdf: string }
  const { proof, wrap } = await keysOf(words.secret, fromBase64(salt), kdf)
  const fields = { locator: String(words.locator), proof: toBase64(proof) }
  const taken = await ask('take', fields, { tries: 4 })
  if (!taken) return 'away'
  if (taken.status !== 'open') return undefined
  const t = taken as unknown as { contact: string; ckPublic: string; ckWrapped: string; messages: unknown[]; prekey: Prekey | null }
  const plain = await openBytes(wrap, bundle(t.contact), fromBase64(t.ckWrapped))
  const pair = { publicKey: fromBase64(t.ckPublic), secretKey: plain.slice(0, 32) }
  return {
    held: { contact: t.contact, locator: words.locator, proof: fields.proof, pair, dek: plain.slice(32, 64), prekey: t.prekey },
    messages: t.messages,
  }
}

/** Sends one message until it has arrived. False: the conversation is full, or over. */
export const send = async (
  h: Held,
  id: string,
  text: string,
  language: string,
  o: { readonly signal: AbortSignal; readonly waiting: (yes: boolean) => void },
): Promise<boolean> => {
  const digest = toBase64(await digestOf(h.dek, text))
  for (let n = 0; n < 3 && !o.signal.aborted; n++) {
    const sealed = toBase64(await sealMessage(h, id, text, language))
    const done = await ask('send', { ...who(h), message: id, digest, sealed, prekey: h.prekey?.id ?? '' }, o)
    if (done?.status === 'saved' || done?.status === 'same') return true
    if (done?.status !== 'no_prekey') return false
    // The day has changed: the key of today, and the third time the conversation's own.
    const taken = n === 0 ? await ask('take', who(h), o) : undefined
    h.prekey = (taken?.prekey as Prekey | null | undefined) ?? null
  }
  return false
}

/** Opens an answer; undefined when it cannot be read: one broken answer must not hide the others. */
export const readAnswer = async (h: Held, sealed: string): Promise<string | undefined> => {
  try {
    return ((await openBoxJson(h.pair, fromBase64(sealed))) as { text: string }).text
  } catch {
    return undefined
  }
}

/** A word as it is compared: what is kept of the agreed word while the screen is neutral is not the word. */
export const wordPrint = async (word: string): Promise<string> =>
  toBase64(await hkdf(bytesOf(word.normalize('NFKC').trim().toLowerCase().replaceAll('ё', 'е')), 'doverie/agreed'))
