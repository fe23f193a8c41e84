import type { Id } from '../base/id.ts'
import { originOf, sexOf, yearsForAges } from './rules.match.facts.ts'
import { type Match, type Question, searchMatches } from './rules.match.search.ts'
import { exactKey, type MatchIndex } from './rules.match.ts'
import type { Compared } from './rules.match.weigh.ts'
import type { Identity } from './schema.ts'
import { foldAt, foldTail } from './store.match-index.fold.ts'
import { currentIndex, type Searcher } from './store.match-index.ts'
import { readInAtOnce, readInWaiting } from './store.match-index.waiting.ts'
import { identitiesOf } from './store.ts'

export { forgetIndex, hasIndex, notYetSearchable, type Searcher } from './store.match-index.ts'

const indexFor = async (w: Searcher): Promise<MatchIndex | undefined> => {
  const s = await currentIndex(w)
  if (!s) return undefined
  // More than this is left to the work after unlocking, and the page says how many it does not find yet: read in piece by piece, every search would wait for a piece.
  // What this session could open nothing of is not tried again until the number changes: somebody else's records would be fetched at every search.
  if (s.waiting > 0 && s.waiting <= readInAtOnce && s.stuck.get(w.session.id) !== s.waiting) {
    const { done } = await readInWaiting(w, s)
    s.waiting = Math.max(0, s.waiting - done)
    if (done === 0) s.stuck.set(w.session.id, s.waiting)
  }
  if (s.gone || s.tail > 2 * foldAt) await foldTail(w, s)
  return s.match
}

/** Which slots a session may see at all: its teams' and those it was given, less those it is kept from. */
interface Scope {
  readonly mine: (slot: number) => boolean
  readonly elsewhere: (slot: number) => boolean
  /** Elsewhere, and what it is kept from, wherever that is. */
  readonly beyond: (slot: number) => boolean
}
const scopeOf = (w: Searcher, x: MatchIndex): Scope => {
  const groups = new Set(w.session.groups)
  const homes = Uint8Array.from(x.homes, h => (groups.has(h) ? 1 : 0))
  const slots = (ids: readonly Id[]) => new Set(ids.flatMap(id => x.slotOf.get(id) ?? []))
  const [direct, excluded] = [slots(w.session.direct), slots(w.session.excluded)]
  const mine = (slot: number) => (homes[x.home[slot]!] === 1 || direct.has(slot)) && !excluded.has(slot)
  return {
    mine,
    elsewhere: slot => homes[x.home[slot]!] !== 1 && !direct.has(slot) && !excluded.has(slot),
    beyond: slot => excluded.has(slot) || (homes[x.home[slot]!] !== 1 && !direct.has(slot)),
  }
}
const peopleIn = (x: MatchIndex, scope: (slot: number) => boolean): number => {
  let n = 0
  for (let slot = 0; slot < x.slots; slot += 1) if (x.alive[slot] === 1 && scope(slot)) n += 1
  return n
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
  const index = await indexFor(w)
  if (!index) return queries.map(() => [])
  const { mine } = scopeOf(w, index)
  const hits = queries.map(q =>
    q.trim() === '' ? [] : searchMatches(index, { name: q }, limit, mine).filter(m => m.score >= worthShowing),
  )
  const identities = await identitiesOf(
    w,
    hits.flat().map(h => h.id),
  )
  return hits.map(list => list.flatMap(h => (identities.has(h.id) ? [{ id: h.id, identity: identities.get(h.id)! }] : [])))
}

/** Somebody found by a question of several parts; `unsure`: an age, sex or origin that was asked is not known of them. */
export interface FoundAlso extends Found {
  readonly unsure: boolean
}
const numbers = ['phone', 'handle', 'document'] as const
/**
 * People whom a name, an age, a sex, an origin, a number or a handle fits, together or each alone, among those that this session may see and open now. Whoever is known to be
 * of another age, sex or origin is left out; of whom it is not known stands below all others. A number tells more than a name, and one that nobody has takes no name away.
 */
export const findPeople = async (w: Searcher, q: Question, limit = 25): Promise<{ found: FoundAlso[]; more: boolean }> => {
  const index = await indexFor(w)
  if (!index) return { found: [], more: false }
  const { mine } = scopeOf(w, index)
  const { name, phone, handle, document, ...about } = q
  const exact = numbers.some(kind => q[kind]?.trim())
  const hits = (unknown: 'yes' | 'no'): Match[] => [
    ...(exact ? searchMatches(index, { ...about, phone, handle, document, unknown }, 1000, mine) : []),
    ...(name?.trim() ? searchMatches(index, { ...about, name, unknown }, 1000, mine) : []),
    ...(exact || name?.trim() ? [] : searchMatches(index, { ...about, unknown }, Math.max(1, index.live), mine)),
  ]
  const sure = hits('no').filter(m => m.score >= worthShowing)
  const known = new Set(sure.map(m => m.id))
  const unsure = hits('yes').filter(m => m.score >= worthShowing && !known.has(m.id))
  const ids = await openable(w, index, [...new Map([...sure, ...unsure].map(m => [m.id, m])).values()])
  const shown = ids.slice(0, limit)
  const identities = await identitiesOf(w, shown)
  return {
    found: shown.flatMap(id => (identities.has(id) ? [{ id, identity: identities.get(id)!, unsure: !known.has(id) }] : [])),
    more: ids.length > limit,
  }
}

