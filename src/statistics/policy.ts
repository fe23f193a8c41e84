import { allOf, anyOf, granted, inMyGroups, isMe } from '../base/condition.ts'
import type { CapabilityPolicy } from '../base/policy.ts'
import { hasRole, inMyAgency } from '../platform/policy.conditions.ts'

/** Who works with figures of the agency. Rows of statistics say of nobody whose they are; what small numbers would tell is hidden before anything is shown. */
const figures = allOf<{ agencyId: string }>(hasRole('analyst', 'supervisor'), inMyAgency('agency_id'))

export const statisticsPolicy: CapabilityPolicy = {
  permissions: {
    /** Exact, of the cases that this person may open. */
    'statistics:working': { roles: ['supervisor'] },
    /** Tables with small numbers hidden: all that an analyst ever sees. */
    'statistics:release': { roles: ['analyst', 'supervisor'] },
  },
  tables: [
    // Whoever writes on a case leaves its codes. Nobody in the office reads them back: only the job does.
    { table: 'statistics_outbox', record: 'case_id', insert: anyOf<{ homeGroup: string; record: string }>(inMyGroups, granted('case_id')) },
    {
      table: 'statistics_row',
      record: null,
      select: figures,
      selectColumns: ['agency_id', 'what', 'month', 'child', 'sole', 'age', 'sex', 'origin', 'purpose', 'channel'],
    },
    { table: 'statistics_sum', record: null, select: figures },
    {
      table: 'statistics_release',
      record: null,
      select: figures,
      insert: allOf<{ agencyId: string; user: string }>(figures, isMe('made_by')),
    },
  ],
}
