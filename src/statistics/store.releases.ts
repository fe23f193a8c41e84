import type { Id } from '../base/id.ts'
import { defaultK, leastK } from '../base/suppression.ts'
import type { Stamp } from '../base/time.ts'
import type { Work } from '../platform/records.ts'
import { Released } from './schema.ts'

export interface Release {
  readonly id: Id
  readonly madeBy: Id
  readonly madeAt: Stamp
  readonly content: Released
}
interface Row {
  readonly id: Id
  readonly made_by: Id
  readonly made_at: Date | number
  readonly content: unknown
}
/** Nothing for a row that no program of ours wrote: somebody with SQL could otherwise stop every release of the agency with one. */
const toRelease = (r: Row): Release[] => {
  const content = Released.safeParse(r.content)
  const at = new Date(r.made_at).getTime()
  return content.success && Number.isFinite(at)
    ? [{ id: r.id, madeBy: r.made_by, madeAt: new Date(at).toISOString(), content: content.data }]
    : []
}
const select = 'select id, made_by, made_at, content from app.statistics_release'

/** All releases of the agency, the newest first: few a year, and each new one is compared with all. */
export const releasesOf = async (w: Work): Promise<Release[]> =>
  (await w.tx.query<Row>(`${select} order by made_at desc, id`)).rows.flatMap(toRelease)

export const findRelease = async (w: Work, id: Id): Promise<Release | undefined> =>
  (await w.tx.query<Row>(`${select} where id = $1`, [id])).rows.flatMap(toRelease)[0]

export const saveRelease = async (w: Work & { session: { agencyId: Id; userId: Id } }, id: Id, content: Released): Promise<void> => {
  await w.tx.query('insert into app.statistics_release (id, agency_id, made_by, made_at, content) values ($1, $2, $3, $4, $5)', [
    id,
    w.session.agencyId,
    w.session.userId,
    w.now,
    JSON.stringify(content),
  ])
}

/** k as the installation's settings say (`releaseK`), never below five. */
export const releaseK = async (w: Work): Promise<number> => {
  const { rows } = await w.tx.query<{ k: unknown }>("select settings->'releaseK' as k from app.installation")
  const k = rows[0]?.k
  return typeof k === 'number' && Number.isInteger(k) ? Math.max(leastK, k) : defaultK
}
