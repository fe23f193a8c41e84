import type { CapabilityPolicy } from '../base/policy.ts'

/** The worklist owns no table: it shows what the others already let this person see. */
export const worklistPolicy: CapabilityPolicy = {
  permissions: {
    'worklist:read': 'signed_in',
    /** How much somebody still holds, as numbers; rows only where the viewer sees them anyway. */
    'worklist:leaver': { roles: ['administrator', 'supervisor'] },
    'worklist:hand-over': { roles: ['supervisor'] },
  },
  tables: [],
}
