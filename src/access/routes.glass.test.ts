import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Id } from '../base/id.ts'
import { boxOpen, openBytes } from '../platform/crypto.ts'
import { asSession } from '../platform/db.ts'
import { append, forgetDeks, newId, openSealed, saveSealed, shareKeys } from '../platform/records.ts'
import { hiddenOf, officeWorld, type Person, type World } from '../platform/testing.session.ts'
import { accessPolicy } from './policy.ts'
import { registerAccessAdmin } from './routes.admin.ts'
import { deputiesOf, shareWithDeputies } from './store.admin.absence.ts'
import { glassMay, glassOn, glassToReview } from './store.glass.ts'
import { continueRotation, ensureGlass } from './store.keys.rotation.ts'
import { rotationWaiting, startRotation } from './store.keys.ts'

let w: World
let agency: Id
let desk: Id
let work: Id
let admin: Person
let duty: Person
let boss: Person
let owner: Person
let auditor: Person
let n = 0

const q = (text: string, values: readonly unknown[] = []) => w.db.owner.query(text, values as unknown[])
const stepUp = (...who: readonly Person[]) =>
  q('update app.session set step_up_at = now() where id = any ($1::uuid[])', [who.map(p => p.session)])
const send = async (who: Person, url: string, fields: Record<string, string | string[]> = {}) =>
  w.post(who, url, { ...hiddenOf((await w.get(who, url)).body, url), ...fields })

/** A case of the team `work` with a person whose name and place are sealed, written by its owner. */
const newCase = async (who: Person, team = work) => {
  const [id, person] = [newId(), newId()]
  const number = `D-${String(n++).padStart(7, '0')}`
  await w.as(who, async x => {
    await x.tx.query('insert into app.person (id, home_group) values ($1, $2)', [person, team])
    await saveSealed(
      x,
      person,
      'person',
      team,
      { identity: { schema: 1, value: 'Нилуфар' }, whereabouts: { schema: 1, value: 'у тёти' }, story: { schema: 1, value: 'рассказ' } },
      true,
    )
    await append(x, { record: person, kind: 'person', homeGroup: team, type: 'person_added', command: newId(), parts: {} }, true)
    await x.tx.query(
      "insert into app.case_record (id, home_group, number, person_id, assignee, state, danger, opened) values ($1, $2, $3, $4, $5, 'open', 'danger', now())",
      [id, team, number, person, who.id],
    )
    await saveSealed(x, id, 'case', team, { summary: { schema: 1, value: 'сводка' } }, true)
    await append(x, { record: id, kind: 'case', homeGroup: team, type: 'case_opened', command: newId(), parts: {} }, true)
  })
  return { id, person, number }
}
const open = (who: Person, number: string, text = 'Звонила, говорит, что её увозят') =>
  send(who, '/ru/emergency/open', { number, reason: 'immediate_danger', text })
const opens = (who: Person, id: Id) =>
  w.as(who, async x => {
    // A pooled connection still knows the keys of its last unit of work.
    forgetDeks(x.tx)
    return Object.keys((await openSealed(x, [id], ['identity', 'whereabouts', 'story', 'summary'])).get(id) ?? {}).sort()
  })
const rights = async (who: Person) => w.as(who, x => ensureGlass(x, agency, true))

beforeAll(async () => {
  w = await officeWorld(registerAccessAdmin, [accessPolicy])
  agency = await w.agency()
  desk = await w.team(agency, { intake: true, name: 'Дежурство' })
  work = await w.team(agency, { name: 'Дела' })
  admin = await w.person({ agency, roles: ['administrator'], alias: 'Филин' })
  duty = await w.person({ agency, roles: ['duty_specialist'], member: [[desk, 'desk']], alias: 'Дрозд' })
  boss = await w.person({ agency, roles: ['supervisor'], member: [[work, 'supervision']], alias: 'Сова' })
  owner = await w.person({ agency, roles: ['case_worker'], member: [[work, 'casework']], alias: 'Сойка' })
  auditor = await w.person({ agency, roles: ['auditor'], alias: 'Ворон' })
  await stepUp(admin, duty, boss, owner, auditor)
  await rights(duty)
  await rights(boss)
  await w.as(owner, x => ensureGlass(x, agency, false))
}, 60_000)
afterAll(() => w?.end())

