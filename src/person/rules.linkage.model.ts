import { pairLevels } from './rules.linkage.compare.ts'
import type { Column } from './rules.linkage.values.ts'

/* The model of Fellegi and Sunter (1969): how often each level is seen among pairs of one person (m) and of two (u). Nobody says which pairs are which. */

export interface Parameters {
  /** By column, then by level from 1; the logarithm's argument is m/u. */
  readonly m: readonly Float64Array[]
  readonly u: readonly Float64Array[]
  /** The share of all possible pairs that are one person. */
  prior: number
  rounds: number
}
/** How often each combination of levels was seen. */
export type Patterns = Map<string, number>
export const patternOf = (levels: Uint8Array): string => String.fromCharCode(...levels)

/** Weights are not believed beyond this: nothing is as sure as a formula. */
const rarest = 2e-6

/** A repeatable number generator: the same files give the same answer. */
export const dice = (seed: number) => {
  let s = seed >>> 0
  return () => {
    s = (s + 0x6d2b79f5) >>> 0
    let t = Math.imul(s ^ (s >>> 15), 1 | s)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
export interface RandomPairs {
  /** By column: the share of each level. */
  readonly shares: readonly Float64Array[]
  readonly patterns: Patterns
}
/** What random pairs look like. "Same" is counted exactly from how often each value stands in the files. */
export const randomPairs = (columns: readonly Column[], oneFile: boolean, sample = 30_000): RandomPairs => {
  const random = dice(20110319)
  const [l, r] = [columns[0]?.left.length ?? 0, columns[0]?.right.length ?? 0]
  const levels = new Uint8Array(columns.length)
  const patterns: Patterns = new Map()
  const seen = columns.map(c => new Float64Array(c.levels.length + 1))
  for (let n = 0; n < sample && l > 0 && r > 0; n += 1) {
    const [i, j] = [Math.floor(random() * l), Math.floor(random() * r)]
    if (oneFile && i === j) continue
    pairLevels(columns, i, j, levels)
    const key = patternOf(levels)
    patterns.set(key, (patterns.get(key) ?? 0) + 1)
    for (let k = 0; k < levels.length; k += 1) seen[k]![levels[k]!]! += 1
  }
  const shares = columns.map((c, k) => {
    let [agree, rowsL, rowsR] = [0, 0, 0]
    for (let v = 1; v < c.inLeft.length; v += 1) {
      agree += c.inLeft[v]! * (oneFile ? c.inLeft[v]! - 1 : c.inRight[v]!)
      rowsL += c.inLeft[v]!
      rowsR += c.inRight[v]!
    }
    const all = rowsL * (oneFile ? Math.max(0, rowsR - 1) : rowsR)
    const same = all > 0 ? agree / all : 0
    const s = seen[k]!
    const others = s.slice(2).reduce((sum, v) => sum + v, 0)
    return s.map((v, at) => (at === 0 ? 0 : at === 1 ? same : ((v + 0.3) / (others + 0.3 * (s.length - 2))) * (1 - same)))
  })
  return { shares, patterns }
}

/** Two columns that agree together more often than by chance in different people too: a village lies in one region, an Olga is a girl. */
export interface Dependency {
  readonly a: number
  readonly b: number
  /** What their agreement together says less than each for itself. */
  readonly bits: number
}
const agreesTo = { name: 6, words: 3, category: 2, date: 1, number: 1, house: 1, postcode: 1, phone: 2, email: 2, digits: 1 } as const
/** The strongest dependencies that form no ring: each column is discounted once. Pairs that are probably one person are left out: those agree in everything. */
export const dependenciesOf = (columns: readonly Column[], random: RandomPairs, p: Parameters): Dependency[] => {
  const n = columns.length
  const to = columns.map(c => agreesTo[c.comparator])
  const both = new Float64Array(n * n)
  const here = new Float64Array(n * n)
  const one = new Float64Array(n * n)
  const base = priorWeight(p.prior)
  for (const [key, count] of random.patterns) {
    const levels = Uint8Array.from(key, c => c.charCodeAt(0))
    if (base + patternWeight(p, levels) > 0) continue
    for (let a = 0; a < n; a += 1)
      for (let b = 0; b < n; b += 1) {
        if (levels[a] === 0 || levels[b] === 0 || a === b) continue
        const [x, y] = [levels[a]! <= to[a]!, levels[b]! <= to[b]!]
        here[a * n + b]! += count
        if (x) one[a * n + b]! += count
        if (x && y) both[a * n + b]! += count
      }
  }
  const found: Dependency[] = []
  for (let a = 0; a < n; a += 1)
    for (let b = a + 1; b < n; b += 1) {
      const seen = both[a * n + b]!
      const expected = (one[a * n + b]! * one[b * n + a]!) / Math.max(1, here[a * n + b]!)
      if (seen >= 10 && seen - 2 * Math.sqrt(seen) > expected) found.push({ a, b, bits: Math.log2(seen / Math.max(expected, 1)) })
    }
  const group = Array.from({ length: n }, (_, i) => i)
  return found
    .sort((x, y) => y.bits - x.bits)
    .filter(d => {
      const [x, y] = [group[d.a]!, group[d.b]!]
      if (x === y) return false
      group.forEach((g, i) => {
        if (g === y) group[i] = x
      })
      return true
    })
}
/** What dependencies take from the weight of a pattern. */
export const discount = (dependencies: readonly Dependency[], to: readonly number[], levels: ArrayLike<number>): number => {
  let bits = 0
  for (const d of dependencies) {
    const [x, y] = [levels[d.a]!, levels[d.b]!]
    if (x > 0 && y > 0 && x <= to[d.a]! && y <= to[d.b]!) bits += d.bits
  }
  return bits
}
export const agreementLevels = (columns: readonly Column[]): number[] => columns.map(c => agreesTo[c.comparator])
/** Pairs that are imagined beside those that are seen: without them a file in which nobody stands twice would teach that one person agrees with himself in nothing. */
const imagined = 20
const started = (levels: number): Float64Array => {
  const m = new Float64Array(levels + 1)
  for (let k = 1; k <= levels; k += 1) m[k] = k === 1 ? 0.8 : k === levels ? 0.06 : 0.14 / Math.max(1, levels - 2)
  return m
}
export interface Estimated extends Parameters {
  /** The change of the last round: small when it has settled. */
  readonly change: number
}
/** Weight of a pattern, in bits, by parameters. */
export const patternWeight = (p: Pick<Parameters, 'm' | 'u'>, levels: ArrayLike<number>): number => {
  let w = 0
  for (let k = 0; k < p.m.length; k += 1) {
    const l = levels[k]!
    if (l > 0) w += Math.log2(p.m[k]![l]! / p.u[k]![l]!)
  }
  return w
}
/** The prior as bits. */
export const priorWeight = (prior: number): number => Math.log2(prior / (1 - prior))
export const probabilityOf = (bits: number): number => 1 / (1 + 2 ** -bits)

/**
 * Estimates m and the prior by expectation and maximisation over all pairs of the files: those that no blocking rule brought count as two persons. u comes from random
 * pairs, less the pairs of one person that random pairs hold too. `share` is the part of the candidates that `patterns` counted;
 * `starts` is where m begins, where somebody knows better than the formula.
 */
export const estimate = (
  patterns: Patterns,
  random: readonly Float64Array[],
  allPairs: number,
  fewer: number,
  share = 1,
  depends: (levels: Uint8Array) => number = () => 0,
  rounds = 200,
  starts?: readonly (Float64Array | undefined)[],
): Estimated => {
  const levels = [...patterns.keys()].map(k => Uint8Array.from(k, c => c.charCodeAt(0)))
  const counts = [...patterns.values()].map(n => n / share)
  const taken = levels.map(depends)
  const begun = random.map((r, k) => starts?.[k] ?? started(r.length - 1))
  const m = begun.map(b => Float64Array.from(b))
  const u = random.map(r => Float64Array.from(r, v => Math.max(v, rarest)))
  let prior = Math.min(0.3, Math.max(1, fewer * 0.2) / Math.max(1, allPairs))
  let change = 1
  let round = 0
  for (; round < rounds && change > 1e-6; round += 1) {
    const sums = m.map(a => new Float64Array(a.length))
    const weights = m.map((a, k) => Float64Array.from(a, (v, l) => (l === 0 ? 0 : Math.log2(v / u[k]![l]!))))
    const base = priorWeight(prior)
    let matches = 0
    for (let n = 0; n < levels.length; n += 1) {
      const ls = levels[n]!
      let w = base - taken[n]!
      for (let k = 0; k < ls.length; k += 1) w += weights[k]![ls[k]!]!
      const expected = counts[n]! * probabilityOf(w)
      matches += expected
      for (let k = 0; k < ls.length; k += 1) sums[k]![ls[k]!]! += expected
    }
    const next = Math.min(0.5, Math.max(0.5, matches) / Math.max(1, allPairs))
    change = Math.abs(Math.log(next / prior))
    prior = next
    m.forEach((a, k) => {
      const told = sums[k]!.slice(1).reduce((s, v) => s + v, 0)
      for (let l = 1; l < a.length; l += 1) {
        const now = (sums[k]![l]! + imagined * begun[k]![l]!) / (told + imagined)
        change = Math.max(change, Math.abs(now - a[l]!))
        a[l] = now
        u[k]![l] = Math.max(rarest, random[k]![l]! * (l === 1 ? 0.02 : 0.3), (random[k]![l]! - prior * now) / (1 - prior))
      }
    })
  }
  return { m, u, prior, rounds: round, change }
}
