import { afterAll, beforeAll, expect, test } from 'vitest'
import { argonQueue, lane } from '../platform/argon.ts'
import { boxOpen, openJson, sha256 } from '../platform/crypto.ts'
import { newId, openSealed, openWith, readJournal } from '../platform/records.ts'
import { publicFunctions } from '../platform/site.ts'
import { type PublicWorld, publicWorld, someReport } from './public.testing.ts'
import { parseReceipt } from './rules.receipt-read.ts'
import { apply, begin } from './rules.ts'
import { openEvent, openMessage, openStory } from './schema.ts'
import { sealOut } from './store.out.ts'
import { acknowledge, addMessage, fakeSalt, openConversation, receiptOf, submitReport, wordLists } from './store.public.ts'

let w: PublicWorld
beforeAll(async () => {
  w = await publicWorld()
}, 60_000)
afterAll(() => w?.end())

const now = () => new Date().toISOString()
const saved = async (change: Parameters<typeof someReport>[0] = {}) => {
  const report = someReport(change)
  const done = await submitReport(w.ask, w.argon, report, now())
  if (done.kind !== 'saved') throw new Error(done.kind)
  const contact = (
    await w.owner.query<{ contact_id: string }>('select contact_id from app.conversation where submission = $1', [report.submission])
  ).rows[0]!.contact_id
  return { report, receipt: done.receipt, contact }
}
const open = async (receipt: { locator: number; secret: string }) => {
  const back = await openConversation(w.ask, w.argon, w.keys.fake_salt, receipt)
  if (back.kind !== 'open') throw new Error(back.kind)
  return back.conversation
}
const count = async (table: string) => Number((await w.owner.query<{ n: string }>(`select count(*) as n from app.${table}`)).rows[0]!.n)
const messagesOf = async (contact: string) => {
  const { rows } = await w.owner.query<{ id: string; sealed: Buffer; seq: number }>(
    "select id, sealed, seq from app.message where contact_id = $1 and direction = 'in' order by seq",
    [contact],
  )
  const opened = await openWith(
    w.work(),
    contact,
    'story',
    rows.map(r => ({ table: 'message', row: r.id, sealed: r.sealed })),
  )
  return opened.map(o => openMessage(o!).text)
}

test('the public role has no right on any table, column or sequence, and may execute exactly the pinned functions', async () => {
  const tables = await w.owner.query(
    `select c.oid::regclass as t from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname in ('app', 'app_meta', 'public') and c.relkind in ('r', 'v', 'm', 'p', 'S')
        and (case when c.relkind = 'S' then has_sequence_privilege('public_in', c.oid, 'usage, select, update')
             else has_table_privilege('public_in', c.oid, 'select, insert, update, delete, truncate, references, trigger') or has_any_column_privilege('public_in', c.oid, 'select, insert, update, references') end)`,
  )
  expect(tables.rows).toEqual([])
  const functions = await w.owner.query<{ proname: string; owner: string; prosecdef: boolean; proconfig: string[] }>(
    `select p.proname, p.proowner::regrole::text as owner, p.prosecdef, p.proconfig from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_' and has_schema_privilege('public_in', n.oid, 'usage') and has_function_privilege('public_in', p.oid, 'execute') order by 1`,
  )
  expect(functions.rows).toEqual(
    [...publicFunctions].sort().map(proname => ({ proname, owner: 'intake', prosecdef: true, proconfig: ['search_path=pg_catalog'] })),
  )
  await expect(w.pool.query('select * from app.contact')).rejects.toMatchObject({ code: '42501' })
  const member = await w.owner.query("select 1 from pg_auth_members where member = 'public_in'::regrole")
  expect(member.rows).toEqual([])
})

