import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { compartmentNumber, holds } from '../base/people.ts'
import { backupHeader, installSecretOf } from './backup.file.ts'
import { checkBackup, loadBackup, writeBackup } from './backup.ts'
import { type BoxPair, boxPair, publicKeyOps, random, sha256 } from './crypto.ts'
import { asSession, type Tx } from './db.ts'
import { joinKit, makeKit } from './kit.ts'
import { ensureMatchKey } from './match-key.ts'
import { append, newId, openSealed, readJournal, saveSealed, type Work } from './records.ts'
import { recoverTeam } from './recovery.ts'
import { type Scratch, scratch } from './scratch.testing.ts'
import {
  ensureEpoch,
  newTeamKey,
  newUserKeys,
  openVault,
  sealUserKeys,
  sessionKey,
  type TeamKey,
  type UserKeys,
  wrapTeamKeyForMe,
} from './vault.ts'

const empty = Buffer.alloc(1)
const canary = 'Канарейка Canarybird'
let s: Scratch
let kit: Awaited<ReturnType<typeof makeKit>>
const [agency, team, worker, record] = [newId(), newId(), newId(), newId()]
const token = random(32).toString('base64url')
let keys: UserKeys

const insertPerson = async (db: pg.Pool, id: string, k: UserKeys, tok: string) => {
  await db.query(
    "insert into app.account (id, agency_id, login_hmac, profile, roles, state, public_x, created_day) values ($1, $2, $3, $4, '{case_worker}', 'active', $5, now())",
    [id, agency, random(32), empty, k.box.publicKey],
  )
  await db.query(
    "insert into app.session (id, user_id, token_hash, bundle, expires_at, idle_until) values ($1, $2, $3, $4, now() + interval '1 hour', now() + interval '1 hour')",
    [newId(), id, sha256(tok), sealUserKeys(sessionKey(tok), id, k)],
  )
}

/** Work as somebody, with a vault opened from the database, as the office does. */
const as = async <T>(pool: pg.Pool, id: string, k: UserKeys, tok: string, does: (w: Work) => Promise<T>): Promise<T> => {
  await ensureEpoch(pool, tok, Date.now())
  return asSession(pool, tok, async (tx: Tx) => {
    const vault = await openVault(
      tx,
      { id: newId(), userId: id, bundle: sealUserKeys(sessionKey(tok), id, k), keysVersion: 0 },
      tok,
      Date.now(),
    )
    return does({ tx, vault, now: new Date().toISOString() })
  })
}

beforeAll(async () => {
  s = await scratch()
  kit = await makeKit(3, 2)
  await s.owner.query('insert into app.installation (demo, recovery_public, audit_public, created_day) values (false, $1, $2, now())', [
    kit.recoveryPublic,
    empty,
  ])
  await s.owner.query("insert into app.agency (id, profile, size, session_hours) values ($1, $2, 'small', 12)", [agency, empty])
  await s.owner.query('insert into app.team (id, agency_id, intake, profile) values ($1, $2, true, $3)', [team, agency, empty])
  keys = newUserKeys()
  await insertPerson(s.owner, worker, keys, token)
  await s.owner.query("insert into app.member (user_id, team_id, function, confirmed_by) values ($1, $2, 'casework', $1)", [worker, team])
  for (const c of holds.casework) {
    const k: TeamKey = newTeamKey(team, c, 1)
    await s.owner.query('insert into app.team_key (team_id, compartment, version, public_x) values ($1, $2, 1, $3)', [
      team,
      compartmentNumber[c],
      k.box.publicKey,
    ])
    await s.owner.query(
      'insert into app.team_key_wrap (team_id, compartment, version, user_id, form, wrapped) values ($1, $2, 1, $3, 1, $4)',
      [team, compartmentNumber[c], worker, wrapTeamKeyForMe(keys, k)],
    )
  }
  await as(s.pool('staff_rw'), worker, keys, token, async w => {
    await w.tx.query('insert into app.person (id, home_group) values ($1, $2)', [record, team])
    await saveSealed(
      w,
      record,
      'person',
      team,
      { identity: { schema: 1, value: { name: canary } }, whereabouts: { schema: 1, value: { place: canary } } },
      true,
    )
    await append(w, {
      record,
      kind: 'person',
      homeGroup: team,
      type: 'person_added',
      command: newId(),
      parts: { identity: { schema: 1, value: { name: canary } } },
    })
  })
}, 60_000)
afterAll(() => s.end())

const joined = async (): Promise<BoxPair> => {
  const k = await joinKit([kit.shares[0]!.text, kit.shares[2]!.text], kit.recoveryPublic)
  if (!k.ok) throw new Error(k.error)
  return k
}

test('creating and opening a record costs no public-key operation', async () => {
  const pool = s.pool('staff_rw')
  await as(pool, worker, keys, token, async () => undefined)
  const before = publicKeyOps.count
  await as(pool, worker, keys, token, async w => {
    const id = newId()
    await w.tx.query('insert into app.person (id, home_group) values ($1, $2)', [id, team])
    await saveSealed(w, id, 'person', team, { identity: { schema: 1, value: { name: 'x' } } }, true)
    await append(w, {
      record: id,
      kind: 'person',
      homeGroup: team,
      type: 'person_added',
      command: newId(),
      parts: { identity: { schema: 1, value: {} } },
    })
    expect((await openSealed(w, [id, record], ['identity'])).size).toBe(2)
  })
  expect(publicKeyOps.count - before).toBe(0)
})

