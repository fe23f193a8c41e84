import type { Day } from '../base/time.ts'
import { ageSaid, joins, monthsIn } from './rules.age-words.ts'
import { type Days, daysOf, isDay } from './rules.edtf.ts'

/* Days, months, seasons and years in what somebody wrote, as EDTF. Several where it may mean several things. */

export interface Reading extends Days {
  readonly edtf: string
}
const pad = (n: number) => String(n).padStart(2, '0')
/** An EDTF date as a reading on a day; nobody was born later than the day on which it was said. */
export const readingOf = (edtf: string, on: Day): Reading | undefined => {
  const days = daysOf(edtf)
  return days && days.min <= on ? { edtf, min: days.min, max: days.max < on ? days.max : on } : undefined
}

/** Whole dates in figures: day.month.year is one thing, day/month/year with small numbers may be two. Two that are joined are from one to the other. */
export const dates = (t: string): string[] => {
  const found: { at: number; end: number; readings: string[] }[] = []
  for (const m of t.matchAll(/(?<!\d)(\d{1,2})\s?([./-])\s?(\d{1,2})\s?[./-]\s?(\d{4})(?!\d)/g)) {
    const [a, b] = [Number(m[1]), Number(m[3])]
    const dayFirst = `${m[4]}-${pad(b)}-${pad(a)}`
    const monthFirst = `${m[4]}-${pad(a)}-${pad(b)}`
    const readings = [
      ...(isDay(dayFirst) ? [dayFirst] : []),
      ...(isDay(monthFirst) && (m[2] !== '.' || !isDay(dayFirst)) ? [monthFirst] : []),
    ]
    found.push({ at: m.index, end: m.index + m[0].length, readings })
  }
  for (const m of t.matchAll(/(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)/g)) {
    const iso = `${m[1]}-${pad(Number(m[2]))}-${pad(Number(m[3]))}`
    if (isDay(iso)) found.push({ at: m.index, end: m.index + m[0].length, readings: [iso] })
  }
  const [a, b] = found
  if (found.length === 2 && a!.readings.length === 1 && b!.readings.length === 1 && joins.test(t.slice(a!.end, b!.at)))
    return [[a!.readings[0]!, b!.readings[0]!].sort().join('/')]
  return [...new Set(found.flatMap(f => f.readings))]
}
/** 05.06.12: the year in two figures, last as here, or first as elsewhere. Asked about, since it may be either. */
export const shortDates = (t: string): string[] => {
  const m = /(?<![\d.])(\d{1,2})([./-])(\d{1,2})\2(\d{2})(?![\d.])/.exec(t)
  if (!m) return []
  const [a, b, c] = [Number(m[1]), Number(m[3]), Number(m[4])]
  const last = [`20${pad(c)}-${pad(b)}-${pad(a)}`, ...(m[2] === '.' ? [] : [`20${pad(c)}-${pad(a)}-${pad(b)}`])]
  return [...last, `20${pad(a)}-${pad(b)}-${pad(c)}`].filter(isDay)
}
export const fourDigits = (t: string): number[] => [...t.matchAll(/(?<!\d)(?:19|20)\d{2}(?!\d)/g)].map(m => Number(m[0]))
/** 2010-е, 2010s. */
export const decadeIn = (t: string): string | undefined => {
  const m = /(?<!\d)((?:19|20)\d)0\s?-?'?(?:е|х|ые|ых|s)(?!\p{L})/u.exec(t)
  return m ? `${m[1]}X` : undefined
}
/** Years of the calendars of Afghanistan and Iran (from the spring) and of the moon, as papers have them. */
export const otherCalendars = (t: string): string[] => {
  const year = Number(/(?<!\d)(1[34]\d{2})(?!\d)/.exec(t)?.[1] ?? 0)
  if (year >= 1360 && year < 1415) return [`${year + 621}-03-20/${year + 622}-03-21`]
  // A year of the moon is 354 days: which days of ours it means hangs on who saw it, so a fortnight is left on either side.
  const start = 227_029 + Math.floor((year - 1) * 354.367)
  const day = (n: number) => new Date(n * 86_400_000 - 62_135_596_800_000).toISOString().slice(0, 10)
  return year >= 1415 && year < 1460 ? [`${day(start - 14)}/${day(start + 369)}`] : []
}

export const withMonth = (t: string): string[] | undefined => {
  const named = monthsIn(t)
  const years = fourDigits(t)
  if (named.months.length > 0 && years.length > 0) {
    // "May 2012, 14 years old" is no 14th of May.
    const day = [...named.rest.replace(ageSaid, ' ').matchAll(/(?<!\d)(\d{1,2})(?!\d)/g)].map(m => Number(m[1]))
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
const from: Readonly<Record<number, number>> = { 21: 3, 22: 6, 23: 9 }
/** A season of a year. Of a winter nobody knows which, unless both its years stand there. */
export const withSeason = (t: string, seasons: readonly number[], years: readonly number[]): string[] | undefined => {
  if (seasons.length === 0 || years.length === 0) return undefined
  const y = Math.min(...years)
  if (seasons.length === 1 && seasons[0] === 24) {
    const next = /(?<!\d)(?:19|20)\d{2}\s?[-/]\s?(\d{2})(?!\d)/.exec(t)
    if ((years.length === 2 && Math.max(...years) === y + 1) || (next && Number(next[1]) === (y + 1) % 100)) return [`${y}-12/${y + 1}-02`]
    return years.length === 1 ? [`${y - 1}-12/${y}-02`, `${y}-12/${y + 1}-02`, `${y - 1}-12/${y + 1}-02`] : undefined
  }
  if (years.length > 1) return undefined
  if (seasons.length === 1) return [`${y}-${seasons[0]}`]
  const months = seasons.flatMap(s => from[s] ?? [])
  return months.length === seasons.length ? [`${y}-${pad(Math.min(...months))}/${y}-${pad(Math.max(...months) + 2)}`] : undefined
}