test('a report becomes one sealed contact that the desk can open, and the journal says the same', async () => {
  const { report, contact } = await saved({ safeNow: 'no', text: 'КАНАРЕЙКА поёт' })
  const row = (await w.owner.query('select * from app.contact where id = $1', [contact])).rows[0]!
  expect(row).toMatchObject({
    home_group: w.team,
    channel: 'report',
    safe_now: 'no',
    state: 'new',
    unread: true,
    version: 1,
    urgency: null,
    assignee: null,
  })
  expect(row.received.getTime() % 900_000).toBe(0)
  expect(await messagesOf(contact)).toEqual([report.text])
  const sealed = await openSealed(w.work(), [contact], ['story'])
  const story = openStory(sealed.get(contact)!.story!)
  expect(story).toMatchObject({ language: 'ru', from: 'not_asked', answers: { who: 'child', where: 'Казань' } })

  const journal = await readJournal(w.work(), contact, ['story'])
  expect(journal).toHaveLength(1)
  const event = openEvent(journal[0]!)
  if (event?.type !== 'contact_received') throw new Error('no first event')
  const file = begin(contact, w.team, event)
  expect(file.story).toEqual(story)
  expect(file.contact).toEqual({
    id: contact,
    homeGroup: row.home_group,
    channel: row.channel,
    received: row.received.toISOString(),
    safeNow: row.safe_now,
    urgency: row.urgency,
    state: row.state,
    assignee: row.assignee,
    unread: row.unread,
    blockedUntil: row.blocked_until,
    version: row.version,
  })
  expect((await w.owner.query('select kind from app.unlocked_work where record = $1', [contact])).rows).toEqual([
    { kind: 'contact_received' },
  ])
})

test('the recovery kit opens a report that nobody of the desk has read', async () => {
  const { report, contact } = await saved()
  const wrap = (
    await w.owner.query<{ wrapped: Buffer }>("select wrapped from app.key_wrap where record = $1 and holder = 'recovery'", [contact])
  ).rows[0]!
  const dek = boxOpen(w.kit, wrap.wrapped)
  const m = (await w.owner.query<{ id: string; sealed: Buffer }>('select id, sealed from app.message where contact_id = $1', [contact]))
    .rows[0]!
  expect(openJson(dek, { table: 'message', row: m.id, compartment: 4 }, m.sealed).value).toMatchObject({ text: report.text })
})

test('nothing that was written stands anywhere in the database in readable form', async () => {
  const { report, receipt } = await saved({ text: 'canary-7f31 КАНАРЕЙКА-7f31', where: 'canary-place-7f31' })
  const tables = (
    await w.owner.query<{ t: string }>(
      "select format('%I.%I', schemaname, tablename) as t from pg_tables where schemaname in ('app', 'app_meta')",
    )
  ).rows
  const needles = ['canary', 'КАНАРЕЙКА', report.seed, receipt.secret, ...receipt.parts.map(p => `"${p}"`)]
  const bytes = ['canary', 'КАНАРЕЙКА', report.seed, receipt.secret].map(n => Buffer.from(n).toString('hex'))
  for (const { t } of tables) {
    const text = (await w.owner.query<{ x: string | null }>(`select string_agg(x::text, ' ') as x from ${t} x`)).rows[0]!.x ?? ''
    for (const n of [...needles, ...bytes]) expect(text.includes(n), `${n} in ${t}`).toBe(false)
  }
})

test('the same form again is one contact with the same words; other content under its id is refused', async () => {
  const report = someReport()
  const before = await count('contact')
  const first = await submitReport(w.ask, w.argon, report, now())
  const again = await submitReport(w.ask, w.argon, report, now())
  expect(again).toEqual({ ...first, again: true })
  expect(await submitReport(w.ask, w.argon, { ...report, text: 'другое' }, now())).toEqual({ kind: 'refused' })
  expect(await submitReport(w.ask, w.argon, { ...report, seed: 'ab'.repeat(32) }, now())).toEqual({ kind: 'refused' })
  expect(await count('contact')).toBe(before + 1)
  expect(await count('contact')).toBe(await count('conversation'))
})

test('a button pressed eight times at once makes one contact', async () => {
  const report = someReport()
  const before = await count('contact')
  const all = await Promise.all(Array.from({ length: 8 }, () => submitReport(w.ask, w.argon, report, now())))
  expect(new Set(all.map(a => (a.kind === 'saved' ? a.receipt.parts.join(' ') : a.kind))).size).toBe(1)
  expect(all.filter(a => a.kind === 'saved' && !a.again)).toHaveLength(1)
  expect(await count('contact')).toBe(before + 1)
}, 30_000)