test('a person who holds no key of the team opens nothing', async () => {
  const [stranger, tok, k] = [newId(), random(32).toString('base64url'), newUserKeys()]
  await insertPerson(s.owner, stranger, k, tok)
  await s.owner.query("insert into app.member (user_id, team_id, function, confirmed_by) values ($1, $2, 'casework', $1)", [stranger, team])
  const seen = await as(s.pool('staff_rw'), stranger, k, tok, w => openSealed(w, [record], ['identity', 'whereabouts']))
  expect(seen.size).toBe(0)
})

test('the kit gives a team back to a person who holds nothing', async () => {
  const [fresh, tok, k] = [newId(), random(32).toString('base64url'), newUserKeys()]
  await insertPerson(s.owner, fresh, k, tok)
  await s.owner.query("update app.account set roles = '{case_worker}' where id = any ($1)", [[worker, fresh]])
  const matchKey = (await as(s.pool('staff_rw'), worker, keys, token, w => ensureMatchKey(w))).open.get(1)?.sym
  expect(matchKey).toHaveLength(32)
  const done = await recoverTeam({ connection: s.connection('postgres'), kit: await joined(), teamId: team, userId: fresh, fn: 'casework' })
  expect(done.lost).toBe(0)
  await as(s.pool('staff_rw'), fresh, k, tok, async w => {
    expect((await openSealed(w, [record], ['identity'])).get(record)?.identity?.value).toEqual({ name: canary })
    expect((await readJournal(w, record, ['identity']))[0]?.parts.identity?.value).toEqual({ name: canary })
    // And the search for people.
    expect((await ensureMatchKey(w)).open.get(1)?.sym).toEqual(matchKey)
  })
  // Whoever still held the old keys goes on as before.
  await as(s.pool('staff_rw'), worker, keys, token, async w => expect((await openSealed(w, [record], ['identity'])).size).toBe(1))
})

test('another kit gives nothing back', async () => {
  await expect(
    recoverTeam({ connection: s.connection('postgres'), kit: boxPair(), teamId: team, userId: worker, fn: 'casework' }),
  ).rejects.toThrow('box_not_for_us')
})

test('backup and kit make the installation again on a bare machine; nothing readable is in the files; every damage is seen before anything is written', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'dv-backup-'))
  const secret = random(32)
  try {
    const filesFolder = path.join(folder, 'live')
    const made = await writeBackup({
      connection: s.connection('backup_ro'),
      installSecret: secret,
      folder,
      filesFolder,
      version: '0',
      now: new Date(),
    })
    const pair = await joined()
    for (const f of readdirSync(folder)) {
      const bytes = readFileSync(path.join(folder, f))
      for (const word of canary.split(' ')) expect(bytes.includes(Buffer.from(word))).toBe(false)
      expect(bytes.includes(secret)).toBe(false)
    }
    expect(installSecretOf(await backupHeader(made.content), pair)).toEqual(secret)
    await expect(checkBackup(made.content, boxPair())).rejects.toThrow()

    const whole = readFileSync(made.content)
    const damaged = path.join(folder, 'damaged.dvb')
    const rounds = process.env.DOVERIE_LONG ? 100 : 25
    for (let i = 0; i < rounds; i++) {
      const b = i % 3 === 0 ? whole.subarray(0, 1 + Math.floor((whole.length - 1) * ((i + 0.5) / rounds))) : Buffer.from(whole)
      if (i % 3 !== 0) b[Math.floor((whole.length * (i + 0.37)) / rounds)]! ^= 1 << (i % 8)
      writeFileSync(damaged, b)
      await expect(checkBackup(damaged, pair), `damage ${i}`).rejects.toThrow()
    }

    const bare = await scratch()
    try {
      cpSync(made.content, path.join(folder, 'copy.dvb'))
      const manifest = await loadBackup({
        connection: bare.connection('postgres'),
        content: path.join(folder, 'copy.dvb'),
        keys: made.keys,
        kit: pair,
      })
      for (const [table, t] of Object.entries(manifest.tables)) {
        expect((await bare.owner.query<{ n: number }>(`select count(*)::int as n from app."${table}"`)).rows[0]!.n, table).toBe(t.rows)
      }
      // Sessions are in no backup: the person signs in anew, here by a session made from the same keys.
      await bare.owner.query(
        "insert into app.session (id, user_id, token_hash, bundle, expires_at, idle_until) values ($1, $2, $3, $4, now() + interval '1 hour', now() + interval '1 hour')",
        [newId(), worker, sha256(token), sealUserKeys(sessionKey(token), worker, keys)],
      )
      const seen = await as(bare.pool('staff_rw'), worker, keys, token, w => openSealed(w, [record], ['identity', 'whereabouts']))
      expect(seen.get(record)?.whereabouts?.value).toEqual({ place: canary })
      await expect(
        loadBackup({ connection: bare.connection('postgres'), content: made.content, keys: made.keys, kit: pair }),
      ).rejects.toThrow('database_not_empty')
    } finally {
      await bare.end()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}, 120_000)
