import { intern, newVocabulary, room, textOf, type Vocabulary, wordKinds } from './rules.match.vocabulary.ts'
import { partsOf } from './rules.names.sounds.ts'

/**
 * The match index: people by the parts of their names and by numbers and handles, in memory only. Pure; it holds typed arrays besides the ids, so that 100,000 people
 * take megabytes and that it can be overwritten when it is forgotten.
 */
export type Sex = 'female' | 'male'
/** What the index keeps of a person. Years of birth are a range; null where nothing is known. */
export interface Entry {
  readonly id: string
  readonly names: readonly string[]
  readonly minYear?: number | null
  readonly maxYear?: number | null
  readonly sex?: Sex | null
  /** A code of the origin, such as UZ. */
  readonly origin?: string | null
  readonly phones?: readonly string[]
  readonly handles?: readonly string[]
  readonly documents?: readonly string[]
  /** The team whose record it is, and the version these were read from. */
  readonly homeGroup?: string
  readonly version?: number
}
export const sexNumber = { female: 1, male: 2 } as const

/** A person stands in a slot; a changed one moves to a new slot, and the old one is empty until the index is compacted. */
export interface MatchIndex {
  vocabulary: Vocabulary
  ids: string[]
  slotOf: Map<string, number>
  slots: number
  live: number
  alive: Uint8Array
  minYear: Uint16Array
  maxYear: Uint16Array
  sex: Uint8Array
  origin: Uint16Array
  origins: string[]
  /** Whose record it is, as a number of `homes`; a search looks only at the teams of whoever asks. */
  home: Uint16Array
  homes: string[]
  version: Int32Array
  /** Names a person has; their words are kept together. */
  nameCount: Uint8Array
  /** Where the words of a slot begin in `words`; the next slot's beginning is their end. */
  first: Int32Array
  words: Int32Array
  wordsUsed: number
  /** How many living people bear each word. */
  borne: Int32Array
  /** Slots by word for the slots below `posted`, contiguous; later slots are looked through one by one. */
  posted: number
  postings: Int32Array
  postingAt: Int32Array
}
export const newMatchIndex = (): MatchIndex => ({
  vocabulary: newVocabulary(),
  ids: [],
  slotOf: new Map(),
  slots: 0,
  live: 0,
  alive: new Uint8Array(256),
  minYear: new Uint16Array(256),
  maxYear: new Uint16Array(256),
  sex: new Uint8Array(256),
  origin: new Uint16Array(256),
  origins: [''],
  home: new Uint16Array(256),
  homes: [''],
  version: new Int32Array(256),
  nameCount: new Uint8Array(256),
  first: new Int32Array(257),
  words: new Int32Array(1024),
  wordsUsed: 0,
  borne: new Int32Array(512),
  posted: 0,
  postings: new Int32Array(0),
  postingAt: new Int32Array(1),
})

const latinLook: Readonly<Record<string, string>> = {
  А: 'A',
  В: 'B',
  Е: 'E',
  К: 'K',
  М: 'M',
  Н: 'H',
  О: 'O',
  Р: 'P',
  С: 'C',
  Т: 'T',
  У: 'Y',
  Х: 'X',
}
/** How numbers and handles are compared: a phone by its last nine digits, a document by letters and digits (Cyrillic letters that look Latin are), a handle without @. */
export const exactKey = {
  phone: (text: string): string => {
    const digits = text.replace(/\D/g, '')
    return digits.length < 5 ? '' : `p${digits.slice(-9)}`
  },
  handle: (text: string): string => {
    const h = text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/^(https?:\/\/)?(www\.)?[a-z0-9-]+\.[a-z]{2,}\//, '')
      .replace(/[\s@]/g, '')
    return h === '' ? '' : `h${h}`
  },
  document: (text: string): string => {
    const d = [...text.normalize('NFKC').toUpperCase()]
      .map(c => latinLook[c] ?? c)
      .join('')
      .replace(/[^\p{L}\p{N}]/gu, '')
    return d.length < 3 ? '' : `d${d}`
  },
} as const
export type ExactKind = keyof typeof exactKey

const year = (y: number | null | undefined) => (y === null || y === undefined || y < 1800 || y > 3000 ? 0 : Math.floor(y))
const originNumber = (x: MatchIndex, origin: string | null | undefined): number => {
  if (!origin) return 0
  const at = x.origins.indexOf(origin)
  return at >= 0 ? at : x.origins.push(origin) - 1
}
const homeNumber = (x: MatchIndex, home: string | undefined): number => {
  if (!home) return 0
  const at = x.homes.indexOf(home)
  return at >= 0 ? at : x.homes.push(home) - 1
}
/** The version of a person that stands in the index; -1 for whoever does not. */
export const versionOf = (x: MatchIndex, id: string): number => {
  const slot = x.slotOf.get(id)
  return slot === undefined ? -1 : x.version[slot]!
}
/** A person whose record belongs to another team now, with the same names. */
export const movePerson = (x: MatchIndex, id: string, home: string): void => {
  const slot = x.slotOf.get(id)
  if (slot !== undefined) x.home[slot] = homeNumber(x, home)
}
const pushWord = (x: MatchIndex, from: number, w: number): void => {
  for (let k = from; k < x.wordsUsed; k += 1) if (x.words[k] === w) return
  x.words = room(x.words, x.wordsUsed + 1)
  x.words[x.wordsUsed++] = w
  x.borne = room(x.borne, w + 1)
  x.borne[w]! += 1
}

