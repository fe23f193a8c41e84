import type { Locale } from '../base/i18n.ts'
import { regionRows } from './schema.places.regions.ts'

/* Countries by ISO 3166-1 with names from the runtime's own data (Unicode CLDR) in all six languages, and regions by ISO 3166-2 of the countries that we meet most. */

/** Countries from which most children that we meet come, first in every list; Russia, where they are, last of them. */
export const commonCountries = ['UZ', 'KG', 'TJ', 'NG', 'CD', 'RU'] as const
const names = new Map<string, Intl.DisplayNames>()
const namesIn = (locale: string): Intl.DisplayNames => {
  const base = locale.split('-')[0]!
  const known = names.get(base) ?? new Intl.DisplayNames([base], { type: 'region', fallback: 'none' })
  names.set(base, known)
  return known
}
/** Not countries, though they have a code: unions, tests, and what is no more. */
const notCountries = /^(A[ABC]|AN|BU|CP|CQ|CS|D[DGY]|E[AUZ]|FX|IC|NT|Q[M-Z]|SU|T[AP]|U[KN]|X[A-Z]|YD|YU|Z[RZ]|AC|BV|HM)$/
const xk = 'XK'
let codes: readonly string[] | undefined
/** Codes of all countries and territories that have a name. */
export const countryCodes = (): readonly string[] => {
  const letters = Array.from({ length: 26 }, (_, i) => String.fromCharCode(65 + i))
  codes ??= letters
    .flatMap(a => letters.map(b => a + b))
    .filter(c => (c === xk || !notCountries.test(c)) && namesIn('en').of(c) !== undefined)
  return codes
}
/** The name of a country; its code where there is no name, '' for none. */
export const countryName = (code: string, locale: Locale): string => (/^[A-Z]{2}$/.test(code) ? (namesIn(locale).of(code) ?? code) : '')

export interface Place {
  readonly value: string
  readonly text: string
}
/** All countries for a list: the common ones first, then the others by name. */
export const countryList = (locale: Locale): Place[] => {
  const named = (c: string) => ({ value: c, text: countryName(c, locale) })
  const order = new Intl.Collator(locale.split('-')[0])
  const rest = countryCodes().filter(c => !commonCountries.some(x => x === c))
  return [...commonCountries.map(named), ...rest.map(named).sort((a, b) => order.compare(a.text, b.text))]
}
const byCode = new Map(regionRows.map(r => [r[0], r]))
/** Languages that are the own language of a country in the list. */
const ownLanguage: Readonly<Record<string, string>> = { UZ: 'uz', KG: 'ky', TJ: 'tg' }
/** The name of a region; '' for none. Where a language has none, the country's own language or Russian stands for it. */
export const regionName = (code: string, locale: Locale): string => {
  const row = byCode.get(code)
  if (!row) return ''
  const base = locale.split('-')[0]
  if (base === 'ru') return row[1]
  if (base === 'fr') return row[3]
  if (base === 'en') return row[2]
  return ownLanguage[code.slice(0, 2)] === base && row[4] ? row[4] : row[1]
}
export const isRegion = (code: string): boolean => byCode.has(code)
/** The regions of the common countries for a list, each with its country before it, so that typing the country finds them. */
export const regionList = (locale: Locale): Place[] => {
  const order = new Intl.Collator(locale.split('-')[0])
  return commonCountries.flatMap(c =>
    regionRows
      .filter(r => r[0].startsWith(`${c}-`))
      .map(r => ({ value: r[0], text: `${countryName(c, locale)}: ${regionName(r[0], locale)}` }))
      .sort((a, b) => order.compare(a.text, b.text)),
  )
}
/** Country, region and what is said in words, in one line. */
export const placeText = (p: { country: string; region: string; district?: string; village?: string }, locale: Locale): string =>
  [countryName(p.country || p.region.slice(0, 2), locale), regionName(p.region, locale), p.district ?? '', p.village ?? '']
    .map(s => s.trim())
    .filter(Boolean)
    .join(', ')
