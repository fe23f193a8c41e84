import { possibleDefault } from './rules.edtf.ts'
import type { Claim, ClaimSource, Confidence } from './schema.ts'

/*
 * Which of several claims we go by for now. A rule, not a judgement: it says by what reason it prefers one, shows all others beside it, and nobody is bound by it.
 */
export const whys = [
  'confirmed',
  'document_seen',
  'assessed',
  'document',
  'child',
  'family',
  'told',
  'observed',
  'unsourced',
  'disputed_only',
] as const
export type Why = (typeof whys)[number]

const bySource: Readonly<Record<ClaimSource, Why>> = {
  assessment: 'assessed',
  document: 'document',
  register: 'document',
  authority: 'document',
  police: 'told',
  child: 'child',
  parent: 'family',
  relative: 'family',
  other_child: 'told',
  witness: 'told',
  agency: 'told',
  medical: 'told',
  worker: 'observed',
  unknown: 'unsourced',
}
/** Why a claim counts as much as it does. */
export const whyOf = (c: Claim): Why => {
  if (c.standing === 'confirmed') return 'confirmed'
  if (c.standing === 'disputed') return 'disputed_only'
  if (c.source === 'document' && c.method === 'document_seen' && !(c.what === 'document' && c.state !== 'held')) return 'document_seen'
  return bySource[c.source]
}
const sure: Readonly<Record<Confidence, number>> = { high: 0, medium: 1, not_assessed: 2, low: 3 }
const own = (c: Claim): number => (c.what === 'name' ? { own: 0, nickname: 1, cover: 2 }[c.kind] : 0)
/** Says something, rather than that nothing is known. */
const silent = (c: Claim): number => (c.what === 'citizenship' && c.status === 'unknown' ? 1 : 0)

/** A child is called by the name they gave themselves, unless another was confirmed; for everything else a paper that we saw counts before words. */
const forNames: readonly Why[] = ['confirmed', 'child', ...whys.filter(w => w !== 'confirmed' && w !== 'child')]
const worth = (c: Claim): number => (c.what === 'name' ? forNames : whys).indexOf(whyOf(c))

/**
 * Whoever wrote it down doubted it, or a register wrote the day that it writes when nobody knows: then it is gone by only where there is nothing better, a paper or not.
 * What a child calls itself is taken as said.
 */
const doubtful = (c: Claim): number =>
  c.what !== 'name' &&
  c.standing !== 'confirmed' &&
  (c.confidence === 'low' || (c.what === 'age' && c.source !== 'assessment' && possibleDefault(c)))
    ? 1
    : 0

/** The better claim first: not doubtful, by reason, an own name before a nickname, by confidence, and what was recorded later before what was recorded earlier. Total and stable. */
export const byWorth = (a: Claim, b: Claim): number =>
  Number(a.standing === 'disputed') - Number(b.standing === 'disputed') ||
  silent(a) - silent(b) ||
  own(a) - own(b) ||
  doubtful(a) - doubtful(b) ||
  worth(a) - worth(b) ||
  sure[a.confidence] - sure[b.confidence] ||
  (a.recordedAt < b.recordedAt ? 1 : a.recordedAt > b.recordedAt ? -1 : 0)

export interface Best<C extends Claim = Claim> {
  /** Undefined where every claim was withdrawn. */
  readonly best: C | undefined
  readonly why: Why | undefined
  readonly others: readonly C[]
  readonly withdrawn: readonly C[]
}
/** The claim to go by, by what reason, what else was said, and what was taken back. */
export const bestOf = <C extends Claim>(claims: readonly C[]): Best<C> => {
  const [best, ...others] = claims.filter(c => c.standing !== 'withdrawn').sort(byWorth)
  return { best, why: best && whyOf(best), others, withdrawn: claims.filter(c => c.standing === 'withdrawn') }
}
