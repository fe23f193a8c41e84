import type { Upcast } from '../base/sealed.ts'

/*
 * Version 1 of claims, as they were until November 2026, in the shape of version 2: what was not asked then is empty, not guessed. What is already of the newer shape
 * comes out as it went in.
 */
type Bag = Readonly<Record<string, unknown>>
const common = { whose: '', method: 'not_said', language: '', saidOn: '' }
const facts: Readonly<Record<string, Bag>> = {
  citizenship: { status: 'named', country: '' },
  origin: { country: '', region: '', district: '', village: '' },
  language: { level: 'not_asked' },
}
const ageOf = (c: Bag): Bag => {
  const { minYear: from, maxYear: to } = c
  const known = typeof from === 'number' && typeof to === 'number'
  return known
    ? { edtf: from === to ? String(from) : `${from}/${to}`, min: `${from}-01-01`, max: `${to}-12-31` }
    : { edtf: '', min: null, max: null }
}
const more = (c: Bag): Bag => {
  if (c.what === 'name') return { latin: '', order: 'known' }
  if (c.what === 'age') return ageOf(c)
  if (c.what === 'place') return { country: '', region: '' }
  return facts[String(c.what)] ?? {}
}
const claim = (c: unknown): unknown => (typeof c === 'object' && c !== null ? { ...common, ...more(c as Bag), ...c } : c)
const list = (x: unknown): unknown => (Array.isArray(x) ? x.map(claim) : x)

export const identityFrom1: Upcast = older => {
  const o = older as Bag
  return { assessments: [], ...o, names: list(o.names), ages: list(o.ages), facts: list(o.facts) }
}
export const whereaboutsFrom1: Upcast = older => ({ ...(older as Bag), places: list((older as Bag).places) })
export const recordedFrom1: Upcast = older => ({ ...(older as Bag), identity: identityFrom1((older as Bag).identity) })
export const addedFrom1: Upcast = older => ({ ...(older as Bag), claim: claim((older as Bag).claim) })
