import fc from 'fast-check'
import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Scratch, scratch } from '../platform/scratch.testing.ts'
import { filters, lettersOf, registerFilters, registerOrder } from './store.list.ts'
import { factsSql } from './store.ts'
import { waitingSql } from './store.waiting.ts'

/* The lists of reports are read team by team; they must say what the plain question says. */

let db: Scratch
let c: pg.PoolClient
beforeAll(async () => {
  db = await scratch()
  c = await db.owner.connect()
  // Rows without their cases' keys and journals: only the question is asked here.
  await c.query('set session_replication_role = replica')
}, 60_000)
afterAll(async () => {
  c?.release()
  await db?.end()
})
const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const today = '2026-11-24'
const clock = [2, 24]

/** n facts with decisions and letters, spread over teams and cases by what `seed` says; ids from 0. `calm`: nearly everything is done, as in an archive of years. */
const fill = async (n: number, teams: number, seed: number, calm = false): Promise<void> => {
  const cases = Math.max(1, Math.floor(n / 2))
  const r = (k: number) => `(abs(hashint8(i * 31 + ${seed + k})) % 1000)`
  const id = (of: string) => `('00000000-0000-4000-8000-' || lpad((${of})::text, 12, '0'))::uuid`
  const later = calm ? `${r(3)} < 20` : `${r(3)} % 3 = 2`
  const state = calm ? `case when ${r(9)} < 950 then 4 else 1 + ${r(8)} % 5 end` : `1 + ${r(8)} % 5`
  await c.query('truncate app.report_letter, app.report_decision, app.report_fact, app.screening, app.case_record cascade')
  await c.query(`insert into app.case_record (id, home_group, number, person_id, assignee, state, danger, opened)
    select ${id('i')}, ${id(`900000 + i % ${teams}`)}, 'D-' || lpad(i::text, 7, '0'), ${id('i')}, ${id('800000 + i % 3')}, 'open', 'none', date '2024-01-01' from generate_series(0, ${cases - 1}) i`)
  const of = `${id(`1000000 + i`)}, ${id(`i % ${cases}`)}, ${id(`900000 + (i % ${cases}) % ${teams}`)}`
  await c.query(
    `insert into app.report_fact (id, case_id, home_group, learned, life, sealed) select ${of}, timestamptz '2024-01-01' + make_interval(hours => ${r(1)}), ${r(2)} < 300, '\\x00' from generate_series(0, ${n - 1}) i`,
  )
  await c.query(
    `insert into app.report_decision (id, case_id, home_group, answer, life, until, sealed) select ${of}, case when ${later} then 'later' when ${r(3)} % 2 = 0 then 'now' else 'no' end, ${r(2)} < ${calm ? 300 : 250}, case when ${later} then date '2026-11-20' + ${r(4)} % 9 end, '\\x00' from generate_series(0, ${n - 1}) i where ${r(5)} < ${calm ? 998 : 950}`,
  )
  await c.query(
    `insert into app.report_letter (id, case_id, home_group, fact_id, recipient, state, send_due, answer_due, sealed) select ${of}, ${id('1000000 + i')}, 'police', s, date '2026-11-01' + ${r(6)} % 40, case when s in ('sent', 'registered', 'answered') then date '2026-11-10' + ${r(7)} % 30 end, '\\x00'
       from generate_series(0, ${n - 1}) i cross join lateral (select (array['draft', 'sent', 'registered', 'answered', 'stopped'])[${state}] as s) x`,
  )
}
const mine = (x: string) => `(${x}.home_group = any ($1::uuid[]) or ${x}.case_id = any ($2::uuid[]))`
const asking = "(d.id is null or d.answer = 'later' or (f.life and not d.life))"
/** The plain question, as it was asked before. */
const plainWaiting = `
  select f.id, f.case_id, case when d.answer = 'later' and not (f.life and not d.life) then d.until::timestamp at time zone $5
      else f.learned + make_interval(secs => case when f.life then $6::float8 else $7::float8 end * 3600) end as due, 'decide' as kind
    from ${factsSql} f left join app.report_decision d on d.id = f.id where ${mine('f')} and ${asking}
  union all select l.id, l.case_id, l.send_due::timestamp at time zone $5, 'send' from app.report_letter l where ${mine('l')} and l.state = 'draft'
  union all select l.id, l.case_id, l.answer_due::timestamp at time zone $5, 'answer' from app.report_letter l where ${mine('l')} and l.state in ('sent', 'registered') and l.answer_due <= $3::date`
