import { type Part, type Span, toPart } from './rules.names.alike.ts'
import { skeletonOf, soundCount, vowelCodes } from './rules.names.sounds.ts'

/* The words of all names, once each, in typed arrays: their letters, their sounds, and the pairs of sounds by which similar words are looked up. */

type Numbers = Uint8Array | Uint16Array | Int32Array
/** An array with room for `need` elements; twice as long where it must grow. */
export const room = <A extends Numbers>(a: A, need: number): A => {
  if (need <= a.length) return a
  const bigger = new (a.constructor as new (n: number) => A)(Math.max(need, a.length * 2, 64))
  bigger.set(a)
  a.fill(0)
  return bigger
}

/** Sounds by class for looking words up: what is easily confused is one. */
const classes = new Uint8Array(soundCount)
const consonants = new Uint8Array(soundCount)
{
  const like = 'aoAO=1 eiU=2 u=3 b=4 vf=5 g=6 dt=7 jSCzsc=9 k=10 l=11 m=12 nN=13 p=14 r=15 h=16'
  const codes = ' aoueiAOUbvgdjzklmnNprstfhcCS'
  for (const group of like.split(' ')) {
    const [letters, n] = group.split('=')
    for (const c of letters!) classes[codes.indexOf(c)] = Number(n)
  }
  for (let c = codes.length; c < soundCount; c += 1) classes[c] = 17 + (c % 12)
  for (let c = 1; c < soundCount; c += 1) consonants[c] = c <= vowelCodes ? 0 : classes[c]!
}
const edge = 30
/** Pairs of neighbouring classes, without order (two that changed places stay neighbours): of all sounds, and of consonants alone. */
export const gramCount = 2 * 32 * 32
const marks = new Uint8Array(gramCount)
const pairsInto = (out: Int32Array, from: number, base: number, codes: Uint8Array, at: number, length: number, by: Uint8Array): number => {
  let n = from
  let last = edge
  for (let k = 0; k <= length; k += 1) {
    const c = k === length ? edge + 1 : by[codes[at + k]!]!
    if (c === 0 || c === last) continue
    const gram = base + (last < c ? last * 32 + c : c * 32 + last)
    last = c
    if (marks[gram] === 1) continue
    marks[gram] = 1
    out[n++] = gram
  }
  for (let k = from; k < n; k += 1) marks[out[k]!] = 0
  return n
}
export interface Grams {
  readonly all: Int32Array
  /** How many of `all`, from its beginning, are pairs of all sounds; the others are pairs of consonants. */
  readonly sounds: number
  readonly count: number
}
const gramScratch = new Int32Array(256)
/** The pairs of one form. The answer is overwritten by the next call. */
export const gramsOf = (codes: Uint8Array, at: number, length: number, skeletal: boolean): Grams => {
  const sounds = skeletal ? 0 : pairsInto(gramScratch, 0, 0, codes, at, length, classes)
  const count = pairsInto(gramScratch, sounds, 1024, codes, at, length, consonants)
  return { all: gramScratch, sounds, count }
}

const hashCodes = (a: Uint8Array, at: number, length: number): number => {
  let h = 0x811c9dc5
  let last = 0
  for (let i = 0; i < length; i += 1) {
    const c = classes[a[at + i]!]!
    if (c === last) continue
    last = c
    h = Math.imul(h ^ c, 0x01000193)
  }
  return (h ^ (h >>> 15)) >>> 0
}
const hashText = (chars: Uint16Array, at: number, length: number): number => {
  let h = 0x811c9dc5
  for (let i = 0; i < length; i += 1) h = Math.imul(h ^ chars[at + i]!, 0x01000193)
  return (h ^ (h >>> 15)) >>> 0
}

