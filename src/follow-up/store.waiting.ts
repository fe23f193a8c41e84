import type { Id } from '../base/id.ts'
import { addDays, type Day } from '../base/time.ts'
import type { Work } from '../platform/records.ts'
import { patience } from './rules.ts'
import type { WaitingCheckIn } from './schema.ts'

const limit = 25
const cap = 1001

/** One short index scan a team, and what is granted beside it; see platform/lists.ts for why it is not one WHERE. */
const both = (table: string, filter: string, order: string, n: number) => `
  select x.* from unnest($1::uuid[]) g cross join lateral (select k.* from app.${table} k where k.home_group = g and ${filter} order by ${order} limit ${n}) x
  union (select k.* from app.${table} k where k.case_id = any ($2::uuid[]) and ${filter} order by ${order} limit ${n})`
const waiting = (n: number) => `
  select a.id, a.case_id, a.day as due, case when a.help then 'help' else 'unread' end as kind, case when a.help then 0 else 1 end as rank
    from (${both('check_in_answer', 'k.unread', 'k.help desc, k.day', n)}) a
  union all
  select k.id, k.case_id, k.due, case when k.due < $4::date then 'missed' else 'due' end, case when k.due < $4::date then 2 else 3 end
    from (${both('check_in', "k.state = 'planned' and k.due <= $3::date", 'k.due', n)}) k`

/** The way to the child had run out, so nobody could ask: the twin of couldNotSend in safe-contact/rules.ts. */
const unsent = `exists (select from app.safe_contact p where p.person_id = r.person_id and p.state = 'live' and case when p.until_day < $3::date
  then x.due + ${patience} >= p.until_day else x.due + ${patience} >= p.gap_from and x.due <= p.verified and p.verified + ${patience} >= $3::date end)`

/**
 * What waits in follow-up, on plain columns: somebody asks for help, words that nobody has read, check-ins that were missed, and those of today. The first 25, help
 * first and then the most overdue; `total` is exact to 1,000. `who`: only cases assigned to that person.
 */
export const waitingCheckIns = async (
  w: Work,
  scope: { readonly groups: readonly Id[]; readonly direct: readonly Id[] },
  today: Day,
  who?: Id,
): Promise<{ rows: WaitingCheckIn[]; total: number }> => {
  const values = [scope.groups, scope.direct, today, addDays(today, -patience), who ?? null]
  const of = 'join app.case_record r on r.id = x.case_id where $5::uuid is null or r.assignee = $5::uuid'
  const [rows, total] = await Promise.all([
    w.tx.query<WaitingCheckIn>(
      `select x.id, x.case_id as "caseId", r.number, x.due::text as due, r.assignee, case when x.rank >= 2 and ${unsent} then 'unsent' else x.kind end as kind from (${waiting(who ? cap : limit)}) x ${of} order by x.rank, x.due, x.id limit ${limit}`,
      values,
    ),
    w.tx.query<{ n: number }>(`select least(count(*), ${cap})::int as n from (${waiting(cap)}) x ${of}`, values),
  ])
  return { rows: rows.rows, total: total.rows[0]?.n ?? 0 }
}
