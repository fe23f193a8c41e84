// The list of 25 cases as staff_rw, for people who may see 60, 5,000 and 100,000 of 100,000 rows. The slowest should take at most twice the fastest.
import { type CaseSort, caseColumns, listCases } from '../src/case/store.ts'
import type { Tx } from '../src/platform/db.ts'
import { newWriter, type Writer } from '../src/platform/ledger.testing.ts'
import { newId } from '../src/platform/records.ts'
import { scratch } from '../src/platform/scratch.testing.ts'

const total = Number(process.argv[2] ?? 100_000)
const runs = 200

const db = await scratch({ settings: ['shared_buffers=192MB'] })
const pool = db.pool('staff_rw', 2)

// Shares of one database: 60 and 5,000 rows in a team each, the rest in a third; the last person belongs to all three.
const [few, some, all] = [await newWriter(db, pool), await newWriter(db, pool), await newWriter(db, pool)] as [Writer, Writer, Writer]
for (const w of [few, some])
  await db.owner.query("insert into app.member (user_id, team_id, function, confirmed_by) values ($1, $2, 'supervision', $1)", [
    all.user,
    w.group,
  ])
const shares: [Writer, number][] = [
  [few, 60],
  [some, Math.round(total / 20)],
  [all, total - 60 - Math.round(total / 20)],
]
for (const [w, n] of shares) {
  await db.owner.query(
    `insert into app.case_record (id, home_group, number, person_id, assignee, state, danger, opened)
     select gen_random_uuid(), $1, 'D-' || translate(upper(substr(md5($3 || i), 1, 7)), 'ILOU', '1234'), gen_random_uuid(), null,
            (array['open', 'open', 'open', 'suspended', 'closed'])[1 + i % 5], (array['none', 'concern', 'danger', 'not_assessed'])[1 + i % 4], date '2020-01-01' + (random() * 2000)::int
       from generate_series(1, $2) i on conflict do nothing`,
    [w.group, n, newId()],
  )
}
// Twenty things are assigned or granted to each, and some records are hidden from each: the ordinary state of a person.
for (const [w] of shares) {
  await db.owner.query(
    `insert into app.grant_ (id, record, kind, home_group, user_id, compartments, rights, purpose, until, granted_by)
     select gen_random_uuid(), id, 'case', home_group, $1, '{1}', '{read}', 'share', 'infinity', $1 from (select id, home_group from app.case_record where home_group = $2 limit 20) x`,
    [w.user, w.group],
  )
  await db.owner.query(
    "insert into app.record_exclusion (id, record, home_group, excluded_kind, excluded_id, made_by) select gen_random_uuid(), id, home_group, 'user', $1, $1 from (select id, home_group from app.case_record where home_group = $2 offset 20 limit 5) x",
    [w.user, w.group],
  )
}
await db.owner.query(
  "insert into app.sealed (record, kind, compartment, home_group, value) select id, 'case', 3, home_group, decode(repeat('ab', 120), 'hex') from app.case_record",
)
await db.owner.query('vacuum analyze')

// The store of cases itself, list and total, and for comparison the same question as one WHERE.
const plain = `select ${caseColumns} from app.case_record c where (c.home_group = any ($1::uuid[]) or c.id = any ($2::uuid[])) and c.state in ('open', 'suspended')
  order by c.opened desc, c.id limit 25`
type Ask = (tx: Tx, groups: string[], direct: string[], user: string) => Promise<{ rows: unknown[] }>
const withoutCount = (tx: Tx): Tx => ({
  query: ((text: string, values: unknown[]) =>
    text.startsWith('select least(count') ? Promise.resolve({ rows: [{ n: 0 }] }) : tx.query(text, values)) as unknown as Tx['query'],
})
const list =
  (sort: CaseSort, total: boolean): Ask =>
  (tx, groups, direct, userId) =>
    listCases(
      // The question is the list; the exact total up to 1,000 reads up to a thousand rows more for whoever has them, and is measured apart.
      {
        tx: total ? tx : withoutCount(tx),
        now: new Date().toISOString(),
        session: { userId, groups, direct, timeZone: 'Europe/Moscow' },
      } as unknown as Parameters<typeof listCases>[0],
      {
        state: 'open',
        danger: 'any',
        person: null,
        mine: false,
        due: 'any',
        sort,
        page: 1,
      },
    )

const median = (list: number[]) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] as number
/** Medians for each person; they take turns, so that a busy machine is busy for all of them alike. */
const measure = async (ask: Ask): Promise<number[]> => {
  const people = await Promise.all(
    [few, some, all].map(async w => {
      const { rows } = await w.as(tx => tx.query<{ g: string[]; d: string[] }>('select app.my_groups() as g, app.my_direct() as d'))
      return { w, ...(rows[0] as { g: string[]; d: string[] }), times: [] as number[] }
    }),
  )
  for (let i = -20; i < runs; i++) {
    for (const { w, g, d, times } of people) {
      const ms = await w.as(async tx => {
        // The transaction is open and the session set before the clock starts.
        await tx.query('select 1')
        const start = performance.now()
        const seen = (await ask(tx, g, d, w.user)).rows.length
        if (seen !== 25) throw new Error(`a list of ${seen}`)
        return performance.now() - start
      })
      if (i >= 0) times.push(ms)
    }
  }
  return people.map(p => median(p.times))
}
const count = async (w: Writer) =>
  (await w.as(tx => tx.query<{ n: number }>('select count(*)::int as n from app.case_record'))).rows[0]?.n ?? 0

const questions: [string, Ask, boolean][] = [
  ['list of 25, newest first', list('opened', false), true],
  ['list of 25, by due day', list('due', false), true],
  ['list of 25, by danger', list('danger', false), true],
  ['list of 25 and total to 1,000', list('opened', true), false],
  ['for comparison, one WHERE', (tx, g, d) => tx.query(plain, [g, d]), false],
]
for (const [name, ask, bar] of questions) {
  const result = await measure(ask)
  const seen = await Promise.all([few, some, all].map(count))
  console.log(`${name}: ${result.map((ms, i) => `${ms.toFixed(2)} ms (sees ${seen[i]} of ${total})`).join(', ')}; p50 of ${runs} runs`)
  console.log(`${name}: slowest / fastest = ${(Math.max(...result) / Math.min(...result)).toFixed(2)}${bar ? ' (bar: 2)' : ''}`)
}
await db.end()
