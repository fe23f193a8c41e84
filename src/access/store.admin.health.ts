import type { Id } from '../base/id.ts'
import type { Day, Stamp } from '../base/time.ts'
import { readConfig, root, version } from '../platform/config.ts'
import type { Tx } from '../platform/db.ts'
import { diskSpace } from '../platform/disk.ts'
import { newId } from '../platform/records.ts'

interface InTx {
  readonly tx: Tx
}
export interface Mark {
  readonly what: string
  readonly at: Stamp
  readonly ok: boolean
  /** Numbers of the job; never an id of a record. */
  readonly detail: Readonly<Record<string, unknown>>
}
export interface Health {
  readonly marks: readonly Mark[]
  /** The newest signed head, and how many events wait for the next one. */
  readonly sealer: { readonly newest: Stamp | null; readonly waiting: number }
  /** Team keys that a leaver held and nobody has replaced yet. */
  readonly rotations: number
  /** Bytes on the disk of the data folder. */
  readonly disk: { readonly free: number; readonly total: number } | null
  readonly version: string
}
export const readHealth = async (w: InTx): Promise<Health> => {
  const [marks, sealer, rotations] = await Promise.all([
    w.tx.query<{ what: string; at: Date; ok: boolean; detail: Record<string, unknown> }>(
      'select what, at, ok, detail from app.health_mark order by what',
    ),
    w.tx.query<{ newest: Date | null; waiting: string }>('select newest, waiting from app.sealer_state()'),
    w.tx.query<{ n: number }>('select count(*)::int as n from app.rotation where done_at is null'),
  ])
  // A process that was not told where the data lies looks at the disk of the program.
  const disk = (await diskSpace(readConfig(process.env).dataFolder)) ?? (await diskSpace(root))
  return {
    marks: marks.rows.map(r => ({ what: r.what, at: r.at.toISOString(), ok: r.ok, detail: r.detail })),
    sealer: { newest: sealer.rows[0]?.newest?.toISOString() ?? null, waiting: Number(sealer.rows[0]?.waiting ?? 0) },
    rotations: rotations.rows[0]?.n ?? 0,
    disk,
    version,
  }
}

export interface Helpline {
  readonly id: Id
  readonly country: string
  readonly number: string
  readonly names: Readonly<Record<string, string>>
  readonly verifiedOn: Day | null
  readonly verifiedBy: Id | null
  readonly always: boolean
}
export const helplines = async (w: InTx): Promise<Helpline[]> =>
  (
    await w.tx.query<Helpline>(
      'select id, country, number, names, verified_on::text as "verifiedOn", verified_by as "verifiedBy", always from app.helpline order by always desc, country, sort, id',
    )
  ).rows
/** Somebody has called the number today and it works. */
export const verifyHelpline = (w: InTx, id: Id, day: Day, by: Id): Promise<unknown> =>
  w.tx.query('update app.helpline set verified_on = $2, verified_by = $3 where id = $1', [id, day, by])
export const addHelpline = async (
  w: InTx,
  v: { country: string; number: string; names: Readonly<Record<string, string>> },
): Promise<Id> => {
  const id = newId()
  await w.tx.query('insert into app.helpline (id, country, number, names) values ($1, $2, $3, $4)', [
    id,
    v.country,
    v.number,
    JSON.stringify(v.names),
  ])
  return id
}
/** Another number has to be called before it is shown again; new names do not. */
export const saveHelpline = (
  w: InTx,
  id: Id,
  v: { country: string; number: string; names: Readonly<Record<string, string>> },
): Promise<unknown> =>
  w.tx.query(
    `update app.helpline set country = $2, names = names || $4::jsonb, verified_on = case when number = $3 then verified_on end,
       verified_by = case when number = $3 then verified_by end, number = $3 where id = $1`,
    [id, v.country, v.number, JSON.stringify(v.names)],
  )
