import { allOf } from '../base/condition.ts'
import type { CapabilityPolicy } from '../base/policy.ts'
import { hasRole, inMyAgency } from '../platform/policy.conditions.ts'

interface Agency {
  readonly agencyId: string
}
/** Numbers of pages belong to the installation and say of nobody who looked; a poster's code and its numbers belong to the agency that hung it up. */
const looks = hasRole('supervisor', 'analyst', 'content_editor')
const looksHere = allOf<Agency>(looks, inMyAgency('agency_id'))
const makes = allOf<Agency>(hasRole('supervisor', 'content_editor'), inMyAgency('agency_id'))
/** Those who go out: the diary holds no child, so it is the agency's and not a team's. */
const goesOut = allOf<Agency>(hasRole('content_editor', 'duty_specialist', 'supervisor'), inMyAgency('agency_id'))

export const reachPolicy: CapabilityPolicy = {
  permissions: {
    'reach:read': { roles: ['supervisor', 'analyst', 'content_editor'] },
    'reach:poster': { roles: ['supervisor', 'content_editor'] },
    'outreach:use': { roles: ['content_editor', 'duty_specialist', 'supervisor'] },
  },
  tables: [
    { table: 'public_reach', record: null, select: looks },
    { table: 'poster_code', record: null, select: looksHere, insert: makes, update: makes, updateColumns: ['state'] },
    { table: 'poster_count', record: null, select: looksHere },
    {
      table: 'outreach',
      record: null,
      select: goesOut,
      insert: goesOut,
      update: goesOut,
      updateColumns: ['day', 'lang', 'place', 'audience', 'hours', 'contacts', 'reached', 'version', 'sealed'],
    },
    { table: 'outreach_version', record: null, select: goesOut, insert: goesOut },
  ],
}
