import { compareDates } from './rules.linkage.dates.ts'
import { editDistance, jaroWinkler, sharedLetters } from './rules.linkage.text.ts'
import type { Column, Dictionary, Value } from './rules.linkage.values.ts'
import { type Alike, alike, keyOf, otherForms, type Part } from './rules.names.alike.ts'
import { spell } from './rules.names.sounds.ts'
import { compareParts, type NameComparison, type NamePair, weightOf } from './rules.names.ts'
import { type Level, levelsOf } from './schema.linkage.ts'

const alikeMemo = new Map<string, Alike | null>()
/** Two parts, remembered: given names and patronymics come again and again. */
const partsAlike = (x: Part, y: Part): Alike | null => {
  const key = x.text < y.text ? `${x.text} ${y.text}` : `${y.text} ${x.text}`
  const known = alikeMemo.get(key)
  if (known !== undefined) return known
  const far =
    x.script !== 2 &&
    y.script !== 2 &&
    !shortForms(x, y) &&
    x.text.length > 1 &&
    y.text.length > 1 &&
    jaroWinkler(soundOf(x), soundOf(y)) < 0.62
  const made = far ? null : (alike(x, y) ?? null)
  if (alikeMemo.size > 400_000) alikeMemo.clear()
  alikeMemo.set(key, made)
  return made
}
const spelled = new WeakMap<Part, string>()
const soundOf = (p: Part): string => {
  const known = spelled.get(p)
  if (known !== undefined) return known
  const made = spell(p.forms[0] ?? new Uint8Array())
  spelled.set(p, made)
  return made
}
const formsOf = new WeakMap<Part, ReadonlySet<string>>()
const shortForms = (x: Part, y: Part): boolean => {
  let others = formsOf.get(x)
  if (!others) {
    others = otherForms(x)
    formsOf.set(x, others)
  }
  return others.size > 0 && y.forms.some(f => others.has(keyOf(f)))
}
/** As compareParts, without parts that were joined or torn apart: those are asked for only where the texts as wholes resemble each other. */
const compareWhole = (a: Value, b: Value): NameComparison => {
  const edges: { i: number; j: number; weight: number; found: Alike }[] = []
  a.parts.forEach((x, i) => {
    b.parts.forEach((y, j) => {
      const found = partsAlike(x, y)
      if (found) edges.push({ i, j, weight: (weightOf(x) + weightOf(y)) / 2, found })
    })
  })
  edges.sort(
    (p, q) => q.found.score * q.weight - p.found.score * p.weight || Math.abs(p.i - p.j) - Math.abs(q.i - q.j) || p.i + p.j - q.i - q.j,
  )
  const [usedA, usedB] = [new Set<number>(), new Set<number>()]
  const pairs: NamePair[] = []
  let [sum, total] = [0, 0]
  for (const e of edges) {
    if (usedA.has(e.i) || usedB.has(e.j)) continue
    usedA.add(e.i)
    usedB.add(e.j)
    pairs.push({ left: a.parts[e.i]!.text, right: b.parts[e.j]!.text, ...e.found })
    sum += e.weight * e.found.score
    total += e.weight
  }
  const rest = (v: Value, used: ReadonlySet<number>) => v.parts.filter((_, i) => !used.has(i))
  const [restA, restB] = [rest(a, usedA), rest(b, usedB)]
  if (restA.length + restB.length > 0 && a.parts.length !== b.parts.length && jaroWinkler(a.sound, b.sound) > 0.85)
    return compareParts(a.parts, b.parts)
  const weigh = (parts: readonly Part[]) => parts.reduce((w, p) => w + weightOf(p), 0)
  const [x, y] = [weigh(restA), weigh(restB)]
  const score = pairs.length === 0 ? 0 : sum / (total + Math.min(x, y) + 0.35 * Math.abs(x - y))
  return { score, pairs, left: restA.map(p => p.text), right: restB.map(p => p.text) }
}
const oneForm = (a: Value, b: Value) =>
  (a.nicknames !== undefined && b.forms.some(f => a.nicknames!.has(f))) ||
  (b.nicknames !== undefined && a.forms.some(f => b.nicknames!.has(f)))
