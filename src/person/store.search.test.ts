import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Id } from '../base/id.ts'
import { type CaseWorld, caseWorld } from '../case/world.testing.ts'
import { newId, shareKeys } from '../platform/records.ts'
import type { Person as Who } from '../platform/testing.session.ts'
import { draftOf } from './rules.draft.ts'
import { addClaim, judgeClaim, recordPerson } from './rules.ts'
import { filterPeople, searchPeople } from './store.search.ts'
import { createPerson, lockPerson, savePersonEvent } from './store.ts'

/* Two processes serve the same people, each with an index of its own in memory. */

let w: CaseWorld
/** The same code once more with maps of its own, as a second process has them. */
let other: typeof searchPeople
beforeAll(async () => {
  w = await caseWorld()
  vi.resetModules()
  other = (await import('./store.search.ts')).searchPeople
  expect(other).not.toBe(searchPeople)
}, 120_000)
afterAll(() => w.end())

const said = { source: 'child', confidence: 'low' } as const
const recording = (by: Id) => ({ id: newId(), by, at: new Date().toISOString() })
const record = (who: Who, name: string, team = w.teamA) =>
  w.as(who, async a => {
    const e = recordPerson('child', [{ draft: draftOf({ what: 'name', text: name, ...said }), recording: recording(who.id) }])
    return (await createPerson(a, { id: newId(), homeGroup: team }, e, newId())).id
  })
const called = (who: Who, id: Id, name: string) =>
  w.as(who, async a => {
    const p = (await lockPerson(a, id))!
    const e = addClaim(p, draftOf({ what: 'name', text: name, ...said }), recording(who.id))
    if (e.ok) await savePersonEvent(a, p, e.value, newId())
  })
const ids = async (search: typeof searchPeople, who: Who, q: string) => (await w.as(who, a => search(a, [q])))[0]!.map(f => f.id)

test('a record made, renamed or moved in one process is found, or not, by the next search in another', async () => {
  const { worker, worker2 } = w.people
  // Both indexes stand before anything happens.
  expect([await ids(searchPeople, worker, 'Парвина'), await ids(other, worker2, 'Парвина')]).toEqual([[], []])
  const id = await record(worker, 'Парвина')
  for (const search of [searchPeople, other]) for (const who of [worker, worker2]) expect(await ids(search, who, 'Parvina')).toEqual([id])
  expect(await ids(other, worker2, 'Шахло')).toEqual([])
  await called(worker, id, 'Шахло')
  expect(await ids(other, worker2, 'Shahlo')).toEqual([id])
  // A withdrawn name still finds: a child may give it again.
  await w.as(worker2, async a => {
    const p = (await lockPerson(a, id))!
    const e = judgeClaim(p, { claimId: p.identity.names[0]!.id, standing: 'withdrawn', reason: 'имя сестры' })
    if (e.ok) await savePersonEvent(a, p, e.value, newId())
  })
  for (const search of [searchPeople, other]) expect(await ids(search, worker, 'Парвина')).toEqual([id])
  const elsewhere = (await w.db.owner.query<{ id: Id }>('select id from app.team where id not in ($1, $2) limit 1', [w.teamA, w.desk]))
    .rows[0]!.id
  await w.db.owner.query('update app.person set home_group = $2 where id = $1', [id, elsewhere])
  for (const search of [searchPeople, other]) for (const who of [worker, worker2]) expect(await ids(search, who, 'Шахло')).toEqual([])
})

test('a name whose key is lent later is found then, though the record has not changed', async () => {
  const { worker, duty } = w.people
  const id = await record(worker, 'Гулбахор')
  const { rows } = await w.db.owner.query<{ until: Date }>(
    `insert into app.grant_ (id, record, kind, home_group, user_id, compartments, rights, purpose, until, granted_by)
     values (gen_random_uuid(), $1, 'person', $2, $3, '{1}', '{read}', 'share', now() + interval '1 day', $4) returning until`,
    [id, w.teamA, duty.id, worker.id],
  )
  for (const search of [searchPeople, other]) expect(await ids(search, duty, 'Гулбахор')).toEqual([])
  await w.as(worker, a => shareKeys(a, id, ['identity'], { user: duty.id, publicX: duty.keys.box.publicKey }, rows[0]!.until.toISOString()))
  for (const search of [searchPeople, other]) expect(await ids(search, duty, 'Гулбахор')).toEqual([id])
})

test('a list is narrowed by name, ages, sex and origin; who is not known to be so is left out', async () => {
  const { worker } = w.people
  const id = await record(worker, 'Ҷамшед Ғафуров')
  const tell = (what: 'age' | 'sex' | 'origin', text: string) =>
    w.as(worker, async a => {
      const p = (await lockPerson(a, id))!
      const e = addClaim(p, draftOf({ what, text, ...said }), recording(worker.id))
      if (e.ok) await savePersonEvent(a, p, e.value, newId())
    })
  const find = (f: Parameters<typeof filterPeople>[1]) => w.as(worker, a => filterPeople(a, f))
  expect(await find({ name: 'Djamched', sex: 'мальчик' })).toEqual([])
  await tell('age', '12')
  await tell('sex', 'мальчик')
  await tell('origin', 'Таджикистан')
  expect(await find({ name: 'Dzhamshed Gafurov', minAge: 11, maxAge: 14, sex: 'male', origin: 'TJ' })).toEqual([id])
  expect(await find({ sex: 'male' })).toEqual([id])
  expect(await find({ origin: 'Тоҷикистон', minAge: 16 })).toEqual([])
  expect(await find({ sex: 'не разобрать' })).toEqual([])
  expect(await find({})).toContain(id)
})
