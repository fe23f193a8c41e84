import type { CapabilityPolicy } from '../base/policy.ts'
import { seesRecord } from '../platform/policy.conditions.ts'

export const screeningPolicy: CapabilityPolicy = {
  permissions: {
    // Whoever holds the summary of a record reads the decision; the words open only with the key of the story.
    'screening:read': { roles: ['case_worker', 'supervisor', 'duty_specialist', 'psychologist', 'lawyer'] },
    'screening:write': { roles: ['case_worker', 'duty_specialist'] },
    'screening:decide': { roles: ['case_worker', 'supervisor', 'duty_specialist'] },
  },
  tables: [
    {
      table: 'screening',
      record: 'record',
      select: seesRecord,
      insert: seesRecord,
      update: seesRecord,
      updateColumns: ['fact_learned', 'fact_life', 'version', 'sealed', 'words'],
    },
  ],
}