/** Most pairs have nothing in common, and saying so is cheap. */
const strangers = (a: Value, b: Value): boolean => {
  const same = a.script === b.script
  // Without vowels there is little to share.
  if (!same && (a.script === 2 || b.script === 2)) return false
  const [x, y] = same ? [a.compact, b.compact] : [a.sound, b.sound]
  const shared = sharedLetters(x, y)
  const one = a.parts.length === 1 && b.parts.length === 1 && x.length > 1 && y.length > 1
  return (
    (one ? shared < (same ? 0.5 : 0.45) * Math.max(x.length, y.length) : shared < (same ? 0.72 : 0.65) * Math.min(x.length, y.length)) &&
    !oneForm(a, b)
  )
}
const textLevel = (a: Value, b: Value, last: Level): Level => {
  if (a.text === b.text) return 'same'
  if (a.compact === b.compact || a.sound === b.sound) return 'same_sound'
  if (strangers(a, b)) return 'different'
  const sameScript = a.script === b.script
  const [x, y] = sameScript ? [a.compact, b.compact] : [a.sound, b.sound]
  const short = Math.min(x.length, y.length)
  const letters = jaroWinkler(x, y)
  if (sameScript && (letters >= 0.965 || (short > 4 && letters > 0.9 && editDistance(x, y, 1) === 1))) return 'near'
  if (letters < 0.55 && a.script < 2 && b.script < 2 && a.parts.length === 1 && b.parts.length === 1 && short > 1 && !oneForm(a, b))
    return 'different'
  const compared = compareWhole(a, b)
  const { score, pairs } = compared
  if (last === 'one_part' && Math.max(a.parts.length, b.parts.length) > 1) return wholeNames(compared)
  if (score >= 0.955) return 'same_sound'
  if (score >= 0.86 || letters >= 0.93) return 'near'
  if (score >= 0.73 || letters >= 0.87) return 'alike'
  const weak = pairs.some(p => p.rule === 'initial' || p.score > (last === 'one_part' ? 0.9 : 0.85))
  return weak || (short > 3 && (x.startsWith(y) || y.startsWith(x))) ? last : 'different'
}
/** Names of several parts. What only one side has was left away; what both have besides is a contradiction. */
const wholeNames = ({ score, pairs, left, right }: NameComparison): Level => {
  if (pairs.length === 0) return 'different'
  const mean = pairs.reduce((s, p) => s + p.score, 0) / pairs.length
  const best = Math.max(...pairs.map(p => p.score))
  if (left.length > 0 && right.length > 0) return score >= 0.9 ? 'alike' : best > 0.85 ? 'one_part' : 'different'
  if (left.length + right.length === 0)
    return score >= 0.955 ? 'same_sound' : score >= 0.87 ? 'near' : score >= 0.75 ? 'alike' : best > 0.85 ? 'one_part' : 'different'
  if (pairs.length === 1) return best > 0.85 ? 'one_part' : 'different'
  return mean >= 0.88 ? 'shorter' : mean >= 0.76 ? 'alike' : best > 0.85 ? 'one_part' : 'different'
}
const postcode = (a: string, b: string): Level =>
  a === b
    ? 'same'
    : editDistance(a, b, 1) <= 1
      ? 'near'
      : a.slice(0, Math.ceil(a.length / 2)) === b.slice(0, Math.ceil(b.length / 2))
        ? 'part'
        : 'different'
