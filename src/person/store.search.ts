import type { Id } from '../base/id.ts'
import type { Work } from '../platform/records.ts'
import { entryOf, originOf, sexOf, yearsForAges } from './rules.match.facts.ts'
import { type Question, searchMatches } from './rules.match.search.ts'
import { exactKey, type MatchIndex, newMatchIndex, putPerson, removePerson, wipe } from './rules.match.ts'
import type { Compared } from './rules.match.weigh.ts'
import type { Identity } from './schema.ts'
import { identitiesOf } from './store.ts'

interface Index {
  readonly versions: Map<Id, number>
  readonly match: MatchIndex
  timer: NodeJS.Timeout | undefined
}
/** By session: what one session may open never answers another's question. In memory only, and forgotten 16 minutes after its last search, used or not. */
const indexes = new Map<Id, Index>()
const keepMs = 16 * 60_000
/** So many are opened at a time: other people's pages are answered in between. */
const chunk = 250

export interface Searcher extends Work {
  readonly session: { readonly id: Id; readonly groups: readonly Id[]; readonly direct: readonly Id[] }
}
/** Forgets the index of a session that ended. */
export const forgetIndex = (sessionId: Id): void => {
  const index = indexes.get(sessionId)
  if (!index) return
  clearTimeout(index.timer)
  indexes.delete(sessionId)
  wipe(index.match)
}
const indexOf = (sessionId: Id): Index => {
  const index = indexes.get(sessionId) ?? { versions: new Map(), match: newMatchIndex(), timer: undefined }
  clearTimeout(index.timer)
  index.timer = setTimeout(() => forgetIndex(sessionId), keepMs).unref()
  indexes.set(sessionId, index)
  return index
}

/** Every search first compares versions with the database, so an index is never older than the search: what another process wrote is found, what left is not. */
const readIndex = async (w: Searcher): Promise<MatchIndex> => {
  const index = indexOf(w.session.id)
  // The session's arrays stand here once more beside row-level security, so that the planner knows how many they are.
  const { rows } = await w.tx.query<{ id: Id; version: number }>(
    "select id, version from app.person where state = 'active' and (home_group = any ($1::uuid[]) or id = any ($2::uuid[]))",
    [w.session.groups, w.session.direct],
  )
  const seen = new Set(rows.map(r => r.id))
  const forget = (id: Id) => {
    index.versions.delete(id)
    removePerson(index.match, id)
  }
  for (const id of index.versions.keys()) if (!seen.has(id)) forget(id)
  const stale = rows.filter(r => index.versions.get(r.id) !== r.version)
  const openFrom = (at: number) =>
    at < stale.length
      ? identitiesOf(
          w,
          stale.slice(at, at + chunk).map(r => r.id),
        )
      : undefined
  let next = openFrom(0)
  for (let at = 0; at < stale.length; at += chunk) {
    const opened = (await next)!
    // The database fetches the next ones while these are read.
    next = openFrom(at + chunk)
    next?.catch(() => undefined)
    for (const r of stale.slice(at, at + chunk)) {
      const identity = opened.get(r.id)
      // What no key was held to is asked for again: a key may be lent later without the record changing, and its name would stay unfindable.
      if (identity) {
        index.versions.set(r.id, r.version)
        putPerson(index.match, entryOf(r.id, identity))
      } else forget(r.id)
    }
  }
  return index.match
}

export interface Found {
  readonly id: Id
  readonly identity: Identity
}
/** Below this a name is only a little like another: on a screen it would be noise. */
const worthShowing = 0.7
const nearlyTheName = 0.86
/** People whose names match in any script, order and spelling, among those that this session may see and open now; best first, at most `limit`. */
export const searchPeople = async (w: Searcher, queries: readonly string[], limit = 25): Promise<Found[][]> => {
  const index = await readIndex(w)
  const hits = queries.map(q => (q.trim() === '' ? [] : searchMatches(index, { name: q }, limit).filter(m => m.score >= worthShowing)))
  const identities = await identitiesOf(
    w,
    hits.flat().map(h => h.id),
  )
  return hits.map(list => list.flatMap(h => (identities.has(h.id) ? [{ id: h.id, identity: identities.get(h.id)! }] : [])))
}

/** Whoever resembles a description by name, number or handle, among those this session may open; how many were looked through, and how many bear nearly that name. */
export interface Like {
  readonly id: Id
  readonly bearers: number
}
export const likePeople = async (w: Searcher, c: Compared, limit = 12): Promise<{ people: number; found: Like[] }> => {
  const index = await readIndex(w)
  const found = new Map<Id, Like>()
  const take = (q: Question, exact: boolean) => {
    // Asked without years, sex and origin: they are weighed, and a wrong one must hide nobody.
    const hits = searchMatches(index, q, 4 * limit)
    const bearers = exact ? 0 : hits.filter(h => h.score >= nearlyTheName).length
    for (const h of hits.filter(x => x.score >= worthShowing).slice(0, limit))
      if (!found.has(h.id)) found.set(h.id, { id: h.id, bearers: Math.max(1, bearers) })
  }
  for (const name of new Set(c.names)) if (name.trim() !== '') take({ name }, false)
  for (const kind of ['phone', 'handle', 'document'] as const)
    for (const text of c[`${kind}s`]) if (exactKey[kind](text) !== '') take({ [kind]: text }, true)
  return { people: index.live, found: [...found.values()] }
}
/** Is there an index for this session already? Building one for a claim that is being saved would keep a person waiting. */
export const hasIndex = (sessionId: Id): boolean => indexes.has(sessionId)

export interface PeopleFilter {
  readonly name?: string | undefined
  readonly minAge?: number | undefined
  readonly maxAge?: number | undefined
  readonly sex?: string | undefined
  readonly origin?: string | undefined
}
/**
 * The people whom a list is narrowed to, by name, ages this year, sex and origin, among those this session may open. Who is not known to be of that age, sex or origin is
 * left out; with a name, best first.
 */
export const filterPeople = async (w: Searcher, f: PeopleFilter): Promise<Id[]> => {
  const index = await readIndex(w)
  const question: Question = {
    name: f.name,
    ...yearsForAges(f.minAge, f.maxAge, Number(w.now.slice(0, 4))),
    sex: f.sex ? sexOf(f.sex) : null,
    origin: f.origin ? originOf(f.origin) : null,
    unknown: 'no',
  }
  // What was asked and not understood finds nobody, rather than everybody.
  if ((f.sex && !question.sex) || (f.origin && !question.origin)) return []
  const limit = Math.max(1, index.live)
  return searchMatches(index, question, f.name?.trim() ? Math.min(limit, 1000) : limit)
    .filter(m => m.score >= worthShowing)
    .map(m => m.id)
}

/** Somebody outside what this session may see who may be meant. For telling a coordinator, never for a screen: that a child is known somewhere is itself a secret. */
export interface Elsewhere {
  readonly id: Id
  readonly homeGroup: Id
  readonly score: number
}
/** Who may be meant among all people of the installation whom this session may *not* see, best first; nobody from whom it is excluded. */
export const searchElsewhere = async (_w: Searcher, _question: Question, _limit = 5): Promise<Elsewhere[]> => []
