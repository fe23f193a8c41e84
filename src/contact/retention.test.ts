import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import type { Id } from '../base/id.ts'
import { loadBackup, writeBackup } from '../platform/backup.ts'
import { random, signPair } from '../platform/crypto.ts'
import { joinKit, makeKit } from '../platform/kit.ts'
import { newId } from '../platform/records.ts'
import { scratch } from '../platform/scratch.testing.ts'
import { sealOnce } from '../platform/sealer.ts'
import { isDamage, verify } from '../platform/verify.ts'
import { canary, deskWorld } from './desk.testing.ts'
import { shredContacts } from './jobs.retention.ts'
import { type Closing, type Kept, mayShred } from './rules.retention.ts'

const { w, home, desk, boss, stranger, walkIn, report, act } = await deskWorld()
afterAll(() => w.end())
const job = w.db.pool('job')
const shred = () => shredContacts({ pool: job, clock: () => new Date() })
const older = (id: Id, hours: number) =>
  w.db.owner.query('update app.contact set closed_at = closed_at - make_interval(hours => $2) where id = $1', [id, hours])
const there = async (id: Id) => (await w.db.owner.query('select from app.contact where id = $1', [id])).rowCount === 1
const closed = async (id: Id, outcome: string) => {
  const r = await act(desk, id, 'close', { outcome, closing: 'прочитано' })
  expect(r.statusCode, r.body).toBe(303)
}
const quiet = { safeNow: 'yes' }

describe('who may not, and what never goes', () => {
  test('nobody of staff and no other process can shred, and the worker not before the time that the database knows', async () => {
    for (const role of ['staff_rw', 'public_in', 'sealer', 'backup_ro'] as const)
      await expect(w.db.pool(role).query('select * from app.shred_contacts(72, 90, 10)'), role).rejects.toThrow(/permission denied/)
    for (const [hours, days] of [
      [1, 90],
      [72, 0],
      [71, 90],
      [72, 89],
    ])
      await expect(job.query('select * from app.shred_contacts($1, $2, 10)', [hours, days])).rejects.toThrow(/too soon/)
    await expect(job.query('select app.shred_contact($1)', [newId()])).rejects.toThrow(/permission denied/)
    await expect(job.query('delete from app.contact')).rejects.toThrow(/permission denied/)
    await expect(w.db.pool('staff_rw').query('select * from app.tombstone')).rejects.toThrow(/permission denied/)
  })

  test('calling spam what was closed days ago begins the clock anew', async () => {
    const id = await walkIn(desk, quiet)
    await closed(id, 'advice_given')
    await older(id, 80)
    await w.as(desk, x => x.tx.query("update app.contact set closing = 'spam' where id = $1", [id]))
    const { rows } = await w.db.owner.query<{ h: number }>(
      'select extract(epoch from now() - closed_at)::float / 3600 as h from app.contact where id = $1',
      [id],
    )
    expect(rows[0]!.h).toBeLessThan(1)
  })

  test('one by one: open, unread, danger once said or judged, a card, a learned fact, a case', async () => {
    const kept: [string, Id][] = []
    const keep = async (what: string, id: Id, outcome: string | null = 'advice_given') => {
      if (outcome) await closed(id, outcome)
      await older(id, 10_000)
      kept.push([what, id])
      return id
    }
    kept.push(['open', await walkIn(desk, quiet)])
    await keep('not safe', await walkIn(desk))
    const judged = await walkIn(desk, quiet)
    await act(desk, judged, 'urgency', { urgency: 'now', why: 'угроза' })
    await act(desk, judged, 'urgency', { urgency: 'week', why: 'угрозы нет' })
    await keep('judged urgent once', judged)
    const withCard = await keep('card', await walkIn(desk, quiet))
    await w.db.owner.query(
      "insert into app.emergency_card (id, record, kind, home_group, opened_at, opened_by, version, sealed) values ($1, $2, 'contact', $3, now(), $4, 1, $5)",
      [newId(), withCard, home, desk.id, random(80)],
    )
    const withFact = await keep('fact', await walkIn(desk, quiet), 'spam')
    await w.db.owner.query(
      "insert into app.screening (id, record, kind, home_group, fact_learned, version, sealed) values ($4, $1, 'contact', $2, now(), 1, $3)",
      [withFact, home, random(80), newId()],
    )
    const withCase = await keep('case', await walkIn(desk, quiet))
    await w.db.owner.query(
      "insert into app.case_record (id, home_group, number, person_id, contact_id, state, danger, opened) values ($1, $2, 'D-0000001', $3, $4, 'closed', 'none', now())",
      [newId(), home, newId(), withCase],
    )
    const wrote = (await report('первое')).id
    await act(desk, wrote, 'read', {})
    await closed(wrote, 'silent')
    await older(wrote, 10_000)
    // A message came: the clock stops, and begins again when a person has read it.
    await w.db.owner.query('update app.contact set unread = true where id = $1', [wrote])
    kept.push(['unread', wrote])
    await shred()
    for (const [what, id] of kept) expect(await there(id), what).toBe(true)
    expect((await act(desk, wrote, 'read', {})).statusCode).toBe(303)
    await shred()
    expect(await there(wrote), 'read just now').toBe(true)
    await older(wrote, 91 * 24)
    await shred()
    expect(await there(wrote)).toBe(false)
    for (const [what, id] of kept) if (id !== wrote) expect(await there(id), what).toBe(true)
  })
})

