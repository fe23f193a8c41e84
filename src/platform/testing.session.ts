import type { LightMyRequestResponse } from 'fastify'
import type pg from 'pg'
import type { Id } from '../base/id.ts'
import { type Compartment, compartmentNumber, compartments, holds, type Role, type TeamFunction } from '../base/people.ts'
import type { CapabilityPolicy } from '../base/policy.ts'
import { boxPair, hmac, random, sealJson, sha256, signPair } from './crypto.ts'
import { asSession } from './db.ts'
import { buildHttp } from './http.ts'
import { officeDocument, officeErrorPage } from './office.document.ts'
import { type Office, office, officeCookie, type SessionView } from './office.ts'
import { newId, type Work } from './records.ts'
import { type Scratch, scratch } from './scratch.testing.ts'
import {
  ensureEpoch,
  newTeamKey,
  newUserKeys,
  openVault,
  sealUserKeys,
  sessionKey,
  type TeamKey,
  type UserKeys,
  wrapTeamKeyForMe,
} from './vault.ts'
import { wordsFor } from './words.ts'

/** Somebody with a live session, and how to ask in their name. */
export interface Person {
  readonly id: Id
  readonly agency: Id
  readonly alias: string
  readonly token: string
  readonly session: Id
  readonly keys: UserKeys
  /** The `Cookie` header of the session. */
  readonly cookie: string
}
export interface PersonOptions {
  readonly agency: Id
  readonly roles: readonly Role[]
  /** Confirmed memberships; the keys of each function are sealed to the person. */
  readonly member?: readonly (readonly [team: Id, fn: TeamFunction])[]
  readonly alias?: string
}

export interface World {
  readonly db: Scratch
  readonly pool: pg.Pool
  readonly office: Office
  /** Ids and codes of what went wrong inside (a 500); empty after a good test. */
  readonly logged: { code: string; url: string; at: string }[]
  /** Moves the clock of the office; the database keeps its own. */
  readonly clock: { now: Date | undefined }
  agency(size?: 'small' | 'large'): Promise<Id>
  team(agency: Id, o?: { intake?: boolean; name?: string }): Promise<Id>
  person(o: PersonOptions): Promise<Person>
  /** Puts somebody into a team after their session was opened. */
  join(who: Person, team: Id, fn: TeamFunction): Promise<void>
  teamKey(team: Id, c: Compartment): TeamKey
  get(who: Person | undefined, url: string): Promise<LightMyRequestResponse>
  post(who: Person | undefined, url: string, fields: Readonly<Record<string, string | readonly string[]>>): Promise<LightMyRequestResponse>
  /** A unit of work in the name of a person, as a store gets it. */
  as<V>(who: Person, work: (w: Work & { session: SessionView }) => Promise<V>): Promise<V>
  end(): Promise<void>
}

export const testOrigin = 'http://localhost:4300'

