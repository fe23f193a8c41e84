import { anyOf, granted, inMyGroups } from '../base/condition.ts'
import type { Role } from '../base/people.ts'
import type { CapabilityPolicy } from '../base/policy.ts'

const readers: readonly Role[] = ['case_worker', 'supervisor', 'duty_specialist', 'psychologist', 'lawyer', 'follow_up_worker']
const sees = anyOf<{ homeGroup: string; record: string }>(inMyGroups, granted('record'))

/** Papers of a person go with the person. The picture "only if I go missing" opens for the team of the case, for one reason, and is never among the papers. */
export const filesPolicy: CapabilityPolicy = {
  permissions: {
    'paper:read': { roles: readers },
    'paper:write': { roles: ['case_worker', 'duty_specialist'] },
    'photo:take': { roles: ['case_worker'] },
    'photo:open': { roles: ['case_worker', 'supervisor'] },
    'picture:allow': { roles: ['supervisor'] },
  },
  tables: [
    { table: 'stored_file', record: 'record', select: sees, insert: sees, delete: sees },
    // Sealed by the key of who it is about: read by whoever may open the file, deleted by whoever may remove it.
    { table: 'file_key', record: 'record', select: sees, insert: sees, delete: sees },
  ],
}
