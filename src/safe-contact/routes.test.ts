import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Id } from '../base/id.ts'
import { addDays, dayOf } from '../base/time.ts'
import { type CaseWorld, caseWorld } from '../case/world.testing.ts'
import { closurePolicy } from '../closure/policy.ts'
import { registerClosure } from '../closure/routes.ts'
import { registerContact } from '../contact/routes.ts'
import { submitReport } from '../contact/store.public.ts'
import { followUpPolicy } from '../follow-up/policy.ts'
import { followUpPart, registerFollowUp } from '../follow-up/routes.ts'
import { waitingCheckIns } from '../follow-up/store.waiting.ts'
import { argonQueue } from '../platform/argon.ts'
import { random } from '../platform/crypto.ts'
import type { Asked } from '../platform/office.ts'
import { newId } from '../platform/records.ts'
import type { Ask } from '../platform/site.ts'
import { hiddenOf, type Person } from '../platform/testing.session.ts'
import { safeContactPolicy } from './policy.ts'
import { mayAnswer, registerSafeContact, safeContactPart } from './routes.ts'
import { applySafeContact, localTime } from './rules.ts'
import type { Plan } from './schema.ts'
import { planJournal, planOf } from './store.ts'
import { waitingContactPlans } from './store.waiting.ts'

let w: CaseWorld
let ask: Ask
beforeAll(async () => {
  w = await caseWorld(
    o => {
      registerContact(o, { mayAnswer })
      registerFollowUp(o)
      registerClosure(o)
      registerSafeContact(o)
    },
    [followUpPolicy, closurePolicy, safeContactPolicy],
    [followUpPart, safeContactPart],
  )
  const pool = w.db.pool('public_in', 2)
  ask = async <R>(fn: string, values: readonly unknown[]) =>
    (await pool.query(`select * from app.${fn}(${values.map((_, i) => `$${i + 1}`).join(', ')})`, values as unknown[])).rows as R[]
}, 120_000)
afterAll(async () => {
  expect(w.logged).toEqual([])
  await w.end()
})

const today = () => dayOf(new Date().toISOString())
const canary = 'тётя-канарейка из библиотеки'
const write = (who: Person, id: Id, fields: Record<string, string | string[]> = {}) =>
  w.send(who, `/cases/${id}/safe-contact/write`, { ways: 'chat', coverName: canary, never: 'полиция\nсуд', language: 'uz', ...fields })
const owner = async <R>(sql: string, values: unknown[] = []): Promise<R[]> => (await w.db.owner.query(sql, values)).rows as R[]
const personOf = async (id: Id): Promise<Id> =>
  (await owner<{ p: Id }>('select person_id as p from app.case_record where id = $1', [id]))[0]!.p
const scope = (direct: readonly Id[] = []) => ({ groups: [w.teamA], direct })

/** A child's report through the public site, answered by the desk, that became a case of the team. */
const told = async (): Promise<{ contact: Id; id: Id }> => {
  const done = await submitReport(
    ask,
    argonQueue(),
    { safeNow: 'yes', who: 'me', text: 'мне страшно', where: '', submission: newId(), seed: random(32).toString('hex'), language: 'uz' },
    new Date().toISOString(),
  )
  if (done.kind !== 'saved') throw new Error(done.kind)
  const [{ c }] = (await owner<{ c: Id }>('select contact_id as c from app.conversation where locator = $1', [done.receipt.locator])) as [
    { c: Id },
  ]
  await answer(w.people.duty, c, 'мы здесь')
  return { contact: c, id: await w.open(w.people.duty, { contact: c, name: 'Лола', team: w.teamA }) }
}
const answer = async (who: Person, contact: Id, text: string) => {
  const url = `/ru/contacts/${contact}/answer`
  return w.post(who, url, { ...hiddenOf((await w.get(who, `/ru/contacts/${contact}`)).body, url), text })
}
const sentTo = async (contact: Id): Promise<number> =>
  (await owner<{ n: number }>("select count(*)::int as n from app.message where contact_id = $1 and direction = 'out'", [contact]))[0]!.n

