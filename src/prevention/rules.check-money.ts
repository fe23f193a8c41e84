import { isNumber, keysOf, type Token } from './rules.check-fold.ts'
import { addWord, look, makeIndex, type Node } from './rules.check-index.ts'
import { daysOfWork, highPay, type LanguageSigns, type Strength } from './schema.check.ts'
import { bareRate, currencies, multipliers } from './schema.signs-common.ts'

const { root } = makeIndex([])
for (const [i, [, words]] of currencies.entries()) for (const w of words.split(' ')) addWord(root, w, 100 + i)
for (const [i, [, words]] of multipliers.entries()) for (const w of words.split(' ')) addWord(root, w, 200 + i)

const lookUp = (t: Token | undefined): number[] => {
  const out: number[] = []
  if (t?.kind === 'sign') look(root, t.word, out)
  else if (t?.kind === 'word' && t.word.length < 14) for (const k of keysOf(t.word)) look(root, k, out)
  return out
}
const rateOf = (t: Token | undefined): number | undefined => {
  for (const e of lookUp(t)) if (e >= 100 && e < 200) return currencies[e - 100]![0]
  return undefined
}
const multiplierOf = (t: Token | undefined): number | undefined => {
  for (const e of lookUp(t)) if (e >= 200) return multipliers[e - 200]![0]
  return undefined
}

export interface Money {
  readonly next: number
  readonly dollars: number
}
/** An amount that begins at token `i`: «5 000 руб», $5000, 40к, 1,5 млн сум. A bare number is none. */
export const moneyOf = (tokens: readonly Token[], i: number): Money | undefined => {
  let at = i
  let rate = tokens[at]?.kind === 'sign' ? rateOf(tokens[at]) : undefined
  if (rate !== undefined) at += 1
  if (!isNumber(tokens[at])) return undefined
  let digits = tokens[at]!.word
  at += 1
  // «5 000» and «5.000»: groups of three go on.
  while (isNumber(tokens[at]) && tokens[at]!.word.length === 3 && digits.length < 8 && tokens[at]!.from - tokens[at - 1]!.to === 1) {
    digits += tokens[at]!.word
    at += 1
  }
  let value = Number(digits.slice(0, 9))
  let multiplied = 1
  for (let m = multiplierOf(tokens[at]); m !== undefined; m = multiplierOf(tokens[at])) {
    if (multiplied > 1) break
    multiplied = m
    at += 1
  }
  value *= multiplied
  if (rate === undefined) {
    rate = rateOf(tokens[at])
    if (rate !== undefined) at += 1
  }
  if (rate === undefined && multiplied === 1) return undefined
  return { next: at, dollars: value * (rate ?? bareRate) }
}

export type Periods = Node
const names = ['hour', 'day', 'week', 'month'] as const
/** The words for hour, day, week and month of the given languages. */
export const periodsOf = (languages: readonly LanguageSigns[]): Periods => {
  const table = makeIndex([])
  for (const l of languages) for (const [i, n] of names.entries()) for (const w of l.period[n].split(' ')) addWord(table.root, w, 300 + i)
  return table.root
}

/** Amounts beside "a day", "an hour", that are out of proportion to any plain work. */
export const proportion = (tokens: readonly Token[], periods: Periods): { from: number; to: number; strength: Strength }[] => {
  const out: { from: number; to: number; strength: Strength }[] = []
  for (let i = 0; i < tokens.length; i++) {
    const money = isNumber(tokens[i]) || tokens[i]!.kind === 'sign' ? moneyOf(tokens, i) : undefined
    if (!money) continue
    for (let j = money.next; j < Math.min(tokens.length, money.next + 4); j++) {
      const t = tokens[j]!
      if (t.fresh || isNumber(t)) break
      if (t.kind !== 'word') continue
      const hit: number[] = []
      for (const k of keysOf(t.word)) look(periods, k, hit)
      if (hit.length === 0) continue
      const perDay = money.dollars / daysOfWork[names[hit[0]! - 300]!]
      if (perDay >= highPay.middle) out.push({ from: i, to: j + 1, strength: perDay >= highPay.strong ? 3 : 2 })
      break
    }
    i = Math.max(i, money.next - 1)
  }
  return out
}
