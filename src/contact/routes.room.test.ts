import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Id } from '../base/id.ts'
import { roles } from '../base/people.ts'
import { asSession } from '../platform/db.ts'
import { newId } from '../platform/records.ts'
import { hiddenOf, type Person } from '../platform/testing.session.ts'
import { canary, deskWorld } from './desk.testing.ts'
import { endRooms } from './jobs.room.ts'
import type { InterpreterChoice } from './schema.room.ts'
import { prekeyRecord } from './store.prekeys.ts'
import { roomsOfMine, roomTurns } from './store.room.ts'
import { contactMessages } from './store.ts'

let listed: InterpreterChoice[] = []
const d = await deskWorld({ interpreters: async () => listed })
const { w, desk, worker, boss, stranger, report, act, file, replayed, home } = d
let tongue: Person
let second: Person
let colleague: Person
beforeAll(async () => {
  const agency = desk.agency
  tongue = await w.person({ agency, roles: ['interpreter'], alias: 'Скворец' })
  second = await w.person({ agency, roles: ['interpreter'], alias: 'Дрозд' })
  const elsewhere = await w.team(agency, { name: 'Дальняя' })
  colleague = await w.person({ agency, roles: ['case_worker'], member: [[elsewhere, 'casework']], alias: 'Иволга' })
  listed = [
    { account: tongue.id, alias: 'Скворец', warnings: [] },
    { account: second.id, alias: 'Дрозд', warnings: [{ key: 'language.warning.ties_not_asked' }] },
  ]
})
afterAll(() => w.end())

const sql = <V>(who: Person, text: string, values: readonly unknown[] = []) =>
  asSession(w.pool, who.token, async tx => (await tx.query<{ v: V }>(text, values)).rows.map(r => r.v))
const roomOf = async (contact: Id): Promise<Id> =>
  (await w.db.owner.query<{ id: Id }>('select id from app.contact_room where contact_id = $1', [contact])).rows[0]!.id
const invited = async (who: Person, fields: Record<string, string> = {}) => {
  const { id } = await report()
  expect((await act(desk, id, 'invite', { who: who.id, ...fields })).statusCode).toBe(303)
  return { id, room: await roomOf(id) }
}
/** What the child writes later: the words themselves are sealed by the public form. */
const writes = async (id: Id, text: string) => {
  await w.as(desk, async x => {
    const { sealWith } = await import('../platform/records.ts')
    const message = newId()
    const sealed = await sealWith(
      x,
      id,
      'contact',
      home,
      'story',
      { table: 'message', row: message },
      { schema: 1, value: { text, language: 'tg' } },
    )
    await x.tx.query(
      "insert into app.message (id, contact_id, home_group, seq, direction, at, sealed) select $1, $2, $3, coalesce(max(seq), 0) + 1, 'in', now(), $4 from app.message where contact_id = $2",
      [message, id, home, sealed],
    )
  })
}
const post = async (who: Person, page: string, url: string, fields: Record<string, string>) =>
  w.post(who, url, { ...hiddenOf((await w.get(who, page)).body, url), ...fields })
const end = async (id: Id) => {
  const r = await act(desk, id, 'uninvite', {})
  expect(r.statusCode, r.body).toBe(303)
}

