import type { Id } from '../base/id.ts'
import { type SignPair, sha256, sign, verifySignature } from './crypto.ts'

/** The permanent header of one event, as the database keeps it. */
export interface Header {
  readonly record: Id
  readonly kind: string
  readonly seq: number
  readonly type: string
  /** Null: the public site. */
  readonly actor: Id | null
  /** Microseconds since 1970 in UTC, decimal. A Date would lose three digits and with them every hash. */
  readonly recorded: string
  readonly command: Id
  /** `compartment:hex,…` of each sealed part, ascending. */
  readonly digests: string
  /** Hash of the header before; empty for the first. */
  readonly prev: Buffer
}

/** SHA-256 of the canonical header: exactly what app.journal_write computes (a test compares them). */
export const headerHash = (h: Header): Buffer =>
  sha256(['v1', h.record, h.kind, h.seq, h.type, h.actor ?? '-', h.recorded, h.command, h.digests, h.prev.toString('hex')].join('\n'))

/** One row of the read audit. */
export interface ReadRow {
  readonly id: Id
  /** Microseconds since 1970 in UTC, decimal. */
  readonly at: string
  readonly actor: Id
  readonly session: Id
  readonly action: string
  readonly records: readonly Id[]
  readonly purpose: string
  readonly outcome: string
  readonly mac: Buffer
}
/** SHA-256 of a read audit: exactly what app.audit_read computes. */
export const readHash = (r: ReadRow): Buffer =>
  sha256(['r1', r.id, r.at, r.actor, r.session, r.action, r.records.join(), r.purpose, r.outcome, r.mac.toString('hex')].join('\n'))

/** What one batch signs: a moved record head or a read audit (then `record` is its id and seq 0). */
export interface Leaf {
  readonly kind: 'journal' | 'read'
  readonly record: Id
  readonly seq: number
  readonly hash: Buffer
}

const zero = Buffer.from([0])
const one = Buffer.from([1])
/** Leaves and nodes are hashed with different first bytes (RFC 6962), or a node could be passed off as a leaf. */
export const leafHash = (l: Leaf): Buffer =>
  sha256(Buffer.concat([zero, Buffer.from(`${l.kind}\n${l.record}\n${l.seq}\n${l.hash.toString('hex')}`)]))

/** Merkle root of RFC 6962: the left part is the largest power of two smaller than the whole. */
export const merkleRoot = (hashes: readonly Buffer[]): Buffer => {
  if (hashes.length === 0) return sha256('')
  // Level by level with an odd last node carried up unchanged gives the same tree as the recursive definition.
  let level = [...hashes]
  while (level.length > 1) {
    const next: Buffer[] = []
    for (let i = 0; i < level.length; i += 2) {
      const left = level[i] as Buffer
      const right = level[i + 1]
      next.push(right ? sha256(Buffer.concat([one, left, right])) : left)
    }
    level = next
  }
  return level[0] as Buffer
}

/** The order in which a batch is signed; without one fixed order the same leaves would give another root. */
export const inOrder = (a: Leaf, b: Leaf): number =>
  a.kind !== b.kind ? (a.kind < b.kind ? -1 : 1) : a.record !== b.record ? (a.record < b.record ? -1 : 1) : a.seq - b.seq

/** A signed batch. `at` in milliseconds since 1970. */
export interface Head {
  readonly n: number
  readonly at: number
  readonly size: number
  readonly root: Buffer
  /** Hash of the head before; empty for the first. */
  readonly prev: Buffer
  readonly signature: Buffer
}

const signedText = (h: Omit<Head, 'signature'>) =>
  Buffer.from(['doverie head 1', h.n, h.at, h.size, h.root.toString('hex'), h.prev.toString('hex')].join('\n'))
export const headHash = (h: Omit<Head, 'signature'>): Buffer => sha256(signedText(h))
export const signHead = (pair: SignPair, h: Omit<Head, 'signature'>): Head => ({ ...h, signature: sign(pair, signedText(h)) })
export const headIsSigned = (publicKey: Uint8Array, h: Head): boolean => verifySignature(publicKey, signedText(h), h.signature)

/** One line of heads.log, without the newline. */
export const headLine = (h: Head): string =>
  JSON.stringify({
    n: h.n,
    at: new Date(h.at).toISOString(),
    size: h.size,
    root: h.root.toString('hex'),
    prev: h.prev.toString('hex'),
    signature: h.signature.toString('hex'),
  })

/** Reads a line of heads.log; undefined when it is none. */
export const parseHeadLine = (line: string): Head | undefined => {
  try {
    const o = JSON.parse(line) as Record<string, unknown>
    const hex = (name: string) => Buffer.from(String(o[name]), 'hex')
    const at = Date.parse(String(o.at))
    if (!Number.isSafeInteger(o.n) || !Number.isSafeInteger(o.size) || Number.isNaN(at)) return undefined
    return { n: Number(o.n), at, size: Number(o.size), root: hex('root'), prev: hex('prev'), signature: hex('signature') }
  } catch {
    return undefined
  }
}
