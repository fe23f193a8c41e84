// The inbox of 25 as staff_rw, for people who may see 60, 5,000 and 100,000 of 100,000 contacts. The slowest should take at most twice the fastest.
import type { Actor } from '../src/base/condition.ts'
import { listContacts, waitingContacts } from '../src/contact/store.list.ts'
import { contactColumns } from '../src/contact/store.ts'
import type { Tx } from '../src/platform/db.ts'
import { newWriter, type Writer } from '../src/platform/ledger.testing.ts'
import type { Work } from '../src/platform/records.ts'
import { scratch } from '../src/platform/scratch.testing.ts'

const total = Number(process.argv[2] ?? 100_000)
const runs = 200

const db = await scratch({ settings: ['shared_buffers=192MB'] })
const pool = db.pool('staff_rw', 2)
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
// Most contacts are done with, every sixth or so waits: as after a bad month that nobody had time for.
for (const [w, n] of shares)
  await db.owner.query(
    `insert into app.contact (id, home_group, channel, received, safe_now, urgency, state, unread)
     select gen_random_uuid(), $1, (array['report', 'walk_in', 'call', 'letter'])[1 + i % 4], timestamptz '2020-01-01' + random() * interval '2000 days',
            (array['yes', 'no', 'unsure', 'not_asked'])[1 + (i / 2) % 4], (array[null, 'now', 'today', 'week'])[1 + (i / 8) % 4],
            case when i % 2 = 0 then case when i % 4 = 0 then 'new' else 'open' end else 'closed' end, i % 12 = 0
       from generate_series(1, $2) i`,
    [w.group, n],
  )
await db.owner.query(
  "update app.contact set state = 'closed', unread = false where home_group = $1 and id in (select id from app.contact where home_group = $1 order by id limit $2)",
  [all.group, Math.round(total * 0.7)],
)
for (const [w] of shares)
  await db.owner.query(
    "insert into app.record_exclusion (id, record, home_group, excluded_kind, excluded_id, made_by) select gen_random_uuid(), id, home_group, 'user', $1, $1 from (select id, home_group from app.contact where home_group = $2 limit 5) x",
    [w.user, w.group],
  )
await db.owner.query('vacuum analyze')

interface Who {
  readonly w: Writer
  readonly actor: Actor
  readonly times: number[]
}
type Ask = (tx: Tx, actor: Actor) => Promise<{ length: number }>
/** The list alone: no total and no opening of what is sealed. */
const bare = (tx: Tx, counted: boolean): Work =>
  ({
    tx: {
      query: ((text: string, values: unknown[]) =>
        /from app\.(key_wrap|sealed)/.test(text) || (!counted && text.startsWith('select least(count'))
          ? Promise.resolve({ rows: [] })
          : tx.query(text, values)) as unknown as Tx['query'],
    },
    now: new Date().toISOString(),
    vault: { userId: '' },
  }) as unknown as Work
const inbox =
  (state: 'closed' | null, counted = false): Ask =>
  async (tx, actor) =>
    (await listContacts(bare(tx, counted), actor, { state, channel: null, mine: false }, 1)).rows
const plain: Ask = async (tx, actor) =>
  (
    await tx.query(
      `select ${contactColumns} from app.contact where (home_group = any ($1::uuid[]) or id = any ($2::uuid[])) and (state in ('new', 'open') or unread)
        order by case when safe_now = 'no' then 0 when urgency = 'now' then 1 when urgency is null and safe_now = 'unsure' then 2 when urgency is null then 3 when urgency = 'today' then 4 else 5 end,
        received, id limit 25`,
      [actor.groups, actor.direct],
    )
  ).rows

const median = (list: number[]) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] as number
const people: Who[] = await Promise.all(
  [few, some, all].map(async w => {
    const { rows } = await w.as(tx => tx.query<{ g: string[]; d: string[] }>('select app.my_groups() as g, app.my_direct() as d'))
    const { g, d } = rows[0] as { g: string[]; d: string[] }
    return { w, actor: { id: w.user, groups: g, desk: [], direct: d } as unknown as Actor, times: [] }
  }),
)
/** Medians for each person; they take turns, so that a busy machine is busy for all of them alike. */
const measure = async (ask: Ask): Promise<number[]> => {
  for (const p of people) p.times.length = 0
  for (let i = -20; i < runs; i++)
    for (const { w, actor, times } of people) {
      const ms = await w.as(async tx => {
        await tx.query('select 1')
        const start = performance.now()
        const seen = (await ask(tx, actor)).length
        if (seen < 10) throw new Error(`a list of ${seen}`)
        return performance.now() - start
      })
      if (i >= 0) times.push(ms)
    }
  return people.map(p => median(p.times))
}
const seen = await Promise.all(
  people.map(p => p.w.as(async tx => (await tx.query<{ n: number }>('select count(*)::int as n from app.contact')).rows[0]?.n ?? 0)),
)
const questions: [string, Ask, boolean][] = [
  ['what waits, 25', inbox(null), true],
  ['closed, 25', inbox('closed'), true],
  ['what waits, 25 and total to 1,000', inbox(null, true), false],
  ['worklist: danger, 10', (tx, actor) => waitingContacts(bare(tx, false), actor, 'danger'), true],
  ['for comparison, one WHERE', plain, false],
]
for (const [name, ask, bar] of questions) {
  const result = await measure(ask)
  console.log(`${name}: ${result.map((ms, i) => `${ms.toFixed(2)} ms (sees ${seen[i]} of ${total})`).join(', ')}; p50 of ${runs} runs`)
  console.log(`${name}: slowest / fastest = ${(Math.max(...result) / Math.min(...result)).toFixed(2)}${bar ? ' (bar: 2)' : ''}`)
}
await db.end()
