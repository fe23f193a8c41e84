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

/** One page of the register of reports, what is due first on top; numbers of authorities open for all cases of the page at once. */
export const listReports = async (
  w: Work & { session: { groups: readonly Id[]; direct: readonly Id[] } },
  f: { readonly show: RegisterFilter; readonly page: number; readonly today: Day },
): Promise<{ rows: RegisterRow[]; total: number }> => {
  const where = {
    open: "l.state in ('draft', 'sent', 'registered') and $3::date is not null",
    overdue: "((l.state = 'draft' and l.send_due < $3::date) or (l.state in ('sent', 'registered') and l.answer_due < $3::date))",
    all: '$3::date is not null',
  }[f.show]
  const { rows } = await w.tx.query<RegisterRow & { sealed: Buffer; total: number }>(
    `select ${letterColumns}, c.number, least(count(*) over (), 1001)::int as total from app.report_letter l join app.case_record c on c.id = l.case_id
      where (l.home_group = any ($1::uuid[]) or l.case_id = any ($2::uuid[])) and ${where}
      order by case when l.state in ('draft', 'sent', 'registered') then 0 else 1 end, coalesce(l.answer_due, l.send_due), l.id limit ${registerPage} offset $4`,
    [w.session.groups, w.session.direct, f.today, (f.page - 1) * registerPage],
  )
  await loadDeks(w, [...new Set(rows.map(r => r.caseId))], [3])
  const out: RegisterRow[] = []
  for (const { sealed, total: _, ...r } of rows) {
    const [o] = await openWith(w, r.caseId, 'summary', [{ table: 'report_letter', row: r.id, sealed }])
    out.push({ ...r, body: o && openLetter(o) })
  }
  return { rows: out, total: rows[0]?.total ?? 0 }
}
