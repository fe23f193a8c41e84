import type { Id } from './id.ts'
import type { Role } from './people.ts'

/**
 * Who is asking, as the session says. The arrays are exactly what app.my_groups(), my_desk(), my_direct() and my_excluded() return in SQL.
 * groups: teams in which the person has casework or supervision; desk: intake teams in which they have the desk function;
 * direct: records granted or assigned to them; excluded: records they must not see, whatever else holds.
 */
export interface Actor {
  readonly id: Id
  readonly agencyId: Id
  readonly roles: readonly Role[]
  readonly groups: readonly Id[]
  readonly desk: readonly Id[]
  readonly direct: readonly Id[]
  readonly excluded: readonly Id[]
}

/** One condition on who may, written once: `test` for code, `sql` for row-level security. There is no `not` (SQL nulls would disagree) and no state. */
export interface Condition<Row> {
  readonly test: (actor: Actor, row: Row) => boolean
  readonly sql: string
}

export const anyOf = <R>(...cs: readonly Condition<R>[]): Condition<R> => ({
  test: (actor, row) => cs.some(c => c.test(actor, row)),
  sql: `(${cs.map(c => c.sql).join(' or ')})`,
})
export const allOf = <R>(...cs: readonly Condition<R>[]): Condition<R> => ({
  test: (actor, row) => cs.every(c => c.test(actor, row)),
  sql: `(${cs.map(c => c.sql).join(' and ')})`,
})

/** The arrays are read through a scalar subquery, so the planner runs each helper once per statement instead of once per row. */
const arrayOf = (fn: string) => `any((select app.${fn}())::uuid[])`

export const inMyGroups: Condition<{ homeGroup: Id }> = {
  test: (a, r) => a.groups.includes(r.homeGroup),
  sql: `home_group = ${arrayOf('my_groups')}`,
}
export const inMyDesk: Condition<{ homeGroup: Id }> = {
  test: (a, r) => a.desk.includes(r.homeGroup),
  sql: `home_group = ${arrayOf('my_desk')}`,
}
/** `column` holds the id of the record that the row belongs to. */
export const granted = (column: 'id' | 'record' | 'case_id' | 'contact_id' | 'person_id'): Condition<{ record: Id }> => ({
  test: (a, r) => a.direct.includes(r.record),
  sql: `${column} = ${arrayOf('my_direct')}`,
})
export const isMe = (column: string): Condition<{ user: Id }> => ({
  test: (a, r) => a.id === r.user,
  sql: `${column} = (select app.uid())`,
})

/** The one built-in `not`: kept outside the twins, subtracted from every row policy of a record's tables, and tested on its own. */
export const notExcludedSql = (column: string) => `not (${column} = ${arrayOf('my_excluded')})`
export const isExcluded = (actor: Actor, record: Id) => actor.excluded.includes(record)
