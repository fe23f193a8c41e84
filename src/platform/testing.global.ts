import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { root } from './config.ts'
import { serverIds } from './launch.native.ts'
import { startPg } from './launch.ts'
import { migrate } from './migrate.ts'
import { passwordOf, subkeys } from './subkeys.ts'

declare module 'vitest' {
  interface ProvidedContext {
    pg: { socket: string; folder: string }
  }
}

/** Fixed, so that a failing test can be run again with the same keys. Nothing real is ever sealed under it. */
export const testIsk = Buffer.alloc(32, 7)
export const templateName = 'doverie_template'

/** One cluster for a whole run, and one migrated template that every test file clones. */
let stop = async () => {}

export const setup = async (project: TestProject) => {
  // Under root the server runs as somebody else and has to walk down to its files; /tmp itself may be redirected to a long path.
  const folder = mkdtempSync(path.join(os.tmpdir().length > 40 ? '/tmp' : os.tmpdir(), 'dvt-'))
  if (serverIds().uid !== undefined) chmodSync(folder, 0o711)
  const keys = subkeys(testIsk)
  const password = passwordOf(keys, 'superuser')
  const socket = path.join(folder, 'run')
  // What is never lost in use need not be synced here; crash tests start a cluster of their own.
  const settings = ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off', 'max_wal_size=2GB', 'autovacuum=off']
  const server = await startPg({
    dataDir: path.join(folder, 'postgres'),
    socketDir: socket,
    logFile: path.join(folder, 'postgres.log'),
    password,
    settings,
    quick: true,
  })
  stop = async () => {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    const system = new pg.Client({ host: socket, user: 'postgres', password, database: 'postgres' })
    await system.connect()
    await system.query(`create database ${templateName}`)
    await system.end()
    await migrate({
      connection: { host: socket, user: 'postgres', password, database: templateName },
      subkeys: keys,
      dir: path.join(root, 'db'),
    })
  } catch (e) {
    await stop()
    throw e
  }
  project.provide('pg', { socket, folder })
}

export const teardown = () => stop()
