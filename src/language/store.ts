import type { Id } from '../base/id.ts'
import type { CaseRow } from '../case/schema.ts'
import { appendToCase } from '../case/store.ts'
import { openWith, sealWith, type Work } from '../platform/records.ts'
import { apply } from './rules.ts'
import { type Booking, bookingSchema, type LanguageEvent, languageEventSchema, openBooking, type SessionRow } from './schema.ts'

export interface Session extends SessionRow {
  /** Undefined where this session holds no story key. */
  readonly booking: Booking | undefined
}
type Row = SessionRow & { sealed: Buffer }
const columns =
  'id, case_id as "caseId", home_group as "homeGroup", day::text as day, state, booked_by as "bookedBy", warnings, version, sealed'

const opened = async (w: Work, caseId: Id, rows: readonly Row[]): Promise<Session[]> => {
  if (rows.length === 0) return []
  const values = await openWith(
    w,
    caseId,
    'story',
    rows.map(r => ({ table: 'language_session', row: r.id, sealed: r.sealed })),
  )
  return rows.map(({ sealed: _, ...r }, i) => {
    const o = values[i]
    return { ...r, booking: o && openBooking(o) }
  })
}

/** Sessions of a case, newest day first; refused interpreters too. */
export const sessionsOf = async (w: Work, caseId: Id): Promise<Session[]> =>
  opened(
    w,
    caseId,
    (await w.tx.query<Row>(`select ${columns} from app.language_session where case_id = $1 order by day desc, id limit 200`, [caseId]))
      .rows,
  )
export const findSession = async (w: Work, caseId: Id, id: Id, lock = false): Promise<Session | undefined> =>
  (
    await opened(
      w,
      caseId,
      (
        await w.tx.query<Row>(`select ${columns} from app.language_session where case_id = $1 and id = $2${lock ? ' for update' : ''}`, [
          caseId,
          id,
        ])
      ).rows,
    )
  )[0]
/** Sessions of a case that wait or are open, soonest first, in plain columns: no key is used. */
export const openRowsOf = async (w: Pick<Work, 'tx'>, caseId: Id): Promise<SessionRow[]> =>
  (
    await w.tx.query<SessionRow>(
      `select ${columns.replace(', sealed', '')} from app.language_session where case_id = $1 and state in ('booked', 'live') order by day, id limit 50`,
      [caseId],
    )
  ).rows
/** How many sessions of a case wait or are open: a fact for closing it. */
export const openSessionsOf = async (w: Pick<Work, 'tx'>, caseId: Id): Promise<number> =>
  (
    await w.tx.query<{ n: number }>(
      "select count(*)::int as n from app.language_session where case_id = $1 and state in ('booked', 'live')",
      [caseId],
    )
  ).rows[0]?.n ?? 0

/** Writes one event: the row, and the journal of the case, sealed with its story. */
export const saveLanguageEvent = async (
  w: Work,
  c: Pick<CaseRow, 'id' | 'homeGroup'>,
  before: SessionRow | undefined,
  e: LanguageEvent,
  command: Id,
): Promise<SessionRow> => {
  const s = apply(before, { caseId: c.id, homeGroup: c.homeGroup }, e)
  if (e.type === 'interpreter_booked' || e.type === 'interpreter_refused') {
    const place = { table: 'language_session', row: s.id }
    const sealed = await sealWith(w, c.id, 'case', c.homeGroup, 'story', place, { schema: bookingSchema, value: e.booking })
    await w.tx.query(
      'insert into app.language_session (id, case_id, home_group, day, state, booked_by, warnings, version, sealed) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
      [s.id, s.caseId, s.homeGroup, s.day, s.state, s.bookedBy, s.warnings, s.version, sealed],
    )
  } else await w.tx.query('update app.language_session set state = $2, version = $3 where id = $1', [s.id, s.state, s.version])
  const { type, ...value } = e
  await appendToCase(w, c, { type, command, compartment: 'story', schema: languageEventSchema, value })
  return s
}
