import { exactKey } from './rules.match.ts'
import type { Compared } from './rules.match.weigh.ts'
import { keyOf, type Part, toParts } from './rules.names.alike.ts'
import { compareParts } from './rules.names.ts'
import { type WeighAttribute, weighAttributes } from './schema.match-model.ts'

/* How alike two descriptions are, attribute by attribute. Symmetric. What one side does not say is level 0. */

/** `tokens`: what the agreement rests on, so that the common may say less than the rare. */
export interface Alikeness {
  /** From 1; 0 where there is nothing to compare. */
  readonly level: number
  readonly left: string
  readonly right: string
  readonly tokens: readonly (readonly [string, string])[]
}
/** Parts of names made once: names of a register come again and again. Bounded; forgotten with the process. */
const partsMemo = new Map<string, readonly Part[]>()
export const partsOfName = (name: string): readonly Part[] => {
  const known = partsMemo.get(name)
  if (known) return known
  if (partsMemo.size > 20_000) partsMemo.clear()
  const made = toParts(name)
  partsMemo.set(name, made)
  return made
}
/** Names are read in memory for as long as somebody compares them, and not longer. */
export const forgetParts = (): void => partsMemo.clear()

const keys = new WeakMap<Part, string>()
/** One key for all spellings of a part of a name. */
export const partKey = (p: Part): string => {
  const known = keys.get(p)
  if (known !== undefined) return known
  const made = keyOf(p.skeletons[0] ?? p.forms[0] ?? new Uint8Array()) || p.text
  keys.set(p, made)
  return made
}
const nameLevel = (score: number) => (score >= 0.965 ? 1 : score >= 0.86 ? 2 : score >= 0.73 ? 3 : 4)
export interface NamePairing {
  readonly level: number
  /** All of the shorter name agrees, and it says too little of the longer one: no other name, and no proof either. */
  readonly silent: boolean
  readonly left: string
  readonly right: string
  readonly tokens: readonly (readonly [string, string])[]
}
/** Every name of one side with every name of the other: which pair says most is for the caller, who knows what is common. */
export const namePairings = (a: readonly string[], b: readonly string[]): NamePairing[] => {
  const out: NamePairing[] = []
  const [x, y] = [a, b].map(list => list.filter(n => n.trim() !== '').map(n => ({ n, parts: partsOfName(n) }))) as [
    { n: string; parts: readonly Part[] }[],
    { n: string; parts: readonly Part[] }[],
  ]
  for (const l of x)
    for (const r of y) {
      const found = compareParts(l.parts, r.parts)
      const level = nameLevel(found.score)
      const silent =
        level === 4 &&
        found.pairs.length > 0 &&
        (found.left.length === 0 || found.right.length === 0) &&
        found.pairs.every(q => q.score >= 0.86)
      const keyIn = (parts: readonly Part[], text: string) => {
        const p = parts.find(q => q.text === text)
        return p?.particle ? '' : p ? partKey(p) : ''
      }
      const tokens = level === 4 ? [] : found.pairs.map(p => [keyIn(l.parts, p.left), keyIn(r.parts, p.right)] as const)
      out.push({ level, silent, left: l.n, right: r.n, tokens })
    }
  return out
}

const nothing = (left: string, right: string): Alikeness => ({ level: 0, left, right, tokens: [] })
const yearsText = (c: Compared) =>
  c.minYear === null || c.maxYear === null ? '' : c.minYear === c.maxYear ? String(c.minYear) : `${c.minYear}–${c.maxYear}`
const age = (a: Compared, b: Compared): Alikeness => {
  const [left, right] = [yearsText(a), yearsText(b)]
  if (a.minYear === null || a.maxYear === null || b.minYear === null || b.maxYear === null) return nothing(left, right)
  const gap = Math.max(a.minYear, b.minYear) - Math.min(a.maxYear, b.maxYear)
  return { level: gap <= 0 ? 1 : Math.min(4, gap + 1), left, right, tokens: [] }
}
/** 1 January and 1 July are what an office writes when nobody knows. */
const guessed = /-(01|07)-01$/
const offByOne = (x: string, y: string) => x.length === y.length && [...x].filter((c, i) => c !== y[i]).length === 1
const dayPair = (x: string, y: string): number => {
  const [p, q] = [x.slice(5), y.slice(5)]
  if (p === q) return 1
  return `${p.slice(3)}-${p.slice(0, 2)}` === q || offByOne(p, q) ? 2 : 3
}
const birthday = (a: Compared, b: Compared): Alikeness => {
  const known = (c: Compared) => (c.days ?? []).filter(d => !guessed.test(d))
  const [x, y] = [known(a), known(b)]
  const said = [(a.days ?? []).join(', '), (b.days ?? []).join(', ')] as const
  if (x.length === 0 || y.length === 0) return nothing(...said)
  let best = { level: 4, at: ['', ''] as readonly [string, string] }
  for (const p of x)
    for (const q of y) {
      const level = dayPair(p, q)
      if (level < best.level) best = { level, at: [p.slice(5), q.slice(5)] }
    }
  return { level: best.level, left: said[0], right: said[1], tokens: best.level === 1 ? [best.at] : [] }
}
const plain = (left: string | null, right: string | null): Alikeness =>
  !left || !right
    ? nothing(left ?? '', right ?? '')
    : left === right
      ? { level: 1, left, right, tokens: [[left, right]] }
      : { level: 2, left, right, tokens: [] }
const exact = (kind: 'phone' | 'handle' | 'document', a: readonly string[], b: readonly string[]): Alikeness => {
  const keysOf = (list: readonly string[]) => list.map(exactKey[kind]).filter(Boolean)
  const [x, y] = [keysOf(a), keysOf(b)]
  const said = [a.join(', '), b.join(', ')] as const
  if (x.length === 0 || y.length === 0) return nothing(...said)
  return { level: x.some(k => y.includes(k)) ? 1 : 2, left: said[0], right: said[1], tokens: [] }
}
const relatives = (a: Compared, b: Compared): Alikeness => {
  const said = [a.relatives.join(', '), b.relatives.join(', ')] as const
  const pairs = namePairings(a.relatives, b.relatives)
  if (pairs.length === 0) return nothing(...said)
  return { level: pairs.some(p => p.level <= 2) ? 1 : 2, left: said[0], right: said[1], tokens: [] }
}
/** All attributes but names, which the caller chooses from. */
export const alikeness = (what: Exclude<WeighAttribute, 'name'>, a: Compared, b: Compared): Alikeness => {
  switch (what) {
    case 'age':
      return age(a, b)
    case 'birthday':
      return birthday(a, b)
    case 'sex':
      return plain(a.sex, b.sex)
    case 'origin':
      return plain(a.origin, b.origin)
    case 'relatives':
      return relatives(a, b)
    default:
      return exact(what, a[`${what}s`], b[`${what}s`])
  }
}
/** Levels of a pair as numbers, for learning. */
export const levelsOfPair = (names: readonly WeighAttribute[], a: Compared, b: Compared, out: Uint8Array): void => {
  names.forEach((what, k) => {
    if (what !== 'name') out[k] = alikeness(what, a, b).level
    else {
      const pairs = namePairings(a.names, b.names)
      out[k] = pairs.reduce((best, p) => Math.min(best, p.level), pairs.length === 0 ? 0 : weighAttributes.name.levels.length)
    }
  })
}
