import type { Id } from '../base/id.ts'
import { compartmentNumber } from '../base/people.ts'
import { type BoxPair, boxOpen, boxPair, boxSeal, newKey, openPlain, type Place, sealBytes } from './crypto.ts'
import type { Tx } from './db.ts'
import { unlessSealed, type Work } from './records.keys.ts'
import type { TeamKey, UserKeys } from './vault.ts'

/* The match key of the installation: what searches for people compare is sealed under it. Whoever holds a team's identity key, and searches at all, can open it. */

export interface MatchKey {
  readonly version: number
  readonly sym: Buffer
  readonly box: BoxPair
}
export interface MatchKeys {
  /** To whom new values are sealed; undefined before anybody who may search has signed in. */
  readonly current: { readonly version: number; readonly publicX: Buffer } | undefined
  /** What this session can open, by version. */
  readonly open: ReadonlyMap<number, MatchKey>
}

export const packMatchKey = (k: MatchKey): Buffer => Buffer.concat([k.sym, k.box.secretKey, k.box.publicKey])
export const unpackMatchKey = (version: number, b: Buffer): MatchKey => ({
  version,
  sym: b.subarray(0, 32),
  box: { secretKey: b.subarray(32, 64), publicKey: b.subarray(64, 96) },
})
export const matchWrapPlace = (team: Id, teamVersion: number, version: number): Place => ({
  table: 'match_key_wrap',
  row: `${team}/${teamVersion}/${version}`,
  compartment: compartmentNumber.identity,
})

/** By what the vault holds: forgotten with it, and asked anew when somebody's keys change. */
const known = new WeakMap<UserKeys, MatchKeys>()
/** Transactions that made the key themselves: until they are committed nothing of it is remembered, or what is sealed later would hang on a key that was rolled back. */
const making = new WeakMap<Tx, MatchKeys>()

const isMatchKey = (k: MatchKey, publicX: Buffer): boolean =>
  k.box.secretKey.length === 32 && k.box.publicKey.equals(publicX) && boxPair(k.box.secretKey).publicKey.equals(publicX)

interface Row {
  version: number
  public_x: Buffer
  retired: boolean
  team_id: Id | null
  team_version: number
  form: number
  wrapped: Buffer
}
const read = async (w: Work): Promise<MatchKeys> => {
  const { rows } = await w.tx.query<Row>('select * from app.match_keys()')
  const open = new Map<number, MatchKey>()
  let current: MatchKeys['current']
  const again: { team: TeamKey; key: MatchKey }[] = []
  const spoilt: { team: TeamKey; version: number }[] = []
  for (const r of rows) {
    if (!r.retired) current = { version: r.version, publicX: r.public_x }
    const team = r.team_id === null ? undefined : w.vault.teamKey(r.team_id, 'identity', r.team_version)
    if (!team || open.has(r.version)) continue
    let bytes: Buffer | undefined
    try {
      bytes =
        r.form === 1 ? openPlain(team.sym, matchWrapPlace(team.teamId, team.version, r.version), r.wrapped) : boxOpen(team.box, r.wrapped)
    } catch (e) {
      // A spoilt wrap is none: another team's may open.
      unlessSealed(e)
    }
    const key = bytes && unpackMatchKey(r.version, bytes)
    // A box may be made by anybody: one that does not hold the secret of this key would have us seal names to whoever made it.
    if (!key || !isMatchKey(key, r.public_x)) {
      spoilt.push({ team, version: r.version })
      continue
    }
    open.set(r.version, key)
    if (r.form === 0) again.push({ team, key })
  }
  for (const { team, version } of spoilt) {
    const key = open.get(version)
    if (key) again.push({ team, key })
  }
  for (const { team, key } of again)
    await putWraps(w, key.version, 1, [{ team: team.teamId, version: team.version, wrapped: wrap(team, key) }])
  return { current, open }
}
const wrap = (team: TeamKey, key: MatchKey) =>
  sealBytes(team.sym, matchWrapPlace(team.teamId, team.version, key.version), 1, packMatchKey(key))
const putWraps = (w: Work, key: number, form: 0 | 1, list: readonly { team: Id; version: number; wrapped: Buffer }[]) =>
  w.tx.query('select app.match_key_put($1, $2::uuid[], $3::int[], $4, $5::bytea[])', [
    key,
    list.map(l => l.team),
    list.map(l => l.version),
    form,
    list.map(l => l.wrapped),
  ])

/** The match key as far as this session holds it; one statement, and none once the session has opened it. */
export const matchKeysOf = async (w: Work): Promise<MatchKeys> => {
  const before = making.get(w.tx) ?? known.get(w.vault.keys)
  if (before) return before
  const keys = await read(w)
  if (keys.current && keys.open.has(keys.current.version)) known.set(w.vault.keys, keys)
  return keys
}

/**
 * The match key, made in the caller's transaction if nobody has made it yet and this session may search.
 */
export const ensureMatchKey = async (w: Work): Promise<MatchKeys> => {
  const before = await matchKeysOf(w)
  if (before.current || !w.vault.teamKeys().some(k => k.compartment === 'identity' && k.current)) return before
  const key: MatchKey = { version: 1, sym: newKey(), box: boxPair() }
  const { rows } = await w.tx.query<{ recovery_public: Buffer }>('select recovery_public from app.installation')
  const recovery = rows[0]?.recovery_public
  if (!recovery) return before
  const { rows: made } = await w.tx.query<{ ok: boolean }>('select app.match_key_make($1, $2, $3) as ok', [
    key.version,
    key.box.publicKey,
    boxSeal(recovery, packMatchKey(key)),
  ])
  // Another session was faster, or this one may not search.
  if (!made[0]?.ok) return read(w)
  await giveMatchKey(w, key)
  const keys: MatchKeys = { current: { version: key.version, publicX: key.box.publicKey }, open: new Map([[key.version, key]]) }
  making.set(w.tx, keys)
  return keys
}

/** Seals the match key to every team at work that has none yet: under the team's key where this session holds it, else as a box that a member wraps again. */
export const giveMatchKey = async (w: Work, key: MatchKey): Promise<void> => {
  const { rows } = await w.tx.query<{ team_id: Id; team_version: number; public_x: Buffer }>('select * from app.match_key_missing()')
  const own = rows.flatMap(r => {
    const team = w.vault.teamKey(r.team_id, 'identity', r.team_version)
    return team ? [{ team: r.team_id, version: r.team_version, wrapped: wrap(team, key) }] : []
  })
  const others = rows
    .filter(r => !own.some(o => o.team === r.team_id))
    .map(r => ({ team: r.team_id, version: r.team_version, wrapped: boxSeal(r.public_x, packMatchKey(key)) }))
  if (own.length > 0) await putWraps(w, key.version, 1, own)
  if (others.length > 0) await putWraps(w, key.version, 0, others)
}
