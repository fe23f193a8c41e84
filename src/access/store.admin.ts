import type { Id } from '../base/id.ts'
import type { Role, TeamFunction } from '../base/people.ts'
import type { Stamp } from '../base/time.ts'
import type { Tx } from '../platform/db.ts'
import { newId } from '../platform/records.ts'

interface InTx {
  readonly tx: Tx
}
const word = async (w: InTx, sql: string, values: readonly unknown[]): Promise<string> =>
  String((await w.tx.query<{ x: unknown }>(`select ${sql} as x`, values as unknown[])).rows[0]?.x)

// ---------------------------------------------------------------- people
export interface NewInvitation {
  readonly id: Id
  readonly login: Buffer
  readonly profile: Buffer
  readonly roles: readonly Role[]
  readonly invite: Buffer
  readonly until: Stamp
  readonly day: string
  readonly members: readonly (readonly [team: Id, fn: TeamFunction])[]
}
/** A new account with an invitation; roles that wait for a second person become a proposal. 'ok' or 'login_taken'. */
export const invite = (w: InTx, p: NewInvitation): Promise<string> =>
  word(w, 'app.admin_invite($1, $2, $3, $4::text[], $5, $6, $7, $8, $9::uuid[], $10::text[])', [
    p.id,
    p.login,
    p.profile,
    p.roles,
    p.invite,
    p.until,
    p.day,
    newId(),
    p.members.map(m => m[0]),
    p.members.map(m => m[1]),
  ])

export interface RoleChange {
  readonly id: Id
  readonly userId: Id
  readonly roles: readonly Role[]
  readonly by: Id
  readonly at: Stamp
}
/** Changes of roles that wait for a second person. For administrators and supervisors. */
export const openChanges = async (w: InTx): Promise<RoleChange[]> => {
  const { rows } = await w.tx.query<{ id: Id; user_id: Id; roles: Role[]; proposed_by: Id; proposed_at: Date }>(
    'select id, user_id, roles, proposed_by, proposed_at from app.role_change where decided_at is null order by proposed_at, id',
  )
  return rows.map(r => ({ id: r.id, userId: r.user_id, roles: r.roles, by: r.proposed_by, at: r.proposed_at.toISOString() }))
}
/** 'ok', 'no_change', 'disabled' or 'last_administrator'. */
export const proposeRoles = (w: InTx, id: Id, user: Id, roles: readonly Role[]): Promise<string> =>
  word(w, 'app.role_propose($1, $2, $3::text[])', [id, user, roles])
/** 'ok', 'gone', 'own', 'not_yours' or 'last_administrator'. */
export const decideRoles = (w: InTx, id: Id, outcome: 'approved' | 'refused' | 'withdrawn'): Promise<string> =>
  word(w, 'app.role_decide($1, $2)', [id, outcome])
/** 'ok', 'there' or 'role_missing'. The membership waits for a colleague with the keys. */
export const putMember = (w: InTx, user: Id, team: Id, fn: TeamFunction): Promise<string> =>
  word(w, 'app.admin_member_put($1, $2, $3)', [user, team, fn])
export const endMember = (w: InTx, user: Id, team: Id, fn: TeamFunction): Promise<string> =>
  word(w, 'app.member_end($1, $2, $3)', [user, team, fn])

/** What a leaver still has: open cases and contacts, as numbers. */
export const leaverWaits = async (w: InTx, user: Id): Promise<{ cases: number; contacts: number }> =>
  (await w.tx.query<{ cases: number; contacts: number }>('select * from app.leaver_waits($1)', [user])).rows[0] ?? { cases: 0, contacts: 0 }
/** Closes an account: 'ok', 'gone', or 'list_not_empty' unless `now`. */
export const leave = (w: InTx, user: Id, now: boolean): Promise<string> => word(w, 'app.account_leave($1, $2)', [user, now])
/** 'ok', 'gone' or 'last_administrator'. Roles that wait, wait again. */
export const readmit = (w: InTx, user: Id, verifier: Buffer, until: Stamp): Promise<string> =>
  word(w, 'app.admin_readmit($1, $2, $3, $4)', [user, verifier, until, newId()])

export interface ToAgree {
  readonly userId: Id
  readonly teamId: Id
  readonly fn: TeamFunction
  /** Who put the person there. */
  readonly by: Id
}
/** Memberships whose holder would begin in the team alone: they wait for another administrator or a supervisor. Empty for everybody else. */
export const membersToAgree = async (w: InTx): Promise<ToAgree[]> => {
  const { rows } = await w.tx.query<{ user_id: Id; team_id: Id; function: TeamFunction; put_by: Id }>(
    'select * from app.members_to_agree()',
  )
  return rows.map(r => ({ userId: r.user_id, teamId: r.team_id, fn: r.function, by: r.put_by }))
}
/** 'ok', 'own' or 'gone'. Refused, the membership ends. */
export const agreeMember = (w: InTx, m: Pick<ToAgree, 'userId' | 'teamId' | 'fn'>, outcome: 'approved' | 'refused'): Promise<string> =>
  word(w, 'app.member_agree($1, $2, $3, $4)', [m.userId, m.teamId, m.fn, outcome])
/** True when new contacts still reach somebody after this team has stopped taking them: another intake team with people in it. */
export const intakeIsKept = async (w: InTx, team: Id): Promise<boolean> => (await word(w, 'app.intake_is_kept($1)', [team])) === 'true'

// ---------------------------------------------------------------- teams
export const addTeam = (w: InTx, t: { id: Id; agency: Id; intake: boolean; profile: Buffer }): Promise<unknown> =>
  w.tx.query('insert into app.team (id, agency_id, intake, profile) values ($1, $2, $3, $4)', [t.id, t.agency, t.intake, t.profile])
export const saveTeam = (w: InTx, t: { id: Id; intake: boolean; profile: Buffer }): Promise<unknown> =>
  w.tx.query('update app.team set intake = $2, profile = $3 where id = $1', [t.id, t.intake, t.profile])
/** 'ok', 'has_work' or 'last_intake'. */
export const endTeam = (w: InTx, id: Id): Promise<string> => word(w, 'app.team_end($1)', [id])
