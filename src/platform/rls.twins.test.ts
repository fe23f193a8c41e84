import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TablePolicy } from '../base/policy.ts'
import { allPolicies } from '../policies.ts'
import { enter, insertSql, rowsOf, setSql, whereSql } from './rls.testing.enter.ts'
import type { TestRow } from './rls.testing.rows.ts'
import { actorOf, anyWorld, type World } from './rls.testing.ts'
import { type Scratch, scratch } from './scratch.testing.ts'

let db: Scratch
let client: pg.Client
beforeAll(async () => {
  db = await scratch()
  // Runs one statement as whoever asks, tells the number of rows or the code of the refusal, and takes it back either way.
  await db.owner.query(`create schema t; grant usage on schema t to staff_rw; create function t.try(q text) returns text language plpgsql as $$
    declare n integer; begin begin execute q; get diagnostics n = row_count; raise exception using errcode = 'U0000', message = n::text;
      exception when others then return case when sqlstate = 'U0000' then sqlerrm else sqlstate || ' ' || sqlerrm end; end; end $$`)
  client = new pg.Client(db.connection('postgres'))
  await client.connect()
}, 60_000)
afterAll(async () => {
  await client?.end()
  await db?.end()
})

const policies = new Map(allPolicies.flatMap(c => c.tables.map(t => [t.table, t] as const)))
const policyOf = (table: string): TablePolicy => policies.get(table) ?? { table, record: null }

const allowed = (w: World, p: TablePolicy, verb: 'select' | 'insert' | 'update' | 'delete', r: TestRow): boolean => {
  const actor = actorOf(w)
  if (!actor || !p[verb]?.test(actor, r.twin)) return false
  return p.record === null || !actor.excluded.includes(r.twin.record)
}

/** What code allows and what the database does, as lists of the same sentences. */
const compare = async (w: World): Promise<{ code: string[]; database: string[] }> => {
  const code: string[] = []
  const database: string[] = []
  const rows = rowsOf(w)
  await client.query('begin')
  try {
    await enter(client, w, rows)
    const actor = actorOf(w)
    const { rows: arrays } = await client.query(
      'select app.my_groups() as groups, app.my_desk() as desk, app.my_direct() as direct, app.my_excluded() as excluded',
    )
    for (const name of ['groups', 'desk', 'direct', 'excluded'] as const) {
      code.push(`${name} ${[...(actor?.[name] ?? [])].sort().join()}`)
      database.push(`${name} ${[...arrays[0][name]].sort().join()}`)
    }
    const tries: { sentence: string; sql: string; expected: boolean }[] = []
    for (const [table, list] of Object.entries(rows)) {
      const p = policyOf(table)
      for (const [n, r] of list.entries()) {
        const may = (verb: 'select' | 'insert' | 'update' | 'delete') => allowed(w, p, verb, r)
        const sees = may('select')
        tries.push({ sentence: `select ${table} ${n}`, sql: `select from app.${table} where ${whereSql(r)}`, expected: sees })
        const column = p.updateColumns?.find(c => c in r.columns)
        // A row that is looked for before it is changed must be seen too.
        if (column)
          tries.push({
            sentence: `update ${table} ${n}`,
            sql: `update app.${table} set ${setSql(column, r)} where ${whereSql(r)}`,
            expected: sees && may('update'),
          })
        tries.push({
          sentence: `delete ${table} ${n}`,
          sql: `delete from app.${table} where ${whereSql(r)}`,
          expected: sees && may('delete'),
        })
        // A new record has an id that nobody was granted yet.
        const fresh = p.record !== null && p.record in r.other ? { ...r, twin: { ...r.twin, record: String(r.other[p.record]) } } : r
        if (Object.keys(r.other).length)
          tries.push({
            sentence: `insert ${table} ${n}`,
            sql: insertSql(table, { ...r.columns, ...r.other }),
            expected: allowed(w, p, 'insert', fresh),
          })
      }
    }
    const { rows: answers } = await client.query<{ a: string }>(
      'select t.try(q) as a from unnest($1::text[]) with ordinality u(q, i) order by i',
      [tries.map(t => t.sql)],
    )
    for (const [i, t] of tries.entries()) {
      const answer = answers[i]?.a ?? ''
      if (!/^([01]$|42501)/.test(answer)) throw new Error(`${t.sql}: ${answer}`)
      code.push(`${t.sentence}: ${t.expected}`)
      database.push(`${t.sentence}: ${answer === '1'}`)
    }
  } finally {
    await client.query('rollback')
  }
  return { code, database }
}

test('every table that belongs to a record has rows in this test', () => {
  const untested = [...policies.values()]
    .filter(p => p.record !== null && !(p.table in rowsOf(fc.sample(anyWorld, 1)[0] as World)))
    .map(p => p.table)
  expect(untested, 'add rows for these tables to rls.testing.rows.ts').toEqual([])
})

test('what a condition allows in code is exactly what row-level security allows', async () => {
  const seed = Number(process.env.DOVERIE_SEED ?? Math.floor(Math.random() * 2 ** 31))
  const budget = process.env.DOVERIE_LONG ? 600_000 : 10_000
  let count = 0
  let sentences = 0
  const granted = new Map<string, number>()
  await fc.assert(
    fc.asyncProperty(anyWorld, async w => {
      const { code, database } = await compare(w)
      count++
      sentences += code.length
      for (const s of code)
        if (s.endsWith(': true')) granted.set(s.split(' ', 2).join(' '), (granted.get(s.split(' ', 2).join(' ')) ?? 0) + 1)
      expect(database).toEqual(code)
    }),
    { seed, numRuns: 100_000, interruptAfterTimeLimit: budget, endOnFailure: false },
  )
  console.log(
    `twins: seed ${seed}, ${count} worlds, ${sentences} answers compared, ${[...granted.values()].reduce((a, b) => a + b, 0)} of them yes`,
  )
  // A generator that never lets anybody do a thing would prove nothing; a slow machine that made few worlds says nothing about that.
  if (count < 80) return
  for (const p of policies.values())
    for (const verb of ['select', 'update', 'delete'] as const)
      if (p[verb] && p.record !== null)
        expect([`${verb} ${p.table}`, (granted.get(`${verb} ${p.table}`) ?? 0) > 0]).toEqual([`${verb} ${p.table}`, true])
}, 660_000)
