import { afterAll, beforeAll, expect, test } from 'vitest'
import { openJson, sealJson } from '../platform/crypto.ts'
import { newId } from '../platform/records.ts'
import { hiddenOf, type Person } from '../platform/testing.session.ts'
import { caseKeyOf, childKeyOf } from './jobs.ts'
import { openLeft } from './schema.ts'
import { outboxPlace } from './store.outbox.ts'
import { type StatisticsWorld, statisticsWorld } from './world.testing.ts'

let w: StatisticsWorld
beforeAll(async () => {
  w = await statisticsWorld()
}, 120_000)
afterAll(async () => {
  expect(w.logged).toEqual([])
  expect(w.leftOut).toEqual([])
  await w.end()
})

const status = async (who: Person, url: string) => (await w.get(who, `/ru${url}`)).statusCode
const rows = async (sql: string, values: unknown[] = []) => (await w.db.owner.query(sql, values)).rows
const personOf = async (id: string) => String((await rows('select person_id as p from app.case_record where id = $1', [id]))[0].p)
const claim = (who: Person, person: string, what: string, text: string) =>
  w.send(who, `/people/${person}/claims/new`, { what, text, source: 'child', confidence: 'medium' })

test('who may not see figures finds nothing; an analyst finds releases and no case, a supervisor both', async () => {
  const { people } = w
  for (const who of [people.worker, people.duty, people.psychologist, people.lawyer, people.follower, people.carer, people.admin])
    for (const url of ['/statistics', '/releases', '/releases/new', `/releases/${newId()}`, `/releases/${newId()}/table.csv`])
      expect([who.alias, url, await status(who, url)]).toEqual([who.alias, url, 404])
  expect((await w.post(people.worker, '/ru/releases/new', { command: newId() })).statusCode).toBe(404)
  expect(await status(w.analyst, '/statistics')).toBe(404)
  expect(await status(w.analyst, '/cases')).toBe(404)
  expect(await status(w.analyst, '/releases/new')).toBe(200)
  for (const url of ['/statistics', '/releases', '/releases/new']) expect(await status(people.boss, url)).toBe(200)
  expect(await status(w.analyst, `/releases/${newId()}`)).toBe(404)
})

test('opening, a claim, closing and reopening each leave codes, and nothing else does; nobody in the office reads them back', async () => {
  const { worker, boss } = w.people
  const left = async (does: () => Promise<unknown>) => {
    await w.db.owner.query('delete from app.statistics_outbox')
    await does()
    const list = await rows('select id, case_id, sealed from app.statistics_outbox')
    return list.map(r => ({ ...openLeft(openJson(w.keys.service, outboxPlace(r.id), r.sealed)), caseId: r.case_id }))
  }
  let id = ''
  const [opened] = await left(async () => {
    id = await w.open(worker, { name: 'Дилноза' })
  })
  expect(opened).toMatchObject({
    caseId: id,
    counted: true,
    who: { age: 'unknown', sex: 'unknown', origin: 'unknown' },
  })
  const person = await personOf(id)
  expect(opened?.child).toBe(person)
  expect((await left(() => claim(worker, person, 'sex', 'девочка')))[0]?.who?.sex).toBe('female')
  expect((await left(() => claim(worker, person, 'age', '12')))[0]?.who?.age).toBe('10-13')
  expect((await left(() => claim(worker, person, 'origin', 'Узбекистан, Андижан')))[0]?.who?.origin).toBe('UZ')
  const at = (p: string) => `/cases/${id}/screening/${p}`
  const facts = { acts: ['recruitment'], purposes: ['forced_begging'], text: 'x', life: 'no', source: 'child', confidence: 'high' }
  expect((await left(() => w.send(worker, at('facts'), facts)))[0]?.how).toEqual({ purpose: 'forced_begging', channel: 'unknown' })
  const online = { way: 'online', online: 'game', recruiter: 'stranger_online', time: 'over_three', control: 'no' }
  expect((await left(() => w.send(worker, at('approach'), online)))[0]?.how).toEqual({ purpose: 'forced_begging', channel: 'game' })
  expect(await left(() => w.send(worker, `/cases/${id}/notes/new`, { text: 'x', compartment: 'summary', source: 'child' }))).toEqual([])
  expect(await left(() => w.send(worker, `/cases/${id}/danger`, { danger: 'concern', reason: 'x' }))).toEqual([])
  expect(await left(() => w.get(worker, `/ru/cases/${id}`))).toEqual([])
  const [closed] = await left(() => w.send(worker, `/cases/${id}/close`, { reason: 'goals_met', note: 'x', goesOn: 'x' }))
  expect(closed?.events.map(e => e.what)).toEqual(['opened', 'closed'])
  const [reopened] = await left(() => w.send(boss, `/cases/${id}/reopen`, { reason: 'x' }))
  expect(reopened?.events.map(e => e.what)).toEqual(['opened', 'reopened'])
  const [error] = await left(() => w.send(worker, `/cases/${id}/close`, { reason: 'opened_in_error', note: 'x', goesOn: 'x' }))
  expect(error?.counted).toBe(false)
  await w.send(boss, `/cases/${id}/reopen`, { reason: 'x' })
  await expect(w.as(boss, a => a.tx.query('select sealed from app.statistics_outbox'))).rejects.toMatchObject({ code: '42501' })
  await expect(w.as(boss, a => a.tx.query('select case_hmac from app.statistics_row'))).rejects.toMatchObject({ code: '42501' })
  await expect(w.as(boss, a => a.tx.query('delete from app.statistics_release'))).rejects.toMatchObject({ code: '42501' })
})

