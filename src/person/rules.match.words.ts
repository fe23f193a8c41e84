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
  words: Int32Array
  /** By word; 0 where it is not among them. */
  score: Float32Array
}
export const newMeant = (): Meant => ({ count: 0, words: new Int32Array(256), score: new Float32Array(0) })
const clear = (m: Meant): void => {
  for (let k = 0; k < m.count; k += 1) m.score[m.words[k]!] = 0
  m.count = 0
}

let shared = new Uint16Array(0)
let touched = new Int32Array(1024)
const consonantStep = 256
/** What share of pairs two forms must have in common to be compared at all. */
const share = { sounds: 0.36, consonants: 0.5 }

const x: Span = { at: 0, length: 0, stem: 0, head: 0 }
const y: Span = { at: 0, length: 0, stem: 0, head: 0 }
const put = (m: Meant, w: number, score: number): void => {
  if (score < floor) return
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
const compare = (v: Vocabulary, part: Part, i: number, f: number): number => {
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
  return formScore(part.forms[i]!, part.spans[i]!, v.codes, y)
}

const lookUp = (v: Vocabulary, part: Part, i: number, m: Meant): void => {
  const form = part.forms[i]!
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
  for (let k = 0; k < n; k += 1) {
    const f = touched[k]!
    const both = shared[f]!
    shared[f] = 0
    const bySounds = 2 * (both & 255) >= share.sounds * (sounds + v.soundPairs[f]!) && (both & 255) > 0
    if (!bySounds && 2 * (both >> 8) < share.consonants * (count - sounds + v.consonantPairs[f]!)) continue
    const w = v.wordOf[f]!
    if (v.kind[w] === wordKinds.initial) continue
    let score = compare(v, part, i, f)
    if (score < 0.94 && v.script[w] === part.script && !part.skeletal && score > (m.score[w] ?? 0) - 0.4)
      score = Math.max(score, typingScore(part.chars, 0, part.chars.length, v.chars, v.textAt[w]!, v.textLength[w]!))
    put(m, w, score)
  }
}

/** All words that may be meant by a part: by sound, by typing errors, as another form of the name, or as it is. */
export const wordsMeant = (v: Vocabulary, part: Part, known: number, m: Meant): void => {
  if (m.score.length < v.words) m.score = new Float32Array(Math.max(v.words, 2 * m.score.length))
  else clear(m)
  m.count = 0
  if (shared.length < v.forms) shared = new Uint16Array(2 * v.forms)
  if (part.text.length === 1) {
    initials(v, part, m)
  } else {
    for (let i = 0; i < part.forms.length; i += 1) lookUp(v, part, i, m)
    for (const key of otherForms(part)) {
      const form = Uint8Array.from(key, c => c.charCodeAt(0))
      for (const f of sameClass(v, form))
        if (keyOf(v.codes, v.formAt[f]!, v.formAt[f]! + v.formLength[f]!) === key) put(m, v.wordOf[f]!, shortFormScore)
    }
  }
  if (part.text.length > 1)
    for (const w of v.initials) {
      const f = v.firstForm[w]!
      if (f < v.firstForm[w + 1]! && part.forms.some(p => p[0] === v.codes[v.formAt[f]!])) put(m, w, initialScore)
    }
  if (known >= 0) put(m, known, 1)
}
const initials = (v: Vocabulary, part: Part, m: Meant): void => {
  for (let f = 0; f < v.forms; f += 1) if (part.forms.some(p => p[0] === v.codes[v.formAt[f]!])) put(m, v.wordOf[f]!, initialScore)
}
/** Whether a word of these sounds, or nearly, is known at all. */
export const isKnown = (v: Vocabulary, part: Part): boolean =>
  part.forms.some((form, i) => {
    for (const f of sameClass(v, form)) if (v.kind[v.wordOf[f]!] === wordKinds.name && compare(v, part, i, f) > 0.85) return true
    return false
  })
