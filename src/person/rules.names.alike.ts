import { distance, partsOf, type Sounds, skeletonOf, soundsOf } from './rules.names.sounds.ts'
import { typingDistance } from './rules.names.typing.ts'
import { affection, endings, honorifics, particles, sameName } from './schema.names.forms.ts'

export const nameRules = [
  'same',
  'spelling',
  'sound',
  'typing',
  'ending',
  'short_form',
  'honorific',
  'consonants',
  'joined',
  'initial',
] as const
export type NameRule = (typeof nameRules)[number]
export interface Alike {
  readonly score: number
  readonly rule: NameRule
}
/** What a part is compared by; made once for a part, used for many comparisons. */
export interface Part extends Sounds {
  readonly text: string
  readonly script: number
  readonly chars: Uint16Array
  readonly spans: readonly Span[]
  readonly particle: boolean
  readonly skeletons: readonly Uint8Array[]
}
/** Sounds of a word as text, for the tables below: bytes as characters. */
export const keyOf = (form: Uint8Array, from = 0, to = form.length): string => String.fromCharCode(...form.subarray(from, to))
const firstKeys = (words: readonly string[]) =>
  new Set(words.flatMap(w => partsOf(w).flatMap(p => soundsOf(p.part).forms.map(f => keyOf(f)))))
const particleKeys = firstKeys(particles)
const honorificKeys = firstKeys(honorifics)
const endingKeys = [...firstKeys([...endings.patronymic, ...endings.family, ...endings.kin])]
  .filter(k => k.length > 1 || k === '')
  .sort((a, b) => b.length - a.length)

/** The length without the longest ending that leaves a name of at least three sounds. */
export const stemLength = (form: Uint8Array): number => {
  const key = keyOf(form)
  for (const e of endingKeys) if (form.length - e.length >= 3 && key.endsWith(e)) return form.length - e.length
  return form.length
}
const dSound = soundsOf('d').forms[0]![0]!
const jSound = soundsOf('j').forms[0]![0]!
/** The length of what is left of a form without an honorific, 0 where it has none. */
export const headLength = (form: Uint8Array): number => {
  for (let n = Math.min(form.length - 3, 6); n >= 2; n -= 1) if (honorificKeys.has(keyOf(form, form.length - n))) return form.length - n
  return 0
}
const scriptNumber = (text: string) => (/[\u0400-\u052f]/.test(text) ? 1 : /[\u0600-\u06ff]/.test(text) ? 2 : 0)
/** One part of a name, ready to be compared. */
export const toPart = (text: string): Part => {
  const sounds = soundsOf(text)
  return {
    text,
    ...sounds,
    script: scriptNumber(text),
    chars: Uint16Array.from(text, c => c.charCodeAt(0)),
    spans: sounds.forms.map(f => (sounds.skeletal ? whole(f) : { at: 0, length: f.length, stem: stemLength(f), head: headLength(f) })),
    particle: sounds.forms.some(f => particleKeys.has(keyOf(f))),
    skeletons: sounds.forms.map(skeletonOf),
  }
}
/** The parts of a name, in order. */
export const toParts = (name: string): Part[] => partsOf(name).map(p => toPart(p.part))

/** A Russian name with what it takes on out of affection, behind its stem. */
const affectionate = (name: string): string[] => {
  const stem = name.toLowerCase().replace(/(?:ия|ий|ей|[аяоеийуь])$/, '')
  return /^[а-яё]{2,}$/.test(stem) ? affection.map(a => stem + a) : []
}
/** From the sounds of a name to the sounds of its other forms. */
const others = new Map<string, Set<string>>()
for (const line of sameName) {
  const names = line.split(' ')
  const [full, ...short] = [...names, ...names.flatMap(affectionate)].map(w =>
    partsOf(w).flatMap(p => soundsOf(p.part).forms.map(f => keyOf(f))),
  )
  for (const s of short.flat())
    for (const f of full!) {
      if (s === f) continue
      others.set(s, (others.get(s) ?? new Set()).add(f))
      others.set(f, (others.get(f) ?? new Set()).add(s))
    }
}
/** Other forms of a name, as keys of sounds: Саша for Александр and the other way round. */
export const otherForms = (part: Pick<Part, 'forms'>): ReadonlySet<string> =>
  new Set(part.forms.flatMap(f => [...(others.get(keyOf(f)) ?? [])]))

