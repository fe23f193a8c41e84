import { type BlockCount, candidatesOf, keyBook } from './rules.linkage.blocks.ts'
import { pairLevels } from './rules.linkage.compare.ts'
import { consistent, eachPair, type LinkedPair, type Scored } from './rules.linkage.groups.ts'
import {
  agreementLevels,
  type Dependency,
  dependenciesOf,
  discount,
  type Estimated,
  estimate,
  type Patterns,
  patternOf,
  priorWeight,
  randomPairs,
} from './rules.linkage.model.ts'
import { type Attribute, type Column, columnsOf } from './rules.linkage.values.ts'
import { assumedChance, assumedLevels, type BlockRule, blockRules, linkThreshold } from './schema.linkage.ts'

/* Probabilistic linkage: which rows of two registers, or of one, are the same person. No file is told to it: its parameters are estimated from the rows themselves. */

export interface LinkInput {
  readonly attributes: readonly Attribute[]
  /** Values by attribute, then by row. */
  readonly left: readonly (readonly string[])[]
  /** Undefined: the left rows are compared with each other. */
  readonly right?: readonly (readonly string[])[] | undefined
}
export interface LinkOptions {
  readonly threshold?: number
  readonly rules?: readonly BlockRule[]
  /** Which share of the shorter side is thought to stand in the other, where the rows are too few or say too little to tell (see `toldBy`). */
  readonly assume?: number
  /** Called now and then with the share of the work that is done. */
  readonly progress?: (share: number) => void
}
/** What one attribute said about a pair. */
export interface Step {
  readonly attribute: string
  readonly level: string
  readonly weight: number
  readonly left: string
  readonly right: string
}
export interface Linkage {
  readonly pairs: readonly LinkedPair[]
  readonly parameters: Estimated
  readonly columns: readonly Column[]
  readonly dependencies: readonly Dependency[]
  /** The candidate space: what was compared out of what could be. */
  readonly space: { readonly possible: number; readonly candidates: number; readonly byRule: readonly BlockCount[] }
  /** What spoke for and against a pair, the prior first; the sum is its weight. */
  readonly waterfall: (left: number, right: number) => readonly Step[]
}

/** Bits by which agreement on this value says more or less than agreement as such: Иванов is no proof, Sondergeld nearly is. */
const rarity = (c: Column, level: number, x: number, y: number, u: Float64Array, partners: number, oneFile: boolean): number => {
  const heard = c.comparator === 'name' || c.comparator === 'words'
  if (level > (c.comparator === 'name' ? 4 : heard ? 3 : 1)) return 0
  const rows = oneFile ? c.left.length : c.left.length + c.right.length
  const agree = u[1]! + (heard ? u[2]! : 0)
  const often = Math.max(0, Math.max(c.sounding[x]!, c.sounding[y]!) - 1 - partners)
  const share = Math.max(often / rows, Math.min(agree, 1 / rows))
  return (level <= 2 ? 1 : 0.5) * Math.log2(agree / share)
}
/** Below this a pair is not worth remembering for the groups either. */
const remembered = 1e-4
const mostRemembered = 6_000_000
/** Fewer rows than these teach little of how many are the same person. */
const toldBy = 60
/** What is thought before anything is compared: one row of five of the shorter side stands in the other too. */
const assumed = 0.2

/** Told on both sides in many pairs, and the same in none. */
const neverAgrees = (patterns: Patterns, column: number, last: number): boolean => {
  let told = 0
  for (const [key, n] of patterns) {
    const level = key.charCodeAt(column)
    if (level > 0 && level < last) return false
    if (level > 0) told += n
  }
  return told >= 20
}

