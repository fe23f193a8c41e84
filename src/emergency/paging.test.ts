import { spawn } from 'node:child_process'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Id } from '../base/id.ts'
import { root } from '../platform/config.ts'
import { mailer } from '../platform/mail.ts'
import type { Asked } from '../platform/office.ts'
import { newId } from '../platform/records.ts'
import { wordsFor } from '../platform/words.ts'
import { mailChannel, notice, type Paging, type PagingChannel, pageOnce, sendWritten, startPaging, writeRounds } from './jobs.paging.ts'
import { emergencyPolicy } from './policy.ts'
import { pagingAlarm } from './routes.on-call.ts'
import { smtpStub } from './smtp.testing.ts'
import { type EmergencyWorld, emergencyWorld } from './world.testing.ts'

let w: EmergencyWorld
let stub: Awaited<ReturnType<typeof smtpStub>>
let paging: Paging
beforeAll(async () => {
  w = await emergencyWorld()
  stub = await smtpStub()
  const { worker, worker2, boss, duty, stranger } = w.people
  for (const [who, mail] of [
    [worker, 'chaika@example.org'],
    [worker2, 'strizh@example.org'],
    [boss, 'sokol@example.org'],
    [duty, 'sova@example.org'],
    [stranger, 'chuzhak@example.org'],
  ] as const)
    await w.reach(who, mail)
  paging = {
    pool: w.db.pool('job', 4),
    clock: () => new Date(),
    service: w.office.deps.keys.service,
    channels: [mailChannel(mailer({ url: stub.url, from: 'desk@example.org' }))],
    mergeSeconds: 0,
  }
}, 120_000)
afterAll(async () => {
  stub.end()
  await w.end()
})
const to = () =>
  stub.letters
    .splice(0)
    .map(l => l.to)
    .sort()
const clear = () => w.db.owner.query('update app.page_call set ended_at = now() where ended_at is null')
const due = (id: Id) => w.db.owner.query('update app.page_call set next_at = now() where id = $1', [id])
const contactNotSafe = async (unread = true): Promise<Id> => {
  const id = newId()
  await w.db.owner.query(
    "insert into app.contact (id, home_group, channel, received, safe_now, state, unread, version) values ($1, $2, 'report', now(), 'no', 'new', $3, 1)",
    [id, w.desk, unread],
  )
  return id
}

describe('whom it never reaches', () => {
  test('not another agency, not the one at the screen, not the excluded, not who is away; and no word of the card', async () => {
    const { worker, worker2 } = w.people
    const id = await w.open(worker)
    const card = await w.press(worker, `/cases/${id}`)
    await w.act(worker, card, 'tell', { where: 'склад-канарейка', what: '', since: '' })
    await pageOnce(paging)
    expect(stub.letters.map(l => l.data).join()).not.toMatch(/канарейка|Чайка|D-[0-9A-Z]{7}|склад/)
    expect(stub.letters.map(l => l.data).join()).not.toContain(card)
    expect(to()).toEqual(['sokol@example.org', 'strizh@example.org'])
    await clear()
    await w.send(worker, `/cases/${id}/exclude`, { who: `user:${worker2.id}`, reason: 'x' })
    const again = await w.press(worker, `/cases/${await w.open(worker)}`)
    await w.db.owner.query('update app.page_call set record = $2 where id = $1', [again, id])
    await pageOnce(paging)
    expect(to()).toEqual(['sokol@example.org'])
    await clear()
  })
  test('a job has no key and no account: only teams, hours and sealed addresses', async () => {
    for (const sql of [
      'select * from app.emergency_card',
      'select * from app.account',
      'select * from app.staff_point',
      'select * from app.on_call',
    ])
      await expect(paging.pool.query(sql)).rejects.toThrow('permission denied')
  })
})

test('who is on call is called alone; unanswered twice, everybody is; somebody takes it, and it stops', async () => {
  const { worker, worker2, boss } = w.people
  await w.send(boss, '/on-call/rota', { member: `${w.teamA}:${worker2.id}`, day: 'always', from: '', until: '' })
  const card = await w.press(worker, `/cases/${await w.open(worker)}`)
  const rounds: string[][] = []
  for (let i = 0; i < 3; i += 1) {
    await due(card)
    await pageOnce(paging)
    rounds.push(to())
  }
  expect(rounds).toEqual([['strizh@example.org'], ['strizh@example.org'], ['sokol@example.org', 'strizh@example.org']])
  await pageOnce(paging)
  expect(to()).toEqual([])
  expect((await w.get(worker, `/ru/life/${card}`)).body).toContain('Написано 2 людям')
  await w.post(worker2, `/ru/on-call/pages/${card}/take`, {})
  await due(card)
  await pageOnce(paging)
  expect(to()).toEqual([])
})

test('a contact that said "not safe" pages the desk while nobody is signed in; what somebody has read pages no more', async () => {
  const unread = await contactNotSafe()
  await contactNotSafe(false)
  await notice(paging.pool)
  const open = async () =>
    (await w.db.owner.query("select id from app.page_call where cause = 'contact' and ended_at is null and taken_at is null")).rows.map(
      r => r.id,
    )
  expect(await open()).toEqual([unread])
  await pageOnce(paging)
  expect(to()).toEqual(['sova@example.org'])
  await w.db.owner.query('update app.contact set unread = false where id = $1', [unread])
  await notice(paging.pool)
  expect(await open()).toEqual([])
})

