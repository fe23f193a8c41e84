import type { Id } from '../base/id.ts'
import { type Compartment, compartmentNumber, compartmentOf } from '../base/people.ts'
import type { Stamp } from '../base/time.ts'
import { boxOpen, boxSeal, newKey, openPlain, type Place, SealError, sealBytes } from './crypto.ts'
import type { Tx } from './db.ts'
import { currentEpoch, type Vault } from './vault.ts'

/* The keys of records: made at the first write, wrapped under the team's key and the day's recovery key, opened for one unit of work. */

/** Everything a store needs to read and write sealed records as somebody. */
export interface Work {
  readonly tx: Tx
  readonly vault: Vault
  readonly now: Stamp
}

export type RecordKind = 'contact' | 'person' | 'case' | 'trace' | 'register' | 'session' | 'account' | 'team' | 'installation'

/** A value to be sealed, with the schema version that `schema.ts` gives it. */
export interface Sealing {
  readonly schema: number
  readonly value: unknown
}
export type Sealings = Partial<Record<Compartment, Sealing>>
/** A value that was opened. */
export interface Opened {
  readonly schema: number
  readonly value: unknown
}
export type OpenedRecord = Partial<Record<Compartment, Opened>>

interface Dek {
  readonly key: Buffer
  readonly version: number
  readonly homeGroup: Id
}
interface WrapRow {
  record: Id
  compartment: number
  dek_version: number
  holder: string
  holder_id: Id
  holder_version: number
  form: number
  wrapped: Buffer
  home_group: Id
}

const wrapPlace = (record: Id, compartment: number, dekVersion: number): Place => ({
  table: 'key_wrap',
  row: `${record}/${dekVersion}`,
  compartment,
})
export const valuePlace = (record: Id, compartment: number): Place => ({ table: 'sealed', row: record, compartment })
export const partPlace = (record: Id, command: Id, compartment: number): Place => ({
  table: 'journal_part',
  row: `${record}/${command}`,
  compartment,
})

/** Compartment keys opened in this unit of work; keyed by the vault so that nothing outlives the request. */
const opened = new WeakMap<Tx, Map<string, Dek>>()
export const deks = (w: Work): Map<string, Dek> => {
  let m = opened.get(w.tx)
  if (!m) {
    m = new Map()
    opened.set(w.tx, m)
  }
  return m
}
/** A pooled client serves many transactions: forget the keys of the last one. Called by the app at the end of each. */
export const forgetDeks = (tx: Tx): void => {
  opened.delete(tx)
}
export const slot = (record: Id, c: number) => `${record}:${c}`

const unwrap = async (w: Work, r: WrapRow): Promise<Buffer | undefined> => {
  const compartment = compartmentOf(r.compartment)
  if (r.holder === 'team') {
    const t = w.vault.teamKey(r.holder_id, compartment, r.holder_version)
    if (!t) return undefined
    if (r.form === 1) return openPlain(t.sym, wrapPlace(r.record, r.compartment, r.dek_version), r.wrapped)
    // Arrived as a sealed box (public report, or a writer without the key): re-wrap now, with the epoch wrap that the sender could not make.
    const key = boxOpen(t.box, r.wrapped)
    await insertWraps(
      w,
      [{ record: r.record, kind: undefined, compartment: r.compartment, homeGroup: r.home_group, version: r.dek_version, key, team: t }],
      true,
    )
    return key
  }
  if (r.holder === 'user' && r.holder_id === w.vault.userId) {
    if (r.form === 1) return openPlain(w.vault.keys.sym, wrapPlace(r.record, r.compartment, r.dek_version), r.wrapped)
    const key = boxOpen(w.vault.keys.box, r.wrapped)
    await w.tx.query(
      "update app.key_wrap set form = 1, wrapped = $5 where record = $1 and compartment = $2 and dek_version = $3 and holder = 'user' and holder_id = $4",
      [
        r.record,
        r.compartment,
        r.dek_version,
        r.holder_id,
        sealBytes(w.vault.keys.sym, wrapPlace(r.record, r.compartment, r.dek_version), 1, key),
      ],
    )
    return key
  }
  return undefined
}

