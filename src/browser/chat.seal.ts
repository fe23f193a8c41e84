import { hsalsa, xsalsa20poly1305 } from '@noble/ciphers/salsa.js'
import { x25519 } from '@noble/curves/ed25519.js'
import { argon2id, blake2b } from 'hash-wasm'

/*
 * What the server does with libsodium and node:crypto (src/platform/crypto.ts), on the sender's device: the same boxes and the same envelopes, byte for byte in form.
 * Nothing here is a construction of our own; tests compare it with both libraries in both directions.
 */

export type Bytes = Uint8Array<ArrayBuffer>
const text = new TextEncoder()
export const bytesOf = (s: string): Bytes => text.encode(s)
export const join = (...parts: readonly Uint8Array[]): Bytes => {
  const out = new Uint8Array(parts.reduce((n, p) => n + p.length, 0))
  let at = 0
  for (const p of parts) {
    out.set(p, at)
    at += p.length
  }
  return out
}
export const random = (n: number): Bytes => crypto.getRandomValues(new Uint8Array(n))
export const toBase64 = (b: Uint8Array): string => btoa(Array.from(b, x => String.fromCharCode(x)).join(''))
export const fromBase64 = (s: string): Bytes => Uint8Array.from(atob(s), c => c.charCodeAt(0))

export interface Pair {
  readonly publicKey: Uint8Array
  readonly secretKey: Uint8Array
}
export const boxPair = (): Pair => {
  const secretKey = random(32)
  return { secretKey, publicKey: x25519.getPublicKey(secretKey) }
}

const words = (b: Uint8Array): Uint32Array => new Uint32Array(join(b).buffer)
const sigma = words(bytesOf('expand 32-byte k'))
/** The key and nonce of an anonymous box: X25519, HSalsa20, and BLAKE2b of both public halves. */
const boxKey = async (mine: Uint8Array, other: Uint8Array, ephemeral: Uint8Array, receiver: Uint8Array): Promise<[Bytes, Bytes]> => {
  const key = new Uint32Array(8)
  hsalsa(sigma, words(x25519.getSharedSecret(mine, other)), new Uint32Array(4), key)
  const nonce = await blake2b(join(ephemeral, receiver), 192)
  return [new Uint8Array(key.buffer), Uint8Array.from(nonce.match(/../g) ?? [], h => Number.parseInt(h, 16))]
}
/** crypto_box_seal of libsodium. */
export const boxSeal = async (publicKey: Uint8Array, plain: Uint8Array): Promise<Bytes> => {
  const once = boxPair()
  const [key, nonce] = await boxKey(once.secretKey, publicKey, once.publicKey, publicKey)
  return join(once.publicKey, xsalsa20poly1305(key, nonce).encrypt(plain))
}
/** crypto_box_seal_open; throws for a box that was not made for this pair. */
export const boxOpen = async (pair: Pair, sealed: Uint8Array): Promise<Bytes> => {
  const once = sealed.subarray(0, 32)
  const [key, nonce] = await boxKey(pair.secretKey, once, once, pair.publicKey)
  return join(xsalsa20poly1305(key, nonce).decrypt(sealed.subarray(32)))
}

