import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Id } from '../base/id.ts'
import { type CaseWorld, caseWorld } from '../case/world.testing.ts'
import { asSession } from '../platform/db.ts'
import { readJournal } from '../platform/records.ts'
import { hiddenOf, type Person } from '../platform/testing.session.ts'
import { languagePolicy } from './policy.ts'
import { languagePart, registerLanguage } from './routes.ts'
import { apply } from './rules.ts'
import { isLanguageEvent, openLanguageEvent, type SessionRow } from './schema.ts'
import { turnsOf } from './store.room.ts'
import { findSession, openSessionsOf, sessionsOf } from './store.ts'
import { waitingSessions } from './store.waiting.ts'

let w: CaseWorld
let tongue: Person
let otherTongue: Person
let foreign: Person
let starling: Id
let linnet: Id

/** Words of a session that must be found nowhere in the clear, and never by the wrong person. */
const canary = { question: 'вопрос-канарейка', rendering: 'перевод-канарейка о дороге', kin: 'Канареевы' }
const day = (name: string, d: string) => {
  const [y, m, dd] = d.split('-') as [string, string, string]
  return { [`${name}-day`]: dd, [`${name}-month`]: m, [`${name}-year`]: y }
}
const today = new Date().toISOString().slice(0, 10)
const entry = (alias: string, more: Record<string, string | readonly string[]> = {}) => ({
  alias,
  kind: 'diaspora',
  sex: 'female',
  state: 'active',
  'languages[0][language]': 'tg',
  'languages[0][direction]': 'both',
  'languages[0][level]': 'native',
  ...more,
})
const add = async (fields: Record<string, string | readonly string[]>): Promise<Id> => {
  const answer = await w.send(w.people.worker, '/interpreters/new', fields)
  expect(answer.statusCode, answer.body.slice(0, 3000)).toBe(303)
  return String(answer.headers.location).slice(-47, -11)
}
const wanted = (interpreter: Id, more: Record<string, string> = {}) => ({
  interpreter,
  language: 'tg',
  ...day('day', today),
  time: '14.30',
  way: 'telephone',
  childAlias: 'Ручей',
  childPlace: 'Хатлон, Куляб',
  sexWanted: 'not_asked',
  decision: 'book',
  ...more,
})
const book = async (caseId: Id, interpreter: Id, who = w.people.worker): Promise<Id> => {
  const before = new Set((await w.as(who, a => sessionsOf(a, caseId))).map(s => s.id))
  const r = await w.send(who, `/cases/${caseId}/interpreters/book`, wanted(interpreter))
  expect(r.statusCode, r.body.slice(0, 4000)).toBe(303)
  return (await w.as(who, a => sessionsOf(a, caseId))).find(s => !before.has(s.id))!.id
}
const live = async (caseId: Id, interpreter: Id, who = w.people.worker): Promise<Id> => {
  const s = await book(caseId, interpreter, who)
  const r = await w.send(who, `/cases/${caseId}/sessions/${s}/open`, {})
  expect(r.statusCode, r.body.slice(0, 4000)).toBe(303)
  return s
}
const close = (caseId: Id, s: Id, who = w.people.worker) => w.send(who, `/cases/${caseId}/sessions/${s}/close`, { sure: 'yes' })
/** Everything that raw SQL with this person's token sees of a session. */
const raw = (who: Person, s: Id) =>
  asSession(w.pool, who.token, async tx => {
    const n = async (sql: string) => (await tx.query<{ n: number }>(sql, [s])).rows[0]!.n
    return [
      await n('select count(*)::int as n from app.session_room where id = $1'),
      await n('select count(*)::int as n from app.session_turn where record = $1'),
      await n('select count(*)::int as n from app.key_wrap where record = $1'),
      await n('select count(*)::int as n from app.language_session where id = $1'),
    ]
  })