test('the line above every page is seen by those who answer for the team, and goes when somebody has it', async () => {
  const { worker, boss, duty, stranger, admin, psychologist } = w.people
  const rule = emergencyPolicy.permissions['emergency:use']
  const line = async (who: typeof worker) =>
    w.as(who, a => {
      const can = () => typeof rule === 'object' && rule.roles.some(r => a.session.roles.includes(r))
      return pagingAlarm()({ ...a, can, t: wordsFor('ru') } as unknown as Asked)
    })
  const card = await w.press(worker, `/cases/${await w.open(worker)}`)
  for (const who of [duty, stranger, admin, psychologist]) expect([who.alias, await line(who)]).toEqual([who.alias, undefined])
  for (const who of [worker, boss]) expect(await line(who)).toMatchObject({ href: '/on-call' })
  await w.post(boss, `/ru/on-call/pages/${card}/take`, {})
  expect(await line(worker)).toBeUndefined()
})

test('a flood of fifty contacts is one message to each, and a test page is one message to oneself', async () => {
  const { duty } = w.people
  await Promise.all(Array.from({ length: 50 }, () => contactNotSafe()))
  await pageOnce({ ...paging, mergeSeconds: 45 })
  expect(to()).toEqual(['sova@example.org'])
  await clear()
  await w.post(duty, '/ru/on-call/test', {})
  await pageOnce({ ...paging, mergeSeconds: 45 })
  expect(stub.letters[0]?.data).toContain('Auto-Submitted: auto-generated')
  expect(to()).toEqual(['sova@example.org'])
  expect((await w.get(duty, '/ru/on-call')).body).toContain('почта: отправлено')
})

test('a mail server that answers nothing holds up nobody else, and what failed is tried again', async () => {
  const { worker } = w.people
  const sent: string[] = []
  const quick: PagingChannel = { name: 'quick', address: p => p.mail, send: async a => void sent.push(a) }
  const broken: PagingChannel = { name: 'broken', address: p => p.mail, send: () => Promise.reject(new Error('x')) }
  const card = await w.press(worker, `/cases/${await w.open(worker)}`)
  await pageOnce({ ...paging, channels: [broken, quick] })
  await due(card)
  await pageOnce({ ...paging, channels: [broken, quick] })
  expect(sent.length).toBe(2)
  const { rows } = await w.db.owner.query(
    'select channel, state, count(*)::int as n from app.page_try where call_id = $1 group by 1, 2 order by 1',
    [card],
  )
  expect(rows).toEqual([
    { channel: 'broken', state: 'failed', n: 2 },
    { channel: 'quick', state: 'sent', n: 2 },
  ])
  await clear()
})

test('killed between writing down and sending: the next process sends it once, under the same number', async () => {
  const { worker } = w.people
  const card = await w.press(worker, `/cases/${await w.open(worker)}`)
  // A process of its own writes the round down, begins to send, and is killed while the channel hangs.
  const script = `
    const { default: pg } = await import('pg')
    const { sendWritten, writeRounds } = await import(${JSON.stringify(path.join(root, 'src/emergency/jobs.paging.ts'))})
    const pool = new pg.Pool(JSON.parse(process.env.JOB))
    const hang = { name: 'mail', address: p => p.mail, send: () => new Promise(() => { process.stdout.write('sending') }) }
    const p = { pool, clock: () => new Date(), service: Buffer.from(process.env.KEY, 'base64'), channels: [hang], mergeSeconds: 0 }
    await writeRounds(p); await sendWritten(p)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    cwd: root,
    env: { ...process.env, JOB: JSON.stringify(w.db.connection('job')), KEY: w.office.deps.keys.service.toString('base64') },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise<void>((done, fail) => {
    child.stdout.on('data', () => done())
    child.on('exit', () => fail(new Error('ended by itself')))
  })
  child.kill('SIGKILL')
  const states = async () =>
    (await w.db.owner.query('select state, round from app.page_try where call_id = $1 order by user_id', [card])).rows.map(
      r => `${r.state} ${r.round}`,
    )
  expect([...new Set(await states())]).toEqual(['sending 0'])
  await sendWritten(paging)
  // Not yet: it could still be on its way.
  expect(to()).toEqual([])
  await w.db.owner.query("update app.page_try set done_at = now() - interval '21 seconds' where call_id = $1", [card])
  await writeRounds(paging)
  await Promise.all([sendWritten(paging), sendWritten(paging)])
  expect(to()).toEqual(['strizh@example.org'])
  expect([...new Set(await states())]).toEqual(['sent 0'])
  await clear()
}, 60_000)

test('twenty pages: from the press to the letter', async () => {
  const { worker } = w.people
  const running = startPaging(paging)
  const times: number[] = []
  for (let i = 0; i < 20; i += 1) {
    const id = await w.open(worker)
    const began = Date.now()
    await w.press(worker, `/cases/${id}`)
    while (stub.letters.length === 0 && Date.now() - began < 15_000) await sleep(10)
    times.push((stub.letters[0]?.at ?? Date.now()) - began)
    to()
    await clear()
    await sleep(37 * i)
  }
  await running.stop()
  const sorted = times.toSorted((a, b) => a - b)
  process.stdout.write(`pages: median ${sorted[10]} ms, longest of 20 ${sorted[19]} ms\n`)
  expect(sorted[19]).toBeLessThan(10_000)
}, 120_000)
