import type { Id } from '../base/id.ts'
import type { Day } from '../base/time.ts'
import type { Contact } from '../contact/schema.ts'
import { SealError } from '../platform/crypto.ts'
import { afterCommit } from '../platform/db.ts'
import { readStoredFile, removeStoredFile, storeFile } from '../platform/files.ts'
import { append, openWith, readJournal, type Sealing, sealWith, type Work } from '../platform/records.ts'
import { applyLetter } from './rules.ts'
import {
  type ActFile,
  actFileSchema,
  actKeySchema,
  type DoorEvent,
  doorEventSchema,
  isDoorEvent,
  type Letter,
  type LetterRow,
  letterSchema,
  openActFile,
  openActKey,
  openDoorEvent,
  openIncoming,
} from './schema.ts'

type Of = Pick<Contact, 'id' | 'homeGroup'>
const seal = (w: Work, c: Of, table: string, row: Id, s: Sealing): Promise<Buffer> =>
  sealWith(w, c.id, 'contact', c.homeGroup, 'story', { table, row }, s)
const journalled = async (w: Work, c: Of, e: DoorEvent, command: Id): Promise<void> => {
  const { type, ...value } = e
  await append(w, {
    record: c.id,
    kind: 'contact',
    homeGroup: c.homeGroup,
    type,
    command,
    parts: { story: { schema: doorEventSchema, value } },
  })
}

/** Photographs of the signed act that this session opens, oldest first. */
export const actFiles = async (w: Work, contactId: Id): Promise<ActFile[]> => {
  const { rows } = await w.tx.query<{ id: Id; sealed: Buffer }>('select id, sealed from app.contact_file where contact_id = $1', [
    contactId,
  ])
  const opened = await openWith(
    w,
    contactId,
    'story',
    rows.map(r => ({ table: 'contact_file', row: r.id, sealed: r.sealed })),
  )
  return opened.flatMap(o => (o ? [openActFile(o)] : [])).toSorted((x, y) => (x.at < y.at ? -1 : 1))
}
/** First the disk, then the row: a cut in between leaves noise without a key, which is swept, and never a row without its file. */
export const attachAct = async (w: Work, c: Of, file: ActFile, content: Buffer, command: Id): Promise<void> => {
  const stored = await storeFile(file.id, content)
  const sealed = await seal(w, c, 'contact_file', file.id, { schema: actFileSchema, value: file })
  const key = await seal(w, c, 'contact_file_key', file.id, { schema: actKeySchema, value: { key: stored.key.toString('base64') } })
  stored.key.fill(0)
  await w.tx.query('insert into app.contact_file (id, contact_id, home_group, bytes, digest, sealed) values ($1, $2, $3, $4, $5, $6)', [
    file.id,
    c.id,
    c.homeGroup,
    stored.bytes,
    stored.digest,
    sealed,
  ])
  await w.tx.query('insert into app.contact_file_key (id, contact_id, home_group, sealed) values ($1, $2, $3, $4)', [
    file.id,
    c.id,
    c.homeGroup,
    key,
  ])
  await journalled(w, c, { type: 'act_attached', file }, command)
}
/** The key first, so that nothing could open what is left if the rest failed; the bytes when it is sure that the row is gone. */
export const takeActAway = async (w: Work, c: Of, e: Extract<DoorEvent, { type: 'act_taken_away' }>, command: Id): Promise<void> => {
  await w.tx.query('delete from app.contact_file_key where id = $1 and contact_id = $2', [e.fileId, c.id])
  const { rowCount } = await w.tx.query('delete from app.contact_file where id = $1 and contact_id = $2', [e.fileId, c.id])
  if (rowCount === 1) afterCommit(w.tx, () => removeStoredFile(e.fileId))
  await journalled(w, c, e, command)
}
/** The bytes of a photograph. Throws SealError('file_missing' | 'file_altered' | 'no_key'). */
export const actContent = async (w: Work, contactId: Id, id: Id): Promise<Buffer> => {
  const { rows } = await w.tx.query<{ sealed: Buffer }>('select sealed from app.contact_file_key where id = $1 and contact_id = $2', [
    id,
    contactId,
  ])
  const [o] = rows[0] ? await openWith(w, contactId, 'story', [{ table: 'contact_file_key', row: id, sealed: rows[0].sealed }]) : []
  if (!o) throw new SealError('no_key')
  const key = Buffer.from(openActKey(o).key, 'base64')
  try {
    return await readStoredFile(id, key)
  } finally {
    key.fill(0)
  }
}

