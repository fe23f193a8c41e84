import { keysOfPattern } from './rules.check-fold.ts'
import type { LanguageSigns, SignId, Strength } from './schema.check.ts'

/** One place of a pattern: words that fit, how many words may stand before it, and whether it may be missing. */
export interface Item {
  readonly element: number
  readonly gap: number
  readonly optional: boolean
}
export interface Pattern {
  readonly sign: SignId
  readonly strength: Strength
  /** One sequence, or several that stand near each other in any order. */
  readonly parts: readonly (readonly Item[])[]
}
export interface Node {
  readonly next: Map<number, Node>
  exact: number[]
  prefix: number[]
}
export interface Index {
  readonly root: Node
  /** Elements that a number, or an amount of money, belongs to. */
  readonly numbers: readonly number[]
  readonly amounts: readonly number[]
  /** Patterns by the element with which they begin. */
  readonly byElement: readonly (readonly Pattern[])[]
}

const node = (): Node => ({ next: new Map(), exact: [], prefix: [] })
/** Adds a word (`stem*`: any ending) under an element's number. */
export const addWord = (root: Node, written: string, element: number): void => {
  const prefix = written.endsWith('*')
  const word = prefix ? written.slice(0, -1) : written
  for (const key of /^[$₽€+%]$/.test(word) ? [word] : keysOfPattern(word)) {
    if (key === '') throw new Error(`a word of no letters: ${written}`)
    let at = root
    for (let i = 0; i < key.length; i++) {
      const c = key.charCodeAt(i)
      let next = at.next.get(c)
      if (next === undefined) {
        next = node()
        at.next.set(c, next)
      }
      at = next
    }
    const list = prefix ? at.prefix : at.exact
    if (!list.includes(element)) list.push(element)
  }
}

/** `{a b|c} d` → `a b d`, `c d`. */
const choices = (line: string): string[] => {
  const m = /^(.*?)\{([^{}]*)\}(.*)$/.exec(line)
  return m ? m[2]!.split('|').flatMap(c => choices(`${m[1]}${c}${m[3]}`)) : [line]
}

/** All elements that a key belongs to, added to `into`. False when no word of the table begins like this, so that a longer key will find no more. */
export const look = (root: Node, key: string, into: number[]): boolean => {
  let at: Node | undefined = root
  for (let i = 0; i < key.length; i++) {
    at = at.next.get(key.charCodeAt(i))
    if (at === undefined) return false
    for (const e of at.prefix) if (!into.includes(e)) into.push(e)
  }
  for (const e of at.exact) if (!into.includes(e)) into.push(e)
  return true
}

/** Languages as one table. Made once at the start; a mistake in the data throws here and not on a child's message. */
export const makeIndex = (languages: readonly LanguageSigns[]): Index => {
  const root = node()
  const numbers = new Map<string, number>()
  const byElement: Pattern[][] = []
  const numeric: number[] = []
  const amounts: number[] = []
  const elementOf = (alternatives: readonly string[]): number => {
    const name = alternatives.join('|')
    let n = numbers.get(name)
    if (n === undefined) {
      n = byElement.length
      numbers.set(name, n)
      byElement.push([])
      for (const a of alternatives) {
        if (a === '#') numeric.push(n)
        else if (a === '#m') amounts.push(n)
        else addWord(root, a, n)
      }
    }
    return n
  }
  for (const l of languages) {
    const expand = (word: string): string[] =>
      word.split('|').flatMap(w => {
        const name = /^<([a-z0-9-]+)>$/.exec(w)?.[1]
        if (name === undefined) return [w]
        const list = l.words[name]
        if (list === undefined) throw new Error(`${l.lang}: no words named ${name}`)
        return list.trim().split(/\s+/)
      })
    const part = (text: string): Item[] => {
      const items: Item[] = []
      let gap = 0
      for (const w of text.replace(/~+/g, ' $& ').trim().split(/\s+/)) {
        if (w === '~' || w === '~~') {
          gap = w === '~' ? 3 : 7
          continue
        }
        const optional = w.startsWith('[') && w.endsWith(']')
        const bare = optional ? w.slice(1, -1) : w
        items.push({ element: elementOf(expand(bare)), gap, optional })
        gap = 0
      }
      if (items.length === 0 || items[0]?.optional) throw new Error(`${l.lang}: pattern begins with nothing: ${text}`)
      return items
    }
    for (const [sign, lines] of Object.entries(l.signs) as [SignId, string][])
      for (const line of lines.split('\n')) {
        if (line.trim() === '') continue
        const m = /^\s*([123]) (.+)$/.exec(line)
        if (!m) throw new Error(`${l.lang} ${sign}: a pattern begins with its strength: ${line}`)
        for (const written of choices(m[2]!)) {
          const parts = written.split(' & ').map(part)
          byElement[parts[0]![0]!.element]!.push({ sign, strength: Number(m[1]) as Strength, parts })
        }
      }
  }
  return { root, numbers: numeric, amounts, byElement }
}
