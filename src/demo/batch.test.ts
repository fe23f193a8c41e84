import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Id } from '../base/id.ts'
import { type Compartment, compartments } from '../base/people.ts'
import type { CaseWorld } from '../case/world.testing.ts'
import { caseWorld } from '../case/world.testing.ts'
import { bulkCases, copyBatch } from '../cli.demo-bulk.ts'
import { signPair } from '../platform/crypto.ts'
import { newId, openSealed, readJournal } from '../platform/records.ts'
import { sealOnce } from '../platform/sealer.ts'
import type { Person as Somebody } from '../platform/testing.session.ts'
import { verify } from '../platform/verify.ts'
import { demoArrivals } from './rules.cases.ts'
import type { DemoArrival } from './schema.ts'
import { newBatch } from './store.batch.ts'
import { asCrew, type Crew, inBatch, memberOf } from './store.hands.ts'
import { writeArrival } from './store.write.ts'

const today = '2026-11-24'
const until = '2026-11-24T18:00:00.000Z'
let w: CaseWorld
let crew: Crew
let guests: Crew
const headsLog = () => path.join(w.db.folder, 'heads.log')
beforeAll(async () => {
  w = await caseWorld()
  const deps = { pool: w.pool, clock: () => new Date() }
  const [worker, psychologist, lawyer, follower] = await Promise.all(
    (['worker', 'psychologist', 'lawyer', 'follower'] as const).map(k => memberOf(deps, w.people[k].token)),
  )
  crew = { worker: worker! }
  guests = { psychologist: psychologist!, lawyer: lawyer!, follow_up: follower! }
})
afterAll(() => w.end())

/** A few arrivals in which everything happens: linked children, danger, notes in every compartment, closed and reopened ones. */
const some: DemoArrival[] = (() => {
  const all = [...demoArrivals('equal', 400, today)]
  const pick = (f: (a: DemoArrival) => boolean) => all.filter(f).slice(0, 2)
  return [
    ...pick(a => a.kind === 'siblings'),
    ...pick(a => a.cases[0]!.standing === 'reopened'),
    ...pick(a => a.cases[0]!.danger === 'danger'),
    ...pick(a => !a.cases[0]!.closed && a.cases[0]!.standing !== 'new' && a.cases[0]!.notes.some(n => n.compartment === 'health')),
    ...pick(a => a.cases[0]!.standing === 'new'),
    ...pick(a => a.cases[0]!.checkIns.some(k => k.answered)),
  ]
})()

/** What stands under the cases, as all of the crew together read it, with the ids of this writing taken out. */
const readAll = async (ids: readonly Id[]) => {
  const one = async (id: Id) => {
    const { rows } = await w.db.owner.query(
      'select person_id, home_group, assignee, state, danger, opened::text, due::text, closed::text, retention::text, version from app.case_record where id = $1',
      [id],
    )
    const row = rows[0] as { person_id: Id }
    const records = [id, row.person_id]
    const readers: Somebody[] = [w.people.worker, w.people.psychologist, w.people.lawyer, w.people.follower]
    const seen = await Promise.all(
      readers.map(who =>
        w.as(who, async a => ({
          sealed: await openSealed(a, records, compartments as readonly Compartment[]),
          journal: await Promise.all(records.map(r => readJournal(a, r, compartments))),
        })),
      ),
    )
    const count = async (sql: string) => (await w.db.owner.query(sql, [records])).rows
    const plain = {
      wraps: await count(
        'select kind, compartment, home_group, dek_version, holder, form, count(*)::int from app.key_wrap where record = any ($1) group by 1, 2, 3, 4, 5, 6 order by 1, 2, 5',
      ),
      heads: await count('select kind, home_group, seq from app.record_head where record = any ($1) order by 1'),
      parts: await count(
        'select kind, seq, compartment, home_group, dek_version from app.journal_part where record = any ($1) order by 1, 2, 3',
      ),
      leaves: (await count('select kind, seq from app.unsealed_leaf where record = any ($1) order by 1, 2')).length,
      looks: await count('select kind, home_group, what, done_by, seen_by from app.second_look where record = any ($1) order by 3'),
      checkIns: await count('select due::text, state, version from app.check_in where case_id = any ($1) order by 1'),
      answers: await count('select day::text, help, unread from app.check_in_answer where case_id = any ($1) order by 1'),
      grants: await count('select kind, user_id, compartments, rights, until::text from app.grant_ where record = any ($1) order by 1, 2'),
      links: await count('select home_group, ended_at from app.case_link where case_id = any ($1)'),
    }
    return {
      row,
      seen: seen.map(s => ({ sealed: [...s.sealed].toSorted(([a], [b]) => records.indexOf(a) - records.indexOf(b)), journal: s.journal })),
      plain,
    }
  }
  const known = new Set([w.teamA, ...Object.values(w.people).map(p => p.id)])
  // Keys in one order: the database gives compartments in any.
  const text = JSON.stringify(await Promise.all(ids.map(one)), (_, v: unknown) =>
    v !== null && typeof v === 'object' && !Array.isArray(v)
      ? Object.fromEntries(Object.entries(v).toSorted(([x], [y]) => (x < y ? -1 : 1)))
      : v,
  )
  const places = new Map<string, string>()
  return text
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/g, id => {
      if (known.has(id)) return id
      if (!places.has(id)) places.set(id, `#${places.size}`)
      return places.get(id)!
    })
    .replace(/D-[0-9A-HJKMNP-TV-Z]{7}/g, 'D-…')
    .replace(/"recordedAt":"[^"]*","sealedParts"/g, '"recordedAt":"…","sealedParts"')
}

