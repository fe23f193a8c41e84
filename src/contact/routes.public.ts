import { exitAddress } from '../base/components/index.tsx'
import { databaseAway } from '../platform/db.ts'
import { type Guest, type Helpline, type Site, sitePage, urgentNumbers } from '../platform/site.ts'
import { skinHomeScreen } from '../prevention/screens.traces.tsx'
import { registerConcern } from './routes.concern.ts'
import { registerChat } from './routes.public-chat.ts'
import { count, forget } from './routes.public-common.ts'
import { registerHelped } from './routes.public-help.ts'
import { registerReport } from './routes.public-report.ts'
import { registerTalk } from './routes.public-talk.ts'
import { deskState } from './rules.chat.ts'
import { exitScreen, homeScreen, howScreen, safetyScreen, urgentScreen } from './screens.public.tsx'
import { deskBlock } from './screens.public-chat.tsx'
import { findDeskState } from './store.public-chat.ts'

/** The numbers that may be shown today; those of the file when the database is away. */
const helplines = async (g: Guest): Promise<readonly Helpline[]> => {
  try {
    const found = await g.ask<Helpline>('public_helplines', [])
    return found.some(l => l.always) ? found : [...urgentNumbers, ...found]
  } catch (e) {
    if (databaseAway(e)) return urgentNumbers
    throw e
  }
}

/** Whether somebody is there and when. Nothing is said while the database does not answer at once: the first page waits for nobody. */
const deskNow = async (g: Guest) => {
  const late = new Promise<undefined>(done => setTimeout(done, 400, undefined).unref())
  const desk = await Promise.race([findDeskState(g.ask).catch(() => undefined), late])
  if (!desk) return undefined
  const state = deskState(desk, g.now)
  return deskBlock({ state, hours: desk.hours, numbers: urgentNumbers }, g.t)
}

/** Everything that a child, a witness or a parent can open. Registered on the public process only. */
export const registerPublicSite = (site: Site): void => {
  for (const home of ['', '/']) {
    site.get(home, 'public:read', async g => {
      count(g, 'home')
      return sitePage({ body: g.skin ? skinHomeScreen(g.t) : homeScreen(g.t, await deskNow(g)), path: '/' })
    })
  }
  site.get('/urgent', 'public:read', async g => {
    count(g, 'urgent')
    return sitePage({ body: urgentScreen({ numbers: await helplines(g) }, g.t), back: '/' })
  })
  site.get('/safety', 'public:read', async g => sitePage({ body: safetyScreen(g.t), back: '/' }))
  site.get('/how', 'public:read', async g => sitePage({ body: howScreen(g.t), back: '/' }))
  // Without a browser file the way out is a plain link; this page explains it before it is needed.
  site.get('/exit', 'public:read', async g => sitePage({ body: exitScreen({ exitHref: exitAddress }, g.t), headers: forget }))
  registerChat(site)
  registerReport(site)
  registerConcern(site)
  registerTalk(site)
  registerHelped(site)
  // The beacon of "exit this page", the same from every language. There is no session to end: it makes the browser forget, and it counts.
  site.app.post('/leave', { config: { permit: 'public:leave' } }, async (_req, reply) => {
    count(site, 'left')
    return reply.code(204).headers(forget).send()
  })
}