describe('emergency access', () => {
  test('not for others, not without a confirmed place, not without a fresh step, not by name', async () => {
    const c = await newCase(owner)
    for (const p of [admin, owner, auditor]) expect((await w.get(p, '/ru/emergency/open')).statusCode).toBe(404)
    const loose = await w.person({ agency, roles: ['duty_specialist'] })
    await stepUp(loose)
    expect((await w.get(loose, '/ru/emergency/open')).statusCode).toBe(404)
    const call = (who: Person) =>
      asSession(w.pool, who.token, tx =>
        tx.query("select app.glass_open($1, $2, 'immediate_danger', $3::uuid[], $4)", [
          newId(),
          c.number,
          [newId(), newId(), newId()],
          newId(),
        ]),
      )
    for (const p of [admin, owner, auditor, loose]) await expect(call(p)).rejects.toMatchObject({ code: '42501' })
    await q('update app.session set step_up_at = null where id = $1', [duty.session])
    expect((await w.get(duty, '/ru/emergency/open')).headers.location).toContain('/step-up')
    await expect(call(duty)).rejects.toMatchObject({ code: '42501' })
    await stepUp(duty)
    for (const number of ['D-ZZZZZZZ', 'Нилуфар']) expect((await open(duty, number)).statusCode).toBe(422)
    expect((await send(duty, '/ru/emergency/open', { number: c.number, reason: 'immediate_danger', text: 'мало' })).statusCode).toBe(422)
    expect((await q('select from app.break_glass')).rowCount).toBe(0)
  })

  test('who and where of one case, read only, seen at once by those concerned; never more', async () => {
    const c = await newCase(owner)
    const other = await newCase(owner)
    expect(await opens(duty, c.person)).toEqual([])
    const r = await open(duty, c.number.toLowerCase().replace('-', ' '))
    expect([r.statusCode, r.headers.location]).toEqual([303, '/ru/emergency?done=saved'])
    expect(await opens(duty, c.person)).toEqual(['identity', 'whereabouts'])
    expect(await opens(duty, c.id)).toEqual([])
    expect(await opens(duty, other.person)).toEqual([])
    expect((await w.get(duty, '/ru/emergency')).body).toContain(c.number)
    await w.as(duty, async x => {
      expect(x.session.direct).toEqual(expect.arrayContaining([c.id, c.person]))
      expect((await x.tx.query('select id from app.case_record')).rows).toEqual([{ id: c.id }])
      for (const sql of [
        "update app.case_record set danger = 'none' where id = $1",
        'update app.case_record set assignee = null where id = $1',
      ])
        expect((await x.tx.query(sql, [c.id])).rowCount, sql).toBe(0)
      expect((await x.tx.query('update app.person set version = 9 where id = $1', [c.person])).rowCount).toBe(0)
      expect((await x.tx.query('update app.sealed set dek_version = 9 where record = $1', [c.person])).rowCount).toBe(0)
      expect((await x.tx.query('select from app.case_record where id = $1 for update', [c.id])).rowCount).toBe(0)
    })
    const sealing = w.as(duty, x => saveSealed(x, c.person, 'person', work, { health: { schema: 1, value: 1 } }, false))
    await expect(sealing).rejects.toMatchObject({ code: '42501' })
    const noting = w.as(duty, x =>
      append(x, { record: c.id, kind: 'case', homeGroup: work, type: 'note_added', command: newId(), parts: {} }),
    )
    await expect(noting).rejects.toMatchObject({ code: '42501' })
    await w.as(owner, async x => {
      expect((await glassOn(x, c.id)).map(g => g.userId)).toEqual([duty.id])
      expect((await x.tx.query('select what, done_by from app.second_look where record = $1 and seen_at is null', [c.id])).rows).toEqual([
        { what: 'break_glass', done_by: duty.id },
      ])
    })
    expect(
      (
        await q("select action, purpose from app.read_audit where actor = $1 and $2 = any (records) and action = 'glass.open'", [
          duty.id,
          c.id,
        ])
      ).rows,
    ).toEqual([{ action: 'glass.open', purpose: 'immediate_danger' }])
  })

  test('the same again opens nothing twice; one extension; closing takes the keys away', async () => {
    const c = await newCase(owner)
    await open(duty, c.number)
    await open(duty, c.number)
    const { rows } = await q('select id, until - opened_at as long from app.break_glass where record = $1', [c.id])
    expect(rows).toHaveLength(1)
    expect(rows[0].long.hours).toBe(4)
    const id = rows[0].id
    expect((await w.post(boss, `/ru/emergency/${id}/extend`, {})).statusCode).toBe(404)
    expect((await w.post(duty, `/ru/emergency/${id}/extend`, {})).statusCode).toBe(303)
    expect((await w.post(duty, `/ru/emergency/${id}/extend`, {})).statusCode).toBe(404)
    expect((await q('select until - opened_at as long from app.break_glass where id = $1', [id])).rows[0].long.hours).toBe(8)
    expect(await opens(duty, c.person)).toEqual(['identity', 'whereabouts'])
    expect((await w.post(duty, `/ru/emergency/${id}/close`, {})).statusCode).toBe(303)
    expect(await opens(duty, c.person)).toEqual([])
    expect((await q("select from app.key_wrap where record = $1 and holder = 'user'", [c.person])).rowCount).toBe(0)
  })

  test('ends by itself after four hours', async () => {
    const c = await newCase(owner)
    await open(duty, c.number)
    await q("update app.grant_ set until = now() where purpose = 'break_glass' and record in ($1, $2)", [c.id, c.person])
    await q("update app.key_wrap set until = now() where holder = 'user' and record = $1", [c.person])
    expect(await opens(duty, c.person)).toEqual([])
  })

  test('an exclusion is stronger, and looks like a wrong number', async () => {
    const c = await newCase(owner)
    await q(
      "insert into app.record_exclusion (id, record, home_group, excluded_kind, excluded_id, made_by) values ($1, $2, $3, 'user', $4, $5)",
      [newId(), c.person, work, duty.id, owner.id],
    )
    const [excluded, wrong] = [await open(duty, c.number), await open(duty, 'D-ZZZZZZZ')]
    expect([excluded.statusCode, excluded.body.includes('или оно вам закрыто')]).toEqual([422, true])
    expect(wrong.statusCode).toBe(422)
    expect((await q('select from app.break_glass where record = $1', [c.id])).rowCount).toBe(0)
  })

  test('another agency does not exist', async () => {
    const elsewhere = await w.agency()
    const t = await w.team(elsewhere, { intake: true })
    const p = await w.person({ agency: elsewhere, roles: ['duty_specialist'], member: [[t, 'desk']] })
    await stepUp(p)
    await w.as(p, x => ensureGlass(x, elsewhere, true))
    expect((await open(p, (await newCase(owner)).number)).statusCode).toBe(422)
  })

  test('reviewed by a supervisor with the reason before them, not by oneself; after 72 hours the right rests', async () => {
    const page = (await w.get(boss, '/ru/emergency/reviews')).body
    expect(page).toContain('Звонила, говорит')
    expect((await w.get(auditor, '/ru/emergency/reviews')).body).not.toContain('Звонила')
    const first = (await w.as(boss, x => glassToReview(x, boss.id)))[0]!
    expect((await w.post(duty, `/ru/emergency/${first.id}/review`, { outcome: 'justified' })).statusCode).toBe(404)
    // There is a supervisor, so the auditor only watches.
    expect((await w.post(auditor, `/ru/emergency/${first.id}/review`, { outcome: 'justified' })).statusCode).toBe(404)
    await q("update app.break_glass set opened_at = now() - interval '73 hours' where id = $1", [first.id])
    expect(await w.as(duty, glassMay)).toBe('suspended')
    expect((await w.get(duty, '/ru/emergency/open')).statusCode).toBe(404)
    expect((await w.get(duty, '/ru/emergency')).body).toContain('72')
    expect((await w.post(boss, `/ru/emergency/${first.id}/review`, { outcome: 'justified' })).statusCode).toBe(303)
    expect(await w.as(duty, glassMay)).toBe('ok')
    expect((await q('select from app.second_look where record = $1 and seen_at is null', [first.record])).rowCount).toBe(0)
    // More than two in a month: the auditor sees who.
    expect((await w.get(auditor, '/ru/audit')).body).toContain('Дрозд: ')
  })

  test('where the only supervisor opened it, the auditor may look: otherwise nobody could', async () => {
    const c = await newCase(owner)
    await stepUp(boss)
    await q("update app.member set until = now() where function = 'supervision' and user_id <> $1", [boss.id])
    expect((await open(boss, c.number)).statusCode).toBe(303)
    const { rows } = await q('select id from app.break_glass where record = $1', [c.id])
    expect((await w.post(boss, `/ru/emergency/${rows[0].id}/review`, { outcome: 'justified' })).statusCode).toBe(404)
    expect((await w.post(auditor, `/ru/emergency/${rows[0].id}/review`, { outcome: 'justified' })).statusCode).toBe(303)
  })
})

