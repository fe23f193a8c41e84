import { afterAll, beforeAll, expect, test } from 'vitest'
import { continueRotation } from '../access/store.keys.rotation.ts'
import { startRotation } from '../access/store.keys.ts'
import type { Id } from '../base/id.ts'
import { findCase } from '../case/store.ts'
import { type CaseWorld, caseWorld } from '../case/world.testing.ts'
import { newId } from '../platform/records.ts'
import { hiddenOf, type Person } from '../platform/testing.session.ts'
import { nightCardPolicy } from './policy.ts'
import { nightCardPart, registerNightCard } from './routes.ts'
import { applyNight } from './rules.ts'
import type { CardRow } from './schema.ts'
import { lastCard, nightJournal, sheets } from './store.ts'

let w: CaseWorld
let shelter: Id
let sitter: Person
let sitter2: Person
beforeAll(async () => {
  w = await caseWorld(registerNightCard, [nightCardPolicy], [nightCardPart])
  shelter = await w.team(w.agencyId, { name: 'Приют' })
  const carer = (alias: string) => w.person({ agency: w.agencyId, roles: ['shelter_carer'], member: [[shelter, 'shelter']], alias })
  sitter = await carer('Горихвостка')
  sitter2 = await carer('Пищуха')
}, 120_000)
afterAll(async () => {
  expect(w.logged).toEqual([])
  await w.end()
})
const card = {
  watch: 'close',
  name: 'Лола-канарейка',
  medical: 'канареечный пенициллин',
  keepAway: 'канареечный дядя',
  wake: 'канареечный телефон',
}
const write = (who: Person, id: Id, fields: Record<string, string> = {}) =>
  w.send(who, `/cases/${id}/night-card`, { shelter, ...card, ...fields })
const status = async (who: Person, url: string) => (await w.get(who, `/ru${url}`)).statusCode
/** What somebody gets who sends their own SQL with a live session. */
const raw = (who: Person) =>
  w.as(who, async a => ({
    sheets: (await a.tx.query('select id, code, sealed from app.night_sheet')).rowCount,
    wraps: (await a.tx.query('select * from app.night_wraps()')).rowCount,
    cards: (await a.tx.query('select id from app.night_card')).rowCount,
    seen: (await a.tx.query('select id from app.night_seen')).rowCount,
    keys: (await a.tx.query("select record from app.key_wrap where kind = 'night_card'")).rowCount,
  }))
const nothing = { sheets: 0, wraps: 0, cards: 0, seen: 0, keys: 0 }

test('who may not: the shift of another house, other roles, an excluded carer; by page and by SQL', async () => {
  const { worker, carer, stranger, psychologist, lawyer, follower, admin, duty, boss } = w.people
  const id = await w.open(worker)
  expect((await write(worker, id)).statusCode).toBe(303)
  for (const who of [stranger, psychologist, lawyer, follower, admin, duty, carer, sitter])
    for (const p of ['', '/moved-out', '/print']) {
      expect([who.alias, p, await status(who, `/cases/${id}/night-card${p}`)]).toEqual([who.alias, p, 404])
      const sent = await w.post(who, `/ru/cases/${id}/night-card${p}`, {
        command: newId(),
        version: '1',
        shelter,
        watch: 'none',
        name: 'x',
      })
      expect([who.alias, p, sent.statusCode]).toEqual([who.alias, p, 404])
    }
  expect(await status(boss, `/cases/${id}/night-card`)).toBe(404)
  // Without the story key a supervisor sees that there is a card, and not what it says.
  const seen = (await w.get(boss, `/ru/cases/${id}/night-card/print`)).body
  expect(seen.includes('канареечный')).toBe(false)
  for (const who of [worker, boss, stranger, psychologist, admin]) expect(await status(who, '/night')).toBe(404)
  // Another house: an empty list, and nothing in the database either.
  expect((await w.get(carer, '/ru/night')).body).not.toContain('канареечный')
  // The children are reached by this page: a list of cases that is always empty is not offered.
  expect((await w.get(carer, '/ru/night')).body).not.toContain('href="/ru/cases"')
  expect(await raw(carer)).toEqual(nothing)
  expect(await raw(stranger)).toEqual(nothing)
  expect((await w.get(sitter2, '/ru/night')).body).toContain('канареечный дядя')
  await w.db.owner.query(
    "insert into app.record_exclusion (id, record, home_group, excluded_kind, excluded_id, made_by) values ($1, $2, $3, 'user', $4, $5)",
    [newId(), id, w.teamA, sitter2.id, worker.id],
  )
  expect((await w.get(sitter2, '/ru/night')).body).not.toContain('канареечный')
  expect(await raw(sitter2)).toEqual(nothing)
  const cardId = (await w.db.owner.query('select id from app.night_card where case_id = $1', [id])).rows[0].id as Id
  const sent = await w.post(sitter2, `/ru/night/${cardId}/read`, { command: newId(), version: '1' })
  expect(sent.statusCode).toBe(404)
  await w.as(sitter2, async a => expect((await a.tx.query('select app.night_read($1, 1) as ok', [cardId])).rows[0]).toEqual({ ok: false }))
  await expect(w.as(sitter, a => a.tx.query('select case_id from app.night_sheet'))).rejects.toThrow(/permission denied/)
  for (const who of [stranger, sitter, carer])
    await expect(w.as(who, a => a.tx.query('select app.night_put($1, 1, $1, $2, $2, $2)', [cardId, Buffer.alloc(8)]))).rejects.toThrow(
      /out of scope/,
    )
  await w.db.owner.query('update app.record_exclusion set ended_at = now() where record = $1', [id])
  await w.send(worker, `/cases/${id}/night-card/moved-out`, {})
})