/** Below this two parts have nothing to do with each other. */
export const floor = 0.6
const bySize = (cost: number, a: number, b: number) => Math.max(0, 1 - cost / Math.max(a, b, 1))
/** Where the form of a part stands: in an array of many, with its length, the length of its stem and of what is left without an honorific (0: none). */
export interface Span {
  at: number
  length: number
  stem: number
  head: number
}
const withD = new Uint8Array(64)
/** A long form without its honorific beside a short one; of -джон the д may belong to the name. */
const headScore = (long: Uint8Array, l: Span, short: Uint8Array, s: Span): number => {
  const d = distance(long, l.at, l.head, short, s.at, s.length)
  if (long[l.at + l.head] !== jSound || l.head > 60) return bySize(d, l.head, s.length)
  for (let k = 0; k < l.head; k += 1) withD[k] = long[l.at + k]!
  withD[l.head] = dSound
  return Math.max(bySize(d, l.head, s.length), bySize(distance(withD, 0, l.head + 1, short, s.at, s.length), l.head + 1, s.length))
}
/** How alike two forms sound, whole, by stem or without an honorific; exact only where it is at least `wanted`. The rule is left in `scoredBy`. */
export const formScore = (a: Uint8Array, x: Span, b: Uint8Array, y: Span, wanted: number = floor): number => {
  const d = distance(a, x.at, x.length, b, y.at, y.length, 1.01 - wanted / 0.97)
  let best = 0.97 * bySize(d, x.length, y.length)
  scoredBy.rule = d === 0 ? 'spelling' : 'sound'
  if (best >= 0.9) return best
  if (x.stem < x.length || y.stem < y.length) {
    const stems = 0.9 * bySize(distance(a, x.at, x.stem, b, y.at, y.stem), x.stem, y.stem)
    if (stems > best) {
      best = stems
      scoredBy.rule = 'ending'
    }
  }
  const head =
    0.88 * (x.length > y.length && x.head > 0 ? headScore(a, x, b, y) : y.length > x.length && y.head > 0 ? headScore(b, y, a, x) : 0)
  if (head > best) {
    best = head
    scoredBy.rule = 'honorific'
  }
  return best
}
export const scoredBy: { rule: NameRule } = { rule: 'same' }
/** The same for consonants only, where one of the two is written without vowels. */
export const skeletonScore = (a: Uint8Array, x: Span, b: Uint8Array, y: Span): number =>
  x.length === 0 || y.length === 0 ? 0 : 0.93 * bySize(distance(a, x.at, x.length, b, y.at, y.length), x.length, y.length)
/** The same for letters as they were typed, in one script. */
export const typingScore = (
  a: Uint16Array,
  aAt: number,
  aLen: number,
  b: Uint16Array,
  bAt: number,
  bLen: number,
  wanted: number = floor,
): number => 0.96 * bySize(typingDistance(a, aAt, aLen, b, bAt, bLen, 1.01 - wanted / 0.96), aLen, bLen)
export const shortFormScore = 0.86
export const initialScore = 0.65

const better = (best: Alike | undefined, score: number, rule: NameRule): Alike | undefined =>
  score > (best?.score ?? 0) ? { score, rule } : best
const whole = (f: Uint8Array): Span => ({ at: 0, length: f.length, stem: f.length, head: 0 })

/** How alike two parts of names are and by what rule; undefined where they are not. Symmetric. */
export const alike = (a: Part, b: Part): Alike | undefined => {
  if (a.text === b.text) return { score: 1, rule: 'same' }
  if ((a.text.length === 1) !== (b.text.length === 1)) return isInitial(a, b) ? { score: initialScore, rule: 'initial' } : undefined
  let best: Alike | undefined
  if (a.skeletal || b.skeletal) {
    for (const x of a.skeletons) for (const y of b.skeletons) best = better(best, skeletonScore(x, whole(x), y, whole(y)), 'consonants')
    return best && best.score >= floor ? best : undefined
  }
  a.forms.forEach((x, i) => {
    b.forms.forEach((y, j) => {
      const score = formScore(x, a.spans[i]!, y, b.spans[j]!)
      best = better(best, score, scoredBy.rule)
    })
  })
  if (a.script === b.script && (best?.score ?? 0) < 0.94)
    best = better(best, typingScore(a.chars, 0, a.chars.length, b.chars, 0, b.chars.length), 'typing')
  if ((best?.score ?? 0) < shortFormScore) {
    const set = otherForms(a)
    if (b.forms.some(f => set.has(keyOf(f)))) best = better(best, shortFormScore, 'short_form')
  }
  return best && best.score >= floor ? best : undefined
}
const isInitial = (a: Part, b: Part) => a.forms.some(x => b.forms.some(y => x[0] === y[0]))
