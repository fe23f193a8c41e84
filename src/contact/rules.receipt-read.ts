import { digitLocator, digitSecret, type Locator, listSize, receiptDigits, receiptWords, wordLocator, wordSecret } from './rules.receipt.ts'

/** A word that we could not read. `position` counts from 1. More than one candidate: the sender must say which was meant. */
export interface WrongWord {
  position: number
  typed: string
  candidates: readonly string[]
}
export type ReceiptProblem =
  | { code: 'empty' }
  | { code: 'too_long' }
  | { code: 'word_count'; found: number }
  | { code: 'digit_count'; found: number }
  | { code: 'wrong_words'; words: readonly WrongWord[] }
export type ReadReceipt = { ok: true; locator: Locator; secret: string } | { ok: false; problem: ReceiptProblem }

/** Both word lists, prepared once per process: folding 4,096 words for every request would be wasted work. */
export interface WordLists {
  readonly index: ReadonlyMap<string, number>
  readonly shown: ReadonlyMap<string, string>
}

/** Longer input is refused before any work is done on it. Eight words of eight letters need 71 characters. */
export const receiptInputLimit = 400

/** Case, ё and the form of composed letters do not matter to somebody who types. */
export const foldWord = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll('ё', 'е')

/** Prepares the lists for `parseReceipt`. Throws when a list is not 2,048 different words. */
export const prepareLists = (...lists: readonly (readonly string[])[]): WordLists => {
  const index = new Map<string, number>()
  const shown = new Map<string, string>()
  for (const words of lists) {
    words.forEach((word, at) => {
      index.set(foldWord(word), at)
      shown.set(foldWord(word), word)
    })
  }
  if (lists.some(words => words.length !== listSize) || index.size !== lists.length * listSize)
    throw new Error('a word list must have 2048 different words')
  return { index, shown }
}

/** True when one typing mistake lies between two words: a letter changed, added or left out, or two neighbours swapped. */
export const oneMistake = (a: string, b: string): boolean => {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  if (long.length - short.length > 1) return false
  let at = 0
  while (at < short.length && short[at] === long[at]) at++
  if (at === long.length) return false
  if (short.length < long.length) return short.slice(at) === long.slice(at + 1)
  if (short.slice(at + 1) === long.slice(at + 1)) return true
  return short[at] === long[at + 1] && short[at + 1] === long[at] && short.slice(at + 2) === long.slice(at + 2)
}

/** The words of the lists that `typed` may stand for: itself, or every word one mistake away. */
const candidatesFor = (typed: string, lists: WordLists): readonly string[] =>
  lists.index.has(typed) ? [typed] : [...lists.index.keys()].filter(word => oneMistake(typed, word))

const readDigits = (text: string): ReadReceipt => {
  const digits = text.replace(/[^0-9]/g, '')
  if (digits === '') return { ok: false, problem: { code: 'empty' } }
  if (digits.length !== receiptDigits) return { ok: false, problem: { code: 'digit_count', found: digits.length } }
  return { ok: true, locator: digitLocator(digits), secret: digitSecret(digits) }
}

/**
 * Reads what somebody typed: words of either list in any case, with any separators and numbering and one mistake in each word, or digits in any grouping.
 * It answers from the public lists alone, so an answer never tells whether a conversation exists.
 */
export const parseReceipt = (text: string, lists: WordLists): ReadReceipt => {
  if (text.length > receiptInputLimit) return { ok: false, problem: { code: 'too_long' } }
  const folded = foldWord(text)
  const typed = folded.match(/\p{L}+/gu)
  if (typed === null) return readDigits(folded)
  if (typed.length !== receiptWords) return { ok: false, problem: { code: 'word_count', found: typed.length } }
  const found = typed.map(word => candidatesFor(word, lists))
  const wrong = found.flatMap((candidates, at): WrongWord[] =>
    candidates.length === 1
      ? []
      : [{ position: at + 1, typed: typed[at] ?? '', candidates: candidates.slice(0, 4).map(word => lists.shown.get(word) ?? word) }],
  )
  if (wrong.length > 0) return { ok: false, problem: { code: 'wrong_words', words: wrong } }
  const indices = found.map(([word]) => lists.index.get(word ?? '') ?? 0)
  return { ok: true, locator: wordLocator(indices), secret: wordSecret(indices) }
}
