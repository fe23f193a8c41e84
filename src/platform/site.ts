import { readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type pg from 'pg'
import { h } from 'preact'
import { render } from 'preact-render-to-string'
import { type Content, doctype, errorScreen, PublicShell } from '../base/components/index.tsx'
import { isLocale, type Locale, pickLocale, publicLocales, type T } from '../base/i18n.ts'
import type { PermissionRule } from '../base/policy.ts'
import type { Stamp } from '../base/time.ts'
import { toUzbekCyrillic } from '../base/uzbek.ts'
import type { ArgonQueue } from './argon.ts'
import { root } from './config.ts'
import { buildHttp, type HttpOptions, sendHidden } from './http.ts'

/** The one thing the public process can ask of the database: `select * from app.fn(…)`, as public_in. */
export type Ask = <R>(fn: PublicFunction, values: readonly unknown[]) => Promise<R[]>
/** The pinned list (db/migrations/0002_public.sql); a test compares it with the catalogue. */
export const publicFunctions = [
  'public_acknowledge',
  'public_append',
  'public_begin',
  'public_chat_append',
  'public_chat_typing',
  'public_chat_watched',
  'public_bot_append',
  'public_bot_chat',
  'public_bot_due',
  'public_bot_forget',
  'public_bot_keep',
  'public_bot_link',
  'public_bot_move',
  'public_bot_open',
  'public_bot_sent',
  'public_bot_submit',
  'public_check_in_answer',
  'public_check_in_find',
  'public_check_in_open',
  'public_count',
  'public_desk',
  'public_desk_state',
  'public_fetch',
  'public_helped',
  'public_helplines',
  'public_locate',
  'public_poster',
  'public_prekey',
  'public_reach',
  'public_submit',
] as const
export type PublicFunction = (typeof publicFunctions)[number]

export interface Helpline {
  readonly country: string
  readonly number: string
  readonly names: Readonly<Record<string, string>>
  readonly hours: Readonly<Record<string, string>>
  readonly always: boolean
}

/** Somebody on the public site. Nothing is known about them and nothing is kept: no cookie, no session, no address. */
export interface Guest {
  readonly lang: Locale
  readonly t: T
  readonly now: Stamp
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
  /** The fields of a form; a field that came twice is absent. */
  readonly body: Readonly<Record<string, string>>
  readonly ask: Ask
  /** Asked for in the look of a page about lessons (addresses under /h). */
  readonly skin: boolean
  to(path: string): string
}

export interface SitePage {
  readonly body: Content
  readonly status?: number
  readonly scripts?: readonly string[]
  /** Address (without the language) of the page before. */
  readonly back?: string
  /** Address that the language links lead to; the route's own by default. Must exist for GET and hold no secret. */
  readonly path?: string
  /** Nothing around it that says whose page it is; see PublicShell. */
  readonly bare?: boolean
  readonly headers?: Readonly<Record<string, string>>
}
export type SiteAnswer =
  | ({ readonly kind: 'page' } & SitePage)
  | { readonly kind: 'redirect'; readonly to: string }
  | { readonly kind: 'bytes'; readonly type: string; readonly body: Buffer; readonly filename: string }
  | { readonly kind: 'empty'; readonly headers?: Readonly<Record<string, string>> }
  | { readonly kind: 'hidden' }
  /** 503: nothing was saved, and whom to call. */
  | { readonly kind: 'away' }
export const sitePage = (p: SitePage): SiteAnswer => ({ kind: 'page', ...p })

export interface SiteDeps {
  /** A pool as public_in. */
  readonly pool: pg.Pool
  readonly keys: { readonly fakeSalt: Buffer }
  readonly argon: ArgonQueue
  readonly words: (lang: Locale) => T
  readonly clock: () => Date
  readonly demo: boolean
  readonly version: string
  readonly https: boolean
  readonly trustProxy: HttpOptions['trustProxy']
  readonly permissions: Readonly<Record<string, PermissionRule>>
  readonly log: HttpOptions['log']
}

export interface Site {
  readonly app: FastifyInstance
  readonly deps: SiteDeps
  readonly ask: Ask
  get(url: string, permit: string, handler: (g: Guest) => Promise<SiteAnswer>): void
  post(url: string, permit: string, handler: (g: Guest) => Promise<SiteAnswer>): void
}

const stringsOf = (o: unknown): Record<string, string> => {
  const out: Record<string, string> = Object.create(null) as Record<string, string>
  for (const [k, v] of Object.entries((o ?? {}) as Record<string, unknown>)) if (typeof v === 'string') out[k] = v
  return out
}

/** The numbers that are shown even when nothing else works: from a file, read at the start. */
export const urgentNumbers: readonly Helpline[] = (
  JSON.parse(readFileSync(path.join(root, 'content/helplines.json'), 'utf8')) as Helpline[]
).filter(l => l.always)

/** What a helpline is called, in the reader's language or the nearest. */
const helplineName = (l: Pick<Helpline, 'names'>, lang: Locale): string =>
  lang === 'uz-Cyrl' ? toUzbekCyrillic(l.names.uz ?? l.names.ru ?? '') : (l.names[lang] ?? l.names.ru ?? '')

const urgentList = (lang: Locale) =>
  h(
    'ul',
    { class: 'govuk-list dv-urgent' },
    urgentNumbers.map(l =>
      h(
        'li',
        null,
        h('a', { class: 'govuk-link dv-urgent__number', href: `tel:${l.number.replace(/[^+\d]/g, '')}` }, l.number),
        ` ${helplineName(l, lang)}`,
      ),
    ),
  )

const guestView = (deps: Pick<SiteDeps, 'demo' | 'version'>, p: Partial<SitePage>, at: string) => ({
  path: p.path ?? at,
  demo: deps.demo,
  version: deps.version,
  back: p.back,
  bare: p.bare,
  scripts: p.scripts,
})
/** Where the look of lessons lives: a prefix and nothing else, so that no cookie and no storage is needed to keep it. */
export const skinPrefix = '/h'
/** Our own addresses in a page, which all begin with a language: text that somebody typed cannot look like one, its quotes are escaped. */
const ownAddresses = new RegExp(` (href|action)="/(${publicLocales.join('|')})/`, 'g')
const document = (deps: SiteDeps, lang: Locale, p: SitePage, at: string, skin = false): string => {
  const t = deps.words(lang)
  const html = doctype + render(h(PublicShell, { view: { ...guestView(deps, p, at), skin }, t, children: p.body }))
  return skin ? html.replace(ownAddresses, ` $1="${skinPrefix}/$2/`) : html
}

/** Answers that need neither database nor form: what went wrong, that nothing was saved, and whom to call. */
const errorPage =
  (deps: SiteDeps) =>
  (status: number, lang: string, url: string): string => {
    const l: Locale = isLocale(lang) ? lang : 'ru'
    const body = h('div', null, errorScreen({ status, public: true }, deps.words(l)), status >= 500 ? urgentList(l) : null)
    // Whoever stands at the reader's shoulder must not learn from a broken link what the page of lessons is.
    return document(deps, l, { body }, '/', url.startsWith(`${skinPrefix}/`))
  }

/** Asks the database as public_in, one transaction per statement. */
export const askOf =
  (pool: pg.Pool): Ask =>
  async <R>(fn: PublicFunction, values: readonly unknown[]): Promise<R[]> => {
    // While the database hangs, those who wait must not pile up until the process has no memory left.
    if (pool.waitingCount > 200) throw Object.assign(new Error('too many wait for the database'), { code: '53300' })
    const { rows } = await pool.query(`select * from app.${fn}(${values.map((_, i) => `$${i + 1}`).join(', ')})`, values as unknown[])
    return rows as R[]
  }

/**
 * The public process: every page under /:lang, one transaction per statement, no cookie, no ambient authority (so nothing to forge), and no way to the database
 * but the pinned functions.
 */
export const buildSite = (deps: SiteDeps): Site => {
  const errors = errorPage(deps)
  const app = buildHttp({
    site: 'public',
    https: deps.https,
    trustProxy: deps.trustProxy,
    permissions: { ...deps.permissions, healthz: 'public', 'site:asset': 'public', 'site:language': 'public' },
    errorPage: errors,
    log: deps.log,
  })
  // Beacons come as text/plain: their body is thrown away. There is no parser for files at all.
  app.addContentTypeParser('text/plain', { parseAs: 'string', bodyLimit: 1024 }, (_req, _body, done) => done(null, {}))

  const ask = askOf(deps.pool)

  const send = (reply: FastifyReply, lang: Locale, at: string, a: SiteAnswer, skin: boolean) => {
    if (a.kind === 'hidden') return sendHidden(reply, errors(404, lang, skin ? `${skinPrefix}/` : '/'))
    if (a.kind === 'away')
      return reply
        .code(503)
        .header('retry-after', '60')
        .type('text/html; charset=utf-8')
        .send(errors(503, lang, skin ? `${skinPrefix}/` : '/'))
    if (a.kind === 'redirect')
      return reply
        .code(303)
        .header('location', a.to.startsWith('https://') ? a.to : `${skin ? skinPrefix : ''}/${lang}${a.to}`)
        .send()
    if (a.kind === 'bytes') return reply.header('content-disposition', `inline; filename="${a.filename}"`).type(a.type).send(a.body)
    for (const [k, v] of Object.entries(a.headers ?? {})) reply.header(k, v)
    if (a.kind === 'empty') return reply.code(204).send()
    const page = document(deps, lang, a, at, skin)
    reply.code(a.status ?? 200).type('text/html; charset=utf-8')
    const { method, headers } = reply.request
    // Packed for a slow line, where it holds nothing that somebody typed: the length of a packed page that holds both would tell of one by the other.
    if (method !== 'GET' || !/\bgzip\b/.test(headers['accept-encoding'] ?? '')) return reply.send(page)
    return reply.header('content-encoding', 'gzip').header('vary', 'accept-encoding').send(gzipSync(page))
  }

  const route = (method: 'GET' | 'POST', url: string, permit: string, handler: (g: Guest) => Promise<SiteAnswer>) => {
    if (deps.permissions[permit] !== 'public') throw new Error(`${url}: ${permit} is not a public permission`)
    for (const skin of [false, true])
      app.route({
        method,
        url: `${skin ? skinPrefix : ''}/:lang${url}`,
        config: { permit },
        handler: async (req, reply) => {
          const params = stringsOf(req.params)
          const lang = params.lang
          if (!isLocale(lang) || !publicLocales.includes(lang)) return sendHidden(reply, errors(404, 'ru', req.url))
          const guest: Guest = {
            lang,
            t: deps.words(lang),
            now: deps.clock().toISOString(),
            params,
            query: stringsOf(req.query),
            body: stringsOf(req.body),
            ask,
            skin,
            to: p => `${skin ? skinPrefix : ''}/${lang}${p}`,
          }
          return send(reply, lang, url, await handler(guest), skin)
        },
      })
  }

  // The header is read once to choose the address and is stored nowhere.
  app.get('/', { config: { permit: 'site:language' } }, async (req, reply) =>
    reply
      .code(303)
      .header('vary', 'accept-language')
      .header('location', `/${pickLocale(req.headers['accept-language'], publicLocales)}/`)
      .send(),
  )
  return { app, deps, ask, get: (u, p, f) => route('GET', u, p, f), post: (u, p, f) => route('POST', u, p, f) }
}

/** Connections of the public process: it may wait, but it must not take those of the office. */
export const publicPoolSize = 6
