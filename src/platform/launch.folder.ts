import { createHash, randomBytes } from 'node:crypto'
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { plainError, version } from './config.ts'
import { serverIds } from './launch.native.ts'

/** Where the kernel answers for files that are none: making folders there fails slowly or not at all. */
const kernelFolders = ['/proc', '/sys', '/dev']
const isUnder = (folder: string, top: string) => folder === top || folder.startsWith(`${top}/`)

/** The folder itself, or the nearest above it that exists. */
const nearest = (folder: string): string => {
  for (let f = folder; ; f = path.dirname(f)) if (existsSync(f) || f === path.dirname(f)) return f
}

/** Why PostgreSQL could not keep its files in `folder`; null when it can. Makes the folder. */
const obstacle = (folder: string): string | null => {
  const { uid, gid } = serverIds()
  try {
    const above = realpathSync(nearest(folder))
    if (kernelFolders.some(k => isUnder(folder, k) || isUnder(above, k))) return 'it is no place for files'
    if (!statSync(above).isDirectory()) return `${above} is no folder`
    // Before anything is made: a recursive mkdir under what cannot be written can try for a long time.
    accessSync(above, constants.W_OK | constants.X_OK)
    mkdirSync(folder, { recursive: true, mode: 0o711 })
    accessSync(folder, constants.W_OK | constants.X_OK)
    if (uid === undefined || gid === undefined) return null
    // The server runs under another account: it must be able to walk down to its files.
    for (let parent = path.dirname(folder); ; parent = path.dirname(parent)) {
      if (!(statSync(parent).mode & 0o001)) return `${parent} is closed to the account that PostgreSQL must run as`
      if (parent === path.dirname(parent)) break
    }
    chmodSync(folder, 0o711)
    const probe = mkdtempSync(path.join(folder, 'probe-'))
    chownSync(probe, uid, gid)
    const { uid: owner } = statSync(probe)
    rmdirSync(probe)
    return owner === uid ? null : 'its file system does not keep owners'
  } catch (e) {
    return (e as NodeJS.ErrnoException).code === 'EACCES' || (e as NodeJS.ErrnoException).code === 'EROFS'
      ? 'it cannot be written'
      : (e as Error).message
  }
}

const otherPlaces = (wanted: string): readonly string[] => {
  const name = `doverie-${createHash('sha256').update(wanted).digest('hex').slice(0, 8)}`
  const places =
    process.getuid?.() === 0
      ? ['/var/lib', '/var/tmp']
      : [path.join(os.homedir(), '.local/share'), `/var/tmp/doverie-${process.getuid?.() ?? 0}`]
  return places.map(place => path.join(place, name))
}

/**
 * Where the data really lies: as asked, or, when that cannot work, a lasting folder elsewhere whose name comes from the one asked for,
 * so that the next start finds the same. Says so.
 */
export const chooseFolder = (wanted: string, say: (line: string) => void): string => {
  const why = obstacle(wanted)
  if (!why) return realpathSync(wanted)
  for (const folder of otherPlaces(wanted)) {
    if (obstacle(folder)) continue
    if (statSync(folder).uid !== (process.getuid?.() ?? statSync(folder).uid)) continue
    say(`The data folder ${wanted} cannot be used: ${why}. The data lies in ${folder} instead (DOVERIE_DATA chooses another).`)
    return realpathSync(folder)
  }
  throw plainError(`The data folder ${wanted} cannot be used: ${why}. Choose another with DOVERIE_DATA.`)
}

/** The socket's folder: in the data folder, or in /tmp under a private name when that path would be too long for a socket. */
export const socketFolder = (dataFolder: string): string => {
  const inside = path.join(dataFolder, 'run')
  if (Buffer.byteLength(inside) <= 80) return inside
  const short = path.join(
    '/tmp',
    `doverie-${process.getuid?.() ?? 0}-${createHash('sha256').update(dataFolder).digest('hex').slice(0, 12)}`,
  )
  mkdirSync(short, { recursive: true, mode: 0o700 })
  const { uid } = statSync(short)
  if (uid !== (process.getuid?.() ?? uid) && uid !== serverIds().uid)
    throw plainError(`${short} belongs to somebody else; choose a shorter data folder with DOVERIE_DATA.`)
  return short
}

