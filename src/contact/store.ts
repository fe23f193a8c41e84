import type { Id } from '../base/id.ts'
import { err, ok, type Result } from '../base/result.ts'
import { coarse, dayOf } from '../base/time.ts'
import { SealError } from '../platform/crypto.ts'
import { append, openSealed, type Sealings, saveSealed, sealWith, type Work } from '../platform/records.ts'
import { closingOf } from './rules.retention.ts'
import { apply, begin, type ContactError, type ContactFile, convert, setCircumstances } from './rules.ts'
import {
  brokenStory,
  type Contact,
  type ContactEvent,
  contactCourseSchema,
  contactEventSchema,
  contactStorySchema,
  emptyCourse,
  eventCompartment,
  type Message,
  type MessageBody,
  messageBodySchema,
  messagePlace,
  openCourse,
  openStory,
} from './schema.ts'
import { sealOut } from './store.out.ts'
import { openBodies, resealBoxes, type StoredMessage } from './store.prekeys.ts'

export const contactColumns = 'id, home_group, channel, received, safe_now, urgency, state, assignee, unread, blocked_until, version'
export interface ContactRow {
  id: Id
  home_group: Id
  channel: Contact['channel']
  received: Date
  safe_now: Contact['safeNow']
  urgency: Contact['urgency']
  state: Contact['state']
  assignee: Id | null
  unread: boolean
  blocked_until: Date | null
  version: number
}
export const contactOf = (r: ContactRow): Contact => ({
  id: r.id,
  homeGroup: r.home_group,
  channel: r.channel,
  received: r.received.toISOString(),
  safeNow: r.safe_now,
  urgency: r.urgency,
  state: r.state,
  assignee: r.assignee,
  unread: r.unread,
  blockedUntil: r.blocked_until?.toISOString() ?? null,
  version: r.version,
})

/** The plain row, or undefined where row-level security shows none. `lock` holds it until commit. */
export const findContact = async (w: Work, id: Id, lock = false): Promise<Contact | undefined> => {
  const { rows } = await w.tx.query<ContactRow>(`select ${contactColumns} from app.contact where id = $1${lock ? ' for update' : ''}`, [id])
  return rows[0] && contactOf(rows[0])
}

/** The row with what this session may open of it. */
export const findContactFile = async (w: Work, id: Id, lock = false): Promise<ContactFile | undefined> => {
  // The row first when it is locked: read beside it, the sealed values could be those from before the lock was granted.
  const row = lock ? await findContact(w, id, true) : undefined
  if (lock && !row) return undefined
  const wanted = ['story', 'summary'] as const
  const [contact, opened] = await Promise.all([row ?? findContact(w, id), openSealed(w, [id], wanted).catch((e: unknown) => e as Error)])
  if (!contact) return undefined
  // A help chat is sealed on somebody's device, who may send anything: what the key fits and nobody can read must stay possible to close.
  const spoilt = opened instanceof Error
  if (spoilt && !(opened instanceof SealError && contact.channel === 'chat')) throw opened
  const parts = (spoilt ? await openSealed(w, [id], wanted, 'absent') : opened).get(id)
  const story = parts?.story ? openStory(parts.story) : spoilt ? brokenStory : undefined
  return { contact, story, course: parts?.summary ? openCourse(parts.summary) : emptyCourse }
}

interface MessageRow extends StoredMessage {
  seq: number
  direction: 'in' | 'out'
  at: Date
  acknowledged: boolean
  via: Message['via']
  delivery: Message['delivery']
}
/** What was said, oldest first. Without the story key the messages are counted and their words are absent. */
export const contactMessages = async (w: Work, id: Id): Promise<Message[]> => {
  const { rows } = await w.tx.query<MessageRow>(
    'select id, seq, direction, at, acknowledged, via, delivery, sealed, prekey_id from app.message where contact_id = $1 order by seq',
    [id],
  )
  const bodies = await openBodies(w, id, rows)
  return rows.map((r, i) => ({
    id: r.id,
    seq: r.seq,
    direction: r.direction,
    at: r.at.toISOString(),
    acknowledged: r.acknowledged,
    via: r.via,
    delivery: r.delivery,
    body: bodies[i],
  }))
}

export interface Conversation {
  readonly ckPublic: Buffer
  /** Where it was sealed at the beginning: by our server when it arrived, or on the sender's device. */
  readonly sealedBy: 'server' | 'device'
  /** "Somebody is here": since then the sender has not come back with the agreed word, and somebody else may read what is sent. */
  readonly watched: boolean
}
/** The public half of the way back to the sender; undefined for what staff wrote down. */
export const findConversation = async (w: Work, id: Id): Promise<Conversation | undefined> => {
  const { rows } = await w.tx.query<{ ck_public: Buffer; sealed_by: Conversation['sealedBy']; watched: boolean }>(
    'select ck_public, sealed_by, watched from app.conversation where contact_id = $1',
    [id],
  )
  return rows[0] && { ckPublic: rows[0].ck_public, sealedBy: rows[0].sealed_by, watched: rows[0].watched }
}

