import { addDays, type Day } from '../base/time.ts'
import {
  dates,
  decadeIn,
  fourDigits,
  otherCalendars,
  type Reading,
  readingOf,
  shortDates,
  withMonth,
  withSeason,
} from './rules.age-read.dates.ts'
import {
  ageSaid,
  isAbout,
  isAhead,
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
import { bornFor, type Days, lastOf } from './rules.edtf.ts'

export { type Reading, readingOf } from './rules.age-read.dates.ts'

/* From what somebody said of an age or a birth to days of birth. What may mean two things is asked about, what means nothing to us stays words: a guess would harden into a fact. */

export type Read =
  | { readonly kind: 'read'; readonly reading: Reading }
  | { readonly kind: 'ask'; readonly choices: readonly Reading[] }
  | { readonly kind: 'none' }

const none: Read = { kind: 'none' }
const pad = (n: number) => String(n).padStart(2, '0')
const oneOf = (found: readonly string[], on: Day, mark = ''): Read => {
  const marked = found.map(e =>
    mark && !/[~?%X]/.test(e)
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
/** Asked about even where we see one meaning only. */
const ask = (found: readonly string[], on: Day): Read => {
  const choices = [...new Set(found)].flatMap(e => readingOf(e, on) ?? [])
  return choices.length === 0 ? none : { kind: 'ask', choices }
}
const interval = (d: Days) => `${d.min}/${d.max}`

const ages = (text: string, on: Day, mark: string): Read => {
  // The 24th of February is nobody's age.
  const t = monthsIn(text).rest.replace(/\d{1,2}(?:-?го|st|nd|rd|th)?\s*§|§\s*\d{1,2}(?!\d|\s?(?:лет|год|year))/gu, '§')
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
    return a!.text.startsWith('0') || numbers.length > 2 ? none : ask([born(a!.n, a!.n), ...span], on)
  }
  const joined = numbers.length === 2 && joins.test(t.slice(a!.at + a!.text.length, b!.at))
  if (isOpen(t) && !joined) return none
  if (numbers.length === 1 || saysMonths(t) || /\d[.,]\d/.test(t)) {
    const year = 2000 + a!.n
    const past = year <= Number(on.slice(0, 4))
    // "10 года рождения" is a year; "born 12 years ago" is an age.
    if (saysBirth(t) && past && !(ageSaid.test(t) && !/рожд|г\.?\s?р/.test(t)))
      return oneOf(/рожд|г\.?\s?р/.test(t) ? [String(year)] : [born(a!.n, a!.n), String(year)], on, mark)
    if (a!.text.startsWith('0') && past && !saysAge(t)) return oneOf([born(a!.n, a!.n), String(year)], on, mark)
    const lived = isAhead(t) && a!.n > 0 ? a!.n - 1 : a!.n
    return oneOf([born(lived, lived)], on, mark)
  }
  if (joined) return oneOf([born(a!.n, b!.n)], on, mark)
  const all = numbers.map(x => x.n)
  return oneOf([...all.slice(0, 4).map(n => born(n, n)), born(Math.min(...all), Math.max(...all))], on, mark)
}
/** "12 years old in 2023", "was 12 in 2023", "13, born in 2012": an age beside a year. */
const ageAndYear = (t: string, n: number, y: number, on: Day, mark: string): Read => {
  const now = bornFor(n, n, on)
  // As old as somebody born in that year is: both were said of one birth, and the year is the wider.
  if (now.min <= `${y}-12-31` && now.max >= `${y}-01-01`) return oneOf([String(y)], on, mark)
  if (saysBirth(t)) return oneOf([String(y), interval(now)], on, mark)
  const then = interval({ min: bornFor(n, n, `${y}-01-01`).min, max: bornFor(n, n, lastOf(y, 12)).max })
  return oneOf(/\p{L}/u.test(t) ? [then] : [then, String(y)], on, mark)
}

/** Reads Russian and English words of an age or a birth, said on a day. Total: it never throws, and what it reads has min ≤ max. */
export const readAge = (text: string, on: Day): Read => {
  const t = withDigits(
    text
      .normalize('NFC')
      .toLowerCase()
      .replaceAll('ё', 'е')
      .replace(/[‐-―−]|(?<=\d\s?)(?:\.{2,3}|…)(?=\s?\d)/g, '-')
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
    return ask([...month, slip[2]!], on)
  }
  const short = shortDates(t)
  if (short.length > 0) return ask(short, on)
  const decade = decadeIn(t)
  if (decade) return oneOf([decade], on, mark)
  const years = fourDigits(t).filter(y => y <= Number(on.slice(0, 4)))
  const season = withSeason(t, seasonsIn(t), years)
  if (season) return oneOf(season, on, mark)
  const month = withMonth(t)
  if (month) return oneOf(month, on, mark)
  if (years.length === 0) {
    const other = otherCalendars(t)
    if (other.length > 0) return ask(other, on)
    // "5th grade, 11 years old": the grade is left out, the age is not.
    const said = isOther(t) ? (ageSaid.exec(t)?.[0] ?? '') : t
    return ages(said, on, mark)
  }
  const then = [...t.matchAll(/(?<!\d)\d{1,2}(?!\d)/g)].map(m => Number(m[0]))
  if (years.length === 1 && then.length === 1 && !isOther(t)) return ageAndYear(t, then[0]!, years[0]!, on, mark)
  if (isOpen(t) && years.length === 1) return none
  const [low, high] = [Math.min(...years), Math.max(...years)]
  return oneOf([low === high ? String(low) : `${low}/${high}`], on, mark)
}
