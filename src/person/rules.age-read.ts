import { addDays, type Day } from '../base/time.ts'
import {
  isAbout,
  isOpen,
  isOther,
  isUnsure,
  joins,
  monthsIn,
  saysAge,
  saysBirth,
  saysMonths,
  saysWeeks,
  seasonsIn,
  withDigits,
} from './rules.age-words.ts'
import { bornFor, type Days, daysOf, isDay, lastOf } from './rules.edtf.ts'

/* From what somebody said of an age or a birth to days of birth. What may mean two things is asked about, what means nothing to us stays words: a guess would harden into a fact. */

export interface Reading extends Days {
  readonly edtf: string
}
export type Read =
  | { readonly kind: 'read'; readonly reading: Reading }
  | { readonly kind: 'ask'; readonly choices: readonly Reading[] }
  | { readonly kind: 'none' }

const none: Read = { kind: 'none' }
const pad = (n: number) => String(n).padStart(2, '0')
/** An EDTF date as a reading on a day; nobody was born later than the day on which it was said. */
export const readingOf = (edtf: string, on: Day): Reading | undefined => {
  const days = daysOf(edtf)
  return days && days.min <= on ? { edtf, min: days.min, max: days.max < on ? days.max : on } : undefined
}
const oneOf = (found: readonly string[], on: Day, mark = ''): Read => {
  const marked = found.map(e =>
    mark && !/[~?%]/.test(e)
      ? e
          .split('/')
          .map(part => `${part}${mark}`)
          .join('/')
      : e,
  )
  const readings = [...new Set(marked)].flatMap(e => readingOf(e, on) ?? [])
  if (readings.length === 0) return none
  return readings.length === 1 ? { kind: 'read', reading: readings[0]! } : { kind: 'ask', choices: readings.slice(0, 6) }
}
const interval = (d: Days) => `${d.min}/${d.max}`

/** Whole dates in figures: day.month.year is one thing, day/month/year with small numbers may be two. */
const dates = (t: string): string[] => {
  const found: string[] = []
  for (const m of t.matchAll(/(?<!\d)(\d{1,2})\s?([./-])\s?(\d{1,2})\s?[./-]\s?(\d{4})(?!\d)/g)) {
    const [a, b] = [Number(m[1]), Number(m[3])]
    const dayFirst = `${m[4]}-${pad(b)}-${pad(a)}`
    const monthFirst = `${m[4]}-${pad(a)}-${pad(b)}`
    if (isDay(dayFirst)) found.push(dayFirst)
    if (isDay(monthFirst) && (m[2] !== '.' || !isDay(dayFirst))) found.push(monthFirst)
  }
  for (const m of t.matchAll(/(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)/g)) {
    const iso = `${m[1]}-${pad(Number(m[2]))}-${pad(Number(m[3]))}`
    if (isDay(iso)) found.push(iso)
  }
  return [...new Set(found)]
}
const fourDigits = (t: string): number[] => [...t.matchAll(/(?<!\d)(?:19|20)\d{2}(?!\d)/g)].map(m => Number(m[0]))

const withMonth = (t: string): string[] | undefined => {
  const named = monthsIn(t)
  const years = fourDigits(t)
  if (named.months.length > 0 && years.length > 0) {
    const day = [...named.rest.matchAll(/(?<!\d)(\d{1,2})(?!\d)/g)].map(m => Number(m[1]))
    if (named.months.length > 1 || years.length > 1 || day.length > 1) {
      const all = years.flatMap(y => named.months.map(m => `${y}-${pad(m)}`)).sort()
      return day.length > 0 ? all : [`${all[0]}/${all.at(-1)}`]
    }
    const month = `${years[0]}-${pad(named.months[0]!)}`
    const whole = day.length === 1 ? `${month}-${pad(day[0]!)}` : month
    return day.length === 1 && !isDay(whole) ? [month] : [whole]
  }
  const numeric = /(?<![\d.])(\d{1,2})[./](\d{4})(?!\d)/.exec(t)
  if (numeric && Number(numeric[1]) >= 1 && Number(numeric[1]) <= 12) return [`${numeric[2]}-${pad(Number(numeric[1]))}`]
  const iso = /(?<!\d)((?:19|20)\d{2})-(\d{2})(?![\d-])/.exec(t)
  if (!iso) return undefined
  const [year, second] = [Number(iso[1]), Number(iso[2])]
  const until = Math.floor(year / 100) * 100 + second
  const month = second >= 1 && second <= 12 ? [`${year}-${pad(second)}`] : []
  const span = until > year && until - year <= 9 ? [`${year}/${until}`] : []
  return month.length + span.length > 0 ? [...month, ...span] : undefined
}
const winter = (y: number): string[] => [`${y - 1}-12/${y}-02`, `${y}-12/${y + 1}-02`, `${y - 1}-12/${y + 1}-02`]

