import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs'
import path from 'node:path'
import type pg from 'pg'
import type { Id } from '../base/id.ts'
import type { SignPair } from './crypto.ts'
import { type Head, headHash, headLine, inOrder, type Leaf, leafHash, merkleRoot, parseHeadLine, signHead } from './ledger.ts'

export interface SealerOptions {
  /** A pool of the role `sealer`. */
  readonly pool: pg.Pool
  readonly key: SignPair
  /** Outside the database: who can rewrite the one should not be able to rewrite the other. */
  readonly headsLog: string
  readonly clock: () => Date
}

/** So many leaves at most in one head: a batch is one transaction and one proof. */
const batch = 4096

interface HeadRow {
  n: string
  at: Date
  size: number
  root: Buffer
  prev: Buffer
  signature: Buffer
}
const headOf = (r: HeadRow): Head => ({
  n: Number(r.n),
  at: r.at.getTime(),
  size: r.size,
  root: r.root,
  prev: r.prev,
  signature: r.signature,
})

/** Appends heads to the log and waits for the disk; the folder too when the file is new. */
const appendHeads = (file: string, heads: readonly Head[]): void => {
  if (heads.length === 0) return
  const fresh = !existsSync(file)
  if (fresh) mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  const fd = openSync(file, 'a', 0o600)
  try {
    writeSync(fd, `${heads.map(headLine).join('\n')}\n`)
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
  if (!fresh) return
  const folder = openSync(path.dirname(file), 'r')
  fsyncSync(folder)
  closeSync(folder)
}

/**
 * After a crash between commit and append: writes the heads that the log lacks. A torn last line (no newline) was never finished and is taken off first.
 * Returns how many were added. Throws when the log knows heads that the database does not: an older database was put in its place, and going on would hide it.
 */
export const repairHeadsLog = async ({ pool, headsLog }: SealerOptions): Promise<number> => {
  let last = 0
  if (existsSync(headsLog)) {
    const text = readFileSync(headsLog)
    const whole = text.lastIndexOf(10) + 1
    if (whole < text.length) truncateSync(headsLog, whole)
    for (const line of text.subarray(0, whole).toString('utf8').split('\n')) last = Math.max(last, parseHeadLine(line)?.n ?? 0)
  }
  const { rows: top } = await pool.query<{ n: string | null }>('select max(n)::text as n from app.tree_head')
  if (Number(top[0]?.n ?? 0) < last)
    throw new Error(`heads.log knows head ${last}, the database only ${top[0]?.n ?? 0}: it is older than its log`)
  const { rows } = await pool.query<HeadRow>(
    'select n::text, at, size, root, prev, signature from app.tree_head h where h.n > $1 order by h.n',
    [last],
  )
  appendHeads(headsLog, rows.map(headOf))
  return rows.length
}

/** Gathers what was appended since the last head into a signed one. Returns the number of leaves; 0 when there were none. */
export const sealOnce = async (o: SealerOptions): Promise<number> => {
  // Most seconds nothing happened: no transaction then.
  if ((await o.pool.query('select 1 from app.unsealed_leaf limit 1')).rows.length === 0) return 0
  const client = await o.pool.connect()
  let head: Head | undefined
  let broken = false
  try {
    await client.query('begin')
    // Two sealers at once (a worker that did not stop in time) wait for each other; nobody who appends ever takes this lock.
    await client.query('select pg_advisory_xact_lock(7303)')
    const { rows } = await client.query<{ kind: 'journal' | 'read'; record: Id; seq: number; hash: Buffer }>(
      'delete from app.unsealed_leaf where id = any (array(select id from app.unsealed_leaf limit $1)) returning kind, record, seq, hash',
      [batch],
    )
    if (rows.length > 0) {
      const leaves: Leaf[] = rows.toSorted(inOrder)
      const { rows: last } = await client.query<HeadRow>(
        'select n::text, at, size, root, prev, signature from app.tree_head h order by h.n desc limit 1',
      )
      const before = last[0] ? headOf(last[0]) : undefined
      head = signHead(o.key, {
        n: (before?.n ?? 0) + 1,
        at: o.clock().getTime(),
        size: leaves.length,
        root: merkleRoot(leaves.map(leafHash)),
        prev: before ? headHash(before) : Buffer.alloc(0),
      })
      await client.query('insert into app.tree_head (n, at, size, root, prev, signature) values ($1, $2, $3, $4, $5, $6)', [
        head.n,
        new Date(head.at).toISOString(),
        head.size,
        head.root,
        head.prev,
        head.signature,
      ])
      await client.query(
        'insert into app.tree_leaf (head, i, kind, record, seq, hash) select $1, i - 1, k, r, s, h from unnest($2::text[], $3::uuid[], $4::int[], $5::bytea[]) with ordinality as u(k, r, s, h, i)',
        [head.n, leaves.map(l => l.kind), leaves.map(l => l.record), leaves.map(l => l.seq), leaves.map(l => l.hash)],
      )
    }
    const done = await client.query('commit')
    if (done.command !== 'COMMIT') throw new Error('the head was not committed')
  } catch (e) {
    await client.query('rollback').catch(() => {
      broken = true
    })
    throw e
  } finally {
    client.release(broken)
  }
  if (head) appendHeads(o.headsLog, [head])
  return head?.size ?? 0
}

/**
 * Seals every half second until stopped. Errors (the database is away, the disk is full) are told and tried again: appends go on meanwhile, unsealed.
 * After an error the log is repaired before the next head, so that a head whose append failed is not skipped for ever.
 */
export const startSealer = (o: SealerOptions, told: (e: unknown) => void, everyMs = 500): { readonly stop: () => Promise<void> } => {
  let stopped = false
  let wake = () => {}
  const loop = async () => {
    let repaired = false
    while (!stopped) {
      try {
        if (!repaired) await repairHeadsLog(o)
        repaired = true
        // A full batch means more waits.
        while (!stopped && (await sealOnce(o)) === batch);
        told(undefined)
      } catch (e) {
        repaired = false
        told(e)
      }
      if (stopped) return
      await new Promise<void>(resolve => {
        const timer = setTimeout(resolve, everyMs)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }
  const running = loop()
  return {
    stop: async () => {
      stopped = true
      wake()
      await running
    },
  }
}
