import type pg from 'pg'
import { sha256 } from './crypto.ts'
import { peopleRows } from './rls.testing.people.ts'
import { recordRows, stamp, type TestRow, x } from './rls.testing.rows.ts'
import { agencies, people, token, uuid, type World } from './rls.testing.ts'

/** Every row of a world, by table. */
export const rowsOf = (w: World): Readonly<Record<string, readonly TestRow[]>> => ({ ...recordRows(w), ...peopleRows(w) })

const literal = (v: unknown) => (v === null || v === undefined ? 'null' : `'${String(v).replaceAll("'", "''")}'`)
export const insertSql = (table: string, r: Readonly<Record<string, unknown>>) =>
  `insert into app.${table} (${Object.keys(r).join(', ')}) values (${Object.values(r).map(literal).join(', ')})`
export const whereSql = (r: TestRow) => r.key.map(k => `${k} = ${literal(r.columns[k])}`).join(' and ')
export const setSql = (column: string, r: TestRow) => `${column} = ${literal(r.columns[column])}`

/** Writes the world as the superuser, in the open transaction, and turns into staff_rw with the session's token. */
export const enter = async (db: pg.ClientBase, w: World, rows = rowsOf(w)): Promise<void> => {
  const all = [
    "set local session_replication_role = 'replica'",
    ...agencies.map(id => insertSql('agency', { id, profile: x, size: 'large', session_hours: 10 })),
    ...Object.entries(rows).flatMap(([table, list]) => list.map(r => insertSql(table, r.columns))),
  ]
  if (w.absence !== 'none') {
    const [from_at, until, ended_at] = stamp[w.absence as keyof typeof stamp]
    all.push(insertSql('absence', { id: uuid(5, 0), user_id: people.absent, deputy_id: people.me, from_at, until, ended_at }))
  }
  if (w.session !== 'none') {
    const given = w.session === 'forged' ? 'b'.repeat(43) : token
    all.push(
      insertSql('session', {
        id: uuid(6, 0),
        user_id: people.me,
        token_hash: `\\x${sha256(given).toString('hex')}`,
        bundle: x,
        expires_at: w.session === 'expired' ? '2021-01-01' : 'infinity',
        idle_until: w.session === 'idle' ? '2021-01-01' : 'infinity',
        revoked_at: w.session === 'revoked' ? '2021-01-01' : null,
        locked_at: w.session === 'locked' ? '2021-01-01' : null,
      }),
    )
  }
  all.push('set local role staff_rw', `select set_config('app.tok', '${token}', true)`)
  await db.query(all.join(';\n'))
}