const plainFirst = `select a.id, a.kind, count(*) over ()::int as n from (${plainWaiting}) a join app.case_record c on c.id = a.case_id where $4::uuid is null or c.assignee = $4 order by a.due, a.id, a.kind limit 25`
const first = `select a.id, a.kind, count(*) over ()::int as n from (${waitingSql}) a join app.case_record c on c.id = a.case_id where $4::uuid is null or c.assignee = $4 order by a.due, a.id, a.kind limit 25`
/** The filters of the register as they were asked before. */
const plainFilter = {
  open: "l.state in ('draft', 'sent', 'registered') and $3::date is not null",
  overdue: "((l.state = 'draft' and l.send_due < $3::date) or (l.state in ('sent', 'registered') and l.answer_due < $3::date))",
  all: '$3::date is not null',
}
const plainPage = (show: keyof typeof filters, page: number) =>
  `select l.id, count(*) over ()::int as n from app.report_letter l where ${mine('l')} and ${plainFilter[show]} order by ${registerOrder} limit 25 offset ${page * 25}`
const pageOf = (show: keyof typeof filters, page: number) =>
  `with picked as materialized (${lettersOf({ filter: filters[show], order: registerOrder, limit: (page + 1) * 25 })})
   select l.id from picked p join app.report_letter l on l.id = p.id order by ${registerOrder} limit 25 offset ${page * 25}`

test('read team by team the lists say what the plain question says: order, no row twice, none lost, exact count', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 120 }),
      fc.nat(1_000_000),
      fc.uniqueArray(fc.nat(4), { maxLength: 4 }),
      fc.uniqueArray(fc.nat(70), { maxLength: 9 }),
      fc.option(fc.nat(2)),
      fc.constantFrom(...registerFilters),
      fc.nat(2),
      async (n, seed, groups, direct, who, show, page) => {
        await fill(n, 4, seed)
        const scope = [groups.map(g => uuid(900_000 + g)), direct.map(uuid), today]
        const values = [...scope, who === null ? null : uuid(800_000 + who), 'Europe/Moscow', ...clock]
        const [plain, now] = [(await c.query(plainFirst, values)).rows, (await c.query(first, values)).rows]
        expect(now).toEqual(plain)
        const was = (await c.query(plainPage(show, page), scope)).rows
        expect((await c.query(pageOf(show, page), scope)).rows).toEqual(was.map(r => ({ id: r.id })))
        const total = (
          await c.query(
            `select count(*)::int as n from (${lettersOf({ filter: filters[show], order: registerOrder, limit: 1001 })}) x`,
            scope,
          )
        ).rows[0].n
        if (was.length > 0) expect(total).toBe(was[0].n)
      },
    ),
    { numRuns: 40 },
  )
}, 120_000)

/* How long each takes: DOVERIE_MEASURE=100000 vitest run src/mandatory-report/lists.test.ts. A figure for people, not a threshold: machines differ. */
test.runIf(process.env.DOVERIE_MEASURE)(
  'measured',
  async () => {
    const n = Number(process.env.DOVERIE_MEASURE)
    await fill(n, 8, 1, true)
    await c.query('analyze app.report_fact, app.report_decision, app.report_letter, app.case_record')
    const scope = [[0, 1, 2, 3, 4, 5, 6, 7].map(g => uuid(900_000 + g)), [uuid(1), uuid(2)], today]
    const values = [...scope, null, 'Europe/Moscow', ...clock]
    const ms = async (sql: string, v: readonly unknown[]) => {
      const all: number[] = []
      for (let i = 0; i < 7; i++) {
        const from = performance.now()
        await c.query(sql, v as unknown[])
        all.push(performance.now() - from)
      }
      return `${all.sort((a, b) => a - b)[3]!.toFixed(1)} ms`
    }
    process.stdout.write(`${n} facts and letters, 8 teams, all of them mine:
  what waits   plain ${await ms(plainFirst, values)}   now ${await ms(first, values)}
  the register plain ${await ms(plainPage('open', 0), scope)}   now ${await ms(pageOf('open', 0), scope)} and its count ${await ms(`select count(*)::int as n from (${lettersOf({ filter: filters.open, order: registerOrder, limit: 1001 })}) x`, scope)}
`)
  },
  300_000,
)
