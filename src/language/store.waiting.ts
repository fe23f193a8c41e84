import type { Id } from '../base/id.ts'
import type { Day } from '../base/time.ts'
import { countSql, pageSql } from '../platform/lists.ts'
import type { Work } from '../platform/records.ts'

export interface WaitingSession {
  readonly id: Id
  readonly caseId: Id
  readonly number: string
  readonly due: Day
  readonly assignee: Id | null
  /** 'booked': today or overdue; 'live': a room that nobody has closed. */
  readonly kind: string
}
/** Sessions whose day has come and rooms that are still open, oldest first. `who`: only those that this person booked. */
export const waitingSessions = async (
  w: Pick<Work, 'tx'>,
  scope: { readonly groups: readonly Id[]; readonly direct: readonly Id[] },
  today: Day,
  who?: Id,
): Promise<{ rows: WaitingSession[]; total: number }> => {
  const query = {
    table: 'language_session',
    columns: `c.id, c.case_id as "caseId", (select k.number from app.case_record k where k.id = c.case_id) as number, c.day::text as due, c.booked_by as assignee, c.state as kind`,
    filter: `c.state in ('booked', 'live') and c.day <= $3::date${who ? ' and c.booked_by = $4' : ''}`,
    order: 'c.day, c.id',
  }
  // What is granted names cases; the list asks for sessions.
  const direct = (
    await w.tx.query<{ id: Id }>(
      "select id from app.language_session where case_id = any ($1::uuid[]) and state in ('booked', 'live') limit 1000",
      [scope.direct],
    )
  ).rows.map(r => r.id)
  const values = [scope.groups, direct, today, ...(who ? [who] : [])]
  const [rows, total] = await Promise.all([
    w.tx.query<WaitingSession>(pageSql(query, 25), values),
    w.tx.query<{ n: number }>(countSql(query), values),
  ])
  return { rows: rows.rows, total: total.rows[0]?.n ?? 0 }
}
