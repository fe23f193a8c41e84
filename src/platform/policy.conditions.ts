import { allOf, anyOf, type Condition, granted, inMyDesk, inMyGroups } from '../base/condition.ts'
import type { Id } from '../base/id.ts'
import type { Role } from '../base/people.ts'

// Conditions that several capabilities share. Every array and scalar is an uncorrelated subquery: an initplan, run once per statement and never once per row.
// For authors of stores: a list query binds the session's arrays once more in its own WHERE (`home_group = any ($1::uuid[])`), because the planner cannot see
// the size of an initplan's array and would scan the whole table for somebody who may see sixty rows (bench/policy.ts measures it).

/** Any live session. */
export const signedIn: Condition<unknown> = { test: () => true, sql: '(select app.uid()) is not null' }

/** Holds at least one of the roles. */
export const hasRole = (...wanted: readonly Role[]): Condition<unknown> => ({
  test: a => wanted.some(r => a.roles.includes(r)),
  sql: `(select app.my_roles()) && array[${wanted.map(r => `'${r}'`).join(', ')}]::text[]`,
})

/** Rows of one kind of record only. A kind never changes, so this is no condition over state. */
export const ofKind = (...kinds: readonly string[]): Condition<{ kind: string }> => ({
  test: (_, r) => kinds.includes(r.kind),
  sql: kinds.length === 1 ? `kind = '${kinds[0]}'` : `kind in (${kinds.map(k => `'${k}'`).join(', ')})`,
})

/** The column holds the id of the person's own agency. */
export const inMyAgency = (column: string): Condition<{ agencyId: Id }> => ({
  test: (a, r) => a.agencyId === r.agencyId,
  sql: `${column} = (select app.my_agency())`,
})
/** The column holds a team of the person's own agency. */
export const teamOfMyAgency = (column: string): Condition<{ agencyId: Id }> => ({
  test: (a, r) => a.agencyId === r.agencyId,
  sql: `${column} = any(array(select t.id from app.team t where t.agency_id = (select app.my_agency())))`,
})
/** The column holds a person of the same agency. */
export const colleague = (column: string): Condition<{ agencyId: Id }> => ({
  test: (a, r) => a.agencyId === r.agencyId,
  sql: `${column} = any(array(select a.id from app.account a where a.agency_id = (select app.my_agency())))`,
})
/** The column holds a team in which the person is a confirmed member, whatever the function. `teams` of the row's twin: who is in that team. */
export const inMyTeams = (column: string): Condition<{ members: readonly Id[] }> => ({
  test: (a, r) => r.members.includes(a.id),
  sql: `${column} = any((select app.my_teams())::uuid[])`,
})

export interface RecordRow {
  readonly record: Id
  readonly kind: string
  readonly homeGroup: Id
}
/** What hangs on a record is seen by whoever sees the record: its team, a grant or assignment, and for contacts and those who ask about a child the desk of the intake team. */
export const seesRecord: Condition<RecordRow> = anyOf<RecordRow>(
  inMyGroups,
  granted('record'),
  allOf<RecordRow>(ofKind('contact', 'trace'), inMyDesk),
)
