import type { Id } from '../base/id.ts'
import type { Role, TeamFunction } from '../base/people.ts'
import { openJson, sealJson } from '../platform/crypto.ts'
import type { Tx } from '../platform/db.ts'
import { type AgencyName, openProfile, openTitle, type PersonProfile, profileSchema } from './schema.ts'

/** A colleague as others see them: by alias; the real name is for administration. */
export interface DirectoryPerson {
  readonly id: Id
  readonly alias: string
  readonly name: string
  readonly language: 'ru' | 'en'
  readonly roles: readonly Role[]
  readonly state: 'invited' | 'active' | 'disabled'
  readonly publicX: Buffer | null
}
export interface DirectoryTeam {
  readonly id: Id
  readonly name: AgencyName
  readonly intake: boolean
  readonly state: 'active' | 'ended'
}
export interface DirectoryMember {
  readonly userId: Id
  readonly teamId: Id
  readonly fn: TeamFunction
  readonly confirmedBy: Id | null
  readonly forUser: Id | null
}

export interface Directory {
  /** What colleagues call a person; «—» for somebody of another agency or nobody. */
  alias(id: Id | null | undefined): string
  /** A team's name in the language asked for. */
  team(id: Id | null | undefined): string
  readonly people: readonly DirectoryPerson[]
  readonly teams: readonly DirectoryTeam[]
  /** Memberships of the agency that have not ended, waiting ones too. */
  readonly members: readonly DirectoryMember[]
}

/** Opened profiles, kept as long as the sealed bytes stay the same: a list page must not decrypt the whole staff each time. */
const opened = new Map<Id, { sealed: Buffer; value: unknown }>()
const openCached = <V>(
  service: Buffer,
  table: 'account' | 'team' | 'agency',
  id: Id,
  sealed: Buffer,
  read: (o: { schema: number; value: unknown }) => V,
): V => {
  const known = opened.get(id)
  if (known?.sealed.equals(sealed)) return known.value as V
  const value = read(openJson(service, { table, row: id, compartment: 0 }, sealed))
  if (opened.size > 5000) opened.clear()
  opened.set(id, { sealed, value })
  return value
}

/** Seals a person's profile under the service key. */
export const sealProfile = (service: Buffer, id: Id, profile: PersonProfile): Buffer =>
  sealJson(service, { table: 'account', row: id, compartment: 0 }, profileSchema, profile)
/** Seals a team's or an agency's name under the service key. */
export const sealTitle = (service: Buffer, table: 'team' | 'agency', id: Id, name: AgencyName): Buffer =>
  sealJson(service, { table, row: id, compartment: 0 }, profileSchema, { name })
export const readProfile = (service: Buffer, id: Id, sealed: Buffer): PersonProfile =>
  openCached(service, 'account', id, sealed, openProfile)

/** People, teams and memberships of the session's agency (row-level security chooses). Three statements in one round trip. */
export const directory = async (w: { readonly tx: Tx }, service: Buffer, lang: string = 'ru'): Promise<Directory> => {
  const [people, teams, members] = await Promise.all([
    w.tx.query<{ id: Id; profile: Buffer; roles: Role[]; state: DirectoryPerson['state']; public_x: Buffer | null }>(
      'select id, profile, roles, state, public_x from app.account',
    ),
    w.tx.query<{ id: Id; profile: Buffer; intake: boolean; state: DirectoryTeam['state'] }>(
      'select id, profile, intake, state from app.team',
    ),
    w.tx.query<{ user_id: Id; team_id: Id; function: TeamFunction; confirmed_by: Id | null; for_user: Id | null }>(
      'select user_id, team_id, function, confirmed_by, for_user from app.member where now() < until',
    ),
  ])
  const persons = people.rows
    .map(
      (r): DirectoryPerson => ({ id: r.id, roles: r.roles, state: r.state, publicX: r.public_x, ...readProfile(service, r.id, r.profile) }),
    )
    .sort((a, b) => a.alias.localeCompare(b.alias))
  const groups = teams.rows.map(
    (r): DirectoryTeam => ({ id: r.id, intake: r.intake, state: r.state, ...openCached(service, 'team', r.id, r.profile, openTitle) }),
  )
  const aliasOf = new Map(persons.map(p => [p.id, p.alias]))
  const nameOf = new Map(groups.map(g => [g.id, lang === 'en' ? g.name.en : g.name.ru]))
  return {
    alias: id => (id ? (aliasOf.get(id) ?? '—') : '—'),
    team: id => (id ? (nameOf.get(id) ?? '—') : '—'),
    people: persons,
    teams: groups,
    members: members.rows.map(m => ({
      userId: m.user_id,
      teamId: m.team_id,
      fn: m.function,
      confirmedBy: m.confirmed_by,
      forUser: m.for_user,
    })),
  }
}

/** The own agency's name. */
export const agencyName = async (w: { readonly tx: Tx }, service: Buffer, agencyId: Id): Promise<AgencyName> => {
  const { rows } = await w.tx.query<{ profile: Buffer }>('select profile from app.agency where id = $1', [agencyId])
  return rows[0] ? openCached(service, 'agency', agencyId, rows[0].profile, openTitle).name : { ru: '—', en: '—' }
}
