import { combine, split } from 'shamir-secret-sharing'
import { boxPair, sha256 } from './crypto.ts'

/** Letters that nobody confuses on paper (Crockford base 32). */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

const encode = (bytes: Uint8Array): string => {
  let bits = 0
  let value = 0
  let out = ''
  for (const b of bytes) {
    value = (value << 8) | b
    bits += 8
    while (bits >= 5) {
      out += alphabet[(value >> (bits - 5)) & 31]
      bits -= 5
      value &= (1 << bits) - 1
    }
  }
  return bits > 0 ? out + alphabet[(value << (5 - bits)) & 31] : out
}

const decode = (text: string): Buffer | undefined => {
  const out: number[] = []
  let bits = 0
  let value = 0
  for (const c of text.toUpperCase().replace(/O/g, '0').replace(/[IL]/g, '1').replace(/[\s-]/g, '')) {
    const n = alphabet.indexOf(c)
    if (n < 0) return undefined
    value = (value << 5) | n
    bits += 5
    if (bits >= 8) {
      out.push((value >> (bits - 8)) & 255)
      bits -= 8
      value &= (1 << bits) - 1
    }
  }
  return Buffer.from(out)
}

const groups = (text: string) => text.match(/.{1,4}/g)?.join('-') ?? ''

/** Bytes as groups of four characters for paper, with a two-byte checksum; `decodePaper` accepts any case, spaces, O for 0 and I or L for 1. */
export const encodePaper = (bytes: Uint8Array): string => groups(encode(Buffer.concat([bytes, sha256(bytes).subarray(0, 2)])))
/** The bytes, or undefined when a character is wrong or missing. */
export const decodePaper = (text: string): Buffer | undefined => {
  const all = decode(text)
  if (!all || all.length < 3) return undefined
  const body = all.subarray(0, all.length - 2)
  return sha256(body)
    .subarray(0, 2)
    .equals(all.subarray(all.length - 2))
    ? body
    : undefined
}

/** One holder's page: `text` is what is printed, `fingerprint` tells which kit it belongs to, so that pages of two kits are not mixed. */
export interface KitShare {
  readonly index: number
  readonly of: number
  readonly needed: number
  readonly fingerprint: string
  readonly text: string
}

export const kitFingerprint = (recoveryPublic: Uint8Array): string => groups(encode(sha256(recoveryPublic).subarray(0, 5)))

/** A new recovery pair, its private half split so that `needed` of `of` pages make it again. The private half exists only here and on paper. */
export const makeKit = async (of: number, needed: number): Promise<{ recoveryPublic: Buffer; shares: readonly KitShare[] }> => {
  const pair = boxPair()
  const raw = await split(new Uint8Array(pair.secretKey), of, needed)
  const fingerprint = kitFingerprint(pair.publicKey)
  const shares = raw.map((s, i) => ({
    index: i + 1,
    of,
    needed,
    fingerprint,
    text: encodePaper(Buffer.concat([sha256(pair.publicKey).subarray(0, 5), s])),
  }))
  pair.secretKey.fill(0)
  return { recoveryPublic: pair.publicKey, shares }
}

export type KitError = 'share_mistyped' | 'shares_of_two_kits' | 'share_twice' | 'kit_of_another_installation' | 'too_few_shares'

/** Joins pages to the recovery pair. `position` names the page that is wrong (from 1). */
export const joinKit = async (
  texts: readonly string[],
  recoveryPublic?: Uint8Array,
): Promise<{ ok: true; secretKey: Buffer; publicKey: Buffer } | { ok: false; error: KitError; position?: number }> => {
  const shares: Buffer[] = []
  for (const [i, t] of texts.entries()) {
    const b = decodePaper(t)
    if (!b || b.length < 5 + 33) return { ok: false, error: 'share_mistyped', position: i + 1 }
    if (shares[0] && !b.subarray(0, 5).equals(shares[0].subarray(0, 5))) return { ok: false, error: 'shares_of_two_kits', position: i + 1 }
    if (shares.some(s => s.equals(b))) return { ok: false, error: 'share_twice', position: i + 1 }
    shares.push(b)
  }
  if (shares.length < 2) return { ok: false, error: 'too_few_shares' }
  const secret = Buffer.from(await combine(shares.map(s => new Uint8Array(s.subarray(5)))))
  const pair = boxPair(secret)
  // Fewer pages than needed join to a wrong secret, not to an error: the fingerprint tells.
  if (!sha256(pair.publicKey).subarray(0, 5).equals(shares[0]!.subarray(0, 5))) return { ok: false, error: 'too_few_shares' }
  if (recoveryPublic && !pair.publicKey.equals(Buffer.from(recoveryPublic))) return { ok: false, error: 'kit_of_another_installation' }
  return { ok: true, ...pair }
}
