import { readFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import type { Id } from '../base/id.ts'
import type { Role, TeamFunction } from '../base/people.ts'
import { dayOf } from '../base/time.ts'
import { plainError, root } from '../platform/config.ts'
import { signPair } from '../platform/crypto.ts'
import { newId } from '../platform/records.ts'
import type { Subkeys } from '../platform/subkeys.ts'
import { functionsOf, judgeRoles } from './rules.ts'
import type { AgencyName, PersonProfile } from './schema.ts'
import { sealProfile, sealTitle } from './store.directory.ts'
import { invitationDays, newInvitation } from './store.enrol.ts'
import { journalAct } from './store.server-acts.ts'
import { loginHmac } from './store.session.ts'

type Keys = Pick<Subkeys, 'service' | 'login' | 'audit_sign'>

/** One transaction as `owner`, the role that the tables belong to: works for the embedded superuser and for the user of an external database alike. */
export const asOwner = async <V>(connection: pg.ClientConfig, work: (db: pg.Client) => Promise<V>): Promise<V> => {
  const db = new pg.Client(connection)
  await db.connect()
  try {
    await db.query('begin')
    await db.query('set local role owner')
    const value = await work(db)
    await db.query('commit')
    return value
  } catch (e) {
    await db.query('rollback').catch(() => undefined)
    throw e
  } finally {
    await db.end()
  }
}

export interface NewPerson {
  readonly login: string
  readonly profile: PersonProfile
  readonly roles: readonly Role[]
  readonly teams: readonly (readonly [teamId: Id, fn: TeamFunction])[]
}

/** Adds a person with an invitation. Throws a plain error for a login that is taken and for roles that do not go together. */
export const addPerson = async (
  db: pg.Client,
  keys: Keys,
  agencyId: Id,
  p: NewPerson,
  now: Date,
): Promise<{ id: Id; invitation: string }> => {
  const wrong = judgeRoles(p.roles)
  if (wrong)
    throw plainError(wrong === 'roles_auditor' ? 'An auditor cannot also hold a role that reads cases.' : 'Name at least one known role.')
  const id = newId()
  const { code, verifier } = newInvitation()
  const { rows } = await db.query<{ ok: boolean }>('select app.account_add_do($1, $2, $3, $4, $5, $6, $7, $8) as ok', [
    id,
    agencyId,
    loginHmac({ keys }, p.login),
    sealProfile(keys.service, id, p.profile),
    p.roles,
    verifier,
    new Date(now.getTime() + invitationDays * 86_400_000),
    dayOf(now.toISOString()),
  ])
  if (!rows[0]?.ok) throw plainError('That login is taken. Choose another.')
  await journalAct(db, id, 'account', agencyId, 'server_account_added')
  for (const [team, fn] of p.teams)
    await db.query('insert into app.member (user_id, team_id, function) values ($1, $2, $3)', [id, team, fn])
  return { id, invitation: code }
}

export interface InitOptions {
  readonly connection: pg.ClientConfig
  readonly keys: Keys
  readonly demo: boolean
  readonly agency: AgencyName
  readonly size: 'small' | 'large'
  readonly recoveryPublic: Buffer
  /** First teams; the first one takes new contacts in. A large agency adds its teams by hand. */
  readonly teams: readonly AgencyName[]
  /** Without teams of their own in it: `functions` of the roles are taken in every team that is made here. */
  readonly admin: { readonly login: string; readonly profile: PersonProfile; readonly roles: readonly Role[] }
  readonly now: Date
  /** Leaves out the row that says the installation is complete: `completeInstallation` writes it when more has been done. */
  readonly incomplete?: boolean
}
export interface Initialised {
  readonly agencyId: Id
  readonly teams: readonly Id[]
  readonly adminId: Id
  readonly invitation: string
}

interface Helpline {
  id: string
  country: string
  number: string
  names: unknown
  hours?: unknown
  sort: number
  verifiedOn: string | null
  always: boolean
}
const addHelplines = async (db: pg.Client, verified: string | null): Promise<void> => {
  const list = JSON.parse(readFileSync(path.join(root, 'content/helplines.json'), 'utf8')) as Helpline[]
  for (const h of list) {
    await db.query(
      'insert into app.helpline (id, country, number, names, hours, sort, verified_on, always) values ($1, $2, $3, $4, $5, $6, $7, $8)',
      [h.id, h.country, h.number, JSON.stringify(h.names), JSON.stringify(h.hours ?? {}), h.sort, verified, h.always],
    )
  }
}

const complete = async (db: pg.Client, o: Pick<InitOptions, 'keys' | 'demo' | 'recoveryPublic' | 'now'>) => {
  await db.query('insert into app.installation (demo, recovery_public, audit_public, created_day) values ($1, $2, $3, $4)', [
    o.demo,
    o.recoveryPublic,
    signPair(o.keys.audit_sign).publicKey,
    dayOf(o.now.toISOString()),
  ])
}
/** Says that the installation is complete: from here on a start does not make it again. */
export const completeInstallation = (o: Pick<InitOptions, 'connection' | 'keys' | 'demo' | 'recoveryPublic' | 'now'>): Promise<void> =>
  asOwner(o.connection, db => complete(db, o))

/** Takes away what a first start that was cut short has left. Only where no installation was completed: there nothing of anybody can be. */
const clearLeftovers = async (db: pg.Client) => {
  const { rowCount } = await db.query('select from app.installation')
  if (rowCount === 0) await db.query('truncate app.agency, app.helpline cascade')
}

/** Writes the first rows of an installation, all or nothing: agency, teams, first administrator with an invitation, urgent numbers (verified in a demonstration only). */
export const initInstallation = (o: InitOptions): Promise<Initialised> =>
  asOwner(o.connection, async db => {
    await clearLeftovers(db)
    const agencyId = newId()
    const hours = o.size === 'small' ? 26 : 10
    await db.query('insert into app.agency (id, profile, size, session_hours) values ($1, $2, $3, $4)', [
      agencyId,
      sealTitle(o.keys.service, 'agency', agencyId, o.agency),
      o.size,
      hours,
    ])
    await journalAct(db, agencyId, 'installation', agencyId, 'installation_made')
    const teams: Id[] = []
    for (const [i, name] of o.teams.entries()) {
      const id = newId()
      await db.query('insert into app.team (id, agency_id, intake, profile) values ($1, $2, $3, $4)', [
        id,
        agencyId,
        i === 0,
        sealTitle(o.keys.service, 'team', id, name),
      ])
      await journalAct(db, id, 'team', agencyId, 'server_team_made')
      teams.push(id)
    }
    const memberships = teams.flatMap(t => functionsOf(o.admin.roles).map(fn => [t, fn] as const))
    const admin = await addPerson(db, o.keys, agencyId, { ...o.admin, teams: memberships }, o.now)
    await addHelplines(db, o.demo ? dayOf(o.now.toISOString()) : null)
    if (!o.incomplete) await complete(db, o)
    return { agencyId, teams, adminId: admin.id, invitation: admin.invitation }
  })
