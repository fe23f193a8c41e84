import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { random, signPair } from './crypto.ts'
import { appendTo, newWriter, type Writer } from './ledger.testing.ts'
import { newId } from './records.ts'
import { type Scratch, scratch } from './scratch.testing.ts'
import { sealOnce } from './sealer.ts'
import { cutFrom, tampers } from './verify.testing.ts'
import { isDamage, verify, verifyOn } from './verify.ts'

let db: Scratch
let writer: Writer
let headsLog: string
let auditPublicKey: Buffer
const records: string[] = []
const kinds = ['contact', 'person', 'case']

const seal = () => sealOnce({ pool: sealerPool, key: signPair(db.keys.audit_sign), headsLog, clock: () => new Date() })
let sealerPool: pg.Pool

beforeAll(async () => {
  db = await scratch()
  writer = await newWriter(db)
  sealerPool = db.pool('sealer', 1)
  headsLog = path.join(mkdtempSync(path.join(tmpdir(), 'dv-heads-')), 'heads.log')
  auditPublicKey = signPair(db.keys.audit_sign).publicKey
  for (let i = 0; i < 20; i++) records.push(newId())
  for (let round = 0; round < 14; round++) {
    await Promise.all(
      records.map(async (r, i) => {
        if ((i + round) % 3 === 0) return
        await appendTo(writer, r, kinds[i % 3] as string, [[], [4], [1, 4], [3, 5, 7]][(i + round) % 4] as number[])
        await writer.as(tx =>
          tx.query("select app.audit_read($1, now(), $2, 'case:read', $3::uuid[], '', 'shown', $4)", [
            newId(),
            writer.session,
            [r],
            random(32),
          ]),
        )
      }),
    )
    await seal()
  }
}, 60_000)
afterAll(() => db?.end())

const check = () => verify({ connection: db.connection('backup_ro'), auditPublicKey, headsLog })
const codes = async (run: Promise<{ code: string }[]>) => [...new Set((await run).map(f => f.code))].sort()

/** Tampers as the superuser in a transaction that is taken back, and checks in it as backup_ro. */
const tampered = async (work: (c: pg.Client) => Promise<unknown>, log: string | undefined = headsLog) => {
  const c = new pg.Client(db.connection('postgres'))
  await c.connect()
  try {
    await c.query('begin')
    await c.query("set local session_replication_role = 'replica'")
    const did = await work(c)
    if (did === undefined) return undefined
    await c.query('set local role backup_ro')
    return { did, findings: await verifyOn(c, { auditPublicKey, ...(log ? { headsLog: log } : {}) }) }
  } finally {
    await c.query('rollback')
    await c.end()
  }
}

test('an untouched log has nothing to tell, while others go on appending too', async () => {
  expect(await check()).toEqual([])
  const [findings] = await Promise.all([check(), ...records.map(r => appendTo(writer, r, kinds[records.indexOf(r) % 3] as string, [4]))])
  expect(findings?.filter(isDamage)).toEqual([])
  await seal()
  expect(await check()).toEqual([])
})

test('every tampering by a superuser is found', async () => {
  const wanted = process.env.DOVERIE_LONG ? 1000 : 200
  const seed = Number(process.env.DOVERIE_SEED ?? Math.floor(Math.random() * 2 ** 31))
  let state = seed
  // mulberry32: the seed that is printed makes the same run again.
  const pick = (n: number) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * n)
  }
  const names = Object.keys(tampers)
  // A log that were already damaged would make every tampering "found".
  expect(await check()).toEqual([])
  const missed: string[] = []
  let done = 0
  const until = Date.now() + (process.env.DOVERIE_LONG ? 600_000 : 15_000)
  for (; done < wanted && Date.now() < until; done++) {
    // Each kind once, then any.
    const name = names[done < names.length ? done : pick(names.length)] as string
    const result = await tampered(c => (tampers[name] as (typeof tampers)[string])(c, pick))
    if (!result) throw new Error(`${name}: nothing to do it to`)
    if (!result.findings.some(isDamage)) missed.push(`${name}: ${String(result.did)}`)
  }
  console.log(`tampering: seed ${seed}, ${done} of ${wanted} tried, ${done - missed.length} found`)
  expect(missed).toEqual([])
  expect(await check()).toEqual([])
}, 660_000)

