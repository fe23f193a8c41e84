import type { Office } from '../platform/office.ts'
import { passwords } from '../platform/password.ts'
import { registerAccessAdmin } from './routes.admin.ts'
import { registerInvitation } from './routes.invitation.ts'
import { registerKeys } from './routes.keys.ts'
import { registerLock } from './routes.lock.ts'
import { registerMe } from './routes.me.ts'
import { registerSignIn } from './routes.signin.ts'
import type { AccessDeps } from './store.session.ts'

export { accessOnLocked } from './routes.lock.ts'

/** What the routes of this capability need, from what every office process has. */
export const accessDeps = (o: Pick<Office['deps'], 'pool' | 'keys' | 'origin' | 'clock'>): AccessDeps => ({
  pool: o.pool,
  keys: o.keys,
  origin: o.origin,
  clock: o.clock,
  passwords: passwords(o.keys.pepper),
})

export const registerAccess = (o: Office): void => {
  const deps = accessDeps(o.deps)
  registerSignIn(o, deps)
  registerInvitation(o, deps)
  registerLock(o, deps)
  registerMe(o, deps)
  registerKeys(o, deps)
  registerAccessAdmin(o)
}
