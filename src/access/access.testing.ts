import type { LightMyRequestResponse } from 'fastify'
import type pg from 'pg'
import { h } from 'preact'
import { z } from 'zod'
import { Form } from '../base/components/index.tsx'
import { defineForm } from '../base/form.ts'
import type { Id } from '../base/id.ts'
import type { Role } from '../base/people.ts'
import type { CapabilityPolicy } from '../base/policy.ts'
import { seedDemo } from '../cli.demo-seed.ts'
import { serveAssets } from '../platform/assets.ts'
import { asSession } from '../platform/db.ts'
import { buildHttp } from '../platform/http.ts'
import { officeDocument, officeErrorPage } from '../platform/office.document.ts'
import { type Office, office, officeCookie, page, type SessionView } from '../platform/office.ts'
import type { Work } from '../platform/records.ts'
import { type Scratch, scratch } from '../platform/scratch.testing.ts'
import { ensureEpoch, openUserKeys, openVault } from '../platform/vault.ts'
import { wordsFor } from '../platform/words.ts'
import { accessPolicy } from './policy.ts'
import { accessDeps, accessOnLocked, registerAccess } from './routes.ts'
import { readProfile } from './store.directory.ts'
import { demoPassword } from './store.enrol.ts'
import { type AccessDeps, afterUnlock, createSession, noFactor, sessionOf } from './store.session.ts'

export const origin = 'http://localhost:4300'

export interface AccessWorld {
  readonly db: Scratch
  readonly pool: pg.Pool
  readonly office: Office
  readonly deps: AccessDeps
  readonly logged: { code: string; url: string; at: string }[]
  readonly clock: { ahead: number }
  /** The demonstration's person with a role. */
  person(role: Role): Promise<Id>
  /** A session token for that person, as one click gives it. */
  signIn(role: Role, shared?: boolean): Promise<string>
  as<V>(token: string, work: (w: Work & { session: SessionView }) => Promise<V>): Promise<V>
  get(url: string, token?: string | null): Promise<LightMyRequestResponse>
  post(
    url: string,
    fields: Readonly<Record<string, string>>,
    token?: string | null,
    headers?: Readonly<Record<string, string>>,
  ): Promise<LightMyRequestResponse>
  end(): Promise<void>
}

/** The cookie that an answer sets; null when it sets none or takes it away. */
export const tokenIn = (r: LightMyRequestResponse): string | null => {
  const c = r.cookies.find(k => k.name === officeCookie)
  return c?.value ? c.value : null
}

const probeForm = defineForm({ fields: { text: { kind: 'text', schema: z.string().max(50), label: 'access.me.name' } } })
const probePolicy: CapabilityPolicy = {
  permissions: { 'probe:cases': { roles: ['supervisor', 'case_worker'] }, 'probe:step': { roles: ['case_worker'], stepUp: true } },
  tables: [],
}

/** A demonstration on a server of its own, with the routes of this capability and two probes. */
export const accessWorld = async (at = origin): Promise<AccessWorld> => {
  const db = await scratch()
  const owner = db.connection('postgres')
  const target = { socket: String(owner.host), database: 'postgres' }
  await seedDemo({ owner, keys: db.keys, folder: db.folder, target }, () => undefined)
  const pool = db.pool('staff_rw', 8)
  const clock = { ahead: 0 }
  const logged: AccessWorld['logged'] = []
  const permissions = {
    healthz: 'public',
    'office:asset': 'public',
    ...accessPolicy.permissions,
    ...probePolicy.permissions,
  } as Office['deps']['permissions']
  const words = (lang: string) => wordsFor(lang === 'en' ? 'en' : 'ru')
  const errorPage = officeErrorPage(true, words)
  const app = buildHttp({ site: 'office', https: false, trustProxy: false, permissions, errorPage, log: e => void logged.push(e) })
  const o = office(app, {
    pool,
    origin: at,
    permissions,
    words,
    errorPage,
    clock: () => new Date(Date.now() + clock.ahead),
    keys: { auditMac: db.keys.audit_mac, service: db.keys.service, login: db.keys.login, pepper: db.keys.pepper, totp: db.keys.totp },
    document: officeDocument(db.keys.service, true),
    onLocked: accessOnLocked,
  })
  serveAssets(app, 'office:asset')
  registerAccess(o)
  o.get('/probe', 'probe:cases', async () => ({ kind: 'bytes', type: 'text/plain', body: 'seen' }))
  o.post('/probe', 'probe:cases', async a => ({ kind: 'bytes', type: 'text/plain', body: JSON.stringify(a.body) }))
  o.get('/probe-form', 'access:session', async a =>
    page({ title: 'x', body: h('div', null, h(Form, { form: probeForm, t: a.t, action: `/${a.lang}/probe`, submitLabel: 'OK' })) }),
  )
  o.get('/probe-step', 'probe:step', async () => ({ kind: 'bytes', type: 'text/plain', body: 'seen' }))
  await app.ready()
  const deps = accessDeps(o.deps)
  const people = async () =>
    (
      await asSession(pool, null, tx =>
        tx.query<{ id: Id; profile: Buffer; roles: Role[]; salt: Buffer; bundle: Buffer }>(
          'select id, profile, roles, salt, bundle from app.demo_people()',
        ),
      )
    ).rows
  const find = async (role: Role) => {
    const p = (await people()).find(x => x.roles.includes(role) && readProfile(db.keys.service, x.id, x.profile).alias.endsWith(')'))
    if (!p) throw new Error(`nobody is ${role}`)
    return p
  }
  const headers = (token: string | null | undefined) => ({
    origin,
    'sec-fetch-site': 'same-origin',
    ...(token ? { cookie: `${officeCookie}=${token}` } : {}),
  })
  return {
    db,
    pool,
    office: o,
    deps,
    logged,
    clock,
    person: async role => (await find(role)).id,
    signIn: async (role, shared = false) => {
      const p = await find(role)
      const s = await deps.passwords.keys(demoPassword(db.keys.pepper, p.id), p.salt)
      const token = await createSession(deps, p.id, 'password', s.verify, openUserKeys(s.wrap, p.id, p.bundle), noFactor, shared)
      if (!token) throw new Error('no session')
      await afterUnlock(deps, token)
      return token
    },
    as: async (token, work) => {
      await ensureEpoch(pool, token, Date.now())
      return asSession(pool, token, async tx => {
        const session = await sessionOf(tx)
        if (!session) throw new Error('no session')
        return work({ tx, session, now: new Date().toISOString(), vault: await openVault(tx, session, token, Date.now()) })
      })
    },
    get: (url, token) => app.inject({ method: 'GET', url, headers: headers(token) }),
    post: (url, fields, token, more = {}) =>
      app.inject({
        method: 'POST',
        url,
        headers: { ...headers(token), 'content-type': 'application/x-www-form-urlencoded', ...more },
        payload: new URLSearchParams(fields).toString(),
      }),
    end: async () => {
      await app.close()
      await db.end()
    },
  }
}
