import type { Id } from '../base/id.ts'
import type { Day } from '../base/time.ts'
import { sha256, sign, verifySignature } from '../platform/crypto.ts'
import { append, newId, openWith, sealWith } from '../platform/records.ts'
import { signingPair } from '../platform/vault.ts'
import { applyDecision, basisText, type Deciding, linkText, newPair, type PairNow } from './rules.links.ts'
import { type Compared, comparedOf, type Weighed, weigh, worthAsking } from './rules.match.weigh.ts'
import { type Decided, openPair, type Pair, type PairState, type PairWords, type PersonLink, pairSchema } from './schema.links.ts'
import { lookedBy, type Space } from './schema.match-model.ts'
import type { Identity, PersonRow } from './schema.ts'
import { modelOf } from './store.links.model.ts'
import { likePeople, type Searcher } from './store.search.ts'
import { identitiesOf } from './store.ts'

interface Row {
  id: Id
  person_id: Id
  other_id: Id
  pair: Id
  state: PairState
  found: Day
  version: number
  sealed: Buffer
}
const columns = 'id, person_id, other_id, pair, state, found::text as found, version, sealed'
const place = (row: Id) => ({ table: 'person_pair', row })
const opened = async (w: Searcher, personId: Id, rows: readonly Row[]): Promise<Pair[]> => {
  if (rows.length === 0) return []
  const words = await openWith(
    w,
    personId,
    'identity',
    rows.map(r => ({ ...place(r.id), sealed: r.sealed })),
  )
  return rows.map((r, i) => {
    const o = words[i]
    return {
      id: r.id,
      personId: r.person_id,
      otherId: r.other_id,
      pair: r.pair,
      state: r.state,
      found: r.found,
      version: r.version,
      words: o && openPair(o),
    }
  })
}
/** Pairs on the side of this person. */
export const pairsOf = async (w: Searcher, personId: Id): Promise<Pair[]> =>
  opened(
    w,
    personId,
    (await w.tx.query<Row>(`select ${columns} from app.person_pair where person_id = $1 order by found, id`, [personId])).rows,
  )
/** One side of a pair, locked for a decision. */
export const findPair = async (w: Searcher, personId: Id, otherId: Id, lock = false): Promise<Pair | undefined> =>
  (
    await opened(
      w,
      personId,
      (
        await w.tx.query<Row>(`select ${columns} from app.person_pair where person_id = $1 and other_id = $2${lock ? ' for update' : ''}`, [
          personId,
          otherId,
        ])
      ).rows,
    )
  )[0]

const sealPair = (w: Searcher, id: Id, p: Pick<PersonRow, 'id' | 'homeGroup'>, words: PairWords) =>
  sealWith(w, p.id, 'person', p.homeGroup, 'identity', place(id), { schema: pairSchema, value: words })
export const digestOf = (c: Compared): string => sha256(basisText(c)).toString('hex')

/** Somebody who may be the same child as a person. */
export interface Candidate {
  readonly id: Id
  readonly identity: Identity
  readonly weighed: Weighed
}
const spaceOf = (c: Compared, people: number, compared: number): Space => ({
  people,
  compared,
  by: lookedBy.filter(k => c[`${k}s`].some(t => t.trim() !== '')),
})
/** Candidates for a description among all whom this session may open, best first; `less` are left out. */
export const candidatesFor = async (w: Searcher, c: Compared, less: ReadonlySet<Id> = new Set()): Promise<Candidate[]> =>
  (await lookFor(w, c, less)).candidates
export const lookFor = async (w: Searcher, c: Compared, less: ReadonlySet<Id>): Promise<{ candidates: Candidate[]; space: Space }> => {
  const { people, found } = await likePeople(w, c)
  const model = modelOf(w.session.id, people)
  const identities = await identitiesOf(
    w,
    found.map(f => f.id).filter(id => !less.has(id)),
  )
  const candidates = found
    .flatMap(f => {
      const identity = identities.get(f.id)
      return identity ? [{ id: f.id, identity, weighed: weigh(c, comparedOf(identity), model) }] : []
    })
    .filter(x => x.weighed.bits >= worthAsking)
    .sort((a, b) => b.weighed.bits - a.weighed.bits || (a.id < b.id ? -1 : 1))
  return { candidates, space: spaceOf(c, Math.max(0, people - less.size), identities.size) }
}
/** How two records compare, with how common everything is among those whom this session may open. */
export const comparePair = async (w: Searcher, left: Identity, right: Identity): Promise<Weighed> =>
  weigh(comparedOf(left), comparedOf(right), modelOf(w.session.id, await peopleOf(w)))
/** How many people this session may open. */
export const peopleOf = async (w: Searcher): Promise<number> =>
  Number(
    (
      await w.tx.query<{ n: string }>(
        "select count(*) as n from app.person where state = 'active' and (home_group = any ($1::uuid[]) or id = any ($2::uuid[]))",
        [w.session.groups, w.session.direct],
      )
    ).rows[0]!.n,
  )

