import { anyOf, granted, inMyGroups } from '../base/condition.ts'
import type { Id } from '../base/id.ts'
import type { CapabilityPolicy, TablePolicy } from '../base/policy.ts'

interface Row {
  readonly homeGroup: Id
  readonly record: Id
}
const seen = anyOf<Row>(inMyGroups, granted('id'))
const partOf = anyOf<Row>(inMyGroups, granted('case_id'))

const tables: readonly TablePolicy[] = [
  {
    table: 'case_record',
    record: 'id',
    select: seen,
    insert: seen,
    update: seen,
    updateColumns: ['assignee', 'state', 'danger', 'due', 'closed', 'retention', 'version'],
  },
  { table: 'case_link', record: 'case_id', select: partOf, insert: partOf, update: partOf, updateColumns: ['ended_at', 'sealed'] },
]

export const casePolicy: CapabilityPolicy = { permissions: {}, tables }
