import type { Id } from '../base/id.ts'
import type { Work } from '../platform/records.ts'
import { searchFolded, words } from './rules.fold.ts'
import { namesOf } from './rules.ts'
import type { Identity } from './schema.ts'
import { identitiesOf } from './store.ts'

interface Index {
  readonly people: Map<Id, { version: number; words: readonly string[] }>
  timer: NodeJS.Timeout | undefined
}
/** By session: what one session may open never answers another's question. In memory only, and forgotten 16 minutes after its last search, used or not. */
const indexes = new Map<Id, Index>()
const keepMs = 16 * 60_000
const chunk = 1000

export interface Searcher extends Work {
  readonly session: { readonly id: Id; readonly groups: readonly Id[]; readonly direct: readonly Id[] }
}
/** Forgets the index of a session that ended. */
export const forgetIndex = (sessionId: Id): void => {
  clearTimeout(indexes.get(sessionId)?.timer)
  indexes.delete(sessionId)
}
const indexOf = (sessionId: Id): Index => {
  const index = indexes.get(sessionId) ?? { people: new Map(), timer: undefined }
  clearTimeout(index.timer)
  index.timer = setTimeout(() => forgetIndex(sessionId), keepMs).unref()
  indexes.set(sessionId, index)
  return index
}

/** Every search first compares versions with the database, so an index is never older than the search: what another process wrote is found, what left is not. */
const readIndex = async (w: Searcher): Promise<Index['people']> => {
  const index = indexOf(w.session.id)
  // The session's arrays stand here once more beside row-level security, so that the planner knows how many they are.
  const { rows } = await w.tx.query<{ id: Id; version: number }>(
    "select id, version from app.person where state = 'active' and (home_group = any ($1::uuid[]) or id = any ($2::uuid[]))",
    [w.session.groups, w.session.direct],
  )
  const seen = new Set(rows.map(r => r.id))
  for (const id of index.people.keys()) if (!seen.has(id)) index.people.delete(id)
  const stale = rows.filter(r => index.people.get(r.id)?.version !== r.version)
  for (let at = 0; at < stale.length; at += chunk) {
    const part = stale.slice(at, at + chunk)
    const opened = await identitiesOf(
      w,
      part.map(r => r.id),
    )
    for (const r of part) {
      const identity = opened.get(r.id)
      // What no key was held to is asked for again: a key may be lent later without the record changing, and its name would stay unfindable.
      if (identity) index.people.set(r.id, { version: r.version, words: namesOf(identity).flatMap(words) })
      else index.people.delete(r.id)
    }
  }
  return index.people
}

export interface Found {
  readonly id: Id
  readonly identity: Identity
}
/** People whose names match, among those that this session may see and open now; best first, at most `limit`. */
export const searchPeople = async (w: Searcher, queries: readonly string[], limit = 25): Promise<Found[][]> => {
  const people = await readIndex(w)
  const index = new Map([...people].map(([id, p]) => [id, p.words]))
  const hits = queries.map(q => searchFolded(index, q, limit))
  const identities = await identitiesOf(
    w,
    hits.flat().map(h => h.id),
  )
  return hits.map(list => list.flatMap(h => (identities.has(h.id) ? [{ id: h.id, identity: identities.get(h.id)! }] : [])))
}
