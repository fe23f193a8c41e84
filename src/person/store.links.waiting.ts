import type { Id } from '../base/id.ts'
import type { Day } from '../base/time.ts'
import type { Searcher } from './store.search.ts'

export interface OpenPair {
  readonly personId: Id
  readonly otherId: Id
  readonly found: Day
}
/** Pairs nobody has decided, once each, newest first: at most 50 of those whose both sides this session sees. */
export const openPairs = async (w: Searcher): Promise<OpenPair[]> =>
  (
    await w.tx.query<OpenPair>(
      `select a.person_id as "personId", a.other_id as "otherId", a.found::text as found
         from app.person_pair a join app.person_pair b on b.pair = a.pair and b.person_id = a.other_id
        where a.state = 'open' and a.person_id < a.other_id and (a.home_group = any ($1::uuid[]) or a.person_id = any ($2::uuid[]))
        order by a.found desc, a.id limit 50`,
      [w.session.groups, w.session.direct],
    )
  ).rows