export const linkRows = (input: LinkInput, options: LinkOptions = {}): Linkage => {
  const oneFile = input.right === undefined
  const columns = columnsOf(input.attributes, input.left, input.right)
  const leftRows = input.left[0]?.length ?? 0
  const rightRows = (input.right ?? input.left)[0]?.length ?? 0
  const possible = oneFile ? (leftRows * (leftRows - 1)) / 2 : leftRows * rightRows
  const threshold = options.threshold ?? linkThreshold
  const progress = options.progress ?? (() => {})
  const book = keyBook(columns, options.rules ?? blockRules)
  const candidates = candidatesOf(book, leftRows, rightRows, oneFile)
  const levels = new Uint8Array(columns.length)
  progress(0.05)

  const random = randomPairs(columns, oneFile)
  progress(0.1)
  const patterns: Patterns = new Map()
  const step = Math.max(1, Math.ceil(leftRows / 25_000))
  for (let i = 0; i < leftRows; i += step) {
    const { rows, length } = candidates.of(i)
    for (let n = 0; n < length; n += 1) {
      pairLevels(columns, i, rows[n]!, levels)
      const key = patternOf(levels)
      patterns.set(key, (patterns.get(key) ?? 0) + 1)
    }
    if (i % 500 < step) progress(0.1 + (0.4 * i) / leftRows)
  }
  const to = agreementLevels(columns)
  const fewer = Math.min(leftRows, rightRows)
  let dependencies: readonly Dependency[] = []
  // With names alone, or a few rows, nothing in the files tells how many are the same: then what is assumed counts, as data, and nothing is learned from noise.
  const silent = columns.length < 2 || fewer < toldBy
  // A column that never agrees is written in other words on either side (two codes for one country): it says nothing, and must not speak against everybody.
  const mute = columns.map((c, k) => neverAgrees(patterns, k, c.levels.length))
  const starts = columns.map((c, k) =>
    mute[k] ? random.shares[k]! : silent ? Float64Array.from([0, ...assumedLevels[c.comparator]]) : undefined,
  )
  const chance = silent
    ? random.shares.map((r, k) => r.map((v, l) => Math.min(v, assumedChance[columns[k]!.comparator]?.[l - 1] ?? 1)))
    : random.shares
  let parameters = estimate(patterns, chance, possible, fewer, 1 / step, undefined, silent ? 0 : undefined, starts)
  if (silent) parameters = { ...parameters, prior: Math.min(0.5, ((options.assume ?? assumed) * fewer) / Math.max(1, possible)) }
  // What is learned about dependencies changes who is taken for one person, and that what is learned: twice is enough.
  for (let again = 0; again < 2 && !silent; again += 1) {
    dependencies = dependenciesOf(columns, random, parameters)
    const known = dependencies
    parameters = estimate(patterns, random.shares, possible, fewer, 1 / step, levels => discount(known, to, levels), undefined, starts)
  }
  patterns.clear()
  for (const c of candidates.counts) {
    c.pairs = 0
    c.crowds = 0
  }

  const prior = priorWeight(parameters.prior)
  const partners = (parameters.prior * possible * (oneFile ? 2 : 1)) / Math.max(1, Math.min(leftRows, rightRows))
  const bits = parameters.m.map((m, k) => m.map((v, l) => (l === 0 ? 0 : Math.log2(v / parameters.u[k]![l]!))))
  const stepOf = (k: number, i: number, j: number, level: number, of: readonly Column[] = columns) => {
    if (level === 0) return 0
    const c = of[k]!
    return bits[k]![level]! + rarity(c, level, c.left[i]!, c.right[j]!, parameters.u[k]!, partners, oneFile)
  }
  const scored: Scored[] = []
  const weigh = (i: number, j: number, of: readonly Column[] = columns): number => {
    pairLevels(of, i, j, levels)
    let w = prior - discount(dependencies, to, levels)
    for (let k = 0; k < columns.length; k += 1) w += stepOf(k, i, j, levels[k]!, of)
    return w
  }
  let lowest = Math.log2(remembered)
  for (let i = 0; i < leftRows; i += 1) {
    const { rows, length } = candidates.of(i)
    for (let n = 0; n < length; n += 1) {
      const weight = weigh(i, rows[n]!)
      if (weight > lowest) scored.push({ left: i, right: rows[n]!, weight })
    }
    // Files in which everybody resembles everybody: only what may be written is kept then.
    if (scored.length > mostRemembered) lowest = 0
    if (i % 500 === 0) progress(0.5 + (0.45 * i) / leftRows)
  }
  // Rows of one file are weighed by the same model: two that cannot be one person cannot both be a third.
  const within = (side: 'left' | 'right') => columns.map(c => ({ ...c, left: c[side], right: c[side] }))
  const [leftOnly, rightOnly] = [within('left'), within('right')]
  const weighAny = (a: number, b: number): number => {
    if (oneFile) return weigh(a, b)
    if (a < leftRows && b < leftRows) return weigh(a, b, leftOnly)
    if (a >= leftRows && b >= leftRows) return weigh(a - leftRows, b - leftRows, rightOnly)
    return a < b ? weigh(a, b - leftRows) : weigh(b, a - leftRows)
  }
  const rows = oneFile ? leftRows : leftRows + rightRows
  // Where a person looks at everything that is only possible, every possibility is shown: who of three namesakes it is, is theirs to say.
  const listed = silent && threshold < linkThreshold
  const pairs = listed ? eachPair(scored, threshold) : consistent(scored, { oneFile, leftRows, rows, threshold, weigh: weighAny, prior })
  progress(1)
  return {
    pairs,
    parameters,
    columns,
    dependencies,
    space: { possible, candidates: candidates.counts.reduce((s, c) => s + c.pairs, 0), byRule: candidates.counts },
    waterfall: (i, j) => {
      pairLevels(columns, i, j, levels)
      const said = Uint8Array.from(levels)
      return [
        { attribute: '', level: 'prior', weight: prior, left: '', right: '' },
        ...columns.map((c, k) => ({
          attribute: c.name,
          level: said[k]! === 0 ? 'missing' : c.levels[said[k]! - 1]!,
          weight: stepOf(k, i, j, said[k]!),
          left: c.dictionary.values[c.left[i]!]!.raw,
          right: c.dictionary.values[c.right[j]!]!.raw,
        })),
        ...dependencies
          .filter(d => discount([d], to, said) > 0)
          .map(d => ({
            attribute: `${columns[d.a]!.name}, ${columns[d.b]!.name}`,
            level: 'together',
            weight: -d.bits,
            left: '',
            right: '',
          })),
      ]
    },
  }
}
export type { LinkedPair }
