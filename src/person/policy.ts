import { anyOf, granted, inMyGroups } from '../base/condition.ts'
import type { Role } from '../base/people.ts'
import type { CapabilityPolicy } from '../base/policy.ts'

const readers: readonly Role[] = ['case_worker', 'supervisor', 'duty_specialist', 'psychologist', 'lawyer', 'follow_up_worker']
const sees = anyOf<{ homeGroup: string; record: string }>(inMyGroups, granted('id'))

/** A shelter carer sees the children of the house on night cards, not here: no search, no person page. */
export const personPolicy: CapabilityPolicy = {
  permissions: {
    'person:read': { roles: readers },
    'person:search': { roles: ['case_worker', 'supervisor', 'duty_specialist'] },
    'person:claim': { roles: ['case_worker', 'duty_specialist'] },
    'person:create': { roles: ['case_worker'] },
  },
  tables: [{ table: 'person', record: 'id', select: sees, insert: sees, update: sees, updateColumns: ['state', 'version', 'matched'] }],
}
