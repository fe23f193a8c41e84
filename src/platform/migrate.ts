import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { plainError } from './config.ts'
import { passwordOf, type Subkeys } from './subkeys.ts'

/** Roles that own things and never sign in. */
const silentRoles = ['owner', 'authz', 'scribe', 'intake'] as const
/** Roles of the running processes: no superuser, no owner, no BYPASSRLS. */
export const loginRoles = ['staff_rw', 'public_in', 'job', 'sealer', 'backup_ro'] as const
export type LoginRole = (typeof loginRoles)[number]

export interface Migration {
  /** The migrator: the embedded superuser, or on an external PostgreSQL ≥ 15 a user with CREATEROLE who owns the database. */
  readonly connection: pg.ClientConfig
  readonly subkeys: Subkeys
  /** Folder with migrations/ and policies.sql. */
  readonly dir: string
}

/** SCRAM-SHA-256 verifier of an ASCII password (RFC 5802), so that no statement, and no log of a foreign server, ever holds the password itself. */
const scramVerifier = (password: string, salt: Buffer, rounds = 4096): string => {
  const salted = pbkdf2Sync(password, salt, rounds, 32, 'sha256')
  const mac = (text: string) => createHmac('sha256', salted).update(text).digest()
  const stored = createHash('sha256').update(mac('Client Key')).digest('base64')
  return `SCRAM-SHA-256$${rounds}:${salt.toString('base64')}$${stored}:${mac('Server Key').toString('base64')}`
}

const matches = (password: string, verifier: string | null | undefined): boolean => {
  const m = /^SCRAM-SHA-256\$(\d+):([^$]+)\$/.exec(verifier ?? '')
  return m?.[1] !== undefined && m[2] !== undefined && scramVerifier(password, Buffer.from(m[2], 'base64'), Number(m[1])) === verifier
}

const rows = async <T extends pg.QueryResultRow>(db: pg.Client, sql: string, values: unknown[] = []) =>
  (await db.query<T>(sql, values)).rows

const makeRoles = async (db: pg.Client, keys: Subkeys, superuser: boolean) => {
  const existing = new Set((await rows<{ rolname: string }>(db, 'select rolname from pg_roles')).map(r => r.rolname))
  for (const role of silentRoles) {
    if (!existing.has(role)) await db.query(`create role ${role} nologin`)
    // Whoever is not superuser acts for the owning roles by being a member of them; PostgreSQL 16 and later ask for it by name.
    if (!superuser) await db.query(`grant ${role} to current_user`)
  }
  const verifiers = superuser
    ? await rows<{ rolname: string; rolpassword: string | null }>(db, 'select rolname, rolpassword from pg_authid')
    : []
  for (const role of loginRoles) {
    const password = passwordOf(keys, role)
    if (!existing.has(role)) await db.query(`create role ${role} login`)
    if (matches(password, verifiers.find(v => v.rolname === role)?.rolpassword)) continue
    await db.query(`alter role ${role} login password '${scramVerifier(password, randomBytes(16))}'`)
  }
}

/** Who may enter this database at all. Not copied by CREATE DATABASE … TEMPLATE, so tests call it for every clone. */
export const guardDatabase = async (db: pg.Client): Promise<void> => {
  const name = db.escapeIdentifier((await rows<{ d: string }>(db, 'select current_database() as d'))[0]?.d ?? '')
  await db.query(`revoke all on database ${name} from public`)
  await db.query(`grant connect on database ${name} to ${loginRoles.join(', ')}`)
  await db.query('revoke all on schema public from public')
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** One file in one transaction, with its checksum: it happens as a whole or not at all. */
const apply = async (db: pg.Client, name: string, sql: string) => {
  await db.query('begin')
  try {
    await db.query(sql)
    await db.query('reset role')
    await db.query(
      'insert into app_meta.migration (name, checksum) values ($1, $2) on conflict (name) do update set checksum = excluded.checksum, applied_at = now()',
      [name, sha256(sql)],
    )
    await db.query('commit')
  } catch (e) {
    await db.query('rollback').catch(() => {})
    const { message, position } = e as pg.DatabaseError
    const line = position ? ` (line ${sql.slice(0, Number(position)).split('\n').length})` : ''
    throw new Error(`${name}${line}: ${message}`, { cause: e })
  }
}

const applyAll = async (db: pg.Client, dir: string): Promise<string[]> => {
  const folder = path.join(dir, 'migrations')
  const names = readdirSync(folder)
    .filter(n => /^\d{4}_[a-z0-9_-]+\.sql$/.test(n))
    .sort()
  const numbers = names.map(n => n.slice(0, 4))
  const twice = numbers.find((n, i) => numbers.indexOf(n) !== i)
  if (twice) throw new Error(`two migrations have the number ${twice}`)
  const known = new Map(
    (await rows<{ name: string; checksum: string }>(db, 'select name, checksum from app_meta.migration')).map(r => [r.name, r.checksum]),
  )
  const missing = [...known.keys()].find(n => /^\d{4}_/.test(n) && !names.includes(n))
  if (missing) throw plainError(`The database was made by a newer version (it knows ${missing}). Run that version; there is no way back.`)
  const done: string[] = []
  for (const name of names) {
    const sql = readFileSync(path.join(folder, name), 'utf8')
    if (known.has(name) && known.get(name) !== sha256(sql)) {
      throw plainError(`${name} was changed after it had been applied to this database. Put the old text back and write a new migration.`)
    }
    if (!known.has(name)) {
      await apply(db, name, sql)
      done.push(name)
    }
  }
  const policies = path.join(dir, 'policies.sql')
  if (existsSync(policies)) {
    const sql = readFileSync(policies, 'utf8')
    if (done.length || known.get('policies.sql') !== sha256(sql)) {
      await apply(db, 'policies.sql', sql)
      done.push('policies.sql')
    }
  }
  return done
}

/**
 * Brings the database up to date: roles and their passwords, then every new migration in order, then the generated row policies.
 * Two launchers at once wait for each other. Returns the names of what was applied. Throws with file and line of what failed.
 */
export const migrate = async ({ connection, subkeys, dir }: Migration): Promise<string[]> => {
  const db = new pg.Client({ ...connection, application_name: 'doverie migrate' })
  await db.connect()
  try {
    const [me] = await rows<{ super: boolean; version: number }>(
      db,
      `select rolsuper as super, current_setting('server_version_num')::int as version from pg_roles where rolname = current_user`,
    )
    if (!me || me.version < 150000) throw plainError('PostgreSQL 15 or newer is needed.')
    await db.query('select pg_advisory_lock(7301)')
    await makeRoles(db, subkeys, me.super)
    await guardDatabase(db)
    await db.query('create schema if not exists app_meta')
    await db.query(
      'create table if not exists app_meta.migration (name text primary key, checksum text not null, applied_at timestamptz not null default now())',
    )
    return await applyAll(db, dir)
  } finally {
    await db.end()
  }
}
