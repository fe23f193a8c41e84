import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { root } from './config.ts'
import { random } from './crypto.ts'
import { openPool } from './db.ts'
import { type Pg, startPg } from './launch.ts'
import { type LoginRole, migrate } from './migrate.ts'
import { passwordOf, type Subkeys, subkeys } from './subkeys.ts'

/** A server of its own with one migrated database: for tests that tamper, restart or measure, which a shared server would feel. */
export interface Scratch {
  readonly keys: Subkeys
  readonly folder: string
  /** The superuser: sees and may break everything. */
  readonly owner: pg.Pool
  readonly connection: (role: LoginRole | 'postgres') => pg.ClientConfig
  readonly pool: (role: LoginRole, max?: number) => pg.Pool
  /** Ends the server and starts it again, as a power cut would (`kill`) or in order. */
  readonly restart: (how: 'stop' | 'kill') => Promise<void>
  readonly end: () => Promise<void>
}

/** `durable`: the disk is really waited for, as in production; otherwise never. */
export const scratch = async ({ durable = false, settings = [] as readonly string[] } = {}): Promise<Scratch> => {
  const folder = mkdtempSync(path.join(tmpdir(), 'dv-scratch-'))
  // PostgreSQL runs as another user where we are root, and has to pass through.
  chmodSync(folder, 0o711)
  const socketDir = mkdtempSync(path.join(tmpdir(), 'dvs-'))
  const keys = subkeys(random(32))
  const options = {
    dataDir: path.join(folder, 'pg'),
    socketDir,
    logFile: path.join(folder, 'pg.log'),
    password: passwordOf(keys, 'superuser'),
    settings: [...(durable ? [] : ['fsync=off', 'synchronous_commit=off']), ...settings],
    quick: true,
  }
  let server: Pg = await startPg(options)
  const connection = (role: LoginRole | 'postgres') => ({
    host: socketDir,
    port: 5432,
    database: 'postgres',
    user: role,
    password: passwordOf(keys, role === 'postgres' ? 'superuser' : role),
  })
  await migrate({ connection: connection('postgres'), subkeys: keys, dir: path.join(root, 'db') })
  const pools: pg.Pool[] = []
  const owner = new pg.Pool({ ...connection('postgres'), max: 4 })
  owner.on('error', () => undefined)
  pools.push(owner)
  return {
    keys,
    folder,
    owner,
    connection,
    pool: (role, max = 4) => {
      const pool = openPool({ ...connection(role), max })
      pools.push(pool)
      return pool
    },
    restart: async how => {
      if (how === 'stop') await server.stop()
      else {
        process.kill(-server.pid, 'SIGKILL')
        await server.exited
      }
      server = await startPg(options)
    },
    end: async () => {
      await Promise.all(pools.map(p => p.end().catch(() => undefined)))
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
      rmSync(socketDir, { recursive: true, force: true })
    },
  }
}