interface NewWrap {
  record: Id
  kind: RecordKind | undefined
  compartment: number
  homeGroup: Id
  version: number
  key: Buffer
  team: { teamId: Id; version: number; sym: Buffer } | undefined
  teamPublic?: { teamId: Id; version: number; publicX: Buffer }
}

/** Two symmetric wraps for each key: under T and under the recovery epoch key. A writer who holds no T wraps to its public half. */
const insertWraps = async (w: Work, list: readonly NewWrap[], replace = false): Promise<void> => {
  const epoch = currentEpoch()
  const cols: [Id[], string[], number[], Id[], number[], string[], Id[], number[], number[], Buffer[]] = [
    [],
    [],
    [],
    [],
    [],
    [],
    [],
    [],
    [],
    [],
  ]
  const add = (n: NewWrap, holder: string, holderId: Id, holderVersion: number, form: number, wrapped: Buffer) => {
    const values = [n.record, n.kind ?? '', n.compartment, n.homeGroup, n.version, holder, holderId, holderVersion, form, wrapped]
    for (const [i, v] of values.entries()) (cols[i] as unknown[]).push(v)
  }
  for (const n of list) {
    const place = wrapPlace(n.record, n.compartment, n.version)
    if (n.team) add(n, 'team', n.team.teamId, n.team.version, 1, sealBytes(n.team.sym, place, 1, n.key))
    else if (n.teamPublic) add(n, 'team', n.teamPublic.teamId, n.teamPublic.version, 0, boxSeal(n.teamPublic.publicX, n.key))
    add(n, 'epoch', epoch.id, 0, 1, sealBytes(epoch.key, place, 1, n.key))
  }
  const kind = replace ? "coalesce(nullif(k, ''), (select kind from app.record_head h where h.record = r))" : 'k'
  await w.tx.query(
    `insert into app.key_wrap (record, kind, compartment, home_group, dek_version, holder, holder_id, holder_version, form, wrapped)
     select r, ${kind}, c, g, v, h, hid, hv, f, x from unnest($1::uuid[], $2::text[], $3::smallint[], $4::uuid[], $5::smallint[], $6::text[], $7::uuid[], $8::int[], $9::smallint[], $10::bytea[]) as u(r, k, c, g, v, h, hid, hv, f, x)
     ${replace ? 'on conflict (record, compartment, dek_version, holder, holder_id) do update set form = excluded.form, wrapped = excluded.wrapped, holder_version = excluded.holder_version' : ''}`,
    cols,
  )
}

const teamFor = async (w: Work, teamId: Id, compartment: Compartment): Promise<Pick<NewWrap, 'team' | 'teamPublic'>> => {
  const team = w.vault.teamKey(teamId, compartment)
  if (team) return { team }
  const { rows } = await w.tx.query<{ version: number; public_x: Buffer }>(
    'select version, public_x from app.team_key where team_id = $1 and compartment = $2 and retired_at is null',
    [teamId, compartmentNumber[compartment]],
  )
  // No member of that function has signed in yet: sealing anyway would leave a record that only the recovery kit opens.
  if (!rows[0]) throw new SealError('team_has_no_key')
  return { team: undefined, teamPublic: { teamId, version: rows[0].version, publicX: rows[0].public_x } }
}

/** Loads the wraps this session can open for the given records and compartments, in one statement. */
export const loadDeks = async (w: Work, records: readonly Id[], numbers: readonly number[]): Promise<void> => {
  const { rows } = await w.tx.query<WrapRow>(
    `select record, compartment, dek_version, holder, holder_id, holder_version, form, wrapped, home_group from app.key_wrap
      where record = any ($1::uuid[]) and compartment = any ($2::smallint[]) and (holder = 'team' or (holder = 'user' and holder_id = $3 and now() < until)) order by dek_version`,
    [records, numbers, w.vault.userId],
  )
  await takeWraps(w, rows)
}
export const unlessSealed = (e: unknown): undefined => {
  if (!(e instanceof SealError)) throw e
  return undefined
}
const takeWraps = async (w: Work, rows: readonly WrapRow[]): Promise<void> => {
  const m = deks(w)
  for (const r of rows) {
    const known = m.get(slot(r.record, r.compartment))
    if (known && known.version >= r.dek_version) continue
    // A wrap that does not open is no key: one that was spoilt must not take a list of others with it.
    const key = await unwrap(w, r).catch(unlessSealed)
    if (key) m.set(slot(r.record, r.compartment), { key, version: r.dek_version, homeGroup: r.home_group })
  }
}