describe('who may not', () => {
  test('contact:room: others get the bytes of an unknown address, and whoever may gets no room they were not asked into', async () => {
    const { id, room } = await invited(tongue)
    const unknown = (await w.get(desk, '/ru/no-such-page')).body
    for (const role of roles) {
      const p = await w.person({ agency: desk.agency, roles: [role] })
      for (const url of [`/ru/rooms/contact/${room}`, `/ru/rooms/contact/${room}/live`]) {
        const r = await w.get(p, url)
        expect([r.statusCode, r.body], `${role} ${url}`).toEqual([404, unknown])
      }
      expect((await w.post(p, `/ru/rooms/contact/${room}`, { use: 'answer', text: 'x' })).statusCode, role).toBe(404)
    }
    expect((await w.get(undefined, `/ru/rooms/contact/${room}`)).headers.location).toContain('/ru/sign-in')
    for (const who of [stranger, boss, worker]) expect((await w.get(who, `/ru/rooms/contact/${room}`)).statusCode).toBe(404)
    await end(id)
  })

  test('whoever was asked in reads no story, no message, no other room; asked with SQL of their own', async () => {
    const { id, room } = await invited(tongue)
    const other = await invited(colleague)
    for (const table of ['contact', 'conversation', 'message', 'prekey', 'screening', 'case_record', 'person'])
      expect(await sql(tongue, `select 1 as v from app.${table}`), table).toEqual([])
    expect(await sql(tongue, 'select record as v from app.sealed')).toEqual([])
    expect(await sql(tongue, 'select distinct record as v from app.key_wrap')).toEqual([room])
    expect(await sql(tongue, 'select id as v from app.contact_room')).toEqual([room])
    expect(await sql(tongue, 'select id as v from app.contact_room_turn where record = $1', [other.room])).toEqual([])
    expect((await w.get(tongue, `/ru/contacts/${id}`)).statusCode).toBe(404)
    expect((await w.get(colleague, `/ru/contacts/${other.id}`)).statusCode).toBe(404)
    expect((await w.get(tongue, `/ru/rooms/contact/${other.room}`)).statusCode).toBe(404)
    // They make no room and change none.
    await expect(
      sql(tongue, 'select app.contact_room_open($1, $2, $3, $4, now()) as v', [newId(), id, second.id, newId()]),
    ).rejects.toThrow()
    await expect(sql(tongue, 'select app.contact_room_close($1, $2) as v', [id, newId()])).rejects.toThrow()
    expect(await sql(tongue, 'update app.contact_room set passed_seq = 0 returning 1 as v')).toEqual([])
    await end(id)
    await end(other.id)
  })

  test('nobody is let in who reads it anyway, is of another agency, is kept from it, or is in another room; an interpreter with a warning only with a reason', async () => {
    const { id } = await report()
    for (const who of [worker, desk, stranger, boss]) expect((await act(desk, id, 'invite', { who: who.id })).statusCode).toBe(422)
    expect((await act(desk, id, 'invite', { who: second.id })).statusCode).toBe(422)
    const open = (who: Person, contact = id) =>
      sql<string>(desk, "select app.contact_room_open($1, $2, $3, $4, now() + interval '1 hour') as v", [newId(), contact, who.id, newId()])
    for (const who of [worker, desk, stranger, boss]) expect(await open(who)).toEqual(['not_to_be_invited'])
    await expect(
      sql(desk, "select app.contact_room_open($1, $2, $3, $4, now() + interval '5 hours') as v", [newId(), id, tongue.id, newId()]),
    ).rejects.toThrow('too long')
    for (const who of [stranger, colleague])
      await expect(sql(who, 'select app.contact_room_open($1, $2, $3, $4, now()) as v', [newId(), id, tongue.id, newId()])).rejects.toThrow(
        'out of scope',
      )
    const busy = await invited(tongue)
    expect((await act(desk, id, 'invite', { who: tongue.id })).statusCode).toBe(409)
    await end(busy.id)
    await w.db.owner.query(
      "insert into app.record_exclusion (id, record, home_group, excluded_kind, excluded_id, made_by) values (gen_random_uuid(), $1, $2, 'user', $3, $4)",
      [id, home, tongue.id, boss.id],
    )
    expect((await act(desk, id, 'invite', { who: tongue.id })).statusCode).toBe(422)
    expect((await w.db.owner.query('select count(*)::int as n from app.contact_room where contact_id = $1', [id])).rows[0].n).toBe(0)
    expect((await act(desk, id, 'invite', { who: second.id, inviteWhy: 'больше никого' })).statusCode).toBe(303)
    await end(id)
  })

  test('no room is written under the id of another record: closing it would take every key of that record away', async () => {
    const { id, room } = await invited(tongue)
    const victim = (await report()).id
    const days = prekeyRecord(home)
    const wraps = async (record: Id) =>
      (await w.db.owner.query<{ n: number }>('select count(*)::int as n from app.key_wrap where record = $1', [record])).rows[0]!.n
    expect(await wraps(victim)).toBeGreaterThan(1)
    await w.db.owner.query(
      "insert into app.key_wrap (record, kind, compartment, home_group, dek_version, holder, holder_id, holder_version, form, wrapped) values ($1, 'contact', 4, $2, 1, 'team', $2, 1, 0, '\\x00') on conflict do nothing",
      [days, home],
    )
    const row = (at: Id, who: Person) =>
      sql(
        desk,
        "insert into app.contact_room (id, contact_id, home_group, invited_id, opened_at, until, passed_seq, sealed) values ($1, $2, $3, $4, now(), now() + interval '1 hour', 0, '\\x00') returning 1 as v",
        [at, id, home, who.id],
      )
    for (const at of [victim, days, newId()]) await expect(row(at, tongue), at).rejects.toThrow(/no such room/)
    await end(id)
    await expect(row(room, tongue)).rejects.toThrow(/no such room/)
    for (const at of [victim, days, id])
      await expect(
        sql(desk, "select app.contact_room_open($1, $2, $3, $4, now() + interval '1 hour') as v", [at, id, second.id, newId()]),
      ).rejects.toThrow('taken')
    // What was begun for one is not written for another, nor for longer.
    const own = newId()
    expect(
      await sql(desk, "select app.contact_room_open($1, $2, $3, $4, now() + interval '1 minute') as v", [own, id, second.id, newId()]),
    ).toEqual(['ok'])
    for (const who of [tongue, second]) await expect(row(own, who)).rejects.toThrow(/no such room/)
    await w.db.owner.query('update app.grant_ set ended_at = now() where record = $1', [own])
    expect([(await wraps(victim)) > 1, (await wraps(days)) > 0]).toEqual([true, true])
  })

  test('somebody kept from the child later is out of the room at once', async () => {
    const { id, room } = await invited(tongue)
    expect((await w.get(tongue, `/ru/rooms/contact/${room}`)).statusCode).toBe(200)
    await w.db.owner.query(
      "insert into app.record_exclusion (id, record, home_group, excluded_kind, excluded_id, made_by) values (gen_random_uuid(), $1, $2, 'user', $3, $4)",
      [id, home, tongue.id, boss.id],
    )
    expect((await w.get(tongue, `/ru/rooms/contact/${room}`)).statusCode).toBe(404)
    expect(await sql(tongue, 'select 1 as v from app.key_wrap where record = $1', [room])).toEqual([])
    await end(id)
  })
})

