import { alike, type NameRule, type Part, toPart, toParts } from './rules.names.alike.ts'

export interface NamePair {
  readonly left: string
  readonly right: string
  readonly rule: NameRule
  readonly score: number
}
/** Which parts of two names answer each other, by what rule, and what is left over on either side. */
export interface NameComparison {
  readonly score: number
  readonly pairs: readonly NamePair[]
  readonly left: readonly string[]
  readonly right: readonly string[]
}
interface Edge {
  readonly i: readonly number[]
  readonly j: readonly number[]
  readonly rule: NameRule
  readonly score: number
  readonly weight: number
}
/** Longer parts say more; a word such as "son of" says little. */
export const weightOf = (p: Part) => (p.particle ? 0.2 : Math.min(1.3, 0.7 + 0.1 * (p.forms[0]?.length ?? 0)))
/** What a part costs that the other name does not have: a patronymic or a second family name is often left away. */
const leftOver = 0.35

const edgesOf = (a: readonly Part[], b: readonly Part[]): Edge[] => {
  const edges: Edge[] = []
  const add = (i: readonly number[], j: readonly number[], x: Part, y: Part, joined: boolean) => {
    const found = alike(x, y)
    if (found && (!joined || found.score > 0.85))
      edges.push({
        i,
        j,
        rule: joined ? 'joined' : found.rule,
        score: joined ? found.score * 0.97 : found.score,
        weight: (weightOf(x) + weightOf(y)) / 2,
      })
  }
  for (const [i, x] of a.entries()) for (const [j, y] of b.entries()) add([i], [j], x, y, false)
  const joins = (parts: readonly Part[]) => parts.slice(1).map((p, k) => ({ at: [k, k + 1], part: toPart(parts[k]!.text + p.text) }))
  for (const l of joins(a)) for (const [j, y] of b.entries()) add(l.at, [j], l.part, y, true)
  for (const r of joins(b)) for (const [i, x] of a.entries()) add([i], r.at, x, r.part, true)
  // Strongest first; order of input must not decide between equals, or the comparison would not be symmetric.
  return edges.sort(
    (p, q) => q.score * q.weight - p.score * p.weight || p.i.length + p.j.length - (q.i.length + q.j.length) || edgeOrder(p) - edgeOrder(q),
  )
}
const edgeOrder = (e: Edge) => Math.abs(e.i[0]! - e.j[0]!) * 100 + e.i[0]! + e.j[0]!

const most = 12
/** Compares two names in any scripts, without regard to order. Symmetric; 1 for a name and itself. */
export const compareNames = (a: string, b: string): NameComparison => compareParts(toParts(a), toParts(b))

/** As compareNames, for parts that were made before. */
export const compareParts = (left: readonly Part[], right: readonly Part[]): NameComparison => {
  const a = left.slice(0, most)
  const b = right.slice(0, most)
  const usedA = new Set<number>()
  const usedB = new Set<number>()
  const pairs: NamePair[] = []
  let sum = 0
  let total = 0
  for (const e of edgesOf(a, b)) {
    if (e.i.some(k => usedA.has(k)) || e.j.some(k => usedB.has(k))) continue
    for (const k of e.i) usedA.add(k)
    for (const k of e.j) usedB.add(k)
    pairs.push({ left: e.i.map(k => a[k]!.text).join(' '), right: e.j.map(k => b[k]!.text).join(' '), rule: e.rule, score: e.score })
    sum += e.weight * e.score
    total += e.weight
  }
  const rest = (parts: readonly Part[], used: ReadonlySet<number>) => parts.filter((_, i) => !used.has(i))
  const [restA, restB] = [rest(a, usedA), rest(b, usedB)]
  const weigh = (parts: readonly Part[]) => parts.reduce((s, p) => s + weightOf(p), 0)
  const [more, less] = [Math.max(weigh(restA), weigh(restB)), Math.min(weigh(restA), weigh(restB))]
  // Left over on both sides is a contradiction; on one side only, silence.
  const score = pairs.length === 0 ? 0 : sum / (total + less + leftOver * (more - less))
  return {
    score: a.length === 0 && b.length === 0 ? 1 : Math.max(0, Math.min(1, score)),
    pairs,
    left: restA.map(p => p.text),
    right: restB.map(p => p.text),
  }
}
