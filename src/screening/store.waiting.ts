import type { Id } from '../base/id.ts'
import type { Stamp } from '../base/time.ts'
import type { Work } from '../platform/records.ts'

/** A fact of abuse or exploitation on a contact that is not a case yet: its clock runs, and no page of a case shows it. */
export interface WaitingContactFact {
  readonly contactId: Id
  readonly learned: Stamp
  readonly life: boolean
  readonly assignee: Id | null
}
const pageSize = 25
/**
 * Known facts on contacts in work, danger to life first, then oldest: 25, and how many there are (exact to 1,000). On plain columns only. A closed contact asks
 * nothing more, and of a converted one the case asks. Row-level security says whose contacts these are.
 */
export const waitingContactFacts = async (
  w: Pick<Work, 'tx'>,
  scope: { readonly groups: readonly Id[]; readonly direct: readonly Id[] },
): Promise<{ rows: WaitingContactFact[]; total: number }> => {
  const { rows } = await w.tx.query<Omit<WaitingContactFact, 'learned'> & { learned: Date; total: number }>(
    `select x.*, least(count(*) over (), 1001)::int as total from (
       select c.id as "contactId", s.fact_learned as learned, s.fact_life as life, c.assignee
         from app.screening s join app.contact c on c.id = s.record
        where s.kind = 'contact' and s.fact_learned is not null and c.state in ('new', 'open')
          and (s.home_group = any ($1::uuid[]) or s.record = any ($2::uuid[]))) x
      order by life desc, learned, "contactId" limit ${pageSize}`,
    [scope.groups, scope.direct],
  )
  return { rows: rows.map(({ total: _, learned, ...r }) => ({ ...r, learned: learned.toISOString() })), total: rows[0]?.total ?? 0 }
}