test('new words only: what came before stays out, what comes after is sealed anew into the room, in both directions, once', async () => {
  const { id, room } = await invited(tongue)
  const url = `/ru/rooms/contact/${room}`
  const before = (await w.get(tongue, url)).body
  expect(before).not.toContain(canary)
  expect(before).not.toContain('вокзала')
  await writes(id, 'Ман метарсам')
  expect((await w.get(desk, `/ru/contacts/${id}`)).body).toContain('data-desk-pass')
  expect((await w.get(tongue, url)).body, 'opening the page passes nothing on').not.toContain('Ман метарсам')
  const pass = `/ru/contacts/${id}/pass-on`
  expect((await post(desk, `/ru/contacts/${id}`, pass, {})).statusCode).toBe(303)
  expect((await w.post(desk, pass, { command: newId() })).statusCode).toBe(303)
  expect((await act(desk, id, 'answer', { text: 'Мы рядом' })).statusCode).toBe(303)
  const { body } = await w.get(tongue, url)
  expect(body).toContain('Ман метарсам')
  expect(body).toContain('Мы рядом')
  expect(body).not.toContain(canary)
  expect((await w.as(desk, x => roomTurns(x, room))).map(t => t.kind)).toEqual(['in', 'out'])
  await end(id)
})

test('the invited says what it means and what to answer; the desk sees it beside the message and sends it, marked as interpreted', async () => {
  const { id, room } = await invited(tongue)
  await writes(id, 'Ман метарсам')
  expect((await act(desk, id, 'read', {})).statusCode).toBe(303)
  const url = `/ru/rooms/contact/${room}`
  const page = (await w.get(tongue, url)).body
  const about = (await w.as(tongue, x => roomTurns(x, room)))[0]!.id
  expect(page).toContain(about)
  expect((await post(tongue, url, url, { use: 'meaning', about, text: '' })).statusCode).toBe(422)
  expect((await post(tongue, url, url, { use: 'meaning', about, text: 'Мне страшно' })).statusCode).toBe(303)
  expect((await post(desk, `/ru/contacts/${id}`, `/ru/contacts/${id}/ask`, { ask: 'Переведите: ты не один' })).statusCode).toBe(303)
  expect((await w.get(tongue, url)).body).toContain('ты не один')
  expect((await post(tongue, url, url, { use: 'answer', about: '', text: 'Ту танҳо нестӣ' })).statusCode).toBe(303)
  const seen = (await w.get(desk, `/ru/contacts/${id}`)).body
  expect(seen).toContain('Мне страшно')
  expect(seen).toContain('Ту танҳо нестӣ')
  const turns = await w.as(desk, x => roomTurns(x, room))
  const turn = turns.find(t => t.kind === 'answer')!.id
  // Nothing but an answer that was suggested in this very room is sent.
  for (const wrong of [newId(), turns.find(t => t.kind === 'meaning')!.id])
    expect((await act(desk, id, 'suggested', { turn: wrong })).statusCode).toBe(409)
  expect((await act(desk, id, 'suggested', { turn })).statusCode).toBe(303)
  const said = (await w.as(desk, x => contactMessages(x, id))).at(-1)!
  expect(said).toMatchObject({ direction: 'out', body: { text: 'Ту танҳо нестӣ', interpretedBy: 'Скворец' } })
  expect((await w.get(desk, `/ru/contacts/${id}`)).body).toContain('перевод: Скворец')
  expect((await w.db.owner.query('select sealed_out is not null as x from app.message where id = $1', [said.id])).rows[0].x).toBe(true)
  await replayed(id)
  await end(id)
  await replayed(id)
})

