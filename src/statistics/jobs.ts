import type { Id } from '../base/id.ts'
import { SealError } from '../base/sealed.ts'
import { hmac, openJson } from '../platform/crypto.ts'
import { type JobContext, mark } from '../platform/jobs.ts'
import { codesOf } from './rules.codes.ts'
import { type Left, openLeft } from './schema.ts'
import { outboxPlace } from './store.outbox.ts'

export interface StatisticsKeys {
  /** Opens what commands left. */
  readonly service: Buffer
  /** Makes the keys of rows; only the worker has it, so that nobody in the office can tell a case's row. */
  readonly statistics: Buffer
}
const batch = 2_000

/** The key of a case among the rows. */
export const caseKeyOf = (k: StatisticsKeys, caseId: Id): Buffer => hmac(k.statistics, `case\0${caseId}`)
/**
 * The key of a child: joins the cases of one person record and nothing else. Linking two records as the same child does not change it yet, so such a child still
 * counts twice.
 */
export const childKeyOf = (k: StatisticsKeys, personId: Id): string => hmac(k.statistics, `child\0${personId}`).readBigInt64BE(0).toString()

interface Waiting {
  readonly key: Buffer
  readonly agency: Id
  readonly left: Left
}
interface Old {
  readonly case_hmac: Buffer
  readonly child: string
  readonly month: string
  readonly age: string
  readonly sex: string
  readonly origin: string
  readonly purpose: string
  readonly channel: string
}

/** One batch in one transaction; how many rows of the outbox were taken. */
const once = async (c: JobContext, k: StatisticsKeys): Promise<{ taken: number; cases: number; unopened: number }> => {
  const client = await c.pool.connect()
  try {
    await client.query('begin')
    // One at a time: two that rewrite the same month would each put back what the other had taken away.
    await client.query("select pg_advisory_xact_lock(hashtext('statistics'))")
    const { rows } = await client.query<{ id: Id; case_id: Id; agency_id: Id; sealed: Buffer }>(
      // All of a case at once: which word on it is the latest stands in the sealed part only.
      `select o.id, o.case_id, t.agency_id, o.sealed from app.statistics_outbox o join app.team t on t.id = o.home_group
        where o.case_id in (select distinct x.case_id from app.statistics_outbox x limit $1)`,
      [batch],
    )
    const waiting = new Map<Id, Waiting>()
    let unopened = 0
    for (const r of rows) {
      try {
        const left = openLeft(openJson(k.service, outboxPlace(r.id), r.sealed))
        const had = waiting.get(r.case_id)
        if (!had || had.left.at <= left.at)
          waiting.set(r.case_id, { key: caseKeyOf(k, r.case_id), agency: r.agency_id, left: merged(left, had?.left) })
        else waiting.set(r.case_id, { ...had, left: merged(had.left, left) })
      } catch (e) {
        if (!(e instanceof SealError)) throw e
        unopened++
      }
    }
    if (rows.length > 0) {
      await rewrite((text, values) => client.query(text, values as unknown[]), k, [...waiting.values()])
      await client.query('delete from app.statistics_outbox where id = any ($1::uuid[])', [rows.map(r => r.id)])
    }
    await client.query('commit')
    return { taken: rows.length, cases: waiting.size, unopened }
  } catch (e) {
    await client.query('rollback').catch(() => undefined)
    throw e
  } finally {
    client.release()
  }
}

/** The later word on a case; what its writer could not open is taken from the earlier. */
const merged = (later: Left, earlier: Left | undefined): Left => ({ ...earlier, ...later })

type Query = (text: string, values: readonly unknown[]) => Promise<{ rows: unknown[] }>

