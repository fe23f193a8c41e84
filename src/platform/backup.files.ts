import { copyFile, mkdir, open, readFile, rename, rm, stat, utimes } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'
import type { Id } from '../base/id.ts'
import { sameBytes, sha256 } from './crypto.ts'
import { fileAt, filesOnDisk } from './files.ts'

/*
 * Sealed files in a backup. They are ciphertext under keys that stand with the keys of the backup, so they are copied as they are, each once, into one folder beside
 * the backup files: a nightly backup of twenty gigabytes copies what is new.
 */

/** Id, size and hash of a file, as its row says. */
export type FileLine = readonly [id: Id, bytes: number, sha256: string]

/** The files of a database, in the snapshot of whoever asks. */
export const fileLines = async (db: pg.ClientBase): Promise<FileLine[]> =>
  (
    await db.query<{ id: Id; bytes: number; digest: string }>(
      `select id, bytes, encode(digest, 'hex') as digest from app.stored_file union all
       select id, bytes, encode(digest, 'hex') as digest from app.contact_file order by 1`,
    )
  ).rows.map(r => [r.id, r.bytes, r.digest])

/** What is wrong with a file: nothing, gone, or not what its row says. */
export const fileState = async (folder: string, [id, bytes, digest]: FileLine): Promise<'whole' | 'missing' | 'changed'> => {
  const file = fileAt(folder, id)
  const about = await stat(file).catch(() => undefined)
  if (!about?.isFile()) return 'missing'
  if (about.size !== bytes) return 'changed'
  return sameBytes(sha256(await readFile(file)), Buffer.from(digest, 'hex')) ? 'whole' : 'changed'
}

const put = async (from: string, to: string) => {
  await mkdir(path.dirname(to), { recursive: true, mode: 0o700 })
  await copyFile(from, `${to}.part`)
  const h = await open(`${to}.part`, 'r')
  try {
    await h.sync()
  } finally {
    await h.close()
  }
  await rename(`${to}.part`, to)
}

const monthMs = 30 * 86_400_000
/**
 * Copies into `to` what is not there yet, and takes away what no backup of the last thirty days speaks of: its key has gone with the keys of that time. Files that
 * are missing or changed at home are counted, and a whole copy that is there already is left alone.
 */
export const copyFiles = async (
  lines: readonly FileLine[],
  from: string,
  to: string,
  now: Date,
): Promise<{ copied: number; missing: readonly Id[] }> => {
  const missing: Id[] = []
  let copied = 0
  for (const line of lines) {
    const [id] = line
    const there = fileAt(to, id)
    if ((await stat(there).catch(() => undefined))?.size !== line[1]) {
      if ((await fileState(from, line)) !== 'whole') {
        missing.push(id)
        continue
      }
      await put(fileAt(from, id), there)
      copied += 1
    }
    // The time of a copy is the last backup that spoke of it.
    await utimes(there, now, now)
  }
  const known = new Set(lines.map(l => l[0]))
  for (const { file, id } of await filesOnDisk(to)) {
    if (id && known.has(id)) continue
    const about = await stat(file).catch(() => undefined)
    if (about && now.getTime() - about.mtimeMs > monthMs) await rm(file, { force: true })
  }
  return { copied, missing }
}

/** Which files of a backup are not there, or not whole. */
export const checkFiles = async (lines: readonly FileLine[], folder: string): Promise<readonly Id[]> => {
  const bad: Id[] = []
  for (const line of lines) if ((await fileState(folder, line)) !== 'whole') bad.push(line[0])
  return bad
}

/** Brings the files of a backup into the data folder. Those that are not whole are left out: their rows are red on the health page until they are found. */
export const restoreFiles = async (lines: readonly FileLine[], from: string, to: string): Promise<number> => {
  let n = 0
  for (const line of lines) {
    if ((await fileState(from, line)) !== 'whole') continue
    await put(fileAt(from, line[0]), fileAt(to, line[0]))
    n += 1
  }
  return n
}

/** Looks at every file that has a row: there, and what was sealed. Needs no key. A file that was removed while it was looked for is no finding. */
export const verifyFiles = async (
  connection: pg.ClientConfig,
  folder: string,
): Promise<{ code: 'file_missing' | 'file_changed'; at: string }[]> => {
  const db = new pg.Client({ ...connection, application_name: 'doverie verify' })
  await db.connect()
  try {
    const out: { code: 'file_missing' | 'file_changed'; at: string }[] = []
    for (const line of await fileLines(db)) {
      const state = await fileState(folder, line)
      if (
        state === 'whole' ||
        !(
          await db.query('select from app.stored_file f where f.id = $1 union all select from app.contact_file f where f.id = $1', [
            line[0],
          ])
        ).rowCount
      )
        continue
      out.push({ code: state === 'missing' ? 'file_missing' : 'file_changed', at: line[0] })
    }
    return out
  } finally {
    await db.end()
  }
}
