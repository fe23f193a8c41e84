import type { Id } from '../base/id.ts'
import { openJson, SealError, sealJson } from '../platform/crypto.ts'
import { newId } from '../platform/records.ts'
import { versionOf } from './rules.match.ts'
import { openSegment, segmentSchema, segmentSize, type Tuple } from './schema.match.ts'
import { type Searcher, type Shared, segmentPlace, type TailRow, tupleIn } from './store.match-index.ts'

/** A tail longer than this is folded by whichever session searches next. */
export const foldAt = 500
/** Segments with fewer people than this are taken into the next folding, so that there are never many of them. */
const small = segmentSize / 2

interface SegmentRow {
  readonly id: Id
  readonly key_version: number
  readonly count: number
}

/**
 * Folds the tail into segments, in the caller's transaction; false where another session is at it. Usually only the tail and the small segments are written anew. All of
 * them are gone through where somebody must vanish (an erased record), somebody moved without being renamed, or a third of what lies there is out of date.
 */
export const foldTail = async (w: Searcher, s: Shared, smallBelow = small): Promise<boolean> => {
  const key = s.keys.get(s.current)
  if (!key) return false
  const { rows: locked } = await w.tx.query<{ ok: boolean }>("select pg_try_advisory_xact_lock(hashtext('doverie/match-index')) as ok")
  if (!locked[0]?.ok) return false
  const rows = (await w.tx.query<TailRow & Record<string, unknown>>('select * from app.match_news($1)', ['0'])).rows
  const from = rows[0]?.generation ?? 0
  const tail = rows.filter(r => r.id !== null && !r.folded)
  const latest = new Map<Id, Tuple>()
  const homes = new Map<Id, Id>()
  const gone = new Set<Id>()
  for (const r of tail) {
    if (r.state !== 'active' || r.home_group === null) {
      gone.add(r.person_id)
      continue
    }
    homes.set(r.person_id, r.home_group)
    const t = tupleIn(s.keys, r)
    if (t && t[2] >= (latest.get(r.person_id)?.[2] ?? versionOf(s.match, r.person_id))) latest.set(r.person_id, t)
  }
  for (const id of gone) latest.delete(id)
  const { rows: segments } = await w.tx.query<SegmentRow & Record<string, unknown>>(
    'select id, key_version, count from app.match_segments(null)',
  )
  const held = segments.reduce((n, g) => n + g.count, 0)
  const whole = gone.size > 0 || [...homes.keys()].some(id => !latest.has(id)) || held > 1.5 * s.match.live + segmentSize
  const drop: Id[] = []
  const kept: Tuple[] = []
  for (const g of segments) {
    if (!whole && g.count >= smallBelow) continue
    const { rows: opened } = await w.tx.query<{ sealed: Buffer }>('select sealed from app.match_segments($1::uuid[])', [[g.id]])
    const by = s.keys.get(g.key_version)
    if (!by || !opened[0]) continue
    let tuples: readonly Tuple[]
    try {
      tuples = openSegment(openJson(by.sym, segmentPlace(g.id), opened[0].sealed))
    } catch (e) {
      if (!(e instanceof SealError)) throw e
      drop.push(g.id)
      continue
    }
    const stay = tuples.filter(t => !gone.has(t[0]) && !latest.has(t[0]) && t[2] === versionOf(s.match, t[0]))
    const moved = stay.some(t => homes.has(t[0]) && homes.get(t[0]) !== t[1])
    // A full segment of which nothing changed stays as it lies.
    if (stay.length === tuples.length && !moved && g.count >= smallBelow && g.key_version === s.current) continue
    drop.push(g.id)
    for (const t of stay) kept.push(homes.has(t[0]) ? [t[0], homes.get(t[0])!, ...(t.slice(2) as unknown as TupleRest)] : t)
  }
  const all = [...kept, ...[...latest.values()].map((t): Tuple => [t[0], homes.get(t[0]) ?? t[1], ...(t.slice(2) as unknown as TupleRest)])]
  const made = segmentsOf(all).map(people => {
    const id = newId()
    return { id, count: people.length, sealed: sealJson(key.sym, segmentPlace(id), segmentSchema, people) }
  })
  const { rows: done } = await w.tx.query<{ ok: boolean }>(
    'select app.match_fold($1, $2, $3::uuid[], $4::uuid[], $5::int[], $6::bytea[], $7::uuid[]) as ok',
    [from, s.current, drop, made.map(m => m.id), made.map(m => m.count), made.map(m => m.sealed), tail.map(r => r.id)],
  )
  return done[0]?.ok ?? false
}
type TupleRest = [Tuple[2], Tuple[3], Tuple[4], Tuple[5], Tuple[6], Tuple[7], Tuple[8], Tuple[9], Tuple[10]]
/** Cut into segments. */
export const segmentsOf = (all: readonly Tuple[]): (readonly Tuple[])[] =>
  Array.from({ length: Math.ceil(all.length / segmentSize) }, (_, i) => all.slice(i * segmentSize, (i + 1) * segmentSize))