/** Adds a person, or puts what is known now in place of what was known. */
export const putPerson = (x: MatchIndex, e: Entry): void => {
  removePerson(x, e.id)
  const slot = x.slots++
  x.alive = room(x.alive, x.slots)
  x.minYear = room(x.minYear, x.slots)
  x.maxYear = room(x.maxYear, x.slots)
  x.sex = room(x.sex, x.slots)
  x.origin = room(x.origin, x.slots)
  x.home = room(x.home, x.slots)
  x.version = room(x.version, x.slots)
  x.nameCount = room(x.nameCount, x.slots)
  x.first = room(x.first, x.slots + 1)
  x.ids[slot] = e.id
  x.slotOf.set(e.id, slot)
  x.live += 1
  x.alive[slot] = 1
  x.minYear[slot] = year(e.minYear)
  x.maxYear[slot] = year(e.maxYear)
  x.sex[slot] = e.sex ? sexNumber[e.sex] : 0
  x.origin[slot] = originNumber(x, e.origin)
  x.home[slot] = homeNumber(x, e.homeGroup)
  x.version[slot] = e.version ?? 0
  x.nameCount[slot] = Math.min(255, Math.max(1, e.names.length))
  x.first[slot] = x.wordsUsed
  const from = x.wordsUsed
  for (const name of e.names) {
    const parts = partsOf(name)
    let whole = ''
    parts.forEach((p, i) => {
      pushWord(x, from, intern(x.vocabulary, p.part, false))
      whole = p.joined ? whole + p.part : p.part
      // Мухаммад-Али stands as Мухаммадали elsewhere.
      if (p.joined && !parts[i + 1]?.joined) pushWord(x, from, intern(x.vocabulary, whole.slice(0, 64), false))
    })
  }
  for (const [kind, list] of [
    ['phone', e.phones],
    ['handle', e.handles],
    ['document', e.documents],
  ] as const)
    for (const text of list ?? []) {
      const key = exactKey[kind](text)
      if (key !== '') pushWord(x, from, intern(x.vocabulary, `\u0001${key}`, true))
    }
  x.first[slot + 1] = x.wordsUsed
}

/** Takes a person out. What stood there is overwritten at once. */
export const removePerson = (x: MatchIndex, id: string): void => {
  const slot = x.slotOf.get(id)
  if (slot === undefined) return
  x.slotOf.delete(id)
  x.ids[slot] = ''
  x.alive[slot] = 0
  x.minYear[slot] = 0
  x.maxYear[slot] = 0
  x.sex[slot] = 0
  x.origin[slot] = 0
  x.home[slot] = 0
  for (let k = x.first[slot]!; k < x.first[slot + 1]!; k += 1) x.borne[x.words[k]!]! -= 1
  x.live -= 1
}

/** Slots by word: counted, then filled in. */
const post = (x: MatchIndex): void => {
  const n = x.vocabulary.words
  const at = new Int32Array(n + 1)
  const used = x.first[x.slots] ?? 0
  for (let k = 0; k < used; k += 1) at[x.words[k]! + 1]! += 1
  for (let w = 0; w < n; w += 1) at[w + 1]! += at[w]!
  const next = at.slice(0, n)
  const postings = new Int32Array(used)
  for (let slot = 0; slot < x.slots; slot += 1)
    for (let k = x.first[slot]!; k < x.first[slot + 1]!; k += 1) postings[next[x.words[k]!]!++] = slot
  x.postings = postings
  x.postingAt = at
  x.posted = x.slots
}
/** After many empty slots: the same people in new tables, words that nobody bears left out. */
const rebuilt = (x: MatchIndex): void => {
  const old = { ...x }
  Object.assign(x, newMatchIndex(), { origins: old.origins, homes: old.homes })
  const renamed = new Int32Array(old.vocabulary.words).fill(-1)
  for (let slot = 0; slot < old.slots; slot += 1) {
    if (old.alive[slot] === 0) continue
    putPerson(x, { id: old.ids[slot]!, names: [] })
    const now = x.slots - 1
    for (const field of ['minYear', 'maxYear', 'sex', 'origin', 'home', 'version', 'nameCount'] as const) x[field][now] = old[field][slot]!
    for (let k = old.first[slot]!; k < old.first[slot + 1]!; k += 1) {
      const w = old.words[k]!
      if (renamed[w]! < 0) renamed[w] = intern(x.vocabulary, textOf(old.vocabulary, w), old.vocabulary.kind[w] === wordKinds.exact)
      x.words = room(x.words, x.wordsUsed + 1)
      x.words[x.wordsUsed++] = renamed[w]!
      x.borne = room(x.borne, renamed[w]! + 1)
      x.borne[renamed[w]!]! += 1
    }
    x.first[now + 1] = x.wordsUsed
  }
  wipe(old)
}
/** Puts the tables in order; searching does it by itself when enough has changed. */
export const compact = (x: MatchIndex): void => {
  if (x.slots - x.live > 1000 + x.live / 2) rebuilt(x)
  if (x.posted < x.slots) post(x)
}
/** Before a search: a few late comers are looked through, many are put in order. */
export const ready = (x: MatchIndex): void => {
  if (x.slots - x.posted > 256 || x.slots - x.live > 1000 + x.live / 2) compact(x)
}

/** An index of all these people. */
export const buildMatchIndex = (entries: Iterable<Entry>): MatchIndex => {
  const x = newMatchIndex()
  for (const e of entries) putPerson(x, e)
  compact(x)
  return x
}

/** Overwrites everything; the index is empty afterwards and must not be used again. */
export const wipe = (x: MatchIndex): void => {
  const fill = (o: object) => {
    for (const value of Object.values(o)) if (ArrayBuffer.isView(value)) new Uint8Array(value.buffer).fill(0)
  }
  fill(x)
  fill(x.vocabulary)
  for (const list of x.vocabulary.grams) list.fill(0)
  x.ids = []
  x.slotOf = new Map()
}