const rewrite = async (q: Query, k: StatisticsKeys, waiting: readonly Waiting[]): Promise<void> => {
  const keys = waiting.map(w => w.key)
  const old = (
    await q(
      'select case_hmac, child::text as child, month::text as month, age, sex, origin, purpose, channel from app.statistics_row where case_hmac = any ($1::bytea[])',
      [keys],
    )
  ).rows as Old[]
  const known = new Map(old.map(r => [r.case_hmac.toString('hex'), r]))
  const added = waiting.flatMap(({ key, agency, left }) => {
    const had = known.get(key.toString('hex'))
    const codes = { ...codesOf(left), ...(left.who ? {} : had && { age: had.age, sex: had.sex, origin: had.origin }) }
    const all = { ...codes, ...(left.how ? {} : had && { purpose: had.purpose, channel: had.channel }) }
    return left.counted ? left.events.map(e => ({ ...all, ...e, key, agency, child: childKeyOf(k, left.child) })) : []
  })
  const children = [...new Set([...old.map(r => r.child), ...added.map(r => r.child)])]
  const elsewhere = (await q('select distinct month::text as month from app.statistics_row where child = any ($1::bigint[])', [children]))
    .rows as { month: string }[]
  const months = [...new Set([...old, ...added, ...elsewhere].map(r => r.month))]
  const column = <V>(of: (r: (typeof added)[number]) => V) => added.map(of)
  await q(
    `with gone as (delete from app.statistics_row where month = any ($1::date[]) returning *),
     added as (select * from unnest($4::uuid[], $5::text[], $6::date[], $7::bytea[], $8::bigint[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[])
       as u(agency_id, what, month, case_hmac, child, age, sex, origin, purpose, channel)),
     whole as (
       select agency_id, what, month, case_hmac, child, sole, age, sex, origin, purpose, channel from gone where case_hmac <> all ($2::bytea[])
       union all select agency_id, what, month, case_hmac, child, false, age, sex, origin, purpose, channel from added),
     counted as (select *, count(*) over (partition by agency_id, what, child) = 1 as only_one from whole)
     insert into app.statistics_row (id, agency_id, what, month, case_hmac, child, sole, age, sex, origin, purpose, channel)
     select gen_random_uuid(), agency_id, what, month, case_hmac, child, case when child = any ($3::bigint[]) then only_one else sole end, age, sex, origin, purpose, channel
       from counted order by random()`,
    [
      months,
      keys,
      children,
      column(r => r.agency),
      column(r => r.what),
      column(r => r.month),
      column(r => r.key),
      column(r => r.child),
      column(r => r.age),
      column(r => r.sex),
      column(r => r.origin),
      column(r => r.purpose),
      column(r => r.channel),
    ],
  )
  await q('delete from app.statistics_sum where month = any ($1::date[])', [months])
  await q(sumsSql, [months])
}
/** The sums of children who stand once, of whole months. */
export const sumsSql = `insert into app.statistics_sum (id, agency_id, what, month, age, sex, origin, purpose, channel, n)
  select gen_random_uuid(), agency_id, what, month, age, sex, origin, purpose, channel, count(*) from app.statistics_row where sole and month = any ($1::date[])
   group by agency_id, what, month, age, sex, origin, purpose, channel`

/**
 * Takes what commands have left and rewrites the months it belongs to, whole and in random order, so that no row lies beside its case in time or place. What does not
 * open (an older service key) is dropped and told by the mark: the next change of that case leaves it again.
 */
export const countCases = async (c: JobContext, k: StatisticsKeys): Promise<{ cases: number; unopened: number }> => {
  const sum = { cases: 0, unopened: 0 }
  for (;;) {
    const done = await once(c, k)
    sum.cases += done.cases
    sum.unopened += done.unopened
    if (done.taken === 0) break
  }
  await mark(c, 'statistics', sum.unopened === 0, sum)
  return sum
}

/** The job for the worker: every half hour, and when the worker starts. */
export const statisticsJob = (k: StatisticsKeys) =>
  ({ cron: '7,37 * * * *', atStart: true, run: (c: JobContext) => countCases(c, k) }) as const
