import type { Id } from '../base/id.ts'
import { type Compartment, compartmentNumber, compartmentOf } from '../base/people.ts'
import { boxOpen, boxPair, boxSeal, openPlain, type Place, sealBytes } from '../platform/crypto.ts'
import type { Work } from '../platform/records.ts'
import { packTeamKey, type TeamKey } from '../platform/vault.ts'

interface Row {
  record: Id
  dek_version: number
  form: number
  wrapped: Buffer
}
interface RotationRow {
  team_id: Id
  compartment: number
  from_version: number
  to_version: number
  made: boolean
  waiting: string
}
const wrapPlace = (record: Id, compartment: number, dekVersion: number): Place => ({
  table: 'key_wrap',
  row: `${record}/${dekVersion}`,
  compartment,
})

const reseal = (r: Row, compartment: number, from: TeamKey, to: TeamKey): Buffer => {
  const place = wrapPlace(r.record, compartment, r.dek_version)
  const key = r.form === 1 ? openPlain(from.sym, place, r.wrapped) : boxOpen(from.box, r.wrapped)
  return sealBytes(to.sym, place, 1, key)
}

/**
 * Re-wraps records' keys from a team key that a leaver held to the new version, symmetrically, at most `limit` of them; each batch stands by itself, so an
 * interruption loses nothing and the next session goes on. Old versions are deleted when nothing hangs on them. Returns what was done and what still waits.
 */
export const continueRotation = async (w: Work, limit: number): Promise<{ done: number; waiting: number }> => {
  let done = 0
  let waiting = 0
  const { rows } = await w.tx.query<RotationRow>('select * from app.rotations_mine()')
  for (const r of rows) {
    const c = compartmentOf(r.compartment)
    const from = w.vault.teamKey(r.team_id, c, r.from_version)
    const to = w.vault.teamKey(r.team_id, c, r.to_version)
    let left = Number(r.waiting)
    if (from && to && left > 0 && done < limit) {
      const batch = (
        await w.tx.query<Row>('select record, dek_version, form, wrapped from app.rotation_batch($1, $2, $3, $4)', [
          r.team_id,
          r.compartment,
          r.from_version,
          limit - done,
        ])
      ).rows
      const { rows: put } = await w.tx.query<{ n: number }>(
        'select app.rotation_put($1, $2, $3, $4, $5::uuid[], $6::smallint[], $7::bytea[]) as n',
        [
          r.team_id,
          r.compartment,
          r.from_version,
          r.to_version,
          batch.map(b => b.record),
          batch.map(b => b.dek_version),
          batch.map(b => reseal(b, r.compartment, from, to)),
        ],
      )
      done += put[0]?.n ?? 0
      left -= put[0]?.n ?? 0
    }
    if (from && to && left === 0) await w.tx.query('select app.rotation_finish($1, $2, $3)', [r.team_id, r.compartment, r.from_version])
    waiting += left
  }
  return { done, waiting }
}

const glassPlace = (agencyId: Id, version: number): Place => ({ table: 'break_glass_key', row: `${agencyId}/${version}`, compartment: 0 })
const glassCompartments: readonly Compartment[] = ['identity', 'whereabouts']

/** The break-glass keys of the agency that this person holds: version → X25519 pair. Boxes are re-wrapped under the own symmetric key at the first opening. */
export const openGlass = async (w: Work, agencyId: Id): Promise<Map<number, { publicKey: Buffer; secretKey: Buffer }>> => {
  const out = new Map<number, { publicKey: Buffer; secretKey: Buffer }>()
  const { rows } = await w.tx.query<{ version: number; form: number; wrapped: Buffer }>(
    'select version, form, wrapped from app.break_glass_key where user_id = $1 and agency_id = $2',
    [w.vault.userId, agencyId],
  )
  for (const r of rows) {
    const bytes =
      r.form === 1 ? openPlain(w.vault.keys.sym, glassPlace(agencyId, r.version), r.wrapped) : boxOpen(w.vault.keys.box, r.wrapped)
    if (r.form === 0) {
      await w.tx.query('update app.break_glass_key set form = 1, wrapped = $4 where agency_id = $1 and version = $2 and user_id = $3', [
        agencyId,
        r.version,
        w.vault.userId,
        sealBytes(w.vault.keys.sym, glassPlace(agencyId, r.version), 1, bytes),
      ])
    }
    out.set(r.version, { secretKey: bytes.subarray(0, 32), publicKey: bytes.subarray(32, 64) })
  }
  return out
}

