import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Id } from '../base/id.ts'
import { type CaseWorld, caseWorld } from '../case/world.testing.ts'
import { boxPair, boxSeal, newKey, openJson } from '../platform/crypto.ts'
import { type MatchKey, packMatchKey } from '../platform/match-key.ts'
import { newId } from '../platform/records.ts'
import type { Person as Who } from '../platform/testing.session.ts'
import { draftOf } from './rules.draft.ts'
import { buildMatchIndex, type Entry, type MatchIndex } from './rules.match.ts'
import { textOf } from './rules.match.vocabulary.ts'
import { addClaim, recordPerson } from './rules.ts'
import { openSegment } from './schema.match.ts'
import * as foldOne from './store.match-index.fold.ts'
import * as one from './store.match-index.ts'
import { searchElsewhere, searchPeople } from './store.search.ts'
import { createPerson, lockPerson, savePersonEvent } from './store.ts'

let w: CaseWorld
/** The same code once more with memory of its own, as a second office process has it. */
let two: typeof one
let foldTwo: typeof foldOne
let elsewhere: Id
beforeAll(async () => {
  w = await caseWorld()
  elsewhere = (await w.db.owner.query<{ id: Id }>('select id from app.team where id not in ($1, $2) limit 1', [w.teamA, w.desk])).rows[0]!
    .id
  vi.resetModules()
  two = await import('./store.match-index.ts')
  foldTwo = await import('./store.match-index.fold.ts')
  expect(two.currentIndex).not.toBe(one.currentIndex)
}, 120_000)
afterAll(() => w.end())

const said = { source: 'child', confidence: 'low' } as const
const recording = (by: Id) => ({ id: newId(), by, at: new Date().toISOString() })
const record = (who: Who, name: string, team = w.teamA, id = newId()) =>
  w.as(who, async a => {
    const e = recordPerson('child', [{ draft: draftOf({ what: 'name', text: name, ...said }), recording: recording(who.id) }])
    return (await createPerson(a, { id, homeGroup: team }, e, newId())).id
  })
const called = (who: Who, id: Id, name: string) =>
  w.as(who, async a => {
    const p = (await lockPerson(a, id))!
    const e = addClaim(p, draftOf({ what: 'name', text: name, ...said }), recording(who.id))
    if (e.ok) await savePersonEvent(a, p, e.value, newId())
  })
/** Everybody in an index, with all that it says of them. */
const inside = (x: MatchIndex) =>
  [...x.slotOf]
    .map(([id, slot]) => ({
      id,
      home: x.homes[x.home[slot]!],
      version: x.version[slot],
      words: [...x.words.subarray(x.first[slot], x.first[slot + 1])].map(k => textOf(x.vocabulary, k)).toSorted(),
    }))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))

describe('who has no business with it', () => {
  test('a carer, an administrator and whoever is not signed in open nothing, and nobody touches the tables', async () => {
    await record(w.people.worker, 'Шаҳноза')
    for (const who of [w.people.carer, w.people.admin]) {
      expect(await w.as(who, a => one.currentIndex(a))).toBeUndefined()
      expect(await w.as(who, a => searchPeople(a, ['Шаҳноза']))).toEqual([[]])
      const seen = await w.as(who, async a => {
        const [news, segments, keys] = [
          await a.tx.query('select * from app.match_news($1)', ['0']),
          await a.tx.query('select * from app.match_segments(null)'),
          await a.tx.query<{ wrapped: Buffer | null }>('select * from app.match_keys()'),
        ]
        return [news.rowCount, segments.rowCount, keys.rows.filter(r => r.wrapped !== null).length]
      })
      expect(seen).toEqual([0, 0, 0])
    }
    for (const table of ['match_key', 'match_key_wrap', 'match_segment', 'match_tail'])
      await expect(w.as(w.people.worker, a => a.tx.query(`select from app.${table}`))).rejects.toMatchObject({ code: '42501' })
    expect(one.hasIndex(w.people.carer.session)).toBe(false)
  })
  test('a wrap opens with the key of its own team only', async () => {
    await w.as(w.people.stranger, a => one.currentIndex(a))
    await w.db.owner.query(
      'update app.match_key_wrap x set wrapped = y.wrapped, form = y.form from app.match_key_wrap y where x.team_id = $1 and y.team_id = $2',
      [w.desk, w.teamA],
    )
    expect(await w.as(w.people.duty, a => one.currentIndex(a))).toBeUndefined()
    await w.db.owner.query('delete from app.match_key_wrap where team_id = $1', [w.desk])
  })
})

