import { distance, partsOf, type Sounds, skeletonOf, soundsOf } from './rules.names.sounds.ts'
import { endings, honorifics, particles, sameName } from './schema.names.forms.ts'

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
  /** How much of each form stays without its ending. */
  readonly stems: readonly number[]
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
/** What is left of a form without an honorific; Мухаммаджон and Мухаммад: д and ж had become one. */
export const withoutHonorific = (form: Uint8Array): Uint8Array[] => {
  for (let n = Math.min(form.length - 3, 6); n >= 2; n -= 1)
    if (honorificKeys.has(keyOf(form, form.length - n))) {
      const head = form.slice(0, form.length - n)
      return form[head.length] === jSound ? [head, Uint8Array.of(...head, dSound)] : [head]
    }
  return []
}
const scriptNumber = (text: string) => (/[\u0400-\u052f]/.test(text) ? 1 : /[\u0600-\u06ff]/.test(text) ? 2 : 0)
/** One part of a name, ready to be compared. */
export const toPart = (text: string): Part => {
  const sounds = soundsOf(text)
  return {
    text,
    ...sounds,
    script: scriptNumber(text),
    stems: sounds.skeletal ? sounds.forms.map(f => f.length) : sounds.forms.map(stemLength),
    particle: sounds.forms.some(f => particleKeys.has(keyOf(f))),
    skeletons: sounds.forms.map(skeletonOf),
  }
}
/** The parts of a name, in order. */
export const toParts = (name: string): Part[] => partsOf(name).map(p => toPart(p.part))

/** From the sounds of a name to the sounds of its other forms. */
const others = new Map<string, Set<string>>()
for (const line of sameName) {
  const [full, ...short] = line.split(' ').map(w => partsOf(w).flatMap(p => soundsOf(p.part).forms.map(f => keyOf(f))))
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

const keyboards = ['йцукенгшщзхъ', 'фывапролджэ', 'ячсмитьбю', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm']
const neighbours = new Set<number>()
const keyPair = (a: number, b: number) => a * 0x10000 + b
keyboards.forEach((row, r) => {
  for (let i = 0; i < row.length; i += 1)
    for (const [line, j] of [
      [row, i + 1],
      [r % 3 < 2 ? keyboards[r + 1] : undefined, i],
      [r % 3 < 2 ? keyboards[r + 1] : undefined, i - 1],
    ] as const) {
      const other = line?.charCodeAt(j)
      if (other === undefined || Number.isNaN(other)) continue
      neighbours.add(keyPair(row.charCodeAt(i), other))
      neighbours.add(keyPair(other, row.charCodeAt(i)))
    }
})
const width = 72
const rows = new Float32Array(3 * width)
/** Errors of typing between two spellings in one script: a letter dropped, doubled, swapped, or its neighbour on the keyboard struck. */
export const typingDistance = (a: string, b: string): number => {
  const m = Math.min(a.length, width - 2)
  const n = Math.min(b.length, width - 2)
  let [prev2, prev, cur] = [0, width, 2 * width]
  for (let j = 0; j <= n; j += 1) rows[prev + j] = j
  for (let i = 1; i <= m; i += 1) {
    rows[cur] = i
    const ca = a.charCodeAt(i - 1)
    const doubledA = i > 1 && a.charCodeAt(i - 2) === ca
    for (let j = 1; j <= n; j += 1) {
      const cb = b.charCodeAt(j - 1)
      const change = ca === cb ? 0 : neighbours.has(keyPair(ca, cb)) ? 0.8 : i === 1 && j === 1 ? 1.3 : 1
      let v = Math.min(
        rows[prev + j - 1]! + change,
        rows[prev + j]! + (doubledA ? 0.4 : 0.95),
        rows[cur + j - 1]! + (j > 1 && b.charCodeAt(j - 2) === cb ? 0.4 : 0.95),
      )
      if (i > 1 && j > 1 && ca === b.charCodeAt(j - 2) && cb === a.charCodeAt(i - 2)) v = Math.min(v, rows[prev2 + j - 2]! + 0.8)
      rows[cur + j] = v
    }
    ;[prev2, prev, cur] = [prev, cur, prev2]
  }
  return rows[prev + n]!
}
const bySize = (cost: number, a: number, b: number) => Math.max(0, 1 - cost / Math.max(a, b, 1))

const better = (best: Alike | undefined, score: number, rule: NameRule): Alike | undefined =>
  score > (best?.score ?? 0) ? { score, rule } : best

/** Below this two parts have nothing to do with each other. */
export const floor = 0.6
/** How alike two parts of names are and by what rule; undefined where they are not. Symmetric. */
export const alike = (a: Part, b: Part): Alike | undefined => {
  if (a.text === b.text) return { score: 1, rule: 'same' }
  if ((a.text.length === 1) !== (b.text.length === 1)) return isInitial(a, b) ? { score: 0.65, rule: 'initial' } : undefined
  let best: Alike | undefined
  if (a.skeletal || b.skeletal) {
    for (const x of a.skeletons)
      for (const y of b.skeletons) {
        if (x.length === 0 || y.length === 0) continue
        best = better(best, 0.93 * bySize(distance(x, 0, x.length, y, 0, y.length), x.length, y.length), 'consonants')
      }
    return best && best.score >= floor ? best : undefined
  }
  a.forms.forEach((x, i) => {
    b.forms.forEach((y, j) => {
      const d = distance(x, 0, x.length, y, 0, y.length)
      best = better(best, 0.97 * bySize(d, x.length, y.length), d === 0 ? 'spelling' : 'sound')
      const [m, n] = [a.stems[i]!, b.stems[j]!]
      if (m < x.length || n < y.length) best = better(best, 0.9 * bySize(distance(x, 0, m, y, 0, n), m, n), 'ending')
      const [long, short] = x.length > y.length ? [x, y] : [y, x]
      for (const head of long.length > short.length ? withoutHonorific(long) : [])
        best = better(best, 0.88 * bySize(distance(head, 0, head.length, short, 0, short.length), head.length, short.length), 'honorific')
    })
  })
  if (a.script === b.script && (best?.score ?? 0) < 0.94)
    best = better(best, 0.96 * bySize(typingDistance(a.text, b.text), a.text.length, b.text.length), 'typing')
  if ((best?.score ?? 0) < 0.86) {
    const set = otherForms(a)
    if (b.forms.some(f => set.has(keyOf(f)))) best = better(best, 0.86, 'short_form')
  }
  return best && best.score >= floor ? best : undefined
}
const isInitial = (a: Part, b: Part) => a.forms.some(x => b.forms.some(y => x[0] === y[0]))
