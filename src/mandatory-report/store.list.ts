import type { Id } from '../base/id.ts'
import type { Day } from '../base/time.ts'
import { loadDeks } from '../platform/records.keys.ts'
import { openWith, type Work } from '../platform/records.ts'
import { type LetterBody, type LetterState, openLetter } from './schema.ts'
import { letterColumns } from './store.ts'

export interface RegisterRow {
  readonly id: Id
  readonly caseId: Id
  readonly number: string
  readonly recipient: string
  readonly state: LetterState
  readonly sendDue: Day
  readonly sent: Day | null
  readonly answerDue: Day | null
  /** Undefined where this session holds no key to the case's summary. */
  readonly body: LetterBody | undefined
}
export const registerFilters = ['open', 'overdue', 'all'] as const
export type RegisterFilter = (typeof registerFilters)[number]
export const registerPage = 25

const rank = "case when l.state in ('draft', 'sent', 'registered') then 0 else 1 end"
/** What is open first, and of that what is due first; the index report_letter_order stands in this order. */
export const registerOrder = `${rank}, coalesce(l.answer_due, l.send_due), l.id`
/** On `l`; $3 is today. */
export const filters: Readonly<Record<RegisterFilter, string>> = {
  open: `(${rank}) = 0 and $3::date is not null`,
  // A draft has no day for an answer yet, so one expression says when each is due.
  overdue: `(${rank}) = 0 and coalesce(l.answer_due, l.send_due) < $3::date`,
  all: '$3::date is not null',
}
/** The ids of letters: one short scan a team, and the cases that are granted beside them; see platform/lists.ts. `limit` is a number of ours. */
export const lettersOf = (q: { readonly filter: string; readonly order: string; readonly limit: number }): string => {
  const order = `order by ${q.order}`
  return `
  select x.id from unnest($1::uuid[]) g cross join lateral (select l.id from app.report_letter l where l.home_group = g and ${q.filter} ${order} limit ${q.limit}) x
  union (select l.id from app.report_letter l where l.case_id = any ($2::uuid[]) and ${q.filter} ${order} limit ${q.limit})`
}

/** One page of the register of reports, what is due first on top; numbers of authorities open for all cases of the page at once. */
export const listReports = async (
  w: Work & { session: { groups: readonly Id[]; direct: readonly Id[] } },
  f: { readonly show: RegisterFilter; readonly page: number; readonly today: Day },
): Promise<{ rows: RegisterRow[]; total: number }> => {
  const at = { filter: filters[f.show], order: registerOrder }
  const values = [w.session.groups, w.session.direct, f.today]
  const [{ rows }, count] = await Promise.all([
    w.tx.query<RegisterRow & { sealed: Buffer }>(
      `with picked as materialized (${lettersOf({ ...at, limit: f.page * registerPage })})
       select ${letterColumns}, c.number from picked p join app.report_letter l on l.id = p.id join app.case_record c on c.id = l.case_id
        order by ${registerOrder} limit ${registerPage} offset ${(f.page - 1) * registerPage}`,
      values,
    ),
    w.tx.query<{ n: number }>(`select least(count(*), 1001)::int as n from (${lettersOf({ ...at, limit: 1001 })}) x`, values),
  ])
  await loadDeks(w, [...new Set(rows.map(r => r.caseId))], [3])
  const out: RegisterRow[] = []
  for (const { sealed, ...r } of rows) {
    const [o] = await openWith(w, r.caseId, 'summary', [{ table: 'report_letter', row: r.id, sealed }])
    out.push({ ...r, body: o && openLetter(o) })
  }
  return { rows: out, total: count.rows[0]?.n ?? 0 }
}
