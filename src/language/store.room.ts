import type { Id } from '../base/id.ts'
import type { Stamp } from '../base/time.ts'
import { keepOwnKey } from '../person/store.keys.ts'
import { newId, openWith, sealWith, shareKeys, type Work } from '../platform/records.ts'
import { openRoom, openTurn, type Room, roomSchema, type SessionRow, type TurnView, type turnKinds, turnSchema } from './schema.ts'

/* The room of a session: a record of its own ('session') with one key (story). Who holds it: the case's team, whoever opened it, and for its hours the interpreter. */

export interface RoomView {
  readonly id: Id
  readonly homeGroup: Id
  readonly openedAt: Stamp
  readonly until: Stamp
  readonly room: Room
}
export type OpenedRoom = 'ok' | 'not_booked' | 'no_account' | 'excluded' | 'busy'

/** Opens the room and hands its key to the interpreter until `until`. */
export const openRoomOf = async (
  w: Work,
  s: SessionRow,
  room: Room,
  to: { readonly user: Id; readonly publicX: Uint8Array } | undefined,
  until: Stamp,
): Promise<OpenedRoom> => {
  const { rows } = await w.tx.query<{ x: OpenedRoom }>('select app.session_open_room($1, $2, $3, $4) as x', [
    s.id,
    to?.user ?? null,
    newId(),
    until,
  ])
  const answer = rows[0]?.x ?? 'not_booked'
  if (answer !== 'ok') return answer
  const sealed = await sealWith(
    w,
    s.id,
    'session',
    s.homeGroup,
    'story',
    { table: 'session_room', row: s.id },
    { schema: roomSchema, value: room },
    true,
  )
  await w.tx.query('insert into app.session_room (id, home_group, until, sealed) values ($1, $2, $3, $4)', [
    s.id,
    s.homeGroup,
    until,
    sealed,
  ])
  await keepOwnKey(w, s.id, s.homeGroup, 'story')
  if (to) await shareKeys(w, s.id, ['story'], to, until)
  return 'ok'
}
/** Everything said in the room goes, and every wrap of its key. */
export const closeRoomOf = (w: Work, id: Id): Promise<unknown> => w.tx.query('select app.session_close_room($1, $2)', [id, newId()])

interface Row {
  id: Id
  home_group: Id
  opened_at: Date
  until: Date
  sealed: Buffer
}
const view = async (w: Work, r: Row): Promise<RoomView | undefined> => {
  const [o] = await openWith(w, r.id, 'story', [{ table: 'session_room', row: r.id, sealed: r.sealed }])
  return o && { id: r.id, homeGroup: r.home_group, openedAt: r.opened_at.toISOString(), until: r.until.toISOString(), room: openRoom(o) }
}
/** The room, where it stands and this session holds its key. */
export const findRoom = async (w: Work, id: Id): Promise<RoomView | undefined> => {
  const { rows } = await w.tx.query<Row>('select id, home_group, opened_at, until, sealed from app.session_room where id = $1', [id])
  return rows[0] && view(w, rows[0])
}
/** Rooms this person was let into and that are still open to them. */
export const roomsFor = async (w: Work, direct: readonly Id[]): Promise<RoomView[]> => {
  const { rows } = await w.tx.query<Row>(
    'select id, home_group, opened_at, until, sealed from app.session_room where id = any ($1::uuid[]) and now() < until order by opened_at',
    [direct],
  )
  const out: RoomView[] = []
  for (const r of rows) {
    const v = await view(w, r)
    if (v) out.push(v)
  }
  return out
}

/** What was asked and rendered, in order. */
export const turnsOf = async (w: Work, id: Id): Promise<TurnView[]> => {
  const { rows } = await w.tx.query<{
    id: Id
    seq: number
    kind: (typeof turnKinds)[number]
    at: Date
    check_wanted: boolean
    sealed: Buffer
  }>('select id, seq, kind, at, check_wanted, sealed from app.session_turn where record = $1 order by seq', [id])
  const values = await openWith(
    w,
    id,
    'story',
    rows.map(r => ({ table: 'session_turn', row: r.id, sealed: r.sealed })),
  )
  return rows.map((r, i) => {
    const o = values[i]
    return { id: r.id, seq: r.seq, kind: r.kind, at: r.at.toISOString(), checkWanted: r.check_wanted, text: o && openTurn(o).text }
  })
}
/** Adds one question or rendering. */
export const addTurn = async (
  w: Work,
  room: Pick<RoomView, 'id' | 'homeGroup'>,
  t: { readonly kind: (typeof turnKinds)[number]; readonly text: string; readonly checkWanted: boolean },
): Promise<void> => {
  const id = newId()
  const sealed = await sealWith(
    w,
    room.id,
    'session',
    room.homeGroup,
    'story',
    { table: 'session_turn', row: id },
    { schema: turnSchema, value: { text: t.text } },
  )
  // Two who press at once get two places: the second waits for the row of the first.
  await w.tx.query('select pg_advisory_xact_lock(hashtextextended($1::text, 0))', [room.id])
  await w.tx.query(
    `insert into app.session_turn (id, record, home_group, seq, kind, check_wanted, sealed)
     select $1, $2, $3, coalesce(max(seq), 0) + 1, $4, $5, $6 from app.session_turn where record = $2`,
    [id, room.id, room.homeGroup, t.kind, t.checkWanted, sealed],
  )
}
/** Is an interpreter in a room of this case now? What was said there and not taken over would be lost by closing the case. */
export const roomIsOpen = async (w: Pick<Work, 'tx'>, caseId: Id): Promise<boolean> =>
  (
    await w.tx.query(
      "select from app.session_room r join app.language_session s on s.id = r.id where s.case_id = $1 and s.state = 'live' and now() < r.until limit 1",
      [caseId],
    )
  ).rowCount === 1