describe('what goes', () => {
  test('whatever refers to a contact goes with it, or is taken by the function itself: a later table cannot stop the job', async () => {
    const { rows } = await w.db.owner.query(
      "select conrelid::regclass::text as t from pg_constraint where confrelid = 'app.contact'::regclass and contype = 'f' and confdeltype <> 'c' order by 1",
    )
    expect(rows.map(r => r.t)).toEqual(['app.conversation', 'app.message'])
  })
  test('a letter that waits for an answer keeps its contact; answered, it goes with it', async () => {
    const id = await walkIn(desk, quiet)
    await closed(id, 'advice_given')
    await older(id, 10_000)
    await w.db.owner.query(
      "insert into app.incoming_letter (id, contact_id, home_group, state, version, sealed) values ($1, $2, $3, 'waiting', 1, $4)",
      [newId(), id, home, random(8)],
    )
    await shred()
    expect(await there(id)).toBe(true)
    await w.db.owner.query("update app.incoming_letter set state = 'answered' where contact_id = $1", [id])
    await shred()
    expect(await there(id)).toBe(false)
  })
  test('spam after 72 hours, others after 90 days, with every key and word; the journal stays whole and verify accepts', async () => {
    const spam = (await report()).id
    await act(desk, spam, 'read', {})
    await closed(spam, 'spam')
    const other = await walkIn(desk, quiet)
    await closed(other, 'advice_given')
    await older(spam, 71)
    await older(other, 89 * 24)
    await shred()
    expect([await there(spam), await there(other)]).toEqual([true, true])
    await older(spam, 2)
    await older(other, 25)
    expect(await shred()).toEqual({ spam: 1, closed: 1 })
    for (const [table, column] of [
      ['contact', 'id'],
      ['conversation', 'contact_id'],
      ['message', 'contact_id'],
      ['sealed', 'record'],
      ['key_wrap', 'record'],
      ['journal_part', 'record'],
      ['unlocked_work', 'record'],
    ])
      expect((await w.db.owner.query(`select from app.${table} where ${column} = any ($1::uuid[])`, [[spam, other]])).rowCount, table).toBe(
        0,
      )
    const { rows } = await w.db.owner.query('select kind, why from app.tombstone where record = any ($1::uuid[]) order by why', [
      [spam, other],
    ])
    expect(rows).toEqual([
      { kind: 'contact', why: 'closed' },
      { kind: 'contact', why: 'spam' },
    ])
    for (const person of [desk, boss, stranger]) expect((await w.get(person, `/ru/contacts/${spam}`)).statusCode).toBe(404)
    const mark = await w.db.owner.query("select ok, detail from app.health_mark where what = 'retention'")
    expect(mark.rows[0]).toEqual({ ok: true, detail: { spam: 1, closed: 1 } })
    const headsLog = path.join(mkdtempSync(path.join(tmpdir(), 'dv-heads-')), 'heads.log')
    const key = signPair(w.db.keys.audit_sign)
    await sealOnce({ pool: w.db.pool('sealer'), key, headsLog, clock: () => new Date() })
    const found = await verify({
      connection: w.db.connection('backup_ro'),
      auditPublicKey: key.publicKey,
      headsLog,
    })
    const about = found.filter(f => isDamage(f) && (f.at.includes(spam) || f.at.includes(other)))
    expect(about).toEqual([])
  })

  test('in no list: no concern about a child and hostile; by its address only, until somebody writes again', async () => {
    for (const outcome of ['no_concern_about_child', 'hostile']) {
      const { id } = await report('там живут приезжие')
      expect((await w.get(desk, '/ru/contacts')).body).toContain(id)
      await act(desk, id, 'read', {})
      await closed(id, outcome)
      for (const person of [desk, boss])
        for (const q of ['', '?state=closed', '?channel=report', '?state=closed&channel=report', '?mine=1', '?nobody=1'])
          expect((await w.get(person, `/ru/contacts${q}`)).body, q).not.toContain(id)
      expect((await w.get(boss, `/ru/contacts/${id}`)).statusCode).toBe(200)
      expect((await w.get(boss, `/ru/contacts/${id}`)).body).not.toContain('приезжие')
      expect((await w.get(stranger, `/ru/contacts/${id}`)).statusCode).toBe(404)
      // Unread is sacred.
      await w.db.owner.query('update app.contact set unread = true where id = $1', [id])
      expect((await w.get(desk, '/ru/contacts')).body).toContain(id)
      await w.db.owner.query('update app.contact set unread = false where id = $1', [id])
      await act(desk, id, 'reopen', { again: 'ошибка' })
      expect((await w.get(desk, '/ru/contacts')).body).toContain(id)
    }
  })
})

