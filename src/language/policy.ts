import { allOf, anyOf, granted, inMyGroups } from '../base/condition.ts'
import type { Id } from '../base/id.ts'
import type { CapabilityPolicy } from '../base/policy.ts'
import { hasRole, inMyAgency } from '../platform/policy.conditions.ts'

interface Row {
  readonly homeGroup: Id
  readonly record: Id
}
interface Agency {
  readonly agencyId: Id
}
const ofCase = anyOf<Row>(inMyGroups, granted('case_id'))
const ofRoom = anyOf<Row>(inMyGroups, granted('record'))
const readsRegister = allOf<Agency>(hasRole('case_worker', 'supervisor', 'duty_specialist'), inMyAgency('agency_id'))
const writesRegister = allOf<Agency>(hasRole('case_worker', 'supervisor'), inMyAgency('agency_id'))

export const languagePolicy: CapabilityPolicy = {
  permissions: {
    'language:register': { roles: ['case_worker', 'supervisor', 'duty_specialist'] },
    'language:edit': { roles: ['case_worker', 'supervisor'] },
    /** What is booked on a case; a supervisor sees that it is, and opens it only where a grant gives the story. */
    'language:read': { roles: ['case_worker', 'supervisor', 'duty_specialist'] },
    'language:book': { roles: ['case_worker', 'duty_specialist'] },
    'language:room': { roles: ['interpreter'] },
  },
  tables: [
    // The interpreter does not read the register: what is written of their ties is not for them, nor of others.
    {
      table: 'interpreter',
      record: null,
      select: readsRegister,
      insert: writesRegister,
      update: writesRegister,
      updateColumns: ['account_id', 'state', 'version', 'sealed'],
    },
    { table: 'interpreter_version', record: null, select: readsRegister, insert: writesRegister },
    {
      table: 'language_session',
      record: 'case_id',
      select: ofCase,
      insert: ofCase,
      update: ofCase,
      updateColumns: ['state', 'version'],
    },
    // Deleted by the definer function that closes the room, together with its keys.
    { table: 'session_room', record: 'id', select: anyOf<Row>(inMyGroups, granted('id')), insert: anyOf<Row>(inMyGroups, granted('id')) },
    { table: 'session_turn', record: 'record', select: ofRoom, insert: ofRoom },
  ],
}
