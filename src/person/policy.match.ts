import { allOf, anyOf, granted, inMyDesk, inMyGroups } from '../base/condition.ts'
import type { Id } from '../base/id.ts'
import type { CapabilityPolicy } from '../base/policy.ts'
import { hasRole } from '../platform/policy.conditions.ts'

interface Row {
  readonly homeGroup: Id
  readonly record: Id
}
const ofPerson = anyOf<Row>(inMyGroups, granted('person_id'))
/** Who asked about a child is read by the coordinator alone: whoever sits at the telephone must not be able to see whether the child is known. */
const coordinates = allOf<Row>(hasRole('supervisor'), inMyGroups)

/** Two records of one child, and those who ask about a child. */
export const matchPolicy: CapabilityPolicy = {
  permissions: {
    'match:read': { roles: ['case_worker', 'supervisor'] },
    'match:decide': { roles: ['case_worker', 'supervisor'] },
    'trace:ask': { roles: ['duty_specialist', 'case_worker', 'supervisor'] },
    'trace:read': { roles: ['supervisor'] },
    'trace:answer': { roles: ['supervisor'] },
  },
  tables: [
    {
      table: 'person_pair',
      record: 'person_id',
      select: ofPerson,
      insert: ofPerson,
      update: ofPerson,
      updateColumns: ['state', 'found', 'version', 'sealed'],
    },
    { table: 'person_link', record: 'person_id', select: ofPerson, insert: ofPerson, update: ofPerson, updateColumns: ['ended_at'] },
    {
      table: 'trace',
      record: 'id',
      select: coordinates,
      insert: anyOf<Row>(inMyGroups, inMyDesk),
      update: coordinates,
      updateColumns: ['state', 'version'],
    },
  ],
}