beforeAll(async () => {
  w = await caseWorld(registerLanguage, [languagePolicy], [languagePart])
  const agency = w.agencyId
  tongue = await w.person({ agency, roles: ['interpreter'], alias: 'Скворец' })
  otherTongue = await w.person({ agency, roles: ['interpreter'], alias: 'Коноплянка' })
  foreign = await w.person({ agency: w.people.stranger.agency, roles: ['interpreter'], alias: 'Чужой' })
  const good = { 'places[0][region]': 'Согд', ...day('signed', '2026-01-01'), ...day('until', '2099-01-01') }
  starling = await add(entry('Скворец', { ...good, account: tongue.id }))
  linnet = await add(entry('Коноплянка', { ...good, account: otherTongue.id }))
}, 180_000)
afterAll(async () => {
  expect(w.logged).toEqual([])
  await w.end()
})

describe('who may not', () => {
  test('an interpreter sees no register, no case, no booking, and no other session', async () => {
    const caseId = await w.open(w.people.worker, { name: 'Зимородок' })
    const mine = await live(caseId, starling)
    const paths = [
      '/interpreters',
      `/interpreters/${starling}`,
      '/cases',
      `/cases/${caseId}`,
      `/cases/${caseId}/interpreters`,
      `/cases/${caseId}/sessions/${mine}`,
    ]
    for (const p of paths) expect([p, (await w.get(tongue, `/ru${p}`)).statusCode]).toEqual([p, 404])
    expect((await w.get(otherTongue, `/ru/sessions/${mine}`)).statusCode).toBe(404)
    expect((await w.get(foreign, `/ru/sessions/${mine}`)).statusCode).toBe(404)
    expect((await w.post(otherTongue, `/ru/sessions/${mine}`, { text: 'x' })).statusCode).toBe(404)
    expect(await raw(otherTongue, mine)).toEqual([0, 0, 0, 0])
    expect(await raw(foreign, mine)).toEqual([0, 0, 0, 0])
    // The row of the booking names the case: not even the one who is in the room sees it.
    expect((await raw(tongue, mine))[3]).toBe(0)
    const seen = await asSession(
      w.pool,
      tongue.token,
      async tx => (await tx.query('select count(*)::int as n from app.interpreter')).rows[0],
    )
    expect(seen).toEqual({ n: 0 })
    await close(caseId, mine)
  })
  test('another agency sees neither register nor session', async () => {
    const caseId = await w.open(w.people.worker, { name: 'Зимородок' })
    const s = await live(caseId, starling)
    const { stranger } = w.people
    expect((await w.get(stranger, '/ru/interpreters')).body).not.toContain('Скворец')
    for (const p of [
      `/interpreters/${starling}`,
      `/interpreters/${starling}/edit`,
      `/cases/${caseId}/interpreters`,
      `/cases/${caseId}/sessions/${s}`,
    ])
      expect([p, (await w.get(stranger, `/ru${p}`)).statusCode]).toEqual([p, 404])
    expect(await raw(stranger, s)).toEqual([0, 0, 0, 0])
    await expect(asSession(w.pool, stranger.token, tx => tx.query('select app.session_close_room($1, $1)', [s]))).rejects.toThrow()
    await expect(asSession(w.pool, tongue.token, tx => tx.query('select app.session_close_room($1, $1)', [s]))).rejects.toThrow()
    await close(caseId, s)
  })
  test('a supervisor keeps the register, and sees that there is a session, not whom it ties to whom', async () => {
    const caseId = await w.open(w.people.worker, { name: 'Зимородок' })
    const s = await book(caseId, starling)
    const { boss } = w.people
    expect((await w.get(boss, `/ru/interpreters/${starling}/edit`)).statusCode).toBe(200)
    const list = await w.get(boss, `/ru/cases/${caseId}/interpreters`)
    expect(list.statusCode).toBe(200)
    expect(list.body).not.toContain('Скворец')
    expect((await w.get(boss, `/ru/cases/${caseId}/sessions/${s}`)).statusCode).toBe(404)
    expect((await w.get(w.people.duty, '/ru/interpreters')).statusCode).toBe(200)
    expect((await w.get(w.people.duty, '/ru/interpreters/new')).statusCode).toBe(404)
  })
})

