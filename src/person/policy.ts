import { anyOf, granted, inMyGroups } from '../base/condition.ts'
import type { Id } from '../base/id.ts'
import type { CapabilityPolicy, TablePolicy } from '../base/policy.ts'

const seen = anyOf<{ homeGroup: Id; record: Id }>(inMyGroups, granted('id'))

const tables: readonly TablePolicy[] = [
  { table: 'person', record: 'id', select: seen, insert: seen, update: seen, updateColumns: ['state', 'version'] },
  { table: 'person_link', record: 'person_id', select: inMyGroups, insert: inMyGroups, update: inMyGroups, updateColumns: ['ended_at'] },
]

export const personPolicy: CapabilityPolicy = { permissions: {}, tables }
