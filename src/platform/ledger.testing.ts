import { random, signPair } from './crypto.ts'
import { asSession, type Tx } from './db.ts'
import { newId } from './records.ts'
import type { Scratch } from './scratch.testing.ts'

/** Somebody with a session who may append to the records of one team. */
export interface Writer {
  readonly token: string
  readonly session: string
  readonly user: string
  readonly group: string
  readonly as: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>
}

/** Agency, team, person and a live session, written by the superuser. */
export const newWriter = async (db: Scratch, pool = db.pool('staff_rw', 8)): Promise<Writer> => {
  const [agency, group, user, session] = [newId(), newId(), newId(), newId()]
  const token = random(32).toString('base64url')
  const one = Buffer.alloc(1)
  await db.owner.query(
    'insert into app.installation (demo, recovery_public, audit_public, created_day) values (true, $1, $2, now()) on conflict do nothing',
    [one, signPair(db.keys.audit_sign).publicKey],
  )
  await db.owner.query("insert into app.agency (id, profile, size, session_hours) values ($1, $2, 'small', 12)", [agency, one])
  await db.owner.query('insert into app.team (id, agency_id, profile) values ($1, $2, $3)', [group, agency, one])
  await db.owner.query(
    "insert into app.account (id, agency_id, login_hmac, profile, roles, state, created_day) values ($1, $2, $3, $4, '{case_worker}', 'active', now())",
    [user, agency, random(32), one],
  )
  await db.owner.query("insert into app.member (user_id, team_id, function, confirmed_by) values ($1, $2, 'casework', $1)", [user, group])
  await db.owner.query(
    "insert into app.session (id, user_id, token_hash, bundle, expires_at, idle_until) values ($1, $2, sha256(convert_to($3, 'UTF8')), $4, now() + interval '1 hour', now() + interval '1 hour')",
    [session, user, token, one],
  )
  return { token, session, user, group, as: work => asSession(pool, token, work) }
}

/** Appends one event with random bytes as parts. */
export const appendTo = async (w: Writer, record: string, kind: string, compartments: readonly number[], type = 'noted'): Promise<number> =>
  w.as(async tx => {
    const { rows } = await tx.query<{ seq: number }>(
      'select app.journal_append($1, $2, $3, $4, $5, $6::smallint[], $7::bytea[], $8::smallint[]) as seq',
      [record, kind, w.group, type, newId(), compartments, compartments.map(() => random(48)), compartments.map(() => 1)],
    )
    return rows[0]?.seq ?? 0
  })