const partsOf = (e: ContactEvent): Sealings => {
  const c = eventCompartment[e.type]
  return c === null ? {} : { [c]: { schema: contactEventSchema, value: e.data } }
}

/** A message in its place, and for an answer the copy that only the sender's words open. The contact's row is locked, so the number is free. */
const saveMessage = async (
  w: Work,
  c: Contact,
  m: { id: Id; direction: 'in' | 'out'; body: MessageBody },
  to: Conversation | undefined,
  isNew: boolean,
): Promise<void> => {
  const sealed = await sealWith(
    w,
    c.id,
    'contact',
    c.homeGroup,
    'story',
    messagePlace(m.id),
    { schema: messageBodySchema, value: m.body },
    isNew,
  )
  await Promise.all([
    w.tx.query(
      `insert into app.message (id, contact_id, home_group, seq, direction, at, sealed, sealed_out)
       select $1, $2, $3, coalesce(max(seq), 0) + 1, $4, $5, $6, $7 from app.message where contact_id = $2`,
      [
        m.id,
        c.id,
        c.homeGroup,
        m.direction,
        coarse(w.now),
        sealed,
        to ? sealOut(to.ckPublic, { ...m.body, interpretedBy: undefined }) : null,
      ],
    ),
    to ? w.tx.query('update app.conversation set last_day = $2 where contact_id = $1', [c.id, dayOf(w.now)]) : undefined,
  ])
}

/** A contact that staff wrote down: row, story, first message and journal in one transaction. */
export const createContact = async (
  w: Work,
  id: Id,
  homeGroup: Id,
  e: Extract<ContactEvent, { type: 'contact_received' }>,
  command: Id,
  first: { id: Id; body: MessageBody },
): Promise<Contact> => {
  const { contact, story } = begin(id, homeGroup, e)
  await w.tx.query(`insert into app.contact (${contactColumns}) values ($1, $2, $3, $4, $5, null, $6, null, $7, null, 1)`, [
    id,
    homeGroup,
    contact.channel,
    contact.received,
    contact.safeNow,
    contact.state,
    contact.unread,
  ])
  await append(w, { record: id, kind: 'contact', homeGroup, type: e.type, command, parts: partsOf(e) }, true)
  await saveSealed(w, id, 'contact', homeGroup, { story: { schema: contactStorySchema, value: story } }, false)
  await saveMessage(w, contact, { id: first.id, direction: 'in', body: first.body }, undefined, false)
  return contact
}

/** Saves what `apply` made of an event: row, sealed values, message and journal in one transaction. The row was locked by whoever decided. */
export const saveContact = async (
  w: Work,
  before: ContactFile,
  e: ContactEvent,
  command: Id,
  message?: { id: Id; direction: 'in' | 'out'; body: MessageBody; to: Conversation | undefined },
): Promise<ContactFile> => {
  const after = apply(before, e)
  const c = after.contact
  const { rowCount } = await w.tx.query(
    'update app.contact set urgency = $3, state = $4, assignee = $5, unread = $6, version = $7, blocked_until = $8, closing = coalesce($9, closing) where id = $1 and version = $2',
    [
      c.id,
      before.contact.version,
      c.urgency,
      c.state,
      c.assignee,
      c.unread,
      c.version,
      c.blockedUntil,
      e.type === 'contact_closed' ? closingOf(e.data.reason) : null,
    ],
  )
  if (rowCount !== 1) throw new Error('contact changed under its lock')
  const changed: Sealings = {
    ...(after.story && after.story !== before.story ? { story: { schema: contactStorySchema, value: after.story } } : {}),
    ...(after.course !== before.course ? { summary: { schema: contactCourseSchema, value: after.course } } : {}),
  }
  await saveSealed(w, c.id, 'contact', c.homeGroup, changed, false)
  // The first act of somebody who can read it: what waits in a box for the key of a day comes under the contact's own key, and the box goes.
  if (after.story) await resealBoxes(w, c.id, c.homeGroup)
  if (message) await saveMessage(w, c, message, message.to, false)
  await append(w, { record: c.id, kind: 'contact', homeGroup: c.homeGroup, type: e.type, command, parts: partsOf(e) })
  return after
}

/**
 * A contact became cases: called by `case` in the transaction that opens them, with its command. `circumstances` is what the children share, kept once under
 * the contact's key. Locks the row. Error `not_found` where the contact is hidden from this session.
 */
export const convertContact = async (
  w: Work,
  v: {
    readonly contact: Pick<Contact, 'id'>
    readonly command: Id
    readonly caseIds: readonly Id[]
    readonly circumstances?: string | undefined
  },
): Promise<Result<Contact, ContactError | 'not_found'>> => {
  let file = await findContactFile(w, v.contact.id, true)
  if (!file) return err('not_found')
  if (v.circumstances && v.circumstances !== file.story?.circumstances) {
    const shared = setCircumstances(file.contact, v.circumstances)
    if (!shared.ok) return shared
    file = await saveContact(w, file, shared.value, v.command)
  }
  const decided = convert(file.contact, v.caseIds)
  if (!decided.ok) return decided
  return ok((await saveContact(w, file, decided.value, v.command)).contact)
}
