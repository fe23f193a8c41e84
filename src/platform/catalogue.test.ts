import { readFileSync } from 'node:fs'
import path from 'node:path'
import { getConstructionPlans } from 'pg-boss'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { allPolicies } from '../policies.ts'
import { root } from './config.ts'
import { loginRoles } from './migrate.ts'
import { policiesSql } from './policies.ts'
import { type Scratch, scratch } from './scratch.testing.ts'

let db: Scratch
beforeAll(async () => {
  db = await scratch()
}, 60_000)
afterAll(() => db?.end())

const list = async (sql: string): Promise<string[]> =>
  (await db.owner.query<{ x: string }>(`select x from (${sql}) q(x) order by x collate "C"`)).rows.map(r => r.x)

test('db/policies.sql is what the policy files say', () => {
  expect(readFileSync(path.join(root, 'db/policies.sql'), 'utf8'), 'run `node tools/policies.ts`').toBe(policiesSql(allPolicies))
})

test('every table of app is named in one policy.ts, has row-level security forced and a policy', async () => {
  const tables = await list(`select relname from pg_class where relnamespace = 'app'::regnamespace and relkind in ('r', 'p')`)
  expect(allPolicies.flatMap(c => c.tables.map(t => t.table)).toSorted()).toEqual(tables)
  expect(
    await list(
      `select relname from pg_class where relnamespace = 'app'::regnamespace and relkind in ('r', 'p') and not (relrowsecurity and relforcerowsecurity)`,
    ),
  ).toEqual([])
  expect(
    await list(
      `select relname from pg_class c where relnamespace = 'app'::regnamespace and relkind in ('r', 'p') and not exists (select from pg_policy p where p.polrelid = c.oid)`,
    ),
  ).toEqual([])
})

test('a policy is permissive and checks writes by what it shows', async () => {
  const { rows } = await db.owner.query<{ tablename: string; permissive: string; qual: string; with_check: string }>(
    "select tablename, permissive, qual, with_check from pg_policies where schemaname = 'app' and policyname like 'staff%' and cmd in ('UPDATE', 'ALL')",
  )
  expect(rows.length).toBeGreaterThan(10)
  for (const r of rows) expect([r.tablename, r.with_check]).toEqual([r.tablename, r.qual])
})

test('no view, materialised view or foreign table lets a role see through the policies', async () => {
  const unsafe = `select relname from pg_class where relnamespace in ('app'::regnamespace, 'app_meta'::regnamespace, 'public'::regnamespace)
     and (relkind in ('m', 'f') or (relkind = 'v' and not coalesce(reloptions::text[] @> array['security_invoker=true'], false)))`
  expect(await list(unsafe)).toEqual([])
  // The test can fail: a plain view is one.
  await db.owner.query('create view app.leak as select id from app.case_record')
  expect(await list(unsafe)).toEqual(['leak'])
  await db.owner.query('alter view app.leak set (security_invoker = true)')
  expect(await list(unsafe)).toEqual([])
  await db.owner.query('drop view app.leak')
})

test('every SECURITY DEFINER function has a fixed search path, a silent owner, and is not for everybody', async () => {
  const definers = `from pg_proc p where prosecdef and pronamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)`
  expect((await list(`select proname ${definers}`)).length).toBeGreaterThan(15)
  expect(await list(`select proname ${definers} and (proconfig is null or not proconfig @> array['search_path=pg_catalog'])`)).toEqual([])
  expect(
    await list(`select proname || ' ' || proowner::regrole ${definers} and proowner::regrole::text not in ('authz', 'scribe', 'intake')`),
  ).toEqual([])
  expect(await list(`select proname ${definers} and has_function_privilege('public', p.oid, 'execute')`)).toEqual([])
})

