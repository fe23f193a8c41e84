import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Id } from '../base/id.ts'
import { type CaseWorld, caseWorld } from '../case/world.testing.ts'
import { followUpPolicy } from '../follow-up/policy.ts'
import { asSession } from '../platform/db.ts'
import { newId } from '../platform/records.ts'
import type { Person } from '../platform/testing.session.ts'
import { languagePolicy } from './policy.ts'
import { registerLanguage } from './routes.ts'

/* Whoever is kept from a child, asked with SQL of their own inside a live session, about everything that hangs on another case of that child. */

let w: CaseWorld
let tongue: Person
beforeAll(async () => {
  w = await caseWorld(registerLanguage, [languagePolicy, followUpPolicy])
  tongue = await w.person({ agency: w.agencyId, roles: ['interpreter'], alias: 'Скворец' })
}, 180_000)
afterAll(() => w.end())

const as = <V>(who: Person, sql: string, values: readonly unknown[]) =>
  asSession(w.pool, who.token, async tx => (await tx.query<{ v: V }>(sql, values)).rows[0]?.v)
const personOf = async (caseId: Id): Promise<Id> =>
  (await w.db.owner.query<{ person_id: Id }>('select person_id from app.case_record where id = $1', [caseId])).rows[0]!.person_id
const excludes = (record: Id, who: Id) =>
  asSession(w.pool, w.people.boss.token, tx =>
    tx.query(
      "insert into app.record_exclusion (id, record, home_group, excluded_kind, excluded_id, made_by) values (gen_random_uuid(), $1, $2, 'user', $3, $4)",
      [record, w.teamA, who, w.people.boss.id],
    ),
  )
const booked = async (caseId: Id): Promise<Id> => {
  const id = newId()
  await asSession(w.pool, w.people.worker.token, tx =>
    tx.query(
      "insert into app.language_session (id, case_id, home_group, day, state, booked_by, warnings, sealed) values ($1, $2, $3, current_date, 'booked', $4, 0, '\\x00')",
      [id, caseId, w.teamA, w.people.worker.id],
    ),
  )
  return id
}
const openRoom = async (s: Id, to: Id) => {
  const answer = await as<string>(w.people.worker, "select app.session_open_room($1, $2, $3, now() + interval '1 hour') as v", [
    s,
    to,
    newId(),
  ])
  if (answer === 'ok')
    await as(
      w.people.worker,
      "insert into app.session_room (id, home_group, until, sealed) values ($1, $2, now() + interval '1 hour', '\\x00')",
      [s, w.teamA],
    )
  return answer
}
const sees = (who: Person, s: Id) => as<number>(who, 'select count(*)::int as v from app.session_room where id = $1', [s])

test('an interpreter kept from the child is not let into a room of any of its cases', async () => {
  const c = await w.open(w.people.worker, { name: 'Ручей' })
  await excludes(await personOf(c), tongue.id)
  expect(await openRoom(await booked(c), tongue.id)).toBe('excluded')
})

test('kept from the child while the room is open: the interpreter and a colleague of the team see nothing of it from then on', async () => {
  const c = await w.open(w.people.worker, { name: 'Родник' })
  const s = await booked(c)
  expect(await openRoom(s, tongue.id)).toBe('ok')
  expect([await sees(tongue, s), await sees(w.people.worker2, s)]).toEqual([1, 1])
  const child = await personOf(c)
  await excludes(child, tongue.id)
  await excludes(child, w.people.worker2.id)
  expect([await sees(tongue, s), await sees(w.people.worker2, s), await sees(w.people.worker, s)]).toEqual([0, 0, 1])
  expect(await as(w.people.worker2, 'select count(*)::int as v from app.journal where record = $1', [s])).toBe(0)
  const { rows } = await w.db.owner.query('select ended_at is not null as over from app.grant_ where record = $1 and user_id = $2', [
    s,
    tongue.id,
  ])
  expect(rows).toEqual([{ over: true }])
})

