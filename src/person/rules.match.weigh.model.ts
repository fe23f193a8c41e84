import { dice, estimate, type Patterns, patternOf } from './rules.linkage.model.ts'
import { exactKey } from './rules.match.ts'
import { levelsOfPair, partKey, partsOfName } from './rules.match.weigh.levels.ts'
import type { Compared } from './rules.match.weigh.ts'
import {
  candidateRules,
  fewestPeople,
  mostLearned,
  startValues,
  type WeighAttribute,
  weighAttributes,
  weighNames,
} from './schema.match-model.ts'

/* What a session's people teach about how alike two records of one child are, and how common everything is. Nobody says which pairs are which. Holds numbers only: no name can be read from it. */

type Table = Readonly<Record<WeighAttribute, Float64Array>>
export interface MatchModel {
  /** Among how many this was asked. */
  readonly people: number
  /** From how many it is counted what is common. */
  readonly read: number
  /** How many it was learned from; 0: the start values stand. */
  readonly learned: number
  /** Pairs that blocking rules brought and that were compared to learn, of so many possible. */
  readonly compared: number
  readonly possible: number
  /** By attribute, then by level from 1. */
  readonly m: Table
  readonly u: Table
  readonly bits: Table
  /** How many people have this part of a name, birthday or country: by a number made of it. */
  readonly common: ReadonlyMap<number, number>
  /** Earliest and latest years of birth, sorted, of those whose age is known. */
  readonly years: { readonly from: Float64Array; readonly to: Float64Array }
}
const hashed = (what: string, text: string): number => {
  let h = 2166136261
  for (const c of [what, '\n', text]) for (let i = 0; i < c.length; i += 1) h = Math.imul(h ^ c.charCodeAt(i), 16777619)
  h ^= h >>> 15
  h = Math.imul(h, 0x85ebca6b)
  return (h ^ (h >>> 13)) >>> 0
}
const fromOne = (list: readonly number[]) => Float64Array.from([0, ...list])
const tableOf = (of: (what: WeighAttribute) => Float64Array): Table =>
  Object.fromEntries(weighNames.map(what => [what, of(what)])) as unknown as Table
/** Weights by level: within reach of the start, never against where it agrees, never for where it does not, and never more for the weaker. */
const bitsTable = (m: Table, u: Table): Table =>
  tableOf(what => {
    const { levels, agrees } = weighAttributes[what]
    const out = new Float64Array(levels.length + 1)
    for (let l = 1; l <= levels.length; l += 1) {
      const start = Math.log2(startValues[what].m[l - 1]! / startValues[what].u[l - 1]!)
      const told = Math.log2(m[what][l]! / u[what][l]!)
      const near = Math.min(start + mostLearned, Math.max(start - mostLearned, told))
      const side = l <= agrees ? Math.max(0, near) : Math.min(0, near)
      out[l] = l === 1 ? side : Math.min(side, out[l - 1]!)
    }
    return out
  })
const startM = tableOf(what => fromOne(startValues[what].m))
const startU = tableOf(what => fromOne(startValues[what].u))
const startBits = bitsTable(startM, startU)
const noYears = { from: new Float64Array(0), to: new Float64Array(0) }
/** Before anything was learned. */
export const startModel = (people: number): MatchModel => ({
  people,
  read: 0,
  learned: 0,
  compared: 0,
  possible: 0,
  m: startM,
  u: startU,
  bits: startBits,
  common: new Map(),
  years: noYears,
})
export const levelBits = (model: MatchModel, what: WeighAttribute, level: number): number => model.bits[what][level]!

const imaginedPeople = 30
/** The share of people of whom all this is true; undefined where nothing is known of how common it is. Of the two spellings the commoner counts. */
export const tokenShare = (model: MatchModel, what: WeighAttribute, tokens: readonly (readonly [string, string])[]): number | undefined => {
  if (model.read === 0) return undefined
  const counts = tokens.flatMap(([x, y]) => {
    const of = (t: string) => (t === '' ? 0 : (model.common.get(hashed(what, t)) ?? 0))
    return x === '' && y === '' ? [] : [Math.max(of(x), of(y))]
  })
  if (counts.length === 0) return undefined
  // Few people read: what is common is still mostly what was thought before.
  const before = what === 'name' ? 0.5 : imaginedPeople * startValues[what].u[0]!
  const joint = counts.reduce((share, n) => share * ((n + before) / (model.read + imaginedPeople)), 1)
  // Nobody is rarer than one of all, and a few imagined others keep a small register from calling everything rare.
  return Math.min(0.9, Math.max(1 / (model.people + 60), joint))
}
/** How many numbers of a sorted list are below one. */
const below = (sorted: Float64Array, value: number): number => {
  let [lo, hi] = [0, sorted.length]
  while (lo < hi) {
    const mid = (lo + hi) >>> 1
    if (sorted[mid]! < value) lo = mid + 1
    else hi = mid
  }
  return lo
}
/** Children here spread over so many years of birth. */
const spread = 14
/** The share of people whose age may be the same as this one's: a wide guess meets half of all. Of both sides the wider counts. */
export const overlapShare = (model: MatchModel, a: Compared, b: Compared): number => {
  const { from, to } = model.years
  const of = (c: Compared) => {
    const [lo, hi] = [c.minYear ?? 0, c.maxYear ?? 0]
    const meets = from.length - below(to, lo) - (from.length - below(from, hi + 1))
    return (meets + 20 * Math.min(0.95, (hi - lo + 2) / spread)) / (from.length + 20)
  }
  return Math.min(0.97, Math.max(of(a), of(b)))
}

