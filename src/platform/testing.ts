import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { type DbTarget, roleConnection } from './launch.target.ts'
import { guardDatabase, type LoginRole } from './migrate.ts'
import { type Subkeys, subkeys } from './subkeys.ts'
import { templateName, testIsk } from './testing.global.ts'

export { testIsk } from './testing.global.ts'

/** A database of one's own, with the house migrated and the policies in force. */
export interface TestDb {
  readonly name: string
  /** Socket folder and name, as a process gets them. */
  readonly target: DbTarget
  readonly socket: string
  readonly isk: Buffer
  readonly subkeys: Subkeys
  /** A pool as one of the running roles, with its real password; the same pool at every call. */
  readonly pool: (role: LoginRole) => pg.Pool
  /** The superuser: for setting the stage and looking behind it, never for what is tested. */
  readonly owner: pg.Pool
  /** A directory that is removed after the run. */
  readonly folder: string
  readonly close: () => Promise<void>
}

const open = (connection: pg.PoolConfig, max: number) => {
  const pool = new pg.Pool({ ...connection, max })
  pool.on('error', () => {})
  return pool
}

/** Clones the migrated template: about 50 ms. Close it in afterAll, or the cluster keeps its connections. */
export const testDb = async (): Promise<TestDb> => {
  const { socket, folder } = inject('pg')
  const keys = subkeys(testIsk)
  const name = `t_${randomBytes(6).toString('hex')}`
  const target = { socket, database: name }
  const as = (role: Parameters<typeof roleConnection>[2], database = name) => roleConnection({ socket, database }, keys, role)
  const system = new pg.Client(as('superuser', 'postgres'))
  await system.connect()
  await system.query(`create database ${name} template ${templateName}`)
  await system.end()
  const owner = open(as('superuser'), 3)
  const client = await owner.connect()
  await guardDatabase(client as unknown as pg.Client)
  client.release()
  const pools = new Map<LoginRole, pg.Pool>()
  return {
    name,
    target,
    socket,
    folder,
    isk: testIsk,
    subkeys: keys,
    owner,
    pool: role => {
      const found = pools.get(role) ?? open(as(role), 5)
      pools.set(role, found)
      return found
    },
    close: async () => {
      await Promise.all([owner, ...pools.values()].map(p => p.end()))
      const last = new pg.Client(as('superuser', 'postgres'))
      await last.connect()
      await last.query(`drop database ${name} with (force)`)
      await last.end()
    },
  }
}
