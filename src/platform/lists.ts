/** A list of records of one table, on plain columns; the table's alias is `c`. */
export interface ListQuery {
  /** Without schema: case_record. */
  readonly table: string
  readonly columns: string
  /** On `c`, with parameters from $3 on; $1 are the session's groups (and desk, where that counts), $2 what it may see directly. */
  readonly filter: string
  /** On `c`; ends with `c.id`, or pages would overlap. */
  readonly order: string
}

/**
 * The two parts of what somebody may see, each read in order and only as far as the page needs: one short scan a team, and what is granted or assigned beside it.
 * `home_group = any (…) or id = any (…)` in one WHERE says the same, but no index gives that in order: whoever sees 100,000 rows would wait for all of them
 * to be sorted, sixty times as long as somebody who sees sixty (bench/policy.ts).
 */
const picked = (q: ListQuery, order: string, limit: string) => `
  select x.id from unnest($1::uuid[]) g cross join lateral (select c.id from app.${q.table} c where c.home_group = g and (${q.filter}) ${order} limit ${limit}) x
  union (select c.id from app.${q.table} c where c.id = any ($2::uuid[]) and (${q.filter}) ${order} limit ${limit})`

/** One page; `limit` and `offset` are numbers of ours, never text of a request. */
export const pageSql = (
  q: ListQuery,
  limit: number,
  offset = 0,
): string => `with picked as materialized (${picked(q, `order by ${q.order}`, String(limit + offset))})
  select ${q.columns} from picked p join app.${q.table} c on c.id = p.id order by ${q.order} limit ${limit} offset ${offset}`

/** How many there are, exact to `cap`; one more means: more. Column `n`. */
export const countSql = (q: Pick<ListQuery, 'table' | 'filter'>, cap = 1000): string =>
  `select least(count(*), ${cap + 1})::int as n from (${picked({ ...q, columns: '', order: '' }, '', String(cap + 1))}) y`

/** Where a page beyond the last one leads: to the last, with the same filter; null for a page that exists. `total` as `countSql` gives it: beyond its cap, the last page that is known of. */
export const lastInstead = (
  path: string,
  query: Readonly<Record<string, string>>,
  at: { readonly page: number; readonly size: number; readonly total: number; readonly shown: number },
): string | null => {
  const last = Math.max(1, Math.ceil(at.total / at.size))
  if (at.shown > 0 || at.page <= last) return null
  return `${path}?${new URLSearchParams({ ...query, page: String(last) })}`
}

/** Remembers answers for a moment, by what was asked; never across a failure. `ms`: how old an answer may be. */
export const briefly = <V>(ms: number): { get(asked: string, ask: () => Promise<V>): Promise<V>; forget(): void } => {
  const known = new Map<string, { readonly value: Promise<V>; readonly at: number }>()
  return {
    get: (asked, ask) => {
      const k = known.get(asked)
      if (k && Date.now() - k.at < ms) return k.value
      if (known.size > 2000) known.clear()
      const value = ask()
      known.set(asked, { value, at: Date.now() })
      value.catch(() => known.delete(asked))
      return value
    },
    forget: () => known.clear(),
  }
}
