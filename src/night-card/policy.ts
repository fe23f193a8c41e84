import { allOf, anyOf, granted, inMyGroups } from '../base/condition.ts'
import type { CapabilityPolicy } from '../base/policy.ts'
import { hasRole, inMyTeams } from '../platform/policy.conditions.ts'

const ofCase = anyOf<{ homeGroup: string; record: string }>(inMyGroups, granted('case_id'))

export const nightCardPolicy: CapabilityPolicy = {
  permissions: {
    'night-card:read': { roles: ['case_worker', 'supervisor', 'duty_specialist'] },
    'night-card:write': { roles: ['case_worker', 'duty_specialist'] },
    'night:list': { roles: ['shelter_carer'] },
  },
  tables: [
    {
      table: 'night_card',
      record: 'case_id',
      select: ofCase,
      insert: ofCase,
      update: ofCase,
      updateColumns: ['shelter_id', 'state', 'since', 'version', 'sealed'],
    },
    // Written by app.night_read, in the name of whoever read.
    { table: 'night_seen', record: 'case_id', select: ofCase },
    {
      // Written by app.night_put. The case is there for exclusions only: the shift learns no case.
      table: 'night_sheet',
      record: 'case_id',
      select: allOf<{ members: readonly string[] }>(hasRole('shelter_carer'), inMyTeams('home_group')),
      selectColumns: ['id', 'home_group', 'code', 'since', 'version', 'sealed'],
    },
  ],
}