test('the job takes everything away; its rows share nothing with the transaction of the case, and a child with two cases is one child', async () => {
  const { worker } = w.people
  const first = await w.open(worker, { name: 'Фируза' })
  const person = await personOf(first)
  const second = newId()
  // A second case of the same child.
  await w.db.owner.query(
    "insert into app.case_record (id, home_group, number, person_id, state, danger, opened, version) select $1, home_group, 'D-7777777', person_id, 'open', 'none', opened, 1 from app.case_record where id = $2",
    [second, first],
  )
  await claim(worker, person, 'sex', 'девочка')
  const waiting = await rows('select case_id, xmin::text as x from app.statistics_outbox')
  expect(new Set(waiting.map(r => r.case_id)).size).toBe(3)
  const cases = await rows('select xmin::text as x from app.case_record')
  const done = await w.count()
  expect(done).toEqual({ cases: 3, unopened: 0 })
  expect(await rows('select id from app.statistics_outbox')).toEqual([])
  const made = await rows(
    'select id, xmin::text as x, case_hmac, child::text as child, sole, sex, what, month::text as month from app.statistics_row',
  )
  const before = new Set([...waiting, ...cases].map(r => r.x))
  for (const r of made) expect(before.has(r.x)).toBe(false)
  // One transaction of the job wrote all: which row belongs to which case is said by nothing in it.
  expect(new Set(made.map(r => r.x)).size).toBe(1)
  const text = JSON.stringify(made)
  for (const id of [first, second, person]) expect(text).not.toContain(id)
  const ofChild = made.filter(r => r.child === childKeyOf(w.keys, person) && r.what === 'opened')
  expect(ofChild.map(r => [r.sole, r.sex, r.month.slice(-2)])).toEqual([
    [false, 'female', '01'],
    [false, 'female', '01'],
  ])
  expect(ofChild.some(r => r.case_hmac.equals(caseKeyOf(w.keys, first)))).toBe(true)
  // Again: the rows get new ids, and stay as many.
  await claim(worker, person, 'age', '15')
  await w.count()
  const again = await rows('select id, xmin::text as x, child::text as child, what, age from app.statistics_row')
  expect(again.length).toBe(made.length)
  expect(again.some(r => made.some(m => m.id === r.id))).toBe(false)
  expect(again.filter(r => r.child === childKeyOf(w.keys, person) && r.what === 'opened').map(r => r.age)).toEqual(['14-15', '14-15'])
  expect((await rows("select ok from app.health_mark where what = 'statistics'"))[0].ok).toBe(true)
})