test('nobody lays a key of their own in the place of a team’s: not by SQL in a session, and a box that anybody can make is believed by nobody', async () => {
  const team = await w.team(w.agencyId, { name: 'Без ключа' })
  const late = await w.person({ agency: w.agencyId, roles: ['case_worker'], member: [[team, 'casework']] })
  const { public_x, version } = (
    await w.db.owner.query('select public_x, version from app.team_key where team_id = $1 and compartment = 1 and retired_at is null', [
      team,
    ])
  ).rows[0]
  const fake = (publicX?: Buffer): MatchKey => {
    const box = boxPair()
    return { version: 1, sym: newKey(), box: publicX ? { ...box, publicKey: publicX } : box }
  }
  const planted = async () =>
    (await w.db.owner.query('select team_version as v, form from app.match_key_wrap where team_id = $1', [team])).rows
  const lay = (v: number, form: number, wrapped: Buffer) =>
    w.as(w.people.stranger, a => a.tx.query('select app.match_key_put(1, $1, $2, $3, $4)', [[team], [v], form, [wrapped]]))
  await lay(version, 1, Buffer.from('x'))
  await lay(version + 1, 0, boxSeal(public_x, packMatchKey(fake())))
  expect(await planted()).toEqual([])
  const real = (await w.db.owner.query('select public_x from app.match_key where version = 1')).rows[0].public_x
  for (const k of [fake(), fake(real)]) {
    await lay(version, 0, boxSeal(public_x, packMatchKey(k)))
    expect(await planted()).toEqual([{ v: version, form: 0 }])
    expect(await w.as(late, a => one.currentIndex(a))).toBeUndefined()
    const id = await record(late, 'Гулнигор', team)
    expect((await w.db.owner.query('select form from app.match_tail where person_id = $1', [id])).rows).toEqual([{ form: 0 }])
    await w.db.owner.query('delete from app.match_key_wrap where team_id = $1', [team])
  }
  one.forgetIndex(late.session)
})

test('the next search of a holder gives the key to a team that has none, and what was written without it is found', async () => {
  const team = await w.team(w.agencyId, { name: 'Новая' })
  const late = await w.person({ agency: w.agencyId, roles: ['case_worker'], member: [[team, 'casework']] })
  const id = await record(late, 'Мурувват', team)
  expect((await w.db.owner.query('select form from app.match_tail where person_id = $1', [id])).rows).toEqual([{ form: 0 }])
  expect(await w.as(late, a => searchPeople(a, ['Мурувват']))).toEqual([[]])
  expect((await w.as(w.people.worker, a => searchElsewhere(a, { name: 'Muruvvat' }))).map(h => [h.id, h.homeGroup])).toEqual([[id, team]])
  expect((await w.as(late, a => searchPeople(a, ['Muruvvat'])))[0]!.map(f => f.id)).toEqual([id])
  one.forgetIndex(late.session)
})

