import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import type { Locale } from '../base/i18n.ts'
import { argonQueue } from '../platform/argon.ts'
import { root } from '../platform/config.ts'
import { type BoxPair, boxPair, random } from '../platform/crypto.ts'
import { openPool, type Tx } from '../platform/db.ts'
import { startPg } from '../platform/launch.ts'
import { migrate } from '../platform/migrate.ts'
import { newId, type Work } from '../platform/records.ts'
import type { Ask } from '../platform/site.ts'
import { passwordOf, subkeys } from '../platform/subkeys.ts'
import { ensureEpoch, newTeamKey, newUserKeys, type Vault } from '../platform/vault.ts'
import type { Report } from './schema.public.ts'
import { newSeed } from './store.public.ts'

/** A database of its own with one desk whose story key exists, the public role's pool, and somebody of the desk who reads. */
export const publicWorld = async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'dv-public-'))
  // PostgreSQL runs as another user where we are root, and has to pass through.
  chmodSync(folder, 0o711)
  const keys = subkeys(random(32))
  const options = {
    dataDir: path.join(folder, 'pg'),
    socketDir: mkdtempSync(path.join(tmpdir(), 'dvs-')),
    logFile: path.join(folder, 'pg.log'),
    password: passwordOf(keys, 'superuser'),
    settings: ['fsync=off', 'shared_buffers=32MB'],
    quick: true,
  }
  let server = await startPg(options)
  const at = { host: options.socketDir, port: 5432, database: 'postgres' }
  await migrate({ connection: { ...at, user: 'postgres', password: options.password }, subkeys: keys, dir: path.join(root, 'db') })
  const owner = new pg.Pool({ ...at, user: 'postgres', password: options.password, max: 4 })
  owner.on('error', () => undefined)
  const pool = openPool({ ...at, user: 'public_in', password: passwordOf(keys, 'public_in'), max: 6 })
  const jobs = openPool({ ...at, user: 'job', password: passwordOf(keys, 'job'), max: 1 })
  const ask: Ask = async <R>(fn: string, values: readonly unknown[]) =>
    (await pool.query(`select * from app.${fn}(${values.map((_, i) => `$${i + 1}`).join(', ')})`, values as unknown[])).rows as R[]

  const kit: BoxPair = boxPair()
  const [agency, team, user] = [newId(), newId(), newId()]
  const t = newTeamKey(team, 'story', 1)
  const empty = Buffer.alloc(1)
  await owner.query('insert into app.installation (demo, recovery_public, audit_public, created_day) values (true, $1, $2, now())', [
    kit.publicKey,
    empty,
  ])
  await owner.query("insert into app.agency (id, profile, size, session_hours) values ($1, $2, 'small', 12)", [agency, empty])
  await owner.query('insert into app.team (id, agency_id, intake, profile) values ($1, $2, true, $3)', [team, agency, empty])
  await owner.query('insert into app.team_key (team_id, compartment, version, public_x) values ($1, 4, 1, $2)', [team, t.box.publicKey])

  const vault: Vault = {
    userId: user,
    keys: newUserKeys(),
    teamKey: (id, compartment) => (id === team && compartment === 'story' ? t : undefined),
    teamKeys: () => [t],
  }
  await ensureEpoch(owner, '', Date.now())
  const work = (): Work => ({ tx: { query: owner.query.bind(owner) } as unknown as Tx, vault, now: new Date().toISOString() })

  return {
    keys,
    owner,
    pool,
    jobs,
    ask,
    kit,
    team,
    t,
    argon: argonQueue(),
    work,
    stop: () => server.stop(),
    start: async () => {
      server = await startPg(options)
    },
    end: async () => {
      await pool.end()
      await jobs.end()
      await owner.end()
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
      rmSync(options.socketDir, { recursive: true, force: true })
    },
  }
}
export type PublicWorld = Awaited<ReturnType<typeof publicWorld>>

export const someReport = (change: Partial<Report> = {}): Report => ({
  safeNow: 'unsure',
  who: 'child',
  text: 'Мальчик из соседней квартиры не ходит в школу.',
  where: 'Казань',
  submission: newId(),
  seed: newSeed(),
  language: 'ru' as Locale,
  ...change,
})
