import type { Id } from '../base/id.ts'
import { entryOf } from './rules.match.facts.ts'
import { putPerson } from './rules.match.ts'
import { foldAt, foldTail } from './store.match-index.fold.ts'
import { putIndexed } from './store.match-index.put.ts'
import { currentIndex, type Searcher, type Shared } from './store.match-index.ts'
import { identitiesOf } from './store.ts'

/** How many records are read in at a time. */
export const readInAtOnce = 250
interface Waiting {
  readonly id: Id
  readonly homeGroup: Id
  readonly version: number
}

/**
 * Reads in records that no search finds yet: those of the time before the index, of a demonstration that was written in bulk, of a segment that was spoilt. Only what this
 * session may see and can open. Returns how many were read in, and the last one looked at.
 */
export const readInWaiting = async (
  w: Searcher,
  s: Shared,
  after: Id | null = null,
  limit = readInAtOnce,
): Promise<{ done: number; last: Id | null }> => {
  const { rows } = await w.tx.query<Waiting & Record<string, unknown>>(
    `select id, home_group as "homeGroup", version from app.person where indexed < version and state = 'active' and home_group = any ($1::uuid[])
        and ($2::uuid is null or id > $2) order by id limit $3`,
    [w.session.groups, after, limit],
  )
  if (rows.length === 0) return { done: 0, last: null }
  const identities = await identitiesOf(
    w,
    rows.map(r => r.id),
  )
  const people = rows.flatMap(r => {
    const identity = identities.get(r.id)
    return identity ? [{ ...r, identity }] : []
  })
  await putIndexed(w, people)
  // The own rows are read only once they are committed; what this session has just opened it may search at once.
  for (const p of people) putPerson(s.match, { ...entryOf(p.id, p.identity), homeGroup: p.homeGroup, version: p.version })
  return { done: people.length, last: rows.at(-1)!.id }
}

/** One unit of work of an unlocked session; undefined when it has ended. */
export type Run = <V>(work: (w: Searcher) => Promise<V>) => Promise<V | undefined>
/** What nobody waits for after unlocking: the index opened, what waits read in, a long tail folded. Each step is a transaction of its own. */
export const prepareIndex = async (run: Run): Promise<void> => {
  let after: Id | null = null
  for (;;) {
    const last: Id | null | undefined = await run(async w => {
      if (w.session.groups.length === 0) return null
      const s = await currentIndex(w)
      if (!s) return null
      if (s.gone || s.tail > foldAt) await foldTail(w, s)
      return (await readInWaiting(w, s, after)).last
    })
    if (!last) return
    after = last
  }
}
