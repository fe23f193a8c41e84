import { allOf, anyOf, granted, inMyDesk, inMyGroups, isMe } from '../base/condition.ts'
import type { Id } from '../base/id.ts'
import type { Role } from '../base/people.ts'
import type { CapabilityPolicy } from '../base/policy.ts'
import { colleague, hasRole, seesRecord, teamOfMyAgency } from '../platform/policy.conditions.ts'

/** Who may stand before a life in danger: whoever answers the door or leads a case. Anybody else calls 112. */
const atHand: readonly Role[] = ['duty_specialist', 'case_worker', 'supervisor']
const pages = anyOf<{ homeGroup: Id; record: Id }>(inMyGroups, inMyDesk, granted('record'))
const setsRota = allOf<{ agencyId: Id }>(hasRole('supervisor', 'administrator'), teamOfMyAgency('team_id'), colleague('user_id'))

export const emergencyPolicy: CapabilityPolicy = {
  permissions: {
    'emergency:use': { roles: atHand },
    'on-call:see': { roles: [...atHand, 'administrator'] },
    'on-call:edit': { roles: ['supervisor', 'administrator'] },
  },
  tables: [
    {
      table: 'emergency_card',
      record: 'record',
      select: seesRecord,
      insert: seesRecord,
      update: seesRecord,
      updateColumns: ['state', 'version', 'sealed'],
    },
    {
      table: 'page_call',
      record: 'record',
      select: anyOf<{ homeGroup: Id; record: Id; user: Id }>(pages, isMe('for_user')),
      insert: anyOf<{ homeGroup: Id; record: Id; user: Id }>(pages, isMe('for_user')),
      update: anyOf<{ homeGroup: Id; record: Id; user: Id }>(pages, isMe('for_user')),
      updateColumns: ['taken_at', 'taken_by', 'ended_at'],
    },
    // Written by the worker.
    { table: 'page_try', record: 'record', select: anyOf<{ homeGroup: Id; record: Id; user: Id }>(pages, isMe('user_id')) },
    { table: 'on_call', record: null, select: teamOfMyAgency('team_id'), insert: setsRota, update: setsRota, updateColumns: ['ended_at'] },
    {
      table: 'staff_point',
      record: null,
      select: isMe('user_id'),
      insert: isMe('user_id'),
      update: isMe('user_id'),
      updateColumns: ['version', 'sealed'],
    },
  ],
}
