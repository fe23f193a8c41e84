import { keysOf, type Token, tokensOf } from './rules.check-fold.ts'
import { addWord, type Index, type Item, look, makeIndex, type Node } from './rules.check-index.ts'
import { guessLanguage, languageScores } from './rules.check-language.ts'
import { moneyOf, type Periods, periodsOf, proportion } from './rules.check-money.ts'
import {
  type Advice,
  type Checked,
  type CheckLanguage,
  type FoundSign,
  type LanguageSigns,
  messageLimit,
  points,
  type SignId,
  type Span,
  type Strength,
  signIds,
  twice,
  warnFrom,
} from './schema.check.ts'

/** From one token on to another: a word, an amount, or a word that was pulled apart («р а б о т а», «ра.бо.та»). */
interface Arc {
  readonly elements: readonly number[]
  readonly next: number
}
/** How far apart the sides of ` & ` may stand, in words. */
const near = 9
const same = /(.)\1\1/u
/** Skipped words are not longer in tokens, or a message of nothing but single letters would be searched from end to end at each of them. */
const longestSkip = 20
/** A word that was pulled apart is not longer. */
const longestSpread = 20

export interface Checker {
  readonly check: (text: string, o?: { lang?: CheckLanguage | 'auto' }) => Checked
  readonly languages: readonly CheckLanguage[]
}

const spread = (tokens: readonly Token[], i: number, index: Index): Arc[] => {
  const out: Arc[] = []
  let joined = tokens[i]!.word
  let single = joined.length === 1
  let dead = 0
  for (let j = i + 1; j < tokens.length && j - i < longestSpread; j++) {
    const t = tokens[j]!
    single = single && t.word.length === 1
    if ((!t.tight && !single) || t.kind === 'sign') break
    joined += t.word
    if (joined.length > longestSpread) break
    // Two letters side by side are two small words; from four on they are one word that was pulled apart.
    if (joined.length < 4) continue
    const elements: number[] = []
    let alive = false
    for (const k of keysOf(joined)) if (look(index.root, k, elements)) alive = true
    // Twice, because «z» becomes another sound when «h» follows. A row of one letter folds to that letter and would live for ever.
    dead = alive && !same.test(joined) ? 0 : dead + 1
    if (elements.length > 0) out.push({ elements, next: j + 1 })
    if (dead > 1) break
  }
  return out
}

const arcsOf = (tokens: readonly Token[], keys: readonly (readonly string[])[], index: Index): Arc[][] =>
  tokens.map((t, i) => {
    const arcs: Arc[] = []
    const money = t.kind === 'word' ? undefined : moneyOf(tokens, i)
    if (money) arcs.push({ elements: [...index.amounts, ...index.numbers], next: money.next })
    const elements: number[] = []
    if (t.kind === 'number') elements.push(...index.numbers)
    else if (t.kind === 'word') for (const k of keys[i]!) look(index.root, k, elements)
    else look(index.root, t.word, elements)
    arcs.push({ elements, next: i + 1 })
    const following = tokens[i + 1]
    if (t.kind !== 'sign' && following && (following.tight || (t.word.length === 1 && following.word.length === 1)))
      arcs.push(...spread(tokens, i, index))
    return arcs
  })

interface Words {
  readonly tokens: readonly Token[]
  readonly arcs: readonly (readonly Arc[])[]
  /** Which word of the message a token belongs to: letters pulled apart are one word, however many tokens they are. */
  readonly word: readonly number[]
}
type Hit = readonly (readonly [number, number])[]
/** The tokens that fit `items` from token `at` on; the first item stands exactly there. */
const follow = (w: Words, items: readonly Item[], n: number, at: number, first: boolean): Hit | undefined => {
  const item = items[n]
  if (item === undefined) return []
  for (let i = at; i < w.arcs.length && i - at <= longestSkip && (i === at || (!first && w.word[i]! - w.word[at]! <= item.gap)); i++) {
    // Words are skipped within a sentence only.
    if (i > at && w.tokens[i]!.fresh) break
    for (const arc of w.arcs[i] ?? []) {
      if (!arc.elements.includes(item.element)) continue
      const rest = follow(w, items, n + 1, arc.next, false)
      if (rest) return [[i, arc.next], ...rest]
    }
  }
  return item.optional ? follow(w, items, n + 1, at, first) : undefined
}

const both = (w: Words, parts: readonly (readonly Item[])[], at: number): Hit | undefined => {
  const head = follow(w, parts[0]!, 0, at, true)
  if (!head || parts.length === 1) return head
  const all = [...head]
  for (const p of parts.slice(1)) {
    let found: Hit | undefined
    for (let d = 1; d <= near && !found; d++)
      for (const i of [at + d, at - d]) {
        if (i < 0 || i >= w.arcs.length || found) continue
        if (all.some(([a, b]) => i >= a && i < b)) continue
        found = follow(w, p, 0, i, true)
      }
    if (!found) return undefined
    all.push(...found)
  }
  return all
}

interface Seen {
  strength: Strength
  readonly hits: Set<number>
  /** At how many places, by strength. */
  readonly places: Record<Strength, number>
}

const spansOf = (tokens: readonly Token[], hits: ReadonlySet<number>): Span[] => {
  const out: { from: number; to: number }[] = []
  let before = -2
  for (const i of [...hits].sort((a, b) => a - b)) {
    const t = tokens[i]!
    const open = out.at(-1)
    if (open && i === before + 1 && !t.fresh) open.to = Math.max(open.to, t.to)
    else out.push({ from: t.from, to: t.to })
    before = i
  }
  return out
}