const subtle = () => crypto.subtle
const hmac = async (key: Bytes, data: Bytes): Promise<Bytes> =>
  new Uint8Array(
    await subtle().sign('HMAC', await subtle().importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']), data),
  )
export const hkdf = async (key: Bytes, info: string): Promise<Bytes> =>
  new Uint8Array(
    await subtle().deriveBits(
      { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info: bytesOf(info) },
      await subtle().importKey('raw', key, 'HKDF', false, ['deriveBits']),
      256,
    ),
  )
/** Says that a form is the same without saying what stands in it. */
export const digestOf = async (key: Bytes, value: string): Promise<Bytes> => hmac(await hkdf(key, 'doverie/digest'), bytesOf(value))

export interface Place {
  readonly table: string
  readonly row: string
}
/** Everything of a conversation is sealed in compartment 4, the story. */
const compartment = 4
const aad = (p: Place, schema: number) => bytesOf(`doverie\0${p.table}\0${p.row}\0${compartment}\0${schema}`)
const gcm = (key: Bytes, use: 'encrypt' | 'decrypt') => subtle().importKey('raw', key, 'AES-GCM', false, [use])

/** As paddedLength of the server: what is sealed must not differ in form by who sealed it. */
const paddedLength = (n: number): number => {
  if (n <= 64) return 64
  const e = Math.floor(Math.log2(n))
  const mask = 2 ** (e - (Math.floor(Math.log2(e)) + 1)) - 1
  return Math.floor((n + mask) / (mask + 1)) * (mask + 1)
}
/** Length, then the bytes, then zeros: to a length that says little. */
const pad = (plain: Uint8Array, to: number): Bytes => {
  const out = new Uint8Array(to)
  new DataView(out.buffer).setUint32(0, plain.length)
  out.set(plain, 4)
  return out
}
const unpad = (padded: Bytes): Bytes => {
  const n = new DataView(padded.buffer, padded.byteOffset).getUint32(0)
  if (n > padded.length - 4) throw new Error('malformed')
  return padded.slice(4, 4 + n)
}

/** An envelope of suite 1: AES-256-GCM with a commitment to the key. */
export const sealBytes = async (key: Bytes, place: Place, schema: number, plain: Uint8Array): Promise<Bytes> => {
  const nonce = random(12)
  const commitment = (await hmac(key, bytesOf('doverie/commit'))).subarray(0, 16)
  const body = await subtle().encrypt(
    { name: 'AES-GCM', iv: nonce, additionalData: aad(place, schema) },
    await gcm(key, 'encrypt'),
    pad(plain, paddedLength(plain.length + 4)),
  )
  return join(new Uint8Array([1, schema >> 8, schema & 255]), commitment, nonce, new Uint8Array(body))
}
export const sealJson = (key: Bytes, place: Place, schema: number, value: unknown): Promise<Bytes> =>
  sealBytes(key, place, schema, bytesOf(JSON.stringify(value)))
/** Opens an envelope; throws for a wrong key, another place or altered bytes. */
export const openBytes = async (key: Bytes, place: Place, envelope: Bytes): Promise<Bytes> => {
  const schema = ((envelope[1] ?? 0) << 8) | (envelope[2] ?? 0)
  const plain = await subtle().decrypt(
    { name: 'AES-GCM', iv: envelope.slice(19, 31), additionalData: aad(place, schema) },
    await gcm(key, 'decrypt'),
    envelope.slice(31),
  )
  return unpad(new Uint8Array(plain))
}

/** Boxes of the sender grow in steps of so many bytes. */
const step = 256
/**
 * A message in a box: its JSON, its length hidden to the next step. `to` says of which conversation and message it is: a box that was stolen and sent again from another
 * conversation would else be sealed anew for whoever sent it.
 */
export const boxJson = (publicKey: Uint8Array, schema: number, value: unknown, to: string): Promise<Bytes> => {
  const plain = bytesOf(JSON.stringify({ schema, value, to }))
  return boxSeal(publicKey, pad(plain, Math.ceil((plain.length + 4) / step) * step))
}
export const openBoxJson = async (pair: Pair, sealed: Uint8Array): Promise<unknown> =>
  (JSON.parse(new TextDecoder().decode(unpad(await boxOpen(pair, sealed)))) as { value: unknown }).value

/** What the words open, by the cost that stands beside the salt: `argon2id,m=65536,t=3,p=1`. */
export const keysOf = async (secret: string, salt: Bytes, cost: string): Promise<{ proof: Bytes; wrap: Bytes }> => {
  const [, m, t, p] = /^argon2id,m=(\d{1,7}),t=(\d{1,2}),p=(\d)$/.exec(cost) ?? []
  const k = await argon2id({
    password: secret,
    salt,
    memorySize: Number(m),
    iterations: Number(t),
    parallelism: Number(p),
    hashLength: 32,
    outputType: 'binary',
  })
  const key = join(k)
  return { proof: await hkdf(key, 'doverie/auth'), wrap: await hkdf(key, 'doverie/wrap') }
}
/** How many milliseconds the whole cost will take here, by the best of three forty-eighths of it: a phone that does something else meanwhile is not a slow phone. */
export const slowness = async (): Promise<number> => {
  const run = async (memorySize: number): Promise<number> => {
    const before = performance.now()
    await argon2id({ password: 'x', salt: new Uint8Array(16), memorySize, iterations: 1, parallelism: 1, hashLength: 32 })
    return performance.now() - before
  }
  // The first run compiles the program.
  await run(64)
  return Math.min(await run(4096), await run(4096), await run(4096)) * 48
}
