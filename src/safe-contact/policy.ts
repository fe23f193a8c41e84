import { allOf, anyOf, type Condition, granted, inMyGroups } from '../base/condition.ts'
import type { Id } from '../base/id.ts'
import type { CapabilityPolicy } from '../base/policy.ts'
import { hasRole } from '../platform/policy.conditions.ts'

interface Row {
  readonly homeGroup: Id
  readonly record: Id
}
const ofPerson = anyOf<Row>(inMyGroups, granted('person_id'))
const ofCase = anyOf<Row>(inMyGroups, granted('case_id'))
/** Only supervision lets anybody send outside a plan: whoever sends must not allow it to themselves. */
const passes: Condition<Row> = allOf<Row>(hasRole('supervisor'), ofCase)

export const safeContactPolicy: CapabilityPolicy = {
  permissions: {
    'safe-contact:read': { roles: ['case_worker', 'duty_specialist', 'follow_up_worker', 'supervisor'] },
    'safe-contact:write': { roles: ['case_worker', 'duty_specialist', 'follow_up_worker'] },
    'safe-contact:pass': { roles: ['supervisor'] },
  },
  tables: [
    {
      table: 'safe_contact',
      record: 'person_id',
      select: ofPerson,
      insert: ofPerson,
      update: ofPerson,
      updateColumns: ['state', 'verified', 'until_day', 'gap_from', 'version', 'sealed'],
    },
    { table: 'safe_contact_pass', record: 'case_id', select: ofCase, insert: passes },
  ],
}