const newDeks = async (w: Work, record: Id, kind: RecordKind, homeGroup: Id, wanted: readonly Compartment[]): Promise<void> => {
  const list: NewWrap[] = []
  for (const c of wanted) {
    const n = compartmentNumber[c]
    const key = newKey()
    list.push({ record, kind, compartment: n, homeGroup, version: 1, key, ...(await teamFor(w, homeGroup, c)) })
    deks(w).set(slot(record, n), { key, version: 1, homeGroup })
  }
  if (list.length > 0) await insertWraps(w, list)
}

/** Keys for writing: those already made and held, and new ones where a compartment is written for the first time. Throws SealError('no_key') where others made it and this session holds none. */
export const keysForWriting = async (
  w: Work,
  record: Id,
  kind: RecordKind,
  homeGroup: Id,
  wanted: readonly Compartment[],
  isNew: boolean,
): Promise<void> => {
  const m = deks(w)
  let missing = wanted.filter(c => !m.has(slot(record, compartmentNumber[c])))
  if (missing.length > 0 && !isNew) {
    await loadDeks(
      w,
      [record],
      missing.map(c => compartmentNumber[c]),
    )
    missing = missing.filter(c => !m.has(slot(record, compartmentNumber[c])))
    if (missing.length > 0) {
      const { rows } = await w.tx.query<{ compartment: number }>(
        'select distinct compartment from app.key_wrap where record = $1 and compartment = any ($2::smallint[])',
        [record, missing.map(c => compartmentNumber[c])],
      )
      if (rows.length > 0) throw new SealError('no_key')
    }
  }
  await newDeks(w, record, kind, homeGroup, missing)
}

/** Gives a record's compartment keys, as far as this session holds them, to another team or a single person; until is a stamp or 'infinity'. */
export const shareKeys = async (
  w: Work,
  record: Id,
  wanted: readonly Compartment[],
  to: { team: Id } | { user: Id; publicX: Uint8Array },
  until: Stamp | 'infinity' = 'infinity',
): Promise<void> => {
  await loadDeks(
    w,
    [record],
    wanted.map(c => compartmentNumber[c]),
  )
  for (const c of wanted) {
    const n = compartmentNumber[c]
    const dek = deks(w).get(slot(record, n))
    if (!dek) continue
    let row: [string, Id, number, number, Buffer] | undefined
    if ('user' in to) row = ['user', to.user, 0, 0, boxSeal(to.publicX, dek.key)]
    else {
      const t = await teamFor(w, to.team, c)
      if (t.team) row = ['team', to.team, t.team.version, 1, sealBytes(t.team.sym, wrapPlace(record, n, dek.version), 1, dek.key)]
      else if (t.teamPublic) row = ['team', to.team, t.teamPublic.version, 0, boxSeal(t.teamPublic.publicX, dek.key)]
    }
    if (!row) continue
    await w.tx.query(
      `insert into app.key_wrap (record, kind, compartment, home_group, dek_version, holder, holder_id, holder_version, form, wrapped, until)
       select $1, h.kind, $2, h.home_group, $3, $4, $5, $6, $7, $8, $9 from app.record_head h where h.record = $1
       on conflict (record, compartment, dek_version, holder, holder_id) do update set form = excluded.form, wrapped = excluded.wrapped, holder_version = excluded.holder_version, until = excluded.until`,
      [record, n, dek.version, ...row, until],
    )
  }
}