describe('the room', () => {
  test('shows what is asked and rendered, and nothing that leads to the child; after closing nothing at all', async () => {
    const { worker } = w.people
    const caseId = await w.open(worker, { name: 'Зимородок Канареечный' })
    const number = (await w.db.owner.query('select number from app.case_record where id = $1', [caseId])).rows[0].number
    const s = await live(caseId, starling)
    await w.send(worker, `/cases/${caseId}/sessions/${s}/ask`, { text: canary.question })
    expect((await w.get(tongue, '/ru/sessions')).headers.location).toBe(`/ru/sessions/${s}`)
    const page = await w.get(tongue, `/ru/sessions/${s}`)
    expect(page.body).toContain(canary.question)
    expect(page.body).toContain('Ручей')
    for (const hidden of [number, caseId, 'Зимородок', 'Куляб', 'Чайка']) expect(page.body).not.toContain(hidden)
    await w.send(tongue, `/sessions/${s}`, { text: canary.rendering, check: 'yes' })
    const own = await w.get(worker, `/ru/cases/${caseId}/sessions/${s}`)
    expect(own.body).toContain(canary.rendering)
    expect(own.body).not.toContain('Зимородок')
    expect((await w.as(worker, a => turnsOf(a, s))).map(t => [t.kind, t.checkWanted])).toEqual([
      ['question', false],
      ['rendering', true],
    ])
    expect((await raw(tongue, s)).slice(0, 2)).toEqual([1, 2])
    const stored = JSON.stringify(
      (await w.db.owner.query('select sealed::text from app.session_turn union all select sealed::text from app.session_room')).rows,
    )
    expect(stored).not.toContain(Buffer.from(canary.rendering).toString('hex'))

    // What is needed goes into the case, with the interpreter named by alias; then everything goes.
    const take = await w.get(worker, `/ru/cases/${caseId}/sessions/${s}/take`)
    expect(take.body).toContain(canary.rendering)
    expect(take.body).toContain('Скворец')
    const text = `Скворец: ${canary.rendering}`
    expect((await w.send(worker, `/cases/${caseId}/sessions/${s}/take`, { text })).statusCode).toBe(303)
    expect((await close(caseId, s)).statusCode).toBe(303)
    expect((await w.get(tongue, `/ru/sessions/${s}`)).statusCode).toBe(404)
    expect((await w.post(tongue, `/ru/sessions/${s}`, { text: 'x' })).statusCode).toBe(404)
    expect(await raw(tongue, s)).toEqual([0, 0, 0, 0])
    expect((await w.get(tongue, '/ru/sessions')).statusCode).toBe(200)
    for (const t of ['session_turn where record', 'session_room where id', 'key_wrap where record'])
      expect([t, (await w.db.owner.query(`select from app.${t} = $1`, [s])).rowCount]).toEqual([t, 0])
    const note = (await w.as(worker, a => readJournal(a, caseId, ['story']))).find(e => e.type === 'note_added')
    expect(note?.parts.story?.value).toMatchObject({ text, interpreter: 'diaspora', language: 'tg' })
    expect((await w.get(worker, `/ru/cases/${caseId}?open=story`)).body).toContain('Сеанс с переводчиком закончен')
  })

  test('is over after four hours: by the office and by the database, before anybody closes it', async () => {
    const { worker } = w.people
    const caseId = await w.open(worker, { name: 'Зимородок' })
    const s = await live(caseId, starling)
    await w.send(worker, `/cases/${caseId}/sessions/${s}/ask`, { text: canary.question })
    const until = (
      await w.db.owner.query('select extract(epoch from until - now())::int as n from app.grant_ where record = $1 and user_id = $2', [
        s,
        tongue.id,
      ])
    ).rows[0].n
    expect(until).toBeGreaterThan(4 * 3600 - 120)
    expect(until).toBeLessThanOrEqual(4 * 3600)
    const wrap = (
      await w.db.owner.query("select until from app.key_wrap where record = $1 and holder = 'user' and holder_id = $2", [s, tongue.id])
    ).rows
    expect(wrap.length).toBe(1)
    expect(wrap[0].until).not.toBe(Number.POSITIVE_INFINITY)
    // By the clock of the office.
    w.clock.now = new Date(Date.now() + 4 * 3_600_000 + 1000)
    expect((await w.get(tongue, `/ru/sessions/${s}`)).statusCode).toBe(404)
    expect((await w.post(tongue, `/ru/sessions/${s}`, { text: 'x' })).statusCode).toBe(404)
    const late = await w.get(worker, `/ru/cases/${caseId}/sessions/${s}`)
    expect(late.body).toContain('Четыре часа прошли')
    expect(late.body).toContain(canary.question)
    w.clock.now = undefined
    // By the database's own: what stands in the rows ends it, whatever the program says.
    await w.db.owner.query("update app.grant_ set until = now() - interval '1 second' where record = $1", [s])
    expect(await raw(tongue, s)).toEqual([0, 0, 0, 0])
    const insert = asSession(w.pool, tongue.token, tx =>
      tx.query(
        "insert into app.session_turn (id, record, home_group, seq, kind, sealed) values (gen_random_uuid(), $1, $2, 99, 'rendering', '')",
        [s, w.teamA],
      ),
    )
    await expect(insert).rejects.toThrow()
    expect((await w.get(tongue, `/ru/sessions/${s}`)).statusCode).toBe(404)
    expect((await close(caseId, s)).statusCode).toBe(303)
  })

  test('one at a time; and somebody shut out of the case is shut out of the room at once', async () => {
    const { worker } = w.people
    const [a, b] = [await w.open(worker, { name: 'А' }), await w.open(worker, { name: 'Б' })]
    const s = await live(a, starling)
    const second = await book(b, starling)
    const busy = await w.send(worker, `/cases/${b}/sessions/${second}/open`, {})
    expect(busy.statusCode).toBe(422)
    expect(busy.body).toContain('на другом сеансе')
    await w.db.owner.query(
      "insert into app.record_exclusion (id, record, home_group, excluded_kind, excluded_id, made_by) values (gen_random_uuid(), $1, $2, 'user', $3, $4)",
      [a, w.teamA, tongue.id, worker.id],
    )
    expect((await w.get(tongue, `/ru/sessions/${s}`)).statusCode).toBe(404)
    expect(await raw(tongue, s)).toEqual([0, 0, 0, 0])
    const again = await w.send(worker, `/cases/${a}/interpreters/book`, wanted(starling))
    expect(again.statusCode).toBe(422)
    await close(a, s)
    await w.send(worker, `/cases/${b}/sessions/${second}/cancel`, { reason: 'не пришла' })
  })

  test('the duty specialist at night opens one too, on a case of a team they have no part in', async () => {
    const { duty } = w.people
    const caseId = await w.open(duty, { name: 'Ночь', contact: await w.contact() })
    const s = await live(caseId, linnet, duty)
    await w.send(duty, `/cases/${caseId}/sessions/${s}/ask`, { text: canary.question })
    expect((await w.get(otherTongue, `/ru/sessions/${s}`)).body).toContain(canary.question)
    expect((await w.get(w.people.worker, `/ru/cases/${caseId}/sessions/${s}`)).body).toContain(canary.question)
    expect((await close(caseId, s, duty)).statusCode).toBe(303)
  })
})