describe('who may not', () => {
  test('whoever may not open the case finds no plan and no form; supervision reads no plan and writes none; nobody lets pass but supervision', async () => {
    const id = await w.open(w.people.worker)
    expect((await write(w.people.worker, id)).statusCode).toBe(303)
    const { stranger, admin, psychologist, lawyer, carer, duty, follower, boss, worker } = w.people
    const status = async (who: Person, p: string) => (await w.get(who, `/ru/cases/${id}/safe-contact${p}`)).statusCode
    for (const who of [stranger, admin, psychologist, lawyer, carer, duty, follower])
      for (const p of ['', '/write', '/verify', '/end', '/override']) {
        expect([who.alias, p, await status(who, p)]).toEqual([who.alias, p, 404])
        if (p) expect((await w.post(who, `/ru/cases/${id}/safe-contact${p}`, { command: newId(), version: '1' })).statusCode).toBe(404)
      }
    for (const p of ['/write', '/verify', '/end']) expect(await status(boss, p)).toBe(404)
    expect(await status(worker, '/override')).toBe(404)
    const page = (await w.get(boss, `/ru/cases/${id}/safe-contact`)).body
    expect([page.includes('У вас нет к нему ключа'), page.includes(canary)]).toEqual([true, false])
    await w.as(stranger, async a => {
      expect((await a.tx.query('select from app.safe_contact')).rowCount).toBe(0)
      expect((await a.tx.query('select from app.safe_contact_pass')).rowCount).toBe(0)
      expect((await a.tx.query('select from app.contact_plans($1)', [newId()])).rowCount).toBe(0)
    })
    // Whoever sends cannot allow it to themselves, not even in the database.
    await expect(
      w.as(worker, a =>
        a.tx.query("insert into app.safe_contact_pass (id, case_id, home_group, opened_by, until) values ($1, $2, $3, $4, 'infinity')", [
          newId(),
          id,
          w.teamA,
          worker.id,
        ]),
      ),
    ).rejects.toThrow(/row-level security/)
  })
  test('whoever cannot see a contact learns of no plan of its children', async () => {
    const { contact, id } = await told()
    await write(w.people.worker, id)
    await w.as(w.people.stranger, async a => expect((await a.tx.query('select from app.contact_plans($1)', [contact])).rowCount).toBe(0))
    await w.as(w.people.duty, async a => expect((await a.tx.query('select from app.contact_plans($1)', [contact])).rowCount).toBe(1))
  })
})

