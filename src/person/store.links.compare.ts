import type { Id } from '../base/id.ts'
import type { Day } from '../base/time.ts'
import { comparedOf } from './rules.match.weigh.ts'
import type { Pair } from './schema.links.ts'
import type { PersonRow } from './schema.ts'
import { candidatesFor, digestOf, ensurePairs, findPair, lockPairs, pairsOf, rowsOf } from './store.links.ts'
import type { Searcher } from './store.search.ts'
import { identitiesOf } from './store.ts'

/** How many people have claims that were not compared yet, of what this session's teams hold (exact to 1,000). */
export const waitingForMatch = async (w: Searcher): Promise<number> =>
  Number(
    (
      await w.tx.query<{ n: string }>(
        "select count(*) as n from (select from app.person where state = 'active' and matched < version and home_group = any ($1::uuid[]) limit 1001) x",
        [w.session.groups],
      )
    ).rows[0]!.n,
  )
/**
 * Compares people whose claims are new with all others whom this session may open, and leaves the pairs that are worth asking about. What was decided stays decided
 * until what is said of either changes. At most `limit` at once: a page must not wait for a register. `last` is where to go on: what this session holds no key to is
 * left, and must not keep what comes after it from being compared.
 */
export const matchWaiting = async (
  w: Searcher,
  today: Day,
  limit = 20,
  only?: readonly Id[],
  after = '00000000-0000-0000-0000-000000000000',
): Promise<{ found: number; last?: Id | undefined }> => {
  const { rows } = await w.tx.query<PersonRow>(
    `select id, home_group as "homeGroup", state, version from app.person where state = 'active' and matched < version and id > $4
      and (home_group = any ($1::uuid[]) or id = any ($2::uuid[])) ${only ? 'and id = any ($5::uuid[])' : ''} order by id limit $3 for no key update skip locked`,
    [w.session.groups, w.session.direct, limit, after, ...(only ? [only] : [])],
  )
  if (rows.length === 0) return { found: 0 }
  const identities = await identitiesOf(
    w,
    rows.map(r => r.id),
  )
  const fresh: [PersonRow, PersonRow][] = []
  const reopened: Id[] = []
  for (const row of rows) {
    const identity = identities.get(row.id)
    // Without the key it is left for somebody who holds it.
    if (!identity) continue
    await w.tx.query('update app.person set matched = $2 where id = $1', [row.id, row.version])
    if (identity.relation === 'other') continue
    const c = comparedOf(identity)
    const candidates = await candidatesFor(w, c, new Set([row.id]))
    const others = await rowsOf(
      w,
      candidates.map(x => x.id),
    )
    const known = new Map((await pairsOf(w, row.id)).map(p => [p.otherId, p]))
    for (const x of candidates) {
      const other = others.get(x.id)
      if (other?.state !== 'active') continue
      const pair = known.get(x.id)
      if (!pair) fresh.push([row, other])
      else if (
        pair.state === 'open' ||
        pair.state === 'same' ||
        (await stillDecided(w, pair, digestOf(c), digestOf(comparedOf(x.identity))))
      )
        continue
      else reopened.push(pair.pair)
    }
  }
  await lockPairs(w, reopened)
  await w.tx.query("update app.person_pair set state = 'open', version = version + 1, found = $2 where pair = any ($1::uuid[])", [
    reopened,
    today,
  ])
  await ensurePairs(w, fresh, today)
  return { found: fresh.length + reopened.length, last: rows.at(-1)?.id }
}
/** Nothing that was said of either has changed since the decision. */
const stillDecided = async (w: Searcher, p: Pair, mine: string, others: string): Promise<boolean> => {
  const far = await findPair(w, p.otherId, p.personId)
  const last = (x: Pair | undefined) => x?.words?.history.at(-1)?.basis
  return last(p) === mine && (far === undefined || last(far) === others)
}