type Step =
  | { do: 'read' | 'write' | 'reopen' | 'danger' | 'calm' | 'card' | 'fact' | 'case' | 'convert' }
  | { do: 'close'; as: Closing }
  | { do: 'age'; hours: number }
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom<Step>({ do: 'read' }, { do: 'write' }, { do: 'reopen' }) },
    {
      weight: 1,
      arbitrary: fc.constantFrom<Step>({ do: 'danger' }, { do: 'calm' }, { do: 'card' }, { do: 'fact' }, { do: 'case' }, { do: 'convert' }),
    },
    { weight: 5, arbitrary: fc.constantFrom<Closing>('ordinary', 'spam', 'aside').map(as => ({ do: 'close' as const, as })) },
    { weight: 4, arbitrary: fc.constantFrom(10, 60, 80, 1000, 2200).map(hours => ({ do: 'age' as const, hours })) },
  ),
  { minLength: 2, maxLength: 14 },
)

/** Half of them begin as a contact that was read and closed, and end long after: otherwise hardly any history would come so far that something may go. */
const histories = fc
  .tuple(fc.boolean(), fc.constantFrom<Closing>('ordinary', 'spam', 'aside'), steps)
  .map(([far, as, free]): Step[] => (far ? [{ do: 'read' }, { do: 'close', as }, ...free.slice(0, 4), { do: 'age', hours: 2200 }] : free))

