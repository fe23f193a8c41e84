import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common'
import { type ArgonCost, type ArgonQueue, argonQueue, defaultCost } from './argon.ts'
import { hkdf, hmac, random } from './crypto.ts'

/** Too many sign-ins at once: the page says so and asks to try again (503), instead of taking all memory. */
export class BusyError extends Error {
  override name = 'BusyError'
  readonly statusCode = 503
}

/** What a password (or PIN) gives: a key that seals, and a secret of which only the SHA-256 is stored. Neither tells the other. */
export interface PasswordKeys {
  readonly wrap: Buffer
  readonly verify: Buffer
}
export const splitSecret = (secret: Uint8Array): PasswordKeys => ({
  wrap: hkdf(secret, 'doverie/wrap'),
  verify: hkdf(secret, 'doverie/verify'),
})

export interface Passwords {
  /** A new salt: a byte that names the cost, and 16 random bytes. A dearer cost can come later without touching what is stored. */
  newSalt(): Buffer
  /** A salt that looks like one for a login that does not exist: the same at every try. */
  fakeSalt(login: string): Buffer
  /** Argon2id over the password mixed with the install secret's pepper. Throws BusyError when 32 wait already. */
  keys(password: string, salt: Uint8Array): Promise<PasswordKeys>
}

/** Never renumber. 0 is for tests: a thousand times cheaper. */
const costs: readonly ArgonCost[] = [{ m: 64, t: 1, p: 1 }, defaultCost]

/** One per process: two hashes run, 32 wait. */
export const passwords = (pepper: Buffer, cost: 0 | 1 = process.env.VITEST ? 0 : 1, queue: ArgonQueue = argonQueue()): Passwords => ({
  newSalt: () => Buffer.concat([Buffer.from([cost]), random(16)]),
  fakeSalt: login => Buffer.concat([Buffer.from([cost]), hmac(pepper, `salt\0${login}`).subarray(0, 16)]),
  keys: async (password, salt) => {
    const hash = await queue.hash(hmac(pepper, password.normalize('NFC')), salt, costs[salt[0] ?? 1] ?? defaultCost)
    if (hash === 'busy') throw new BusyError('busy')
    return splitSecret(hash)
  },
})

let guesser: ZxcvbnFactory | undefined
/** How hard a password is to guess, 0–4; what the person is called counts as known. Only the first 100 characters are looked at: more would cost seconds. */
export const passwordScore = (password: string, known: readonly string[]): number => {
  guesser ??= new ZxcvbnFactory({ dictionary: { ...dictionary }, graphs: adjacencyGraphs, useLevenshteinDistance: false })
  return guesser.check(password.slice(0, 100), [...known]).score
}
