import fc from 'fast-check'
import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { countSql, pageSql } from './lists.ts'
import { type Scratch, scratch } from './scratch.testing.ts'

let db: Scratch
let c: pg.PoolClient
beforeAll(async () => {
  db = await scratch()
  c = await db.owner.connect()
}, 60_000)
afterAll(async () => {
  c?.release()
  await db?.end()
})

const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const row = fc.record({
  group: fc.nat(4),
  state: fc.constantFrom('open', 'suspended', 'closed'),
  day: fc.nat(5),
  due: fc.option(fc.nat(3)),
})
const orders = [
  'c.opened desc, c.id',
  'c.due asc nulls last, c.id',
  "case c.danger when 'danger' then 0 else 3 end, c.due asc nulls last, c.id",
]

test('a page of short scans is the page of the plain question: order, no row twice, no row lost, exact count', async () => {
  let count = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { maxLength: 40 }),
      fc.uniqueArray(fc.nat(5), { maxLength: 5 }),
      fc.uniqueArray(fc.nat(45), { maxLength: 12 }),
      fc.constantFrom(...orders),
      fc.constantFrom('true', "c.state <> 'closed'", "c.state in ('open', 'suspended')"),
      fc.nat(3),
      async (rows, groups, direct, order, filter, page) => {
        await c.query('begin; delete from app.case_record')
        await c.query(
          `insert into app.case_record (id, home_group, number, person_id, state, danger, opened, due)
           select i, g, 'D-' || lpad((row_number() over ())::text, 7, '0'), i, s, (array['danger', 'none'])[1 + o % 2], date '2024-01-01' + o, date '2024-02-01' + d from unnest($1::uuid[], $2::uuid[], $3::text[], $4::int[], $5::int[]) u(i, g, s, o, d)`,
          [
            rows.map((_, i) => uuid(i)),
            rows.map(r => uuid(1000 + r.group)),
            rows.map(r => r.state),
            rows.map(r => r.day),
            rows.map(r => r.due),
          ],
        )
        const values = [groups.map(g => uuid(1000 + g)), direct.map(uuid)]
        const where = `(c.home_group = any ($1::uuid[]) or c.id = any ($2::uuid[])) and (${filter})`
        const plain = (
          await c.query(`select c.id from app.case_record c where ${where} order by ${order} limit 5 offset ${page * 5}`, values)
        ).rows
        const total = (await c.query(`select count(*)::int as n from app.case_record c where ${where}`, values)).rows[0].n
        const query = { table: 'case_record', columns: 'c.id', filter, order }
        expect((await c.query(pageSql(query, 5, page * 5), values)).rows).toEqual(plain)
        expect((await c.query(countSql(query), values)).rows[0].n).toBe(total)
        expect((await c.query(countSql(query, 7), values)).rows[0].n).toBe(Math.min(total, 8))
        await c.query('rollback')
        count++
      },
    ),
    { numRuns: 300, interruptAfterTimeLimit: 10_000 },
  )
  console.log(`lists: ${count} pages compared`)
  expect(count).toBeGreaterThan(20)
}, 60_000)
