import type { Id } from '../base/id.ts'
import type { Day } from '../base/time.ts'
import type { Work } from '../platform/records.ts'

export interface WaitingMatch {
  readonly id: Id
  readonly caseId: Id
  readonly number: string
  readonly due: Day
  readonly assignee: Id | null
  readonly kind: string
}
const pageSize = 25
/**
 * Open cases of children for whom there is a record that may be the same child and that nobody has decided about, oldest first: one line a case. Only where both sides
 * are seen: the day somebody noticed a pair would otherwise tell a team that another one knows such a child.
 */
export const waitingMatches = async (
  w: Work,
  scope: { readonly groups: readonly Id[]; readonly direct: readonly Id[] },
  today: Day,
  who?: Id,
): Promise<{ rows: WaitingMatch[]; total: number }> => {
  const { rows } = await w.tx.query<WaitingMatch & { total: string }>(
    `with waits as materialized (
       select a.person_id, min(a.found) as found from app.person_pair a join app.person_pair b on b.pair = a.pair and b.person_id = a.other_id
        where a.state = 'open' and a.found <= $3::date and (a.home_group = any ($1::uuid[]) or a.person_id = any ($2::uuid[])) group by a.person_id)
     select c.id, c.id as "caseId", c.number, x.found::text as due, c.assignee, 'same_child' as kind, count(*) over () as total
       from waits x join app.case_record c on c.person_id = x.person_id and c.state <> 'closed' ${who === undefined ? '' : 'and c.assignee = $4'}
      order by x.found, c.id limit ${pageSize}`,
    [scope.groups, scope.direct, today, ...(who === undefined ? [] : [who])],
  )
  return { rows: rows.map(({ total: _, ...r }) => r), total: Number(rows[0]?.total ?? 0) }
}
