import { probabilityOf } from './rules.linkage.model.ts'

/** A pair and its weight in bits. */
export interface Scored {
  readonly left: number
  readonly right: number
  readonly weight: number
}
export interface LinkedPair extends Scored {
  readonly probability: number
  /** The row (right of the first file's rows where two are linked) through which a pair is held that was not sure by itself. */
  readonly through: number | undefined
}
/** Rows of both files as one row of numbers: right rows follow the left ones, unless the file is compared with itself. */
export interface Grouping {
  readonly oneFile: boolean
  readonly leftRows: number
  readonly rows: number
  readonly threshold: number
  /** The weight of any two rows, of one file or of two, and what the prior is in it. */
  readonly weigh: (a: number, b: number) => number
  readonly prior: number
}
const largest = 60
const surest = (a: LinkedPair, b: LinkedPair) =>
  b.probability - a.probability || b.weight - a.weight || a.left - b.left || a.right - b.right
/** Every pair by itself, the likeliest first. */
export const eachPair = (scored: readonly Scored[], threshold: number): LinkedPair[] =>
  scored
    .map(s => ({ ...s, probability: probabilityOf(s.weight), through: undefined }))
    .filter(p => p.probability >= threshold)
    .sort(surest)

/**
 * Pairs that hold together. Strongest first, rows gather into people: a row joins only if all that is known of the others speaks for it more than against it, so that a chain
 * of half-likenesses does not make one person of many. Silence (a prior that nothing has outweighed) is not against.
 */
export const consistent = (scored: readonly Scored[], g: Grouping): LinkedPair[] => {
  const at = g.oneFile ? 0 : g.leftRows
  const group = Int32Array.from({ length: g.rows }, (_, i) => i)
  const members = new Map<number, number[]>()
  const membersOf = (i: number) => members.get(group[i]!) ?? [i]
  const sure = scored
    .filter(s => probabilityOf(s.weight) >= g.threshold)
    .sort((a, b) => b.weight - a.weight || a.left - b.left || a.right - b.right)
  const direct = new Map<number, number>()
  const keyOf = (a: number, b: number) => (a < b ? a * g.rows + b : b * g.rows + a)
  for (const s of sure) direct.set(keyOf(s.left, s.right + at), s.weight)
  const refused: Scored[] = []
  for (const s of sure) {
    const [x, y] = [s.left, s.right + at]
    if (group[x] === group[y]) continue
    const [a, b] = [membersOf(x), membersOf(y)]
    let sum = 0
    if (a.length + b.length <= largest)
      for (const p of a)
        for (const q of b) {
          const w = direct.get(keyOf(p, q)) ?? g.weigh(p, q)
          sum += w >= 0 ? w : Math.min(0, w - g.prior)
        }
    if (sum <= 0) {
      refused.push(s)
      continue
    }
    const all = [...a, ...b]
    for (const i of all) group[i] = x
    members.set(x, all)
  }
  const out: LinkedPair[] = sure
    .filter(s => group[s.left] === group[s.right + at])
    .map(s => ({ ...s, probability: probabilityOf(s.weight), through: undefined }))
  // What two sure pairs imply is a pair too, as sure as the weaker of them, unless it speaks against itself.
  for (const [, all] of members) {
    if (all.length < 3 || all.some(i => group[i] !== group[all[0]!])) continue
    for (const i of all)
      for (const j of all) {
        if (g.oneFile ? i >= j : i >= g.leftRows || j < g.leftRows) continue
        if (direct.has(keyOf(i, j))) continue
        let best: { third: number; weight: number } | undefined
        for (const k of all) {
          const weight = Math.min(direct.get(keyOf(i, k)) ?? Number.NEGATIVE_INFINITY, direct.get(keyOf(k, j)) ?? Number.NEGATIVE_INFINITY)
          if (weight > (best?.weight ?? 0)) best = { third: k, weight }
        }
        if (!best) continue
        const own = g.weigh(i, j)
        const probability = probabilityOf(best.weight + Math.min(0, own - g.prior) / 2)
        if (probability >= g.threshold) out.push({ left: i, right: j - at, weight: own, probability, through: best.third })
      }
  }
  return out.sort(surest)
}