export const wordKinds = { name: 0, initial: 1, particle: 2, exact: 3 } as const
/** Everything about all words. Numbers of words and forms count from 0; tables grow. */
export interface Vocabulary {
  words: number
  /** Words of one letter: few, compared one by one. */
  readonly initials: number[]
  chars: Uint16Array
  charsUsed: number
  textAt: Int32Array
  textLength: Uint8Array
  kind: Uint8Array
  script: Uint8Array
  firstForm: Int32Array
  forms: number
  codes: Uint8Array
  codesUsed: number
  formAt: Int32Array
  formLength: Uint8Array
  stem: Uint8Array
  head: Uint8Array
  skeletonAt: Int32Array
  skeletonLength: Uint8Array
  soundPairs: Uint8Array
  consonantPairs: Uint8Array
  skeletal: Uint8Array
  skeletalForms: number
  wordOf: Int32Array
  byText: Int32Array
  byClass: Int32Array
  nextByClass: Int32Array
  grams: Int32Array[]
  gramsUsed: Int32Array
}
export const newVocabulary = (): Vocabulary => ({
  words: 0,
  initials: [],
  chars: new Uint16Array(4096),
  charsUsed: 0,
  textAt: new Int32Array(512),
  textLength: new Uint8Array(512),
  kind: new Uint8Array(512),
  script: new Uint8Array(512),
  firstForm: new Int32Array(512),
  forms: 0,
  codes: new Uint8Array(8192),
  codesUsed: 0,
  formAt: new Int32Array(1024),
  formLength: new Uint8Array(1024),
  stem: new Uint8Array(1024),
  head: new Uint8Array(1024),
  skeletonAt: new Int32Array(1024),
  skeletonLength: new Uint8Array(1024),
  soundPairs: new Uint8Array(1024),
  consonantPairs: new Uint8Array(1024),
  skeletal: new Uint8Array(1024),
  skeletalForms: 0,
  wordOf: new Int32Array(1024),
  byText: new Int32Array(2048).fill(-1),
  byClass: new Int32Array(2048).fill(-1),
  nextByClass: new Int32Array(1024),
  grams: Array.from({ length: gramCount }, () => new Int32Array(0)),
  gramsUsed: new Int32Array(gramCount),
})

const askScratch = new Uint16Array(512)
/** The number of a word, -1 where it is not known. */
export const findWord = (v: Vocabulary, text: string): number => {
  const n = Math.min(text.length, 255)
  for (let i = 0; i < n; i += 1) askScratch[i] = text.charCodeAt(i)
  const mask = v.byText.length - 1
  for (let slot = hashText(askScratch, 0, n) & mask; ; slot = (slot + 1) & mask) {
    const w = v.byText[slot]!
    if (w < 0) return -1
    if (v.textLength[w] !== n) continue
    const at = v.textAt[w]!
    let i = 0
    while (i < n && v.chars[at + i] === askScratch[i]) i += 1
    if (i === n) return w
  }
}
/** The text of a word. */
export const textOf = (v: Vocabulary, w: number): string =>
  String.fromCharCode(...v.chars.subarray(v.textAt[w]!, v.textAt[w]! + v.textLength[w]!))

const insertText = (v: Vocabulary, w: number): void => {
  const mask = v.byText.length - 1
  let slot = hashText(v.chars, v.textAt[w]!, v.textLength[w]!) & mask
  while (v.byText[slot]! >= 0) slot = (slot + 1) & mask
  v.byText[slot] = w
}
const insertClass = (v: Vocabulary, f: number): void => {
  const slot = hashCodes(v.codes, v.formAt[f]!, v.formLength[f]!) & (v.byClass.length - 1)
  v.nextByClass[f] = v.byClass[slot]!
  v.byClass[slot] = f
}
/** Forms whose sounds fall into the same classes, and perhaps some others. */
export function* sameClass(v: Vocabulary, form: Uint8Array): Generator<number> {
  for (let f = v.byClass[hashCodes(form, 0, form.length) & (v.byClass.length - 1)]!; f >= 0; f = v.nextByClass[f]!) yield f
}