const adviceOf = (warn: boolean, signs: readonly FoundSign[]): Advice => {
  if (signs.some(s => (s.id === 'F14' || s.id === 'F15') && s.strength > (warn ? 1 : 2))) return 'away'
  return warn ? 'care' : signs.length > 0 ? 'little' : 'none'
}

const parentsOf = (languages: readonly LanguageSigns[]): Node => {
  const { root } = makeIndex([])
  for (const l of languages) for (const word of l.parents.split(' ')) addWord(root, word, 0)
  return root
}
/** What a child may well ask of its own people. */
const lighter: ReadonlySet<SignId> = new Set(['F5', 'F6', 'F7', 'F16'])
/** «Мам, …»: nobody who lures a child begins so. Only with a comma, since «мама просила…» is said by anybody. */
const toOwnPeople = (text: string, tokens: readonly Token[], keys: readonly (readonly string[])[], parents: Node): boolean => {
  const first = tokens[0]
  if (first === undefined || !/^\s*,/.test(text.slice(first.to, first.to + 3))) return false
  const hits: number[] = []
  for (const k of keys[0] ?? []) look(parents, k, hits)
  return hits.length > 0
}

const wordNumbers = (tokens: readonly Token[]): number[] => {
  let n = 0
  return tokens.map((t, i) => {
    if (i > 0 && !(t.word.length === 1 && tokens[i - 1]!.word.length === 1 && t.tight)) n += 1
    return n
  })
}

/** A checker for the given languages. It knows nothing but what is in them, and keeps nothing of what it reads. */
export const makeChecker = (languages: readonly LanguageSigns[]): Checker => {
  const made = new Map<string, { index: Index; periods: Periods; parents: Node }>()
  const tableFor = (lang: CheckLanguage | 'auto') => {
    // In Central Asian chats Russian words stand among the others; so its signs are looked for there too.
    const chosen =
      lang === 'auto' ? languages : languages.filter(l => l.lang === lang || (l.lang === 'ru' && lang !== 'en' && lang !== 'fr'))
    const name = chosen.map(l => l.lang).join()
    let table = made.get(name)
    if (!table) {
      table = { index: makeIndex(chosen), periods: periodsOf(chosen), parents: parentsOf(chosen) }
      made.set(name, table)
    }
    return table
  }
  const check: Checker['check'] = (whole, o = {}) => {
    const text = whole.length > messageLimit ? whole.slice(0, messageLimit) : whole
    const wanted = o.lang ?? 'auto'
    const { index, periods, parents } = tableFor(wanted)
    const tokens = tokensOf(text)
    const keys = keyed(tokens)
    const w: Words = { tokens, arcs: arcsOf(tokens, keys, index), word: wordNumbers(tokens) }
    const found = new Map<SignId, Seen>()
    const home = toOwnPeople(text, tokens, keys, parents)
    const add = (sign: SignId, given: Strength, hit: Hit) => {
      // What undresses somebody is asked for by nobody's mother.
      const strength = home && lighter.has(sign) && !(sign === 'F6' && given === 3) ? 1 : given
      const f = found.get(sign) ?? { strength, hits: new Set<number>(), places: { 1: 0, 2: 0, 3: 0 } }
      if (strength > f.strength) f.strength = strength
      // A second place, not the same words read twice.
      if (!hit.some(([a]) => f.hits.has(a))) f.places[strength] += 1
      for (const [a, b] of hit) for (let i = a; i < b; i++) f.hits.add(i)
      found.set(sign, f)
    }
    for (let i = 0; i < tokens.length; i++)
      for (const arc of w.arcs[i]!)
        for (const e of arc.elements)
          for (const p of index.byElement[e]!) {
            const hit = both(w, p.parts, i)
            if (hit) add(p.sign, p.strength, hit)
          }
    for (const pay of proportion(tokens, periods)) add('F1', pay.strength, [[pay.from, pay.to]])
    const signs = signIds.flatMap(id => {
      const f = found.get(id)
      if (!f) return []
      const spans = spansOf(tokens, f.hits)
      return [{ id, strength: f.strength, words: [...new Set(spans.map(s => text.slice(s.from, s.to)))], spans }]
    })
    let sum = 0
    for (const f of found.values()) sum += points[f.strength] + (f.places[f.strength] > 1 ? twice[f.strength] : 0)
    const warn = sum >= warnFrom
    return {
      lang: wanted === 'auto' ? guessLanguage(text, tokens, keys) : wanted,
      warn,
      signs,
      advice: adviceOf(warn, signs),
      compatriot: signs.some(s => s.id === 'F11' || s.id === 'F18'),
    }
  }
  return { check, languages: languages.map(l => l.lang) }
}

const keyed = (tokens: readonly Token[]) => tokens.map(t => (t.kind === 'word' ? keysOf(t.word) : []))
/** Languages that something in the message speaks for: whose signs a browser must have to check it. */
export const languagesIn = (text: string): CheckLanguage[] => {
  const tokens = tokensOf(text.slice(0, messageLimit))
  return languageScores(text, tokens, keyed(tokens))
    .filter(([, score]) => score >= 2)
    .map(([lang]) => lang)
}
