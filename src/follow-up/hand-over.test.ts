import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Id } from '../base/id.ts'
import { compartmentNumber } from '../base/people.ts'
import { addDays, dayOf } from '../base/time.ts'
import { newId } from '../platform/records.ts'
import type { Person } from '../platform/testing.session.ts'
import { afterLast, asksUntil, scheduleAfter } from './rules.ts'
import { answersOf } from './store.ts'
import { waitingCheckIns } from './store.waiting.ts'
import { type FollowUpWorld, followUpWorld } from './world.testing.ts'

let w: FollowUpWorld
beforeAll(async () => {
  w = await followUpWorld()
}, 120_000)
afterAll(async () => {
  expect(w.logged).toEqual([])
  await w.end()
})
const needed = (['follow_up', 'identity', 'whereabouts'] as const).map(c => compartmentNumber[c])
const today = () => dayOf(new Date().toISOString())
const status = async (who: Person, url: string) => (await w.get(who, `/ru${url}`)).statusCode
const waits = (who: Person, direct: readonly Id[]) =>
  w.as(who, a => waitingCheckIns(a, { groups: a.session.groups, direct }, addDays(today(), 20)))
const grants = async (id: Id, user: Id) =>
  (
    await w.db.owner.query(
      "select rights, compartments, (until at time zone 'UTC')::date::text as until from app.grant_ where record = $1 and user_id = $2 and ended_at is null",
      [id, user],
    )
  ).rows

test('nobody else hands over, nobody else is offered, and an open case is not handed over', async () => {
  const { worker, boss, follower, psychologist, lawyer, carer, admin, duty, stranger } = w.people
  const id = await w.closed()
  for (const who of [follower, psychologist, lawyer, carer, admin, duty, stranger]) {
    expect([who.alias, await status(who, `/cases/${id}/follow-up/hand-over`)]).toEqual([who.alias, 404])
    const sent = await w.post(who, `/ru/cases/${id}/follow-up/hand-over`, { command: newId(), asks: follower.id })
    expect([who.alias, sent.statusCode]).toEqual([who.alias, 404])
  }
  const form = (await w.get(worker, `/ru/cases/${id}/follow-up/hand-over`)).body
  for (const who of [follower, worker, w.people.worker2]) expect(form).toContain(`value="${who.id}"`)
  for (const who of [boss, psychologist, carer, admin, stranger]) expect(form).not.toContain(`value="${who.id}"`)
  for (const who of [psychologist, stranger, carer])
    expect((await w.send(worker, `/cases/${id}/follow-up/hand-over`, { asks: who.id })).statusCode).toBe(422)
  const open = await w.open(worker)
  expect((await w.send(worker, `/cases/${open}/follow-up/hand-over`, { asks: follower.id })).statusCode).toBe(422)
  expect((await w.send(worker, `/cases/${open}/close`, { reason: 'goals_met', note: 'x', asks: psychologist.id })).statusCode).toBe(422)
  expect(await grants(open, psychologist.id)).toEqual([])
  // Whoever must not see the case is not offered it, though they work in its team.
  await w.db.owner.query(
    "insert into app.record_exclusion (id, record, home_group, excluded_kind, excluded_id, made_by) values ($1, $2, $3, 'user', $4, $5)",
    [newId(), id, w.teamA, follower.id, worker.id],
  )
  expect((await w.get(worker, `/ru/cases/${id}/follow-up/hand-over`)).body).not.toContain(`value="${follower.id}"`)
})

