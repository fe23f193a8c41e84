import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { roles } from '../base/people.ts'
import { newId } from '../platform/records.ts'
import { hiddenOf, type Person } from '../platform/testing.session.ts'
import { deskWorld } from './desk.testing.ts'
import { clockText, deskState, waitWords } from './rules.chat.ts'
import { defaultHours, Hours, waitings } from './schema.chat.ts'
import { minuteOf, typedHours, weekDays } from './schema.desk-hours.ts'
import { findDeskState } from './store.public-chat.ts'

const { w, desk, worker, boss, stranger, home, ask } = await deskWorld()
afterAll(() => w.end())

const url = '/ru/contacts/hours'
const week: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    weekDays.slice(0, 5).flatMap(d => [
      [`${d}From`, '9'],
      [`${d}To`, '18.30'],
    ]),
  ),
  satClosed: 'yes',
  sunFrom: '10:00',
  sunTo: '24:00',
  waiting: 'hours',
}
const kept = [...Array.from({ length: 5 }, () => [540, 1110]), null, [600, 1440]]
const hiddenNow = async (who: Person) => hiddenOf((await w.get(who, url)).body, url)
const rows = async () => (await w.db.owner.query('select home_group, hours, waiting, version from app.desk_hours')).rows

describe('who may not', () => {
  test('contact:hours: others get the bytes of an unknown address and write nothing', async () => {
    const unknown = (await w.get(desk, '/ru/no-such-page')).body
    for (const role of roles) {
      const p = await w.person({ agency: desk.agency, roles: [role] })
      const r = await w.get(p, url)
      if (role === 'supervisor') {
        expect(r.statusCode).toBe(200)
        expect(r.body).not.toContain('name="monFrom"')
      } else expect([r.statusCode, r.body], role).toEqual([404, unknown])
      // A supervisor of no desk has nothing to say either.
      expect((await w.post(p, url, { ...week, command: newId(), version: '0' })).statusCode, role).toBe(404)
    }
    for (const p of [desk, worker, stranger])
      expect((await w.post(p, url, { ...week, command: newId(), version: '0' })).statusCode).toBe(404)
    expect(await rows()).toEqual([])
  })
  test('the database refuses them too, whatever the server asked', async () => {
    for (const p of [desk, worker, stranger])
      await expect(
        w.as(p, x => x.tx.query('insert into app.desk_hours (home_group, hours) values ($1, $2)', [home, JSON.stringify(defaultHours)])),
      ).rejects.toThrow(/row-level security/)
    expect(await rows()).toEqual([])
  })
})

test('what a supervisor says stands on the public site at once, in the journal once, and whoever was slower sees both', async () => {
  expect(await findDeskState(ask)).toMatchObject({ hours: defaultHours, waiting: 'minutes' })
  // The journal knows this team: its record has the agency as its home, and 0073 wrote the hours for that (0099).
  await w.db.owner.query("select app.journal_write($1, 'team', $2, 'team_changed', null, $3, '{}', '{}', '{}')", [
    home,
    boss.agency,
    newId(),
  ])
  const shown = (await w.get(boss, url)).body
  expect(shown).toContain('9:00–21:00')
  const first = hiddenOf(shown, url)
  expect((await w.post(boss, url, { ...first, ...week })).statusCode).toBe(303)
  expect(await findDeskState(ask)).toMatchObject({ hours: kept, waiting: 'hours' })
  expect(await rows()).toEqual([{ home_group: home, hours: kept, waiting: 'hours', version: 1 }])
  const journal = async () =>
    (await w.db.owner.query("select actor from app.journal where record = $1 and type = 'desk_hours_changed'", [home])).rows
  expect(await journal()).toEqual([{ actor: boss.id }])
  // The same form again is the same act; the same form with other words is told.
  expect((await w.post(boss, url, { ...first, ...week })).statusCode).toBe(303)
  expect((await w.post(boss, url, { ...first, ...week, monFrom: '8' })).statusCode).toBe(409)
  const late = await w.post(boss, url, { command: newId(), version: '0', ...week, monFrom: '7:45' })
  expect(late.statusCode).toBe(409)
  for (const both of ['7:45', '9:00–18:30']) expect(late.body).toContain(both)
  expect((await w.post(boss, url, { ...(await hiddenNow(boss)), ...week, waiting: 'day' })).statusCode).toBe(303)
  expect(await findDeskState(ask)).toMatchObject({ waiting: 'day' })
  expect(await journal()).toHaveLength(2)
})

test('a wrong time is told beside its day, and nothing typed is lost', async () => {
  const before = await rows()
  for (const wrong of [
    { tueFrom: '25:00' },
    { tueFrom: '' },
    { tueTo: '9:00' },
    { tueTo: '8' },
    { tueTo: 'вечер' },
    { waiting: 'never' },
  ]) {
    const r = await w.post(boss, url, { ...(await hiddenNow(boss)), ...week, wedFrom: '11:11', ...wrong })
    expect(r.statusCode, JSON.stringify(wrong)).toBe(422)
    expect(r.body).toContain('11:11')
  }
  expect(await rows()).toEqual(before)
})

test('minutes of the day survive the form, and every wait has its sentence', () => {
  const day = fc.option(
    fc.tuple(fc.integer({ min: 0, max: 1440 }), fc.integer({ min: 0, max: 1440 })).filter(([a, b]) => a < b),
    { nil: null },
  )
  fc.assert(
    fc.property(fc.array(day, { minLength: 7, maxLength: 7 }), fc.constantFrom(...waitings), (hours, waiting) => {
      const typed = typedHours(Hours.parse(hours), waiting)
      expect(weekDays.map(d => (typed[`${d}Closed`] ? null : [typed[`${d}From`], typed[`${d}To`]].map(v => minuteOf(String(v)))))).toEqual(
        hours,
      )
      const said = { hours: Hours.parse(hours), zone: 'Europe/Moscow', staffed: true, busy: false, waiting }
      expect(deskState(said, '2026-11-24T09:00:00.000Z')).toMatchObject({ now: 'here', waiting })
    }),
  )
  fc.assert(fc.property(fc.integer({ min: 0, max: 1440 }), m => minuteOf(clockText(m)) === m))
  expect(waitings.map(waiting => waitWords({ busy: false, waiting }))).toEqual(['here', 'wait.half_hour', 'wait.hours', 'wait.day'])
  expect(waitings.map(waiting => waitWords({ busy: true, waiting }))).toEqual(['busy', 'busy', 'wait.hours', 'wait.day'])
})