test('somebody without an account interprets by telephone: the worker writes, and nobody else gets a key', async () => {
  const { worker } = w.people
  const line = await add(
    entry('Дальняя линия', { kind: 'remote', community: 'далеко', ...day('signed', '2026-01-01'), ...day('until', '2099-01-01') }),
  )
  const caseId = await w.open(worker, { name: 'Телефон' })
  const s = await live(caseId, line)
  expect((await w.send(worker, `/cases/${caseId}/sessions/${s}/ask`, { text: canary.question })).statusCode).toBe(303)
  expect((await w.db.owner.query('select from app.grant_ where record = $1', [s])).rowCount).toBe(0)
  expect((await w.db.owner.query("select from app.key_wrap where record = $1 and holder = 'user'", [s])).rowCount).toBe(0)
  expect((await close(caseId, s)).statusCode).toBe(303)
})

describe('booking', () => {
  test('an interpreter from the child’s village is warned of, refused with a reason, and another booked', async () => {
    const { worker } = w.people
    const risky = await add(entry('Удод', { 'places[0][place]': 'Куляб', kin: canary.kin }))
    const caseId = await w.open(worker, { name: 'Лола Канареева' })
    const url = `/cases/${caseId}/interpreters/book`
    const first = await w.send(worker, url, wanted(risky))
    expect(first.statusCode).toBe(422)
    expect(first.body).toContain('могут знать друг друга')
    expect(first.body).toContain('Из тех же мест, что и ребёнок: Куляб')
    expect(first.body).toContain('Нет действующего обязательства')
    expect((await w.send(worker, url, wanted(risky, { decision: 'anyway' }))).statusCode).toBe(422)
    const named = await w.send(worker, url, wanted(starling, { childAlias: 'Lola' }))
    expect([named.statusCode, named.body.includes('похоже на настоящее имя')]).toEqual([422, true])
    expect((await w.send(worker, url, wanted(risky, { decision: 'refuse', reason: 'из одного села' }))).statusCode).toBe(303)
    // What was said of the child is not asked again.
    expect((await w.get(worker, `/ru${url}`)).body).toContain('value="Хатлон, Куляб"')
    const s = await book(caseId, starling)
    const events = (await w.as(worker, a => readJournal(a, caseId, ['story']))).filter(e => isLanguageEvent(e.type))
    expect(events.map(e => e.type)).toEqual(['interpreter_refused', 'interpreter_booked'])
    expect(openLanguageEvent(events[0]!.type, events[0]!.parts.story!)).toMatchObject({
      booking: { alias: 'Удод', reason: 'из одного села' },
    })
    // The case's page opens no story by itself: it says that there is a session, not with whom.
    const page = await w.get(worker, `/ru/cases/${caseId}`)
    expect(page.body).toContain(`/ru/cases/${caseId}/interpreters`)
    expect(page.body).toContain('назначен')
    expect(page.body).not.toContain('Скворец')
    expect((await w.get(worker, `/ru/cases/${caseId}?open=story`)).body).toContain('Скворец')
    expect(await w.as(worker, a => openSessionsOf(a, caseId))).toBe(1)
    const due = await w.as(worker, a => waitingSessions(a, { groups: a.session.groups, direct: a.session.direct }, today, worker.id))
    expect(due.rows.find(r => r.id === s)).toMatchObject({ caseId, due: today, kind: 'booked', assignee: worker.id })
    expect(due.total).toBeGreaterThanOrEqual(due.rows.length)
    const plain = JSON.stringify(
      (await w.db.owner.query('select * from app.language_session')).rows.map(r => ({ ...r, sealed: r.sealed.toString('utf8') })),
    )
    for (const word of ['Удод', 'из одного села', 'Куляб']) expect(plain).not.toContain(word)
  })

  test('a booking sent twice is one booking', async () => {
    const { worker } = w.people
    const caseId = await w.open(worker, { name: 'Дважды' })
    const url = `/ru/cases/${caseId}/interpreters/book`
    const fields = { ...hiddenOf((await w.get(worker, url)).body, url), ...wanted(starling) }
    expect([(await w.post(worker, url, fields)).statusCode, (await w.post(worker, url, fields)).statusCode]).toEqual([303, 303])
    expect((await w.as(worker, a => sessionsOf(a, caseId))).length).toBe(1)
  })

  test('apply over the journal equals the rows', async () => {
    const { worker } = w.people
    const caseId = await w.open(worker, { name: 'Повтор' })
    let seed = 20_261_124
    const pick = <V>(list: readonly V[]): V => {
      seed = (seed * 48_271) % 2_147_483_647
      return list[seed % list.length]!
    }
    for (let n = 0; n < 24; n += 1) {
      const s = pick([undefined, ...(await w.as(worker, a => sessionsOf(a, caseId)))])
      const at = `/cases/${caseId}/sessions/${s?.id}`
      if (!s)
        await w.send(
          worker,
          `/cases/${caseId}/interpreters/book`,
          wanted(linnet, { decision: pick(['book', 'refuse']), reason: pick(['', 'x']) }),
        )
      else if (pick([1, 2]) === 1)
        await w.send(worker, `${at}/${s.state === 'live' ? 'close' : 'open'}`, s.state === 'live' ? { sure: 'yes' } : {})
      else await w.send(worker, `${at}/cancel`, { reason: 'x' })
    }
    const rows = new Map<Id, SessionRow>()
    for (const e of await w.as(worker, a => readJournal(a, caseId, ['story'])))
      if (isLanguageEvent(e.type)) {
        const event = openLanguageEvent(e.type, e.parts.story!)
        rows.set(event.sessionId, apply(rows.get(event.sessionId), { caseId, homeGroup: w.teamA }, event))
      }
    expect(rows.size).toBeGreaterThan(3)
    for (const [id, row] of rows) {
      const { booking: _, ...stored } = (await w.as(worker, a => findSession(a, caseId, id)))!
      expect(stored).toEqual(row)
    }
    for (const s of await w.as(worker, a => sessionsOf(a, caseId))) if (s.state === 'live') await close(caseId, s.id)
  }, 60_000)
})

