import edtf from 'edtf'
import { addDays, type Day } from '../base/time.ts'

/* Dates that are not known to the day, in the Extended Date/Time Format (ISO 8601-2). People type words; this is what the words become. */

/** The first and the last day that a date may mean. */
export interface Days {
  readonly min: Day
  readonly max: Day
}
/** "About" widens by a year on both sides: whoever says "about 2011" is not surprised by November 2010. */
export const aboutYears = 1

const pad = (n: number, by = 2) => String(n).padStart(by, '0')
const leap = (y: number) => (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0
/** The same day some years on; the 29th of February becomes the 28th where there is none. */
export const addYears = (day: Day, n: number): Day => {
  const y = Math.min(9999, Math.max(1, Number(day.slice(0, 4)) + n))
  const rest = day.slice(5) === '02-29' && !leap(y) ? '02-28' : day.slice(5)
  return `${pad(y, 4)}-${rest}`
}
/** Is it a day of the calendar? */
export const isDay = (text: string): boolean => {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}
/** The last day of a month (1–12). */
export const lastOf = (year: number, month: number): Day =>
  addDays(month === 12 ? `${pad(year + 1, 4)}-01-01` : `${pad(year, 4)}-${pad(month + 1)}-01`, -1)

/** Spring is March to May. The library puts seasons on quarters of the year, which nobody means who says "spring". Winter lies in two years and is never read from one. */
const seasons: Readonly<Record<string, readonly [number, number]>> = { 21: [3, 5], 22: [6, 8], 23: [9, 11] }
const seasonOf = (text: string): Days | undefined => {
  const m = /^(\d{4})-(2[1-3])[~?%]?$/.exec(text)
  const months = m && seasons[m[2]!]
  return months ? { min: `${m[1]}-${pad(months[0])}-01`, max: lastOf(Number(m[1]), months[1]) } : undefined
}
const dayOf = (ms: number | null): Day | undefined =>
  ms === null || !Number.isFinite(ms) || Math.abs(ms) > 8e15 ? undefined : new Date(ms).toISOString().slice(0, 10)
const byLibrary = (text: string): Days | undefined => {
  // Sets and open intervals are left out: of a set the library tells the first member only, and an open end is no last day.
  if (!/^[\dX~?%/-]{4,60}$/.test(text) || text.includes('..')) return undefined
  try {
    const d = edtf(text)
    if (d.type === 'Season') return undefined
    const [min, max] = [dayOf(d.min), dayOf(d.max)]
    return min !== undefined && max !== undefined ? { min, max } : undefined
  } catch {
    return undefined
  }
}
/** The days that an EDTF date may mean; undefined where it is none, or has no end. Never throws, and min is never after max. */
export const daysOf = (text: string): Days | undefined => {
  const days = seasonOf(text) ?? byLibrary(text)
  if (!days || !isDay(days.min) || !isDay(days.max) || days.min > days.max) return undefined
  if (days.min < '1900-01-01' || days.max > '2200-01-01') return undefined
  return /[~%]/.test(text) ? { min: addYears(days.min, -aboutYears), max: addYears(days.max, aboutYears) } : days
}
/** 1 January and 1 July are what registers write when nobody knew. */
export const possibleDefault = (c: { readonly min: Day | null; readonly max: Day | null }): boolean =>
  c.min !== null && c.min === c.max && /-(01|07)-01$/.test(c.min)

/** Whole years lived by a day; never below 0. */
export const yearsLived = (born: Day, on: Day): number =>
  Math.max(0, Number(on.slice(0, 4)) - Number(born.slice(0, 4)) - (on.slice(5) < born.slice(5) ? 1 : 0))
/** The days on which somebody was born who is from `min` to `max` years old on a day. */
export const bornFor = (min: number, max: number, on: Day): Days => ({
  min: addDays(addYears(on, -(max + 1)), 1),
  max: addYears(on, -min),
})
