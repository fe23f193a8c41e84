import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { allPolicies } from '../policies.ts'
import { policySql } from './policies.ts'
import { enter, rowsOf, whereSql } from './rls.testing.enter.ts'
import { actorOf, anyWorld, type World } from './rls.testing.ts'
import { type Scratch, scratch } from './scratch.testing.ts'

// A test of the twin test: every single clause of every policy is made always true or always false, and some world has to notice.
let db: Scratch
let client: pg.Client
beforeAll(async () => {
  db = await scratch()
  client = new pg.Client(db.connection('postgres'))
  await client.connect()
}, 60_000)
afterAll(async () => {
  await client?.end()
  await db?.end()
})

const clauses =
  /not \(\w+ = any\(\(select app\.my_excluded\(\)\)::uuid\[\]\)\)|\w+ = any\(\(select app\.my_\w+\(\)\)::uuid\[\]\)|\w+ = \(select app\.\w+\(\)\)|\(select app\.my_roles\(\)\) && array\[[^\]]*\]::text\[\]|kind = '\w+'|\w+ = any\(array\(select [^()]*\(select app\.my_agency\(\)\)\)\)/g

const sample = rowsOf(fc.sample(anyWorld, 1)[0] as World)
const mutants = allPolicies
  .flatMap(c => c.tables)
  .filter(t => t.select && t.table in sample)
  .flatMap(t => {
    const sql = policySql(t, 'select') ?? ''
    return [...sql.matchAll(clauses)].flatMap(m =>
      ['true', 'false'].map(value => ({ t, clause: m[0], value, sql: sql.slice(0, m.index) + value + sql.slice(m.index + m[0].length) })),
    )
  })

const notices = async (t: (typeof mutants)[number]['t'], w: World): Promise<boolean> => {
  const rows = rowsOf(w)
  const list = rows[t.table] ?? []
  if (list.length === 0) return false
  await client.query('begin')
  try {
    await enter(client, w, rows)
    const actor = actorOf(w)
    const { rows: seen } = await client.query(
      `select ${list.map((r, i) => `exists (select from app.${t.table} where ${whereSql(r)}) as r${i}`).join(', ')}`,
    )
    return list.some((r, i) => {
      const allowed =
        actor !== null && t.select?.test(actor, r.twin) === true && (t.record === null || !actor.excluded.includes(r.twin.record))
      return seen[0][`r${i}`] !== allowed
    })
  } finally {
    await client.query('rollback')
  }
}

test('every clause of every policy matters, and some world notices its loss', async () => {
  const seed = Number(process.env.DOVERIE_SEED ?? Math.floor(Math.random() * 2 ** 31))
  const until = Date.now() + (process.env.DOVERIE_LONG ? 600_000 : 8_000)
  expect(mutants.length).toBeGreaterThan(100)
  const order = fc.sample(fc.shuffledSubarray(mutants, { minLength: mutants.length }), { numRuns: 1, seed })[0] ?? []
  const survived: string[] = []
  let tried = 0
  for (const m of order) {
    if (Date.now() > until) break
    await db.owner.query(`alter policy staff_select on app.${m.t.table} using ${m.sql.startsWith('(') ? `(${m.sql})` : m.sql}`)
    let noticed = false
    let cut = false
    for (const w of fc.sample(anyWorld, { numRuns: 800, seed: seed + tried })) {
      noticed = await notices(m.t, w)
      // A busy machine is no survivor: what was not tried to the end does not count.
      cut = Date.now() > until + 10_000
      if (noticed || cut) break
    }
    await db.owner.query(`alter policy staff_select on app.${m.t.table} using (${policySql(m.t, 'select')})`)
    if (cut && !noticed) break
    tried++
    if (!noticed) survived.push(`${m.t.table}: ${m.clause} -> ${m.value}`)
  }
  console.log(`mutants: seed ${seed}, ${tried} of ${mutants.length} tried, ${tried - survived.length} noticed`)
  expect(survived).toEqual([])
}, 660_000)