test('no role of ours is superuser or passes row-level security, and those that run own nothing', async () => {
  const ours = [...loginRoles, 'owner', 'authz', 'scribe', 'intake'].map(r => `'${r}'`).join()
  expect((await list(`select rolname from pg_roles where rolname in (${ours})`)).length).toBe(9)
  expect(
    await list(
      `select rolname from pg_roles where rolname in (${ours}) and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)`,
    ),
  ).toEqual([])
  expect(await list(`select rolname from pg_roles where rolname in ('owner', 'authz', 'scribe', 'intake') and rolcanlogin`)).toEqual([])
  const running = loginRoles.map(r => `'${r}'::regrole`).join()
  expect(await list(`select relname from pg_class where relowner in (${running})`)).toEqual([])
  expect(await list(`select proname from pg_proc where proowner in (${running})`)).toEqual([])
  expect(await list(`select nspname from pg_namespace where nspowner in (${running})`)).toEqual([])
  // None may act as another.
  expect(await list(`select m.member::regrole::text from pg_auth_members m where m.member in (${running})`)).toEqual([])
  for (const role of loginRoles) {
    expect(
      await list(`select nspname from pg_namespace where has_schema_privilege('${role}', oid, 'create') and nspname !~ '^pg_'`),
    ).toEqual([])
    expect(
      (
        await db.owner.query(
          `select has_database_privilege('${role}', current_database(), 'create') or has_database_privilege('${role}', current_database(), 'temp') as x`,
        )
      ).rows[0].x,
    ).toBe(false)
  }
})

test('the public process may touch no table and call exactly these functions', async () => {
  const anyRight = ['select', 'insert', 'update', 'references']
    .map(p => `has_any_column_privilege('public_in', c.oid, '${p}')`)
    .join(' or ')
  const tables = `select relnamespace::regnamespace || '.' || relname from pg_class c where relkind in ('r', 'p', 'v', 'm', 'S') and relnamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
     and relnamespace::regnamespace::text !~ '^pg_' and case when relkind = 'S' then has_sequence_privilege('public_in', c.oid, 'usage') else ${anyRight} or has_table_privilege('public_in', c.oid, 'delete') or has_table_privilege('public_in', c.oid, 'truncate') end`
  expect(await list(tables)).toEqual([])
  const functions = `select p.proname from pg_proc p where has_function_privilege('public_in', p.oid, 'execute') and has_schema_privilege('public_in', p.pronamespace, 'usage')
     and pronamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)`
  expect(await list(functions)).toEqual([
    'public_acknowledge',
    'public_append',
    'public_begin',
    'public_bot_append',
    'public_bot_chat',
    'public_bot_due',
    'public_bot_forget',
    'public_bot_keep',
    'public_bot_link',
    'public_bot_move',
    'public_bot_open',
    'public_bot_sent',
    'public_bot_submit',
    'public_chat_append',
    'public_chat_typing',
    'public_chat_watched',
    'public_check_in_answer',
    'public_check_in_find',
    'public_check_in_open',
    'public_count',
    'public_desk',
    'public_desk_state',
    'public_fetch',
    'public_helped',
    'public_helplines',
    'public_locate',
    'public_poster',
    'public_prekey',
    'public_reach',
    'public_submit',
  ])
})

test('staff may never change or delete what the journal says, nor read how somebody signs in', async () => {
  const never = ['journal', 'journal_part', 'record_head', 'read_audit', 'tree_head', 'tree_leaf', 'unsealed_leaf', 'command_seen']
  for (const t of never) {
    for (const right of ['insert', 'update', 'delete', 'truncate']) {
      const { rows } = await db.owner.query(
        right === 'insert' || right === 'update'
          ? `select has_any_column_privilege('staff_rw', 'app.${t}', '${right}') as x`
          : `select has_table_privilege('staff_rw', 'app.${t}', '${right}') as x`,
      )
      expect([t, right, rows[0].x]).toEqual([t, right, false])
    }
  }
  const columns =
    await list(`select table_name || '.' || column_name from information_schema.columns c where table_schema = 'app' and has_column_privilege('staff_rw', format('app.%I', table_name)::regclass, column_name, 'select')
     and (column_name ~ '(verifier|bundle|_hash|pin|totp|login_hmac|proof|credential|salt|ck_wrapped)')`)
  expect(columns).toEqual([])
  expect(
    await list(`select distinct table_name || '.' || column_name from information_schema.columns where table_schema = 'app' and column_name = 'home_group'
     and has_column_privilege('staff_rw', format('app.%I', table_name)::regclass, column_name, 'update')`),
  ).toEqual([])
  const other = ['job', 'sealer'].flatMap(r =>
    ['sealed', 'key_wrap', 'journal_part', 'message', 'conversation', 'account'].map(
      t => `select '${r} ${t}' where has_any_column_privilege('${r}', 'app.${t}', 'select')`,
    ),
  )
  expect(await list(other.join(' union all '))).toEqual([])
})

