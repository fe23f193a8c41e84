import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CaseWorld, caseWorld } from '../case/world.testing.ts'
import type { Person as Who } from '../platform/testing.session.ts'
import { matchPolicy } from './policy.match.ts'
import { registerTraces } from './routes.trace.ts'
import {
  answersAllowed,
  answerTrace,
  applyTrace,
  checkTrace,
  comparedOfTrace,
  lookAtTrace,
  receiveTrace,
  repeatsOf,
} from './rules.trace.ts'
import { type Asked, answers, callBacks, dangers, type Trace, type TraceEvent } from './schema.trace.ts'
import { findTrace, traceJournal } from './store.trace.ts'

let w: CaseWorld
let boss2: Who
beforeAll(async () => {
  w = await caseWorld(registerTraces, [matchPolicy])
  boss2 = await w.person({ agency: w.agencyId, roles: ['supervisor'], member: [[w.teamA, 'supervision']], alias: 'Беркут' })
}, 120_000)
afterAll(async () => {
  expect(w.logged).toEqual([])
  await w.end()
})

const asked = {
  how: 'call',
  asker: 'relative',
  sex: 'not_asked',
  askerName: 'Анвар',
  contact: '+7 921 555-44-33',
  claimed: 'знает, что она у вас',
}
const ask = (who: Who, childName: string, more: Record<string, string> = {}) => w.send(who, '/asks/new', { ...asked, childName, ...more })
const last = async (home: string) =>
  (
    await w.db.owner.query('select t.id from app.trace t join app.record_head h on h.record = t.id where t.home_group = $1', [home])
  ).rows.map(r => r.id as string)

test('whoever answers the telephone reads no asking, not even their own; the stranger and who has no telephone find nothing', async () => {
  const before = new Set(await last(w.teamA))
  expect((await ask(w.people.worker, 'Зарина')).statusCode).toBe(303)
  const id = (await last(w.teamA)).find(x => !before.has(x))!
  for (const who of [
    w.people.worker,
    w.people.worker2,
    w.people.duty,
    w.people.psychologist,
    w.people.carer,
    w.people.admin,
    w.people.stranger,
  ]) {
    for (const p of [`/traces/${id}`, `/traces/${id}/check`, `/traces/${id}/answer`, `/traces/${id}/look`])
      expect([who.alias, p, (await w.get(who, `/ru${p}`)).statusCode]).toEqual([who.alias, p, 404])
    expect((await w.post(who, `/ru/traces/${id}/answer`, { answer: 'neither', said: 'x', version: '1' })).statusCode).toBe(404)
    // Nor by SQL of their own.
    expect((await w.as(who, x => x.tx.query('select from app.trace'))).rowCount).toBe(0)
  }
  for (const who of [w.people.carer, w.people.admin, w.people.psychologist]) expect((await w.get(who, '/ru/asks/new')).statusCode).toBe(404)
  for (const who of [w.people.worker, w.people.duty]) expect((await w.get(who, '/ru/traces')).statusCode).toBe(404)
  expect((await w.get(w.people.boss, `/ru/traces/${id}`)).body).toContain('Зарина')
  // A team of others cannot be named.
  expect((await w.post(w.people.duty, '/ru/asks/new', { ...asked, childName: 'x', team: w.teamA })).statusCode).toBe(422)
})

test('what is shown after asking is the same bytes whether the child is known or not, and nothing was looked up', async () => {
  await w.open(w.people.worker, { name: 'Нилуфар Собирова' })
  // What differs from one request to the next on every page: fresh ids.
  const same = (s: string) => s.replace(/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/g, 'ID')
  const seen = async (who: Who, child: string) => {
    const r = await ask(who, child)
    const { date: _, ...headers } = r.headers
    const next = await w.get(who, String(r.headers.location))
    return [r.statusCode, same(JSON.stringify(headers)), r.body, next.statusCode, same(next.body)]
  }
  const reads = async () => Number((await w.db.owner.query('select count(*) as n from app.read_audit')).rows[0].n)
  for (const who of [w.people.worker, w.people.duty, w.people.boss]) {
    const before = await reads()
    const [known, unknown] = [await seen(who, 'Нилуфар Собирова'), await seen(who, 'Кристофер Робин Иной')]
    expect(known).toEqual(unknown)
    expect(known[0]).toBe(303)
    expect(String(known[4])).not.toContain('Собирова')
    expect(await reads()).toBe(before)
  }
})

