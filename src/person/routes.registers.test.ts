import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CaseWorld, caseWorld } from '../case/world.testing.ts'
import { linkEngine } from '../main.engine.ts'
import { hiddenOf, type Person as Who } from '../platform/testing.session.ts'
import { type Sent, sendTo } from './files.testing.ts'
import { expireRegisters } from './jobs.registers.ts'
import { registerPolicy } from './policy.registers.ts'
import { registerRegisters } from './routes.registers.ts'

let w: CaseWorld
let boss2: Who
let analyst: Who
const before = new Set(readdirSync(tmpdir()))
beforeAll(async () => {
  w = await caseWorld(o => registerRegisters(o, linkEngine), [registerPolicy])
  boss2 = await w.person({ agency: w.agencyId, roles: ['supervisor'], member: [[w.teamA, 'supervision']], alias: 'Беркут' })
  analyst = await w.person({ agency: w.agencyId, roles: ['analyst'], member: [], alias: 'Ворон' })
}, 120_000)
afterAll(async () => {
  expect(w.logged).toEqual([])
  await w.end()
})

const csv = (rows: readonly string[], name = 'список.csv'): Sent => ({ name, type: 'text/csv', bytes: Buffer.from(rows.join('\r\n')) })
const head = 'Номер;Фамилия;Имя;Отчество;Дата рождения;Телефон'
const theirs = [
  head,
  'A-1;Канареечникова;Зимородка;Щегловна;14.03.2011;+7 921 555-44-33',
  'A-2;Петров;Иван;Ильич;02.02.2010;',
  'A-3;Канареечникова;Зимарoдка;Щегловна;14.03.2011;89215554433',
  'A-4;=HYPERLINK("x");Сомова;Юлия;11.11.2012;',
]
const canaries = ['Канареечников', 'Зимородк', 'Щегловн', '5554433', '555-44-33']
const agreement = { from: 'Приют «Маяк-канарейка»', agreement: '17-Б', purpose: 'найти общих детей' }
const open = async (who: Who, way: string) => {
  const r = await w.send(who, '/registers/new', { ...agreement, way })
  expect(r.statusCode).toBe(303)
  return String(r.headers.location).split('/').at(-1)!
}
const put = async (who: Who, id: string, file: Sent | undefined) => {
  const shown = await w.get(who, `/ru/registers/${id}`)
  return sendTo(w, who, `/ru/registers/${id}/file`, hiddenOf(shown.body, `/ru/registers/${id}/file`), { file })
}
const act = async (who: Who, id: string, from: string, to: string, fields: Record<string, string>) => {
  const shown = await w.get(who, `/ru/registers/${id}${from}`)
  return w.post(who, `/ru/registers/${id}${to}`, { ...hiddenOf(shown.body, `/ru/registers/${id}${to}`), ...fields })
}
const dump = async (): Promise<string> => {
  const { rows } = await w.db.owner.query("select tablename from pg_tables where schemaname = 'app'")
  const texts = []
  for (const r of rows) texts.push(JSON.stringify((await w.db.owner.query(`select t::text from app."${r.tablename}" t`)).rows))
  return texts.join('\n')
}
const hexOf = (s: string) => Buffer.from(s).toString('hex')

test('another team, the analyst, the administrator and whoever does not decide about children find nothing, at no step', async () => {
  const id = await open(w.people.worker, 'one')
  const paths = ['', '/pair?n=1', '/decisions', '/erase']
  const look = async (who: Who) => {
    for (const p of paths) expect([who.alias, p, (await w.get(who, `/ru/registers/${id}${p}`)).statusCode]).toEqual([who.alias, p, 404])
    for (const p of ['/compare', '/pair?n=1', '/erase'])
      expect([who.alias, p, (await w.post(who, `/ru/registers/${id}${p}`, { version: '1', sure: 'yes' })).statusCode]).toEqual([
        who.alias,
        p,
        404,
      ])
    expect((await sendTo(w, who, `/ru/registers/${id}/file`, { version: '1' }, { file: csv(theirs) })).statusCode).toBe(404)
    for (const table of ['register_link', 'register_part', 'register_key'])
      expect((await w.as(who, x => x.tx.query(`select from app.${table}`))).rowCount).toBe(0)
  }
  const strangers = [w.people.stranger, analyst, w.people.admin, w.people.duty, w.people.psychologist, w.people.lawyer, w.people.carer]
  for (const who of strangers) await look(who)
  for (const who of strangers.slice(1)) expect((await w.get(who, '/ru/registers')).statusCode).toBe(404)
  expect((await w.get(w.people.stranger, '/ru/registers')).body).not.toContain('Маяк')
  expect((await put(w.people.worker, id, csv(theirs))).statusCode).toBe(303)
  expect((await act(w.people.worker, id, '', '/compare', {})).statusCode).toBe(303)
  for (const who of strangers) await look(who)
  // A colleague of the team goes on where the other stopped; a team that is not one's own cannot be named.
  expect((await w.get(boss2, `/ru/registers/${id}`)).body).toContain('Канареечникова')
  const other = await w.post(w.people.worker, '/ru/registers/new', { ...agreement, way: 'one', team: w.desk })
  expect(other.statusCode).toBe(422)
}, 60_000)

