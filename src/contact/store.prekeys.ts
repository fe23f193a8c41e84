import type { Id } from '../base/id.ts'
import { boxOpen, boxPair, SealError, sha256 } from '../platform/crypto.ts'
import { newId, openWith, sealWith, type Work } from '../platform/records.ts'
import { openPrekey, prekeySchema } from './schema.chat.ts'
import { type MessageBody, messageBodySchema, messagePlace, openMessage } from './schema.ts'
import { readPadded } from './store.out.ts'

/*
 * Keys of the day (security.md §2.6). What a child writes is sealed on the device to the public half of today's pair; the private half is sealed under the team's story
 * key and goes after a month (jobs.prekeys.ts), but never while a message waits in a box for it. At the first act of somebody who can read, the message is sealed anew
 * under the contact's own key and the box goes: opening a page changes nothing.
 */

/** Days that are made ahead; made anew when fewer than half are left, so that a desk that is shut over long holidays still has them. */
export const daysAhead = 14
const place = (id: Id) => ({ table: 'prekey', row: id })

/** The record that all pairs of a team are sealed under: the same for every session, and nobody's. Its key is of the kind of a contact's, which is what a desk may hold. */
export const prekeyRecord = (team: Id): Id => {
  const h = sha256(`doverie/prekeys/${team}`).toString('hex')
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-8${h.slice(17, 20)}-${h.slice(20, 32)}`
}

/** Makes the pairs of the coming days where they run short, for every desk whose story key this session holds. Returns how many were made. */
export const ensurePrekeys = async (w: Work): Promise<number> => {
  const teams = w.vault
    .teamKeys()
    .filter(k => k.current && k.compartment === 'story')
    .map(k => k.teamId)
  if (teams.length === 0) return 0
  const { rows } = await w.tx.query<{ id: Id }>(
    `select t.id from app.team t where t.id = any ($1::uuid[]) and t.intake and t.state = 'active'
       and (select count(*) from app.prekey k where k.home_group = t.id and k.day >= (now() at time zone 'Europe/Moscow')::date) < $2`,
    [teams, daysAhead / 2],
  )
  let made = 0
  for (const { id: team } of rows) {
    // Two sessions that begin together: the second waits, and finds the days made.
    await w.tx.query('select pg_advisory_xact_lock(hashtextextended($1, 7303))', [team])
    const { rows: days } = await w.tx.query<{ day: string }>(
      `select d::date::text as day from generate_series((now() at time zone 'Europe/Moscow')::date, (now() at time zone 'Europe/Moscow')::date + $2::int - 1, interval '1 day') d
        where not exists (select from app.prekey k where k.home_group = $1 and k.day = d::date) order by 1`,
      [team, daysAhead],
    )
    for (const { day } of days) {
      const id = newId()
      const pair = boxPair()
      const value = { secret: pair.secretKey.toString('base64') }
      const sealed = await sealWith(w, prekeyRecord(team), 'contact', team, 'story', place(id), { schema: prekeySchema, value })
      await w.tx.query(
        'insert into app.prekey (id, home_group, day, public_x, sealed) values ($1, $2, $3, $4, $5) on conflict (home_group, day) do nothing',
        [id, team, day, pair.publicKey, sealed],
      )
      made++
    }
  }
  return made
}

/** A message as it lies in the table. */
export interface StoredMessage {
  readonly id: Id
  readonly sealed: Buffer
  readonly prekey_id: Id | null
}
/** What stands for a box that was made for us and holds nothing that can be read: somebody's invention, not a child's words. */
export const unreadable: MessageBody = { text: '\ufffd' }

const bodyOf = (o: { schema: number; value: unknown } | undefined): MessageBody | undefined => {
  try {
    return o && openMessage(o)
  } catch (e) {
    // Written on somebody's device: it may say anything, and one such message must not hide the others.
    if (e instanceof SealError && e.message === 'value_malformed') return unreadable
    throw e
  }
}
const bodyOfBox = (pair: { publicKey: Buffer; secretKey: Buffer }, sealed: Buffer, at: string): MessageBody => {
  try {
    const box = JSON.parse(readPadded(boxOpen(pair, sealed)).toString('utf8')) as { schema: number; value: unknown; to?: unknown }
    // A box is bound to nothing by itself. Somebody who stole one could send it as a message of their own, and read it under their own key when it is sealed anew.
    if (box.to !== undefined && box.to !== at) return unreadable
    return bodyOf(box) ?? unreadable
  } catch (e) {
    if (e instanceof SealError && e.message === 'schema_newer') throw e
    return unreadable
  }
}

/** The words of messages, in boxes or not, as far as this session holds the keys; undefined for each that it does not. */
export const openBodies = async (w: Work, contact: Id, rows: readonly StoredMessage[]): Promise<(MessageBody | undefined)[]> => {
  const boxed = rows.filter(r => r.prekey_id)
  const [plain, pairs] = await Promise.all([
    openWith(
      w,
      contact,
      'story',
      rows.map(r => ({ ...messagePlace(r.id), sealed: r.sealed })),
    ),
    boxed.length === 0 ? new Map<Id, { publicKey: Buffer; secretKey: Buffer }>() : openPairs(w, [...new Set(boxed.map(r => r.prekey_id!))]),
  ])
  return rows.map((r, i) => {
    if (!r.prekey_id) return bodyOf(plain[i])
    const pair = pairs.get(r.prekey_id)
    return pair && bodyOfBox(pair, r.sealed, `${contact}/${r.id}`)
  })
}

const openPairs = async (w: Work, ids: readonly Id[]): Promise<Map<Id, { publicKey: Buffer; secretKey: Buffer }>> => {
  const { rows } = await w.tx.query<{ id: Id; home_group: Id; public_x: Buffer; sealed: Buffer }>(
    'select id, home_group, public_x, sealed from app.prekey where id = any ($1::uuid[])',
    [ids],
  )
  const out = new Map<Id, { publicKey: Buffer; secretKey: Buffer }>()
  for (const r of rows) {
    const [o] = await openWith(w, prekeyRecord(r.home_group), 'story', [{ ...place(r.id), sealed: r.sealed }])
    if (!o) continue
    out.set(r.id, { publicKey: r.public_x, secretKey: Buffer.from(openPrekey(o).secret, 'base64') })
  }
  return out
}

/** Seals what waits in boxes anew under the contact's own key: done with the first act of whoever can read it. Returns how many boxes went. */
export const resealBoxes = async (w: Work, contact: Id, homeGroup: Id): Promise<number> => {
  const { rows } = await w.tx.query<StoredMessage>(
    'select id, sealed, prekey_id from app.message where contact_id = $1 and prekey_id is not null order by seq',
    [contact],
  )
  if (rows.length === 0) return 0
  const bodies = await openBodies(w, contact, rows)
  let done = 0
  for (const [i, r] of rows.entries()) {
    const value = bodies[i]
    if (!value) continue
    const sealed = await sealWith(w, contact, 'contact', homeGroup, 'story', messagePlace(r.id), { schema: messageBodySchema, value })
    await w.tx.query('update app.message set sealed = $2, prekey_id = null where id = $1', [r.id, sealed])
    done++
  }
  return done
}