const push = (v: Vocabulary, from: Uint8Array): number => {
  v.codes = room(v.codes, v.codesUsed + from.length)
  v.codes.set(from, v.codesUsed)
  v.codesUsed += from.length
  return v.codesUsed - from.length
}
const addForm = (v: Vocabulary, w: number, form: Uint8Array, span: Span, skeletal: boolean): void => {
  const f = v.forms++
  v.formAt = room(v.formAt, v.forms)
  v.formLength = room(v.formLength, v.forms)
  v.stem = room(v.stem, v.forms)
  v.head = room(v.head, v.forms)
  v.skeletonAt = room(v.skeletonAt, v.forms)
  v.skeletonLength = room(v.skeletonLength, v.forms)
  v.soundPairs = room(v.soundPairs, v.forms)
  v.consonantPairs = room(v.consonantPairs, v.forms)
  v.skeletal = room(v.skeletal, v.forms)
  v.wordOf = room(v.wordOf, v.forms)
  v.nextByClass = room(v.nextByClass, v.forms)
  const skeleton = skeletonOf(form)
  v.formAt[f] = push(v, form)
  v.formLength[f] = form.length
  v.stem[f] = span.stem
  v.head[f] = span.head
  v.skeletonAt[f] = push(v, skeleton)
  v.skeletonLength[f] = skeleton.length
  v.skeletal[f] = skeletal ? 1 : 0
  v.skeletalForms += v.skeletal[f]!
  v.wordOf[f] = w
  if (v.forms * 2 > v.byClass.length) {
    v.byClass = new Int32Array(v.byClass.length * 2).fill(-1)
    for (let k = 0; k < f; k += 1) insertClass(v, k)
  }
  insertClass(v, f)
  const g = gramsOf(form, 0, form.length, skeletal)
  v.soundPairs[f] = g.sounds
  v.consonantPairs[f] = g.count - g.sounds
  for (let k = 0; k < g.count; k += 1) {
    const gram = g.all[k]!
    const used = v.gramsUsed[gram]!
    const list = room(v.grams[gram]!, used + 1)
    list[used] = f
    v.grams[gram] = list
    v.gramsUsed[gram] = used + 1
  }
}
/** The number of a word, which is added where it is new. `exact` words (numbers, handles) are only ever found as they are. */
export const intern = (v: Vocabulary, text: string, exact: boolean): number => {
  const found = findWord(v, text)
  if (found >= 0) return found
  const part: Part | undefined = exact ? undefined : toPart(text)
  const w = v.words++
  const n = Math.min(text.length, 255)
  v.textAt = room(v.textAt, v.words)
  v.textLength = room(v.textLength, v.words)
  v.kind = room(v.kind, v.words)
  v.script = room(v.script, v.words)
  v.firstForm = room(v.firstForm, v.words + 1)
  v.chars = room(v.chars, v.charsUsed + n)
  for (let i = 0; i < n; i += 1) v.chars[v.charsUsed + i] = text.charCodeAt(i)
  v.textAt[w] = v.charsUsed
  v.textLength[w] = n
  v.charsUsed += n
  v.kind[w] = part === undefined ? wordKinds.exact : part.particle ? wordKinds.particle : n === 1 ? wordKinds.initial : wordKinds.name
  if (v.kind[w] === wordKinds.initial) v.initials.push(w)
  v.script[w] = part?.script ?? 0
  v.firstForm[w] = v.forms
  part?.forms.forEach((form, i) => {
    addForm(v, w, form, part.spans[i]!, part.skeletal)
  })
  v.firstForm[w + 1] = v.forms
  if (v.words * 2 > v.byText.length) {
    v.byText = new Int32Array(v.byText.length * 2).fill(-1)
    for (let k = 0; k < w; k += 1) insertText(v, k)
  }
  insertText(v, w)
  return w
}
