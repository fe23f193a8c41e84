import type { Id } from '../base/id.ts'
import type { Stamp } from '../base/time.ts'
import { openJson, SealError, sealJson } from '../platform/crypto.ts'
import { append, type Work } from '../platform/records.ts'
import { type Outreach, openOutreach, outreachSchema } from './schema.outreach.ts'

const place = (id: Id) => ({ table: 'outreach', row: id, compartment: 0 })
type Row = Omit<Outreach, 'community' | 'text' | 'note' | 'hours'> & { readonly hours: string | null; readonly sealed: Buffer }
const columns =
  'id, agency_id as "agencyId", kind, day::text as day, lang, place, audience, hours, contacts, reached, by_id as by, version, sealed'
const opened = (service: Buffer, { sealed, hours, ...r }: Row): Outreach => ({
  ...r,
  hours: hours === null ? null : Number(hours),
  ...openOutreach(openJson(service, place(r.id), sealed)),
})

/** Entries of the session's agency, newest first, at most 300. One that does not open is left out: it must not hide the others. */
export const outreachList = async (w: Pick<Work, 'tx'>, service: Buffer): Promise<Outreach[]> =>
  (await w.tx.query<Row>(`select ${columns} from app.outreach order by day desc, id limit 300`)).rows.flatMap(r => {
    try {
      return [opened(service, r)]
    } catch (e) {
      if (!(e instanceof SealError)) throw e
      return []
    }
  })
export const findOutreach = async (w: Pick<Work, 'tx'>, service: Buffer, id: Id, lock = false): Promise<Outreach | undefined> => {
  const { rows } = await w.tx.query<Row>(`select ${columns} from app.outreach where id = $1${lock ? ' for update' : ''}`, [id])
  return rows[0] && opened(service, rows[0])
}
/** Plain numbers of a year, without a word of what was posted. */
export const outreachCounts = async (w: Pick<Work, 'tx'>) =>
  (
    await w.tx.query<Pick<Row, 'kind' | 'day' | 'hours' | 'contacts' | 'reached'>>(
      "select kind, day::text as day, hours, contacts, reached from app.outreach where day > current_date - interval '13 months'",
    )
  ).rows.map(r => ({ ...r, hours: r.hours === null ? null : Number(r.hours) }))

/** Writes an entry: version 1 is new. The state before stays in the history, and the journal says in its header who wrote it. */
export const saveOutreach = async (w: Work, service: Buffer, o: Outreach, by: Id, command: Id): Promise<void> => {
  const sealed = sealJson(service, place(o.id), outreachSchema, { community: o.community, text: o.text, note: o.note })
  const plain = [o.day, o.lang, o.place, o.audience, o.hours, o.contacts, o.reached, o.version, sealed]
  if (o.version === 1)
    await w.tx.query(
      `insert into app.outreach (id, agency_id, kind, by_id, day, lang, place, audience, hours, contacts, reached, version, sealed)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
      [o.id, o.agencyId, o.kind, by, ...plain],
    )
  else
    await w.tx.query(
      `update app.outreach set day = $2, lang = $3, place = $4, audience = $5, hours = $6, contacts = $7, reached = $8, version = $9, sealed = $10 where id = $1`,
      [o.id, ...plain],
    )
  await w.tx.query('insert into app.outreach_version (outreach_id, version, agency_id, by_id, sealed) values ($1, $2, $3, $4, $5)', [
    o.id,
    o.version,
    o.agencyId,
    by,
    sealed,
  ])
  const event = { record: o.id, kind: 'account' as const, homeGroup: o.agencyId, command, parts: {} }
  if (o.version === 1) await append(w, { ...event, type: 'outreach_written' })
  else await append(w, { ...event, type: 'outreach_corrected' })
}

/** Who wrote which state, and when, newest first. */
export const outreachHistory = async (w: Pick<Work, 'tx'>, id: Id): Promise<{ version: number; by: Id; at: Stamp }[]> =>
  (
    await w.tx.query<{ version: number; by_id: Id; at: Date }>(
      'select version, by_id, at from app.outreach_version where outreach_id = $1 order by version desc',
      [id],
    )
  ).rows.map(r => ({ version: r.version, by: r.by_id, at: r.at.toISOString() }))
