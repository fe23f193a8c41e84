import type { Id } from '../base/id.ts'
import { type Compartment, compartmentNumber, compartmentOf, compartments, holds, type TeamFunction } from '../base/people.ts'
import type { Work } from '../platform/records.ts'
import { newTeamKey, type TeamKey, wrapTeamKeyFor, wrapTeamKeyForMe } from '../platform/vault.ts'

/** A membership that waits until a colleague who holds the keys has confirmed it. */
export interface Waiting {
  readonly userId: Id
  readonly teamId: Id
  readonly fn: TeamFunction
}

const mine = async (w: Work) =>
  (
    await w.tx.query<{ team_id: Id; function: TeamFunction; confirmed_by: Id | null }>(
      'select team_id, function, confirmed_by from app.member where user_id = $1 and now() < until',
      [w.vault.userId],
    )
  ).rows

/**
 * At each sign-in and unlock: makes the team keys that nobody has made yet and that this person's functions hold, and confirms the first member of a function.
 * Existing keys are never touched: who does not hold them waits. Returns what still waits. The new keys are in the vault from the next request on.
 */
export const ensureTeamKeys = async (w: Work): Promise<readonly Waiting[]> => {
  const members = await mine(w)
  if (members.length === 0) return []
  const { rows } = await w.tx.query<{ team_id: Id; compartment: number }>(
    'select distinct team_id, compartment from app.team_key where team_id = any ($1::uuid[])',
    [[...new Set(members.map(m => m.team_id))]],
  )
  const made = new Set(rows.map(r => `${r.team_id}:${r.compartment}`))
  for (const m of members) {
    for (const c of holds[m.function]) {
      const slot = `${m.team_id}:${compartmentNumber[c]}`
      if (made.has(slot)) continue
      const k = newTeamKey(m.team_id, c, 1)
      await w.tx.query('select app.team_key_make($1, $2, $3, $4)', [
        m.team_id,
        compartmentNumber[c],
        k.box.publicKey,
        wrapTeamKeyForMe(w.vault.keys, k),
      ])
      made.add(slot)
    }
  }
  const waiting: Waiting[] = []
  for (const m of members) {
    if (m.confirmed_by) continue
    const { rows: first } = await w.tx.query<{ done: boolean }>('select app.member_first($1, $2) as done', [m.team_id, m.function])
    if (!first[0]?.done) waiting.push({ userId: w.vault.userId, teamId: m.team_id, fn: m.function })
  }
  return waiting
}

/** What of the own memberships waits, and for whom: a colleague of the team, a second person of the agency ('second'), or only the next sign-in ('free'). */
export const myBeginnings = async (w: Work): Promise<readonly (Waiting & { readonly begins: 'colleague' | 'second' | 'free' })[]> => {
  const { rows } = await w.tx.query<{ team_id: Id; function: TeamFunction; begins: 'colleague' | 'second' | 'free' }>(
    'select team_id, function, begins from app.my_beginnings()',
  )
  return rows.map(r => ({ userId: w.vault.userId, teamId: r.team_id, fn: r.function, begins: r.begins }))
}

/** What of the own memberships still waits for a colleague. */
export const myWaiting = async (w: Work): Promise<readonly Waiting[]> =>
  (await mine(w)).filter(m => !m.confirmed_by).map(m => ({ userId: w.vault.userId, teamId: m.team_id, fn: m.function }))

/** Colleagues whose membership this person can help to confirm: same team, keys made, and at least one of the missing keys is held here. */
export const canConfirm = async (w: Work): Promise<readonly Waiting[]> => {
  const { rows } = await w.tx.query<{ user_id: Id; team_id: Id; function: TeamFunction }>(
    `select m.user_id, m.team_id, m.function from app.member m join app.account a on a.id = m.user_id
      where m.confirmed_by is null and now() < m.until and m.user_id <> $1 and a.public_x is not null and a.state = 'active' and m.team_id = any ((select app.my_teams())::uuid[])`,
    [w.vault.userId],
  )
  return rows
    .filter(r => holds[r.function].length === 0 || holds[r.function].some(c => w.vault.teamKey(r.team_id, c)))
    .map(r => ({ userId: r.user_id, teamId: r.team_id, fn: r.function }))
}