test('the shift of the house sees the card and nothing else of the case, and says that it has read', async () => {
  const { worker } = w.people
  const id = await w.open(worker, { name: 'Зимородок Полное-Имя' })
  await write(worker, id)
  const number = String((await w.db.owner.query('select number from app.case_record where id = $1', [id])).rows[0].number)
  const list = (await w.get(sitter, '/ru/night')).body
  for (const words of ['Лола-канарейка', 'канареечный пенициллин', 'быть рядом всю ночь', 'ещё не спрашивали'])
    expect(list).toContain(words)
  for (const secret of [number, id, 'Полное-Имя']) expect(list).not.toContain(secret)
  for (const p of ['/cases', `/cases/${id}`, `/cases/${id}/night-card`]) expect(await status(sitter, p)).toBe(p === '/cases' ? 200 : 404)
  expect((await w.get(sitter, '/ru/cases')).body).not.toContain(number)
  const cardId = (await w.db.owner.query("select id from app.night_card where case_id = $1 and state = 'here'", [id])).rows[0].id as Id
  const at = `/ru/night/${cardId}/read`
  const seenForm = hiddenOf(list, at)
  expect((await w.get(worker, `/ru/cases/${id}/night-card`)).body).toContain('Смена ещё не прочитала')
  expect((await w.post(sitter, at, seenForm)).statusCode).toBe(303)
  expect((await w.get(sitter, '/ru/night')).body).toContain('Вы прочитали эту карту')
  expect((await w.get(worker, `/ru/cases/${id}/night-card`)).body).toContain('Горихвостка')
  expect((await w.get(w.people.boss, `/ru/cases/${id}`)).body).toContain('прочитал 1 человек')
  // Written anew, it is read anew; what was seen before does not count.
  expect((await write(worker, id, { medical: 'и канареечные орехи' })).statusCode).toBe(303)
  expect((await w.get(sitter, '/ru/night')).body).toContain('и канареечные орехи')
  const old = await w.post(sitter, at, seenForm)
  expect([old.statusCode, old.body.includes('и канареечные орехи')]).toEqual([409, true])
  expect((await w.get(worker, `/ru/cases/${id}/night-card`)).body).toContain('После последнего изменения')
  // A second form that was open meanwhile overwrites nothing.
  const url = `/ru/cases/${id}/night-card`
  const stale = { ...hiddenOf((await w.get(w.people.worker2, url)).body, url), shelter, ...card, fears: 'темноты' }
  await write(worker, id, { calms: 'свет' })
  expect((await w.post(w.people.worker2, url, stale)).statusCode).toBe(409)
  await w.send(worker, `/cases/${id}/night-card/moved-out`, {})
})

test('after moving out, and when the case closes, the shelter holds nothing: no row, no key', async () => {
  const { worker } = w.people
  const [a, b] = [await w.open(worker), await w.open(worker)]
  for (const id of [a, b]) await write(worker, id)
  expect((await raw(sitter)).sheets).toBe(2)
  expect((await w.send(worker, `/cases/${a}/night-card/moved-out`, { where: 'к тёте-канарейке' })).statusCode).toBe(303)
  await w.as(worker, async x =>
    x.tx.query("update app.case_record set state = 'closed', closed = current_date, version = version + 1 where id = $1", [b]),
  )
  expect(await raw(sitter)).toEqual(nothing)
  expect((await w.get(sitter, '/ru/night')).body).not.toContain('канарееч')
  const left = await w.db.owner.query(
    "select (select count(*)::int from app.night_sheet) as s, (select count(*)::int from app.key_wrap where kind = 'night_card') as k",
  )
  expect(left.rows[0]).toEqual({ s: 0, k: 0 })
  expect((await w.get(worker, `/ru/cases/${a}/night-card`)).body).toContain('смена её больше не видит')
  expect(await status(worker, `/cases/${a}/night-card/moved-out`)).toBe(404)
  // Another house: the first one loses it in the same moment.
  const c = await w.open(worker)
  await write(worker, c)
  expect((await write(worker, c, { shelter: w.teamA })).statusCode).toBe(303)
  expect((await raw(sitter)).sheets).toBe(0)
  expect((await w.get(w.people.carer, '/ru/night')).body).toContain('Лола-канарейка')
  await w.send(worker, `/cases/${c}/night-card/moved-out`, {})
})