/**
 * Keeps the break-glass key up to date, at each sign-in and unlock: a confirmed supervisor or duty specialist makes it when there is none (or a holder has left),
 * a holder seals it to the others, and whoever holds a team's identity or whereabouts key deposits it. `may`: this person is one of those it is for.
 */
export const ensureGlass = async (w: Work, agencyId: Id, may: boolean): Promise<void> => {
  const [{ rows: versions }, { rows: there }] = await Promise.all([
    w.tx.query<{ version: number; public_x: Buffer; retired: boolean }>(
      'select version, public_x, retired_at is not null as retired from app.break_glass_public where agency_id = $1 order by version',
      [agencyId],
    ),
    w.tx.query<{ glass_version: number; team_id: Id; compartment: number; version: number }>(
      'select glass_version, team_id, compartment, version from app.break_glass_team_key where agency_id = $1',
      [agencyId],
    ),
  ])
  let current = versions.find(v => !v.retired)
  if (!current && may) {
    const pair = boxPair()
    const version = Math.max(0, ...versions.map(v => v.version)) + 1
    const bytes = Buffer.concat([pair.secretKey, pair.publicKey])
    const { rows } = await w.tx.query<{ ok: boolean }>('select app.glass_make($1, $2, $3) as ok', [
      version,
      pair.publicKey,
      sealBytes(w.vault.keys.sym, glassPlace(agencyId, version), 1, bytes),
    ])
    if (rows[0]?.ok) current = { version, public_x: pair.publicKey, retired: false }
  }
  if (!current) return
  const held = may ? (await openGlass(w, agencyId)).get(current.version) : undefined
  if (held) {
    const { rows: missing } = await w.tx.query<{ user_id: Id; public_x: Buffer }>('select user_id, public_x from app.glass_missing($1)', [
      current.version,
    ])
    const bytes = Buffer.concat([held.secretKey, held.publicKey])
    if (missing.length > 0)
      await w.tx.query('select app.glass_seal($1, $2::uuid[], $3::bytea[])', [
        current.version,
        missing.map(m => m.user_id),
        missing.map(m => boxSeal(m.public_x, bytes)),
      ])
  }
  const have = new Set(there.filter(t => t.glass_version === current.version).map(t => `${t.team_id}:${t.compartment}:${t.version}`))
  for (const k of w.vault.teamKeys()) {
    if (
      !k.current ||
      !glassCompartments.includes(k.compartment) ||
      have.has(`${k.teamId}:${compartmentNumber[k.compartment]}:${k.version}`)
    )
      continue
    await w.tx.query('select app.glass_deposit($1, $2, $3, $4, $5)', [
      current.version,
      k.teamId,
      compartmentNumber[k.compartment],
      k.version,
      boxSeal(current.public_x, packTeamKey(k)),
    ])
  }
}

/** Team keys behind the glass: identity and whereabouts of every team of the agency, as far as deposited. For break-glass only; the caller audits and alerts. */
export const glassTeamKeys = async (
  w: Work,
  agencyId: Id,
  teamId: Id,
): Promise<readonly { compartment: Compartment; version: number; sym: Buffer; box: { secretKey: Buffer; publicKey: Buffer } }[]> => {
  const pairs = await openGlass(w, agencyId)
  const { rows } = await w.tx.query<{ glass_version: number; compartment: number; version: number; wrapped: Buffer }>(
    'select glass_version, compartment, version, wrapped from app.break_glass_team_key where agency_id = $1 and team_id = $2 order by glass_version, version',
    [agencyId, teamId],
  )
  return rows.flatMap(r => {
    const pair = pairs.get(r.glass_version)
    if (!pair) return []
    const b = boxOpen(pair, r.wrapped)
    return [
      {
        compartment: compartmentOf(r.compartment),
        version: r.version,
        sym: b.subarray(0, 32),
        box: { secretKey: b.subarray(32, 64), publicKey: b.subarray(64, 96) },
      },
    ]
  })
}
