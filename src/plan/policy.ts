import { anyOf, granted, inMyGroups } from '../base/condition.ts'
import type { Role } from '../base/people.ts'
import type { CapabilityPolicy } from '../base/policy.ts'

/** Who works on a case with others: they hold its summary key, in which steps are sealed. */
const works: readonly Role[] = ['case_worker', 'supervisor', 'duty_specialist', 'psychologist', 'lawyer']
const ofCase = anyOf<{ homeGroup: string; record: string }>(inMyGroups, granted('case_id'))

export const planPolicy: CapabilityPolicy = {
  permissions: { 'plan:read': { roles: works }, 'plan:write': { roles: works } },
  tables: [
    {
      table: 'plan_step',
      record: 'case_id',
      select: ofCase,
      insert: ofCase,
      update: ofCase,
      updateColumns: ['state', 'due', 'assignee', 'version', 'sealed'],
    },
  ],
}
