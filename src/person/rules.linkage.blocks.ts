import type { Column, Value } from './rules.linkage.values.ts'
import { keyOf } from './rules.names.alike.ts'
import { type BlockKind, type BlockRule, type KeyMaker, kindFacts } from './schema.linkage.ts'

const sounds = (v: Value): string[] => {
  const out = new Set<string>()
  for (const p of v.parts)
    if (!p.particle || v.parts.length === 1)
      // Readings of one spelling mostly agree in their consonants; the first two that do not are kept.
      for (const s of p.skeletons.slice(0, 3)) if (out.size < 8) out.add(s.length > 1 || v.parts.length === 1 ? keyOf(s) : `=${p.text}`)
  if (out.size === 0 && v.compact !== '') out.add(`=${v.compact}`)
  return [...out]
}
const starts = (v: Value): string[] => {
  const out = new Set<string>()
  for (const p of v.parts)
    for (const f of p.skeletal ? p.skeletons : p.forms.slice(0, 2)) if (out.size < 6) out.add(keyOf(f, 0, Math.min(2, f.length)))
  return [...out]
}
const keysOfValue = (v: Value, how: KeyMaker): string[] => {
  const d = v.date
  switch (how) {
    case 'whole':
      return d && d.day === 0 ? [] : [v.compact]
    case 'sound':
      return v.parts.length > 0 ? sounds(v) : [v.compact]
    case 'start':
      return starts(v)
    case 'day':
      return d && d.day > 0 ? [`${Math.min(d.day, d.month)}.${Math.max(d.day, d.month)}`] : []
    case 'year':
      return d ? (d.toYear - d.year > 4 ? [] : Array.from({ length: d.toYear - d.year + 1 }, (_, k) => String(d.year + k))) : []
    case 'word':
      return v.parts.flatMap(p => (p.text.length > 2 ? [p.text] : []))
  }
}
/** Keys by code of value, made when first asked for. */
export interface KeyBook {
  readonly columns: readonly Column[]
  readonly rules: readonly BlockRule[]
  readonly made: Map<string, (readonly string[] | undefined)[]>
}
/** The rules that these columns can serve. */
export const keyBook = (columns: readonly Column[], rules: readonly BlockRule[]): KeyBook => {
  const have = new Map<BlockKind, number>()
  for (const c of columns) {
    const b = kindFacts[c.kind].block
    if (b) have.set(b, (have.get(b) ?? 0) + 1)
  }
  const serves = (r: BlockRule) => r.of.every(([b]) => have.has(b))
  return { columns, rules: rules.filter(serves), made: new Map() }
}
const keysOf = (book: KeyBook, side: 'left' | 'right', row: number, block: BlockKind, how: KeyMaker): string[] => {
  const out = new Set<string>()
  book.columns.forEach((c, at) => {
    if (kindFacts[c.kind].block !== block) return
    const code = c[side][row]!
    if (code === 0) return
    const name = `${at}${how}`
    let list = book.made.get(name)
    if (!list) {
      list = []
      book.made.set(name, list)
    }
    let keys = list[code]
    if (!keys) {
      keys = keysOfValue(c.dictionary.values[code]!, how)
      list[code] = keys
    }
    for (const k of keys) out.add(k)
  })
  return [...out].slice(0, 12)
}
const hashed = (text: string, seed: number): number => {
  let h = 2166136261 ^ Math.imul(seed + 1, 0x9e3779b1)
  for (let i = 0; i < text.length; i += 1) h = Math.imul(h ^ text.charCodeAt(i), 16777619)
  h ^= h >>> 15
  h = Math.imul(h, 0x85ebca6b)
  return (h ^ (h >>> 13)) >>> 0
}
/** Keys of a row under one rule, as numbers. A collision only adds a candidate. */
export const rowKeys = (book: KeyBook, side: 'left' | 'right', row: number, ruleAt: number): number[] => {
  const rule = book.rules[ruleAt]!
  let made = ['']
  let seen: string | undefined
  for (const [n, [block, how]] of rule.of.entries()) {
    const keys = keysOf(book, side, row, block, how)
    const twice = n > 0 && rule.of[n - 1]![0] === block && rule.of[n - 1]![1] === how
    // Two of the same kind: two different parts, in no order.
    made = twice
      ? keys.flatMap((a, i) => keys.slice(i + 1).map(b => (a < b ? `${a}|${b}` : `${b}|${a}`)))
      : made.flatMap(m => keys.map(k => (n === 0 ? k : `${m}|${k}`)))
    if (made.length === 0) return []
    seen = block
  }
  return seen === undefined ? [] : [...new Set(made)].slice(0, 40).map(k => hashed(k, ruleAt))
}
export interface BlockCount {
  readonly rule: string
  /** Pairs that this rule was the first to bring. */
  pairs: number
  /** Keys under which there were too many rows. */
  crowds: number
}
const shift = 0x200000
/** Candidate pairs by left row. Blocks live in one sorted array of numbers, not in objects: memory grows by 8 bytes a key. */
export interface Candidates {
  readonly counts: readonly BlockCount[]
  /** Right rows to compare with this left row, each once; the buffer is used again by the next call. */
  readonly of: (left: number) => { readonly rows: Int32Array; readonly length: number }
}
export const candidatesOf = (book: KeyBook, leftRows: number, rightRows: number, oneFile: boolean): Candidates => {
  if (Math.max(leftRows, rightRows) > shift) throw new Error('too_many_rows')
  const sorted = book.rules.map((_, r) => {
    let entries = new Float64Array(rightRows * 2 + 16)
    let n = 0
    for (let row = 0; row < rightRows; row += 1)
      for (const h of rowKeys(book, 'right', row, r)) {
        if (n === entries.length) {
          const larger = new Float64Array(n * 2)
          larger.set(entries)
          entries = larger
        }
        entries[n++] = h * shift + row
      }
    return entries.slice(0, n).sort()
  })
  const counts: BlockCount[] = book.rules.map(r => ({ rule: r.name, pairs: 0, crowds: 0 }))
  const stamp = new Int32Array(rightRows).fill(-1)
  const rows = new Int32Array(rightRows)
  let asked = 0
  const lower = (a: Float64Array, value: number) => {
    let [lo, hi] = [0, a.length]
    while (lo < hi) {
      const mid = (lo + hi) >>> 1
      if (a[mid]! < value) lo = mid + 1
      else hi = mid
    }
    return lo
  }
  return {
    counts,
    of: left => {
      let length = 0
      // By the call, not by the row: the same row is asked for again when pairs are weighed.
      asked += 1
      book.rules.forEach((rule, r) => {
        const entries = sorted[r]!
        for (const h of rowKeys(book, 'left', left, r)) {
          const from = lower(entries, h * shift)
          const to = lower(entries, (h + 1) * shift)
          if (to - from > rule.most) {
            counts[r]!.crowds += 1
            continue
          }
          for (let k = from; k < to; k += 1) {
            const row = entries[k]! - h * shift
            if (stamp[row] === asked || (oneFile && row <= left)) continue
            stamp[row] = asked
            rows[length++] = row
            counts[r]!.pairs += 1
          }
        }
      })
      return { rows, length }
    },
  }
}
