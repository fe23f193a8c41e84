import type { Id } from '../base/id.ts'
import type { Stamp } from '../base/time.ts'
import { keepOwnKey } from '../person/store.keys.ts'
import { append, openWith, sealWith, type Work } from '../platform/records.ts'
import { applyCard, openingOf } from './rules.ts'
import { type Card, type CardRow, cardSchema, type EmergencyEvent, emergencyEventSchema, openCard } from './schema.ts'

/* Cards of life in danger. What they say is under the summary key of their contact or case; paging beside it is plain. */

export interface On {
  readonly record: Id
  readonly kind: 'contact' | 'case'
  readonly homeGroup: Id
}
export type SeenCard = CardRow<Card | undefined>
const columns = `e.id, e.record, e.kind, e.home_group as "homeGroup", e.state, e.opened_at as "openedAt", e.opened_by as "openedBy", e.version, e.sealed`
type Row = Omit<CardRow, 'card' | 'openedAt'> & { openedAt: Date; sealed: Buffer }
const opened = async (w: Work, r: Row | undefined): Promise<SeenCard | undefined> => {
  if (!r) return undefined
  const [o] = await openWith(w, r.record, 'summary', [{ table: 'emergency_card', row: r.id, sealed: r.sealed }])
  const { sealed: _, ...row } = r
  return { ...row, openedAt: r.openedAt.toISOString(), card: o && openCard(o) }
}
export const findCard = async (w: Work, id: Id, lock = false): Promise<SeenCard | undefined> =>
  opened(
    w,
    (await w.tx.query<Row>(`select ${columns} from app.emergency_card e where e.id = $1${lock ? ' for update' : ''}`, [id])).rows[0],
  )
/** The live card of a record: there is at most one. Of a case also the one that was opened on its contact, where this person still sees it. */
export const liveCard = async (w: Work, record: Id, fromContact = false): Promise<Id | undefined> =>
  (
    await w.tx.query<{ id: Id }>(
      `select id from app.emergency_card where state = 'live' and (record = $1 or $2 and record = (select c.contact_id from app.case_record c where c.id = $1))
        order by record = $1 desc, opened_at desc limit 1`,
      [record, fromContact],
    )
  ).rows[0]?.id

const journalled = async (w: Work, c: On, e: EmergencyEvent, command: Id): Promise<void> => {
  const { type, ...value } = e
  await append(w, {
    record: c.record,
    kind: c.kind,
    homeGroup: c.homeGroup,
    type,
    command,
    parts: { summary: { schema: emergencyEventSchema, value } },
  })
  await keepOwnKey(w, c.record, c.homeGroup, 'summary')
}
const sealed = (w: Work, c: CardRow): Promise<Buffer> =>
  sealWith(w, c.record, c.kind, c.homeGroup, 'summary', { table: 'emergency_card', row: c.id }, { schema: cardSchema, value: c.card })

/** Opens a card and pages, in one transaction: there is no card for which nobody is called. The record's row was locked. */
export const openNewCard = async (w: Work, on: On, id: Id, by: Id, command: Id): Promise<void> => {
  const c = openingOf(on, id, by, w.now)
  await w.tx.query(
    'insert into app.emergency_card (id, record, kind, home_group, state, opened_at, opened_by, version, sealed) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
    [c.id, c.record, c.kind, c.homeGroup, c.state, c.openedAt, c.openedBy, c.version, await sealed(w, c)],
  )
  await w.tx.query("insert into app.page_call (id, cause, record, home_group, opened_by) values ($1, 'card', $2, $3, $4)", [
    c.id,
    c.record,
    c.homeGroup,
    by,
  ])
  await journalled(w, on, { type: 'emergency_opened', cardId: c.id }, command)
}
/** Writes one event: the card, the journal, and what becomes of the page. The card's row was locked. */
export const saveCardEvent = async (
  w: Work & { readonly actor: { readonly id: Id } },
  before: CardRow,
  e: EmergencyEvent,
  command: Id,
): Promise<void> => {
  const c = applyCard(before, e)
  if (c !== before)
    await w.tx.query('update app.emergency_card set state = $2, version = $3, sealed = $4 where id = $1', [
      c.id,
      c.state,
      c.version,
      await sealed(w, c),
    ])
  if (e.type === 'emergency_taken') await takePage(w, c.id)
  if (e.type === 'emergency_ended')
    await w.tx.query('update app.page_call set ended_at = clock_timestamp() where id = $1 and ended_at is null', [c.id])
  await journalled(w, c, e, command)
}

// ---------------------------------------------------------------- paging, as people see it
export interface PageState {
  readonly id: Id
  readonly cause: 'card' | 'contact' | 'test'
  readonly record: Id
  readonly at: Stamp
  readonly takenAt: Stamp | null
  readonly takenBy: Id | null
  readonly ended: boolean
  readonly round: number
  /** Whom the page has reached or tried to reach, the newest first. */
  readonly tries: readonly { readonly userId: Id; readonly channel: string; readonly state: string; readonly at: Stamp }[]
}
interface CallRow {
  id: Id
  cause: PageState['cause']
  record: Id
  at: Date
  taken_at: Date | null
  taken_by: Id | null
  ended_at: Date | null
  round: number
}
const callColumns = 'id, cause, record, at, taken_at, taken_by, ended_at, round'
const stateOf = async (w: Work, rows: readonly CallRow[]): Promise<PageState[]> => {
  const tries =
    rows.length === 0
      ? []
      : (
          await w.tx.query<{ call_id: Id; user_id: Id; channel: string; state: string; at: Date }>(
            'select call_id, user_id, channel, state, at from app.page_try where call_id = any ($1::uuid[]) order by at desc limit 200',
            [rows.map(r => r.id)],
          )
        ).rows
  return rows.map(r => ({
    id: r.id,
    cause: r.cause,
    record: r.record,
    at: r.at.toISOString(),
    takenAt: r.taken_at?.toISOString() ?? null,
    takenBy: r.taken_by,
    ended: r.ended_at !== null,
    round: r.round,
    tries: tries
      .filter(t => t.call_id === r.id)
      .map(t => ({ userId: t.user_id, channel: t.channel, state: t.state, at: t.at.toISOString() })),
  }))
}
export const pageState = async (w: Work, id: Id): Promise<PageState | undefined> =>
  (await stateOf(w, (await w.tx.query<CallRow>(`select ${callColumns} from app.page_call where id = $1`, [id])).rows))[0]
/** Pages that nobody has taken, oldest first, as far as this session sees them; and the person's own last test. */
export const waitingPages = async (w: Work): Promise<PageState[]> =>
  stateOf(
    w,
    (
      await w.tx.query<CallRow>(
        `select ${callColumns} from app.page_call where taken_at is null and ended_at is null and cause <> 'test' order by at limit 50`,
      )
    ).rows,
  )
export const lastTest = async (w: Work, user: Id): Promise<PageState | undefined> =>
  (
    await stateOf(
      w,
      (
        await w.tx.query<CallRow>(
          `select ${callColumns} from app.page_call where cause = 'test' and for_user = $1 order by at desc limit 1`,
          [user],
        )
      ).rows,
    )
  )[0]
/** "I have it". False where somebody else was faster, or it is over. */
export const takePage = async (w: Work & { readonly actor: { readonly id: Id } }, id: Id): Promise<boolean> =>
  (
    await w.tx.query(
      'update app.page_call set taken_at = clock_timestamp(), taken_by = $2 where id = $1 and taken_at is null and ended_at is null',
      [id, w.actor.id],
    )
  ).rowCount === 1