const ages = (t: string, on: Day, mark: string): Read => {
  if (isOther(t)) return none
  const numbers = [...t.matchAll(/(?<!\d)\d{1,2}(?!\d)/g)].map(m => ({ at: m.index, text: m[0], n: Number(m[0]) }))
  if (numbers.length === 0 || /\d{3}/.test(t)) return none
  const [a, b] = numbers
  const born = (min: number, max: number) => interval(bornFor(Math.min(min, max), Math.max(min, max), on))
  if (saysWeeks(t) || (saysMonths(t) && !saysAge(t))) {
    const [low, high] = [Math.min(...numbers.map(x => x.n)), Math.max(...numbers.map(x => x.n))]
    const unit = saysWeeks(t) ? 7 : 31
    return oneOf([`${addDays(on, -(high + 1) * unit)}/${addDays(on, -low * (unit === 31 ? 28 : 7))}`], on, mark)
  }
  // "12.5" may be twelve and a half years, or the twelfth of May.
  if (/\d\s*[./]\s*\d/.test(t) && !saysAge(t)) {
    const span = /\d\s*\//.test(t) ? [born(a!.n, b!.n)] : []
    const choices = [born(a!.n, a!.n), ...span].flatMap(e => readingOf(e, on) ?? [])
    return a!.text.startsWith('0') || numbers.length > 2 || choices.length === 0 ? none : { kind: 'ask', choices }
  }
  if (isOpen(t) && !(numbers.length === 2 && joins.test(t.slice(a!.at + a!.text.length, b!.at)))) return none
  if (numbers.length === 1 || saysMonths(t) || /\d\s*[.,]\s*\d/.test(t)) {
    const year = 2000 + a!.n
    const past = year <= Number(on.slice(0, 4))
    if (saysBirth(t) && past) return oneOf(/рожд|г\.?\s?р/.test(t) ? [String(year)] : [born(a!.n, a!.n), String(year)], on, mark)
    if (a!.text.startsWith('0') && past && !saysAge(t)) return oneOf([born(a!.n, a!.n), String(year)], on, mark)
    return oneOf([born(a!.n, a!.n)], on, mark)
  }
  const joined = numbers.length === 2 && joins.test(t.slice(a!.at + a!.text.length, b!.at))
  if (joined) return oneOf([born(a!.n, b!.n)], on, mark)
  const all = numbers.map(x => x.n)
  return oneOf([...all.slice(0, 4).map(n => born(n, n)), born(Math.min(...all), Math.max(...all))], on, mark)
}

/** Reads Russian and English words of an age or a birth, said on a day. Total: it never throws, and what it reads has min ≤ max. */
export const readAge = (text: string, on: Day): Read => {
  const t = withDigits(
    text
      .normalize('NFC')
      .toLowerCase()
      .replaceAll('ё', 'е')
      .replace(/[‐-―−]/g, '-')
      .replace(/\s+/g, ' ')
      .trim()
      .slice(0, 200),
  )
  // Whoever writes EDTF is understood, but for forms that others write meaning something else.
  if (/^\d\d[\dx]{2}/.test(t) && /[x~%/]/.test(t)) {
    const own = readingOf(t.toUpperCase(), on)
    if (own) return { kind: 'read', reading: own }
  }
  const mark = isAbout(t) ? '~' : isUnsure(t) ? '?' : ''
  const whole = dates(t)
  if (whole.length > 0) return oneOf(whole, on, mark)
  // A day that is on no calendar: somebody mistyped, and may say what they meant.
  const slip = /(?<!\d)\d{1,2}[./-](\d{1,2})[./-](\d{4})(?!\d)/.exec(t)
  if (slip) {
    const month = Number(slip[1]) >= 1 && Number(slip[1]) <= 12 ? [`${slip[2]}-${pad(Number(slip[1]))}`] : []
    const choices = [...month, slip[2]!].flatMap(e => readingOf(e, on) ?? [])
    return choices.length > 0 ? { kind: 'ask', choices } : none
  }
  const years = fourDigits(t).filter(y => y <= Number(on.slice(0, 4)))
  const seasons = seasonsIn(t)
  if (years.length === 1 && seasons.length === 1) {
    const [y, s] = [years[0]!, seasons[0]!]
    return oneOf(s === 24 ? winter(y) : [`${y}-${s}`], on, mark)
  }
  const month = withMonth(t)
  if (month) return oneOf(month, on, mark)
  if (years.length === 0) return ages(t, on, mark)
  // "12 years old in 2023": the age was said of that year.
  const then = [...t.matchAll(/(?<!\d)\d{1,2}(?!\d)/g)].map(m => Number(m[0]))
  if (years.length === 1 && then.length === 1 && saysAge(t)) {
    const y = years[0]!
    return oneOf(
      [interval({ min: bornFor(then[0]!, then[0]!, `${y}-01-01`).min, max: bornFor(then[0]!, then[0]!, lastOf(y, 12)).max }), String(y)],
      on,
      mark,
    )
  }
  if (isOpen(t) && years.length === 1) return none
  const [low, high] = [Math.min(...years), Math.max(...years)]
  return oneOf([low === high ? String(low) : `${low}/${high}`], on, mark)
}
