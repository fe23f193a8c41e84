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
  tables: [
    // The sealed match index is reached through functions only (0067): a row policy cannot say "everybody's, but only the sealed index of it".
    { table: 'match_key', record: null },
    { table: 'match_key_wrap', record: null },
    { table: 'match_segment', record: null },
    { table: 'match_tail', record: null },
    { table: 'person', record: 'id', select: sees, insert: sees, update: sees, updateColumns: ['state', 'version', 'matched'] },
  ],
}
