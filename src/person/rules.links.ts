import type { Id } from '../base/id.ts'
import { err, ok, type Result } from '../base/result.ts'
import type { Stamp } from '../base/time.ts'
import type { Compared } from './rules.match.weigh.ts'
import type { Decided, Decision, PairState, PairWords } from './schema.links.ts'

export const linkErrors = ['reason_missing', 'already_linked', 'not_linked', 'one_record', 'cannot_open_both', 'person_erased'] as const
export type LinkError = (typeof linkErrors)[number]

export interface PairNow {
  readonly state: PairState
  readonly words: PairWords
}
export const newPair: PairNow = { state: 'open', words: { history: [] } }
export interface Deciding {
  readonly by: Id
  readonly at: Stamp
  readonly bits: number
  readonly basis: string
}

/** Same, different or unsure, by somebody, with a reason. Two linked records are first parted: a silent change of mind would leave a signed link behind. */
export const decidePair = (p: PairNow, cmd: { decision: Decision; reason: string }, d: Deciding): Result<Decided, LinkError> => {
  if (cmd.reason.trim() === '') return err('reason_missing')
  if (p.state === 'same') return err('already_linked')
  return ok({ decision: cmd.decision, reason: cmd.reason.trim(), ...d })
}
/** Takes a link away. The two are two records again, and somebody looks once more. */
export const unlinkPair = (p: PairNow, reason: string, d: Deciding): Result<Decided, LinkError> => {
  if (p.state !== 'same') return err('not_linked')
  if (reason.trim() === '') return err('reason_missing')
  return ok({ decision: 'unlinked', reason: reason.trim(), ...d })
}
export const applyDecision = (p: PairNow, d: Decided): PairNow => ({
  state: d.decision === 'unlinked' ? 'unsure' : d.decision,
  words: { history: [...p.words.history, d] },
})
/** Is the pair to be asked about again? Not while linked, and not because it was found again: only when what is said of either has changed since. */
export const asksAgain = (p: PairNow, basis: string): boolean => {
  if (p.state === 'same') return false
  return p.state === 'open' || p.words.history.at(-1)?.basis !== basis
}

/** What one side said when the pair was decided. Hashed by whoever keeps it, each side its own: a digest of the other's words could be guessed from. */
export const basisText = (c: Compared): string =>
  JSON.stringify([
    c.names.toSorted(),
    c.minYear,
    c.maxYear,
    c.sex,
    c.origin,
    c.relatives,
    c.phones,
    c.handles,
    c.documents,
    ...(c.days ?? []),
  ])

/** What a link's signature is over: which two, by whom, when. The order of the two is fixed, so that one signature serves both sides. */
export const linkText = (l: { pair: Id; a: Id; b: Id; by: Id; at: Stamp }): string =>
  ['doverie/same-person/1', l.pair, ...[l.a, l.b].sort(), l.by, l.at].join('\n')

/** Links as a set: who is joined to whom. */
export type Links = ReadonlyMap<Id, ReadonlySet<Id>>
const changed = (links: Links, id: Id, change: (s: Set<Id>) => void): Links => {
  const out = new Map(links)
  const s = new Set(out.get(id))
  change(s)
  if (s.size === 0) out.delete(id)
  else out.set(id, s)
  return out
}
export const link = (links: Links, a: Id, b: Id): Links =>
  changed(
    changed(links, a, s => s.add(b)),
    b,
    s => s.add(a),
  )
export const unlink = (links: Links, a: Id, b: Id): Links =>
  changed(
    changed(links, a, s => s.delete(b)),
    b,
    s => s.delete(a),
  )
/** Everybody who is the same child as this one, by links of links. */
export const linkedWith = (links: Links, id: Id): ReadonlySet<Id> => {
  const out = new Set<Id>([id])
  for (const at of out) for (const next of links.get(at) ?? []) out.add(next)
  out.delete(id)
  return out
}