test('the coordinator sees who may be meant and who asked before; an answer needs a check first and a second person after', async () => {
  const child = await w.open(w.people.worker, { name: 'Мехрангез Одинаева' })
  const person = (await w.db.owner.query('select person_id from app.case_record where id = $1', [child])).rows[0].person_id
  await ask(w.people.worker, 'Mehrangez Odinaeva', { contact: '8 (921) 700-11-22' })
  const before = new Set(await last(w.teamA))
  await w.send(w.people.boss, '/traces/new', {
    ...asked,
    childName: 'Мехрангез',
    contact: '+79217001122',
    asker: 'partner_of_child',
    askerName: '',
  })
  const id = (await last(w.teamA)).find(x => !before.has(x))!
  const boss = w.people.boss
  const page = (await w.get(boss, `/ru/traces/${id}`)).body
  expect(page).toContain(`/people/${person}`)
  expect(page).toContain('тот же номер или адрес')
  expect((await w.get(boss, '/ru/traces')).body).toContain('похожая запись')
  const act = (who: Who, what: string, fields: Record<string, string>) => w.send(who, `/traces/${id}/${what}`, fields)
  expect((await act(boss, 'answer', { answer: 'neither', said: 'x' })).body).toContain('Сначала проверьте')
  expect((await act(boss, 'check', { danger: 'maybe', callBack: 'not_reached', knows: 'адрес приюта' })).statusCode).toBe(303)
  const refused = await act(boss, 'answer', { answer: 'contact', said: 'дали телефон' })
  expect([refused.statusCode, refused.body.includes('перезвонили сами'), refused.body.includes('дали телефон')]).toEqual([422, true, true])
  expect((await act(boss, 'answer', { answer: 'neither', said: 'ни да, ни нет', to: 'тому, кто звонил' })).statusCode).toBe(303)
  expect((await act(boss, 'look', {})).statusCode).toBe(422)
  expect((await act(boss2, 'look', { note: 'верно' })).statusCode).toBe(303)
  expect((await act(boss, 'check', { danger: 'no_sign', callBack: 'confirmed' })).statusCode).toBe(422)
  // What the journal says is what the record says.
  await w.as(boss, async a => {
    const t = (await findTrace(a, id))!
    const replayed = (await traceJournal(a, id)).reduce<Trace | undefined>((x, h) => applyTrace(x, t, h.event as TraceEvent), undefined)
    expect(replayed).toEqual(t)
    expect(t.state).toBe('closed')
  })
})

test('a child recorded after the question is found at the next look', async () => {
  const before = new Set(await last(w.teamA))
  await ask(w.people.worker, 'Фируза Назарова', { childAge: '13' })
  const id = (await last(w.teamA)).find(x => !before.has(x))!
  const sees = async () => (await w.get(w.people.boss, `/ru/traces/${id}`)).body.includes('Похожих записей нет')
  expect(await sees()).toBe(true)
  await w.open(w.people.worker, { name: 'Firuza Nazarova' })
  expect(await sees()).toBe(false)
})

const text = fc.constantFrom('', ' ', 'Анвар', '+7 921 555 44 33', 'слова')
const anAsked: fc.Arbitrary<Asked> = fc.record({
  how: fc.constant('call' as const),
  asker: fc.constantFrom('parent' as const, 'unknown' as const),
  askerName: text,
  contact: text,
  childName: text,
  childAge: fc.constantFrom('', '12', '2012', 'лет десять'),
  sex: fc.constantFrom('not_asked' as const, 'female' as const),
  origin: fc.constantFrom('', 'Узбекистан'),
  claimed: text,
  wants: text,
})
test('nobody is answered unchecked, nobody dangerous is told anything, nobody looks at their own answer; repeats are mutual', () => {
  const who = fc.record({ by: fc.constantFrom('a', 'b'), at: fc.constant('2026-01-01T00:00:00.000Z') })
  const command = fc.oneof(
    fc.record({ do: fc.constant('check' as const), danger: fc.constantFrom(...dangers), callBack: fc.constantFrom(...callBacks), who }),
    fc.record({ do: fc.constant('answer' as const), answer: fc.constantFrom(...answers), who }),
    fc.record({ do: fc.constant('look' as const), who }),
  )
  fc.assert(
    fc.property(anAsked, fc.array(command, { maxLength: 8 }), (a, commands) => {
      const first = receiveTrace(a)
      if (!first.ok) return
      let t = applyTrace(undefined, { id: 'x', homeGroup: 'g', way: 'ask', received: '2026-01-01' }, first.value)
      for (const c of commands) {
        const r =
          c.do === 'check'
            ? checkTrace(t, { danger: c.danger, knows: '', callBack: c.callBack, note: '' }, c.who)
            : c.do === 'answer'
              ? answerTrace(t, { answer: c.answer, said: 'x', to: '' }, c.who)
              : lookAtTrace(t, '', c.who)
        if (r.ok) t = applyTrace(t, t, r.value)
      }
      const { safety, answered, looked } = t.file
      if (answered) expect(safety && answersAllowed(safety)).toContain(answered.answer)
      if (answered && safety?.danger !== 'no_sign') expect(['neither', 'to_authority']).toContain(answered.answer)
      if (looked) expect(looked.by).not.toBe(answered?.by)
    }),
  )
  fc.assert(
    fc.property(anAsked, anAsked, (a, b) => {
      expect(repeatsOf(a, b)).toEqual(repeatsOf(b, a))
    }),
  )
  expect(
    comparedOfTrace({ ...asked, childName: 'Зарина', childAge: '12', origin: 'Узбекистан', wants: '' } as Asked, '2026-11-24'),
  ).toMatchObject({
    names: ['Зарина'],
    minYear: 2013,
    maxYear: 2014,
    origin: 'UZ',
    relatives: ['Анвар'],
  })
})
