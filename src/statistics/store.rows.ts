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

const asked = 'agency_id = $1 and what = $2 and month between $3::date and $4::date'

/**
 * Counts of different children at the finest level, each in one cell: what last happened to them in the period. Most children have one row only and stand in the
 * sums that the job keeps; only the others are looked at one by one.
 */
export const countsSql = (cut: Pick<Cut, 'rows' | 'columns'>): string => {
  const [a, b] = [columnOf[cut.rows], cut.columns ? columnOf[cut.columns] : "''"]
  return `select a::text as a, b::text as b, sum(n)::int as n from (
    select ${a} as a, ${b} as b, sum(n) as n from app.statistics_sum where ${asked} group by 1, 2
    union all
    select a, b, count(*) from (
      select distinct on (child) ${a} as a, ${b} as b from app.statistics_row where ${asked} and not sole order by child, month desc, 1, 2) x group by a, b
  ) y group by y.a, y.b`
}

export const releaseCounts = async (w: Work & { session: { agencyId: string } }, cut: Cut): Promise<Count[]> =>
  (await w.tx.query<{ a: string; b: string; n: number }>(countsSql(cut), [w.session.agencyId, cut.what, cut.from, cut.to])).rows
