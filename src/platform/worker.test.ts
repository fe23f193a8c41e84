import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { signPair } from './crypto.ts'
import { ended, type JobContext, jobs, sweep, waiting } from './jobs.ts'
import { appendTo, newWriter, type Writer } from './ledger.testing.ts'
import { newId } from './records.ts'
import { type Scratch, scratch } from './scratch.testing.ts'
import { isDamage, verify } from './verify.ts'
import { startWorker } from './worker.ts'

let db: Scratch
let writer: Writer
let context: JobContext
beforeAll(async () => {
  db = await scratch()
  writer = await newWriter(db)
  context = { pool: db.pool('job', 2), clock: () => new Date() }
}, 60_000)
afterAll(() => db?.end())

const until = async (what: () => Promise<boolean>, seconds: number) => {
  const end = Date.now() + seconds * 1000
  while (Date.now() < end) {
    if (await what().catch(() => false)) return
    await sleep(50)
  }
  throw new Error('did not happen in time')
}
const one = async <T>(sql: string, values: unknown[] = []): Promise<T> => (await db.owner.query(sql, values)).rows[0] as T
const markOf = (what: string) =>
  one<{ ok: boolean; detail: Record<string, unknown> }>('select ok, detail from app.health_mark where what = $1', [what])

test('sessions that are over and old command ids go; live ones stay', async () => {
  const add = (change: string) =>
    db.owner.query(
      `insert into app.session (id, user_id, token_hash, bundle, expires_at, idle_until, revoked_at) select gen_random_uuid(), $1, sha256(gen_random_uuid()::text::bytea), '\\x00', ${change}`,
      [writer.user],
    )
  await add("now() - interval '1 second', now(), null")
  await add("now() + interval '1 hour', now() - interval '2 hours', null")
  await add("now() + interval '1 hour', now() + interval '1 hour', now()")
  await db.owner.query(
    "insert into app.command_seen (id, digest, record, at) values ($1, '\\x00', $1, now() - interval '15 days'), ($2, '\\x00', $2, now() - interval '13 days')",
    [newId(), newId()],
  )
  expect(await sweep(context)).toEqual({ sessions: 3, commands: 1 })
  expect(await one('select count(*)::int as n from app.session')).toEqual({ n: 1 })
  expect((await markOf('sweep')).ok).toBe(true)
})

test('an unread contact that must not wait turns the mark red, and its number is all that is told', async () => {
  const add = async (safe: string, urgency: string | null, minutes: number, unread = true, state = 'new') => {
    const id = newId()
    await db.owner.query(
      "insert into app.contact (id, home_group, channel, received, safe_now, urgency, state, unread) values ($1, $2, 'report', now() - make_interval(mins => $3), $4, $5, $6, $7)",
      [id, writer.group, minutes, safe, urgency, state, unread],
    )
    return id
  }
  await add('yes', 'today', 90)
  await add('no', null, 2)
  await add('no', null, 90, false)
  await add('no', null, 90, true, 'closed')
  expect((await waiting(context)).count).toBe(0)
  expect((await markOf('contacts_waiting')).ok).toBe(true)
  const waits = [await add('no', null, 30), await add('unsure', 'now', 30)]
  expect((await waiting(context)).count).toBe(2)
  const mark = await markOf('contacts_waiting')
  expect(mark).toEqual({ ok: false, detail: { minutes: 10, count: 2, groups: { [writer.group]: 2 } } })
  for (const id of waits) expect(JSON.stringify(mark)).not.toContain(id)
})

