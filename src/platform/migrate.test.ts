import { cpSync, mkdtempSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { root } from './config.ts'
import { roleConnection } from './launch.target.ts'
import { loginRoles, migrate } from './migrate.ts'
import { subkeys } from './subkeys.ts'
import { type TestDb, testDb } from './testing.ts'

let db: TestDb
beforeAll(async () => {
  db = await testDb()
})
afterAll(() => db.close())

const migrator = () => roleConnection(db.target, db.subkeys, 'superuser')

describe('migrations', () => {
  test('a second run finds nothing to do', async () => {
    expect(await migrate({ connection: migrator(), subkeys: db.subkeys, dir: path.join(root, 'db') })).toEqual([])
  })

  test('every running role signs in with its own sub-key and with no other', async () => {
    const other = subkeys(Buffer.alloc(32, 9))
    for (const role of loginRoles) {
      const { rows } = await db.pool(role).query('select current_user as u')
      expect(rows[0].u).toBe(role)
      const wrong = new pg.Client(roleConnection(db.target, other, role))
      await expect(wrong.connect()).rejects.toMatchObject({ code: '28P01' })
    }
  })

  test('no running role is superuser, bypasses row security, owns anything or makes roles', async () => {
    const { rows } = await db.owner.query(
      `select rolname from pg_roles r where rolname = any ($1) and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication
         or exists (select from pg_class c where c.relowner = r.oid) or exists (select from pg_auth_members m where m.member = r.oid))`,
      [loginRoles],
    )
    expect(rows).toEqual([])
  })

  test('every table of the house has row security forced', async () => {
    const { rows } = await db.owner.query(
      `select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'app' and c.relkind in ('r', 'p') and not (c.relrowsecurity and c.relforcerowsecurity)`,
    )
    expect(rows).toEqual([])
  })

  test('a migration that was changed after it had been applied is refused', async () => {
    const dir = mkdtempSync(path.join(db.folder, 'db-'))
    cpSync(path.join(root, 'db'), dir, { recursive: true })
    writeFileSync(path.join(dir, 'migrations/0001_house.sql'), 'select 1')
    await expect(migrate({ connection: migrator(), subkeys: db.subkeys, dir })).rejects.toThrow(/0001_house.sql was changed/)
  })

  test('a migration that fails leaves nothing behind and is named with its line', async () => {
    const dir = mkdtempSync(path.join(db.folder, 'db-'))
    cpSync(path.join(root, 'db'), dir, { recursive: true })
    writeFileSync(path.join(dir, 'migrations/9999_broken.sql'), 'create table app.half (id uuid);\nselect nothing_such;')
    await expect(migrate({ connection: migrator(), subkeys: db.subkeys, dir })).rejects.toThrow(/9999_broken.sql \(line 2\)/)
    const { rows } = await db.owner.query(`select to_regclass('app.half') as t`)
    expect(rows[0].t).toBeNull()
  })
})
