import type { Id } from '../base/id.ts'
import { dayOf } from '../base/time.ts'
import { decidePair, newPair } from '../person/rules.links.ts'
import { comparedOf } from '../person/rules.match.weigh.ts'
import { comparePair, digestOf, ensurePair, findPair, makeLink, savePair } from '../person/store.links.ts'
import type { Searcher } from '../person/store.search.ts'
import { findPerson } from '../person/store.ts'
import { newId } from '../platform/records.ts'
import type { Hand, Hands } from './store.write.ts'

const searcher = async (h: Hands): Promise<Hand & Searcher> => (await h.as('worker', h.until)) as Hand & Searcher

/** Two records that may be one child wait for a person, as the house's own comparing leaves them. */
export const askThem = async (h: Hands, a: Id, b: Id): Promise<void> => {
  const w = await searcher(h)
  const [left, right] = [await findPerson(w, a), await findPerson(w, b)]
  if (left && right) await ensurePair(w, left, right, dayOf(h.until))
}

/** Somebody compared two records and found that they are one child, with a reason; both records stay as they are. */
export const linkThem = async (h: Hands, a: Id, b: Id, reason: string): Promise<void> => {
  const w = await searcher(h)
  const [left, right] = [await findPerson(w, a), await findPerson(w, b)]
  if (!left?.identity || !right?.identity) throw new Error('a record of the demonstration cannot be read by who wrote it')
  await ensurePair(w, left, right, dayOf(h.until))
  const [mine, theirs] = [await findPair(w, a, b, true), await findPair(w, b, a, true)]
  if (!mine?.words || !theirs?.words || mine.state === 'same') return
  const { bits } = await comparePair(w, left.identity, right.identity)
  const [x, y] = [digestOf(comparedOf(left.identity)), digestOf(comparedOf(right.identity))]
  const by = { by: w.actor.id, at: w.now, bits, basis: x }
  const decided = decidePair(newPair, { decision: 'same', reason }, by)
  if (!decided.ok) throw new Error(`the rules refuse to link: ${decided.error}`)
  const side = (row: typeof left, pair: typeof mine, basis: string) => ({
    row,
    pair,
    now: { state: pair.state, words: pair.words ?? newPair.words },
    basis,
  })
  await savePair(w, [side(left, mine, x), side(right, theirs, y)], decided.value, newId())
  await makeLink(w, left, right, mine.pair, by)
}
