import type { Work } from '../platform/records.ts'
import type { Count, Cut, Dimension } from './schema.ts'

const columnOf: Readonly<Record<Dimension, string>> = {
  month: 'month',
  age: 'age',
  sex: 'sex',
  origin: 'origin',
  purpose: 'purpose',
  channel: 'channel',
}

/**
 * Counts of different children at the finest level, each in one cell: what last happened to them in the period. Most children have one row only and are counted
 * as they are; only the others are looked at together.
 */
export const countsSql = (cut: Pick<Cut, 'rows' | 'columns'>): string => `
  with part as not materialized (
    select child, sole, month, ${columnOf[cut.rows]} as a, ${cut.columns ? columnOf[cut.columns] : "''"} as b from app.statistics_row
     where agency_id = $1 and what = $2 and month between $3::date and $4::date)
  select a::text as a, b::text as b, sum(n)::int as n from (
    select a, b, count(*) as n from part where sole group by a, b
    union all
    select a, b, count(*) from (select distinct on (child) a, b from part where not sole order by child, month desc, a, b) x group by a, b
  ) y group by y.a, y.b`

export const releaseCounts = async (w: Work & { session: { agencyId: string } }, cut: Cut): Promise<Count[]> =>
  (await w.tx.query<{ a: string; b: string; n: number }>(countsSql(cut), [w.session.agencyId, cut.what, cut.from, cut.to])).rows
