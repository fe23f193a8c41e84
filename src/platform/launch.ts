import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { plainError } from './config.ts'
import { guard } from './launch.guard.ts'
import { withoutCoreDumps } from './launch.limits.ts'
import { type ProgramFolder, programs, serverEnv } from './launch.native.ts'

export interface PgOptions {
  /** The cluster's own folder. */
  readonly dataDir: string
  /** Folder of the socket, at most 80 bytes long: a socket's path ends at 107. */
  readonly socketDir: string
  readonly logFile: string
  /** Password of the superuser `postgres`; used only when the cluster is made. */
  readonly password: string
  /** Further `-c` settings, such as `fsync=off` in tests. */
  readonly settings?: readonly string[]
  /** Leaves out the syncing of a new cluster: for tests. */
  readonly quick?: boolean
  readonly say?: (line: string) => void
}

export interface Pg {
  readonly pid: number
  readonly socketDir: string
  /** Settles when the server has ended, however it ended. */
  readonly exited: Promise<void>
  /** Ends every connection and stops; resolves when the process is gone. */
  readonly stop: () => Promise<void>
}

/** What is never written to the log: statements, parameters, and errors that quote values (`log_min_messages=log` leaves out ERROR). */
const fixedSettings = [
  'listen_addresses=',
  'log_statement=none',
  'log_min_duration_statement=-1',
  'log_parameter_max_length=0',
  'log_parameter_max_length_on_error=0',
  'log_min_error_statement=panic',
  'log_min_messages=log',
  'log_error_verbosity=terse',
  'log_temp_files=-1',
  'log_connections=off',
  'log_timezone=UTC',
  'timezone=UTC',
  'password_encryption=scram-sha-256',
  'unix_socket_permissions=0700',
  'shared_buffers=192MB',
  'max_connections=120',
  'random_page_cost=1.1',
  'jit=off',
]

/** Settings without which an acknowledged record could be lost; read back at every start. */
export const durable = ['fsync', 'full_page_writes', 'synchronous_commit'] as const

const ownFolder = (folder: string, { uid, gid }: ProgramFolder['ids']) => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  chmodSync(folder, 0o700)
  if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid)
}

/** Makes the cluster beside its place and moves it there when complete: a first start that was cut short never leaves half a cluster, and nothing that exists is overwritten. */
const initialise = (options: PgOptions, { folder, ids }: ProgramFolder) => {
  const making = `${options.dataDir}.making`
  rmSync(making, { recursive: true, force: true })
  ownFolder(making, ids)
  const passwordFile = path.join(options.socketDir, 'first-password')
  writeFileSync(passwordFile, options.password, { mode: 0o600 })
  if (ids.uid !== undefined && ids.gid !== undefined) chownSync(passwordFile, ids.uid, ids.gid)
  const flags = ['-U', 'postgres', '--auth-local=scram-sha-256', '--auth-host=reject', `--pwfile=${passwordFile}`, '-E', 'UTF8']
  const locale = ['--locale-provider=icu', '--icu-locale=und', '--locale=C.UTF-8', '--no-instructions']
  const made = spawnSync(path.join(folder, 'bin/initdb'), ['-D', making, ...flags, ...locale, ...(options.quick ? ['--no-sync'] : [])], {
    ...ids,
    cwd: '/',
    env: serverEnv,
    encoding: 'utf8',
  })
  rmSync(passwordFile, { force: true })
  if (made.status !== 0) throw new Error(`the database could not be made: ${made.error?.message ?? made.stderr}`)
  rmSync(options.dataDir, { recursive: true, force: true })
  renameSync(making, options.dataDir)
}

/** True when there is no cluster yet. A folder with something else in it is never touched. */
const isNew = (dataDir: string): boolean => {
  const names = statSync(dataDir, { throwIfNoEntry: false }) ? readdirSync(dataDir) : []
  if (names.length && !names.includes('PG_VERSION'))
    throw plainError(`${dataDir} holds something that is not our database; it is left as it is.`)
  return names.length === 0
}

const procFile = (pid: number, name: string) => {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8')
  } catch {
    return ''
  }
}
/** 'ours' a live postmaster of this folder · 'gone' nothing, a zombie, or a stranger that was given the old number. */
const stateOf = (pid: number, dataDir: string): 'ours' | 'gone' => {
  const state = procFile(pid, 'stat').split(') ').at(-1)?.[0]
  if (!state || state === 'Z' || state === 'X') return 'gone'
  const command = procFile(pid, 'cmdline')
  return command.includes('postgres') && command.includes(dataDir) ? 'ours' : 'gone'
}