test('chosen at closing: the follow-up worker, who sees no case of the team, sees this one, its days and who it is; and nothing of the story', async () => {
  const { worker, follower } = w.people
  const id = await w.open(worker, { name: 'Лола' })
  expect(await w.as(follower, async a => a.session.groups)).toEqual([])
  expect((await waits(follower, [id])).total).toBe(0)
  const form = (await w.get(worker, `/ru/cases/${id}/close`)).body
  // The only one whose work it is stands there already.
  expect(form).toMatch(new RegExp(`value="${follower.id}"[^>]*selected|selected[^>]*value="${follower.id}"`))
  expect((await w.send(worker, `/cases/${id}/close`, { reason: 'goals_met', note: 'дома', asks: follower.id })).statusCode).toBe(303)
  const until = addDays(scheduleAfter(today(), 'goals_met').at(-1)!, afterLast)
  expect(await grants(id, follower.id)).toEqual([{ rights: ['read', 'write'], compartments: needed, until }])
  const direct = await w.as(follower, async a => a.session.direct)
  expect(direct).toContain(id)
  const due = (await waits(follower, direct)).rows
  expect(due.map(r => [r.caseId, r.kind])).toEqual([[id, 'due']])
  await w.db.owner.query('update app.check_in set due = due - 14 where case_id = $1', [id])
  const list = await w.get(follower, '/ru/follow-up')
  expect([list.statusCode, list.body.includes('Лола')]).toEqual([200, true])
  const page = (await w.get(follower, `/ru/cases/${id}/follow-up`)).body
  expect(page).toContain('Зяблик')
  // They write down how it goes, and the case worker reads it.
  const sent = await w.send(follower, `/cases/${id}/follow-up/record`, { checkIn: 'between', way: 'call', words: 'говорили с тётей' })
  expect(sent.statusCode).toBe(303)
  const read = (who: Person) => w.as(who, async a => (await answersOf(a, id)).map(x => x.recorded?.words))
  expect([await read(worker), await read(follower)]).toEqual([['говорили с тётей'], ['говорили с тётей']])
  expect((await w.get(worker, `/ru/cases/${id}`)).body).toContain('Передано, кто спрашивает')
  // Of what is sealed for them not even the header: that a note of another kind was made, and when, is part of the story.
  const course = async (who: Person) => (await w.get(who, `/ru/cases/${id}`)).body.split('id="timeline"')[1] ?? ''
  expect((await course(worker)).includes('Дело открыто')).toBe(true)
  expect((await course(follower)).includes('Дело открыто')).toBe(false)
  expect((await course(follower)).includes('Передано, кто спрашивает')).toBe(true)
})

test('nobody is asked about what never was a case: then nothing is shared', async () => {
  const { worker, follower } = w.people
  const id = await w.open(worker)
  const sent = await w.send(worker, `/cases/${id}/close`, { reason: 'opened_in_error', note: 'x', asks: follower.id })
  expect([sent.statusCode, await grants(id, follower.id)]).toEqual([303, []])
  // Left empty, it shares with nobody.
  const other = await w.closed()
  expect(await grants(other, follower.id)).toEqual([])
})

test('handed over later: works on a closed case, once; whoever had it before has it no more', async () => {
  const { worker, boss, follower } = w.people
  const id = await w.closed()
  expect((await w.get(boss, `/ru/cases/${id}/follow-up`)).body).toContain('Пока никому не поручено')
  expect((await w.send(boss, `/cases/${id}/follow-up/hand-over`, { asks: follower.id })).statusCode).toBe(303)
  expect(await status(follower, `/cases/${id}/follow-up`)).toBe(200)
  expect((await w.send(worker, `/cases/${id}/follow-up/hand-over`, { asks: follower.id })).statusCode).toBe(422)
  const second = await w.person({ agency: w.agencyId, roles: ['follow_up_worker'], member: [[w.teamA, 'follow_up']], alias: 'Зорянка' })
  expect(await status(second, `/cases/${id}/follow-up`)).toBe(404)
  // Two whose work it is: nobody is proposed.
  expect((await w.get(worker, `/ru/cases/${id}/follow-up/hand-over`)).body).not.toMatch(/<option[^>]*value="[0-9a-f-]{36}"[^>]*selected/)
  expect((await w.send(worker, `/cases/${id}/follow-up/hand-over`, { asks: second.id })).statusCode).toBe(303)
  expect([await status(second, `/cases/${id}/follow-up`), await status(follower, `/cases/${id}/follow-up`)]).toEqual([200, 404])
  expect([(await grants(id, follower.id)).length, (await grants(id, second.id)).length]).toEqual([0, 1])
})

test('the access ends 60 days after the last day on which somebody asks, and never before it began', () => {
  const day = fc
    .date({ min: new Date('2025-01-01'), max: new Date('2035-01-01'), noInvalidDate: true })
    .map(d => d.toISOString().slice(0, 10))
  fc.assert(
    fc.property(fc.array(day, { maxLength: 6 }), day, (days, now) => {
      const until = asksUntil(days, now)
      if (days.length === 0) {
        expect(until).toBeUndefined()
        return
      }
      for (const d of [...days, now]) expect(until! >= addDays(d, afterLast)).toBe(true)
      expect([...days, now].some(d => addDays(d, afterLast) === until)).toBe(true)
    }),
  )
})