describe('register', () => {
  test('every state of an entry stays, and nobody overwrites what they have not seen', async () => {
    const { worker, boss } = w.people
    const id = await add(entry('Дрозд', { kin: canary.kin }))
    const url = `/ru/interpreters/${id}/edit`
    const old = hiddenOf((await w.get(worker, url)).body, url)
    expect((await w.send(boss, `/interpreters/${id}/edit`, entry('Дрозд-2'))).statusCode).toBe(303)
    expect((await w.post(worker, url, { ...old, ...entry('Дрозд-3') })).statusCode).toBe(409)
    const page = (await w.get(worker, `/ru/interpreters/${id}`)).body
    expect(page).toContain('Дрозд-2')
    expect(page).toContain('Сокол')
    const stored = (await w.db.owner.query('select sealed from app.interpreter_version where interpreter_id = $1', [id])).rows
    expect(stored.length).toBe(2)
    expect(stored.every(r => !r.sealed.toString('utf8').includes(canary.kin))).toBe(true)
    expect((await w.db.owner.query("select from app.journal where record = $1 and type = 'interpreter_saved'", [id])).rowCount).toBe(2)
    await expect(asSession(w.pool, worker.token, tx => tx.query('update app.interpreter_version set version = 9'))).rejects.toThrow()
  })
  test('one account is one interpreter, and only an account with that role', async () => {
    expect((await w.send(w.people.worker, '/interpreters/new', entry('Второй', { account: tongue.id }))).statusCode).toBe(422)
    expect((await w.send(w.people.worker, '/interpreters/new', entry('Чужая', { account: w.people.lawyer.id }))).statusCode).toBe(422)
  })
})
