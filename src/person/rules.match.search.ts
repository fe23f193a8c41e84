import { type ExactKind, exactKey, type MatchIndex, ready, type Sex, sexNumber } from './rules.match.ts'
import { findWord } from './rules.match.vocabulary.ts'
import { isKnown, type Meant, newMeant, wordsMeant } from './rules.match.words.ts'
import { type Part, toPart } from './rules.names.alike.ts'
import { partsOf } from './rules.names.sounds.ts'
import { weightOf } from './rules.names.ts'

export interface Question {
  readonly name?: string | undefined
  /** Years of birth that may be meant; a person whose years overlap answers. */
  readonly minYear?: number | null | undefined
  readonly maxYear?: number | null | undefined
  readonly sex?: Sex | null | undefined
  readonly origin?: string | null | undefined
  readonly phone?: string | undefined
  readonly handle?: string | undefined
  readonly document?: string | undefined
  /** Whether somebody of whom the year, sex or origin is not known answers a question about it; they do unless this is 'no'. */
  readonly unknown?: 'yes' | 'no' | undefined
}
export interface Match {
  readonly id: string
  /** 0–1; the name alone where only a name was asked. */
  readonly score: number
  readonly by: readonly ('name' | ExactKind)[]
}

/** Below this nobody answers, however few do; and nobody who is this much worse than the best. */
const least = 0.5
const behind = 0.3
const most = 8
/** An additional word of a record that the question does not have costs little: a patronymic is often left away. */
const silence = 0.008

interface Asked {
  readonly parts: readonly Part[]
  readonly meant: Meant[]
  readonly weight: number[]
  readonly total: number
}
const pool: Meant[] = []
/** People who bear any of the words that are at least so much alike. */
const bearers = (x: MatchIndex, m: Meant, alike: number): number => {
  let n = 0
  for (let k = 0; k < m.count; k += 1) if (m.score[m.words[k]!]! >= alike) n += x.borne[m.words[k]!]!
  return n
}
const ask = (x: MatchIndex, parts: readonly Part[]): Asked => {
  const v = x.vocabulary
  // A part said twice is answered by the word that is kept once.
  const kept = parts.filter((p, k) => parts.findIndex(q => q.text === p.text) === k).slice(0, most)
  const meant = kept.map((p, k) => {
    pool[k] ??= newMeant()
    const m = pool[k]!
    wordsMeant(v, p, findWord(v, p.text), m, x.borne)
    return m
  })
  // A rare name says more than one that every fifth bears.
  const many = Math.log(x.live + 2)
  const weight = kept.map((p, k) => weightOf(p) * (0.5 + (many - Math.log(bearers(x, meant[k]!, 0.9) + 1)) / many))
  return { parts: kept, meant, weight, total: weight.reduce((s, w) => s + w, 0) }
}

/** A name as it is asked for: its parts, and the words each may mean. Holds until the next question. */
export const askedOf = (x: MatchIndex, name: string): Asked =>
  ask(
    x,
    partsOf(name).map(p => toPart(p.part)),
  )

const exactWords = (x: MatchIndex, q: Question): { kind: ExactKind; word: number }[] =>
  (['phone', 'handle', 'document'] as const).flatMap(kind => {
    const key = exactKey[kind](q[kind] ?? '')
    return key === '' ? [] : [{ kind, word: findWord(x.vocabulary, `\u0001${key}`) }]
  })

const fits = (x: MatchIndex, q: Question, origin: number, slot: number): boolean => {
  if (x.alive[slot] === 0) return false
  const unknown = q.unknown !== 'no'
  if (q.sex && x.sex[slot] !== sexNumber[q.sex] && !(unknown && x.sex[slot] === 0)) return false
  if (q.origin && x.origin[slot] !== origin && !(unknown && x.origin[slot] === 0)) return false
  if (q.minYear || q.maxYear) {
    const [from, to] = [x.minYear[slot]! || x.maxYear[slot]!, x.maxYear[slot]! || x.minYear[slot]!]
    if (from === 0) return unknown
    if ((q.maxYear && from > q.maxYear) || (q.minYear && to < q.minYear)) return false
  }
  return true
}