test('upload, map, review, decide, take away, erase: the file is nowhere in the clear, and then nowhere', async () => {
  const [who, boss] = [w.people.worker, w.people.boss]
  const id = await open(who, 'one')
  expect((await put(who, id, undefined)).body).toContain('Выберите файл')
  expect((await put(who, id, { name: 'x.csv', type: 'text/csv', bytes: Buffer.from([0xff, 0xd8, 0xff, 0, 1, 2]) })).statusCode).toBe(422)
  expect((await put(who, id, { name: 'x.xls', type: 'text/csv', bytes: Buffer.from([0xd0, 0xcf, 0x11, 0xe0]) })).body).toContain('XLS')
  const many = [head, ...Array.from({ length: 20_001 }, (_, i) => `${i};a;b;c;;`)]
  expect((await put(who, id, csv(many))).body).toContain('Больше 20 000 строк')
  expect((await put(who, id, csv(theirs))).statusCode).toBe(303)
  const columns = (await w.get(who, `/ru/registers/${id}`)).body
  expect(columns).toMatch(/<option value="surname" selected[^>]*>Фамилия/)
  expect(columns).toMatch(/<option value="date" selected/)
  expect((await act(who, id, '', '/compare', { version: '1' })).statusCode).toBe(409)
  expect((await act(who, id, '', '/compare', { 'kind-0-5': 'phone', 'kind-0-0': 'nonsense' })).statusCode).toBe(303)
  const list = (await w.get(boss, `/ru/registers/${id}`)).body
  expect(list).toContain('A-1 — A-3')
  expect(list).not.toContain('Петров')
  const pair = (await w.get(boss, `/ru/registers/${id}/pair?n=1`)).body
  expect(pair).toContain('<svg')
  expect(pair).toContain('+7 921 555-44-33')
  for (const n of ['0', '2', '99999', 'x']) expect((await w.get(boss, `/ru/registers/${id}/pair?n=${n}`)).statusCode).toBe(404)
  const decide = (by: Who, verdict: string, reason: string, more: Record<string, string> = {}) =>
    act(by, id, '/pair?n=1', '/pair?n=1', { verdict, reason, ...more })
  expect((await decide(boss, 'same', '')).statusCode).toBe(422)
  expect((await decide(who, 'unsure', 'спросим в приюте')).statusCode).toBe(303)
  // Whoever saw the pair before the other decided is told.
  expect((await decide(boss, 'same', 'x', { version: '0' })).statusCode).toBe(409)
  expect((await decide(boss, 'same', '=cmd|канарейка-причина')).statusCode).toBe(303)
  const file = await w.get(boss, `/ru/registers/${id}/decisions`)
  expect(file.headers['content-type']).toContain('text/csv')
  expect(file.body).toContain('A-1,A-3,')
  expect(file.body).toContain("same,'=cmd|канарейка-причина,Сокол")
  expect(file.body).not.toContain('Канареечникова')

  const whole = await dump()
  for (const c of [...canaries, 'Маяк-канарейка', 'канарейка-причина']) {
    expect([c, whole.includes(c)]).toEqual([c, false])
    expect([c, whole.includes(hexOf(c))]).toEqual([c, false])
  }
  expect(readdirSync(tmpdir()).filter(f => !before.has(f) && /doverie-(up|link)|\.csv|\.xlsx|multipart/i.test(f))).toEqual([])

  expect((await act(boss, id, '/erase', '/erase', {})).statusCode).toBe(422)
  expect((await act(boss, id, '/erase', '/erase', { sure: 'yes' })).statusCode).toBe(303)
  for (const t of ['register_part where link_id', 'register_key where id'])
    expect((await w.db.owner.query(`select from app.${t} = $1`, [id])).rowCount).toBe(0)
  for (const p of ['/pair?n=1', '/decisions', '/erase']) expect((await w.get(boss, `/ru/registers/${id}${p}`)).statusCode).toBe(404)
  expect((await w.post(boss, `/ru/registers/${id}/compare`, { version: '4' })).statusCode).toBe(404)
  expect((await sendTo(w, boss, `/ru/registers/${id}/file`, { version: '4' }, { file: csv(theirs) })).statusCode).toBe(404)
  const after = (await w.get(boss, `/ru/registers/${id}`)).body
  expect(after).toContain('Стёрто после решения')
  expect(after).toContain('17-Б')
  expect(after).not.toContain('Канареечникова')
  expect(after).toMatch(/Один человек[\s\S]{0,200}>\s*1\s*</)
}, 90_000)

