import { anyOf, granted, inMyGroups } from '../base/condition.ts'
import type { CapabilityPolicy } from '../base/policy.ts'

const ofCase = anyOf<{ homeGroup: string; record: string }>(inMyGroups, granted('case_id'))

/** Facts and letters hold words of the story, which a supervisor and a lawyer do not read; decisions and numbers are in the summary, which both hold. */
export const reportPolicy: CapabilityPolicy = {
  permissions: {
    'report:list': { roles: ['case_worker', 'supervisor', 'lawyer'] },
    'report:read': { roles: ['case_worker', 'supervisor', 'lawyer', 'duty_specialist'] },
    'report:fact': { roles: ['case_worker', 'duty_specialist'] },
    'report:decide': { roles: ['case_worker', 'supervisor', 'duty_specialist'] },
    'report:write': { roles: ['case_worker', 'duty_specialist'] },
    'report:follow': { roles: ['case_worker', 'supervisor', 'duty_specialist'] },
  },
  tables: [
    { table: 'report_fact', record: 'case_id', select: ofCase, insert: ofCase },
    {
      table: 'report_decision',
      record: 'case_id',
      select: ofCase,
      insert: ofCase,
      update: ofCase,
      updateColumns: ['answer', 'life', 'until', 'version', 'sealed'],
    },
    {
      table: 'report_letter',
      record: 'case_id',
      select: ofCase,
      insert: ofCase,
      update: ofCase,
      updateColumns: ['state', 'sent', 'answer_due', 'version', 'sealed', 'words'],
    },
  ],
}
