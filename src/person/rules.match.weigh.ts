import { entryOf } from './rules.match.facts.ts'
import { exactKey, type Sex } from './rules.match.ts'
import { compareNames } from './rules.names.ts'
import type { Identity } from './schema.ts'

/* How much two descriptions of a person speak for one child, attribute by attribute, in bits. Pure. */

/** What is compared: of a record, or of a child that somebody asks about. */
export interface Compared {
  readonly names: readonly string[]
  readonly minYear: number | null
  readonly maxYear: number | null
  readonly sex: Sex | null
  readonly origin: string | null
  readonly relatives: readonly string[]
  readonly phones: readonly string[]
  readonly handles: readonly string[]
  readonly documents: readonly string[]
}
export const comparedOf = (identity: Identity): Compared => {
  const e = entryOf('', identity)
  const relatives = identity.facts.flatMap(f => (f.what === 'relative' && f.standing !== 'withdrawn' ? [f.text] : []))
  return {
    names: e.names,
    minYear: e.minYear ?? null,
    maxYear: e.maxYear ?? null,
    sex: e.sex ?? null,
    origin: e.origin ?? null,
    relatives,
    phones: e.phones ?? [],
    handles: e.handles ?? [],
    documents: e.documents ?? [],
  }
}

export const attributes = ['prior', 'name', 'age', 'sex', 'origin', 'relatives', 'phone', 'handle', 'document'] as const
export type Attribute = (typeof attributes)[number]
export const weighLevels = ['prior', 'same', 'near', 'alike', 'overlap', 'apart', 'different', 'missing'] as const
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
/** How common a name is among those looked through; the commoner, the less it says. */
export interface Crowd {
  readonly people: number
  readonly bearers: number
}

const log2 = (m: number, u: number) => Math.log2(m / u)
const round = (n: number) => Math.round(n * 10) / 10
/** How often each answer is seen of one child (m) and of two (u). Set by hand from what records of children look like: spelling wanders, ages are guessed, sex is not. */
const seen = {
  sex: { same: [0.985, 0.5], different: [0.015, 0.5] },
  origin: { same: [0.92, 0.3], different: [0.08, 0.7] },
  relatives: { near: [0.4, 0.03], different: [0.6, 0.97] },
  phone: { same: [0.35, 0.0005], different: [0.65, 0.9995] },
  handle: { same: [0.35, 0.0005], different: [0.65, 0.9995] },
  document: { same: [0.8, 0.0002], different: [0.2, 0.9998] },
} as const
/** How children here spread over years of birth: a random pair is of the same year one time in so many. */
const spread = 14

/** The two names of either side that are most alike. */
const bestNames = (a: readonly string[], b: readonly string[]) => {
  let best = { score: -1, left: '', right: '' }
  for (const left of a)
    for (const right of b) {
      const { score } = compareNames(left, right)
      if (score > best.score) best = { score, left, right }
    }
  return best
}
const missing = (what: Attribute, left = '', right = ''): Step => ({ what, level: 'missing', bits: 0, left, right })

const nameStep = (a: Compared, b: Compared, crowd: Crowd): Step => {
  const [left, right] = [a.names.filter(n => n.trim()), b.names.filter(n => n.trim())]
  if (left.length === 0 || right.length === 0) return missing('name', left.join(', '), right.join(', '))
  const best = bestNames(left, right)
  const u = Math.min(0.5, Math.max(0.0005, (crowd.bearers + 1) / (crowd.people + 60)))
  const said = { left: best.left, right: best.right, what: 'name' as const }
  if (best.score >= 0.965) return { ...said, level: 'same', bits: round(log2(0.7, u)) }
  if (best.score >= 0.86) return { ...said, level: 'near', bits: round(log2(0.5, u)) }
  if (best.score >= 0.73) return { ...said, level: 'alike', bits: round(Math.max(0.5, log2(0.2, u))) }
  // A child may be known here by one name and there by another: a different name speaks against, not more.
  return { ...said, level: 'different', bits: -4 }
}
const yearsText = (c: Compared) =>
  c.minYear === null || c.maxYear === null ? '' : c.minYear === c.maxYear ? String(c.minYear) : `${c.minYear}–${c.maxYear}`
const ageStep = (a: Compared, b: Compared): Step => {
  const said = { what: 'age' as const, left: yearsText(a), right: yearsText(b) }
  if (a.minYear === null || a.maxYear === null || b.minYear === null || b.maxYear === null) return missing('age', said.left, said.right)
  const gap = Math.max(a.minYear, b.minYear) - Math.min(a.maxYear, b.maxYear)
  if (gap <= 0) {
    const u = Math.min(0.93, (a.maxYear - a.minYear + b.maxYear - b.minYear + 1) / spread)
    return { ...said, level: 'overlap', bits: round(log2(0.93, u)) }
  }
  return { ...said, level: gap === 1 ? 'near' : 'apart', bits: gap === 1 ? -0.5 : gap === 2 ? -2 : -Math.min(7, gap + 1) }
}
const plain = <W extends 'sex' | 'origin'>(what: W, left: string | null, right: string | null): Step => {
  if (!left || !right) return missing(what, left ?? '', right ?? '')
  const level = left === right ? 'same' : 'different'
  const [m, u] = seen[what][level]
  return { what, level, bits: round(log2(m, u)), left, right }
}
const exact = (what: 'phone' | 'handle' | 'document', left: readonly string[], right: readonly string[]): Step => {
  const keys = (list: readonly string[]) => list.map(exactKey[what]).filter(Boolean)
  const [x, y] = [keys(left), keys(right)]
  const said = { what, left: left.join(', '), right: right.join(', ') }
  if (x.length === 0 || y.length === 0) return missing(what, said.left, said.right)
  const level = x.some(k => y.includes(k)) ? 'same' : 'different'
  const [m, u] = seen[what][level]
  return { ...said, level, bits: round(log2(m, u)) }
}
const relativeStep = (a: Compared, b: Compared): Step => {
  const said = { what: 'relatives' as const, left: a.relatives.join(', '), right: b.relatives.join(', ') }
  if (a.relatives.length === 0 || b.relatives.length === 0) return missing('relatives', said.left, said.right)
  const near = bestNames(a.relatives, b.relatives).score >= 0.86
  const [m, u] = seen.relatives[near ? 'near' : 'different']
  return { ...said, level: near ? 'near' : 'different', bits: round(log2(m, u)) }
}

export const probabilityOfBits = (bits: number): number => 1 / (1 + 2 ** -bits)
/** Symmetric: who stands left does not matter. `crowd` says how common the name is among those looked through. */
export const weigh = (a: Compared, b: Compared, crowd: Crowd): Weighed => {
  const steps: Step[] = [
    // Before anything is compared two records are of two children: the more records, the surer.
    { what: 'prior', level: 'prior', bits: round(-Math.min(12, Math.max(3, Math.log2(crowd.people + 8)))), left: '', right: '' },
    nameStep(a, b, crowd),
    ageStep(a, b),
    plain('sex', a.sex, b.sex),
    plain('origin', a.origin, b.origin),
    relativeStep(a, b),
    exact('phone', a.phones, b.phones),
    exact('handle', a.handles, b.handles),
    exact('document', a.documents, b.documents),
  ]
  const bits = round(steps.reduce((n, s) => n + s.bits, 0))
  return { steps, bits, probability: probabilityOfBits(bits) }
}
/** From here on a pair is shown to somebody. Low on purpose: to look costs a minute, to overlook costs a child their brother, their papers, or their place. */
export const worthAsking = -2
