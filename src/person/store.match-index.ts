import type { Id } from '../base/id.ts'
import { compartmentNumber } from '../base/people.ts'
import { openJson, type Place, SealError } from '../platform/crypto.ts'
import { ensureMatchKey, giveMatchKey, type MatchKey } from '../platform/match-key.ts'
import type { Work } from '../platform/records.ts'
import { whenForgotten } from '../platform/vault.ts'
import { type MatchIndex, movePerson, newMatchIndex, putPerson, ready, removePerson, versionOf, wipe } from './rules.match.ts'
import { entryOfTuple, openSegment, type Tuple } from './schema.match.ts'
import { openTail } from './store.match-index.put.ts'

/* One index for all sessions of a process that may search: opened from sealed segments, brought up to date before every search, overwritten when the last such session ends. */

export interface Searcher extends Work {
  readonly session: { readonly id: Id; readonly groups: readonly Id[]; readonly direct: readonly Id[]; readonly excluded: readonly Id[] }
}
/** One row of the tail, as it was read. */
export interface TailRow {
  readonly generation: number
  readonly horizon: string
  readonly waiting: number
  readonly tail: number
  readonly unwrapped: boolean
  readonly id: Id | null
  readonly person_id: Id
  readonly version: number
  readonly key_version: number | null
  readonly form: number | null
  readonly sealed: Buffer | null
  readonly home_group: Id | null
  readonly state: string | null
  readonly folded: boolean
}
export interface Shared {
  readonly match: MatchIndex
  readonly keys: Map<number, MatchKey>
  readonly current: number
  /** Rows of the tail that belong to transactions from this number on may still be unread. */
  horizon: string
  generation: number
  /** Rows from the horizon on that were read already. */
  readonly read: Set<Id>
  /** How many rows of the tail no segment holds yet. */
  tail: number
  /** Somebody was erased whom a segment may still hold. */
  gone: boolean
  /** People whose records wait to be read in, as the last asker sees it. */
  waiting: number
  /** By session: how many waited when it could read in none of them. */
  readonly stuck: Map<Id, number>
}
let shared: Shared | undefined
let loading: Promise<void> | undefined
/** Sessions of this process that opened the match key themselves. */
const users = new Set<Id>()

export const segmentPlace = (id: Id): Place => ({ table: 'match_segment', row: id, compartment: compartmentNumber.identity })

const wipeShared = (): void => {
  if (!shared) return
  wipe(shared.match)
  for (const k of shared.keys.values()) {
    k.sym.fill(0)
    k.box.secretKey.fill(0)
  }
  shared.keys.clear()
  shared = undefined
}
/** A session that ended uses the index no more; with the last one it is overwritten. */
export const forgetIndex = (sessionId: Id): void => {
  shared?.stuck.delete(sessionId)
  if (users.delete(sessionId) && users.size === 0) wipeShared()
}
whenForgotten(forgetIndex)
/** Is there an index for this session already? Building one for a claim that is being saved would keep a person waiting. */
export const hasIndex = (sessionId: Id): boolean => shared !== undefined && users.has(sessionId)
/** After a search: how many records it did not look through yet; undefined where this session has no index at all until a colleague's next sign-in gives it the key. */
export const notYetSearchable = (sessionId: Id): number | undefined => (hasIndex(sessionId) ? shared?.waiting : undefined)

const newsSince = async (w: Searcher, horizon: string): Promise<TailRow[]> =>
  (await w.tx.query<TailRow & Record<string, unknown>>('select * from app.match_news($1)', [horizon])).rows

const put = (s: Shared, t: Tuple): void => {
  if (t[2] > versionOf(s.match, t[0])) putPerson(s.match, entryOfTuple(t))
}
/** What a row of the tail says, if this key opens it. A row that does not open says nothing: its person is found by what stood there before. */
export const tupleIn = (keys: ReadonlyMap<number, MatchKey>, r: TailRow): Tuple | undefined => {
  const key = r.key_version === null ? undefined : keys.get(r.key_version)
  if (!key || !r.sealed) return undefined
  try {
    return openTail(key, r.person_id, r.form ?? 1, r.sealed)
  } catch (e) {
    if (!(e instanceof SealError)) throw e
    return undefined
  }
}
/** Applies rows of the tail; the same again changes nothing. */
const apply = (s: Shared, rows: readonly TailRow[]): void => {
  const meta = rows[0]
  if (!meta) return
  if (meta.generation !== s.generation) s.gone = false
  for (const r of rows) {
    if (r.id === null) continue
    if (r.state !== 'active') {
      removePerson(s.match, r.person_id)
      s.gone ||= !r.folded
    } else {
      const t = s.read.has(r.id) ? undefined : tupleIn(s.keys, r)
      if (t) put(s, t)
      movePerson(s.match, r.person_id, r.home_group ?? '')
    }
    s.read.add(r.id)
  }
  s.waiting = meta.waiting
  s.tail = meta.tail
  s.generation = meta.generation
  // What lies before the new horizon cannot come again.
  if (meta.horizon !== s.horizon && s.read.size > 2 * rows.length + 1000) {
    s.read.clear()
    for (const r of rows) if (r.id !== null) s.read.add(r.id)
  }
  s.horizon = meta.horizon
}