/** An office of its own on a real PostgreSQL: `register` puts its routes, `policies` give the permissions. The row policies are those of db/policies.sql. */
export const officeWorld = async (register: (o: Office) => void, policies: readonly CapabilityPolicy[]): Promise<World> => {
  const db = await scratch()
  const pool = db.pool('staff_rw', 6)
  const service = hmac(random(32), 'service')
  const auditMac = random(32)
  const clock: World['clock'] = { now: undefined }
  const now = () => clock.now ?? new Date()
  const logged: World['logged'] = []
  const permissions = Object.assign({ healthz: 'public' }, ...policies.map(p => p.permissions)) as Office['deps']['permissions']
  const words = (lang: string) => wordsFor(lang === 'en' ? 'en' : 'ru')
  const errorPage = officeErrorPage(true, words)
  const app = buildHttp({ site: 'office', https: false, trustProxy: false, permissions, errorPage, log: e => void logged.push(e) })
  const o = office(app, {
    pool,
    origin: testOrigin,
    permissions,
    words,
    clock: now,
    errorPage,
    keys: { auditMac, service, login: random(32), pepper: random(32), totp: random(32) },
    document: officeDocument(service, true),
    onLocked: async () => ({ kind: 'redirect', to: '/unlock' }),
  })
  register(o)
  await app.ready()

  const q = (text: string, values: readonly unknown[] = []) => db.owner.query(text, values as unknown[])
  await q(
    'insert into app.installation (demo, recovery_public, audit_public, created_day) values (true, $1, $2, now()) on conflict do nothing',
    [boxPair().publicKey, signPair(db.keys.audit_sign).publicKey],
  )
  const teamKeys = new Map<string, TeamKey>()
  const teamKey = (team: Id, c: Compartment): TeamKey => {
    const k = teamKeys.get(`${team}:${c}`)
    if (!k) throw new Error('no such team')
    return k
  }
  const title = (table: 'agency' | 'team', id: Id, name: string) =>
    sealJson(service, { table, row: id, compartment: 0 }, 1, { name: { ru: name, en: name } })
  const join: World['join'] = async (who, team, fn) => {
    await q('insert into app.member (user_id, team_id, function, confirmed_by) values ($1, $2, $3, $1)', [who.id, team, fn])
    for (const c of holds[fn])
      await q(
        'insert into app.team_key_wrap (team_id, compartment, version, user_id, form, wrapped) values ($1, $2, 1, $3, 1, $4) on conflict do nothing',
        [team, compartmentNumber[c], who.id, wrapTeamKeyForMe(who.keys, teamKey(team, c))],
      )
    await q('update app.account set keys_version = keys_version + 1 where id = $1', [who.id])
  }
  const ask = (who: Person | undefined) => ({
    ...(who ? { cookie: who.cookie } : {}),
    origin: testOrigin,
    'sec-fetch-site': 'same-origin',
    'accept-language': 'ru',
  })

  return {
    db,
    pool,
    office: o,
    logged,
    clock,
    teamKey,
    join,
    agency: async (size = 'small') => {
      const id = newId()
      await q('insert into app.agency (id, profile, size, session_hours) values ($1, $2, $3, 12)', [id, title('agency', id, 'Маяк'), size])
      return id
    },
    team: async (agency, { intake = false, name = 'Группа' } = {}) => {
      const id = newId()
      await q('insert into app.team (id, agency_id, intake, profile) values ($1, $2, $3, $4)', [
        id,
        agency,
        intake,
        title('team', id, name),
      ])
      for (const c of compartments) {
        const k = newTeamKey(id, c, 1)
        teamKeys.set(`${id}:${c}`, k)
        await q('insert into app.team_key (team_id, compartment, version, public_x) values ($1, $2, 1, $3)', [
          id,
          compartmentNumber[c],
          k.box.publicKey,
        ])
      }
      return id
    },
    person: async ({ agency, roles, member = [], alias = 'Ласточка' }) => {
      const [id, session] = [newId(), newId()]
      const keys = newUserKeys()
      const token = random(32).toString('base64url')
      await q(
        "insert into app.account (id, agency_id, login_hmac, profile, roles, state, public_x, public_ed, created_day) values ($1, $2, $3, $4, $5, 'active', $6, $7, now())",
        [
          id,
          agency,
          random(32),
          sealJson(service, { table: 'account', row: id, compartment: 0 }, 1, { name: alias, alias, language: 'ru' }),
          roles,
          keys.box.publicKey,
          signPair(keys.edSeed).publicKey,
        ],
      )
      await q(
        "insert into app.session (id, user_id, token_hash, bundle, expires_at, idle_until) values ($1, $2, $3, $4, now() + interval '10 hours', now() + interval '10 hours')",
        [session, id, sha256(token), sealUserKeys(sessionKey(token), id, keys)],
      )
      const who: Person = { id, agency, alias, token, session, keys, cookie: `${officeCookie}=${token}` }
      for (const [team, fn] of member) await join(who, team, fn)
      return who
    },
    get: (who, url) => app.inject({ method: 'GET', url, headers: ask(who) }),
    post: (who, url, fields) => {
      const body = new URLSearchParams()
      for (const [k, v] of Object.entries(fields)) for (const x of typeof v === 'string' ? [v] : v) body.append(k, x)
      return app.inject({
        method: 'POST',
        url,
        headers: { ...ask(who), 'content-type': 'application/x-www-form-urlencoded' },
        payload: body.toString(),
      })
    },
    as: async (who, work) => {
      await ensureEpoch(pool, who.token, now().getTime())
      return asSession(pool, who.token, async tx => {
        const { rows } = await tx.query<{ s: Omit<SessionView, 'bundle' | 'profile'> & { bundle: string; profile: string } }>(
          'select app.session_open() as s',
        )
        const row = rows[0]?.s
        if (!row) throw new Error('no session')
        const session: SessionView = { ...row, bundle: Buffer.from(row.bundle, 'base64'), profile: Buffer.from(row.profile, 'base64') }
        return work({ tx, session, now: now().toISOString(), vault: await openVault(tx, session, who.token, now().getTime()) })
      })
    },
    end: async () => {
      await app.close()
      await db.end()
    },
  }
}

/** The hidden fields (command, version) of the form on a page that is sent to `action`. */
export const hiddenOf = (html: string, action: string): Record<string, string> => {
  const start = html.indexOf(`<form action="${action}"`)
  if (start < 0) throw new Error(`no form to ${action}`)
  const form = html.slice(start, html.indexOf('</form>', start))
  const out: Record<string, string> = {}
  for (const [tag] of form.matchAll(/<input[^>]*type="hidden"[^>]*>/g)) {
    const name = /name="([^"]*)"/.exec(tag)?.[1]
    if (name !== undefined) out[name] = /value="([^"]*)"/.exec(tag)?.[1] ?? ''
  }
  return out
}
