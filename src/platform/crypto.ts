import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'
import sodium from 'libsodium-wrappers-sumo'
import { SealError } from '../base/sealed.ts'

export { SealError } from '../base/sealed.ts'

await sodium.ready

/** Counts public-key operations of this process: the daily work (create, list, open) must cost none (design.md §4 Keys). */
export const publicKeyOps = { count: 0 }

/** Where a value belongs. Bound into every envelope, so that a sealed value moved to another row, table or compartment does not open. */
export interface Place {
  readonly table: string
  readonly row: string
  readonly compartment: number
}

/** The one seam for another set of primitives (a state buyer may need certified ones): a suite byte leads every envelope. */
export interface CryptoSuite {
  readonly suite: number
  seal(key: Buffer, place: Place, schema: number, plain: Buffer): Buffer
  open(key: Buffer, place: Place, envelope: Buffer): { schema: number; plain: Buffer }
}

interface Keyed {
  readonly object: KeyObject
  readonly commitment: Buffer
}
/**
 * A key as OpenSSL wants it, made once: Node 24 spends four times as long on a call that is given bytes. Lives exactly as long as the bytes it was made of;
 * whoever wipes a key must also let go of its buffer.
 */
const keyed = new WeakMap<Buffer, Keyed>()
const keyedOf = (key: Buffer): Keyed => {
  let k = keyed.get(key)
  if (!k) {
    const object = createSecretKey(key)
    k = { object, commitment: createHmac('sha256', object).update('doverie/commit').digest().subarray(0, 16) }
    keyed.set(key, k)
  }
  return k
}
const aad = (p: Place, schema: number) => Buffer.from(`doverie\0${p.table}\0${p.row}\0${p.compartment}\0${schema}`)

/** Padmé: hides the exact size of a text at a cost of at most 12 %; nothing is shorter than 64 bytes. */
export const paddedLength = (n: number): number => {
  if (n <= 64) return 64
  const e = Math.floor(Math.log2(n))
  const bits = e - (Math.floor(Math.log2(e)) + 1)
  const mask = 2 ** bits - 1
  return Math.floor((n + mask) / (mask + 1)) * (mask + 1)
}

const pad = (plain: Buffer): Buffer => {
  const out = Buffer.alloc(paddedLength(plain.length + 4))
  out.writeUInt32BE(plain.length)
  plain.copy(out, 4)
  return out
}

/** Suite 1: AES-256-GCM. Envelope: suite(1) schema(2) commitment(16) nonce(12) ciphertext tag(16). */
export const suite1: CryptoSuite = {
  suite: 1,
  seal: (key, place, schema, plain) => {
    const nonce = randomBytes(12)
    const k = keyedOf(key)
    const c = createCipheriv('aes-256-gcm', k.object, nonce).setAAD(aad(place, schema))
    const head = Buffer.alloc(3)
    head.writeUInt8(1)
    head.writeUInt16BE(schema, 1)
    const body = Buffer.concat([c.update(pad(plain)), c.final()])
    return Buffer.concat([head, k.commitment, nonce, body, c.getAuthTag()])
  },
  open: (key, place, envelope) => {
    if (envelope.length < 47 + 4 || envelope[0] !== 1) throw new SealError('envelope_malformed')
    const schema = envelope.readUInt16BE(1)
    const k = keyedOf(key)
    if (!timingSafeEqual(envelope.subarray(3, 19), k.commitment)) throw new SealError('wrong_key')
    try {
      const d = createDecipheriv('aes-256-gcm', k.object, envelope.subarray(19, 31)).setAAD(aad(place, schema))
      d.setAuthTag(envelope.subarray(envelope.length - 16))
      const padded = Buffer.concat([d.update(envelope.subarray(31, envelope.length - 16)), d.final()])
      return { schema, plain: padded.subarray(4, 4 + padded.readUInt32BE()) }
    } catch {
      throw new SealError('envelope_altered')
    }
  },
}

const suites: Record<number, CryptoSuite> = { 1: suite1 }

/** Seals bytes under a 32-byte key for one place. */
export const sealBytes = (key: Buffer, place: Place, schema: number, plain: Buffer): Buffer => suite1.seal(key, place, schema, plain)

/** Opens what sealBytes made. Throws SealError for a wrong key, another place or altered bytes. */
export const openBytes = (key: Buffer, place: Place, envelope: Uint8Array): { schema: number; plain: Buffer } => {
  const e = Buffer.from(envelope.buffer, envelope.byteOffset, envelope.byteLength)
  const suite = suites[e[0] ?? 0]
  if (!suite) throw new SealError('envelope_malformed')
  return suite.open(key, place, e)
}

/** For keys and other bytes that have had one layout so far (schema 1). Throws SealError('schema_newer') rather than cut a later layout at the wrong places. */
export const openPlain = (key: Buffer, place: Place, envelope: Uint8Array): Buffer => {
  const { schema, plain } = openBytes(key, place, envelope)
  if (schema !== 1) throw new SealError('schema_newer', { cause: place.table })
  return plain
}

