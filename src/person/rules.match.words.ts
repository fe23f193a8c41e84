import { gramsOf, sameClass, type Vocabulary, wordKinds } from './rules.match.vocabulary.ts'
import {
  floor,
  formScore,
  initialScore,
  keyOf,
  otherForms,
  type Part,
  type Span,
  shortFormScore,
  skeletonScore,
  typingScore,
} from './rules.names.alike.ts'

/** Words that may be meant by one part of a question, each with how alike it is. Filled anew by every question. */
export interface Meant {
  count: number
  /** The best score. */
  top: number
  words: Int32Array
  /** By word; 0 where it is not among them. */
  score: Float32Array
}
export const newMeant = (): Meant => ({ count: 0, top: 0, words: new Int32Array(256), score: new Float32Array(0) })
const clear = (m: Meant): void => {
  for (let k = 0; k < m.count; k += 1) m.score[m.words[k]!] = 0
  m.count = 0
}

let shared = new Uint16Array(0)
let touched = new Int32Array(1024)
let ranked = new Float64Array(1024)
let typed = new Int32Array(0)
let turn = 0
const consonantStep = 256
/** How much two forms must have in common to be compared at all: the shares of pairs of sounds and of pairs of consonants together, of 2; and half of the best. */
const leastShare = 0.8
const ofBest = 0.55
/** Words much worse than the best are not meant; a short word has few letters to err in. */
const window = (length: number) => Math.max(0.25, 1.35 / Math.max(1, length))

const x: Span = { at: 0, length: 0, stem: 0, head: 0 }
const y: Span = { at: 0, length: 0, stem: 0, head: 0 }
/** How many bear each word, while a question is answered: a word that nobody bears any more must not stand for others. */
let bearers: Int32Array | undefined
const put = (m: Meant, w: number, score: number): void => {
  if (score < floor || (bearers !== undefined && bearers[w] === 0)) return
  if (m.score[w] === 0) {
    if (m.count === m.words.length) {
      const bigger = new Int32Array(m.count * 2)
      bigger.set(m.words)
      m.words = bigger
    }
    m.words[m.count++] = w
  }
  if (score > m.score[w]!) m.score[w] = score
}
const formOf = (v: Vocabulary, f: number, s: Span): void => {
  s.at = v.formAt[f]!
  s.length = v.formLength[f]!
  s.stem = v.stem[f]!
  s.head = v.head[f]!
}

/** One form of the question beside one form of the vocabulary; the same as `alike` says of their parts. */
const compare = (v: Vocabulary, part: Part, i: number, f: number, wanted: number): number => {
  const skeletal = part.skeletal || v.skeletal[f] === 1
  if (skeletal) {
    const s = part.skeletons[i]!
    x.at = 0
    x.length = s.length
    y.at = v.skeletonAt[f]!
    y.length = v.skeletonLength[f]!
    return skeletonScore(s, x, v.codes, y)
  }
  formOf(v, f, y)
  return formScore(part.forms[i]!, part.spans[i]!, v.codes, y, wanted)
}

/** `alike` are the readings of the part that have the same pairs: they are looked up once. */
const lookUp = (v: Vocabulary, part: Part, alike: readonly number[], m: Meant): void => {
  const form = part.forms[alike[0]!]!
  const g = gramsOf(form, 0, form.length, part.skeletal)
  const [sounds, count] = [g.sounds, g.count]
  let n = 0
  for (let k = 0; k < count; k += 1) {
    const list = v.grams[g.all[k]!]!
    const used = v.gramsUsed[g.all[k]!]!
    const step = k < sounds ? 1 : consonantStep
    if (n + used > touched.length) {
      const bigger = new Int32Array((n + used) * 2)
      bigger.set(touched)
      touched = bigger
    }
    for (let p = 0; p < used; p += 1) {
      const f = list[p]!
      const before = shared[f]!
      if (before === 0) touched[n++] = f
      shared[f] = before + step
    }
  }
  n = rank(v, n, sounds, count - sounds, part.skeletal)
  const behind = window(form.length)
  let wanted = Math.max(floor, m.top - behind)
  const least = n === 0 ? 0 : Math.max(leastShare, ofBest * commonOf(ranked[n - 1]!))
  for (let k = n - 1; k >= 0 && commonOf(ranked[k]!) >= least; k -= 1) {
    const f = ranked[k]! % slots
    const w = v.wordOf[f]!
    if (v.kind[w]! >= wordKinds.exact || v.textLength[w] === 1) continue
    // Another reading of the word has said it already.
    const known = m.score[w]!
    if (known >= 0.94) continue
    let score = 0
    for (const i of alike) score = Math.max(score, compare(v, part, i, f, Math.max(wanted, known, score)))
    if (score < 0.9 && v.script[w] === part.script && !part.skeletal && typed[w] !== turn) {
      typed[w] = turn
      score = Math.max(score, typingScore(part.chars, 0, part.chars.length, v.chars, v.textAt[w]!, v.textLength[w]!, wanted))
    }
    if (score < wanted) continue
    put(m, w, score)
    if (score > m.top) {
      m.top = score
      wanted = Math.max(floor, score - behind)
    }
  }
}
const slots = 2 ** 32
const commonOf = (key: number) => Math.floor(key / slots) / 1000
/** Keeps those of the touched forms that have enough in common with the form that is asked for, least first; says how many. */
const rank = (v: Vocabulary, n: number, sounds: number, consonants: number, skeletal: boolean): number => {
  if (ranked.length < n) ranked = new Float64Array(n * 2)
  let kept = 0
  const bestConsonant = (skeletal || v.skeletalForms > 0 ? 4 : 2) / Math.max(1, consonants)
  const bestSound = 2 / Math.max(1, sounds)
  for (let k = 0; k < n; k += 1) {
    const f = touched[k]!
    const both = shared[f]!
    shared[f] = 0
    // At best the other form has no further pair: most of the touched are out by this alone.
    if ((both & 255) * bestSound + (both >> 8) * bestConsonant < leastShare) continue
    const byConsonants = (2 * (both >> 8)) / (consonants + v.consonantPairs[f]!)
    // Written without vowels: only the consonants can be counted.
    const bySounds = skeletal || v.skeletal[f] === 1 ? byConsonants : (2 * (both & 255)) / (sounds + v.soundPairs[f]!)
    if (bySounds + byConsonants < leastShare || (bearers !== undefined && bearers[v.wordOf[f]!] === 0)) continue
    ranked[kept++] = Math.floor((bySounds + byConsonants) * 1000) * slots + f
  }
  ranked.subarray(0, kept).sort()
  return kept
}

