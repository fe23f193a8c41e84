// A table of statistics over 1,000,000 cases, as an analyst's request computes it: counts of different children in SQL, then suppression. At most 1 s a table.
import { suppress } from '../src/base/suppression.ts'
import { newWriter } from '../src/platform/ledger.testing.ts'
import { scratch } from '../src/platform/scratch.testing.ts'
import { sumsSql } from '../src/statistics/jobs.ts'
import { cutOf } from '../src/statistics/rules.cuts.ts'
import { monthsBetween, proposals, tableOf } from '../src/statistics/rules.tables.ts'
import { type Count, dimensions } from '../src/statistics/schema.ts'
import { countsSql } from '../src/statistics/store.rows.ts'

const total = Number(process.argv[2] ?? 1_000_000)
const runs = 7

const db = await scratch({ settings: ['shared_buffers=256MB', 'work_mem=16MB'] })
const pool = db.pool('staff_rw', 1)
const w = await newWriter(db, pool)
await db.owner.query("update app.account set roles = '{analyst}'")
const agency = String((await db.owner.query('select agency_id as a from app.account')).rows[0].a)
const filled = performance.now()
// Every tenth child has a second case in another month: as the job leaves it, in random order.
await db.owner.query(
  `insert into app.statistics_row (id, agency_id, what, month, case_hmac, child, sole, age, sex, origin, purpose, channel)
   select gen_random_uuid(), $1, 'opened', date '2023-01-01' + make_interval(months => (random() * 35)::int), sha256(i::text::bytea), c, not (c % 10 = 0),
     (array['0-5', '6-9', '10-13', '14-15', '16-17', '18+', 'unknown'])[1 + (random() * 6)::int], (array['female', 'male', 'unknown'])[1 + (random() * random() * 2)::int],
     (array['UZ', 'KG', 'TJ', 'NG', 'RU-MOW', 'RU-TVE', 'RU-DA', 'RU', 'VN', 'unknown', 'KZ', 'AM'])[1 + (random() * random() * 11)::int],
     (array['unknown', 'sexual_exploitation', 'forced_labour', 'forced_begging', 'several'])[1 + (random() * 4)::int],
     (array['unknown', 'messenger', 'game', 'social_network', 'family'])[1 + (random() * 4)::int]
   from (select i, case when i % 11 = 0 then (i - 1) / 10 * 10 else i end as c from generate_series(1, $2) i order by random()) x`,
  [agency, total],
)
await db.owner.query(sumsSql, [monthsBetween('2023-01-01', '2025-12-01')])
await db.owner.query('vacuum analyze app.statistics_row, app.statistics_sum')
console.log(`${total} rows in ${((performance.now() - filled) / 1000).toFixed(1)} s`)

const median = (list: number[]) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] as number
let slowest = 0
/** What PostgreSQL takes to count all of them once: a machine that is busy is busy for both. */
const floors: number[] = []
for (let i = 0; i < runs; i++) {
  const start = performance.now()
  await w.as(tx => tx.query('select count(*) from app.statistics_row where agency_id = $1', [agency]))
  floors.push(performance.now() - start)
}
console.log(`count(*) of all rows: ${median(floors).toFixed(0)} ms, p50 of ${runs}`)
for (const rows of dimensions)
  for (const columns of ['none', ...dimensions.filter(d => d !== rows)]) {
    const cut = cutOf(
      { rows: `${rows}.0`, columns: columns === 'none' ? columns : `${columns}.0`, from: '2023-01', to: '2025-12' },
      '2026-01-01',
    )
    const times: { sql: number; all: number }[] = []
    for (let i = -1; i < runs; i++) {
      const start = performance.now()
      const counts = await w.as(
        async tx => (await tx.query<Count & { a: string }>(countsSql(cut), [agency, cut.what, cut.from, cut.to])).rows,
      )
      const sql = performance.now() - start
      const table = tableOf(cut, counts)
      suppress(table)
      proposals(table, counts)
      if (i >= 0) times.push({ sql, all: performance.now() - start })
    }
    const all = median(times.map(t => t.all))
    slowest = Math.max(slowest, all)
    console.log(`${rows} × ${columns}: ${all.toFixed(0)} ms (SQL ${median(times.map(t => t.sql)).toFixed(0)} ms), p50 of ${runs}`)
  }
console.log(
  `slowest table over ${total} rows: ${slowest.toFixed(0)} ms; of the bar of 1,000 ms: ${(slowest / 1000).toFixed(2)}; of one count(*): ${(slowest / median(floors)).toFixed(2)}`,
)
await db.end()
