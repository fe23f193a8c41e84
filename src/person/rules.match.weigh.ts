import { entryOf } from './rules.match.facts.ts'
import type { Sex } from './rules.match.ts'
import { type Alikeness, alikeness, namePairings } from './rules.match.weigh.levels.ts'
import { levelBits, type MatchModel, overlapShare, tokenShare } from './rules.match.weigh.model.ts'
import { type WeighAttribute, weighAttributes, weighNames } from './schema.match-model.ts'
import type { Identity } from './schema.ts'

/* How much two descriptions of a person speak for one child, attribute by attribute, in bits. Pure. */

/** What is compared: of a record, or of a child that somebody asks about. */
export interface Compared {
  readonly names: readonly string[]
  readonly minYear: number | null
  readonly maxYear: number | null
  /** Dates of birth that were said to the day. */
  readonly days?: readonly string[]
  readonly sex: Sex | null
  readonly origin: string | null
  readonly relatives: readonly string[]
  readonly phones: readonly string[]
  readonly handles: readonly string[]
  readonly documents: readonly string[]
}
const wholeDay = /^\d{4}-\d\d-\d\d$/
export const comparedOf = (identity: Identity): Compared => {
  const e = entryOf('', identity)
  const relatives = identity.facts.flatMap(f => (f.what === 'relative' && f.standing !== 'withdrawn' ? [f.text] : []))
  const days = identity.ages.flatMap(a => (a.standing !== 'withdrawn' && a.min && a.min === a.max && wholeDay.test(a.min) ? [a.min] : []))
  return {
    names: e.names,
    minYear: e.minYear ?? null,
    maxYear: e.maxYear ?? null,
    ...(days.length > 0 ? { days: [...new Set(days)] } : {}),
    sex: e.sex ?? null,
    origin: e.origin ?? null,
    relatives,
    phones: e.phones ?? [],
    handles: e.handles ?? [],
    documents: e.documents ?? [],
  }
}

export const attributes = ['prior', ...weighNames] as const
export type Attribute = 'prior' | WeighAttribute
export const weighLevels = ['prior', 'same', 'near', 'alike', 'swapped', 'overlap', 'apart', 'different', 'missing'] as const
export type WeighLevel = (typeof weighLevels)[number]
/** One step of the waterfall: what stood on either side, how alike it is, and how much that says. */
export interface Step {
  readonly what: Attribute
  readonly level: WeighLevel
  readonly bits: number
  readonly left: string
  readonly right: string
}
export interface Weighed {
  readonly steps: readonly Step[]
  readonly bits: number
  readonly probability: number
}
const round = (n: number) => Math.round(n * 10) / 10

/** Bits of one comparison: those of its level, more for what is rare here and less for what is common. An agreement never speaks against. */
const bitsOf = (model: MatchModel, what: WeighAttribute, f: Alikeness, a: Compared, b: Compared): number => {
  if (f.level === 0) return 0
  const bits = levelBits(model, what, f.level)
  if (f.level > weighAttributes[what].agrees) return bits
  if (what === 'age') return Math.max(0, bits + Math.log2(model.u.age[1]! / overlapShare(model, a, b)))
  if (f.tokens.length === 0) return bits
  const share = tokenShare(model, what, f.tokens)
  // The less alike, the less the rarity of a word proves.
  const trust = f.level === 1 ? 1 : f.level === 2 ? 0.75 : 0.5
  return share === undefined ? bits : Math.max(0, bits + trust * Math.log2(model.u[what][f.level]! / share))
}
const missingText = (list: readonly string[]) => list.filter(n => n.trim()).join(', ')
const stepOf = (model: MatchModel, what: WeighAttribute, a: Compared, b: Compared): Step => {
  let found: Alikeness
  let bits: number
  if (what === 'name') {
    found = { level: 0, left: missingText(a.names), right: missingText(b.names), tokens: [] }
    bits = 0
    // Of all names on either side those two count that say most: one more name that agrees can only add.
    for (const p of namePairings(a.names, b.names)) {
      const said = p.silent ? 0 : bitsOf(model, 'name', p, a, b)
      const level = p.silent ? 3 : p.level
      if (found.level === 0 || said > bits || (said === bits && level < found.level)) [found, bits] = [{ ...p, level }, said]
    }
  } else {
    found = alikeness(what, a, b)
    bits = bitsOf(model, what, found, a, b)
  }
  const levels: readonly WeighLevel[] = weighAttributes[what].levels
  return {
    what,
    level: found.level === 0 ? 'missing' : levels[found.level - 1]!,
    bits: round(bits) + 0,
    left: found.left,
    right: found.right,
  }
}

export const probabilityOfBits = (bits: number): number => 1 / (1 + 2 ** -bits)
/** Symmetric: who stands left does not matter. The model says how common everything is among those looked through. */
export const weigh = (a: Compared, b: Compared, model: MatchModel): Weighed => {
  const steps: Step[] = [
    // Before anything is compared two records are of two children: the more records, the surer.
    { what: 'prior', level: 'prior', bits: round(-Math.min(12, Math.max(3, Math.log2(model.people + 8)))), left: '', right: '' },
    ...weighNames.map(what => stepOf(model, what, a, b)),
  ]
  const bits = round(steps.reduce((n, s) => n + s.bits, 0))
  return { steps, bits, probability: probabilityOfBits(bits) }
}
/** From here on a pair is shown to somebody. Low on purpose: to look costs a minute, to overlook costs a child their brother, their papers, or their place. */
export const worthAsking = -2