test('what a writer could not open is taken from what was known; the latest word counts, whichever is read first', async () => {
  const id = await w.open(w.people.worker, { name: 'Зарина' })
  const person = await personOf(id)
  await claim(w.people.worker, person, 'sex', 'девочка')
  await w.count()
  const leave = async (at: string, more: object) => {
    const row = newId()
    const left = { at, child: person, counted: true, events: [{ what: 'opened', month: '2024-05-01' }], ...more }
    await w.db.owner.query('insert into app.statistics_outbox (id, case_id, home_group, sealed) values ($1, $2, $3, $4)', [
      row,
      id,
      w.teamA,
      sealJson(w.keys.service, outboxPlace(row), 1, left),
    ])
  }
  await leave('2999-01-02', { how: { purpose: 'several', channel: 'game' } })
  await leave('2999-01-01', { how: { purpose: 'servitude', channel: 'forum' } })
  await w.count()
  const mine = () =>
    rows('select sex, purpose, channel, month::text as month from app.statistics_row where case_hmac = $1', [caseKeyOf(w.keys, id)])
  expect(await mine()).toEqual([{ sex: 'female', purpose: 'several', channel: 'game', month: '2024-05-01' }])
  const sums = () => rows("select coalesce(sum(n), 0)::int as n from app.statistics_sum where month = '2024-05-01'")
  expect((await sums())[0].n).toBe(1)
  await leave('2999-01-03', { counted: false })
  await w.count()
  expect(await mine()).toEqual([])
  expect((await sums())[0].n).toBe(0)
  // What does not open is dropped, and the health page says so.
  await w.db.owner.query("insert into app.statistics_outbox (id, case_id, home_group, sealed) values ($1, $2, $3, '\\x00')", [
    newId(),
    id,
    w.teamA,
  ])
  expect((await w.count()).unopened).toBe(1)
  expect((await rows("select ok from app.health_mark where what = 'statistics'"))[0].ok).toBe(false)
  await w.count()
  await w.db.owner.query('delete from app.statistics_outbox')
})

test('working counts are exact for one’s own cases, say whom they are for, and offer no file', async () => {
  // What was opened a moment ago is kept for two minutes.
  w.clock.now = new Date(Date.now() + 3 * 60_000)
  const body = (await w.get(w.people.boss, '/ru/statistics?rows=sex.0&columns=none')).body
  expect(body).toContain('Для внутренней работы')
  expect(body).not.toMatch(/csv/i)
  // Three children, one of them with two cases.
  expect(/Всего[\s\S]{0,200}<strong>3<\/strong>/.test(body.slice(body.lastIndexOf('Всего')))).toBe(true)
  const empty = (await w.get(w.people.stranger, '/en/statistics')).body
  expect(empty).toContain('Nobody in this period')
})

/** Rows of statistics as the job would have made them. */
const fill = (agency: string, n: number, sex: string, month: string, age = '10-13') =>
  w.db.owner.query(
    `insert into app.statistics_row (id, agency_id, what, month, case_hmac, child, sole, age, sex, origin, purpose, channel)
     select gen_random_uuid(), $1, 'opened', $4::date, sha256(gen_random_uuid()::text::bytea), (random() * 9e18)::bigint, false, $5, $3, 'UZ', 'unknown', 'unknown' from generate_series(1, $2)`,
    [agency, n, sex, month, age],
  )
/** The numbers of a table, one line a cell. */
const cellsOf = (html: string) => [...html.matchAll(/<td[^>]*>(.*?)<\/td>/g)].map(m => m[1]!.replace(/<[^>]+>/g, '')).join('\n')
const question = 'what=opened&from=2026-01&to=2026-03&rows=age.0&columns=sex.0'

