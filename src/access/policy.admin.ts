import { allOf } from '../base/condition.ts'
import type { Id } from '../base/id.ts'
import { type Role, roles } from '../base/people.ts'
import type { CapabilityPolicy, TablePolicy } from '../base/policy.ts'
import { hasRole, inMyAgency } from '../platform/policy.conditions.ts'

const manages: readonly Role[] = ['administrator', 'supervisor']
const glass: readonly Role[] = ['duty_specialist', 'supervisor']

/** People, teams, absence, break-glass, audit and health. What changes who may do what asks for a step-up. */
export const adminPermissions: CapabilityPolicy['permissions'] = {
  'user:list': { roles: manages },
  'user:edit': { roles: ['administrator'], stepUp: true },
  'user:decide': { roles: manages, stepUp: true },
  'team:list': { roles: manages },
  'team:edit': { roles: ['administrator'], stepUp: true },
  'team:waiting': {
    roles: ['administrator', 'supervisor', 'case_worker', 'duty_specialist', 'psychologist', 'lawyer', 'follow_up_worker', 'shelter_carer'],
  },
  'absence:own': { roles: roles.filter(r => r !== 'interpreter' && r !== 'partner') },
  'absence:others': { roles: ['supervisor'] },
  // Lends keys to a deputy: like every handing on, only after a fresh second step.
  'absence:begin': { roles: roles.filter(r => r !== 'interpreter' && r !== 'partner'), stepUp: true },
  'glass:see': { roles: glass },
  'glass:open': { roles: glass, stepUp: true },
  'glass:review': { roles: ['supervisor', 'auditor'] },
  'audit:read': { roles: ['auditor'] },
  'audit:case': { roles: ['supervisor'] },
  'health:read': { roles: ['administrator'] },
  'helpline:edit': { roles: ['administrator', 'content_editor'] },
}

export const adminTables: readonly TablePolicy[] = [
  {
    table: 'role_change',
    record: null,
    select: allOf<{ agencyId: Id }>(hasRole('administrator', 'supervisor', 'auditor'), inMyAgency('agency_id')),
  },
]
