import type { FastifyInstance } from 'fastify'
import { accessOnLocked, registerAccess } from './access/routes.ts'
import { isOfficeLocale, officeLocales, pickLocale } from './base/i18n.ts'
import type { PermissionRule } from './base/policy.ts'
import { ledByCode } from './case/routes.codes.ts'
import type { CasePart } from './case/routes.parts.ts'
import { registerCase } from './case/routes.ts'
import { openCaseCount, photoWasOpened } from './case/store.photo.ts'
import { registerClosure } from './closure/routes.ts'
import { registerContact } from './contact/routes.ts'
import { withTour } from './demo/routes.tour.ts'
import { registerDoors } from './doors/routes.ts'
import { pagingAlarm } from './emergency/routes.on-call.ts'
import { emergencyPart, registerEmergency } from './emergency/routes.ts'
import { followUpPart, registerFollowUp } from './follow-up/routes.ts'
import { interpretersFor } from './language/routes.guests.ts'
import { languagePart, registerLanguage } from './language/routes.ts'
import { linkEngine } from './main.engine.ts'
import { registerReports, reportsPart } from './mandatory-report/routes.ts'
import { nightCardPart, registerNightCard } from './night-card/routes.ts'
import { registerElsewhere } from './person/routes.elsewhere.ts'
import { registerFiles } from './person/routes.files.ts'
import { registerMatches } from './person/routes.links.ts'
import { registerRegisters } from './person/routes.registers.ts'
import { registerTraces } from './person/routes.trace.ts'
import { registerPerson } from './person/routes.ts'
import { compareTouched } from './person/store.links.later.ts'
import { planPart, registerPlan } from './plan/routes.ts'
import { serveAssets } from './platform/assets.ts'
import { buildHttp, type HttpOptions } from './platform/http.ts'
import { officeDocument, officeErrorPage } from './platform/office.document.ts'
import { type Office, type OfficeDeps, office } from './platform/office.ts'
import { wordsFor } from './platform/words.ts'
import { allPolicies } from './policies.ts'
import { registerContent } from './prevention/routes.content.ts'
import { registerOutreach } from './prevention/routes.outreach.ts'
import { registerReachOffice } from './prevention/routes.reach.ts'
import { mayAnswer, registerSafeContact, safeContactPart } from './safe-contact/routes.ts'
import { registerScreening, screeningPart } from './screening/routes.ts'
import { registerStatistics } from './statistics/routes.ts'
import { leaveCodes } from './statistics/store.outbox.ts'
import { screeningOf } from './statistics/store.screening.ts'
import { registerWorklist } from './worklist/routes.ts'

/** Every permission of the office, from every capability's policy.ts. */
export const officePermissions = (): Record<string, PermissionRule> =>
  Object.assign(
    { healthz: 'public', 'office:asset': 'public', 'office:language': 'public' } satisfies Record<string, PermissionRule>,
    ...allPolicies.map(p => p.permissions),
  ) as Record<string, PermissionRule>

/** What capabilities further right add to the page of a case. */
export const caseParts: readonly CasePart[] = [
  emergencyPart,
  safeContactPart,
  planPart,
  nightCardPart,
  followUpPart,
  languagePart,
  screeningPart,
  reportsPart,
]

/** The capabilities of the office, left to right. */
export const capabilities: readonly ((o: Office) => void)[] = [
  registerAccess,
  registerContent,
  registerReachOffice,
  registerOutreach,
  o => registerContact(o, { mayAnswer, interpreters: interpretersFor(o) }),
  o => registerPerson(o, (a, typed) => ledByCode(a, typed, caseParts)),
  registerMatches,
  registerElsewhere,
  registerTraces,
  o => registerRegisters(o, linkEngine),
  o => registerFiles(o, { open: openCaseCount, photoOpened: photoWasOpened }),
  o => registerCase(o, caseParts),
  registerDoors,
  registerSafeContact,
  registerEmergency,
  registerScreening,
  registerLanguage,
  registerReports,
  registerPlan,
  registerNightCard,
  registerFollowUp,
  registerClosure,
  registerWorklist,
  registerStatistics,
]

/** First pages that people type, or keep from a paper, without the language. */
export const plainAddresses = [
  'contacts',
  'letters',
  'people',
  'asks',
  'traces',
  'registers',
  'cases',
  'reports',
  'follow-up',
  'night',
  'sessions',
  'interpreters',
  'emergency',
  'on-call',
  'audit',
  'worklist',
  'users',
  'teams',
  'content',
  'health',
  'statistics',
  'outreach',
  'releases',
  'sign-in',
] as const

export interface OfficeStart {
  readonly pool: OfficeDeps['pool']
  readonly keys: OfficeDeps['keys']
  /** Address under which staff open the office, without a path. */
  readonly url: string
  /** Address of the public site, for what is printed. */
  readonly publicUrl?: string
  readonly demo: boolean
  readonly trustProxy: HttpOptions['trustProxy']
  readonly log: HttpOptions['log']
  readonly clock?: () => Date
}

/** The office process: one server, every capability registered, nothing reachable that names no permission. */
export const buildOffice = (o: OfficeStart): FastifyInstance => {
  const permissions = officePermissions()
  const errorPage = officeErrorPage(o.demo, wordsFor)
  const app = buildHttp({
    site: 'office',
    https: o.url.startsWith('https:'),
    trustProxy: o.trustProxy,
    permissions,
    errorPage,
    log: o.log,
    perMinute: 900,
  })
  serveAssets(app, 'office:asset')
  const clock = o.clock ?? (() => new Date())
  const counted = leaveCodes(o.keys.service, screeningOf, code => o.log({ code, url: '-', at: '-' }))
  const compared = compareTouched({ pool: o.pool, clock })
  const desk = office(app, {
    pool: o.pool,
    keys: o.keys,
    origin: o.url,
    ...(o.publicUrl ? { publicUrl: o.publicUrl } : {}),
    permissions,
    errorPage,
    words: lang => wordsFor(isOfficeLocale(lang) ? lang : 'ru'),
    clock,
    document: o.demo ? withTour(officeDocument(o.keys.service, true)) : officeDocument(o.keys.service, false),
    onLocked: accessOnLocked,
    alarm: pagingAlarm(),
    changed: async (a, touched) => {
      await counted(a, touched)
      await compared(a, touched)
    },
  })
  for (const register of capabilities) register(desk)
  // The header is read once to choose the address and is stored nowhere. Plain addresses without a language lead to the same place.
  const toLanguage = (header: string | undefined, path: string) => `/${pickLocale(header, officeLocales)}${path}`
  app.get('/', { config: { permit: 'office:language' } }, async (req, reply) =>
    reply.code(303).header('vary', 'accept-language').header('location', toLanguage(req.headers['accept-language'], '/')).send(),
  )
  for (const plural of plainAddresses) {
    app.get(`/${plural}`, { config: { permit: 'office:language' } }, async (req, reply) =>
      reply.code(303).header('vary', 'accept-language').header('location', toLanguage(req.headers['accept-language'], req.url)).send(),
    )
  }
  return app
}
