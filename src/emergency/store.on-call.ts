import type { Id } from '../base/id.ts'
import type { TeamFunction } from '../base/people.ts'
import { openJson, sealJson } from '../platform/crypto.ts'
import type { Tx } from '../platform/db.ts'
import { newId, type Work } from '../platform/records.ts'
import { openStaffPoint, type StaffPoint, staffPointSchema } from './schema.ts'

interface InTx {
  readonly tx: Tx
}
export interface RotaRow {
  readonly id: Id
  readonly teamId: Id
  readonly userId: Id
  readonly weekday: number | null
  readonly from: number
  readonly until: number
}
/** The rota of the agency's teams, as far as this session sees it. */
export const rota = async (w: InTx): Promise<RotaRow[]> =>
  (
    await w.tx.query<RotaRow>(
      `select id, team_id as "teamId", user_id as "userId", weekday, from_minute as "from", until_minute as "until" from app.on_call where ended_at is null
        order by team_id, weekday nulls first, from_minute, id`,
    )
  ).rows
export const addToRota = (w: InTx, r: Omit<RotaRow, 'id'>): Promise<unknown> =>
  w.tx.query('insert into app.on_call (id, team_id, user_id, weekday, from_minute, until_minute) values ($1, $2, $3, $4, $5, $6)', [
    newId(),
    r.teamId,
    r.userId,
    r.weekday,
    r.from,
    r.until,
  ])
export const endInRota = async (w: InTx, id: Id): Promise<boolean> =>
  (await w.tx.query('update app.on_call set ended_at = now() where id = $1 and ended_at is null', [id])).rowCount === 1

/** Functions whose people a page may go to. */
export const pagedFunctions: readonly TeamFunction[] = ['desk', 'supervision', 'casework']

const place = (user: Id) => ({ table: 'staff_point', row: user, compartment: 0 }) as const
/** Where this person is reached; only their own is visible to anybody. */
export const ownPoint = async (w: InTx, service: Buffer, user: Id): Promise<{ point: StaffPoint; version: number } | undefined> => {
  const { rows } = await w.tx.query<{ version: number; sealed: Buffer }>('select version, sealed from app.staff_point where user_id = $1', [
    user,
  ])
  return rows[0] && { point: openStaffPoint(openJson(service, place(user), rows[0].sealed)), version: rows[0].version }
}
export const savePoint = (w: InTx, service: Buffer, user: Id, point: StaffPoint): Promise<unknown> =>
  w.tx.query(
    `insert into app.staff_point as p (user_id, version, sealed) values ($1, 1, $2)
     on conflict (user_id) do update set sealed = excluded.sealed, version = p.version + 1`,
    [user, sealJson(service, place(user), staffPointSchema, point)],
  )
/** A test page to oneself, by every way that is set. */
export const askForTest = async (w: Work, user: Id, team: Id): Promise<void> => {
  const id = newId()
  await w.tx.query("insert into app.page_call (id, cause, record, home_group, opened_by, for_user) values ($1, 'test', $1, $2, $3, $3)", [
    id,
    team,
    user,
  ])
}
/** Teams with a page that nobody has taken, for the banner: ids only. */
export const teamsWaiting = async (w: InTx): Promise<{ homeGroup: Id; forUser: Id | null }[]> =>
  (await w.tx.query<{ homeGroup: Id; forUser: Id | null }>('select home_group as "homeGroup", for_user as "forUser" from app.page_waits()'))
    .rows
