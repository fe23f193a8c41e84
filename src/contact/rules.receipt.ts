/*
 * The receipt: what the sender keeps to read the answer. Pure: the bytes are made elsewhere (HKDF over the seed that travels in the form),
 * so a form that is sent twice gives the same receipt both times.
 */

/** Which alphabet a receipt is written in: words where we have a list of our own, digits elsewhere. */
export const receiptLists = ['ru', 'en', 'digits'] as const
export type ReceiptList = (typeof receiptLists)[number]

/** 2 locator words and 6 secret words of 11 bits each: 22 and 66 bits. */
export const receiptWords = 8
export const locatorWords = 2
/** 7 locator digits and 21 secret digits, shown in groups of four. */
export const receiptDigits = 28
export const locatorDigits = 7
export const listSize = 2048
/** Digit locators stand above all word locators: one number never means two conversations. */
export const digitsOffset = 2 ** 22

/** Always below 2^24 and so exact as a JavaScript number and as a bigint column. */
export type Locator = number

export interface Receipt {
  locator: Locator
  /** Canonical and free of language: `w` + 17 hexadecimal digits, or `d` + 21 digits. The key is derived from exactly these characters. */
  secret: string
  /** What is shown: eight words, or seven groups of four digits. */
  parts: readonly string[]
}

/** The list for a language of the public site. */
export const receiptList = (locale: string): ReceiptList => (locale === 'ru' || locale === 'en' ? locale : 'digits')

const bitsOf = (indices: readonly number[]): bigint => indices.reduce((sum, n) => (sum << 11n) | BigInt(n), 0n)
export const wordLocator = (indices: readonly number[]): Locator => Number(bitsOf(indices.slice(0, locatorWords)))
export const wordSecret = (indices: readonly number[]): string => `w${bitsOf(indices.slice(locatorWords)).toString(16).padStart(17, '0')}`
export const digitLocator = (digits: string): Locator => digitsOffset + Number(digits.slice(0, locatorDigits))
export const digitSecret = (digits: string): string => `d${digits.slice(locatorDigits)}`

const bigOf = (bytes: Uint8Array): bigint => bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)

/**
 * The receipt that belongs to some random bytes (at least 32, uniformly random). Words take the first 88 bits as they are, so each is exactly
 * equally likely; digits take the first 256 bits modulo 10^28, whose bias is below 2^-160. Throws on fewer bytes or a list of the wrong size:
 * both would be bugs that weaken every receipt.
 */
export const receiptFrom = (bytes: Uint8Array, list: ReceiptList, words: readonly string[] = []): Receipt => {
  if (bytes.length < 32) throw new Error('a receipt needs 32 random bytes')
  if (list === 'digits') {
    const digits = (bigOf(bytes.subarray(0, 32)) % 10n ** BigInt(receiptDigits)).toString().padStart(receiptDigits, '0')
    return { locator: digitLocator(digits), secret: digitSecret(digits), parts: digits.match(/\d{4}/g) ?? [] }
  }
  if (words.length !== listSize) throw new Error('a word list must have 2048 words')
  const bits = bigOf(bytes.subarray(0, 11))
  const indices = Array.from({ length: receiptWords }, (_, at) => Number((bits >> BigInt(11 * (receiptWords - 1 - at))) & 2047n))
  return { locator: wordLocator(indices), secret: wordSecret(indices), parts: indices.map(n => words[n] ?? '') }
}

/**
 * The receipt for a number that was given out, with a secret of one's own: what a device makes. The bytes are as for receiptFrom; those of its locator are not used.
 */
export const receiptAt = (locator: Locator, bytes: Uint8Array, list: ReceiptList, words: readonly string[] = []): Receipt => {
  const own = receiptFrom(bytes, list, words)
  if (list === 'digits') {
    const digits = String(locator - digitsOffset).padStart(locatorDigits, '0') + own.secret.slice(1)
    return { locator, secret: own.secret, parts: digits.match(/\d{4}/g) ?? [] }
  }
  const front = [locator >>> 11, locator & 2047].map(n => words[n] ?? '')
  return { locator, secret: own.secret, parts: [...front, ...own.parts.slice(locatorWords)] }
}
