import type { Id } from '../base/id.ts'
import { type Compartment, compartmentOf, type TeamFunction } from '../base/people.ts'
import type { Stamp } from '../base/time.ts'
import { shareKeys, type Work } from '../platform/records.ts'
import { confirmMember } from './store.keys.ts'

export interface Absence {
  readonly id: Id
  readonly userId: Id
  readonly deputyId: Id
  readonly from: Stamp
  readonly until: Stamp
}
const read = async (w: Pick<Work, 'tx'>, where: string, values: readonly unknown[]): Promise<Absence[]> => {
  const { rows } = await w.tx.query<{ id: Id; user_id: Id; deputy_id: Id; from_at: Date; until: Date }>(
    `select id, user_id, deputy_id, from_at, until from app.absence where ended_at is null and now() < until and ${where} order by from_at, id`,
    values as unknown[],
  )
  return rows.map(r => ({
    id: r.id,
    userId: r.user_id,
    deputyId: r.deputy_id,
    from: r.from_at.toISOString(),
    until: r.until.toISOString(),
  }))
}
/** Absences now or to come: of this person and those in which this person is the deputy. */
export const absencesOf = (w: Pick<Work, 'tx'>, userId: Id): Promise<Absence[]> => read(w, '(user_id = $1 or deputy_id = $1)', [userId])

/** May this session arrange the person's absence: the own one, or somebody's in a team that it supervises. */
export const arranges = async (w: Pick<Work, 'tx'>, userId: Id): Promise<boolean> =>
  (await w.tx.query<{ x: boolean }>('select app.arranges($1) as x', [userId])).rows[0]?.x === true

/** Begins an absence: 'ok', 'deputy_unfit', 'dates', 'already' or 'deputy_away'. */
export const startAbsence = async (w: Pick<Work, 'tx'>, a: Absence): Promise<string> =>
  (await w.tx.query<{ x: string }>('select app.absence_start($1, $2, $3, $4, $5) as x', [a.id, a.userId, a.deputyId, a.from, a.until]))
    .rows[0]?.x ?? 'dates'
/** Ends it at once: what was lent to the deputy is taken back. */
export const endAbsence = (w: Pick<Work, 'tx'>, id: Id): Promise<unknown> => w.tx.query('select app.absence_end($1)', [id])

/** Seals to the deputy the team keys that this session holds, for the functions that they get for the absence. Returns how many functions still wait for another holder. */
export const sealToDeputy = async (w: Work, a: Absence): Promise<number> => {
  const { rows } = await w.tx.query<{ team_id: Id; function: TeamFunction; mine: boolean }>(
    `select team_id, function, team_id = any ((select app.my_teams())::uuid[]) as mine from app.member where user_id = $1 and for_user = $2 and confirmed_by is null and now() < until`,
    [a.deputyId, a.userId],
  )
  let left = 0
  for (const r of rows) if (!r.mine || (await confirmMember(w, a.deputyId, r.team_id, r.function)) !== 'confirmed') left++
  return left
}

/** Seals to the deputy what was granted to the absent person alone, in that person's own session: nobody else holds those keys. */
export const shareGrantsWithDeputy = async (w: Work, a: Absence): Promise<number> => {
  const { rows } = await w.tx.query<{ record: Id; compartments: number[] }>(
    `select g.record, g.compartments from app.grant_ g where g.user_id = $1 and g.ended_at is null and now() < g.until and g.purpose in ('share', 'referral', 'intake')
       and not exists (select from app.key_wrap k where k.record = g.record and k.holder = 'user' and k.holder_id = $2) limit 500`,
    [a.userId, a.deputyId],
  )
  const { rows: deputy } = await w.tx.query<{ public_x: Buffer }>('select public_x from app.account where id = $1', [a.deputyId])
  const publicX = deputy[0]?.public_x
  if (!publicX) return 0
  for (const r of rows) await shareKeys(w, r.record, r.compartments.map(compartmentOf), { user: a.deputyId, publicX }, a.until)
  return rows.length
}

/** Who stands in for a colleague: what is newly sealed to that colleague alone goes to them as well, until the absence ends. */
export const deputiesOf = async (w: Pick<Work, 'tx'>, userId: Id): Promise<readonly { userId: Id; publicX: Buffer; until: Stamp }[]> => {
  const { rows } = await w.tx.query<{ user_id: Id; public_x: Buffer; until: Date }>(
    'select user_id, public_x, until from app.deputies_of($1)',
    [userId],
  )
  return rows.map(r => ({ userId: r.user_id, publicX: r.public_x, until: r.until.toISOString() }))
}

/** What is shared with somebody who is away reaches their deputies as well, until the absence or the share ends; a deputy's own longer access stays as it is. */
export const shareWithDeputies = async (w: Work, user: Id, record: Id, wanted: readonly Compartment[], until: Stamp): Promise<void> => {
  for (const d of await deputiesOf(w, user)) {
    const { rowCount } = await w.tx.query("select from app.key_wrap where record = $1 and holder = 'user' and holder_id = $2", [
      record,
      d.userId,
    ])
    if (!rowCount) await shareKeys(w, record, wanted, { user: d.userId, publicX: d.publicX }, d.until < until ? d.until : until)
  }
}