/** Whoever resembles a description by name, number or handle, among those this session may open; how many were looked through, and how many bear nearly that name. */
export interface Like {
  readonly id: Id
  readonly bearers: number
}
export const likePeople = async (w: Searcher, c: Compared, limit = 12): Promise<{ people: number; found: Like[] }> => {
  const index = await indexFor(w)
  if (!index) return { people: 0, found: [] }
  const { mine } = scopeOf(w, index)
  const found = new Map<Id, Like>()
  const take = (q: Question, exact: boolean) => {
    // Asked without years, sex and origin: they are weighed, and a wrong one must hide nobody.
    const hits = searchMatches(index, q, 4 * limit, mine)
    const bearers = exact ? 0 : hits.filter(h => h.score >= nearlyTheName).length
    for (const h of hits.filter(x => x.score >= worthShowing).slice(0, limit))
      if (!found.has(h.id)) found.set(h.id, { id: h.id, bearers: Math.max(1, bearers) })
  }
  for (const name of new Set(c.names)) if (name.trim() !== '') take({ name }, false)
  for (const kind of ['phone', 'handle', 'document'] as const)
    for (const text of c[`${kind}s`]) if (exactKey[kind](text) !== '') take({ [kind]: text }, true)
  return { people: peopleIn(index, mine), found: [...found.values()] }
}

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
  const index = await indexFor(w)
  const question: Question = {
    name: f.name,
    ...yearsForAges(f.minAge, f.maxAge, Number(w.now.slice(0, 4))),
    sex: f.sex ? sexOf(f.sex) : null,
    origin: f.origin ? originOf(f.origin) : null,
    unknown: 'no',
  }
  // What was asked and not understood finds nobody, rather than everybody.
  if (!index || (f.sex && !question.sex) || (f.origin && !question.origin)) return []
  const limit = Math.max(1, index.live)
  const hits = searchMatches(index, question, f.name?.trim() ? Math.min(limit, 1000) : limit, scopeOf(w, index).mine)
  return openable(
    w,
    index,
    hits.filter(m => m.score >= worthShowing),
  )
}
/** A list that is narrowed says something of everybody on it: whom this session sees without holding the key to who they are is on none. */
const openable = async (w: Searcher, x: MatchIndex, hits: readonly Match[]): Promise<Id[]> => {
  const held = new Set(w.session.groups.filter(g => w.vault.teamKey(g, 'identity')))
  const home = (id: Id) => x.homes[x.home[x.slotOf.get(id) ?? -1] ?? 0] ?? ''
  const unsure = hits.map(h => h.id).filter(id => !held.has(home(id)))
  const opened = unsure.length > 0 ? await identitiesOf(w, unsure) : new Map<Id, Identity>()
  return hits.map(h => h.id).filter(id => held.has(home(id)) || opened.has(id))
}

/** Somebody outside what this session may see who may be meant. For telling a coordinator, never for a screen: that a child is known somewhere is itself a secret. */
export interface Elsewhere {
  readonly id: Id
  readonly homeGroup: Id
  readonly score: number
}
/** Who may be meant among all people of the installation whom this session may *not* see, best first; nobody from whom it is excluded. */
export const searchElsewhere = (w: Searcher, question: Question, limit = 5): Promise<Elsewhere[]> =>
  outside(w, question, limit, 'elsewhere')
/** The same, and those from whom it is excluded: their coordinator must learn of the question, and whoever asked must not learn of that. */
export const searchBeyond = (w: Searcher, question: Question, limit: number): Promise<Elsewhere[]> => outside(w, question, limit, 'beyond')
const outside = async (w: Searcher, question: Question, limit: number, scope: 'elsewhere' | 'beyond'): Promise<Elsewhere[]> => {
  const index = await indexFor(w)
  if (!index) return []
  return searchMatches(index, question, limit, scopeOf(w, index)[scope])
    .filter(m => m.score >= worthShowing)
    .map(m => ({ id: m.id, homeGroup: index.homes[index.home[index.slotOf.get(m.id)!]!]!, score: m.score }))
}
