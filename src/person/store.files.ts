import type { Id } from '../base/id.ts'
import { SealError } from '../platform/crypto.ts'
import { afterCommit } from '../platform/db.ts'
import { readStoredFile, removeStoredFile, storeFile } from '../platform/files.ts'
import { append, newId, openWith, readJournal, sealWith, type Work } from '../platform/records.ts'
import { applyFile } from './rules.files.ts'
import {
  type FileEvent,
  type Files,
  fileEventSchema,
  fileKeySchema,
  isFileEvent,
  noFiles,
  openFileEvent,
  openFileKey,
  openStored,
  type StoredAbout,
  storedSchema,
} from './schema.files.ts'

interface Row {
  readonly id: Id
  readonly what: 'paper' | 'photo'
  readonly sealed: Buffer
}
interface Owner {
  readonly id: Id
  readonly homeGroup: Id
}

/** Whether other photographs are allowed: the last word in the journal. Most people have none, and then nothing is opened. */
const allowanceOf = async (w: Work, personId: Id): Promise<Files['allowed']> => {
  const types = ['pictures_allowed', 'pictures_ended']
  const { rows } = await w.tx.query('select from app.journal where record = $1 and type = any ($2::text[]) limit 1', [personId, types])
  if (rows.length === 0) return undefined
  const last = (await readJournal(w, personId, ['identity'])).findLast(s => types.includes(s.type))
  const e = last?.parts.identity && isFileEvent(last.type) ? openFileEvent(last.type, last.parts.identity) : undefined
  return e?.type === 'pictures_allowed' ? e.allowance : undefined
}

/** The files of a person that this session can open, oldest first. What is sealed to it is simply not there. */
export const filesOf = async (w: Work, personId: Id): Promise<Files> => {
  const { rows } = await w.tx.query<Row>('select id, what, sealed from app.stored_file where record = $1', [personId])
  const allowed = await allowanceOf(w, personId)
  if (rows.length === 0) return { ...noFiles, allowed }
  const opened = await openWith(
    w,
    personId,
    'identity',
    rows.map(r => ({ table: 'stored_file', row: r.id, sealed: r.sealed })),
  )
  const all = opened
    .flatMap(o => (o ? [openStored(o)] : []))
    .sort((x, y) => (x.at === y.at ? (x.id < y.id ? -1 : 1) : x.at < y.at ? -1 : 1))
  return {
    papers: all.flatMap(f => (f.what === 'paper' ? [f] : [])),
    photo: all.flatMap(f => (f.what === 'photo' ? [f] : []))[0],
    allowed,
  }
}

/** How many papers, without opening any: for a link. */
export const countPapers = async (w: Work, personId: Id): Promise<number> =>
  (await w.tx.query<{ n: number }>("select count(*)::int as n from app.stored_file where record = $1 and what = 'paper'", [personId]))
    .rows[0]?.n ?? 0

const insertFile = async (w: Work, p: Owner, about: StoredAbout, content: Buffer): Promise<void> => {
  // First the disk, then the row: a cut in between leaves noise without a key, which is swept, and never a row without its file.
  const stored = await storeFile(about.id, content)
  const [sealed, key] = [
    await sealWith(
      w,
      p.id,
      'person',
      p.homeGroup,
      'identity',
      { table: 'stored_file', row: about.id },
      { schema: storedSchema, value: about },
    ),
    await sealWith(
      w,
      p.id,
      'person',
      p.homeGroup,
      'identity',
      { table: 'file_key', row: about.id },
      { schema: fileKeySchema, value: { key: stored.key.toString('base64') } },
    ),
  ]
  stored.key.fill(0)
  await w.tx.query(
    'insert into app.stored_file (id, record, home_group, what, bytes, digest, sealed) values ($1, $2, $3, $4, $5, $6, $7)',
    [about.id, p.id, p.homeGroup, about.what, stored.bytes, stored.digest, sealed],
  )
  await w.tx.query('insert into app.file_key (id, record, home_group, sealed) values ($1, $2, $3, $4)', [about.id, p.id, p.homeGroup, key])
}

