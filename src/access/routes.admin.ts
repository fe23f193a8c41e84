import type { Office } from '../platform/office.ts'
import { registerAbsence } from './routes.admin.absence.ts'
import { registerAgree } from './routes.admin.agree.ts'
import { registerHealth } from './routes.admin.health.ts'
import { registerInvite, registerLeaving } from './routes.admin.leave.ts'
import { registerTeams } from './routes.admin.teams.ts'
import { registerUsers } from './routes.admin.users.ts'
import { registerAudit } from './routes.audit.ts'
import { registerGlass } from './routes.glass.ts'

/** People, teams, absence, emergency access, audit, health: everything about who may what. */
export const registerAccessAdmin = (o: Office): void => {
  registerUsers(o)
  registerAgree(o)
  registerInvite(o)
  registerLeaving(o)
  registerTeams(o)
  registerAbsence(o)
  registerGlass(o)
  registerAudit(o)
  registerHealth(o)
}