test('a release is a named person’s act: previewed, stored, listed, and its file holds no number from 1 to 9', async () => {
  for (const [n, sex, age] of [
    [40, 'female', '10-13'],
    [3, 'male', '10-13'],
    [55, 'female', '14-15'],
    [60, 'male', '14-15'],
    [70, 'female', '16-17'],
    [80, 'male', '16-17'],
  ] as const)
    await fill(w.agencyId, n, sex, '2026-02-01', age)
  const shown = await w.get(w.analyst, `/ru/releases/new?${question}`)
  expect(shown.body).toContain('скрыто')
  expect(shown.body).toContain('Таблицы, которые скажут больше')
  // No number before there is a release: two outlines with numbers could be subtracted, and nothing would have compared them.
  expect(shown.body).toContain('будет видно')
  expect(cellsOf(shown.body)).not.toMatch(/\d/)
  const made = await w.post(w.analyst, '/ru/releases/new', hiddenOf(shown.body, '/ru/releases/new'))
  expect(made.statusCode).toBe(303)
  const url = String(made.headers.location).split('?')[0]!
  // The same form again is the same release.
  expect((await w.post(w.analyst, '/ru/releases/new', hiddenOf(shown.body, '/ru/releases/new'))).headers.location).toBe(url)
  expect((await rows('select made_by from app.statistics_release')).map(r => r.made_by)).toEqual([w.analyst.id])
  expect((await w.get(w.people.boss, '/ru/releases')).body).toContain('Щегол')
  const csv = await w.get(w.analyst, `${url}/table.csv`)
  expect(csv.headers['content-type']).toContain('text/csv')
  expect(csv.body).toContain(';скрыто;')
  for (const line of csv.body.split('\r\n').filter(l => /лет|Всего/.test(l)))
    for (const f of line.split(';').slice(1)) expect(f).not.toMatch(/^[1-9]$/)
  // What comes later does not change what was given out.
  await fill(w.agencyId, 2, 'female', '2026-02-01')
  expect((await w.get(w.analyst, `${url}/table.csv`)).body).toBe(csv.body)
  // Another agency sees neither the release nor the figures.
  expect((await w.get(w.foreignAnalyst, url)).statusCode).toBe(404)
  expect((await w.get(w.foreignAnalyst, `/ru/releases/new?${question}`)).body).toContain('никого нет')
})

test('a table that could be held against an earlier release is refused, as is one that shows nothing', async () => {
  await fill(w.agencyId, 4, 'female', '2026-02-01')
  const later = await w.get(w.analyst, `/ru/releases/new?${question.replace('to=2026-03', 'to=2026-04')}`)
  expect(later.body).toContain('Посмотреть прежний выпуск')
  expect(later.body).not.toContain('>Выпустить<')
  expect(cellsOf(later.body)).not.toMatch(/\d/)
  const forced = { command: newId(), what: 'opened', from: '2026-01', to: '2026-03', rows: 'age.1', columns: 'sex.0' }
  const refused = await w.post(w.analyst, '/ru/releases/new', forced)
  expect(refused.statusCode).toBe(422)
  await fill(w.agencyId, 3, 'male', '2025-05-01')
  const few = await w.post(w.analyst, '/ru/releases/new', { ...forced, from: '2025-05', to: '2025-05' })
  expect(few.statusCode).toBe(422)
  expect(few.body).toContain('слишком мало')
  expect((await rows('select count(*)::int as n from app.statistics_release'))[0].n).toBe(1)
  // A month that is not over is not released.
  expect((await w.get(w.analyst, '/ru/releases/new?to=2999-01')).statusCode).toBe(200)
})

test('a row that no program of ours wrote stops no release', async () => {
  await w.as(w.analyst, async a => {
    for (const [at, content] of [
      ['infinity', '{}'],
      [a.now, '{"k": 1}'],
    ])
      await a.tx.query('insert into app.statistics_release (id, agency_id, made_by, made_at, content) values ($1, $2, $3, $4, $5)', [
        newId(),
        a.session.agencyId,
        w.analyst.id,
        at,
        content,
      ])
  })
  for (const url of ['/releases', '/releases/new']) expect(await status(w.analyst, url)).toBe(200)
})

test('what the hook cannot do never undoes what was done for a child', async () => {
  await w.db.owner.query('alter table app.statistics_outbox add constraint never check (false) not valid')
  const id = await w.open(w.people.worker, { name: 'Нигора' })
  expect((await w.get(w.people.worker, `/ru/cases/${id}`)).statusCode).toBe(200)
  expect(w.leftOut.splice(0)).toEqual(['statistics_left_out'])
  await w.db.owner.query('alter table app.statistics_outbox drop constraint never')
})