export const sealJson = (key: Buffer, place: Place, schema: number, value: unknown): Buffer =>
  sealBytes(key, place, schema, Buffer.from(JSON.stringify(value)))
export const openJson = (key: Buffer, place: Place, envelope: Uint8Array): { schema: number; value: unknown } => {
  const { schema, plain } = openBytes(key, place, envelope)
  try {
    return { schema, value: JSON.parse(plain.toString('utf8')) as unknown }
  } catch {
    // Sealed on somebody's device it may hold anything at all.
    throw new SealError('value_malformed', { cause: place.table })
  }
}

export const random = (n: number): Buffer => randomBytes(n)
export const newKey = (): Buffer => randomBytes(32)
export const sha256 = (data: Uint8Array | string): Buffer => createHash('sha256').update(data).digest()
export const hmac = (key: Uint8Array, data: Uint8Array | string): Buffer => createHmac('sha256', key).update(data).digest()
/** HKDF-SHA256 to `length` bytes. */
export const hkdf = (key: Uint8Array, info: string, length = 32, salt: Uint8Array = Buffer.alloc(0)): Buffer =>
  Buffer.from(hkdfSync('sha256', key, salt, info, length))
export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && timingSafeEqual(a, b)

export interface BoxPair {
  readonly publicKey: Buffer
  readonly secretKey: Buffer
}

/** An X25519 pair; from a 32-byte secret when one is given. */
export const boxPair = (secret?: Uint8Array): BoxPair => {
  publicKeyOps.count++
  if (!secret) {
    const p = sodium.crypto_box_keypair()
    return { publicKey: Buffer.from(p.publicKey), secretKey: Buffer.from(p.privateKey) }
  }
  return { publicKey: Buffer.from(sodium.crypto_scalarmult_base(secret)), secretKey: Buffer.from(secret) }
}

/** Anonymous sealed box to an X25519 public key. */
export const boxSeal = (publicKey: Uint8Array, plain: Uint8Array): Buffer => {
  publicKeyOps.count++
  return Buffer.from(sodium.crypto_box_seal(plain, publicKey))
}

/** Opens a sealed box; throws SealError when it was not made for this pair. */
export const boxOpen = (pair: BoxPair, sealed: Uint8Array): Buffer => {
  publicKeyOps.count++
  try {
    return Buffer.from(sodium.crypto_box_seal_open(sealed, pair.publicKey, pair.secretKey))
  } catch {
    throw new SealError('box_not_for_us')
  }
}

export interface SignPair {
  readonly publicKey: Buffer
  readonly secretKey: Buffer
}

/** Ed25519 pair from a 32-byte seed. */
export const signPair = (seed: Uint8Array): SignPair => {
  publicKeyOps.count++
  const p = sodium.crypto_sign_seed_keypair(seed)
  return { publicKey: Buffer.from(p.publicKey), secretKey: Buffer.from(p.privateKey) }
}
export const sign = (pair: SignPair, data: Uint8Array): Buffer => {
  publicKeyOps.count++
  return Buffer.from(sodium.crypto_sign_detached(data, pair.secretKey))
}
export const verifySignature = (publicKey: Uint8Array, data: Uint8Array, signature: Uint8Array): boolean => {
  publicKeyOps.count++
  try {
    return sodium.crypto_sign_verify_detached(signature, data, publicKey)
  } catch {
    return false
  }
}

/** Seals a stream in chunks (libsodium secretstream, XChaCha20-Poly1305): a missing, swapped or repeated chunk and a cut end are all seen. */
export const streamSealer = (key: Uint8Array): { header: Buffer; push: (chunk: Uint8Array, last: boolean, ad?: Uint8Array) => Buffer } => {
  const { state, header } = sodium.crypto_secretstream_xchacha20poly1305_init_push(key)
  return {
    header: Buffer.from(header),
    push: (chunk, last, ad) =>
      Buffer.from(
        sodium.crypto_secretstream_xchacha20poly1305_push(
          state,
          chunk,
          ad ?? null,
          last ? sodium.crypto_secretstream_xchacha20poly1305_TAG_FINAL : sodium.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE,
        ),
      ),
  }
}

/** Opens what streamSealer made; throws SealError on any altered chunk. `last` is true for the chunk that ends the stream. */
export const streamOpener = (
  key: Uint8Array,
  header: Uint8Array,
): { pull: (chunk: Uint8Array, ad?: Uint8Array) => { plain: Buffer; last: boolean } } => {
  const state = sodium.crypto_secretstream_xchacha20poly1305_init_pull(header, key)
  return {
    pull: (chunk, ad) => {
      const r = sodium.crypto_secretstream_xchacha20poly1305_pull(state, chunk, ad ?? null)
      if (!r) throw new SealError('stream_altered')
      return { plain: Buffer.from(r.message), last: r.tag === sodium.crypto_secretstream_xchacha20poly1305_TAG_FINAL }
    },
  }
}