test('what has ended is taken away, what has not stays, and a wrap that went drops what processes cached', async () => {
  const [g1, g2, r] = [newId(), newId(), newId()]
  const grant = (id: string, to: string) =>
    db.owner.query(
      `insert into app.grant_ (id, record, kind, home_group, user_id, compartments, rights, purpose, until, granted_by) values ($1, $2, 'case', $3, $4, '{1}', '{read}', 'share', ${to}, $4)`,
      [id, r, writer.group, writer.user],
    )
  await grant(g1, "now() - interval '1 minute'")
  await grant(g2, "now() + interval '1 minute'")
  const wrap = (version: number, to: string) =>
    db.owner.query(
      `insert into app.key_wrap (record, kind, compartment, home_group, dek_version, holder, holder_id, form, wrapped, until) values ($1, 'case', 1, $2, $3, 'user', $4, 1, '\\x00', ${to})`,
      [r, writer.group, version, writer.user],
    )
  await wrap(1, "now() - interval '1 minute'")
  await wrap(2, "'infinity'")
  await db.owner.query("insert into app.team_key (team_id, compartment, version, public_x) values ($1, 1, 1, '\\x00')", [writer.group])
  await db.owner.query(
    "insert into app.team_key_wrap (team_id, compartment, version, user_id, form, wrapped, until) values ($1, 1, 1, $2, 1, '\\x00', now() - interval '1 minute')",
    [writer.group, writer.user],
  )
  await db.owner.query(
    "insert into app.member (user_id, team_id, function, confirmed_by, until) values ($1, $2, 'desk', $1, now() - interval '1 minute')",
    [writer.user, writer.group],
  )
  const before = await one<{ keys_version: number }>('select keys_version from app.account where id = $1', [writer.user])
  expect(await ended(context)).toEqual({ grants: 1, absences: 0, wraps: 2, members: 1 })
  expect(await one('select count(*)::int as n from app.grant_ where ended_at is null')).toEqual({ n: 1 })
  expect(await one('select count(*)::int as n from app.key_wrap')).toEqual({ n: 1 })
  expect(await one('select keys_version from app.account where id = $1', [writer.user])).toEqual({ keys_version: before.keys_version + 1 })
  expect(await ended(context)).toEqual({ grants: 0, absences: 0, wraps: 0, members: 0 })
})

test('the role of jobs reads no sealed field and cannot end what is still open', async () => {
  const pool = context.pool
  for (const sql of [
    'select value from app.sealed',
    'select wrapped from app.key_wrap',
    'select sealed from app.message',
    'select profile from app.account',
    'select sealed from app.journal_part',
    'select bundle from app.session',
    'update app.grant_ set ended_at = now()',
    'delete from app.key_wrap',
    'create table pgboss.x (a int)',
  ])
    await expect(pool.query(sql), sql).rejects.toMatchObject({ code: '42501' })
})

test('the worker seals within a second, runs its jobs, and outlives the database twice', async () => {
  const headsLog = path.join(mkdtempSync(path.join(tmpdir(), 'dv-heads-')), 'heads.log')
  const said: string[] = []
  const worker = startWorker({
    pools: { job: db.pool('job', 4), sealer: db.pool('sealer', 1) },
    subkeys: db.keys,
    headsLog,
    clock: () => new Date(),
    say: l => void said.push(l),
  })
  const sealed = async (record: string) => {
    const start = Date.now()
    await until(
      async () => (await one<{ n: number }>('select count(*)::int as n from app.tree_leaf where record = $1', [record])).n > 0,
      20,
    )
    return Date.now() - start
  }
  try {
    const first = newId()
    await appendTo(writer, first, 'case', [4])
    await sealed(first)
    const second = newId()
    await appendTo(writer, second, 'case', [4])
    expect(await sealed(second)).toBeLessThan(1500)
    await until(async () => (await one<{ n: number }>('select count(*)::int as n from pgboss.schedule')).n === Object.keys(jobs).length, 20)
    for (const how of ['stop', 'kill'] as const) {
      await db.restart(how)
      const record = newId()
      await until(async () => (await appendTo(writer, record, 'case', [4])) > 0, 20)
      await sealed(record)
      // The queue takes work again too.
      await until(async () => {
        await db.owner.query("delete from app.health_mark where what = 'sweep'")
        await db.owner.query("insert into pgboss.job (name, policy) values ('sweep', 'short') on conflict do nothing")
        await until(async () => (await markOf('sweep')).ok, 12)
        return true
      }, 30)
    }
    await until(async () => (await markOf('sealer')).ok, 5)
  } finally {
    await worker.stop()
  }
  const findings = await verify({
    connection: db.connection('backup_ro'),
    auditPublicKey: signPair(db.keys.audit_sign).publicKey,
    headsLog,
  })
  expect(findings.filter(isDamage)).toEqual([])
  expect(readFileSync(headsLog, 'utf8').trimEnd().split('\n').length).toBeGreaterThan(3)
  for (const line of said) expect(line).toMatch(/^(sealer|queue): [\x20-\x7e]{1,200}$/)
}, 120_000)
