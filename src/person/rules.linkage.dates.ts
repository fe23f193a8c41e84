import { editDistance } from './rules.linkage.text.ts'
import type { Level } from './schema.linkage.ts'

/** A date or a stretch of time as somebody wrote it. Days are only compared, so an impossible one (31 February) is kept: it is a typing error of a real one. */
export interface LinkDate {
  readonly year: number
  /** 0: not known. */
  readonly month: number
  readonly day: number
  /** The last year of a range; the same as `year` without one. */
  readonly toYear: number
  readonly digits: string
}
const two = (n: number) => String(n).padStart(2, '0')
const made = (year: number, month = 0, day = 0, toYear = year): LinkDate => ({
  year,
  month,
  day,
  toYear,
  digits: `${String(year).padStart(4, '0')}${two(month)}${two(day)}`,
})
const months: readonly (readonly [RegExp, number])[] = (
  [
    'jan|янв|janv',
    'feb|фев|fév|fev',
    'mar|мар',
    'apr|апр|avr',
    'may|мая|май|mai',
    'jun|июн|juin',
    'jul|июл|juil',
    'aug|авг|aoû|aou',
    'sep|сен',
    'oct|окт',
    'nov|ноя',
    'dec|дек|déc',
  ] as const
).map((m, i) => [new RegExp(`^(${m})`, 'u'), i + 1] as const)
/** Two digits of a year: of a child or a parent, never of somebody yet unborn. */
const century = (y: number, text: string) => (text.length > 2 ? y : y > 30 ? 1900 + y : 2000 + y)

/** Reads what registers hold: 19.03.2011, 2011-03-19, 20110319, 3/19/2011, 19 марта 2011, 2011-03, 2011, 2010/2012, with a time behind it or not. */
export const readDate = (text: string): LinkDate | undefined => {
  const t = text
    .trim()
    .toLowerCase()
    .replace(/\s*(г\.?|года|year)$/u, '')
  const clean = t
    .replace(/^(около|ок\.|примерно|about|circa|c\.|~)\s*/u, '')
    .replace(/[~?%]/gu, '')
    .replace(/[t ]\d{1,2}:\d\d.*$/u, '')
  let m = /^(\d{4})[-./](\d{1,2})[-./](\d{1,2})$/u.exec(clean) ?? /^(\d{4})(\d\d)(\d\d)$/u.exec(clean)
  if (m) return made(Number(m[1]), Number(m[2]), Number(m[3]))
  m = /^(\d{1,2})[-./](\d{1,2})[-./](\d{4}|\d\d)$/u.exec(clean)
  if (m) {
    const [a, b, y] = [Number(m[1]), Number(m[2]), century(Number(m[3]), m[3]!)]
    return b > 12 && a <= 12 ? made(y, a, b) : made(y, b, a)
  }
  m = /^(\d{4})\s*[-/–]\s*(\d{4})$/u.exec(clean)
  if (m) return made(Math.min(Number(m[1]), Number(m[2])), 0, 0, Math.max(Number(m[1]), Number(m[2])))
  m = /^(\d{4})[-./](\d{1,2})$/u.exec(clean)
  if (m) return made(Number(m[1]), Number(m[2]))
  m = /^(\d{1,2})[-./](\d{4})$/u.exec(clean)
  if (m) return made(Number(m[2]), Number(m[1]))
  m = /^(\d{4})(?:\.0)?$/u.exec(clean)
  if (m) return made(Number(m[1]))
  const word = /^(?:(\d{1,2})\s+)?(\p{L}+)\.?\s+(?:(\d{1,2}),?\s+)?(\d{4})$/u.exec(clean)
  const month = word ? months.find(([r]) => r.test(word[2]!))?.[1] : undefined
  return word && month ? made(Number(word[4]), month, Number(word[1] ?? word[3] ?? 0)) : undefined
}
const overlap = (a: LinkDate, b: LinkDate) =>
  a.year <= b.toYear &&
  b.year <= a.toYear &&
  (a.month === 0 || b.month === 0 || a.month === b.month) &&
  (a.day === 0 || b.day === 0 || a.day === b.day)
/** 1 January and 1 July stand for "we know the year" in half of the papers of the world. */
const byDefault = (d: LinkDate) => d.day === 1 && (d.month === 1 || d.month === 7)

export const compareDates = (a: LinkDate, b: LinkDate): Level => {
  const exact = a.day > 0 && b.day > 0 && a.year === a.toYear && b.year === b.toYear
  if (exact) {
    if (a.digits === b.digits) return 'same'
    if (a.year === b.year && a.month === b.day && a.day === b.month) return 'swapped'
    // Two years by default share a day that says nothing.
    if (byDefault(a) && byDefault(b) && a.month === b.month) return Math.abs(a.year - b.year) <= 1 ? 'near_year' : 'different'
    const d = editDistance(a.digits, b.digits, 2)
    if (d <= 1 || (a.month === b.month && a.day === b.day && Math.abs(a.year - b.year) === 1)) return 'one_digit'
    if (a.year === b.year && (byDefault(a) || byDefault(b))) return 'overlap'
    if (d === 2) return 'two_digits'
  } else if (overlap(a, b)) return 'overlap'
  if (a.year === b.year) return 'same_year'
  return Math.abs(a.year - b.year) <= 1 ? 'near_year' : 'different'
}
