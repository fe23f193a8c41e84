import type { Id } from '../base/id.ts'
import type { Asked } from '../platform/office.ts'
import { append, type Work } from '../platform/records.ts'
import { defaultHours, Hours } from './schema.chat.ts'
import type { DeskHours } from './schema.desk-hours.ts'

/** The desk that this session supervises: the same order in which the public site finds its desk. */
export const ownDesk = async (a: Pick<Asked, 'tx' | 'actor'>): Promise<Id | undefined> =>
  (
    await a.tx.query<{ id: Id }>(
      "select id from app.team where intake and state = 'active' and id = any ($1::uuid[]) order by id limit 1",
      [a.actor.groups],
    )
  ).rows[0]?.id

export const findDeskHours = async (w: Work, team: Id): Promise<DeskHours> => {
  const { rows } = await w.tx.query<DeskHours>('select hours, waiting, version from app.desk_hours where home_group = $1', [team])
  const row = rows[0]
  const hours = Hours.safeParse(row?.hours)
  return { hours: hours.success ? hours.data : defaultHours, waiting: row?.waiting ?? 'minutes', version: row?.version ?? 0 }
}

/** False: somebody was faster. */
export const saveDeskHours = async (
  w: Work & Pick<Asked, 'session'>,
  team: Id,
  v: Pick<DeskHours, 'hours' | 'waiting'>,
  version: number,
  command: Id,
): Promise<boolean> => {
  const { rowCount } =
    version === 0
      ? await w.tx.query('insert into app.desk_hours (home_group, hours, waiting) values ($1, $2, $3) on conflict do nothing', [
          team,
          JSON.stringify(v.hours),
          v.waiting,
        ])
      : await w.tx.query(
          'update app.desk_hours set hours = $2, waiting = $3, version = version + 1 where home_group = $1 and version = $4',
          [team, JSON.stringify(v.hours), v.waiting, version],
        )
  if (rowCount !== 1) return false
  await append(w, { record: team, kind: 'team', homeGroup: w.session.agencyId, type: 'desk_hours_changed', command, parts: {} })
  return true
}