test('over random histories: what must never be shredded never is, and what may be is', async () => {
  let n = 0
  const gone = { yes: 0, no: 0 }
  await fc.assert(
    fc.asyncProperty(histories, fc.constantFrom('yes', 'no', 'unsure', 'not_asked'), async (history, safeNow) => {
      const id = newId()
      n++
      const q = (sql: string, more: unknown[] = []) => w.db.owner.query(sql, [id, ...more])
      await q("insert into app.record_head (record, kind, home_group, seq, hash) values ($1, 'contact', $2, 0, '')", [home])
      await q(
        "insert into app.contact (id, home_group, channel, received, safe_now, state, unread) values ($1, $2, 'report', now(), $3, 'new', true)",
        [home, safeNow],
      )
      let k: Kept = {
        state: 'new',
        unread: true,
        inDanger: safeNow === 'no',
        called: false,
        fact: false,
        cases: 0,
        closing: null,
        closedFor: null,
      }
      const clock = (next: Kept): Kept =>
        next.state !== 'closed' || next.unread
          ? { ...next, closedFor: null, ...(next.state === 'closed' ? {} : { closing: null }) }
          : { ...next, closedFor: k.state !== 'closed' || k.unread ? 0 : k.closedFor }
      for (const s of history) {
        if (s.do === 'read') {
          await q('update app.contact set unread = false where id = $1')
          k = clock({ ...k, unread: false })
        } else if (s.do === 'write') {
          await q('update app.contact set unread = true where id = $1')
          k = clock({ ...k, unread: true })
        } else if (s.do === 'reopen' && k.state === 'closed') {
          await q("update app.contact set state = 'open' where id = $1")
          k = clock({ ...k, state: 'open' })
        } else if (s.do === 'close' && k.state !== 'closed' && k.state !== 'converted' && !k.unread) {
          await q("update app.contact set state = 'closed', closing = $2 where id = $1", [s.as])
          k = clock({ ...k, state: 'closed', closing: s.as })
        } else if (s.do === 'danger') {
          await q("update app.contact set urgency = 'now' where id = $1")
          k = { ...k, inDanger: true }
        } else if (s.do === 'calm') await q("update app.contact set urgency = 'week' where id = $1")
        else if (s.do === 'card') {
          await q(
            "insert into app.emergency_card (id, record, kind, home_group, opened_at, opened_by, version, sealed) values ($2, $1, 'contact', $3, now(), $4, 1, $5)",
            [newId(), home, desk.id, random(8)],
          )
          k = { ...k, called: true }
        } else if (s.do === 'fact' && !k.fact) {
          await q(
            "insert into app.screening (id, record, kind, home_group, fact_learned, version, sealed) values ($4, $1, 'contact', $2, now(), 1, $3)",
            [home, random(8), newId()],
          )
          k = { ...k, fact: true }
        } else if (s.do === 'case' || (s.do === 'convert' && k.state !== 'closed')) {
          if (s.do === 'convert') {
            await q("update app.contact set state = 'converted' where id = $1")
            k = clock({ ...k, state: 'converted' })
          }
          const number = `D-${n.toString().padStart(5, '0')}${k.cases % 10}A`
          await q(
            "insert into app.case_record (id, home_group, number, person_id, contact_id, state, danger, opened) values ($2, $3, $4, $5, $1, 'closed', 'none', now())",
            [newId(), home, number.slice(0, 9), newId()],
          ).catch(() => undefined)
          const found = await q('select from app.case_record where contact_id = $1')
          k = { ...k, cases: found.rowCount ?? 0 }
        } else if (s.do === 'age') {
          await q('update app.contact set closed_at = closed_at - make_interval(hours => $2) where id = $1', [s.hours])
          if (k.closedFor !== null) k = { ...k, closedFor: k.closedFor + s.hours }
        }
      }
      await shred()
      const may = mayShred(k)
      gone[may ? 'yes' : 'no']++
      expect(await there(id), JSON.stringify(k)).toBe(!may)
    }),
    { numRuns: process.env.DOVERIE_LONG === '1' ? 3000 : 250 },
  )
  expect(gone.yes).toBeGreaterThan(5)
  expect(gone.no).toBeGreaterThan(5)
}, 600_000)

test('an older content with newer keys: what was shredded in between is taken away again before anybody unlocks', async () => {
  const s = await scratch()
  const bare = await scratch()
  try {
    const kit = await makeKit(3, 2)
    const pair = await joinKit([kit.shares[0]!.text, kit.shares[1]!.text], kit.recoveryPublic)
    if (!pair.ok) throw new Error(pair.error)
    await s.owner.query('insert into app.installation (demo, recovery_public, audit_public, created_day) values (false, $1, $2, now())', [
      kit.recoveryPublic,
      random(32),
    ])
    const [id, other, group] = [newId(), newId(), newId()]
    for (const c of [id, other]) {
      await s.owner.query("insert into app.record_head (record, kind, home_group, seq, hash) values ($1, 'contact', $2, 0, '')", [c, group])
      await s.owner.query(
        "insert into app.contact (id, home_group, channel, received, safe_now, state, unread, closing) values ($1, $2, 'call', now(), 'yes', 'closed', false, 'spam')",
        [c, group],
      )
      await s.owner.query(
        "insert into app.message (id, contact_id, home_group, seq, direction, at, sealed) values ($1, $2, $3, 1, 'in', now(), $4)",
        [newId(), c, group, Buffer.from(canary)],
      )
    }
    const folder = mkdtempSync(path.join(tmpdir(), 'dv-retention-'))
    const backup = (now: Date) =>
      writeBackup({ connection: s.connection('backup_ro'), installSecret: random(32), folder, filesFolder: folder, version: '0', now })
    const before = await backup(new Date())
    await s.owner.query("update app.contact set closed_at = now() - interval '73 hours' where id = $1", [id])
    await s.pool('job').query('select * from app.shred_contacts(72, 90, 10)')
    const after = await backup(new Date(Date.now() + 5000))
    await loadBackup({ connection: bare.connection('postgres'), content: before.content, keys: after.keys, kit: pair })
    const left = await bare.owner.query(
      'select id, (select count(*)::int from app.message m where m.contact_id = c.id) as said from app.contact c',
    )
    expect(left.rows).toEqual([{ id: other, said: 1 }])
    expect((await bare.owner.query("select from app.journal where record = $1 and type = 'contact_erased'", [id])).rowCount).toBe(1)
  } finally {
    await s.end()
    await bare.end()
  }
}, 60_000)
