import type { CapabilityPolicy } from '../base/policy.ts'

/** The worklist owns no table: it shows what the others already let this person see. */
export const worklistPolicy: CapabilityPolicy = {
  permissions: {
    'worklist:read': 'signed_in',
    /** How much somebody still holds, as numbers; rows only where the viewer sees them anyway. */
    'worklist:leaver': { roles: ['administrator', 'supervisor'] },
    /** To look as the second person at a change of where new contacts go. The database says who has to. */
    'worklist:intake': {
      roles: ['supervisor', 'duty_specialist', 'case_worker', 'psychologist', 'lawyer', 'follow_up_worker', 'shelter_carer'],
    },
    'worklist:hand-over': { roles: ['supervisor'] },
  },
  tables: [],
}
