import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import rateLimit from '@fastify/rate-limit'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { PermissionRule } from '../base/policy.ts'
import { sha256 } from './crypto.ts'
import { databaseAway } from './db.ts'
import { officeCookie, tokenPattern } from './office.answer.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    permit?: string
  }
}

const csp = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "require-trusted-types-for 'script'",
].join('; ')

/** Headers of every answer. The office keeps `same-origin` referrers: with `no-referrer` a browser sends `Origin: null` and the origin check could not tell friend from foe. */
export const securityHeaders = (site: 'office' | 'public', https: boolean): Record<string, string> => ({
  'content-security-policy': csp,
  'x-content-type-options': 'nosniff',
  'referrer-policy': site === 'office' ? 'same-origin' : 'no-referrer',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), interest-cohort=()',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'x-robots-tag': 'noindex, nofollow',
  'cache-control': 'no-store',
  ...(https ? { 'strict-transport-security': 'max-age=63072000' } : {}),
})

export interface HttpOptions {
  readonly site: 'office' | 'public'
  readonly https: boolean
  /** Whom to believe about the client's address: nobody, so many proxies, or these. */
  readonly trustProxy: boolean | number | readonly string[]
  /** Every permission that a route may name. */
  readonly permissions: Readonly<Record<string, PermissionRule>>
  /** Pages for what went wrong; rendered without database and session. */
  readonly errorPage: (status: number, lang: string, url: string) => string
  /** Ids and codes only: a message may quote what a person typed. */
  readonly log: (entry: { code: string; url: string; at: string }) => void
  /**
   * Requests a minute of one session, or of one address before sign-in (ten times as many of one address with sessions); kept in memory only. The public site has none: many children share one address, and
   * theirs is not to be remembered even for a minute. Its limits are the hashing queue and the delay per conversation.
   */
  readonly perMinute?: number
}

/** The session cookie, if it has the form of a token: anything else in the header is the sender's invention and tells nobody apart. */
const tokenIn = (req: FastifyRequest): string | null => {
  const value = req.cookies[officeCookie]
  return value && tokenPattern.test(value) ? value : null
}

/** Believes the nearest n proxies. */
const hops = (n: number) => (_address: string, hop: number) => hop < n

/** The key fits and the value cannot be read: written by a later program, or broken. Answering 404 would say that the record is gone. */
const unreadable = new Set(['schema_newer', 'value_malformed', 'envelope_malformed', 'envelope_altered'])

/** The language at the head of an address, behind the prefix of the look of lessons too, or `ru`. */
export const langOf = (url: string): string => /^(?:\/h)?\/([a-z]{2}(?:-Cyrl)?)(?:[/?]|$)/.exec(url)?.[1] ?? 'ru'

/**
 * The server that every capability registers on. A route that names no known permission stops the boot; unknown addresses, hidden records and refused roles
 * answer the same bytes; one error handler; 503 with Retry-After while the database is away.
 */
export const buildHttp = (o: HttpOptions): FastifyInstance => {
  const app = Fastify({
    bodyLimit: 64 * 1024,
    trustProxy:
      typeof o.trustProxy === 'boolean' ? o.trustProxy : typeof o.trustProxy === 'number' ? hops(o.trustProxy) : [...o.trustProxy],
    logger: false,
    // A photographed paper over a slow line takes longer than any form.
    requestTimeout: o.site === 'office' ? 90_000 : 20_000,
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: 200 },
  })
  app.register(cookie)
  app.register(formbody, { bodyLimit: 64 * 1024 })
  // Forms only: a body of nested objects is nothing that any page sends.
  app.removeContentTypeParser(['application/json', 'text/plain'])
  if (o.perMinute) {
    const limits = {
      global: false,
      timeWindow: 60_000,
      errorResponseBuilder: () => Object.assign(new Error('too many requests'), { statusCode: 429 }),
    }
    const [max, key] = [o.perMinute, (what: string) => sha256(what).toString('base64url')]
    // Two limits: one of a session, and one of an address that whoever invents a token for each request meets. Colleagues behind one router share the second, so it is wide.
    app.register(rateLimit, limits).after(() => {
      const address = app.createRateLimit({ max: max * 10, timeWindow: 60_000, keyGenerator: req => key(`with a token ${req.ip}`) })
      app.addHook('onRequest', async req => {
        if (!tokenIn(req)) return
        const counted = await address(req)
        if (!counted.isAllowed && counted.isExceeded) throw limits.errorResponseBuilder()
      })
      app.addHook('onRequest', app.rateLimit({ ...limits, max, keyGenerator: req => key(tokenIn(req) ?? req.ip) }))
    })
  }
  const headers = securityHeaders(o.site, o.https)
  app.addHook('onRoute', r => {
    const permit = r.config?.permit
    if (!permit || !(permit in o.permissions))
      throw new Error(`${String(r.method)} ${r.url} declares no known permission (${permit ?? 'none'})`)
  })
  app.addHook('onRequest', async (_req, reply) => {
    for (const [k, v] of Object.entries(headers)) reply.header(k, v)
  })
  // Forms clean what is typed; an address with a zero byte was typed by nobody and would end as a database error.
  app.addHook('preHandler', async (req, reply) => {
    if (!/%00/.test(req.url)) return
    return reply
      .code(400)
      .type('text/html; charset=utf-8')
      .send(o.errorPage(400, langOf(req.url), req.url))
  })
  app.setNotFoundHandler((req, reply) => sendHidden(reply, o.errorPage(404, langOf(req.url), req.url)))
  app.setErrorHandler((e: Error & { statusCode?: number; code?: string }, req, reply) => {
    // 503 by its own word: too many password hashes wait. Both pass by themselves.
    if (databaseAway(e) || e.statusCode === 503)
      return reply
        .code(503)
        .header('retry-after', '5')
        .type('text/html; charset=utf-8')
        .send(o.errorPage(503, langOf(req.url), req.url))
    // Row-level security or a missing key said no: to the person the record does not exist.
    if (e.code === '42501' || (e.name === 'SealError' && !unreadable.has(e.message)))
      return sendHidden(reply, o.errorPage(404, langOf(req.url), req.url))
    // A zero byte or broken text that no form took out: the database keeps no such text, and no person types it.
    const unwritable = e.code === '22021' || e.code === '22P05'
    const status = unwritable ? 400 : e.statusCode && e.statusCode >= 400 && e.statusCode < 500 ? e.statusCode : 500
    if (status === 500)
      o.log({ code: e.code ?? (e.name === 'SealError' ? e.message : e.name), url: req.routeOptions.url ?? '-', at: stackTop(e) })
    return reply
      .code(status)
      .type('text/html; charset=utf-8')
      .send(o.errorPage(status, langOf(req.url), req.url))
  })
  app.get('/healthz', { config: { permit: 'healthz' } }, async (_req, reply) => reply.type('application/json').send('{"status":"ok"}'))
  return app
}

/** Hidden and absent are one answer, byte for byte. */
export const sendHidden = (reply: FastifyReply, page: string): FastifyReply => reply.code(404).type('text/html; charset=utf-8').send(page)

/** Where a bug happened, without its message. */
const stackTop = (e: Error): string =>
  (e.stack ?? '')
    .split('\n')
    .find(l => l.trim().startsWith('at '))
    ?.trim()
    .slice(0, 160) ?? ''