export interface InstallationFile {
  readonly demo: boolean
  readonly createdOn: string
  readonly version: string
}
const fileOf = (folder: string) => path.join(folder, 'installation.json')

/** What kind of installation the folder holds; undefined when none. */
export const readInstallation = (folder: string): InstallationFile | undefined => {
  if (!existsSync(fileOf(folder))) return undefined
  const read = JSON.parse(readFileSync(fileOf(folder), 'utf8')) as Partial<InstallationFile>
  if (typeof read.demo !== 'boolean') throw plainError(`${fileOf(folder)} is damaged: it does not say whether this is a demonstration.`)
  return read as InstallationFile
}

/** What installation a start with `wanted` would find, there or where `chooseFolder` would have put it; makes nothing, so that a mistyped path leaves nothing behind. */
export const findInstallation = (wanted: string): InstallationFile | undefined => {
  for (const folder of [wanted, ...otherPlaces(wanted)]) {
    const found = readInstallation(folder)
    if (found) return found
  }
  return undefined
}

/** For commands that know `--demo`: says that it is missing, where the folder holds a demonstration. */
export const requireDemoFlag = (wanted: string, given: boolean | undefined): void => {
  if (!given && findInstallation(wanted)?.demo) throw plainError(`${wanted} holds a demonstration. Add --demo.`)
}

const wrongKind = (folder: string, demo: boolean) =>
  plainError(
    demo
      ? `${folder} holds a demonstration; it can never become a real installation. Choose another data folder with DOVERIE_DATA.`
      : `${folder} holds a real installation; it can never become a demonstration. Choose another data folder with DOVERIE_DATA.`,
  )

/** Refuses unless the folder is of the kind asked for. What a folder is, is decided once. */
export const requireKind = (folder: string, demo: boolean): void => {
  const found = readInstallation(folder)
  if (found && found.demo !== demo) throw wrongKind(folder, found.demo)
}

/** Writes what the folder is, at its creation only. A folder that already has a database but no such file is refused: it is somebody's data. */
export const markInstallation = (folder: string, demo: boolean, today: string): void => {
  requireKind(folder, demo)
  if (readInstallation(folder)) return
  if (existsSync(path.join(folder, 'postgres')))
    throw plainError(`${folder} has a database, but installation.json is missing. Put it back from a backup.`)
  const text = `${JSON.stringify({ demo, createdOn: today, version } satisfies InstallationFile)}\n`
  const draft = `${fileOf(folder)}.new`
  writeFileSync(draft, text, { mode: 0o644 })
  renameSync(draft, fileOf(folder))
}

/** Makes the install secret: 32 random bytes, readable by its owner only. Never overwrites one. */
export const createKeyFile = (file: string): Buffer => {
  const isk = randomBytes(32)
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  writeFileSync(file, `${isk.toString('base64url')}\n`, { mode: 0o600, flag: 'wx' })
  return isk
}

export const readKeyFile = (file: string): Buffer => {
  if (!existsSync(file))
    throw plainError(
      `The key file ${file} is missing. Without it nothing can be opened; the runbook says how to restore with the recovery kit.`,
    )
  const isk = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64url')
  if (isk.length !== 32) throw plainError(`The key file ${file} does not hold an install secret.`)
  return isk
}

/** The key file of an installation. In production it must be named, and must not lie in the data folder, where a copy of the data would carry it along. */
export const keyFileFor = (folder: string, keyFile: string | null, demo: boolean): string => {
  if (!keyFile) {
    if (demo) return path.join(folder, 'install.key')
    throw plainError('Set DOVERIE_KEY_FILE to the file with the install secret; it must not lie in the data folder.')
  }
  const real = existsSync(keyFile)
    ? realpathSync(keyFile)
    : path.join(existsSync(path.dirname(keyFile)) ? realpathSync(path.dirname(keyFile)) : path.dirname(keyFile), path.basename(keyFile))
  const inside = !path.relative(folder, real).startsWith('..')
  if (inside && !demo)
    throw plainError(`DOVERIE_KEY_FILE lies in the data folder ${folder}: whoever copies the data would have the key. Keep it elsewhere.`)
  return real
}
