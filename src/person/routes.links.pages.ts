import { directory } from '../access/store.directory.ts'
import type { Id } from '../base/id.ts'
import { dayOf } from '../base/time.ts'
import { type Answer, type Asked, hidden, type Office, page } from '../platform/office.ts'
import { crumbs } from './routes.command.ts'
import { comparedOf, worthAsking } from './rules.match.weigh.ts'
import { displayName } from './rules.ts'
import { type LinkedView, pairListScreen, personMatchesScreen, type WaitingPair } from './screens.links.tsx'
import { matchWaiting, waitingForMatch } from './store.links.compare.ts'
import { comparePair, lookFor, pairsOf, personLinks, signedBy } from './store.links.ts'
import { openPairs } from './store.links.waiting.ts'
import { hasIndex } from './store.search.ts'
import { findPerson, identitiesOf, type SeenPerson } from './store.ts'

export const todayOf = (a: Asked) => dayOf(a.now, a.session.timeZone)
/** Records linked with this one; of those this session may not see, only that they exist. */
export const linkedViews = async (a: Asked, o: Office, personId: Id): Promise<LinkedView[]> => {
  const links = await personLinks(a, personId)
  if (links.length === 0) return []
  const [identities, d] = await Promise.all([
    identitiesOf(
      a,
      links.map(l => l.otherId),
    ),
    directory(a, o.deps.keys.service, a.lang),
  ])
  const views: LinkedView[] = []
  for (const l of links)
    views.push({
      otherId: l.otherId,
      other: identities.get(l.otherId),
      by: d.alias(l.by),
      at: l.at,
      signed: await signedBy(a, personId, l),
    })
  a.saw('match.linked', [personId, ...links.filter(l => identities.has(l.otherId)).map(l => l.otherId)])
  return views
}

/** For the person's own page: linked records, and how many pairs somebody who sees both sides has to look at. */
export const othersOf = async (
  a: Asked,
  o: Office,
  p: Pick<SeenPerson, 'id' | 'homeGroup'>,
): Promise<{ linked: LinkedView[]; open: number } | undefined> => {
  if (!a.can('match:read')) return undefined
  // Only where an index stands already: a person's page must not wait for a whole register to be read.
  if (hasIndex(a.session.id) && a.session.groups.includes(p.homeGroup)) await matchWaiting(a, todayOf(a), 1, [p.id])
  const open = (await pairsOf(a, p.id)).filter(x => x.state === 'open')
  const seen = await identitiesOf(
    a,
    open.map(x => x.otherId),
  )
  return { linked: await linkedViews(a, o, p.id), open: seen.size }
}

/** Pairs that wait for a decision. */
export const listPage = async (a: Asked): Promise<Answer> => {
  await matchWaiting(a, todayOf(a))
  const [pairs, waiting] = [await openPairs(a), await waitingForMatch(a)]
  const identities = await identitiesOf(
    a,
    pairs.flatMap(p => [p.personId, p.otherId]),
  )
  const rows: WaitingPair[] = []
  for (const p of pairs) {
    const [left, right] = [identities.get(p.personId), identities.get(p.otherId)]
    if (!left || !right) continue
    const weighed = await comparePair(a, left, right)
    // A claim may have been withdrawn since: what no longer speaks for one child waits for nobody.
    if (weighed.bits < worthAsking) continue
    rows.push({ personId: p.personId, otherId: p.otherId, name: displayName(left), other: displayName(right), found: p.found, weighed })
  }
  a.saw(
    'match.list',
    rows.flatMap(r => [r.personId, r.otherId]),
  )
  rows.sort((x, y) => y.weighed.bits - x.weighed.bits)
  return page({
    title: a.t('match.list.title'),
    nav: 'people',
    wide: true,
    breadcrumbs: crumbs(a),
    body: pairListScreen({ rows, waiting, to: a.to }, a.t),
  })
}

/** Of one person: linked records and those that are like it. */
export const personPage = async (a: Asked, o: Office): Promise<Answer> => {
  const id = a.params.personId!
  const p = await findPerson(a, id)
  if (!p) return hidden
  await matchWaiting(a, todayOf(a), 1, [id])
  const linked = await linkedViews(a, o, id)
  const pairs = (await pairsOf(a, id)).filter(x => x.state !== 'same')
  const identities = await identitiesOf(
    a,
    pairs.map(x => x.otherId),
  )
  const shown = []
  for (const x of pairs) {
    const other = identities.get(x.otherId)
    // Hidden or closed: not a word of it, or the list would tell that another team knows such a child.
    if (!other) continue
    const weighed = p.identity && (await comparePair(a, p.identity, other))
    if (x.state === 'open' && weighed && weighed.bits < worthAsking) continue
    shown.push({ otherId: x.otherId, other, state: x.state, weighed })
  }
  const space = p.identity && (await lookFor(a, comparedOf(p.identity), new Set([id]))).space
  a.saw('match.person', [id, ...shown.map(x => x.otherId)])
  return page({
    title: a.t('match.person.title'),
    nav: 'people',
    wide: true,
    breadcrumbs: crumbs(a, id),
    body: personMatchesScreen({ id, identity: p.identity, linked, pairs: shown, space, to: a.to, timeZone: a.session.timeZone }, a.t),
  })
}