export const rowsOf = async (w: Searcher, ids: readonly Id[]): Promise<Map<Id, PersonRow>> => {
  const { rows } = await w.tx.query<PersonRow>(
    'select id, home_group as "homeGroup", state, version from app.person where id = any ($1::uuid[])',
    [ids],
  )
  return new Map(rows.map(r => [r.id, r]))
}
/** An id that follows from two: whoever notices the pair first, it is the same. */
const idFrom = (...parts: readonly string[]): Id => {
  const h = sha256(parts.join(':')).toString('hex')
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-8${h.slice(17, 20)}-${h.slice(20, 32)}`
}
/**
 * Both sides of pairs, made where they are not there yet. All sessions write them in one order: two that notice the same children at once would otherwise each hold the side that
 * the other waits for.
 */
export const ensurePairs = async (w: Searcher, pairs: readonly (readonly [PersonRow, PersonRow])[], today: Day): Promise<void> => {
  const sides = pairs.flatMap(([a, b]) => {
    const pair = idFrom('pair', ...[a.id, b.id].sort())
    return [
      { id: idFrom('side', a.id, b.id), p: a, other: b.id, pair },
      { id: idFrom('side', b.id, a.id), p: b, other: a.id, pair },
    ]
  })
  for (const s of sides.sort((x, y) => (x.id < y.id ? -1 : 1)))
    await w.tx.query(
      `insert into app.person_pair (id, person_id, other_id, pair, home_group, state, found, sealed) values ($1, $2, $3, $4, $5, 'open', $6, $7)
       on conflict (id) do nothing`,
      [s.id, s.p.id, s.other, s.pair, s.p.homeGroup, today, await sealPair(w, s.id, s.p, newPair.words)],
    )
}
export const ensurePair = (w: Searcher, a: PersonRow, b: PersonRow, today: Day): Promise<void> => ensurePairs(w, [[a, b]], today)
/** Locks the sides of pairs, in the same order. */
export const lockPairs = async (w: Searcher, pairs: readonly Id[]): Promise<void> => {
  if (pairs.length > 0) await w.tx.query('select id from app.person_pair where pair = any ($1::uuid[]) order by id for update', [pairs])
}

/** Writes one decision on both sides, each under its own key, and the headers into both journals. */
export const savePair = async (
  w: Searcher,
  sides: readonly { row: PersonRow; pair: Pair; now: PairNow; basis: string }[],
  d: Decided,
  command: Id,
): Promise<void> => {
  for (const s of sides) {
    const next = applyDecision(s.now, { ...d, basis: s.basis })
    await w.tx.query('update app.person_pair set state = $2, version = version + 1, sealed = $3 where id = $1', [
      s.pair.id,
      next.state,
      await sealPair(w, s.pair.id, s.row, next.words),
    ])
    const type = d.decision === 'same' ? 'persons_linked' : d.decision === 'unlinked' ? 'persons_unlinked' : 'pair_decided'
    await append(w, { record: s.row.id, kind: 'person', homeGroup: s.row.homeGroup, type, command, parts: {} })
  }
}
/** Signs and writes the link on both sides. Neither side's row, claims, grants or keys change. */
export const makeLink = async (w: Searcher, a: PersonRow, b: PersonRow, pair: Id, d: Deciding): Promise<void> => {
  const signature = sign(signingPair(w.vault.keys), Buffer.from(linkText({ pair, a: a.id, b: b.id, by: d.by, at: d.at })))
  for (const [p, other] of [
    [a, b],
    [b, a],
  ] as const)
    await w.tx.query(
      'insert into app.person_link (id, person_id, other_id, home_group, signature, made_by, pair, made_at) values ($1, $2, $3, $4, $5, $6, $7, $8)',
      [newId(), p.id, other.id, p.homeGroup, signature, d.by, pair, d.at],
    )
}
export const endLinks = async (w: Searcher, pair: Id): Promise<number> =>
  (await w.tx.query('update app.person_link set ended_at = now() where pair = $1 and ended_at is null', [pair])).rowCount ?? 0
/** Links that stand, from this person. The other side may be hidden: then this is all that is told of it. */
export const personLinks = async (w: Searcher, personId: Id): Promise<PersonLink[]> => {
  const { rows } = await w.tx.query<{ id: Id; other_id: Id; pair: Id; made_by: Id; made_at: Date; signature: Buffer }>(
    'select id, other_id, pair, made_by, made_at, signature from app.person_link where person_id = $1 and ended_at is null order by made_at, id',
    [personId],
  )
  return rows.map(r => ({
    id: r.id,
    otherId: r.other_id,
    pair: r.pair,
    by: r.made_by,
    at: r.made_at.toISOString(),
    signature: r.signature,
  }))
}
/** Was the link signed by whom it names? Undefined where their public key is not ours to see (another agency). */
export const signedBy = async (w: Searcher, personId: Id, l: PersonLink): Promise<boolean | undefined> => {
  const { rows } = await w.tx.query<{ public_ed: Buffer | null }>('select public_ed from app.account where id = $1', [l.by])
  const key = rows[0]?.public_ed
  return key
    ? verifySignature(key, Buffer.from(linkText({ pair: l.pair, a: personId, b: l.otherId, by: l.by, at: l.at })), l.signature)
    : undefined
}