describe('an answer', () => {
  test('before there is a plan goes out; with one, only as agreed; what was typed is kept', async () => {
    const { contact, id } = await told()
    const { worker, duty, boss } = w.people
    expect((await answer(duty, contact, 'дело открыто')).statusCode).toBe(303)
    await write(worker, id)
    // The desk of another team holds no key to it: what it cannot read it cannot keep.
    const sealed = await answer(duty, contact, 'слова-канарейки')
    expect([sealed.statusCode, sealed.body.includes('нет ключа'), sealed.body.includes('слова-канарейки')]).toEqual([422, true, true])
    expect(await sentTo(contact)).toBe(2)
    const pass = await w.send(boss, `/cases/${id}/safe-contact/override`, { reason: 'пишет, что её бьют', hours: '1' })
    expect(pass.statusCode).toBe(303)
    expect((await answer(duty, contact, 'мы едем')).statusCode).toBe(303)
    expect(await sentTo(contact)).toBe(3)
    // It stands in the case, with who and why; a second one at the same time is refused.
    expect((await w.get(worker, `/ru/cases/${id}`)).body).toContain('пишет, что её бьют')
    expect((await w.send(boss, `/cases/${id}/safe-contact/override`, { reason: 'ещё', hours: '1' })).statusCode).toBe(422)
    await owner("update app.safe_contact_pass set until = now() - interval '1 minute'")
    expect((await answer(duty, contact, 'ещё раз')).statusCode).toBe(422)
  })
  test('by a colleague with the key: outside hours, after it ran out, by another way, with a word that must not appear: refused with the reason', async () => {
    const { contact, id } = await told()
    const { worker, worker2, boss } = w.people
    await write(worker, id)
    // As if the contact were the team's: whoever answers holds the key.
    await owner('update app.record_head set home_group = $2 where record = $1', [contact, w.teamA])
    const may = (text: string) =>
      w.as(worker, a => {
        const asked = { ...a, session: { timeZone: 'Europe/Moscow' }, t: Object.assign((k: string) => k, { locale: 'ru' }), actor: worker }
        return mayAnswer(asked as unknown as Asked, { id: contact, channel: 'report', from: 'child' }, text)
      })
    expect(await may('здравствуйте')).toBeUndefined()
    expect((await may('Полицией не пугаем'))?.key).toBe('safe-contact.refused.never_word')
    expect((await may('скоро СУД'))?.key).toBe('safe-contact.refused.never_word')
    const now = localTime(new Date().toISOString(), 'Europe/Moscow').minute
    const at = (m: number) => `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`
    const [from, until] = now > 720 ? [0, 60] : [1200, 1260]
    expect((await write(worker, id, { from: at(from), until: at(until) })).statusCode).toBe(303)
    expect((await may('здравствуйте'))?.key).toBe('safe-contact.refused.hour')
    expect((await write(worker, id, { from: at(until), until: at(from) })).statusCode).toBe(422)
    await write(worker, id, { from: '', until: '', ways: ['phone', 'in_person'] })
    expect((await may('здравствуйте'))?.key).toBe('safe-contact.refused.way')
    await write(worker, id, { answerers: worker2.id })
    expect((await may('здравствуйте'))?.key).toBe('safe-contact.refused.answerer')
    await write(worker, id)
    expect(await may('здравствуйте')).toBeUndefined()
    await owner('update app.safe_contact set until_day = $2 where person_id = $1', [await personOf(id), addDays(today(), -1)])
    expect((await may('здравствуйте'))?.key).toBe('safe-contact.refused.run_out')
    await w.send(boss, `/cases/${id}/safe-contact/override`, { reason: 'опасно', hours: '4' })
    expect(await may('здравствуйте')).toBeUndefined()
    expect((await may('скоро суд'))?.key).toBe('safe-contact.refused.never_word')
    await w.send(worker, `/cases/${id}/safe-contact/end`, { reason: 'телефон забрали' })
    expect(await may('скоро суд')).toBeUndefined()
  })
})

test('a plan is written, changed by two people at once, verified and ended; what it says is sealed, and the journal says the same', async () => {
  const { worker, worker2 } = w.people
  const id = await w.open(worker)
  expect((await w.send(worker, `/cases/${id}/safe-contact/write`, { language: 'ru', coverName: canary })).statusCode).toBe(422)
  expect((await write(worker, id)).statusCode).toBe(303)
  const url = `/ru/cases/${id}/safe-contact/write`
  const late = hiddenOf((await w.get(worker2, url)).body, url)
  expect((await write(worker, id, { how: 'через тётю', answerers: [worker.id, worker2.id] })).statusCode).toBe(303)
  const stale = await w.post(worker2, url, { ...late, ways: 'phone', language: 'ru', how: 'моё слово' })
  expect([stale.statusCode, stale.body.includes('через тётю'), stale.body.includes('моё слово')]).toEqual([409, true, true])
  const next = addDays(today(), 10).split('-')
  const verified = await w.send(worker, `/cases/${id}/safe-contact/verify`, {
    how: 'спросили лично',
    'next-day': next[2]!,
    'next-month': next[1]!,
    'next-year': next[0]!,
  })
  expect(verified.statusCode).toBe(303)
  const page = (await w.get(worker, `/ru/cases/${id}/safe-contact`)).body
  for (const x of [canary, 'через тётю', 'спросили лично', worker2.alias]) expect(page).toContain(x)
  const person = await personOf(id)
  const stored = await w.as(worker, a => planOf(a, person))
  expect(stored?.until).toBe(addDays(today(), 40))
  expect((await w.get(worker, `/ru/people/${person}`)).body).toContain('Безопасная связь проверена')
  expect((await w.send(worker, `/cases/${id}/safe-contact/end`, { reason: 'переехала' })).statusCode).toBe(303)
  expect((await write(worker, id)).statusCode).toBe(303)
  await w.as(worker, async a => {
    let p: Plan | undefined
    for (const { event } of await planJournal(a, person)) p = applySafeContact(p, { personId: person, homeGroup: w.teamA }, event)
    expect(p).toEqual(await planOf(a, person))
  })
  const dump = JSON.stringify(await owner('select * from app.safe_contact')) + JSON.stringify(await owner('select * from app.journal_part'))
  expect(dump).not.toContain('канарейка')
})