test('their list and the people we know: what this session may open, and no more', async () => {
  const families = ['Канареечников', 'Собиров', 'Юсупов', 'Рахимов', 'Одинаев', 'Турсунов', 'Хакимов', 'Каримов', 'Назаров', 'Шарипов']
  const given = ['Зимородок', 'Фаррух', 'Бахром', 'Шерзод', 'Алишер', 'Джамшед', 'Рустам']
  const known = Array.from({ length: 50 }, (_, i) => ({
    name: `${given[i % 7]} ${families[(i * 3 + (i % 4)) % 10]}`,
    born: `${10 + ((i * 7) % 18)}.${String(1 + ((i * 5) % 12)).padStart(2, '0')}.20${10 + (i % 5)}`,
  }))
  for (const k of known) {
    const made = await w.send(w.people.worker, '/cases/new', {
      'children[0][name]': k.name,
      'children[0][age]': k.born,
      'children[0][relation]': 'child',
      'children[0][match]': 'new',
      danger: 'not_assessed',
      team: w.teamA,
      circumstances: '',
    })
    expect(made.statusCode).toBe(303)
  }
  const turned = (name: string) => name.split(' ').reverse().join(' ')
  const sentOf = known.slice(0, 12)
  const rows = [
    'id,full name,date of birth',
    ...sentOf.map((k, i) => `P-${i},${turned(k.name)},${k.born}`),
    'P-90,Adebayo Okonkwo,01.02.2013',
    'P-91,Chipo Banda,05.05.2012',
  ]
  const compared = async (who: Who) => {
    const id = await open(who, 'ours')
    expect((await put(who, id, csv(rows))).statusCode).toBe(303)
    expect((await act(who, id, '', '/compare', {})).statusCode).toBe(303)
    return id
  }
  const id = await compared(w.people.boss)
  const list = (await w.get(w.people.boss, `/ru/registers/${id}`)).body
  for (const k of sentOf) expect(list).toContain(`${turned(k.name)} — ${k.name}`)
  expect(list).not.toContain('Okonkwo')
  const pair = (await w.get(w.people.boss, `/ru/registers/${id}/pair?n=1`)).body
  const person = /\/ru\/people\/([0-9a-f-]{36})/.exec(pair)?.[1]
  expect((await w.db.owner.query('select home_group from app.person where id = $1', [person])).rows[0].home_group).toBe(w.teamA)
  expect((await w.get(w.people.boss, `/ru/people/${person}`)).statusCode).toBe(200)
  // Another agency that was sent the same list finds nobody of ours.
  const theirsToo = await compared(w.people.stranger)
  expect((await w.get(w.people.stranger, `/ru/registers/${theirsToo}`)).body).not.toContain('Собиров')
}, 60_000)

test('two lists; the office answers while they are compared', async () => {
  const id = await open(w.people.boss, 'two')
  const rows = (s: number) => [
    head,
    ...Array.from(
      { length: 1500 },
      (_, i) => `${i};Фам${(i * s) % 997};Имя${i % 89};Отч${i % 51};${1 + (i % 28)}.0${1 + (i % 9)}.20${10 + (i % 8)};`,
    ),
  ]
  expect((await put(w.people.boss, id, csv(rows(1)))).statusCode).toBe(303)
  expect((await w.get(w.people.boss, `/ru/registers/${id}`)).body).toContain('Второй список')
  expect((await put(w.people.boss, id, csv(rows(3)))).statusCode).toBe(303)
  let [worst, last] = [0, performance.now()]
  const timer = setInterval(() => {
    const now = performance.now()
    worst = Math.max(worst, now - last)
    last = now
  }, 10)
  expect((await act(w.people.boss, id, '', '/compare', {})).statusCode).toBe(303)
  clearInterval(timer)
  expect(worst).toBeLessThan(1000)
  console.info(`longest block ${Math.round(worst)} ms`)
}, 90_000)

test('what nobody decided in time is erased by the job, and nothing else; the job opens and lists no content', async () => {
  const [late, young] = [await open(w.people.worker, 'one'), await open(w.people.worker, 'one')]
  for (const id of [late, young]) expect((await put(w.people.worker, id, csv(theirs))).statusCode).toBe(303)
  await w.db.owner.query('update app.register_link set expires = current_date where id = $1', [late])
  const pool = w.db.pool('job', 1)
  expect(await expireRegisters({ pool, clock: () => new Date() })).toEqual({ erased: 1 })
  const left = async (id: string) =>
    (
      await w.db.owner.query(
        'select (select count(*) from app.register_part where link_id = $1)::int as parts, (select count(*) from app.register_key where id = $1)::int as keys',
        [id],
      )
    ).rows[0]
  expect(await left(late)).toEqual({ parts: 0, keys: 0 })
  expect(await left(young)).toEqual({ parts: 2, keys: 1 })
  expect((await w.get(w.people.worker, `/ru/registers/${late}`)).body).toContain('срок вышел')
  expect((await w.get(w.people.worker, `/ru/registers/${young}`)).statusCode).toBe(200)
  for (const sql of [
    'select sealed from app.register_part',
    'select sealed from app.register_key',
    "update app.register_link set expires = '2999-01-01'",
  ])
    await expect(pool.query(sql)).rejects.toMatchObject({ code: '42501' })
  // A young one cannot be ended by it, nor an erased one taken back.
  for (const sql of [
    "update app.register_link set state = 'erased', erased_why = 'decided' where id = $1",
    "update app.register_link set state = 'erased', erased_why = 'expired' where id = $1",
  ])
    expect((await pool.query(sql, [young]).catch(() => ({ rowCount: 0 }))).rowCount).toBe(0)
}, 60_000)
