import type { Id } from '../base/id.ts'
import { append, openSealed, readJournal, saveSealed, type Work } from '../platform/records.ts'
import { applyTrace } from './rules.trace.ts'
import { openTrace, openTraceEvent, type Trace, type TraceEvent, type TraceRow, traceEventSchema, traceSchema } from './schema.trace.ts'

const columns = 'id, home_group as "homeGroup", way, state, received::text as received, version'
const eventOf = (t: Pick<TraceRow, 'id' | 'homeGroup'>, e: TraceEvent, command: Id) => {
  const { type, ...value } = e
  return {
    record: t.id,
    kind: 'trace' as const,
    homeGroup: t.homeGroup,
    type,
    command,
    parts: { identity: { schema: traceEventSchema, value } },
  }
}
/** Writes down that somebody asked. Whoever writes it need not be able to read it back. */
export const createTrace = async (
  w: Work,
  row: Pick<TraceRow, 'id' | 'homeGroup' | 'way' | 'received'>,
  e: Extract<TraceEvent, { type: 'trace_received' }>,
  command: Id,
): Promise<void> => {
  const t = applyTrace(undefined, row, e)
  await w.tx.query('insert into app.trace (id, home_group, way, state, received, version) values ($1, $2, $3, $4, $5, 1)', [
    t.id,
    t.homeGroup,
    t.way,
    t.state,
    t.received,
  ])
  await append(w, eventOf(t, e, command), true)
  await saveSealed(w, t.id, 'trace', t.homeGroup, { identity: { schema: traceSchema, value: t.file } }, false)
}
export const saveTrace = async (w: Work, before: Trace, e: TraceEvent, command: Id): Promise<Trace> => {
  const t = applyTrace(before, before, e)
  const { rowCount } = await w.tx.query('update app.trace set state = $2, version = $3 where id = $1 and version = $4', [
    t.id,
    t.state,
    t.version,
    before.version,
  ])
  if (rowCount !== 1) throw new Error('trace changed under its lock')
  await saveSealed(w, t.id, 'trace', t.homeGroup, { identity: { schema: traceSchema, value: t.file } }, false)
  await append(w, eventOf(t, e, command))
  return t
}
const opened = async (w: Work, rows: readonly TraceRow[]): Promise<Trace[]> => {
  const files = await openSealed(
    w,
    rows.map(r => r.id),
    ['identity'],
  )
  return rows.flatMap(r => {
    const o = files.get(r.id)?.identity
    return o ? [{ ...r, file: openTrace(o) }] : []
  })
}
export const findTrace = async (w: Work, id: Id, lock = false): Promise<Trace | undefined> =>
  (
    await opened(w, (await w.tx.query<TraceRow>(`select ${columns} from app.trace where id = $1${lock ? ' for update' : ''}`, [id])).rows)
  )[0]
/** Askings that this session reads, newest first: what is open, and of the rest what is young enough to be asked again. At most 200. */
export const listTraces = async (w: Work & { session: { groups: readonly Id[] } }): Promise<Trace[]> =>
  opened(
    w,
    (
      await w.tx.query<TraceRow>(
        `select ${columns} from app.trace where home_group = any ($1::uuid[]) order by (state = 'closed'), received desc, id limit 200`,
        [w.session.groups],
      )
    ).rows,
  )
export const traceJournal = async (w: Work, id: Id) =>
  (await readJournal(w, id, ['identity'])).map(s => ({
    type: s.type,
    actor: s.actor,
    at: s.recordedAt,
    event: s.parts.identity && openTraceEvent(s.type, s.parts.identity),
  }))
