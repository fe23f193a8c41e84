import type { Condition } from './condition.ts'
import type { Role } from './people.ts'

/** Row-level security for staff_rw on one table. An absent verb is denied. `record` names the column that exclusions are subtracted from. */
// biome-ignore lint/suspicious/noExplicitAny: rows of different tables meet in one list; each Condition stays typed where it is written
type AnyCondition = Condition<any>
export interface TablePolicy {
  readonly table: string
  readonly record: string | null
  readonly select?: AnyCondition
  readonly insert?: AnyCondition
  readonly update?: AnyCondition
  readonly delete?: AnyCondition
  /** Columns that staff_rw may read; without it all. */
  readonly selectColumns?: readonly string[]
  /** Columns that staff_rw may update; without it no update is granted. */
  readonly updateColumns?: readonly string[]
}

/**
 * What a route is allowed for. 'public': no ambient authority, anybody. 'anonymous': the office before sign-in. 'signed_in': any live session.
 * A list of roles: a live session whose person holds at least one; data still needs a group, grant or assignment (row-level security) and a key.
 */
export type PermissionRule = 'public' | 'anonymous' | 'signed_in' | { readonly roles: readonly Role[]; readonly stepUp?: boolean }

export interface CapabilityPolicy {
  readonly permissions: Readonly<Record<string, PermissionRule>>
  readonly tables: readonly TablePolicy[]
}