describe('the batch', () => {
  test('writes what the commands write: rows, keys, sealed values and events, readable by the same people', async () => {
    const real: Id[] = []
    const bulk: Id[] = []
    const client = new pg.Client(w.db.connection('postgres'))
    client.on('error', () => undefined)
    await client.connect()
    for (const a of some) {
      const [one, two] = [a.cases.map(() => newId()), a.cases.map(() => newId())]
      await asCrew(w.pool, crew, w.teamA, until, h => writeArrival(h, a, one))
      const batch = newBatch(new Set(), newId)
      await inBatch(batch, crew, w.teamA, until, h => writeArrival(h, a, two))
      await copyBatch(client, batch)
      real.push(...one)
      bulk.push(...two)
    }
    await client.end()
    const [left, right] = [JSON.parse(await readAll(real)), JSON.parse(await readAll(bulk))]
    expect(right).toEqual(left)
    expect(JSON.stringify(left)).toContain('link_made')
    for (const seen of ['case_reopened', 'check_in_recorded', '"ended"']) expect(JSON.stringify(left)).toContain(seen)
  })

  test('the real way also invites a psychologist and a lawyer, who write where the case worker cannot read', async () => {
    const a = some.find(x => x.cases.some(c => !c.closed && c.standing !== 'new' && c.notes.some(n => n.compartment === 'health')))!
    const ids = a.cases.map(() => newId())
    await asCrew(w.pool, { ...crew, ...guests }, w.teamA, until, h => writeArrival(h, a, ids))
    const read = (who: Somebody) => w.as(who, async x => (await Promise.all(ids.map(id => readJournal(x, id, ['health'])))).flat())
    const [mine, theirs] = [await read(w.people.psychologist), await read(w.people.worker)]
    expect(mine.filter(e => e.parts.health).length).toBeGreaterThan(0)
    expect(theirs.filter(e => e.parts.health)).toEqual([])
  })

  test('the real way gives a closed case to whoever asks after the child, who then sees it', async () => {
    const ended = (c: DemoArrival['cases'][number]) => c.closed && c.closed > '2026-08-01' && !c.reopened && c.checkIns.length > 0
    const a = [...demoArrivals('equal', 400, today)].find(x => x.cases.length === 1 && ended(x.cases[0]!))!
    const id = newId()
    await asCrew(w.pool, { ...crew, ...guests }, w.teamA, until, h => writeArrival(h, a, [id]))
    const sees = (who: Somebody) => w.as(who, async x => (await x.tx.query('select from app.case_record where id = $1', [id])).rowCount)
    expect([await sees(w.people.follower), await sees(w.people.lawyer)]).toEqual([1, 0])
  })

  test('leaves a journal that verify finds whole, before and after it was sealed', async () => {
    const key = signPair(w.db.keys.audit_sign)
    const check = async () =>
      (await verify({ connection: w.db.connection('backup_ro'), auditPublicKey: key.publicKey, headsLog: headsLog() })).filter(
        f => !f.code.startsWith('note_') && f.code !== 'log_head_missing',
      )
    expect(await check()).toEqual([])
    while ((await sealOnce({ pool: w.db.pool('sealer'), key, headsLog: headsLog(), clock: () => new Date() })) > 0);
    expect(await check()).toEqual([])
    // It can fail: one event changed behind its back is found.
    await w.db.owner.query(
      "update app.journal set type = 'case_closed' where ctid = (select ctid from app.journal where type = 'danger_set' limit 1)",
    )
    expect((await check()).map(f => f.code)).toContain('header_changed')
  })

  test('refuses a statement it does not know, and a change of what it did not make', async () => {
    const batch = newBatch(new Set(), newId)
    const tx = batch.as(newId(), { now: until })
    await expect(tx.query('select 1 from app.case_record')).rejects.toThrow('does not know')
    await expect(tx.query('update app.person set version = $2 where id = $1', [newId(), 2])).rejects.toThrow('made itself')
    await expect(tx.query('delete from app.sealed where record = $1', [newId()])).rejects.toThrow('does not know')
  })

  test('a second run of the same seed adds nothing', async () => {
    const idOf = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
    const run = () =>
      bulkCases({
        connection: w.db.connection('postgres'),
        seed: 'twice',
        cases: 40,
        today,
        until,
        idOf,
        place: () => ({ crew, team: w.teamA }),
      })
    expect(await run()).toBe(40)
    expect(await run()).toBe(0)
  })
})
