import { allOf, inMyGroups } from '../base/condition.ts'
import type { Id } from '../base/id.ts'
import type { CapabilityPolicy } from '../base/policy.ts'
import { hasRole } from '../platform/policy.conditions.ts'

interface Row {
  readonly homeGroup: Id
}
/** Who asked other teams about a child of ours is read by the coordinator alone. */
const coordinates = allOf<Row>(hasRole('supervisor'), inMyGroups)
/** The answers to one's own questions are read by those who would talk to the other side. */
const asked = allOf<Row>(hasRole('case_worker', 'supervisor'), inMyGroups)

/** Questions to other teams and what became of them. Written by definer functions alone (0085): whoever could insert a row could ask without a limit, or agree for somebody. */
export const elsewherePolicy: CapabilityPolicy = {
  permissions: {
    'match:elsewhere': { roles: ['duty_specialist', 'case_worker', 'supervisor'] },
    'match:asks': { roles: ['case_worker', 'supervisor'] },
    'match:coordinate': { roles: ['supervisor'] },
  },
  tables: [
    { table: 'match_query', record: null, select: coordinates },
    { table: 'match_notice', record: 'person_id', select: coordinates },
    {
      table: 'match_ask',
      // Whoever is kept from the record that was found is kept from the question too; which record it is nobody on this side may select.
      record: 'found_id',
      select: asked,
      selectColumns: [
        'id',
        'home_group',
        'pair',
        'state',
        'found',
        'version',
        'key_version',
        'sealed',
        'answer_version',
        'answer',
        'reply_x',
      ],
    },
    { table: 'match_word', record: null },
  ],
}
