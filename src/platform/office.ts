import { createHmac, randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { resumes } from '../base/form.ts'
import type { T } from '../base/i18n.ts'
import { type Id, isId } from '../base/id.ts'
import type { Role } from '../base/people.ts'
import type { PermissionRule } from '../base/policy.ts'
import type { Stamp } from '../base/time.ts'
import { asSession, type Tx } from './db.ts'
import { sendHidden } from './http.ts'
import {
  type Answer,
  type Asked,
  hidden,
  type Office,
  type OfficeDeps,
  officeCookie,
  type SessionView,
  tokenPattern,
} from './office.answer.ts'
import { type KnownSession, recall, remember } from './office.known.ts'
import { forgetDeks, touchedBy } from './records.ts'
import { ensureEpoch, forgetVault, openVault, type Vault } from './vault.ts'

export * from './office.answer.ts'

const stringsOf = (o: unknown): Record<string, string> => {
  const out: Record<string, string> = {}
  for (const [k, v] of Object.entries((o ?? {}) as Record<string, unknown>)) if (typeof v === 'string') out[k] = v
  return out
}

/** Cross-site requests never act: SameSite=Strict first, then what the browser says of where the request came from. */
export const sameOrigin = (req: FastifyRequest, origin: string): boolean => {
  const site = req.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false
  const from = req.headers.origin
  return from === undefined ? site !== undefined : from === origin
}

const noTx: Tx = { query: () => Promise.reject(new Error('this handler opens its own transactions')) }

const allowed = (rule: PermissionRule | undefined, roles: readonly Role[]): boolean =>
  rule === 'signed_in' || (typeof rule === 'object' && rule.roles.some(r => roles.includes(r)))

const macLine = (id: Id, at: Stamp, session: Id, action: string, records: readonly Id[], purpose: string, outcome: string) =>
  [id, at, session, action, records.join(), purpose, outcome].join('\n')

/** Thrown inside a transaction so that it rolls back: the session is not what it was, so nothing that was asked as it counts. */
const changed = Symbol('the session has changed')

/** Registers routes in the one shape that all share: session → permission → handler → audit → commit → screen. All office routes live under /:lang. */
export const office = (app: FastifyInstance, deps: OfficeDeps): Office => {
  const send = (reply: FastifyReply, lang: string, t: T, answer: Answer, asked: Asked | undefined, path: string) => {
    switch (answer.kind) {
      case 'hidden':
        return sendHidden(reply, deps.errorPage(404, lang, ''))
      case 'redirect':
        for (const c of answer.cookies ?? [])
          reply.setCookie(officeCookie, c.value ?? '', {
            path: '/',
            secure: true,
            httpOnly: true,
            sameSite: 'strict',
            ...(c.value === null ? { maxAge: 0 } : c.maxAge ? { maxAge: c.maxAge } : {}),
          })
        return reply
          .code(303)
          .header('location', /^\/(ru|en)(\/|$)/.test(answer.to) ? answer.to : `/${lang}${answer.to}`)
          .send()
      case 'bytes':
        // Whatever the bytes are, they are nothing that runs here: a paper somebody was given may be more than a paper.
        reply.header('content-security-policy', "default-src 'none'; style-src 'none'; frame-ancestors 'none'; sandbox")
        if (answer.filename) reply.header('content-disposition', `attachment; filename="${answer.filename}"`)
        return reply.type(answer.type).send(answer.body)
      case 'page':
        return reply
          .code(answer.status ?? 200)
          .type('text/html; charset=utf-8')
          .send(deps.document(answer, lang, t, asked, path))
    }
  }
  const langParam = (req: FastifyRequest): string | undefined => {
    const l = (req.params as Record<string, string>).lang
    return l === 'ru' || l === 'en' ? l : undefined
  }
  const common = (req: FastifyRequest, lang: string, tx: Tx) => ({
    lang,
    t: deps.words(lang),
    tx,
    now: deps.clock().toISOString(),
    params: stringsOf(req.params),
    query: stringsOf(req.query),
    body: (req.body ?? {}) as Record<string, unknown>,
    path: req.url.slice(lang.length + 1) || '/',
    agent: req.headers['user-agent'] ?? '',
    to: (p: string) => `/${lang}${p}`,
  })
  const tokenOf = (req: FastifyRequest): string | null => {
    const c = req.cookies[officeCookie]
    return c && tokenPattern.test(c) ? c : null
  }

  const route = (method: 'GET' | 'POST', url: string, permit: string, handler: (a: Asked) => Promise<Answer>) => {
    const rule = deps.permissions[permit]
    app.route({
      method,
      url: `/:lang${url}`,
      config: { permit },
      handler: async (req, reply) => {
        const lang = langParam(req)
        if (!lang) return sendHidden(reply, deps.errorPage(404, 'ru', ''))
        const t = deps.words(lang)
        if (method === 'POST' && !sameOrigin(req, deps.origin))
          return reply
            .code(403)
            .type('text/html; charset=utf-8')
            .send(deps.errorPage(403, lang, ''))
        const token = tokenOf(req)
        const signIn: Answer = {
          kind: 'redirect',
          to:
            method === 'GET' && req.url !== `/${lang}/`
              ? `/sign-in?next=${encodeURIComponent(req.url.slice(lang.length + 1))}`
              : '/sign-in',
        }
        if (!token) return send(reply, lang, t, signIn, undefined, url)
        // On GET too: the first opening of what arrived as a sealed box re-wraps it, and that needs the epoch.
        await ensureEpoch(deps.pool, token, deps.clock().getTime()).catch(e =>
          String((e as { code?: string }).code) === '42501' ? undefined : Promise.reject(e),
        )
        let asked: Asked | undefined
        /** Permission → vault → handler → audits, as this session. */
        const attempt = async (tx: Tx, later: (statement: Promise<unknown>) => void, session: SessionView): Promise<Answer> => {
          const base = common(req, lang, tx)
          const audits: { action: string; records: readonly Id[]; purpose: string; outcome: 'shown' | 'refused' }[] = []
          const writeAudits = () => {
            for (const a of audits) {
              const id = randomUUID()
              const mac = createHmac('sha256', deps.keys.auditMac)
                .update(macLine(id, base.now, session.id, a.action, a.records, a.purpose, a.outcome))
                .digest()
              later(
                tx.query('select app.audit_read($1, $2, $3, $4, $5::uuid[], $6, $7, $8)', [
                  id,
                  base.now,
                  session.id,
                  a.action,
                  a.records,
                  a.purpose,
                  a.outcome,
                  mac,
                ]),
              )
            }
          }
          const ids = Object.entries(base.params)
            .filter(([k]) => k !== 'lang' && /id$/i.test(k))
            .map(([, v]) => v)
          const refuse = async (): Promise<Answer> => {
            audits.length = 0
            audits.push({ action: permit, records: ids.filter(isId), purpose: '', outcome: 'refused' })
            writeAudits()
            return hidden
          }
          if (!allowed(rule, session.roles) || !ids.every(isId)) return refuse()
          if (
            typeof rule === 'object' &&
            rule.stepUp &&
            (!session.stepUpAt || deps.clock().getTime() - Date.parse(session.stepUpAt) > 10 * 60_000)
          ) {
            return { kind: 'redirect', to: `/step-up?next=${encodeURIComponent(base.path)}` }
          }
          const vault: Vault = await openVault(tx, session, token, deps.clock().getTime())
          asked = {
            ...base,
            vault,
            session,
            token,
            actor: {
              id: session.userId,
              agencyId: session.agencyId,
              roles: session.roles,
              groups: session.groups,
              desk: session.desk,
              direct: session.direct,
              excluded: session.excluded,
            },
            can: p => allowed(deps.permissions[p], session.roles),
            saw: (action, records, purpose = '') => void audits.push({ action, records, purpose, outcome: 'shown' }),
          }
          try {
            const alarm = deps.alarm?.(asked).catch(() => undefined)
            const resumed = method === 'POST' && resumes(base.body)
            if (resumed) await tx.query('savepoint resumed')
            const result = await handler(asked)
            // Going on with a form never saves, whatever its handler did; and a handler without a form has nothing to show.
            if (resumed) await tx.query('rollback to savepoint resumed')
            if (result.kind === 'hidden') return await refuse()
            if (alarm && result.kind === 'page') asked = { ...asked, alarm: await alarm }
            const touched = resumed ? [] : touchedBy(tx)
            if (touched.length > 0) await deps.changed?.(asked, touched)
            writeAudits()
            if (resumed) return result.kind === 'page' ? { ...result, status: 200 } : { kind: 'redirect', to: '/held' }
            // A form that waited while the screen was locked waits under the id of its command: sent, it waits no more.
            if (method === 'POST' && result.kind === 'redirect' && isId(base.body.command))
              later(tx.query('select app.held_drop($1)', [base.body.command]))
            return result
          } finally {
            forgetDeks(tx)
          }
        }
        /** `guess`: the session as it was at its last request. What it asks travels with the question who this is, and counts only if nothing has changed since. */
        const run = (guess: KnownSession | undefined): Promise<Answer | typeof changed> =>
          asSession(deps.pool, token, async (tx, later): Promise<Answer> => {
            const opening = tx.query<{ s: (Omit<SessionView, 'bundle' | 'profile'> & { bundle: string; profile: string }) | null }>(
              'select app.session_open() as s',
            )
            opening.catch(() => undefined)
            const tried = guess && attempt(tx, later, guess.session)
            // Its failure means nothing before the session is known to be the same.
            tried?.catch(() => undefined)
            const row = (await opening).rows[0]?.s ?? null
            const text = JSON.stringify(row)
            if (tried) {
              if (text === guess.text) return await tried
              await Promise.allSettled([tried])
              asked = undefined
              // Ended elsewhere: its keys stand in this memory until they are swept, or just now opened them again.
              if (!row) forgetVault(guess.session.id)
              throw changed
            }
            if (!row) return signIn
            const session: SessionView = { ...row, bundle: Buffer.from(row.bundle, 'base64'), profile: Buffer.from(row.profile, 'base64') }
            if (session.locked) {
              forgetVault(session.id)
              return deps.onLocked({ ...common(req, lang, tx), token }, session, method)
            }
            if (method === 'GET') remember(token, { text, session })
            return attempt(tx, later, session)
          }).catch(e => (e === changed ? changed : Promise.reject(e)))
        const guess = method === 'GET' ? recall(token) : undefined
        const first = await run(guess)
        const answer = first === changed ? await run(undefined) : first
        if (answer === changed) throw new Error('a session without a guess cannot have changed')
        return send(reply, lang, t, answer, asked, req.url.slice(lang.length + 1) || '/')
      },
    })
  }

  return {
    app,
    deps,
    get: (url, permit, handler) => route('GET', url, permit, handler),
    post: (url, permit, handler) => route('POST', url, permit, handler),
    visitor: (method, url, permit, handler, own) => {
      if (deps.permissions[permit] !== 'anonymous') throw new Error(`${url}: ${permit} is not an anonymous permission`)
      app.route({
        method,
        url: `/:lang${url}`,
        config: { permit },
        handler: async (req, reply) => {
          const lang = langParam(req)
          if (!lang) return sendHidden(reply, deps.errorPage(404, 'ru', ''))
          if (method === 'POST' && !sameOrigin(req, deps.origin))
            return reply
              .code(403)
              .type('text/html; charset=utf-8')
              .send(deps.errorPage(403, lang, ''))
          const run = (tx: Tx) => handler({ ...common(req, lang, tx), token: tokenOf(req) })
          const answer = own ? await run(noTx) : await asSession(deps.pool, tokenOf(req) ?? '', run)
          return send(reply, lang, deps.words(lang), answer, undefined, req.url.slice(lang.length + 1) || '/')
        },
      })
    },
  }
}