test('a house without a shift, or one whose shift never signed in, gets no card; an empty card is refused', async () => {
  const { worker } = w.people
  const id = await w.open(worker)
  const noShift = await w.team(w.agencyId, { name: 'Без смены' })
  expect((await write(worker, id, { shelter: noShift })).statusCode).toBe(422)
  expect((await w.send(worker, `/cases/${id}/night-card`, { shelter, watch: 'not_asked' })).statusCode).toBe(422)
  const fresh = await w.team(w.agencyId, { name: 'Новый дом' })
  await w.person({ agency: w.agencyId, roles: ['shelter_carer'], member: [[fresh, 'shelter']], alias: 'Новичок' })
  await w.db.owner.query('delete from app.team_key_wrap where team_id = $1 and compartment = 8', [fresh])
  await w.db.owner.query('delete from app.team_key where team_id = $1 and compartment = 8', [fresh])
  const refused = await write(worker, id, { shelter: fresh })
  expect([refused.statusCode, refused.body.includes('на бумаге'), refused.body.includes('Лола-канарейка')]).toEqual([422, true, true])
  await w.as(worker, async a => expect(await lastCard(a, id)).toBeUndefined())
})

test('the night key is handed on to colleagues who were there before it', async () => {
  const { worker } = w.people
  await w.db.owner.query('delete from app.team_key_wrap where team_id = $1 and compartment = 8 and user_id = $2', [shelter, sitter2.id])
  await w.db.owner.query('update app.account set keys_version = keys_version + 1 where id = $1', [sitter2.id])
  const id = await w.open(worker)
  await write(worker, id)
  const closed = (await w.get(sitter2, '/ru/night')).body
  expect([closed.includes('Лола-канарейка'), closed.includes('ещё нет ключа')]).toEqual([false, true])
  await w.get(sitter, '/ru/night')
  expect((await w.get(sitter2, '/ru/night')).body).toContain('Лола-канарейка')
  await w.send(worker, `/cases/${id}/night-card/moved-out`, {})
})

test('the journal replays to the row, and nothing that was said stands in the clear', async () => {
  const { worker } = w.people
  const id = await w.open(worker)
  await write(worker, id)
  await write(worker, id, { fears: 'канареечных дверей' })
  await w.send(worker, `/cases/${id}/night-card/moved-out`, {})
  await write(worker, id, { shelter: w.teamA })
  await w.as(worker, async a => {
    const c = (await findCase(a, id))!
    const replayed = (await nightJournal(a, id)).reduce<CardRow | undefined>(
      (n, e) => applyNight(n, { caseId: id, homeGroup: c.homeGroup }, e),
      undefined,
    )
    expect(replayed).toEqual(await lastCard(a, id))
  })
  await w.as(w.people.carer, async a => {
    const [s] = await sheets(a)
    expect(s?.card?.name).toBe('Лола-канарейка')
  })
  for (const table of ['night_card', 'night_sheet', 'night_seen', 'journal_part', 'key_wrap']) {
    const { rows } = await w.db.owner.query(`select t::text as x from app.${table} t`)
    const bytes = rows.map(r => String(r.x)).join('\n')
    const hex = Buffer.from('канареечный').toString('hex')
    expect([table, bytes.includes('канарееч'), bytes.includes(hex)]).toEqual([table, false, false])
  }
})

test('when somebody of the shift leaves and the night key changes, the cards go along', async () => {
  const { worker } = w.people
  const house = await w.team(w.agencyId, { name: 'Дом у реки' })
  const stays = await w.person({ agency: w.agencyId, roles: ['shelter_carer'], member: [[house, 'shelter']], alias: 'Остаётся' })
  const id = await w.open(worker)
  await write(worker, id, { shelter: house })
  await w.db.owner.query('insert into app.rotation (team_id, compartment, from_version, to_version) values ($1, 8, 1, 2)', [house])
  await w.as(stays, async a => expect(await startRotation(a)).toBe(1))
  await w.as(stays, async a => expect((await continueRotation(a, 100)).done).toBe(1))
  const { rows } = await w.db.owner.query(
    "select holder_version, form from app.key_wrap where kind = 'night_card' and holder = 'team' and home_group = $1",
    [house],
  )
  expect(rows).toEqual([{ holder_version: 2, form: 1 }])
  expect((await w.get(stays, '/ru/night')).body).toContain('Лола-канарейка')
  expect((await write(worker, id, { shelter: house, fears: 'грозы' })).statusCode).toBe(303)
  expect((await w.get(stays, '/ru/night')).body).toContain('грозы')
  await w.send(worker, `/cases/${id}/night-card/moved-out`, {})
})