const keysUnder = (rule: (typeof candidateRules)[number]['name'], c: Compared): string[] => {
  const parts = (names: readonly string[]) =>
    names.flatMap(n =>
      partsOfName(n)
        .filter(p => !p.particle && p.text.length > 1)
        .map(partKey),
    )
  switch (rule) {
    case 'name':
      return parts(c.names)
    case 'relative':
      return parts(c.relatives)
    default:
      return c[`${rule}s`].map(exactKey[rule]).filter(Boolean)
  }
}
/** Pairs to learn from, by blocking rules; at most `most`, spread over all keys. */
const blockedPairs = (people: readonly Compared[], most: number): { pairs: (readonly [number, number])[]; all: number } => {
  const seen = new Set<number>()
  for (const rule of candidateRules) {
    const under = new Map<string, number[]>()
    people.forEach((c, i) => {
      for (const k of new Set(keysUnder(rule.name, c))) {
        const list = under.get(k)
        if (list) list.push(i)
        else under.set(k, [i])
      }
    })
    for (const rows of under.values())
      if (rows.length <= rule.most)
        for (let i = 0; i < rows.length; i += 1) for (let j = i + 1; j < rows.length; j += 1) seen.add(rows[i]! * people.length + rows[j]!)
  }
  const all = [...seen]
  const step = Math.max(1, all.length / most)
  const pairs: (readonly [number, number])[] = []
  for (let at = 0; at < all.length; at += step) {
    const n = all[Math.floor(at)]!
    pairs.push([Math.floor(n / people.length), n % people.length])
  }
  return { pairs, all: all.length }
}
const add = (map: Map<number, number>, key: number) => map.set(key, (map.get(key) ?? 0) + 1)
/** How common parts of names, birthdays, sexes and countries are. */
const commonOf = (people: readonly Compared[]): Map<number, number> => {
  const common = new Map<number, number>()
  for (const c of people) {
    const own = new Set([
      ...keysUnder('name', c).map(k => hashed('name', k)),
      ...(c.days ?? []).map(d => hashed('birthday', d.slice(5))),
      ...(c.sex ? [hashed('sex', c.sex)] : []),
      ...(c.origin ? [hashed('origin', c.origin)] : []),
    ])
    for (const k of own) add(common, k)
  }
  return common
}
const mostBlocked = 6000
const randomSample = 6000
/** A start value weighs as much as so many pairs that were seen. */
const imaginedPairs = 60
/**
 * Learns from people, `people` being how many there are in all: u from random pairs, m by expectation and maximisation over blocked pairs, how common everything is by
 * counting. In pieces: whoever runs it lets others be answered between two. The same people give the same model.
 */
export function* learnModel(sample: readonly Compared[], people: number): Generator<undefined, MatchModel> {
  const years = sample.filter(c => c.minYear !== null && c.maxYear !== null)
  const counted = {
    people,
    read: sample.length,
    common: commonOf(sample),
    years: { from: Float64Array.from(years, c => c.minYear!).sort(), to: Float64Array.from(years, c => c.maxYear!).sort() },
  }
  yield
  if (sample.length < fewestPeople) return { ...startModel(people), ...counted }
  const levels = new Uint8Array(weighNames.length)
  const random = dice(19690328)
  const seen = weighNames.map(what => new Float64Array(weighAttributes[what].levels.length + 1))
  for (let n = 0; n < randomSample; n += 1) {
    const [i, j] = [Math.floor(random() * sample.length), Math.floor(random() * sample.length)]
    if (i === j) continue
    levelsOfPair(weighNames, sample[i]!, sample[j]!, levels)
    weighNames.forEach((_, k) => {
      seen[k]![levels[k]!]! += 1
    })
    if (n % 40 === 0) yield
  }
  const u = weighNames.map((what, k) => {
    const told = seen[k]!.slice(1).reduce((s, v) => s + v, 0)
    return seen[k]!.map((v, l) => (l === 0 ? 0 : (v + imaginedPairs * startU[what][l]!) / (told + imaginedPairs)))
  })
  const patterns: Patterns = new Map()
  const blocked = blockedPairs(sample, mostBlocked)
  yield
  for (const [n, [i, j]] of blocked.pairs.entries()) {
    levelsOfPair(weighNames, sample[i]!, sample[j]!, levels)
    const key = patternOf(levels)
    patterns.set(key, (patterns.get(key) ?? 0) + 1)
    if (n % 40 === 0) yield
  }
  const possible = (sample.length * (sample.length - 1)) / 2
  const share = Math.min(1, blocked.pairs.length / Math.max(1, blocked.all))
  const e = estimate(
    patterns,
    u,
    possible,
    sample.length,
    share,
    undefined,
    100,
    weighNames.map(what => startM[what]),
  )
  const [m, uu] = [tableOf(what => e.m[weighNames.indexOf(what)]!), tableOf(what => e.u[weighNames.indexOf(what)]!)]
  return { ...counted, learned: sample.length, compared: blocked.pairs.length, possible, m, u: uu, bits: bitsTable(m, uu) }
}
