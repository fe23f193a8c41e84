import { randomInt } from 'node:crypto'
import { generateSecret, generateSync, generateURI } from 'otplib'
import qrcode from 'qrcode'
import { hmac, openPlain, random, sameBytes, sealBytes } from './crypto.ts'
import { decodePaper, encodePaper } from './kit.ts'
import { type PasswordKeys, splitSecret } from './password.ts'

/** A new secret for a one-time-code app, base32, 160 bits. */
export const newTotpSecret = (): string => generateSecret()

const place = (userId: string) => ({ table: 'account.totp', row: userId, compartment: 0 })
/** Seals a one-time-code secret under the install secret's sub-key: the database alone makes no code. */
export const sealTotp = (key: Buffer, userId: string, secret: string): Buffer => sealBytes(key, place(userId), 1, Buffer.from(secret))
export const openTotp = (key: Buffer, userId: string, sealed: Uint8Array): string => openPlain(key, place(userId), sealed).toString()

/** The step among `steps` whose code this is, or undefined. Which steps are still unused is for the caller and the database to say. */
export const matchTotp = (secret: string, code: string, steps: readonly number[]): number | undefined =>
  steps.find(step => sameBytes(Buffer.from(generateSync({ secret, epoch: step * 30 })), Buffer.from(code)))

/** The code of one step; for tests and the demonstration. */
export const totpCode = (secret: string, step: number): string => generateSync({ secret, epoch: step * 30 })

/** The picture for the app as a data address; the page's policy allows images from `data:` and nothing else runs in it. */
export const totpPicture = async (secret: string, login: string, issuer: string): Promise<string> => {
  const svg = await qrcode.toString(generateURI({ issuer, label: login, secret }), { type: 'svg', errorCorrectionLevel: 'M', margin: 2 })
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`
}

/** Ten one-time codes for paper, ten digits each. */
export const newPrintedCodes = (): string[] => Array.from({ length: 10 }, () => Array.from({ length: 10 }, () => randomInt(10)).join(''))
/** What stands for a printed code before it is hashed: without the install secret its 33 bits could be tried out on a stolen database. */
export const printedSecret = (pepper: Buffer, userId: string, code: string): Buffer => hmac(pepper, `printed\0${userId}\0${code}`)

/** A personal recovery code: 160 bits as nine groups of four characters with a checksum. */
export const newRecoveryCode = (): string => encodePaper(random(20))
/** What a recovery code opens with; undefined when it is mistyped. */
export const recoveryKeys = (code: string): PasswordKeys | undefined => {
  const bytes = decodePaper(code)
  return bytes?.length === 20 ? splitSecret(bytes) : undefined
}