test('people of others are found elsewhere only, never crowd out one’s own, and nobody learns of whom they are kept from', async () => {
  const { worker, stranger } = w.people
  const theirs: Id[] = []
  for (let i = 0; i < 6; i += 1) theirs.push(await record(stranger, 'Бахтиёр Каримзода', elsewhere))
  const own = await record(worker, 'Бахтиёр Каримов')
  const search = (who: Who) => w.as(who, async a => (await searchPeople(a, ['Бахтиёр Каримзода'], 2))[0]!.map(f => f.id))
  const outside = (who: Who) => w.as(who, async a => (await searchElsewhere(a, { name: 'Bakhtiyor Karimzoda' }, 10)).map(h => h.id))
  expect(await search(worker)).toEqual([own])
  expect((await outside(worker)).toSorted()).toEqual(theirs.toSorted())
  expect(await outside(stranger)).toEqual([own])
  await w.db.owner.query(
    "insert into app.record_exclusion (id, record, home_group, excluded_kind, excluded_id, made_by) values (gen_random_uuid(), $1, $2, 'user', $3, $4)",
    [theirs[0], elsewhere, worker.id, stranger.id],
  )
  expect(await outside(worker)).not.toContain(theirs[0])
})

test('what was undone is not found', async () => {
  const { worker } = w.people
  await w.as(worker, a => one.currentIndex(a))
  const id = newId()
  const undone = w.as(worker, async a => {
    const e = recordPerson('child', [{ draft: draftOf({ what: 'name', text: 'Ситора', ...said }), recording: recording(worker.id) }])
    await createPerson(a, { id, homeGroup: w.teamA }, e, newId())
    await searchPeople(a, ['Ситора'])
    throw new Error('undone')
  })
  await expect(undone).rejects.toThrow('undone')
  const s = await w.as(worker, a => one.currentIndex(a))
  expect(s?.match.slotOf.has(id)).toBe(false)
})

test('whatever happens in whichever order, both processes hold what a fresh build holds', async () => {
  const { worker } = w.people
  const op = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({ kind: fc.constant('new' as const), name: fc.constantFrom('Олим', 'Нигора', 'Ҷамшед', 'Jamshed', 'Зуҳра') }),
    },
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constant('called' as const), who: fc.nat(30), name: fc.constantFrom('Али', 'Фотима', 'Fotima') }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('moved' as const), who: fc.nat(30), away: fc.boolean() }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('erased' as const), who: fc.nat(30) }) },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('fold' as const), other: fc.boolean(), small: fc.constantFrom(0, 2, 1000) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('look' as const), other: fc.boolean() }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('begin' as const), other: fc.boolean() }) },
  )
  const q = (text: string, values: unknown[] = []) => w.db.owner.query(text, values)
  const property = fc.asyncProperty(fc.array(op, { minLength: 5, maxLength: 25 }), async ops => {
    await q("update app.person set state = 'erased'")
    const model = new Map<Id, Entry & { names: string[]; homeGroup: Id; version: number }>()
    const pick = (n: number) => [...model.keys()][n % Math.max(1, model.size)]
    const process = (other: boolean) => (other ? { index: two, fold: foldTwo } : { index: one, fold: foldOne })
    for (const o of ops) {
      const id = 'who' in o ? pick(o.who) : undefined
      const known = id ? model.get(id) : undefined
      if (o.kind === 'new') {
        const made = await record(worker, o.name)
        model.set(made, { id: made, names: [o.name], homeGroup: w.teamA, version: 1 })
      } else if (o.kind === 'called' && known && known.homeGroup === w.teamA) {
        await called(worker, known.id, o.name)
        model.set(known.id, { ...known, names: [...known.names, o.name], version: known.version + 1 })
      } else if (o.kind === 'moved' && known) {
        const homeGroup = o.away ? elsewhere : w.teamA
        await q('update app.person set home_group = $2 where id = $1', [known.id, homeGroup])
        model.set(known.id, { ...known, homeGroup })
      } else if (o.kind === 'erased' && known) {
        await q("update app.person set state = 'erased' where id = $1", [known.id])
        model.delete(known.id)
      } else if (o.kind === 'fold')
        await w.as(worker, async a => {
          const { index, fold } = process(o.other)
          const s = await index.currentIndex(a)
          if (s) expect(await fold.foldTail(a, s, o.small)).toBe(true)
        })
      else if (o.kind === 'look') await w.as(worker, a => process(o.other).index.currentIndex(a))
      else if (o.kind === 'begin') process(o.other).index.forgetIndex(worker.session)
    }
    const fresh = inside(buildMatchIndex(model.values()))
    for (const p of [one, two]) expect(inside((await w.as(worker, a => p.currentIndex(a)))!.match)).toEqual(fresh)
    // And read from nothing but what lies sealed.
    one.forgetIndex(worker.session)
    expect(inside((await w.as(worker, a => one.currentIndex(a)))!.match)).toEqual(fresh)
  })
  for (const who of Object.values(w.people)) one.forgetIndex(who.session)
  await fc.assert(property, { numRuns: 25, interruptAfterTimeLimit: 20_000 })
}, 90_000)