const byPairs = (part: Part): Iterable<number[]> => {
  const by = new Map<string, number[]>()
  part.forms.forEach((form, i) => {
    const g = gramsOf(form, 0, form.length, part.skeletal)
    const key = g.all.subarray(0, g.count).join()
    const list = by.get(key)
    if (list) list.push(i)
    else by.set(key, [i])
  })
  return by.values()
}
/** All words that may be meant by a part: by sound, by typing errors, as another form of the name, or as it is. */
export const wordsMeant = (v: Vocabulary, part: Part, known: number, m: Meant, borne?: Int32Array): void => {
  bearers = borne
  if (m.score.length < v.words) m.score = new Float32Array(Math.max(v.words, 2 * m.score.length))
  else clear(m)
  m.count = 0
  m.top = 0
  turn += 1
  if (typed.length < v.words) typed = new Int32Array(2 * v.words)
  if (shared.length < v.forms) shared = new Uint16Array(2 * v.forms)
  if (part.text.length === 1) {
    initials(v, part, m)
    if (known >= 0) put(m, known, 1)
  } else {
    if (known >= 0) {
      put(m, known, 1)
      m.top = m.count
    }
    for (const alike of byPairs(part)) lookUp(v, part, alike, m)
    for (const key of otherForms(part)) {
      const form = Uint8Array.from(key, c => c.charCodeAt(0))
      for (const f of sameClass(v, form))
        if (keyOf(v.codes, v.formAt[f]!, v.formAt[f]! + v.formLength[f]!) === key) put(m, v.wordOf[f]!, shortFormScore)
    }
  }
  if (m.top < 0.85 && part.text.length >= 3) beginnings(v, part, m)
  if (part.text.length > 1)
    for (const w of v.initials) {
      const f = v.firstForm[w]!
      if (f < v.firstForm[w + 1]! && part.forms.some(p => p[0] === v.codes[v.formAt[f]!])) put(m, w, initialScore)
    }
}
/** A name that is not typed to its end; looked for where nothing whole was found. */
const beginnings = (v: Vocabulary, part: Part, m: Meant): void => {
  for (const form of part.forms)
    for (let f = 0; f < v.forms; f += 1) {
      if (v.formLength[f]! <= form.length) continue
      const at = v.formAt[f]!
      let i = 0
      while (i < form.length && v.codes[at + i] === form[i]) i += 1
      if (i === form.length) put(m, v.wordOf[f]!, beginningScore)
    }
}
const beginningScore = 0.78
const initials = (v: Vocabulary, part: Part, m: Meant): void => {
  for (let f = 0; f < v.forms; f += 1) if (part.forms.some(p => p[0] === v.codes[v.formAt[f]!])) put(m, v.wordOf[f]!, initialScore)
}
/** Whether a word of these sounds, or nearly, is known at all. */
export const isKnown = (v: Vocabulary, part: Part): boolean =>
  part.forms.some((form, i) => {
    for (const f of sameClass(v, form)) if (v.kind[v.wordOf[f]!] === wordKinds.name && compare(v, part, i, f, 0.85) > 0.85) return true
    return false
  })
