import type { Id } from '../base/id.ts'
import { forgetParts } from './rules.match.weigh.levels.ts'
import { learnModel, type MatchModel, startModel } from './rules.match.weigh.model.ts'
import { type Compared, comparedOf } from './rules.match.weigh.ts'
import { mostPeople } from './schema.match-model.ts'
import type { Searcher } from './store.search.ts'
import { identitiesOf } from './store.ts'

/* What was learned about likeness from the people whom a session may open: by session, in memory only, gone with its keys. */

const models = new Map<Id, MatchModel>()
/** What this session's people taught; before anything was learned, the start values. */
export const modelOf = (sessionId: Id, people: number): MatchModel => {
  const known = models.get(sessionId)
  return known ? { ...known, people } : startModel(people)
}
export const forgetModel = (sessionId: Id): void => {
  models.delete(sessionId)
  forgetParts()
}
/** Learned already, from about as many people as there are now? */
export const learnedFor = (sessionId: Id, people: number): boolean => {
  const known = models.get(sessionId)
  return known !== undefined && Math.abs(known.people - people) <= Math.max(5, known.people / 5)
}

/** Opened at a time: other people's pages are answered in between. */
const chunk = 250
/** The people to learn from: those of pairs somebody noticed first, or among many nobody would stand twice. */
export const peopleToLearn = async (w: Searcher): Promise<Compared[]> => {
  const scope = [w.session.groups, w.session.direct, mostPeople]
  const { rows } = await w.tx.query<{ id: Id }>(
    `select id from app.person p where state = 'active' and (home_group = any ($1::uuid[]) or id = any ($2::uuid[]))
      order by exists (select from app.person_pair x where x.person_id = p.id) desc, id limit $3`,
    scope,
  )
  const out: Compared[] = []
  for (let at = 0; at < rows.length; at += chunk) {
    const found = await identitiesOf(
      w,
      rows.slice(at, at + chunk).map(r => r.id),
    )
    for (const identity of found.values()) if (identity.relation !== 'other') out.push(comparedOf(identity))
  }
  return out
}
/** Learns a few milliseconds at a time. `open` tells whether the session still is: what it knew must not outlive its keys. */
export const learn = async (sessionId: Id, sample: readonly Compared[], people: number, open: () => boolean): Promise<void> => {
  const steps = learnModel(sample, people)
  for (;;) {
    const r = steps.next()
    if (!open()) return
    if (r.done) {
      models.set(sessionId, r.value)
      return
    }
    await new Promise(go => setImmediate(go))
  }
}
