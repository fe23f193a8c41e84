import { anyOf, granted, inMyGroups } from '../base/condition.ts'
import type { CapabilityPolicy } from '../base/policy.ts'

const ofCase = anyOf<{ homeGroup: string; record: string }>(inMyGroups, granted('case_id'))

export const followUpPolicy: CapabilityPolicy = {
  permissions: {
    'follow-up:list': { roles: ['follow_up_worker', 'case_worker'] },
    'follow-up:read': { roles: ['follow_up_worker', 'case_worker', 'supervisor'] },
    'follow-up:record': { roles: ['follow_up_worker', 'case_worker'] },
    'follow-up:hand-over': { roles: ['case_worker', 'supervisor'] },
    'follow-up:code': { roles: ['follow_up_worker', 'case_worker'] },
  },
  tables: [
    { table: 'check_in', record: 'case_id', select: ofCase, insert: ofCase, update: ofCase, updateColumns: ['state', 'version'] },
    {
      table: 'check_in_code',
      record: 'case_id',
      select: ofCase,
      insert: ofCase,
      update: ofCase,
      // What proves the child's words is nobody's to read.
      selectColumns: ['id', 'case_id', 'home_group', 'public_x', 'sealed', 'made_day', 'until_day', 'ended_day'],
      updateColumns: ['ended_day'],
    },
    { table: 'check_in_answer', record: 'case_id', select: ofCase, insert: ofCase, update: ofCase, updateColumns: ['unread'] },
  ],
}
