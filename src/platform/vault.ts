import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import type { Id } from '../base/id.ts'
import { type Compartment, compartmentNumber, compartmentOf } from '../base/people.ts'
import {
  type BoxPair,
  boxOpen,
  boxPair,
  boxSeal,
  hkdf,
  newKey,
  openPlain,
  type Place,
  type SignPair,
  sealBytes,
  signPair,
} from './crypto.ts'
import { asSession, type Tx } from './db.ts'

/** A person's private keys, 96 bytes: X25519 secret, Ed25519 seed, one symmetric key. In memory only while their session is open. */
export interface UserKeys {
  readonly box: BoxPair
  readonly edSeed: Buffer
  readonly sym: Buffer
}

export const newUserKeys = (): UserKeys => ({ box: boxPair(), edSeed: newKey(), sym: newKey() })
/** The 96 bytes to be sealed; the public half rides along (128 bytes) so that opening a session costs no public-key operation. */
export const packUserKeys = (k: UserKeys): Buffer => Buffer.concat([k.box.secretKey, k.edSeed, k.sym, k.box.publicKey])
export const unpackUserKeys = (b: Buffer): UserKeys => ({
  box: { secretKey: b.subarray(0, 32), publicKey: b.subarray(96, 128) },
  edSeed: b.subarray(32, 64),
  sym: b.subarray(64, 96),
})
export const signingPair = (k: UserKeys): SignPair => signPair(k.edSeed)

const bundlePlace = (userId: Id): Place => ({ table: 'account', row: userId, compartment: 0 })
/** Seals a person's keys under a wrapping key (from a password, a recovery code, a passkey's PRF or a session token). */
export const sealUserKeys = (wrapping: Buffer, userId: Id, k: UserKeys): Buffer =>
  sealBytes(wrapping, bundlePlace(userId), 1, packUserKeys(k))
export const openUserKeys = (wrapping: Buffer, userId: Id, sealed: Uint8Array): UserKeys =>
  unpackUserKeys(openPlain(wrapping, bundlePlace(userId), sealed))
/** The key that seals a session's copy: only the holder of the cookie can make it. */
export const sessionKey = (token: string): Buffer => hkdf(Buffer.from(token), 'doverie/session-keys')

/** T(team, compartment, version): one symmetric key and an X25519 pair. */
export interface TeamKey {
  readonly teamId: Id
  readonly compartment: Compartment
  readonly version: number
  readonly current: boolean
  readonly sym: Buffer
  readonly box: BoxPair
}

export const newTeamKey = (teamId: Id, compartment: Compartment, version: number): TeamKey => ({
  teamId,
  compartment,
  version,
  current: true,
  sym: newKey(),
  box: boxPair(),
})
export const packTeamKey = (k: TeamKey): Buffer => Buffer.concat([k.sym, k.box.secretKey, k.box.publicKey])
const unpackTeamKey = (b: Buffer) => ({ sym: b.subarray(0, 32), box: { secretKey: b.subarray(32, 64), publicKey: b.subarray(64, 96) } })

const teamWrapPlace = (teamId: Id, compartment: number, version: number): Place => ({
  table: 'team_key_wrap',
  row: `${teamId}/${version}`,
  compartment,
})

/** The wrap of a team key for its holder, under the holder's own symmetric key (form 1). */
export const wrapTeamKeyForMe = (keys: UserKeys, k: TeamKey): Buffer =>
  sealBytes(keys.sym, teamWrapPlace(k.teamId, compartmentNumber[k.compartment], k.version), 1, packTeamKey(k))
/** The wrap of a team key for somebody else: a sealed box (form 0), re-wrapped by them at their next unlock. */
export const wrapTeamKeyFor = (publicX: Uint8Array, k: TeamKey): Buffer => boxSeal(publicX, packTeamKey(k))

interface WrapRow {
  team_id: Id
  compartment: number
  version: number
  form: number
  wrapped: Buffer
  current: boolean
}

/** What one session has unlocked. Request code never sees more than this; nothing here is written anywhere. */
export interface Vault {
  readonly userId: Id
  readonly keys: UserKeys
  /** The current T(team, compartment), if this person holds it. */
  teamKey(teamId: Id, compartment: Compartment, version?: number): TeamKey | undefined
  /** Every team key held, old versions too. */
  teamKeys(): readonly TeamKey[]
}

interface Cached {
  readonly keysVersion: number
  readonly team: Map<string, TeamKey>
  readonly list: TeamKey[]
  readonly keys: UserKeys
  used: number
}
const cache = new Map<Id, Cached>()