/**
 * Confirms a colleague in a function and seals to them the keys of that function which this person holds, old versions too. 'confirmed' when they now hold
 * all of them; 'partly' when somebody who holds the rest must do the same; 'unknown' when there is no such waiting person with keys.
 */
export const confirmMember = async (w: Work, userId: Id, teamId: Id, fn: TeamFunction): Promise<'confirmed' | 'partly' | 'unknown'> => {
  const [person, has] = await Promise.all([
    w.tx.query<{ public_x: Buffer | null }>(
      "select a.public_x from app.account a join app.member m on m.user_id = a.id where a.id = $1 and a.state = 'active' and m.team_id = $2 and m.function = $3 and now() < m.until",
      [userId, teamId, fn],
    ),
    w.tx.query<{ compartment: number; version: number }>(
      'select compartment, version from app.team_key_wrap where user_id = $1 and team_id = $2',
      [userId, teamId],
    ),
  ])
  const publicX = person.rows[0]?.public_x
  if (!publicX || userId === w.vault.userId) return 'unknown'
  const there = new Set(has.rows.map(r => `${r.compartment}:${r.version}`))
  const give = w.vault
    .teamKeys()
    .filter(k => k.teamId === teamId && holds[fn].includes(k.compartment) && !there.has(`${compartmentNumber[k.compartment]}:${k.version}`))
  const { rows } = await w.tx.query<{ done: boolean }>(
    'select app.member_seal($1, $2, $3, $4::smallint[], $5::int[], $6::bytea[]) as done',
    [
      userId,
      teamId,
      fn,
      give.map(k => compartmentNumber[k.compartment]),
      give.map(k => k.version),
      give.map(k => wrapTeamKeyFor(publicX, k)),
    ],
  )
  return rows[0]?.done ? 'confirmed' : 'partly'
}

interface RotationRow {
  team_id: Id
  compartment: number
  from_version: number
  to_version: number
  made: boolean
  waiting: string
}
const rotations = async (w: Work) => (await w.tx.query<RotationRow>('select * from app.rotations_mine()')).rows

/** How many wraps still hang on a key that somebody who left once held, among the keys that this person holds. */
export const rotationWaiting = async (w: Work): Promise<number> => (await rotations(w)).reduce((n, r) => n + Number(r.waiting), 0)

/** Makes the new version of every team key that a leaver held and this person holds, sealed to the other holders. Returns how many were made; they are in the vault from the next request on. */
export const startRotation = async (w: Work): Promise<number> => {
  let n = 0
  for (const r of await rotations(w)) {
    if (r.made) continue
    const c = compartmentOf(r.compartment)
    const { rows } = await w.tx.query<{ user_id: Id; public_x: Buffer }>('select user_id, public_x from app.team_key_holders($1, $2)', [
      r.team_id,
      r.compartment,
    ])
    const others = rows.filter(o => o.user_id !== w.vault.userId)
    const next = newTeamKey(r.team_id, c, r.to_version)
    const { rows: done } = await w.tx.query<{ ok: boolean }>(
      'select app.team_key_rotate($1, $2, $3, $4, $5, $6::uuid[], $7::bytea[]) as ok',
      [
        r.team_id,
        r.compartment,
        r.to_version,
        next.box.publicKey,
        wrapTeamKeyForMe(w.vault.keys, next),
        others.map(o => o.user_id),
        others.map(o => wrapTeamKeyFor(o.public_x, next)),
      ],
    )
    if (done[0]?.ok) n++
  }
  return n
}

/** Every team key of a team that this person holds in its current version. */
export const heldCompartments = (w: Work, teamId: Id): readonly Compartment[] => compartments.filter(c => w.vault.teamKey(teamId, c))
export type { TeamKey }
