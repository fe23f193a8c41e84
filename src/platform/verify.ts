import { existsSync, readFileSync } from 'node:fs'
import pg from 'pg'
import { sameBytes } from './crypto.ts'
import { type Head, headerHash, headHash, headIsSigned, type Leaf, leafHash, merkleRoot, parseHeadLine, readHash } from './ledger.ts'
import { each, type JournalRow, journalSql, messageSql, type ReadAuditRow, readSql, recordHeadSql } from './verify.query.ts'

/** What a check can find. 'note' says what could not be seen; everything else is damage. */
export type FindingCode =
  | 'header_changed'
  | 'chain_broken'
  | 'event_missing'
  | 'event_not_sealed'
  | 'leaf_differs'
  | 'part_missing'
  | 'part_changed'
  | 'part_unknown'
  | 'group_differs'
  | 'record_head_differs'
  | 'message_missing'
  | 'read_changed'
  | 'read_missing'
  | 'read_not_sealed'
  | 'head_missing'
  | 'head_order'
  | 'head_chain'
  | 'head_signature'
  | 'head_size'
  | 'head_root'
  | 'log_unreadable'
  | 'log_signature'
  | 'log_chain'
  | 'log_head_missing'
  | 'log_head_differs'
  | 'public_key_differs'
  | 'file_missing'
  | 'file_changed'
  | 'note_no_log'
  | 'note_unsealed'

export interface Finding {
  readonly code: FindingCode
  /** Ids and numbers only. */
  readonly at: string
}
export const isDamage = (f: Finding): boolean => !f.code.startsWith('note_')

export interface VerifyOptions {
  /** Connection of the role `backup_ro`, which may read everything but sessions. */
  readonly connection: pg.ClientConfig
  /** Ed25519, 32 bytes: the only key needed. From outside the database, or the check proves nothing against its superuser. */
  readonly auditPublicKey: Uint8Array
  readonly headsLog?: string
}

/** Types of event under which a sealed part may be gone. */
export const erasureTypes: readonly string[] = ['erased', 'contact_erased', 'person_erased', 'case_erased']

type Add = (code: FindingCode, at: string | number) => void

const checkHeads = async (db: pg.ClientBase, key: Uint8Array, add: Add): Promise<Map<number, Head>> => {
  const heads = new Map<number, Head>()
  let before: Head | undefined
  for await (const r of each<{ n: string; at: string; size: number; root: Buffer; prev: Buffer; signature: Buffer }>(
    db,
    'select n::text, (extract(epoch from at) * 1000)::text as at, size, root, prev, signature from app.tree_head h order by h.n',
  )) {
    const h: Head = { ...r, n: Number(r.n), at: Number(r.at) }
    const expected = (before?.n ?? 0) + 1
    for (let n = expected; n < h.n && n < expected + 100; n++) add('head_missing', n)
    if (!headIsSigned(key, h)) add('head_signature', h.n)
    if (!sameBytes(h.prev, before ? headHash(before) : Buffer.alloc(0))) add('head_chain', h.n)
    if (before && h.at < before.at) add('head_order', h.n)
    heads.set(h.n, h)
    before = h
  }
  return heads
}

const checkLeaves = async (db: pg.ClientBase, heads: Map<number, Head>, add: Add): Promise<void> => {
  const seen = new Set<number>()
  let at: number | undefined
  let hashes: Buffer[] = []
  const close = () => {
    if (at === undefined) return
    const h = heads.get(at)
    seen.add(at)
    if (!h) return add('head_missing', at)
    if (h.size !== hashes.length) add('head_size', at)
    if (!sameBytes(h.root, merkleRoot(hashes))) add('head_root', at)
  }
  for await (const r of each<Leaf & { head: string }>(
    db,
    'select head::text, kind, record, seq, hash from app.tree_leaf l order by l.head, l.i',
  )) {
    const n = Number(r.head)
    if (n !== at) {
      close()
      at = n
      hashes = []
    }
    hashes.push(leafHash(r))
  }
  close()
  for (const n of heads.keys()) if (!seen.has(n)) add('head_size', n)
}

const checkParts = (r: JournalRow, erased: boolean, add: Add) => {
  const place = `${r.record}/${r.seq}`
  const promised = new Map(
    r.digests
      ?.split(',')
      .filter(Boolean)
      .map(d => d.split(':') as [string, string]),
  )
  const found = new Map(
    r.parts
      ?.split(',')
      .filter(Boolean)
      .map(d => d.split(':') as [string, string]),
  )
  for (const [c, hex] of promised) {
    const is = found.get(c)
    if (is === undefined) {
      if (!erased) add('part_missing', `${place}/${c}`)
    } else if (is !== hex) add('part_changed', `${place}/${c}`)
  }
  for (const c of found.keys()) if (!promised.has(c)) add('part_unknown', `${place}/${c}`)
}

