import { allOf, inMyGroups } from '../base/condition.ts'
import type { Id } from '../base/id.ts'
import type { CapabilityPolicy } from '../base/policy.ts'
import { hasRole } from '../platform/policy.conditions.ts'

interface Row {
  readonly homeGroup: Id
  readonly record: Id
}
/** A whole register of another agency: for those of the team who decide about children, and for nobody by a grant or in an emergency. */
const links = allOf<Row>(hasRole('supervisor', 'case_worker'), inMyGroups)

/** Registers of partners, compared under a written agreement and erased after the decision. */
export const registerPolicy: CapabilityPolicy = {
  permissions: { 'register:use': { roles: ['case_worker', 'supervisor'] } },
  tables: [
    {
      table: 'register_link',
      record: 'id',
      select: links,
      insert: links,
      update: links,
      updateColumns: ['state', 'erased_why', 'version'],
    },
    { table: 'register_part', record: 'link_id', select: links, insert: links, update: links, updateColumns: ['sealed'], delete: links },
    { table: 'register_key', record: 'id', select: links, insert: links, delete: links },
  ],
}