test('the queue tables are what this version of pg-boss expects, and its role creates nothing', () => {
  const sql = readFileSync(path.join(root, 'db/migrations/0004_jobs.sql'), 'utf8')
  const body = sql.slice(sql.indexOf('construction plan: begin') + 24, sql.indexOf('-- ---- pg-boss construction plan: end'))
  const plan = getConstructionPlans('pgboss', { createSchema: false }).replace(
    /^\s*(BEGIN;|COMMIT;|SET LOCAL .*|SELECT pg_advisory_xact_lock.*)\s*$/gm,
    '',
  )
  const bare = (s: string) => s.replace(/\s+/g, ' ').trim()
  expect(bare(body)).toBe(bare(plan))
})

// ---------------------------------------------------------------- plain columns
const plainFile = path.join(root, 'db/plain-columns.md')
/** Every column that is not sealed, hashed or a key: the closed list. What is bytea is sealed, a key, a hash or a signature by its name's comment. */
const plainSql = `select table_name || '.' || column_name from information_schema.columns where table_schema = 'app' and data_type <> 'bytea'`
const sealedSql = `select table_name || '.' || column_name from information_schema.columns where table_schema = 'app' and data_type = 'bytea'`
const rowsOf = (heading: string): string[] => {
  const text = readFileSync(plainFile, 'utf8')
  const section = text.slice(text.indexOf(`## ${heading}`)).split('\n## ')[0] ?? ''
  return [...section.matchAll(/^\| `([a-z_]+\.[a-z_0-9]+)` \| (.+) \|$/gm)].map(
    m => `${m[1]}${(m[2] ?? '').trim().length >= 3 ? '' : ' WITHOUT A REASON'}`,
  )
}

test('plain columns are exactly the closed list of db/plain-columns.md, each with its reason', async () => {
  expect(rowsOf('Plain')).toEqual(await list(plainSql))
  expect(rowsOf('Sealed')).toEqual(await list(sealedSql))
})

test('no unique constraint reveals a hidden row: only random ids, numbers and hashes are unique', async () => {
  const keys =
    await list(`select c.conrelid::regclass || '(' || string_agg(a.attname, ',' order by a.attnum) || ')' from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any (c.conkey)
     where c.contype = 'u' and c.connamespace = 'app'::regnamespace group by c.oid, c.conrelid`)
  const uniqueIndexes =
    await list(`select i.indexrelid::regclass::text from pg_index i join pg_class c on c.oid = i.indrelid where c.relnamespace = 'app'::regnamespace and i.indisunique and not i.indisprimary
     and not exists (select from pg_constraint k where k.conindid = i.indexrelid)`)
  expect(keys).toEqual([
    'app.account(login_hmac)',
    'app.case_record(number)',
    'app.check_in_code(locator)',
    'app.conversation(locator)',
    'app.conversation(submission)',
    'app.match_ask(pair)',
    'app.match_notice(pair)',
    'app.message(contact_id,seq)',
    'app.messenger_chat(contact_id)',
    'app.passkey(credential)',
    'app.prekey(home_group,day)',
    'app.screening(record)',
    'app.session(token_hash)',
  ])
  expect(uniqueIndexes).toEqual([])
})