test('no session is booked under the id of another record: its room would give access to that record, and closing it take every key away', async () => {
  const [own, victim] = [await w.open(w.people.worker, { name: 'Омут' }), await w.open(w.people.worker, { name: 'Заводь' })]
  const insert =
    "insert into app.language_session (id, case_id, home_group, day, state, booked_by, warnings, sealed) values ($1, $2, $3, current_date, 'live', $4, 0, '\\x00')"
  for (const id of [victim, await personOf(victim)])
    await expect(as(w.people.worker, insert, [id, own, w.teamA, w.people.worker.id])).rejects.toThrow('no such session')
})

test('how another case of the child came to us is hidden too', async () => {
  const contact = await w.contact()
  await asSession(w.pool, w.people.duty.token, tx => tx.query('select app.move_home_group($1, $2)', [contact, w.teamA]))
  const c = await w.open(w.people.worker, { name: 'Озеро', contact })
  const sql = 'select count(*)::int as v from app.contact where id = $1'
  expect(await as(w.people.worker2, sql, [contact])).toBe(1)
  await excludes(await personOf(c), w.people.worker2.id)
  expect([await as(w.people.worker2, sql, [contact]), await as(w.people.worker, sql, [contact])]).toEqual([0, 1])
})

test('emergency access writes neither a session nor anything of follow-up', async () => {
  const c = await w.open(w.people.worker, { name: 'Пруд' })
  const outside = await w.person({ agency: w.agencyId, roles: ['case_worker'] })
  await w.db.owner.query(
    "insert into app.grant_ (id, record, kind, home_group, user_id, compartments, rights, purpose, until, granted_by) values ($1, $2, 'case', $3, $4, '{}', '{read}', 'break_glass', now() + interval '1 hour', $4)",
    [newId(), c, w.teamA, outside.id],
  )
  const asked = newId()
  await as(w.people.worker, "insert into app.check_in (id, case_id, home_group, due, state) values ($1, $2, $3, current_date, 'planned')", [
    asked,
    c,
    w.teamA,
  ])
  expect(await as(outside, 'select count(*)::int as v from app.check_in where id = $1', [asked])).toBe(1)
  for (const sql of [
    "insert into app.language_session (id, case_id, home_group, day, state, booked_by, warnings, sealed) values (gen_random_uuid(), $1, $2, current_date, 'booked', app.uid(), 0, '\\x00')",
    "insert into app.check_in (id, case_id, home_group, due, state) values (gen_random_uuid(), $1, $2, current_date, 'planned')",
    "insert into app.check_in_answer (id, case_id, home_group, day, help, unread, sealed) values (gen_random_uuid(), $1, $2, current_date, false, false, '\\x00')",
    "insert into app.check_in_code (id, case_id, home_group, locator, salt, kdf, proof_hash, public_x, sealed, made_day, until_day) values (gen_random_uuid(), $1, $2, 1, '\\x00', 'x', '\\x00', '\\x00', '\\x00', current_date, current_date)",
  ])
    await expect(as(outside, sql, [c, w.teamA]), sql).rejects.toMatchObject({ code: '42501' })
  await as(outside, "update app.check_in set state = 'ended' where case_id = $1", [c])
  expect(await as(w.people.worker, 'select state as v from app.check_in where id = $1', [asked])).toBe('planned')
})

test('a room goes with its case to another team, and leaves nothing with the former one', async () => {
  const c = await w.open(w.people.worker, { name: 'Залив' })
  const other = await w.team(w.agencyId)
  const s = newId()
  await as(
    w.people.worker,
    "insert into app.language_session (id, case_id, home_group, day, state, booked_by, warnings, sealed) values ($1, $2, $3, current_date, 'booked', $4, 0, '\\x00')",
    [s, c, w.teamA, w.people.worker.id],
  )
  expect(await as(w.people.worker, "select app.session_open_room($1, null, $2, now() + interval '1 hour') as v", [s, newId()])).toBe('ok')
  await as(
    w.people.worker,
    "insert into app.session_room (id, home_group, until, sealed) values ($1, $2, now() + interval '1 hour', '\\x00')",
    [s, w.teamA],
  )
  await as(w.people.worker, 'select app.move_home_group($1, $2)', [c, other])
  for (const [table, column] of [
    ['session_room', 'id'],
    ['record_head', 'record'],
    ['journal', 'record'],
  ] as const)
    expect((await w.db.owner.query(`select home_group from app.${table} where ${column} = $1`, [s])).rows, table).toEqual([
      { home_group: other },
    ])
})
