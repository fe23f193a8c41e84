import pg from 'pg'
import type { Id } from '../base/id.ts'
import { compartmentNumber, holds, type TeamFunction } from '../base/people.ts'
import { type BoxPair, boxOpen, openPlain, SealError, sealBytes } from './crypto.ts'
import { matchWrapPlace } from './match-key.ts'
import { newTeamKey, type TeamKey, wrapTeamKeyFor } from './vault.ts'

/**
 * Gives a team back to a person who holds nothing any more (everybody of a function lost their password): the kit opens the recovery epochs, the epochs open the
 * records of the team, and each is wrapped again under a new version of the team's keys, sealed to that person. Runs on the server as the migrator, with the
 * kit's pages in the room; old versions are retired. Returns how many wraps were made again. All or nothing.
 */
export const recoverTeam = async (o: {
  connection: pg.ClientConfig
  kit: BoxPair
  teamId: Id
  userId: Id
  fn: TeamFunction
}): Promise<{ records: number; lost: number }> => {
  const db = new pg.Client(o.connection)
  await db.connect()
  try {
    await db.query('begin')
    const {
      rows: [user],
    } = await db.query<{ public_x: Buffer | null }>("select public_x from app.account where id = $1 and state = 'active'", [o.userId])
    if (!user?.public_x) throw new SealError('person_has_no_keys')
    const {
      rows: [team],
    } = await db.query('select from app.team where id = $1', [o.teamId])
    if (!team) throw new SealError('no_such_team')
    const keys = new Map<number, TeamKey>()
    for (const c of holds[o.fn]) {
      const n = compartmentNumber[c]
      const {
        rows: [v],
      } = await db.query<{ version: number }>(
        'select coalesce(max(version), 0) + 1 as version from app.team_key where team_id = $1 and compartment = $2',
        [o.teamId, n],
      )
      const k = newTeamKey(o.teamId, c, v!.version)
      await db.query('update app.team_key set retired_at = now() where team_id = $1 and compartment = $2 and retired_at is null', [
        o.teamId,
        n,
      ])
      await db.query('insert into app.team_key (team_id, compartment, version, public_x) values ($1, $2, $3, $4)', [
        o.teamId,
        n,
        k.version,
        k.box.publicKey,
      ])
      await db.query(
        'insert into app.team_key_wrap (team_id, compartment, version, user_id, form, wrapped) values ($1, $2, $3, $4, 0, $5)',
        [o.teamId, n, k.version, o.userId, wrapTeamKeyFor(user.public_x, k)],
      )
      // Whoever still holds the old version keeps working: they get the new one as well.
      const { rows: others } = await db.query<{ id: Id; public_x: Buffer }>(
        "select distinct a.id, a.public_x from app.team_key_wrap w join app.account a on a.id = w.user_id where w.team_id = $1 and w.compartment = $2 and a.state = 'active' and a.id <> $3 and a.public_x is not null",
        [o.teamId, n, o.userId],
      )
      for (const other of others) {
        await db.query(
          'insert into app.team_key_wrap (team_id, compartment, version, user_id, form, wrapped) values ($1, $2, $3, $4, 0, $5)',
          [o.teamId, n, k.version, other.id, wrapTeamKeyFor(other.public_x, k)],
        )
        await db.query('update app.account set keys_version = keys_version + 1 where id = $1', [other.id])
      }
      keys.set(n, k)
    }
    await db.query(
      `insert into app.member (user_id, team_id, function, confirmed_by) values ($1, $2, $3, $1) on conflict (user_id, team_id, function) do update set confirmed_by = $1, until = 'infinity'`,
      [o.userId, o.teamId, o.fn],
    )
    await db.query('update app.account set keys_version = keys_version + 1 where id = $1', [o.userId])
    const done = await rewrap(db, o.kit, o.teamId, keys)
    await rewrapMatchKey(db, o.kit, o.teamId, keys.get(compartmentNumber.identity))
    await db.query('commit')
    return done
  } catch (e) {
    await db.query('rollback').catch(() => undefined)
    throw e
  } finally {
    await db.end()
  }
}

/** The search for people opens again too. */
const rewrapMatchKey = async (db: pg.Client, kit: BoxPair, teamId: Id, team: TeamKey | undefined): Promise<void> => {
  if (!team) return
  const { rows } = await db.query<{ version: number; recovery: Buffer }>('select version, recovery from app.match_key')
  for (const m of rows) {
    const key = boxOpen(kit, m.recovery)
    await db.query('delete from app.match_key_wrap where key_version = $1 and team_id = $2', [m.version, teamId])
    await db.query('insert into app.match_key_wrap (key_version, team_id, team_version, form, wrapped) values ($1, $2, $3, 1, $4)', [
      m.version,
      teamId,
      team.version,
      sealBytes(team.sym, matchWrapPlace(teamId, team.version, m.version), 1, key),
    ])
  }
}

interface Wrap {
  record: Id
  compartment: number
  dek_version: number
  holder: string
  holder_id: Id
  wrapped: Buffer
  kind: string
}

const rewrap = async (
  db: pg.Client,
  kit: BoxPair,
  teamId: Id,
  keys: ReadonlyMap<number, TeamKey>,
): Promise<{ records: number; lost: number }> => {
  const epochs = new Map<Id, Buffer>()
  for (const e of (await db.query<{ id: Id; sealed: Buffer }>('select id, sealed from app.recovery_epoch')).rows)
    epochs.set(e.id, boxOpen(kit, e.sealed))
  const { rows } = await db.query<Wrap>(
    `select distinct on (record, compartment, dek_version) record, compartment, dek_version, holder, holder_id, wrapped, kind from app.key_wrap
      where home_group = $1 and compartment = any ($2::smallint[]) and holder in ('epoch', 'recovery') order by record, compartment, dek_version, holder`,
    [teamId, [...keys.keys()]],
  )
  let lost = 0
  for (const w of rows) {
    const place = { table: 'key_wrap', row: `${w.record}/${w.dek_version}`, compartment: w.compartment }
    const epoch = epochs.get(w.holder_id)
    const dek = w.holder === 'recovery' ? boxOpen(kit, w.wrapped) : epoch ? openPlain(epoch, place, w.wrapped) : undefined
    const t = keys.get(w.compartment)
    if (!dek || !t) {
      lost++
      continue
    }
    await db.query(
      `insert into app.key_wrap (record, kind, compartment, home_group, dek_version, holder, holder_id, holder_version, form, wrapped) values ($1, $2, $3, $4, $5, 'team', $4, $6, 1, $7)
       on conflict (record, compartment, dek_version, holder, holder_id) do update set holder_version = excluded.holder_version, form = 1, wrapped = excluded.wrapped`,
      [w.record, w.kind, w.compartment, teamId, w.dek_version, t.version, sealBytes(t.sym, place, 1, dek)],
    )
  }
  return { records: new Set(rows.map(r => r.record)).size, lost }
}