describe('absence', () => {
  test('nobody names themselves: not an administrator, not a stranger, not for somebody of another team', async () => {
    const start = (who: Person, user: Id, deputy: Id) =>
      asSession(w.pool, who.token, tx =>
        tx.query<{ x: string }>("select app.absence_start($1, $2, $3, now(), now() + interval '1 day') as x", [newId(), user, deputy]),
      )
    await stepUp(admin, duty, auditor, owner)
    for (const p of [admin, duty, auditor]) await expect(start(p, owner.id, p.id)).rejects.toMatchObject({ code: '42501' })
    for (const p of [admin, auditor, owner]) expect((await start(owner, owner.id, p.id)).rows[0]?.x).toBe('deputy_unfit')
    expect((await w.get(admin, `/ru/users/${owner.id}/absence`)).statusCode).toBe(404)
  })

  test('the deputy sees and opens what is there and what is new, until the end; then nothing', async () => {
    const deputy = await w.person({ agency, roles: ['case_worker'], alias: 'Клёст' })
    const mine = await newCase(owner)
    const today = new Date().toISOString().slice(0, 10).split('-') as [string, string, string]
    const until = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10).split('-') as [string, string, string]
    const day = (name: string, d: [string, string, string]) => ({ [`${name}-day`]: d[2], [`${name}-month`]: d[1], [`${name}-year`]: d[0] })
    const url = '/ru/me/absence/new'
    const past = await send(owner, url, { deputy: deputy.id, ...day('from', ['2020', '01', '01']), ...day('until', until) })
    expect([past.statusCode, past.body.includes('2020')]).toEqual([422, true])
    const r = await send(owner, url, { deputy: deputy.id, ...day('from', today), ...day('until', until) })
    expect(r.statusCode).toBe(303)
    expect((await w.get(owner, '/ru/me/absence')).body).toContain('Клёст')
    expect((await w.get(deputy, '/ru/me/absence/new')).headers.location).toContain('/step-up')
    await stepUp(deputy)
    expect((await w.get(deputy, '/ru/me/absence/new')).body).toContain('Сойка')
    expect(await opens(deputy, mine.person)).toEqual(['identity', 'story', 'whereabouts'])
    const later = await newCase(owner)
    expect(await opens(deputy, later.person)).toEqual(['identity', 'story', 'whereabouts'])
    await w.as(deputy, async x => expect([x.session.groups, x.session.direct.includes(later.id)]).toEqual([[work], true]))
    expect(
      (await q('select for_user, until < now() + $2::interval as soon from app.member where user_id = $1', [deputy.id, '7 days'])).rows,
    ).toEqual([{ for_user: owner.id, soon: true }])
    expect((await w.as(duty, x => deputiesOf(x, owner.id))).map(d => d.userId)).toEqual([deputy.id])
    // The date comes: nothing opens, without anybody doing anything.
    await q("update app.member set until = now() - interval '1 second' where user_id = $1", [deputy.id])
    await q("update app.absence set until = now() - interval '1 second', from_at = now() - interval '2 days' where deputy_id = $1", [
      deputy.id,
    ])
    await w.as(deputy, async x => expect([x.session.groups, x.session.direct]).toEqual([[], []]))
    expect(await opens(deputy, later.person)).toEqual([])
    await q("update app.member set until = now() + interval '1 day' where user_id = $1", [deputy.id])
    await q("update app.absence set until = now() + interval '1 day' where deputy_id = $1", [deputy.id])
    // The button: at once, and what was lent is taken back.
    const { rows } = await q('select id from app.absence where deputy_id = $1', [deputy.id])
    expect((await w.post(owner, '/ru/me/absence/end', { absence: rows[0].id })).statusCode).toBe(303)
    expect(await opens(deputy, later.person)).toEqual([])
    expect((await q('select from app.team_key_wrap where user_id = $1', [deputy.id])).rowCount).toBe(0)
    await w.as(deputy, async x => expect([x.session.groups, x.session.direct, x.vault.teamKeys()]).toEqual([[], [], []]))
  })

  test('what was granted to the absent person alone goes to the deputy, before and during; then it is gone', async () => {
    const away = await w.person({ agency, roles: ['psychologist'], member: [[work, 'health']], alias: 'Дятел' })
    const deputy = await w.person({ agency, roles: ['psychologist'], alias: 'Щегол' })
    const grant = async (record: Id) => {
      await w.as(owner, async x => {
        await x.tx.query(
          "insert into app.grant_ (id, record, kind, home_group, user_id, compartments, rights, purpose, until, granted_by) values ($1, $2, 'person', $3, $4, '{4}', '{read}', 'share', now() + interval '9 days', $5)",
          [newId(), record, work, away.id, owner.id],
        )
        const until = new Date(Date.now() + 9 * 86_400_000).toISOString()
        await shareKeys(x, record, ['story'], { user: away.id, publicX: away.keys.box.publicKey }, until)
        await shareWithDeputies(x, away.id, record, ['story'], until)
      })
      return record
    }
    await stepUp(away)
    const before = await grant((await newCase(owner)).person)
    const day = (n: number) => new Date(Date.now() + n * 86_400_000).toISOString().slice(0, 10).split('-')
    const fields = (name: string, n: number) =>
      Object.fromEntries(['year', 'month', 'day'].map((p, i) => [`${name}-${p}`, day(n)[i] ?? '']))
    expect((await send(away, '/ru/me/absence/new', { deputy: deputy.id, ...fields('from', 0), ...fields('until', 3) })).statusCode).toBe(
      303,
    )
    const during = await grant((await newCase(owner)).person)
    for (const id of [before, during]) expect(await opens(deputy, id)).toEqual(['identity', 'story'])
    const { rows } = await q('select id from app.absence where user_id = $1', [away.id])
    await w.post(away, '/ru/me/absence/end', { absence: rows[0].id })
    for (const id of [before, during]) expect(await opens(deputy, id)).toEqual([])
    expect(await opens(away, during)).toEqual(['identity', 'story'])
  })

  test('a supervisor arranges it for somebody ill: what they hold goes now, the rest waits for another holder', async () => {
    const ill = await w.person({ agency, roles: ['case_worker'], member: [[work, 'casework']], alias: 'Чиж' })
    const deputy = await w.person({ agency, roles: ['case_worker'], alias: 'Стриж' })
    const d = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10).split('-') as [string, string, string]
    const url = `/ru/users/${ill.id}/absence/new`
    const r = await send(boss, url, {
      deputy: deputy.id,
      'until-day': d[2],
      'until-month': d[1],
      'until-year': d[0],
      ...Object.fromEntries(['year', 'month', 'day'].map((p, i) => [`from-${p}`, new Date().toISOString().slice(0, 10).split('-')[i]!])),
    })
    expect(r.statusCode).toBe(303)
    expect((await w.get(boss, `/ru/users/${ill.id}/absence`)).body).toContain('коллегу с ключами')
    expect((await w.post(owner, `/ru/teams/${work}/waiting`, { user: deputy.id, fn: 'casework' })).statusCode).toBe(303)
    await w.as(deputy, async x => expect([x.session.groups, x.vault.teamKeys().length]).toEqual([[work], 5]))
    const { rows } = await q('select id from app.absence where user_id = $1', [ill.id])
    expect((await w.post(boss, `/ru/users/${ill.id}/absence/end`, { absence: rows[0].id })).statusCode).toBe(303)
  })
})

