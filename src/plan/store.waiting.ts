import type { Id } from '../base/id.ts'
import type { Day } from '../base/time.ts'
import type { Work } from '../platform/records.ts'

/** A step that waits, on plain columns only. */
export interface WaitingStep {
  readonly id: Id
  readonly caseId: Id
  readonly number: string
  readonly due: Day
  readonly assignee: Id | null
  readonly kind: string
}
const pageSize = 25
/** By name; or nobody of us is named (the child, the family, another body) and the case is theirs: such a step would otherwise wait for nobody. */
const mine =
  ' and (s.assignee = $4 or (s.assignee is null and exists (select from app.case_record k where k.id = s.case_id and k.assignee = $4)))'
const waits = `s.state in ('open', 'postponed') and s.due <= $3::date`

/**
 * Steps that are due today or were before, most overdue first: 25, and how many there are (exact to 1,000). `who`: only what waits for this person.
 * The arrays are bound once more, one short scan a team: see platform/lists.ts.
 */
export const waitingSteps = async (
  w: Work,
  scope: { readonly groups: readonly Id[]; readonly direct: readonly Id[] },
  today: Day,
  who?: Id,
): Promise<{ rows: WaitingStep[]; total: number }> => {
  const filter = `${waits}${who === undefined ? '' : mine}`
  const picked = (order: string, limit: number) => `
    select x.id from unnest($1::uuid[]) g cross join lateral (select s.id from app.plan_step s where s.home_group = g and ${filter} ${order} limit ${limit}) x
    union (select s.id from app.plan_step s where s.case_id = any ($2::uuid[]) and ${filter} ${order} limit ${limit})`
  const values = [scope.groups, scope.direct, today, ...(who === undefined ? [] : [who])]
  const [rows, total] = await Promise.all([
    w.tx.query<WaitingStep>(
      `with picked as materialized (${picked('order by s.due, s.id', pageSize)})
       select s.id, s.case_id as "caseId", c.number, s.due::text as due, s.assignee, 'step' as kind
         from picked p join app.plan_step s on s.id = p.id join app.case_record c on c.id = s.case_id order by s.due, s.id limit ${pageSize}`,
      values,
    ),
    w.tx.query<{ n: number }>(`select least(count(*), 1001)::int as n from (${picked('', 1001)}) y`, values),
  ])
  return { rows: rows.rows, total: total.rows[0]?.n ?? 0 }
}

/** How many steps of a case nobody has done or set aside: what closing asks. */
export const openStepsOf = async (w: Work, caseId: Id): Promise<number> =>
  (
    await w.tx.query<{ n: number }>(
      "select count(*)::int as n from app.plan_step s where s.case_id = $1 and s.state in ('open', 'postponed')",
      [caseId],
    )
  ).rows[0]?.n ?? 0
