import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Id } from '../base/id.ts'
import { newKey, paddedLength, SealError, sha256, streamOpener, streamSealer } from './crypto.ts'

/*
 * Sealed files on disk: `files/ab/<random id>`, nothing in the name that says what or whose it is. Each is sealed with a key of its own (libsodium secretstream in
 * chunks of 64 KiB, the last one marked), padded so that its size does not tell which paper it is, and bound to its id. The key lies in the database, sealed with the
 * record's compartment key: without the row a file is noise.
 */

const chunk = 64 * 1024
const overhead = 17
const headerLength = 24
/** Larger than any file that may be stored: what is larger was not written by us. */
const most = 64 * 1024 * 1024
export const filesFolderName = 'files'

let kept: string | undefined
/** Says where this process keeps sealed files. Until then nothing can be stored or opened. */
export const keepFilesIn = (folder: string): void => {
  kept = folder
}
export const filesFolder = (): string => {
  if (!kept) throw new Error('this process was not told where sealed files are')
  return kept
}

const idPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
/** Where a file lies. Ids come from the database only, and are still looked at: a path made of anything else would lead out of the folder. */
export const fileAt = (folder: string, id: Id): string => {
  if (!idPattern.test(id)) throw new SealError('file_missing')
  return path.join(folder, id.slice(0, 2), id)
}
const bound = (id: Id) => Buffer.from(`doverie/file\0${id}`)

const syncFolder = async (folder: string) => {
  const h = await open(folder, 'r')
  try {
    await h.sync()
  } finally {
    await h.close()
  }
}

/** Writes bytes beside their place, waits for the disk, and gives them their name: a file is there whole or not at all, whenever the power fails. */
export const writeWhole = async (file: string, bytes: readonly Buffer[]): Promise<void> => {
  const folder = path.dirname(file)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const draft = `${file}.${randomUUID().slice(0, 8)}.part`
  const h = await open(draft, 'wx', 0o600)
  try {
    for (const b of bytes) await h.write(b)
    await h.sync()
  } catch (e) {
    await h.close()
    await rm(draft, { force: true })
    throw e
  }
  await h.close()
  await rename(draft, file)
  await syncFolder(folder)
  await syncFolder(path.dirname(folder))
}

/** What the row of a file keeps: its key (to be sealed), and by what the ciphertext is known to be whole. */
export interface StoredFile {
  readonly key: Buffer
  readonly bytes: number
  readonly digest: Buffer
}

/** Seals bytes under a new key. */
export const sealFile = (id: Id, plain: Uint8Array): StoredFile & { readonly sealed: readonly Buffer[] } => {
  const key = newKey()
  const sealer = streamSealer(key)
  const padded = Buffer.alloc(paddedLength(plain.length + 4))
  padded.writeUInt32BE(plain.length)
  padded.set(plain, 4)
  const sealed: Buffer[] = [sealer.header]
  for (let at = 0; at < padded.length; at += chunk)
    sealed.push(sealer.push(padded.subarray(at, at + chunk), at + chunk >= padded.length, at === 0 ? bound(id) : undefined))
  padded.fill(0)
  const whole = Buffer.concat(sealed)
  return { key, sealed: [whole], bytes: whole.length, digest: sha256(whole) }
}

/** Opens sealed bytes. Throws SealError('file_altered') for anything that is not exactly what was sealed for this id. */
export const openSealedFile = (id: Id, key: Uint8Array, sealed: Buffer): Buffer => {
  const altered = () => new SealError('file_altered')
  if (sealed.length < headerLength + overhead || key.length !== 32) throw altered()
  const parts: Buffer[] = []
  let ended = false
  try {
    const opener = streamOpener(key, sealed.subarray(0, headerLength))
    for (let at = headerLength; at < sealed.length; at += chunk + overhead) {
      if (ended) throw altered()
      const { plain, last } = opener.pull(sealed.subarray(at, at + chunk + overhead), at === headerLength ? bound(id) : undefined)
      parts.push(plain)
      ended = last
    }
  } catch {
    throw altered()
  }
  if (!ended) throw altered()
  const padded = Buffer.concat(parts)
  for (const p of parts) p.fill(0)
  const length = padded.length >= 4 ? padded.readUInt32BE(0) : -1
  if (length < 0 || length > padded.length - 4) throw altered()
  return padded.subarray(4, 4 + length)
}

/** Seals bytes and puts them on disk. The row that names the file is written after this, so that a file may be without a row, never a row without its file. */
export const storeFile = async (id: Id, plain: Uint8Array, folder = filesFolder()): Promise<StoredFile> => {
  const { sealed, ...stored } = sealFile(id, plain)
  await writeWhole(fileAt(folder, id), sealed)
  return stored
}

/** The content of a file. Throws SealError('file_missing' | 'file_altered'). */
export const readStoredFile = async (id: Id, key: Uint8Array, folder = filesFolder()): Promise<Buffer> => {
  const file = fileAt(folder, id)
  const about = await stat(file).catch(() => undefined)
  if (!about?.isFile()) throw new SealError('file_missing')
  if (about.size > most) throw new SealError('file_altered')
  return openSealedFile(id, key, await readFile(file))
}

/** Takes a file away. Its key is gone with its row: this only gives the room back. */
export const removeStoredFile = (id: Id, folder = filesFolder()): Promise<void> => rm(fileAt(folder, id), { force: true })

/** Everything that lies in the folder: ids, and what is no whole file. */
export const filesOnDisk = async (folder: string): Promise<{ readonly file: string; readonly id: Id | null }[]> => {
  const out: { file: string; id: Id | null }[] = []
  for (const ab of await readdir(folder).catch(() => [] as string[])) {
    if (!/^[0-9a-f]{2}$/.test(ab)) continue
    for (const name of await readdir(path.join(folder, ab)).catch(() => [] as string[]))
      out.push({ file: path.join(folder, ab, name), id: idPattern.test(name) && name.startsWith(ab) ? name : null })
  }
  return out
}

const dayMs = 86_400_000
/** Removes what no row speaks of and is older than a day: uploads that were cut off, files whose removal was. Younger ones may be waiting for their row. */
export const sweepOrphans = async (known: ReadonlySet<Id>, now: Date, folder = filesFolder()): Promise<number> => {
  let removed = 0
  for (const { file, id } of await filesOnDisk(folder)) {
    if (id && known.has(id)) continue
    const about = await stat(file).catch(() => undefined)
    if (!about || now.getTime() - about.mtimeMs < dayMs) continue
    await rm(file, { force: true })
    removed += 1
  }
  return removed
}