describe('a colleague leaves', () => {
  test('list handed over → account closed → rotation in the next holder’s session → the old keys open nothing', async () => {
    const leaver = await w.person({ agency, roles: ['case_worker'], member: [[work, 'casework']], alias: 'Скворец' })
    const c = await newCase(leaver)
    const stolen = await w.as(leaver, async x => [...x.vault.teamKeys()])
    expect(stolen).toHaveLength(5)
    const opened = async (): Promise<number> => {
      const { rows } = await q(
        "select record, compartment, dek_version, form, wrapped from app.key_wrap where holder = 'team' and holder_id = $1",
        [work],
      )
      return rows.filter(r =>
        stolen.some(k => {
          try {
            return r.form === 1
              ? openBytes(k.sym, { table: 'key_wrap', row: `${r.record}/${r.dek_version}`, compartment: r.compartment }, r.wrapped).plain
                  .length > 0
              : boxOpen(k.box, r.wrapped).length > 0
          } catch {
            return false
          }
        }),
      ).length
    }
    expect(await opened()).toBeGreaterThan(0)
    const url = `/ru/users/${leaver.id}/leave`
    expect((await w.get(admin, `/ru/users/${leaver.id}`)).body).toContain('1 открытое дело')
    const refused = await send(admin, url, { how: 'empty' })
    expect([refused.statusCode, refused.body.includes('Передайте')]).toEqual([422, true])
    await w.as(owner, x => x.tx.query('update app.case_record set assignee = $2 where id = $1', [c.id, owner.id]))
    await stepUp(admin)
    expect((await send(admin, url, { how: 'empty' })).statusCode).toBe(303)
    expect((await w.get(leaver, '/ru/me/absence')).headers.location).toContain('/sign-in')
    for (const t of ['session', 'team_key_wrap', 'member'])
      expect((await q(`select from app.${t} where user_id = $1`, [leaver.id])).rowCount, t).toBe(0)
    expect(await w.as(owner, rotationWaiting)).toBeGreaterThan(0)
    expect(await w.as(owner, startRotation)).toBe(5)
    let left = 1
    for (let i = 0; i < 50 && left > 0; i++) left = (await w.as(owner, x => continueRotation(x, 1000))).waiting
    expect(left).toBe(0)
    expect(await opened()).toBe(0)
    expect(
      (
        await q(
          "select from app.key_wrap where holder = 'team' and holder_id = $1 and holder_version = 1 and compartment in (1, 2, 3, 4, 7)",
          [work],
        )
      ).rowCount,
    ).toBe(0)
    expect(await opens(owner, c.person)).toEqual(['identity', 'story', 'whereabouts'])
  })
  test('a hostile account goes at once, and its list stays for the supervisor', async () => {
    const hostile = await w.person({ agency, roles: ['case_worker'], member: [[work, 'casework']], alias: 'Кукушка' })
    const c = await newCase(hostile)
    await stepUp(admin)
    expect((await send(admin, `/ru/users/${hostile.id}/leave`, { how: 'now' })).statusCode).toBe(303)
    expect((await w.get(hostile, '/ru/me/absence')).headers.location).toContain('/sign-in')
    await w.as(boss, async x =>
      expect((await x.tx.query('select id from app.case_record where assignee = $1', [hostile.id])).rows).toEqual([{ id: c.id }]),
    )
    expect((await w.get(boss, `/ru/users/${hostile.id}`)).body).toContain('1 открытое дело')
  })
  test('the supervisor sees who looked at a case of the team, others do not', async () => {
    const { rows } = await q('select record from app.break_glass where home_group = $1 limit 1', [work])
    const page = await w.get(boss, `/ru/cases/${rows[0].record}/audit`)
    expect([page.statusCode, page.body.includes('glass.open'), page.body.includes('Дрозд')]).toEqual([200, true, true])
    for (const p of [owner, admin, duty, auditor]) expect((await w.get(p, `/ru/cases/${rows[0].record}/audit`)).statusCode).toBe(404)
    const { rows: c } = await q('select number from app.case_record where id = $1', [rows[0].record])
    expect((await w.get(auditor, `/ru/audit?record=${c[0].number}`)).body).toContain('glass.open')
  })
  test('nothing broke inside', () => expect(w.logged).toEqual([]))
})