const phone = (a: string, b: string): Level => {
  if (a === b || (Math.min(a.length, b.length) >= 9 && a.slice(-9) === b.slice(-9))) return 'same'
  if (Math.min(a.length, b.length) < 5) return 'different'
  if (editDistance(a.slice(-10), b.slice(-10), 1) <= 1) return 'near'
  return a.slice(-7) === b.slice(-7) ? 'part' : 'different'
}
const email = (a: string, b: string): Level => {
  if (a === b) return 'same'
  const [x = '', xHost = ''] = a.split('@')
  const [y = '', yHost = ''] = b.split('@')
  if (editDistance(a, b, 2) <= 2) return 'near'
  return (x === y && x.length > 3) || (xHost === yHost && jaroWinkler(x, y) > 0.94) ? 'part' : 'different'
}
const digits = (a: string, b: string): Level => {
  if (a === b) return 'same'
  const n = Math.max(a.length, b.length)
  const d = editDistance(a, b, 2)
  return d <= 1 && n > 3 ? 'near' : d <= 2 && n > 5 ? 'alike' : 'different'
}
const house = (a: string, b: string): Level => {
  if (a === b) return 'same'
  const numbers = (t: string): readonly string[] => t.match(/\d+/gu) ?? []
  const [x, y] = [numbers(a), numbers(b)]
  if (x.some(n => y.includes(n))) return 'part'
  return editDistance(a, b, 1) <= 1 && Math.max(a.length, b.length) > 1 ? 'near' : 'different'
}
const number = (a: number, b: number): Level => {
  const d = Math.abs(a - b)
  return d === 0 ? 'same' : d <= 1 ? 'within_1' : d <= 2 ? 'within_2' : 'different'
}
/** How alike two values are. Symmetric. */
export const levelOf = (d: Pick<Dictionary, 'comparator'>, a: Value, b: Value): Level => {
  switch (d.comparator) {
    case 'name':
      return textLevel(a, b, 'one_part')
    case 'words':
      return textLevel(a, b, 'part')
    case 'date':
      return a.date && b.date ? compareDates(a.date, b.date) : 'different'
    case 'number':
      return number(a.number, b.number)
    case 'category':
      return (a.sound || a.compact) === (b.sound || b.compact)
        ? 'same'
        : Math.min(a.compact.length, b.compact.length) > 2 &&
            (editDistance(a.compact, b.compact, 1) <= 1 || compareParts(a.parts, b.parts).score > 0.85)
          ? 'near'
          : 'different'
    case 'postcode':
      return postcode(a.compact, b.compact)
    case 'phone':
      return phone(a.compact, b.compact)
    case 'email':
      return email(a.compact, b.compact)
    case 'house':
      return house(a.compact, b.compact)
    case 'digits':
      return digits(a.compact, b.compact)
  }
}
/** The level (from 1) of two coded values of one dictionary; 0 where one is missing. Remembered for a while: registers repeat themselves. */
export const codesLevel = (d: Dictionary, x: number, y: number): number => {
  if (x === 0 || y === 0) return 0
  if (x === y) return 1
  const [lo, hi] = x < y ? [x, y] : [y, x]
  const key = lo * 0x2000000 + hi
  const at = (Math.imul(lo, 0x9e3779b1) ^ Math.imul(hi, 0x85ebca6b)) >>> d.memo.shift
  if (d.memo.keys[at] === key) return d.memo.levels[at]!
  const names: readonly string[] = levelsOf[d.comparator]
  const made = names.indexOf(levelOf(d, d.values[x]!, d.values[y]!)) + 1
  d.memo.keys[at] = key
  d.memo.levels[at] = made
  return made
}
const standsFor = (d: Dictionary, x: number, y: number): boolean => {
  if (x === 0 || y === 0) return false
  if (x === y) return true
  const [a, b] = [d.values[x]!, d.values[y]!]
  return a.script === b.script
    ? a.compact.length > 3 && a.compact[0] === b.compact[0] && jaroWinkler(a.compact, b.compact) >= 0.93
    : codesLevel(d, x, y) <= 3
}
/** The levels of a pair of rows, one a column, into `out`. A value that stands in a neighbouring column is found there. */
export const pairLevels = (columns: readonly Column[], i: number, j: number, out: Uint8Array): void => {
  for (let k = 0; k < columns.length; k += 1) {
    const c = columns[k]!
    const x = c.left[i]!
    const y = c.right[j]!
    let level = codesLevel(c.dictionary, x, y)
    if (c.beside.length > 0 && level === c.levels.length)
      for (const o of c.beside) {
        const other = columns[o]!
        // Only from left to right: one value in the other column must not count for both.
        if (y > 0 && standsFor(c.dictionary, x, other.right[j]!)) {
          level = c.levels.length - 1
          break
        }
      }
    out[k] = level
  }
}
