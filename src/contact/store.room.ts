import type { Id } from '../base/id.ts'
import { coarse, type Stamp } from '../base/time.ts'
import { newId, openWith, sealWith, shareKeys, type Work } from '../platform/records.ts'
import type { RoomError } from './rules.ts'
import {
  type ContactRoom,
  type ContactTurn,
  contactRoomSchema,
  contactTurnSchema,
  openContactRoom,
  openContactTurn,
  type RoomTurn,
  type RoomView,
  type TurnKind,
} from './schema.room.ts'
import { openBodies, type StoredMessage } from './store.prekeys.ts'

/*
 * The room of somebody who was asked into a conversation: a record of its own with one key, held by the desk and, for its hours, by the invited. Messages come into it
 * only from the invitation on, sealed anew by a session that holds the story. Nothing in it leads to the contact's own key.
 */

interface Row {
  id: Id
  contact_id: Id
  home_group: Id
  invited_id: Id
  opened_at: Date
  until: Date
  passed_seq: number
  sealed: Buffer
}
const columns = 'id, contact_id, home_group, invited_id, opened_at, until, passed_seq, sealed'
const viewOf = async (w: Work, r: Row | undefined): Promise<RoomView | undefined> => {
  if (!r) return undefined
  const [o] = await openWith(w, r.id, 'story', [{ table: 'contact_room', row: r.id, sealed: r.sealed }])
  return (
    o && {
      id: r.id,
      contactId: r.contact_id,
      homeGroup: r.home_group,
      invited: r.invited_id,
      openedAt: r.opened_at.toISOString(),
      until: r.until.toISOString(),
      passedSeq: r.passed_seq,
      room: openContactRoom(o),
    }
  )
}
/** The room of a contact that is open now, where this session holds its key. By both clocks: the office's and the database's. */
export const roomOfContact = async (w: Work, contact: Id, lock = false): Promise<RoomView | undefined> => {
  const { rows } = await w.tx.query<Row>(
    `select ${columns} from app.contact_room where contact_id = $1 and now() < until order by opened_at desc limit 1${lock ? ' for update' : ''}`,
    [contact],
  )
  const room = await viewOf(w, rows[0])
  return room && room.until > w.now ? room : undefined
}
/** Rooms that this very person was asked into and that are open to them now. */
export const roomsOfMine = async (w: Work): Promise<RoomView[]> => {
  const { rows } = await w.tx.query<Row>(
    `select ${columns} from app.contact_room where invited_id = $1 and now() < until order by opened_at`,
    [w.vault.userId],
  )
  const out: RoomView[] = []
  for (const r of rows) {
    const v = await viewOf(w, r)
    if (v && v.until > w.now) out.push(v)
  }
  return out
}

/** Lets somebody in: makes the room and its key, and hands it over until the hours are over. The contact's row is locked by the caller. */
export const openRoomFor = async (
  w: Work,
  v: {
    readonly id: Id
    readonly contact: Id
    readonly homeGroup: Id
    readonly to: { readonly user: Id; readonly publicX: Uint8Array }
    readonly until: Stamp
    readonly room: ContactRoom
  },
): Promise<RoomError | 'contact_closed' | 'ok'> => {
  const { rows } = await w.tx.query<{ x: RoomError | 'contact_closed' | 'ok' }>('select app.contact_room_open($1, $2, $3, $4, $5) as x', [
    v.id,
    v.contact,
    v.to.user,
    newId(),
    v.until,
  ])
  const answer = rows[0]?.x ?? 'not_to_be_invited'
  if (answer !== 'ok') return answer
  const sealed = await sealWith(
    w,
    v.id,
    'contact',
    v.homeGroup,
    'story',
    { table: 'contact_room', row: v.id },
    { schema: contactRoomSchema, value: v.room },
    true,
  )
  await w.tx.query(
    `insert into app.contact_room (id, contact_id, home_group, invited_id, opened_at, until, passed_seq, sealed)
     select $1, $2, $3, $4, $5, $6, coalesce(max(m.seq), 0), $7 from app.message m where m.contact_id = $2`,
    [v.id, v.contact, v.homeGroup, v.to.user, coarse(w.now), v.until, sealed],
  )
  await shareKeys(w, v.id, ['story'], v.to, v.until)
  return 'ok'
}
/** Takes the room away with everything said in it and every wrap of its key. Nothing where there is none. */
export const closeRoomOfContact = (w: Work, contact: Id): Promise<unknown> =>
  w.tx.query('select app.contact_room_close($1, $2)', [contact, newId()])

/** Everything in the room, oldest first. */
export const roomTurns = async (w: Work, room: Id): Promise<RoomTurn[]> => {
  const { rows } = await w.tx.query<{ id: Id; seq: number; kind: TurnKind; at: Date; sealed: Buffer }>(
    'select id, seq, kind, at, sealed from app.contact_room_turn where record = $1 order by seq',
    [room],
  )
  const values = await openWith(
    w,
    room,
    'story',
    rows.map(r => ({ table: 'contact_room_turn', row: r.id, sealed: r.sealed })),
  )
  return rows.map((r, i) => {
    const o = values[i]
    return { id: r.id, seq: r.seq, kind: r.kind, at: r.at.toISOString(), said: o && openContactTurn(o) }
  })
}
/** Adds one turn, at the end. */
export const addRoomTurn = async (
  w: Work,
  room: Pick<RoomView, 'id' | 'homeGroup'>,
  t: { readonly kind: TurnKind; readonly said: ContactTurn; readonly at?: Stamp },
): Promise<void> => {
  const id = newId()
  const sealed = await sealWith(
    w,
    room.id,
    'contact',
    room.homeGroup,
    'story',
    { table: 'contact_room_turn', row: id },
    { schema: contactTurnSchema, value: t.said },
  )
  // Two who write at once get two places: the second waits for the first.
  await w.tx.query('select pg_advisory_xact_lock(hashtextextended($1::text, 0))', [room.id])
  await w.tx.query(
    `insert into app.contact_room_turn (id, record, home_group, seq, at, kind, sealed)
     select $1, $2, $3, coalesce(max(seq), 0) + 1, $4, $5, $6 from app.contact_room_turn where record = $2`,
    [id, room.id, room.homeGroup, t.at ?? coarse(w.now), t.kind, sealed],
  )
}

/** Passes on what was said since the last time, in both directions. Called with the contact's row locked, by whoever holds its story; returns how many. */
export const passOn = async (w: Work, contact: Id): Promise<number> => {
  const room = await roomOfContact(w, contact, true)
  if (!room) return 0
  const { rows } = await w.tx.query<StoredMessage & { seq: number; direction: 'in' | 'out'; at: Date }>(
    'select id, seq, direction, at, sealed, prekey_id from app.message where contact_id = $1 and seq > $2 order by seq limit 500',
    [contact, room.passedSeq],
  )
  const bodies = await openBodies(w, contact, rows)
  let n = 0
  for (const [i, r] of rows.entries()) {
    const body = bodies[i]
    // What nobody can read is passed over: it must not stop what comes after it.
    if (!body) continue
    await addRoomTurn(w, room, {
      kind: r.direction,
      said: { text: body.text, about: null, message: r.id },
      at: r.at.toISOString(),
    })
    n++
  }
  const last = rows.at(-1)
  if (last && n > 0) await w.tx.query('update app.contact_room set passed_seq = $2 where id = $1', [room.id, last.seq])
  return n
}