test('a plan that ran out is a task of whoever has the case, and its unanswered days are nobody’s silence; an answer renews it', async () => {
  const { worker, worker2 } = w.people
  const id = await w.open(worker)
  await w.send(worker, `/cases/${id}/accept`, {})
  await write(worker, id)
  await w.send(worker, `/cases/${id}/close`, { reason: 'goals_met', note: 'дома' })
  const person = await personOf(id)
  await owner('update app.safe_contact set until_day = $2, verified = $3 where person_id = $1', [
    person,
    addDays(today(), -20),
    addDays(today(), -50),
  ])
  await owner('update app.check_in set due = $2 where id = (select id from app.check_in where case_id = $1 order by due limit 1)', [
    id,
    addDays(today(), -15),
  ])
  const waits = (who: Person, mine?: Id) => w.as(who, a => waitingContactPlans(a, scope(), today(), mine))
  const of = (r: { rows: readonly { caseId: Id }[] }) => r.rows.filter(x => x.caseId === id)
  expect(of(await waits(worker))).toMatchObject([{ caseId: id, due: addDays(today(), -19), kind: 'verify', assignee: worker.id }])
  expect(of(await waits(worker, worker.id))).toHaveLength(1)
  expect(of(await waits(worker2, worker2.id))).toEqual([])
  expect(of(await waits(w.people.stranger))).toEqual([])
  const kinds = async () =>
    (await w.as(worker, a => waitingCheckIns(a, { groups: [w.teamA], direct: [] }, today()))).rows
      .filter(r => r.caseId === id)
      .map(r => r.kind)
  expect(await kinds()).toEqual(['unsent'])
  const page = (await w.get(worker, `/ru/cases/${id}/follow-up`)).body
  expect([page.includes('Это не молчание ребёнка'), page.includes('ответа пока нет')]).toEqual([true, false])
  // Verified: the week begins anew.
  await w.send(worker, `/cases/${id}/safe-contact/verify`, { how: 'спросили' })
  expect(of(await waits(worker))).toEqual([])
  expect(await kinds()).toEqual(['unsent'])
  await owner('update app.safe_contact set verified = $2 where person_id = $1', [person, addDays(today(), -8)])
  expect(await kinds()).toEqual(['missed'])
  const until = (await owner<{ u: string }>('select until_day::text as u from app.safe_contact where person_id = $1', [person]))[0]!.u
  const first = (await owner<{ id: Id }>('select id from app.check_in where case_id = $1 order by due limit 1', [id]))[0]!.id
  const recorded = await w.send(worker, `/cases/${id}/follow-up/record`, { checkIn: first, way: 'call', words: 'всё хорошо' })
  expect(recorded.statusCode).toBe(303)
  const [after] = await owner<{ u: string; v: string }>(
    'select until_day::text as u, verified::text as v from app.safe_contact where person_id = $1',
    [person],
  )
  expect(after!.v).toBe(today())
  expect(after!.u > until).toBe(true)
})