/** The best so far, worst of them last. Ties go to whoever stands first in the index, so that the answer does not depend on the way it was found. */
interface Best {
  readonly limit: number
  readonly slots: number[]
  readonly scores: number[]
}
const floorOf = (b: Best) => Math.max(least, (b.scores[0] ?? 0) - behind, b.scores.length < b.limit ? 0 : b.scores.at(-1)!)
const offer = (b: Best, slot: number, score: number): void => {
  if (score < floorOf(b)) return
  let at = b.slots.length
  while (at > 0 && (b.scores[at - 1]! < score || (b.scores[at - 1] === score && b.slots[at - 1]! > slot))) at -= 1
  if (at >= b.limit) return
  b.slots.splice(at, 0, slot)
  b.scores.splice(at, 0, score)
  if (b.slots.length > b.limit) {
    b.slots.pop()
    b.scores.pop()
  }
}

const taken = new Uint8Array(256)
/** How well the words of a slot answer: every word answers one part, the strongest pairs first. */
export const nameScore = (x: MatchIndex, a: Asked, slot: number): number => {
  const from = x.first[slot]!
  const n = Math.min(x.first[slot + 1]! - from, 255)
  let sum = 0
  let answered = 0
  let done = 0
  taken.fill(0, 0, n)
  for (let round = 0; round < a.parts.length; round += 1) {
    let best = 0
    let part = -1
    let word = -1
    for (let k = 0; k < a.parts.length; k += 1) {
      if (done & (1 << k)) continue
      const score = a.meant[k]!.score
      for (let j = 0; j < n; j += 1) {
        const s = score[x.words[from + j]!]! * a.weight[k]!
        if (s > best && taken[j] === 0) {
          best = s
          part = k
          word = j
        }
      }
    }
    if (part < 0) break
    done |= 1 << part
    taken[word] = 1
    sum += best
    answered += 1
  }
  const over = n / x.nameCount[slot]! - answered
  return sum / a.total - (over > 0 ? silence * Math.min(over, 4) : 0)
}

const topOf = (m: Meant): number => {
  let top = 0
  for (let k = 0; k < m.count; k += 1) top = Math.max(top, m.score[m.words[k]!]!)
  return top
}
let seen = new Int32Array(0)
let turn = 0
const searchAsked = (x: MatchIndex, a: Asked, allowed: (slot: number) => boolean, best: Best): void => {
  if (a.total === 0) return
  if (seen.length < x.slots) {
    seen = new Int32Array(x.slots * 2)
    turn = 0
  }
  turn += 1
  const look = (slot: number) => {
    if (seen[slot] === turn) return
    seen[slot] = turn
    const score = nameScore(x, a, slot)
    if (score >= floorOf(best) && allowed(slot)) offer(best, slot, score)
  }
  for (let slot = x.posted; slot < x.slots; slot += 1) look(slot)
  const top = a.meant.map(topOf)
  // The rarest part first: whoever bears none of the words of the parts done so far can reach at most what the others give, and is not looked at once that is too little.
  const order = a.parts
    .map((_, k) => k)
    .sort((p, q) => bearers(x, a.meant[p]!, 0) / a.weight[p]! - bearers(x, a.meant[q]!, 0) / a.weight[q]!)
  let rest = order.reduce((s, k) => s + top[k]! * a.weight[k]!, 0)
  for (const k of order) {
    if (rest / a.total < floorOf(best)) return
    rest -= top[k]! * a.weight[k]!
    const m = a.meant[k]!
    const words = m.words.subarray(0, m.count)
    const byScore = [...words].sort((p, q) => m.score[q]! - m.score[p]! || p - q)
    for (const w of byScore) {
      if ((rest + m.score[w]! * a.weight[k]!) / a.total < floorOf(best)) break
      if (w + 1 >= x.postingAt.length) continue
      for (let p = x.postingAt[w]!; p < x.postingAt[w + 1]!; p += 1) look(x.postings[p]!)
    }
  }
}