/** How many tuples are taken in before other people's pages are answered in between. */
const chunk = 200
const breathe = () => new Promise<void>(resolve => setImmediate(resolve))
const segmentsAtOnce = 8
/** Everything from the segments and the tail, from the beginning. */
const load = async (w: Searcher, keys: ReadonlyMap<number, MatchKey>, current: number): Promise<Shared> => {
  for (let tries = 0; ; tries += 1) {
    const copies = new Map(
      [...keys].map(([v, k]): [number, MatchKey] => [
        v,
        { version: v, sym: Buffer.from(k.sym), box: { publicKey: k.box.publicKey, secretKey: Buffer.from(k.box.secretKey) } },
      ]),
    )
    const s: Shared = {
      match: newMatchIndex(),
      keys: copies,
      current,
      horizon: '0',
      generation: 0,
      read: new Set(),
      tail: 0,
      gone: false,
      waiting: 0,
      stuck: new Map(),
    }
    const rows = await newsSince(w, '0')
    s.generation = rows[0]?.generation ?? 0
    const { rows: list } = await w.tx.query<{ id: Id; key_version: number }>('select id, key_version from app.match_segments(null)')
    const ids = list.map(l => l.id)
    let missing = false
    const fetch = (at: number) =>
      w.tx.query<{ id: Id; key_version: number; count: number; sealed: Buffer }>('select * from app.match_segments($1::uuid[])', [
        ids.slice(at, at + segmentsAtOnce),
      ])
    let next = ids.length > 0 ? fetch(0) : undefined
    for (let at = 0; at < ids.length; at += segmentsAtOnce) {
      const { rows: segments } = await next!
      // The database fetches the next ones while these are read.
      next = at + segmentsAtOnce < ids.length ? fetch(at + segmentsAtOnce) : undefined
      next?.catch(() => undefined)
      if (segments.length < Math.min(segmentsAtOnce, ids.length - at)) missing = true
      for (const g of segments) {
        const key = s.keys.get(g.key_version)
        if (!key) continue
        let tuples: readonly Tuple[] = []
        try {
          tuples = openSegment(openJson(key.sym, segmentPlace(g.id), g.sealed))
        } catch (e) {
          if (!(e instanceof SealError)) throw e
        }
        for (let i = 0; i < tuples.length; i += 1) {
          put(s, tuples[i]!)
          if (i % chunk === chunk - 1) await breathe()
        }
      }
    }
    const { rows: after } = await w.tx.query<{ generation: number }>('select generation from app.match_news($1) limit 1', [
      rows[0]?.horizon ?? '0',
    ])
    // Somebody folded while we read: what we hold may lack what they moved.
    if ((missing || (after[0]?.generation ?? 0) !== s.generation) && tries < 4) {
      wipe(s.match)
      continue
    }
    apply(s, rows)
    await lost(w, s)
    ready(s.match)
    return s
  }
}
/** Whoever should stand in the index and does not is read in again from the record: a segment may have been spoilt. */
const lost = async (w: Searcher, s: Shared): Promise<void> => {
  const { rows } = await w.tx.query<{ n: number }>('select app.match_expected() as n')
  if ((rows[0]?.n ?? 0) <= s.match.live) return
  await w.tx.query('select app.match_lost($1::uuid[])', [[...s.match.slotOf.keys()]])
}

/**
 * The index as it is at this moment, for a session that can open the match key; undefined for every other. One statement where it stands already: what another process
 * wrote is found, what left is not.
 */
export const currentIndex = async (w: Searcher): Promise<Shared | undefined> => {
  const keys = await ensureMatchKey(w)
  if (!keys.current || !keys.open.has(keys.current.version)) return undefined
  users.add(w.session.id)
  for (let tries = 0; tries < 4; tries += 1) {
    if (loading) await loading.catch(() => undefined)
    if (!shared) {
      const made = load(w, keys.open, keys.current.version)
      loading = made.then(s => {
        if (users.size > 0) shared = s
        else wipe(s.match)
      })
      try {
        await loading
      } finally {
        loading = undefined
      }
    }
    const s: Shared | undefined = shared
    // This session ended meanwhile: its keys are forgotten, and so is what it asked.
    if (!users.has(w.session.id)) return undefined
    if (!s) continue
    const rows = await newsSince(w, s.horizon)
    if (shared !== s) continue
    const generation = rows[0]?.generation ?? s.generation
    // Two foldings behind: rows that we have not read are gone.
    if (generation > s.generation + 1 || generation < s.generation || s.current !== keys.current.version) {
      wipeShared()
      continue
    }
    apply(s, rows)
    const key = keys.open.get(keys.current.version)
    if (rows[0]?.unwrapped && key) await giveMatchKey(w, key)
    return s
  }
  return undefined
}