test('after the end there is nothing: by the desk, by closing, by the hours', async () => {
  const gone = async (room: Id) => {
    expect((await w.get(tongue, `/ru/rooms/contact/${room}`)).statusCode).toBe(404)
    expect((await w.get(tongue, `/ru/rooms/contact/${room}/live`)).statusCode).toBe(404)
    expect(await sql(tongue, 'select 1 as v from app.key_wrap')).toEqual([])
    expect(await sql(tongue, 'select 1 as v from app.contact_room')).toEqual([])
    expect(await sql(tongue, 'select 1 as v from app.contact_room_turn')).toEqual([])
  }
  const left = async (room: Id) =>
    (
      await w.db.owner.query(
        'select (select count(*) from app.contact_room_turn where record = $1)::int + (select count(*) from app.key_wrap where record = $1)::int as n',
        [room],
      )
    ).rows[0].n
  const one = await invited(tongue)
  await writes(one.id, 'один')
  expect((await act(desk, one.id, 'read', {})).statusCode).toBe(303)
  expect(await left(one.room)).toBeGreaterThan(0)
  await end(one.id)
  await gone(one.room)
  expect(await left(one.room)).toBe(0)
  expect(
    (await act(desk, one.id, 'uninvite', {}, { command: newId(), version: String((await file(desk, one.id))!.contact.version) }))
      .statusCode,
  ).toBe(409)

  const two = await invited(tongue)
  await writes(two.id, 'два')
  expect((await act(desk, two.id, 'read', {})).statusCode).toBe(303)
  expect((await act(desk, two.id, 'close', { outcome: 'advice_given' })).statusCode).toBe(303)
  await gone(two.room)
  expect(await left(two.room)).toBe(0)
  await replayed(two.id)

  const three = await invited(tongue)
  await writes(three.id, 'три')
  expect((await act(desk, three.id, 'read', {})).statusCode).toBe(303)
  await w.db.owner.query("update app.contact_room set until = now() - interval '1 minute' where id = $1", [three.room])
  await w.db.owner.query("update app.grant_ set until = now() - interval '1 minute' where record = $1", [three.room])
  await w.db.owner.query("update app.key_wrap set until = now() - interval '1 minute' where record = $1 and holder = 'user'", [three.room])
  expect((await w.get(tongue, `/ru/rooms/contact/${three.room}`)).statusCode).toBe(404)
  expect(await w.as(tongue, x => roomsOfMine(x))).toEqual([])
  const job = w.db.pool('job', 1)
  expect(await endRooms({ pool: job, clock: () => new Date() } as unknown as Parameters<typeof endRooms>[0])).toEqual({ ended: 1 })
  await gone(three.room)
  expect(await left(three.room)).toBe(0)
  // Somebody else may be asked in afterwards.
  expect((await act(desk, three.id, 'invite', { who: tongue.id })).statusCode).toBe(303)
  await end(three.id)
})

test('the two copies of a message share no key: the room’s key opens nothing of the contact', async () => {
  const { id, room } = await invited(tongue)
  const held = await w.db.owner.query<{ record: Id }>("select record from app.key_wrap where holder = 'user' and holder_id = $1", [
    tongue.id,
  ])
  expect(held.rows.map(r => r.record)).toEqual([room])
  expect(
    (await w.db.owner.query('select count(*)::int as n from app.grant_ where user_id = $1 and record = $2', [tongue.id, id])).rows[0].n,
  ).toBe(0)
  await end(id)
})
