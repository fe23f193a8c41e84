import { capabilities, officePermissions } from '../src/main.office.ts'
import { random } from '../src/platform/crypto.ts'
import { openPool } from '../src/platform/db.ts'
import { buildHttp } from '../src/platform/http.ts'
import { office } from '../src/platform/office.ts'
import { wordsFor } from '../src/platform/words.ts'

export interface OfficeRoute {
  readonly method: string
  readonly url: string
  readonly permit: string
}

/** Every route that the office registers, asked of the server itself: nothing is started and no database is reached. */
export const officeRoutes = async (): Promise<OfficeRoute[]> => {
  const routes: OfficeRoute[] = []
  const permissions = officePermissions()
  const app = buildHttp({ site: 'office', https: false, trustProxy: false, permissions, errorPage: () => '', log: () => undefined })
  app.addHook('onRoute', r => void routes.push({ method: String(r.method), url: r.url, permit: String(r.config?.permit) }))
  const pool = openPool({ host: '/nowhere' })
  const key = random(32)
  const o = office(app, {
    pool,
    origin: 'http://localhost',
    permissions,
    words: lang => wordsFor(lang === 'en' ? 'en' : 'ru'),
    clock: () => new Date(),
    errorPage: () => '',
    document: () => '',
    onLocked: async () => ({ kind: 'hidden' }),
    keys: { auditMac: key, service: key, login: key, pepper: key, totp: key },
  })
  for (const register of capabilities) register(o)
  await app.close()
  await pool.end()
  return routes
}

/** Which route answers an address; plain addresses win over those with a parameter. */
export const routeFor = (routes: readonly OfficeRoute[], method: string, address: string): OfficeRoute | undefined => {
  const path = address.split('?')[0] ?? ''
  const all = routes.filter(r => r.method === method && new RegExp(`^${r.url.replace(/:[a-zA-Z]+/g, '[^/]+')}$`).test(path))
  const open = (r: OfficeRoute) => r.url.split(':').length
  return all.sort((x, y) => open(x) - open(y))[0]
}