const checkRecord = (rows: readonly JournalRow[], add: Add): number => {
  let unsealed = 0
  const erasedUpTo = rows.reduce((n, r) => (r.type !== null && erasureTypes.includes(r.type) ? Math.max(n, r.seq) : n), 0)
  let before: Buffer | undefined = Buffer.alloc(0)
  let seq = 0
  for (const r of rows) {
    const place = `${r.record}/${r.seq}`
    for (let n = seq + 1; n < r.seq && n < seq + 100; n++) add('event_missing', `${r.record}/${n}`)
    seq = r.seq
    if (r.hash === null || r.prev === null || r.digests === null || r.recorded === null) {
      add(r.leaf ? 'event_missing' : 'part_unknown', place)
      before = r.leaf ?? undefined
      continue
    }
    if (
      !sameBytes(
        headerHash({
          ...r,
          kind: r.kind ?? '',
          type: r.type ?? '',
          command: r.command ?? '',
          recorded: r.recorded,
          digests: r.digests,
          prev: r.prev,
        }),
        r.hash,
      )
    )
      add('header_changed', place)
    if (before && !sameBytes(before, r.prev)) add('chain_broken', place)
    before = r.hash
    if (!r.leaf) add('event_not_sealed', place)
    else if (!sameBytes(r.leaf, r.hash)) add('leaf_differs', place)
    if (r.leaf && r.head === null) unsealed++
    if (!r.groups_agree) add('group_differs', place)
    checkParts(r, r.seq <= erasedUpTo, add)
  }
  return unsealed
}

const checkJournal = async (db: pg.ClientBase, add: Add): Promise<number> => {
  let unsealed = 0
  let rows: JournalRow[] = []
  for await (const r of each<JournalRow>(db, journalSql)) {
    if (rows[0] && rows[0].record !== r.record) {
      unsealed += checkRecord(rows, add)
      rows = []
    }
    rows.push(r)
  }
  if (rows.length) unsealed += checkRecord(rows, add)
  for await (const r of each<{ record: string }>(db, recordHeadSql)) add('record_head_differs', r.record)
  for await (const r of each<{ at: string }>(db, messageSql)) add('message_missing', r.at)
  return unsealed
}

const checkReads = async (db: pg.ClientBase, add: Add): Promise<number> => {
  let unsealed = 0
  for await (const r of each<ReadAuditRow>(db, readSql)) {
    if (r.actor === null || r.mac === null || r.own === null) add('read_missing', r.id)
    else {
      const hash = readHash({
        id: r.id,
        at: r.at,
        actor: r.actor,
        session: r.session,
        action: r.action,
        records: r.records,
        purpose: r.purpose,
        outcome: r.outcome,
        mac: r.mac,
      })
      if (!sameBytes(hash, r.own)) add('read_changed', r.id)
      if (!r.leaf) add('read_not_sealed', r.id)
      else if (!sameBytes(hash, r.leaf)) add('read_changed', r.id)
      if (r.leaf && r.head === null) unsealed++
    }
  }
  return unsealed
}

const checkLog = (file: string, early: string, key: Uint8Array, heads: Map<number, Head>, add: Add): void => {
  let before: Head | undefined
  const text = early.trim() === '' ? readFileSync(file, 'utf8') : early
  // Emptied, it proves as little as none.
  if (text.trim() === '' && heads.size > 0) add('log_head_missing', 'heads.log')
  for (const [i, line] of text.split('\n').entries()) {
    if (!line) continue
    const h = parseHeadLine(line)
    if (!h) {
      add('log_unreadable', i + 1)
      continue
    }
    if (!headIsSigned(key, h)) add('log_signature', h.n)
    // The log may begin later (an older piece was put away), but from there on it has no gaps.
    if (before && (h.n !== before.n + 1 || !sameBytes(h.prev, headHash(before)))) add('log_chain', h.n)
    const own = heads.get(h.n)
    if (!own) add('log_head_missing', h.n)
    else if (!sameBytes(headHash(own), headHash(h)) || !sameBytes(own.signature, h.signature)) add('log_head_differs', h.n)
    before = h
  }
}

/**
 * Checks every chain, part, read audit and signed head in one snapshot, with no key but the log's public half. An empty list of damage means: nothing was changed,
 * deleted, reordered or cut off up to the newest head of heads.log. What it cannot see is said in a note: without heads.log a cut newest tail.
 */
export const verify = async (o: VerifyOptions): Promise<Finding[]> => {
  const db = new pg.Client({ ...o.connection, application_name: 'doverie verify' })
  await db.connect()
  try {
    await db.query('begin transaction isolation level repeatable read read only')
    const findings = await verifyOn(db, o)
    await db.query('commit')
    return findings
  } finally {
    await db.end()
  }
}

/** The same inside a transaction that is already open. */
export const verifyOn = async (db: pg.ClientBase, o: Omit<VerifyOptions, 'connection'>): Promise<Finding[]> => {
  const findings: Finding[] = []
  const add: Add = (code, at) => void findings.push({ code, at: String(at) })
  // Before the first statement takes its snapshot: a head is written to the log after its commit, so a log read later may hold one that the snapshot lacks.
  const log = o.headsLog !== undefined && existsSync(o.headsLog) ? readFileSync(o.headsLog, 'utf8') : undefined
  const { rows } = await db.query<{ audit_public: Buffer }>('select audit_public from app.installation')
  if (rows[0] && !sameBytes(rows[0].audit_public, o.auditPublicKey)) add('public_key_differs', 'installation')
  const heads = await checkHeads(db, o.auditPublicKey, add)
  await checkLeaves(db, heads, add)
  const unsealed = (await checkJournal(db, add)) + (await checkReads(db, add))
  if (unsealed > 0) add('note_unsealed', unsealed)
  if (o.headsLog !== undefined && log !== undefined) checkLog(o.headsLog, log, o.auditPublicKey, heads, add)
  else if (o.headsLog !== undefined && heads.size > 0) add('log_head_missing', 'heads.log')
  else add('note_no_log', 'heads.log')
  return findings
}