/** The key first, so that nothing could open what is left if the rest failed; the bytes when it is sure that the row is gone. */
const deleteFile = async (w: Work, id: Id): Promise<void> => {
  await w.tx.query('delete from app.file_key where id = $1', [id])
  const { rowCount } = await w.tx.query('delete from app.stored_file where id = $1', [id])
  if (rowCount === 1) afterCommit(w.tx, () => removeStoredFile(id))
}

const appendFileEvent = (w: Work, p: Owner, e: FileEvent, command: Id, sealed = true) => {
  const { type, ...value } = e
  return append(w, {
    record: p.id,
    kind: 'person',
    homeGroup: p.homeGroup,
    type,
    command,
    parts: sealed ? { identity: { schema: fileEventSchema, value } } : {},
  })
}

/** Writes one event: the files that it brings or takes, and the journal of the person. Throws SealError('no_key') for whoever cannot open who it is about. */
export const saveFileEvent = async (w: Work, p: Owner, before: Files, e: FileEvent, command: Id, content?: Buffer): Promise<Files> => {
  if (e.type === 'paper_attached' || e.type === 'photo_taken') {
    if (!content) throw new Error('a file without its bytes')
    await insertFile(w, p, e.type === 'paper_attached' ? e.paper : e.photo, content)
  } else if ('fileId' in e && e.type !== 'photo_opened') await deleteFile(w, e.fileId)
  await appendFileEvent(w, p, e, command)
  return applyFile(before, e)
}

/** The bytes of a file, opened. Throws SealError('file_missing' | 'file_altered' | 'no_key'). */
export const contentOf = async (w: Work, personId: Id, id: Id): Promise<Buffer> => {
  const { rows } = await w.tx.query<{ sealed: Buffer }>('select sealed from app.file_key where id = $1 and record = $2', [id, personId])
  const [opened] = rows[0] ? await openWith(w, personId, 'identity', [{ table: 'file_key', row: id, sealed: rows[0].sealed }]) : []
  if (!opened) throw new SealError('no_key')
  const key = Buffer.from(openFileKey(opened).key, 'base64')
  try {
    return await readStoredFile(id, key)
  } finally {
    key.fill(0)
  }
}

/**
 * Erases the picture "only if I go missing" of a person, and other photographs that were allowed: row, key and bytes. Called when the case is closed, by whoever closes it; the journal keeps that it was
 * erased. Returns how many there were.
 */
export const erasePhotos = async (w: Work, personId: Id): Promise<number> => {
  const { rows } = await w.tx.query<{ id: Id; home_group: Id }>(
    "select id, home_group from app.stored_file where record = $1 and what = 'photo'",
    [personId],
  )
  const others = (await filesOf(w, personId)).papers.filter(f => f.kind === 'picture').map(f => f.id)
  if (others.length > 0)
    rows.push(
      ...(await w.tx.query<{ id: Id; home_group: Id }>('select id, home_group from app.stored_file where id = any ($1::uuid[])', [others]))
        .rows,
    )
  for (const r of rows) {
    await deleteFile(w, r.id)
    const p = { id: personId, homeGroup: r.home_group }
    const event: FileEvent = { type: 'photo_erased', fileId: r.id }
    // Whoever closes the case without holding the identity erases it all the same.
    try {
      await appendFileEvent(w, p, event, newId())
    } catch (e) {
      if (!(e instanceof SealError)) throw e
      await appendFileEvent(w, p, event, newId(), false)
    }
  }
  return rows.length
}

/** Erases every file of a person, without a line in the journal for each: for whoever erases the person, who writes that. */
export const eraseFiles = async (w: Work, personId: Id): Promise<number> => {
  const { rows } = await w.tx.query<{ id: Id }>('select id from app.stored_file where record = $1', [personId])
  for (const r of rows) await deleteFile(w, r.id)
  return rows.length
}
