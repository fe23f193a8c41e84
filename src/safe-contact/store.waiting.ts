import type { Id } from '../base/id.ts'
import type { Day } from '../base/time.ts'
import type { Work } from '../platform/records.ts'
import type { Plan, WaitingPlan } from './schema.ts'

const limit = 25
const cap = 1001
const run = "s.state = 'live' and s.until_day < $3::date"

/**
 * Plans that have run out: sending waits until somebody has verified the way. The most overdue first, on plain columns; 25, and how many there are (exact to 1,000).
 * `who`: only cases assigned to that person. One short scan a team, see platform/lists.ts.
 */
export const waitingContactPlans = async (
  w: Work,
  scope: { readonly groups: readonly Id[]; readonly direct: readonly Id[] },
  today: Day,
  who?: Id,
): Promise<{ rows: WaitingPlan[]; total: number }> => {
  const picked = (n: number) => `
    select x.id from unnest($1::uuid[]) g cross join lateral (select s.id from app.safe_contact s where s.home_group = g and ${run} order by s.until_day, s.id limit ${n}) x
    union (select s.id from app.safe_contact s where s.person_id = any ($2::uuid[]) and ${run} order by s.until_day, s.id limit ${n})`
  // The case in which it is done: the open one, else the last. A person without a case that is seen here waits with whoever sees it.
  const of = `join app.safe_contact s on s.id = p.id cross join lateral (select k.id as case_id, k.number, k.assignee from app.case_record k where k.person_id = s.person_id
    order by k.state = 'closed', k.opened desc, k.id limit 1) c where $4::uuid is null or c.assignee = $4::uuid`
  const values = [scope.groups, scope.direct, today, who ?? null]
  const [rows, total] = await Promise.all([
    w.tx.query<WaitingPlan>(
      `with p as materialized (${picked(who ? cap : limit)})
       select s.id, c.case_id as "caseId", c.number, (s.until_day + 1)::text as due, c.assignee, 'verify' as kind from p ${of} order by s.until_day, s.id limit ${limit}`,
      values,
    ),
    w.tx.query<{ n: number }>(`with p as materialized (${picked(cap)}) select least(count(*), ${cap})::int as n from p ${of}`, values),
  ])
  return { rows: rows.rows, total: total.rows[0]?.n ?? 0 }
}

/** What silence is judged by, on plain columns: the live plan of a case's person, whoever may open what it says. */
export const planDays = async (w: Work, caseId: Id): Promise<Pick<Plan, 'state' | 'until' | 'verified' | 'gapFrom'> | undefined> =>
  (
    await w.tx.query<Pick<Plan, 'state' | 'until' | 'verified' | 'gapFrom'>>(
      `select s.state, s.until_day::text as until, s.verified::text as verified, s.gap_from::text as "gapFrom" from app.case_record c
         join app.safe_contact s on s.person_id = c.person_id and s.state = 'live' where c.id = $1`,
      [caseId],
    )
  ).rows[0]