// ---------------------------------------------------------------- letters
export type SeenLetter = LetterRow<Letter | undefined>
type Row = Omit<LetterRow, 'letter'> & { sealed: Buffer }
const columns = 'l.id, l.contact_id as "contactId", l.home_group as "homeGroup", l.state, l.due::text as due, l.version, l.sealed'
const opened = async (w: Work, r: Row): Promise<SeenLetter> => {
  const [o] = await openWith(w, r.contactId, 'story', [{ table: 'incoming_letter', row: r.id, sealed: r.sealed }])
  const { sealed: _, ...row } = r
  return { ...row, letter: o && openIncoming(o) }
}
/** The letter of a contact: one contact is one letter or call. */
export const letterOf = async (w: Work, contactId: Id, lock = false): Promise<SeenLetter | undefined> => {
  const { rows } = await w.tx.query<Row>(
    `select ${columns} from app.incoming_letter l where l.contact_id = $1 order by l.id limit 1${lock ? ' for update' : ''}`,
    [contactId],
  )
  return rows[0] && opened(w, rows[0])
}
export const saveLetterEvent = async (w: Work, c: Of, before: LetterRow | undefined, e: DoorEvent, command: Id): Promise<void> => {
  const l = applyLetter(before, { contactId: c.id, homeGroup: c.homeGroup }, e)
  if (!l) throw new Error('an event without a letter')
  const sealed = await seal(w, c, 'incoming_letter', l.id, { schema: letterSchema, value: l.letter })
  await w.tx.query(
    before
      ? 'update app.incoming_letter set state = $2, due = $3, version = $4, sealed = $5 where id = $1'
      : 'insert into app.incoming_letter (id, state, due, version, sealed, contact_id, home_group) values ($1, $2, $3, $4, $5, $6, $7)',
    before ? [l.id, l.state, l.due, l.version, sealed] : [l.id, l.state, l.due, l.version, sealed, c.id, c.homeGroup],
  )
  await journalled(w, c, e, command)
}
export const doorJournal = async (w: Work, contactId: Id): Promise<DoorEvent[]> =>
  (await readJournal(w, contactId, ['story'])).flatMap(s =>
    isDoorEvent(s.type) && s.parts.story ? [openDoorEvent(s.type, s.parts.story)] : [],
  )

/** Letters that wait, by the day on which an answer is due, those without a day last. The first hundred. */
export const waitingLetters = async (
  w: Work,
  scope: { readonly groups: readonly Id[]; readonly direct: readonly Id[] },
  until?: Day,
): Promise<{ rows: SeenLetter[]; total: number }> => {
  const open = `l.state = 'waiting'${until ? ' and l.due <= $3::date' : ''}`
  const { rows } = await w.tx.query<Row>(
    `select ${columns} from (select l.* from unnest($1::uuid[]) g cross join lateral (select l.* from app.incoming_letter l where l.home_group = g and ${open}
        order by l.due nulls last, l.id limit 100) l
      union select l.* from app.incoming_letter l where l.contact_id = any ($2::uuid[]) and ${open}) l order by l.due nulls last, l.id limit 100`,
    [scope.groups, scope.direct, ...(until ? [until] : [])],
  )
  const all: SeenLetter[] = []
  for (const r of rows) all.push(await opened(w, r))
  return { rows: all, total: all.length }
}
