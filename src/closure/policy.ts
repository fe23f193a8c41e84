import type { CapabilityPolicy } from '../base/policy.ts'

export const closurePolicy: CapabilityPolicy = {
  permissions: { 'case:close': { roles: ['case_worker', 'supervisor'] }, 'case:reopen': { roles: ['supervisor'] } },
  tables: [],
}
