import type { FastifyInstance } from 'fastify'
import { publicPolicy } from './contact/policy.public.ts'
import { registerPublicSite } from './contact/routes.public.ts'
import { followUpPublicPolicy } from './follow-up/policy.public.ts'
import { registerCheckInPage } from './follow-up/routes.public.ts'
import { messengerPublicPolicy } from './messenger/policy.public.ts'
import { registerMove } from './messenger/routes.public.ts'
import { argonQueue } from './platform/argon.ts'
import { serveAssets } from './platform/assets.ts'
import { version } from './platform/config.ts'
import { buildSite, type SiteDeps } from './platform/site.ts'
import { wordsFor } from './platform/words.ts'
import { lessonPolicy } from './prevention/policy.lesson.ts'
import { preventionPolicy } from './prevention/policy.ts'
import { registerLeaflets } from './prevention/routes.leaflet.ts'
import { registerLessons } from './prevention/routes.lesson.ts'
import { registerCheckPage } from './prevention/routes.public.ts'
import { registerPosterAddress, registerReach } from './prevention/routes.reach-public.ts'
import { registerTraces } from './prevention/routes.traces.ts'

export interface PublicStart extends Pick<SiteDeps, 'pool' | 'keys' | 'demo' | 'trustProxy' | 'log'> {
  readonly url: string
  readonly clock?: () => Date
  readonly argon?: SiteDeps['argon']
}

/** The public process: it holds no key that opens anything and reaches the database through pinned functions only. */
export const buildPublic = (o: PublicStart): FastifyInstance => {
  const site = buildSite({
    pool: o.pool,
    keys: o.keys,
    demo: o.demo,
    trustProxy: o.trustProxy,
    log: o.log,
    version,
    https: o.url.startsWith('https:'),
    argon: o.argon ?? argonQueue(),
    words: wordsFor,
    clock: o.clock ?? (() => new Date()),
    permissions: {
      ...publicPolicy.permissions,
      ...preventionPolicy.permissions,
      ...lessonPolicy.permissions,
      ...followUpPublicPolicy.permissions,
      ...messengerPublicPolicy.permissions,
    },
  })
  serveAssets(site.app, 'site:asset')
  registerReach(site)
  registerPosterAddress(site)
  registerPublicSite(site)
  registerCheckPage(site)
  registerTraces(site)
  registerLeaflets(site, o.url)
  registerLessons(site)
  registerCheckInPage(site)
  registerMove(site)
  return site.app
}