const listeners: ((sessionId: Id) => void)[] = []
/** Whoever keeps something that an unlocked session made (such as a name index) forgets it together with the keys. */
export const whenForgotten = (forget: (sessionId: Id) => void): void => {
  if (!listeners.includes(forget)) listeners.push(forget)
}

/** Forgets what a session unlocked. Called on sign-out, lock and revocation; a session idle for 16 minutes is forgotten by `sweepVaults`. */
export const forgetVault = (sessionId: Id): void => {
  cache.delete(sessionId)
  for (const forget of listeners) forget(sessionId)
}
/** Drops vaults not used for 16 minutes; returns how many are still open. `now` in ms. */
export const sweepVaults = (now: number): number => {
  for (const [id, c] of cache) if (now - c.used > 16 * 60_000) forgetVault(id)
  return cache.size
}

/**
 * Opens what a live session holds. The cache is per process and keyed by the session and the person's keys_version, which rises with every change of their wraps;
 * the session row itself is read on every request, so revoking takes effect at once. Form 0 wraps are re-wrapped here (the only public-key work, once).
 */
export const openVault = async (
  tx: Tx,
  session: { id: Id; userId: Id; bundle: Uint8Array; keysVersion: number },
  token: string,
  now: number,
): Promise<Vault> => {
  let c = cache.get(session.id)
  if (!c || c.keysVersion !== session.keysVersion) {
    const keys = openUserKeys(sessionKey(token), session.userId, session.bundle)
    const { rows } = await tx.query<WrapRow>(
      `select w.team_id, w.compartment, w.version, w.form, w.wrapped, k.retired_at is null as current
         from app.team_key_wrap w join app.team_key k using (team_id, compartment, version) where w.user_id = $1 and now() < w.until`,
      [session.userId],
    )
    const team = new Map<string, TeamKey>()
    const list: TeamKey[] = []
    for (const r of rows) {
      const place = teamWrapPlace(r.team_id, r.compartment, r.version)
      const plain = r.form === 1 ? openPlain(keys.sym, place, r.wrapped) : boxOpen(keys.box, r.wrapped)
      const k: TeamKey = {
        teamId: r.team_id,
        compartment: compartmentOf(r.compartment),
        version: r.version,
        current: r.current,
        ...unpackTeamKey(plain),
      }
      if (r.form === 0) {
        await tx.query(
          'update app.team_key_wrap set form = 1, wrapped = $5 where team_id = $1 and compartment = $2 and version = $3 and user_id = $4',
          [r.team_id, r.compartment, r.version, session.userId, wrapTeamKeyForMe(keys, k)],
        )
      }
      list.push(k)
      team.set(`${k.teamId}:${k.compartment}:${k.version}`, k)
      if (k.current) team.set(`${k.teamId}:${k.compartment}`, k)
    }
    c = { keysVersion: session.keysVersion, team, list, keys, used: now }
    cache.set(session.id, c)
  }
  c.used = now
  const open = c
  return {
    userId: session.userId,
    keys: open.keys,
    teamKey: (t, comp, version) => open.team.get(version === undefined ? `${t}:${comp}` : `${t}:${comp}:${version}`),
    teamKeys: () => open.list,
  }
}

// ---------------------------------------------------------------- recovery epoch
interface Epoch {
  readonly id: Id
  readonly key: Buffer
  readonly madeAt: number
}
let epoch: Epoch | undefined

/** Wipes the recovery epoch key; called when the last open session of this process has gone. */
export const wipeEpoch = (): void => {
  epoch?.key.fill(0)
  epoch = undefined
}

/**
 * The recovery epoch key of this process, made new when a day old; sealed once to the offline recovery key (one public-key operation a day).
 * Written in a transaction of its own: were it part of a command that fails, later wraps would hang on an epoch that nobody can recover.
 */
export const ensureEpoch = async (pool: pg.Pool, token: string, now: number): Promise<Epoch> => {
  if (epoch && now - epoch.madeAt < 24 * 3600_000) return epoch
  const next: Epoch = { id: randomUUID(), key: newKey(), madeAt: now }
  await asSession(pool, token, async tx => {
    const { rows } = await tx.query<{ recovery_public: Buffer }>('select recovery_public from app.installation')
    const recovery = rows[0]?.recovery_public
    if (!recovery) throw new Error('no recovery key: the installation was never initialised')
    await tx.query('insert into app.recovery_epoch (id, sealed) values ($1, $2)', [next.id, boxSeal(recovery, next.key)])
  })
  epoch = next
  return next
}
/** The open epoch; throws when no session has opened one. */
export const currentEpoch = (): Epoch => {
  if (!epoch) throw new Error('no recovery epoch is open')
  return epoch
}