test('when the locator is taken the next words of the same form are used, and shown again on a second send', async () => {
  const taken = await saved()
  const report = someReport()
  await w.owner.query('update app.conversation set locator = $1 where contact_id = $2', [
    receiptOf(report.seed, 0, 'ru').locator,
    taken.contact,
  ])
  const first = await submitReport(w.ask, w.argon, report, now())
  expect(first).toMatchObject({ kind: 'saved', receipt: receiptOf(report.seed, 1, 'ru') })
  expect(await submitReport(w.ask, w.argon, report, now())).toMatchObject({
    kind: 'saved',
    again: true,
    receipt: receiptOf(report.seed, 1, 'ru'),
  })
})

test('an answer comes back to the words, is shown until it is marked as read, and an addition is read by the desk', async () => {
  for (const language of ['en', 'uz'] as const) {
    const { receipt, contact, report } = await saved({ language })
    const typed = parseReceipt(receipt.parts.join(' '), wordLists)
    if (!typed.ok) throw new Error('receipt')
    expect((await open(typed)).replies).toEqual([])
    const ck = (await w.owner.query<{ ck_public: Buffer }>('select ck_public from app.conversation where contact_id = $1', [contact]))
      .rows[0]!.ck_public
    const answer = newId()
    await w.owner.query(
      "insert into app.message (id, contact_id, home_group, seq, direction, at, sealed, sealed_out) values ($1, $2, $3, 2, 'out', now(), 'x', $4)",
      [answer, contact, w.team, sealOut(ck, { text: 'Спасибо. Мы рядом.', language })],
    )
    const c = await open(typed)
    expect(c.replies).toMatchObject([{ id: answer, seq: 2, text: 'Спасибо. Мы рядом.' }])
    const addition = { text: 'и ещё одно', command: newId() }
    expect(await addMessage(w.ask, c, typed.locator, addition, language)).toBe('saved')
    expect(await addMessage(w.ask, c, typed.locator, addition, language)).toBe('same')
    expect(await addMessage(w.ask, c, typed.locator, { ...addition, text: 'другое' }, language)).toBe('refused')
    expect(await messagesOf(contact)).toEqual([report.text, 'и ещё одно'])
    expect(await acknowledge(w.ask, c, typed.locator, newId(), [answer])).toBe(true)
    expect((await open(typed)).replies).toEqual([])
    const row = (await w.owner.query('select unread, version, state from app.contact where id = $1', [contact])).rows[0]!
    const events = (await readJournal(w.work(), contact, ['story'])).map(e => openEvent(e)!)
    const file = events.slice(1).reduce(apply, begin(contact, w.team, events[0] as Parameters<typeof begin>[2]))
    expect({ unread: file.contact.unread, version: file.contact.version, state: file.contact.state }).toEqual(row)
  }
}, 30_000)

test('an unknown locator and a wrong secret are one answer; the made-up salt never changes', async () => {
  const { receipt } = await saved()
  const wrong = { locator: receipt.locator, secret: receiptOf('00'.repeat(32), 0, 'ru').secret }
  const unknown = { ...wrong, locator: receipt.locator === 5 ? 6 : 5 }
  expect(await openConversation(w.ask, w.argon, w.keys.fake_salt, wrong)).toEqual({ kind: 'unknown' })
  expect(await openConversation(w.ask, w.argon, w.keys.fake_salt, unknown)).toEqual({ kind: 'unknown' })
  expect(fakeSalt(w.keys.fake_salt, 5)).toEqual(fakeSalt(w.keys.fake_salt, 5))
  expect(fakeSalt(w.keys.fake_salt, 5)).not.toEqual(fakeSalt(w.keys.fake_salt, 6))
  expect(fakeSalt(w.keys.fake_salt, 5)).toHaveLength(16)
  expect((await w.ask('public_append', [unknown.locator, sha256('x'), newId(), sha256('x'), Buffer.from('x')]))[0]).toEqual({
    status: 'unknown',
  })
  expect((await w.ask('public_append', [receipt.locator, sha256('x'), newId(), sha256('x'), Buffer.from('x')]))[0]).toEqual({
    status: 'unknown',
  })
})

