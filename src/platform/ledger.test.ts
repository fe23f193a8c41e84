import { appendFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { random, sha256, signPair } from './crypto.ts'
import { appendTo, newWriter, type Writer } from './ledger.testing.ts'
import { headerHash, headIsSigned, headLine, leafHash, merkleRoot, parseHeadLine, readHash, signHead } from './ledger.ts'
import { newId } from './records.ts'
import { type Scratch, scratch } from './scratch.testing.ts'
import { repairHeadsLog, sealOnce } from './sealer.ts'

let db: Scratch
let writer: Writer
beforeAll(async () => {
  db = await scratch()
  writer = await newWriter(db)
}, 60_000)
afterAll(() => db?.end())

const sealerAt = (headsLog: string) => ({
  pool: db.pool('sealer', 1),
  key: signPair(db.keys.audit_sign),
  headsLog,
  clock: () => new Date(),
})
const logFile = () => path.join(mkdtempSync(path.join(tmpdir(), 'dv-heads-')), 'heads.log')

test('the canonical header of code and database are the same, with and without actor, parts and a head before', async () => {
  const record = newId()
  await appendTo(writer, record, 'case', [])
  await appendTo(writer, record, 'case', [4, 1, 7])
  await db.owner.query(
    "select app.journal_write($1, 'case', $2, 'sender_wrote', null, $3, array[4]::smallint[], array['\\x01'::bytea], array[1]::smallint[])",
    [record, writer.group, newId()],
  )
  const { rows } = await db.owner.query(
    'select *, (extract(epoch from recorded_at) * 1000000)::bigint::text as recorded from app.journal where record = $1 order by seq',
    [record],
  )
  expect(rows.length).toBe(3)
  for (const r of rows) expect(headerHash(r).toString('hex')).toBe(r.hash.toString('hex'))
  expect(rows[1].digests).toMatch(/^1:[0-9a-f]{64},4:[0-9a-f]{64},7:[0-9a-f]{64}$/)
  expect(rows[2].actor).toBeNull()
})

test('the hash of a read audit is the same in code and database', async () => {
  for (const records of [[], [newId()], [newId(), newId()]]) {
    const id = newId()
    await writer.as(tx =>
      tx.query("select app.audit_read($1, $2, $3, 'case:read', $4::uuid[], 'why', 'shown', $5)", [
        id,
        new Date().toISOString(),
        writer.session,
        records,
        random(32),
      ]),
    )
    const { rows } = await db.owner.query(
      'select *, session_id as session, (extract(epoch from at) * 1000000)::bigint::text as at from app.read_audit where id = $1',
      [id],
    )
    expect(readHash(rows[0]).toString('hex')).toBe(rows[0].leaf.toString('hex'))
  }
})

test('the Merkle root is that of RFC 6962 for every size', () => {
  const naive = (l: Buffer[]): Buffer => {
    if (l.length === 1) return l[0] as Buffer
    let k = 1
    while (k * 2 < l.length) k *= 2
    return sha256(Buffer.concat([Buffer.from([1]), naive(l.slice(0, k)), naive(l.slice(k))]))
  }
  for (let n = 1; n <= 70; n++) {
    const leaves = Array.from({ length: n }, (_, i) => leafHash({ kind: 'journal', record: 'r', seq: i, hash: Buffer.from([i]) }))
    expect(merkleRoot(leaves).equals(naive(leaves))).toBe(true)
  }
})

test('a head survives its line, and no changed head is signed', () => {
  const pair = signPair(random(32))
  fc.assert(
    fc.property(fc.nat(), fc.nat(2 ** 41), fc.nat(5000), fc.constantFrom('n', 'at', 'size', 'root', 'prev'), (n, at, size, field) => {
      const h = signHead(pair, { n, at, size, root: random(32), prev: random(32) })
      const read = parseHeadLine(headLine(h))
      expect(read).toEqual(h)
      expect(headIsSigned(pair.publicKey, h)).toBe(true)
      const v = h[field]
      expect(headIsSigned(pair.publicKey, { ...h, [field]: typeof v === 'number' ? v + 1 : random(32) })).toBe(false)
    }),
    { numRuns: 100 },
  )
  expect(parseHeadLine('{"n":1')).toBeUndefined()
})

test('appends of two records share no lock before commit, those of one record do', async () => {
  const [a, b] = [newId(), newId()]
  await appendTo(writer, a, 'case', [4])
  await appendTo(writer, b, 'case', [4])
  const open = async () => {
    const c = new pg.Client(db.connection('staff_rw'))
    await c.connect()
    await c.query("begin; set local lock_timeout = '1500ms'")
    await c.query("select set_config('app.tok', $1, true)", [writer.token])
    return c
  }
  const append = (c: pg.Client, record: string) =>
    c.query("select app.journal_append($1, 'case', $2, 'noted', $3, array[4]::smallint[], array['\\x01'::bytea], array[1]::smallint[])", [
      record,
      writer.group,
      newId(),
    ])
  const first = await open()
  const second = await open()
  await append(first, a)
  await append(second, b)
  // While both are open the sealer works too: it takes what is committed and waits for nobody.
  await sealOnce(sealerAt(logFile()))
  const { rows } = await db.owner.query('select count(*)::int as n from pg_locks where not granted')
  expect(rows[0].n).toBe(0)
  await expect(append(second, a)).rejects.toMatchObject({ code: '55P03' })
  await first.query('commit')
  await second.query('rollback')
  await Promise.all([first.end(), second.end()])
})

test('a crash between commit and append is repaired at the next start, a torn line too', async () => {
  const headsLog = logFile()
  const o = sealerAt(headsLog)
  await repairHeadsLog(o)
  const before = readFileSync(headsLog, 'utf8')
  await appendTo(writer, newId(), 'case', [4])
  // The disk says no after the commit: the head is in the database only.
  await expect(sealOnce({ ...o, headsLog: '/dev/null/heads.log' })).rejects.toThrow()
  await appendTo(writer, newId(), 'case', [4])
  await sealOnce({ ...o, headsLog: logFile() })
  appendFileSync(headsLog, '{"n":99999,"at":"20')
  expect(await repairHeadsLog(o)).toBe(2)
  const lines = readFileSync(headsLog, 'utf8').trimEnd().split('\n')
  expect(readFileSync(headsLog, 'utf8').startsWith(before)).toBe(true)
  expect(lines.map(l => parseHeadLine(l)?.n)).toEqual(lines.map((_, i) => i + 1))
  expect(await repairHeadsLog(o)).toBe(0)
})

test('an older database under a newer log is refused, not sealed over', async () => {
  const headsLog = logFile()
  const o = sealerAt(headsLog)
  await repairHeadsLog(o)
  const pair = signPair(db.keys.audit_sign)
  writeFileSync(headsLog, `${headLine(signHead(pair, { n: 1_000_000, at: 1, size: 1, root: random(32), prev: random(32) }))}\n`)
  await expect(repairHeadsLog(o)).rejects.toThrow(/older than its log/)
})

test('two sealers at once make one chain and lose no leaf', async () => {
  const logs = [logFile(), logFile()]
  const sealers = logs.map(sealerAt)
  const records = Array.from({ length: 40 }, newId)
  await Promise.all([
    ...records.map(r => appendTo(writer, r, 'case', [4])),
    ...Array.from({ length: 10 }, (_, i) => sealOnce(sealers[i % 2] as (typeof sealers)[0])),
  ])
  while ((await sealOnce(sealers[0] as (typeof sealers)[0])) > 0);
  const { rows } = await db.owner.query(
    'select count(*)::int as n, count(distinct record)::int as d from app.tree_leaf where record = any ($1)',
    [records],
  )
  expect(rows[0]).toEqual({ n: 40, d: 40 })
})