test('whoever is erased leaves the segments with the next search', async () => {
  const { worker } = w.people
  const [id] = [await record(worker, 'Озода'), await record(worker, 'Зевар')]
  const fold = () => w.as(worker, async a => foldOne.foldTail(a, (await one.currentIndex(a))!))
  expect([await fold(), await fold()]).toEqual([true, true])
  await w.db.owner.query("update app.person set state = 'erased' where id = $1", [id])
  await w.as(worker, a => searchPeople(a, ['Озода']))
  const key = (await w.as(worker, a => one.currentIndex(a)))!.keys.get(1)!
  const { rows } = await w.db.owner.query<{ id: Id; sealed: Buffer }>('select id, sealed from app.match_segment')
  const held = rows.flatMap(r => openSegment(openJson(key.sym, one.segmentPlace(r.id), r.sealed))).map(t => t[0])
  expect([held.includes(id), held.length > 0]).toEqual([false, true])
})

test('a segment that no longer opens loses nobody: its people are read in again', async () => {
  const { worker } = w.people
  const id = await record(worker, 'Пайванд')
  await w.as(worker, async a => foldOne.foldTail(a, (await one.currentIndex(a))!))
  await w.db.owner.query('delete from app.match_tail')
  await w.db.owner.query(
    "update app.match_segment set sealed = '\\x0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20212223242526272829303132333435'",
  )
  for (const p of [one, two]) p.forgetIndex(worker.session)
  expect((await w.as(worker, a => searchPeople(a, ['Пайванд'])))[0]!.map(f => f.id)).toEqual([id])
  one.forgetIndex(worker.session)
  expect((await w.as(worker, a => searchPeople(a, ['Пайванд'])))[0]!.map(f => f.id)).toEqual([id])
})

test('the last session that used it takes it along: everything is overwritten', async () => {
  const { worker, worker2 } = w.people
  for (const who of Object.values(w.people)) one.forgetIndex(who.session)
  const s = (await w.as(worker, a => one.currentIndex(a)))!
  expect(await w.as(worker2, a => one.currentIndex(a))).toBe(s)
  const views = [s.match, s.match.vocabulary].flatMap(o => Object.values(o).filter((v): v is Uint8Array => ArrayBuffer.isView(v)))
  const key = s.keys.get(s.current)!
  const bytes = () =>
    [...views.map(v => new Uint8Array(v.buffer)), key.sym, key.box.secretKey].reduce((n, v) => n + v.reduce((a, b) => a + b, 0), 0)
  one.forgetIndex(worker.session)
  expect(bytes()).toBeGreaterThan(0)
  one.forgetIndex(worker2.session)
  expect(bytes()).toBe(0)
  expect([s.match.ids, one.hasIndex(worker.session), one.hasIndex(worker2.session)]).toEqual([[], false, false])
  // And it can be had again.
  expect((await w.as(worker, a => searchPeople(a, ['Пайванд'])))[0]).toHaveLength(1)
})