/** Ends a server that outlived its launcher, and clears the locks of one that was killed. */
export const clearLeftovers = async (dataDir: string, socketDir: string, say: (line: string) => void): Promise<void> => {
  const lock = path.join(dataDir, 'postmaster.pid')
  const pid = (() => {
    try {
      return Number(readFileSync(lock, 'utf8').split('\n')[0])
    } catch {
      return 0
    }
  })()
  if (!pid) return
  if (stateOf(pid, dataDir) === 'ours') {
    say(`A database of an earlier start is still running (process ${pid}); stopping it.`)
    for (const [signal, seconds] of [
      ['SIGINT', 20],
      ['SIGQUIT', 10],
    ] as const) {
      try {
        process.kill(pid, signal)
      } catch {
        break
      }
      for (let i = 0; i < seconds * 20 && stateOf(pid, dataDir) === 'ours'; i++) await sleep(50)
      if (stateOf(pid, dataDir) === 'gone') break
    }
    if (stateOf(pid, dataDir) === 'ours') throw plainError(`The database process ${pid} does not stop; end it by hand and start again.`)
  }
  // A killed server's number may stay as a zombie where process 1 reaps slowly; PostgreSQL would take it for alive.
  rmSync(lock, { force: true })
  for (const name of readdirSync(socketDir)) if (name.startsWith('.s.PGSQL.')) rmSync(path.join(socketDir, name), { force: true })
}

const ready = (dataDir: string, pid: number) => {
  try {
    const lines = readFileSync(path.join(dataDir, 'postmaster.pid'), 'utf8').split('\n')
    return Number(lines[0]) === pid && lines[7]?.trim() === 'ready'
  } catch {
    return false
  }
}

const tail = (file: string) => readFileSync(file, 'utf8').trimEnd().split('\n').slice(-5).join('\n')

const openLog = (file: string) => {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 5_000_000) renameSync(file, `${file}.1`)
  return openSync(file, 'a', 0o600)
}

const stopper = (server: ChildProcess, exited: Promise<void>) => async () => {
  if (server.exitCode !== null || server.signalCode !== null) return
  server.kill('SIGINT')
  const timer = setTimeout(() => server.kill('SIGQUIT'), 25_000)
  await exited
  clearTimeout(timer)
}

/**
 * Starts embedded PostgreSQL on a unix socket, making the cluster at the first time, and resolves when it takes connections.
 * Recovers from a killed launcher (the server lives on), a killed server (stale lock, zombie) and a first start that was cut short.
 */
export const startPg = async (options: PgOptions): Promise<Pg> => {
  const { dataDir, socketDir, logFile, say = () => {} } = options
  if (Buffer.byteLength(socketDir) > 80) throw new Error('the path of the socket folder is too long')
  const program = await programs()
  ownFolder(socketDir, program.ids)
  if (isNew(dataDir)) initialise(options, program)
  ownFolder(dataDir, program.ids)
  await clearLeftovers(dataDir, socketDir, say)
  const log = openLog(logFile)
  const settings = [...fixedSettings, ...(options.settings ?? [])].flatMap(s => ['-c', s])
  // detached: Ctrl-C in a terminal reaches the whole group; the server is to stop after those who write to it.
  const { file, args } = withoutCoreDumps(path.join(program.folder, 'bin/postgres'), ['-D', dataDir, '-k', socketDir, ...settings])
  const server = spawn(file, args, {
    ...program.ids,
    cwd: '/',
    env: serverEnv,
    stdio: ['ignore', log, log],
    detached: true,
  })
  closeSync(log)
  const exited = new Promise<void>(resolve => {
    server.once('exit', () => resolve())
    server.once('error', () => resolve())
  })
  let ended = false
  void exited.then(() => {
    ended = true
  })
  const pid = server.pid ?? 0
  const release = guard(pid)
  void exited.then(release)
  for (let waited = 0; !ready(dataDir, pid); waited += 20) {
    if (ended) throw new Error(`the database did not start:\n${tail(logFile)}`)
    // Recovery after a crash replays the log and may take minutes on a slow disk: wait as long as it lives.
    if (waited === 15_000) say('The database is still recovering after an unclean stop; please wait.')
    await sleep(20)
  }
  return { pid, socketDir, exited, stop: stopper(server, exited) }
}

/** Sets the superuser's password while the server is stopped: after a restore under another install secret. */
export const resetPassword = async (dataDir: string, password: string): Promise<void> => {
  const { folder, ids } = await programs()
  const statement = `alter role postgres password '${password.replaceAll("'", "''")}'\n`
  const done = spawnSync(path.join(folder, 'bin/postgres'), ['--single', '-D', dataDir, 'postgres'], {
    ...ids,
    cwd: '/',
    env: serverEnv,
    input: statement,
    encoding: 'utf8',
  })
  if (done.status !== 0) throw new Error(`the database password could not be set: ${done.stderr}`)
}