test('wrong words in a row make one locator wait, a little longer each time; the right ones open it all the while, or anybody could keep a child out', async () => {
  const { receipt, contact } = await saved()
  const other = await saved()
  const state = async () =>
    (
      await w.owner.query<{ fails: number; wait: number }>(
        'select fails, greatest(0, extract(epoch from next_try - clock_timestamp()))::float as wait from app.conversation where contact_id = $1',
        [contact],
      )
    ).rows[0]!
  const miss = () => w.ask('public_fetch', [receipt.locator, sha256('wrong')])
  await miss()
  await miss()
  expect((await state()).wait).toBe(0)
  await miss()
  const third = await state()
  expect(third.fails).toBe(3)
  expect(third.wait).toBeGreaterThan(1)
  await miss()
  expect((await state()).fails).toBe(3)
  await open(other.receipt)
  expect((await state()).fails).toBe(3)
  await open(receipt)
  expect(await state()).toMatchObject({ fails: 0, wait: 0 })
  await w.owner.query("update app.conversation set next_try = '-infinity', fails = 9 where contact_id = $1", [contact])
  await miss()
  expect((await state()).wait).toBeGreaterThan(60)
  expect((await state()).wait).toBeLessThanOrEqual(64)
  await w.owner.query("update app.conversation set next_try = '-infinity' where contact_id = $1", [contact])
  await open(receipt)
  expect(await state()).toMatchObject({ fails: 0, wait: 0 })
})

test('without a desk that can open it nothing is taken', async () => {
  await w.owner.query('update app.team_key set retired_at = now()')
  expect(await submitReport(w.ask, w.argon, someReport(), now())).toEqual({ kind: 'closed' })
  await w.owner.query('update app.team_key set retired_at = null')
})

test('numbers: the urgent one always, others for twelve months after somebody verified them', async () => {
  const add = (number: string, verified: string | null, always = false) =>
    w.owner.query(
      "insert into app.helpline (id, country, number, names, verified_on, always) values ($1, 'RU', $2, '{}', now()::date - $3::interval, $4)",
      [newId(), number, verified, always],
    )
  await Promise.all([add('112', null, true), add('1', '1 month'), add('2', '13 months'), add('3', null)])
  expect((await w.ask<{ number: string }>('public_helplines', [])).map(l => l.number)).toEqual(['112', '1'])
})

test('counters take only what is on their list', async () => {
  await w.ask('public_count', ['home'])
  await w.ask('public_count', ['КАНАРЕЙКА'])
  const { rows } = await w.owner.query<{ what: string }>('select distinct what from app.public_count order by 1')
  expect(rows.map(r => r.what)).toEqual(['home', 'return_failed'])
})

test('a full queue says so at once', async () => {
  const q = argonQueue(1, 1)
  const cheap = { m: 64, t: 1, p: 1 }
  const all = await Promise.all([1, 2, 3].map(() => q.hash('x', Buffer.alloc(16), cheap)))
  expect(all.map(a => (a === 'busy' ? a : a.length))).toEqual([32, 32, 'busy'])
  expect(q.load()).toBe(0)
})

test('a flood of one kind leaves places for the other', async () => {
  const q = argonQueue(1, 8)
  const cheap = { m: 64, t: 1, p: 1 }
  const [reports, returns] = [lane(q, 4), lane(q, 4)]
  const flood = Array.from({ length: 50 }, () => reports.hash('x', Buffer.alloc(16), cheap))
  expect(await returns.hash('x', Buffer.alloc(16), cheap)).toHaveLength(32)
  expect((await Promise.all(flood)).filter(a => a !== 'busy')).toHaveLength(4)
  expect([reports.load(), returns.load()]).toEqual([0, 0])
})
