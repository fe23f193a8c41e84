import { existsSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { type Config, plainError, root } from './config.ts'
import {
  chooseFolder,
  createKeyFile,
  findInstallation,
  keyFileFor,
  markInstallation,
  readInstallation,
  readKeyFile,
  requireKind,
  socketFolder,
} from './launch.folder.ts'
import { liveLauncher, takeFolder } from './launch.lock.ts'
import { connectionFor, type DbTarget, roleConnection } from './launch.target.ts'
import { durable, type Pg, startPg } from './launch.ts'
import { migrate } from './migrate.ts'
import { passwordOf, type Subkeys, subkeys } from './subkeys.ts'

/** An installation whose database runs and is up to date. */
export interface Installation {
  readonly config: Config
  readonly folder: string
  readonly demo: boolean
  readonly keyFile: string
  readonly isk: Buffer
  readonly keys: Subkeys
  readonly target: DbTarget
  /** The migrator: embedded superuser or the user of DATABASE_URL. Sees every row only where it is superuser. */
  readonly owner: pg.ClientConfig
  /** True when another process (a running `serve` or `demo`) holds the folder and we only joined its database. */
  readonly joined: boolean
  /** False until the first administrator, or the demonstration's people, were written. */
  readonly seeded: boolean
  /** True when the database ended and could not be started again: whoever waits must end with an error, so that a supervisor starts us anew. */
  readonly lost: () => boolean
  readonly stop: () => Promise<void>
}

export interface OpenOptions {
  readonly config: Config
  readonly demo: boolean
  /** 'create' makes folder, mark and key at the first time; 'existing' refuses when there is none. */
  readonly when: 'create' | 'existing'
  /** Join the database of a running launcher instead of refusing. */
  readonly join?: boolean
  readonly say: (line: string) => void
}

const databaseName = 'doverie'

/** Where the folder's cluster and log lie. */
export const placesIn = (folder: string) => ({
  dataDir: path.join(folder, 'postgres'),
  logFile: path.join(folder, 'postgres.log'),
  socketDir: socketFolder(folder),
})

const once = async <T extends pg.QueryResultRow>(connection: pg.ClientConfig, sql: string): Promise<T[]> => {
  const db = new pg.Client(connection)
  await db.connect()
  try {
    return (await db.query<T>(sql)).rows
  } finally {
    await db.end()
  }
}

const ensureDatabase = async (target: DbTarget, keys: Subkeys) => {
  if ('url' in target) return
  const system = roleConnection({ ...target, database: 'postgres' }, keys, 'superuser')
  const found = await once(system, `select 1 from pg_database where datname = '${databaseName}'`)
  if (!found.length) await once(system, `create database ${databaseName}`)
}

/** Keeps embedded PostgreSQL running: when it ends by itself (killed, out of memory) it is started again and recovers from its log. */
const keepPg = async (folder: string, keys: Subkeys, say: (line: string) => void) => {
  const options = { ...placesIn(folder), password: passwordOf(keys, 'superuser'), say }
  let stopping = false
  let lost = false
  let server: Pg = await startPg(options)
  const watch = async (): Promise<void> => {
    await server.exited
    if (stopping) return
    say('The database ended by itself; starting it again.')
    // What killed it once may kill it again while it recovers: a few tries, then somebody has to look.
    for (let tries = 1; ; tries++) {
      try {
        server = await startPg(options)
        break
      } catch (e) {
        if (stopping) return
        if (tries === 5) throw e
        say(`The database did not start; trying again in ${tries} s.`)
        await sleep(tries * 1_000)
      }
    }
    return watch()
  }
  watch().catch(e => {
    // Without a database nothing can go on; the next start may.
    lost = true
    say(`The database cannot be started again: ${(e as Error).message}`)
    process.kill(process.pid, 'SIGTERM')
  })
  return {
    lost: () => lost,
    stop: async () => {
      stopping = true
      await server.stop()
    },
  }
}

const requireDurable = async (connection: pg.ClientConfig) => {
  const [found] = await once<Record<string, string>>(connection, `select ${durable.map(s => `current_setting('${s}') as ${s}`).join(', ')}`)
  const off = durable.filter(s => found?.[s] === 'off' || (s === 'synchronous_commit' && found?.[s] === 'local'))
  if (off.length)
    throw plainError(`PostgreSQL runs with ${off.join(', ')} off: after a power cut, what was acknowledged could be lost. Switch it on.`)
}

/** Opens the installation in the data folder: database started (or joined) and migrated, its kind checked in the folder and in the database. */
export const openInstallation = async ({ config, demo, when, join = false, say }: OpenOptions): Promise<Installation> => {
  const none = (where: string) =>
    plainError(
      `There is no installation in ${where}. ${demo ? '`npm start` makes a demonstration.' : '`npm run doverie -- init` makes one.'}`,
    )
  if (when === 'existing' && !findInstallation(config.dataFolder)) throw none(config.dataFolder)
  const folder = chooseFolder(config.dataFolder, say)
  requireKind(folder, demo)
  const fresh = readInstallation(folder) === undefined
  if (fresh && when === 'existing') throw none(folder)
  const joined = join && liveLauncher(folder) !== undefined
  const giveBack = joined ? () => {} : takeFolder(folder)
  let server: Awaited<ReturnType<typeof keepPg>> | undefined
  try {
    const keyFile = keyFileFor(folder, config.keyFile, demo)
    const isk = fresh && !existsSync(keyFile) ? createKeyFile(keyFile) : readKeyFile(keyFile)
    // After the key: a start that was killed in between finds the key and goes on.
    if (fresh) markInstallation(folder, demo, new Date().toISOString().slice(0, 10))
    const keys = subkeys(isk)
    const target: DbTarget = config.databaseUrl
      ? { url: config.databaseUrl }
      : { socket: placesIn(folder).socketDir, database: databaseName }
    if (!config.databaseUrl && !joined) server = await keepPg(folder, keys, say)
    const owner: pg.ClientConfig = config.databaseUrl
      ? { connectionString: config.databaseUrl }
      : connectionFor(target, 'postgres', passwordOf(keys, 'superuser'))
    await ensureDatabase(target, keys).catch(e => {
      if ((e as pg.DatabaseError).code !== '28P01') throw e
      throw plainError(`The key file ${keyFile} does not belong to this database.`)
    })
    if (!joined) await migrate({ connection: owner, subkeys: keys, dir: path.join(root, 'db') })
    await requireDurable(owner)
    const [row] = await once<{ demo: boolean }>(roleConnection(target, keys, 'backup_ro'), 'select demo from app.installation')
    if (row && row.demo !== demo)
      throw plainError(
        `The database says that it is a ${row.demo ? 'demonstration' : 'real installation'}, and installation.json says otherwise. Nothing was started.`,
      )
    const stop = async () => {
      await server?.stop()
      giveBack()
    }
    return {
      config,
      folder,
      demo,
      keyFile,
      isk,
      keys,
      target,
      owner,
      joined,
      seeded: row !== undefined,
      lost: () => server?.lost() ?? false,
      stop,
    }
  } catch (e) {
    await server?.stop()
    giveBack()
    throw e
  }
}