test("a sender's message that was taken away is found, and so is an emptied log", async () => {
  const [contact, first, second] = [newId(), newId(), newId()]
  const q = (sql: string, values: unknown[]) => db.owner.query(sql, values)
  await q("insert into app.contact (id, home_group, channel, received, safe_now, state) values ($1, $2, 'report', now(), 'no', 'new')", [
    contact,
    writer.group,
  ])
  await q(
    "insert into app.conversation (contact_id, home_group, submission, digest, attempt, locator, salt, kdf, ck_public, ck_wrapped, proof_hash, last_day) values ($1, $2, $1, '', 0, 1, '', '', '', '', '', now())",
    [contact, writer.group],
  )
  for (const [i, id] of [first, second].entries())
    await q("insert into app.message (id, contact_id, home_group, seq, direction, at, sealed) values ($1, $2, $3, $4, 'in', now(), '')", [
      id,
      contact,
      writer.group,
      i + 1,
    ])
  await q("select app.journal_write($1, 'contact', $2, 'sender_wrote', null, $3, '{}', '{}', '{}')", [contact, writer.group, second])
  await seal()
  expect(await check()).toEqual([])
  for (const sql of [
    'delete from app.message where id = $2',
    'delete from app.message where id = $1',
    'delete from app.message where contact_id = $3',
    // Another one in its place: its number is right, its id is not.
    'update app.message set id = $3 where id = $2',
  ]) {
    const found = await tampered(c => c.query(sql.replace('$1', `'${first}'`).replace('$2', `'${second}'`).replace('$3', `'${contact}'`)))
    expect(
      found?.findings.filter(isDamage).map(f => f.code),
      sql,
    ).toContain('message_missing')
  }
  const empty = path.join(mkdtempSync(path.join(tmpdir(), 'dv-heads-')), 'heads.log')
  writeFileSync(empty, '')
  expect(await codes(verify({ connection: db.connection('backup_ro'), auditPublicKey, headsLog: empty }))).toContain('log_head_missing')
})

test('without heads.log a cut tail cannot be seen, and that is said; with it, it is found', async () => {
  const cut = async (c: pg.Client) => {
    const { rows } = await c.query('select max(n)::int as n from app.tree_head')
    await cutFrom(c, rows[0].n - 1)
    return 'cut'
  }
  const c = new pg.Client(db.connection('postgres'))
  await c.connect()
  await c.query('begin')
  await cut(c)
  expect(await codes(verifyOn(c, { auditPublicKey }))).toEqual(['note_no_log'])
  expect(await codes(verifyOn(c, { auditPublicKey, headsLog }))).toEqual(['log_head_missing'])
  expect(await codes(verifyOn(c, { auditPublicKey, headsLog: `${headsLog}.gone` }))).toEqual(['log_head_missing'])
  await c.query('rollback')
  await c.end()
})

test('a part may be missing only under an erasure event of its record', async () => {
  const erased = newId()
  await appendTo(writer, erased, 'case', [3, 4])
  await appendTo(writer, erased, 'case', [4])
  await seal()
  await db.owner.query('delete from app.journal_part where record = $1', [erased])
  expect(await codes(check())).toEqual(['part_missing'])
  await appendTo(writer, erased, 'case', [], 'case_erased')
  await seal()
  expect(await check()).toEqual([])
  await appendTo(writer, erased, 'case', [4])
  await seal()
  await db.owner.query('delete from app.journal_part where record = $1', [erased])
  expect(await codes(check())).toEqual(['part_missing'])
  await db.owner.query("select app.journal_write($1, 'case', $2, 'case_erased', null, $3, '{}', '{}', '{}')", [
    erased,
    writer.group,
    newId(),
  ])
  await seal()
  expect(await check()).toEqual([])
})

test('a log that was edited, cut in the middle or signed by another is found', async () => {
  const edited = path.join(mkdtempSync(path.join(tmpdir(), 'dv-heads-')), 'heads.log')
  const lines = readFileSync(headsLog, 'utf8').trimEnd().split('\n')
  const withLog = async (text: string) => {
    writeFileSync(edited, text)
    return codes(verify({ connection: db.connection('backup_ro'), auditPublicKey, headsLog: edited }))
  }
  expect(await withLog(lines.map((l, i) => (i === 2 ? l.replace(/"root":"../, '"root":"00') : l)).join('\n'))).toContain('log_signature')
  expect(await withLog(lines.filter((_, i) => i !== 2).join('\n'))).toContain('log_chain')
  expect(await withLog([...lines, '{"n":'].join('\n'))).toEqual(['log_unreadable'])
  copyFileSync(headsLog, edited)
  expect(await codes(verify({ connection: db.connection('backup_ro'), auditPublicKey: random(32), headsLog: edited }))).toContain(
    'public_key_differs',
  )
  expect(await withLog(`${lines.slice(3).join('\n')}\n`)).toEqual([])
})