/** A name may be written in one word or in two: other ways to cut the question, where the index knows the words. */
const cuts = (x: MatchIndex, parts: readonly Part[]): Part[][] => {
  const out: Part[][] = []
  for (let k = 0; k + 1 < parts.length; k += 1) {
    const joined = toPart(parts[k]!.text + parts[k + 1]!.text)
    if (isKnown(x.vocabulary, joined)) out.push([...parts.slice(0, k), joined, ...parts.slice(k + 2)])
  }
  parts.forEach((p, k) => {
    for (let at = 3; at <= p.text.length - 3 && p.text.length >= 7; at += 1) {
      const two = [toPart(p.text.slice(0, at)), toPart(p.text.slice(at))]
      if (two.every(t => isKnown(x.vocabulary, t))) out.push([...parts.slice(0, k), ...two, ...parts.slice(k + 1)])
    }
  })
  return out.slice(0, 4)
}
const sure = 0.85
const everybody = () => true

/** Who may be meant, best first. Every part of the name counts, in any order and script; years, sex and origin leave out who contradicts them. */
export const searchMatches = (x: MatchIndex, q: Question, limit = 10, scope: (slot: number) => boolean = everybody): Match[] => {
  ready(x)
  const origin = q.origin ? x.origins.indexOf(q.origin) : 0
  // Asked before anybody is put on the list: whoever may not be seen pushes nobody off it who may.
  const allowed = (slot: number) => scope(slot) && fits(x, q, origin, slot)
  const parts = partsOf(q.name ?? '').map(p => toPart(p.part))
  const exact = exactWords(x, q)
  const best: Best = { limit, slots: [], scores: [] }
  if (parts.length === 0 && exact.length === 0) {
    if (q.name?.trim() || q.phone?.trim() || q.handle?.trim() || q.document?.trim()) return []
    const all: Match[] = []
    for (let slot = 0; slot < x.slots && all.length < limit; slot += 1) if (allowed(slot)) all.push({ id: x.ids[slot]!, score: 1, by: [] })
    return all
  }
  if (parts.length > 0) {
    searchAsked(x, ask(x, parts), allowed, best)
    if ((best.scores[0] ?? 0) < sure)
      for (const other of cuts(x, parts)) {
        const again: Best = { limit, slots: [], scores: [] }
        searchAsked(x, ask(x, other), allowed, again)
        again.slots.forEach((slot, i) => {
          const at = best.slots.indexOf(slot)
          if (at >= 0 && best.scores[at]! >= again.scores[i]!) return
          if (at >= 0) {
            best.slots.splice(at, 1)
            best.scores.splice(at, 1)
          }
          offer(best, slot, again.scores[i]!)
        })
      }
  }
  // Somebody may have come in before the best was known.
  while (best.slots.length > 0 && best.scores.at(-1)! < best.scores[0]! - behind) {
    best.slots.pop()
    best.scores.pop()
  }
  return exact.length === 0
    ? best.slots.map((slot, i) => ({ id: x.ids[slot]!, score: best.scores[i]!, by: ['name' as const] }))
    : withExact(x, exact, best, allowed, parts.length > 0, limit)
}

/** Numbers and handles identify; a name beside them supports or leaves open. */
const withExact = (
  x: MatchIndex,
  exact: readonly { kind: ExactKind; word: number }[],
  best: Best,
  allowed: (slot: number) => boolean,
  named: boolean,
  limit: number,
): Match[] => {
  const found = new Map<number, ('name' | ExactKind)[]>(best.slots.map(s => [s, ['name']]))
  const note = (slot: number, kind: ExactKind) => {
    if (allowed(slot)) found.set(slot, [...(found.get(slot) ?? []), kind])
  }
  for (const { kind, word } of exact) {
    if (word < 0) continue
    for (let p = x.postingAt[word] ?? 0; p < (x.postingAt[word + 1] ?? 0); p += 1) note(x.postings[p]!, kind)
    for (let slot = x.posted; slot < x.slots; slot += 1)
      for (let k = x.first[slot]!; k < x.first[slot + 1]!; k += 1) if (x.words[k] === word) note(slot, kind)
  }
  return [...found]
    .map(([slot, by]) => {
      const at = best.slots.indexOf(slot)
      const name = at >= 0 ? best.scores[at]! : 0
      const numbers = by.filter(b => b !== 'name').length
      // A number that nobody has takes nothing away: people change their phones.
      const score = numbers === 0 ? name * 0.85 : named ? (numbers + name) / (numbers + 1) : 1
      return { id: x.ids[slot]!, score, by, slot }
    })
    .sort((a, b) => b.score - a.score || a.slot - b.slot)
    .slice(0, limit)
    .map(({ slot: _, ...m }) => m)
}
