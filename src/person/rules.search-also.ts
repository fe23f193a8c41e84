import type { Errors } from '../base/form.ts'
import { originOf, yearsForAges } from './rules.match.facts.ts'
import type { Question } from './rules.match.search.ts'
import { exactKey } from './rules.match.ts'

/** What may be asked beside a name, as it was typed. */
export interface AskedAlso {
  readonly ageFrom?: string | undefined
  readonly ageTo?: string | undefined
  readonly sex?: 'any' | 'female' | 'male' | undefined
  readonly origin?: string | undefined
  readonly phone?: string | undefined
  readonly handle?: string | undefined
  readonly document?: string | undefined
}
export const oldest = 120
const ageOf = (text: string | undefined): number | undefined => {
  const said = text?.trim() ?? ''
  return /^\d{1,3}$/.test(said) ? Number(said) : said === '' ? undefined : Number.NaN
}
const good = (age: number | undefined) => age === undefined || age <= oldest

/**
 * The question to the index, or what is wrong and beside which field. What is not understood is refused: left out in silence, it would look answered.
 * Null: nothing was asked.
 */
export const questionOf = (name: string | undefined, q: AskedAlso, thisYear: number): { question: Question | null; errors: Errors } => {
  const [from, to] = [ageOf(q.ageFrom), ageOf(q.ageTo)]
  const errors: Record<string, { key: string }> = {}
  const wrong = (field: string, code: string) => {
    errors[field] ??= { key: `person.search.error.${code}` }
  }
  if (!good(from)) wrong('ageFrom', 'age')
  if (!good(to)) wrong('ageTo', 'age')
  if (from !== undefined && to !== undefined && from > to) wrong('ageTo', 'ages_upside_down')
  const origin = q.origin?.trim() ? originOf(q.origin) : null
  if (q.origin?.trim() && !origin) wrong('origin', 'origin')
  for (const kind of ['phone', 'handle', 'document'] as const) if (q[kind]?.trim() && exactKey[kind](q[kind]) === '') wrong(kind, kind)
  const sex = q.sex === 'female' || q.sex === 'male' ? q.sex : null
  const texts = { name, phone: q.phone, handle: q.handle, document: q.document }
  const asked = from !== undefined || to !== undefined || sex || origin || Object.values(texts).some(x => x?.trim())
  const sound = Object.keys(errors).length === 0
  return { question: asked && sound ? { ...texts, ...yearsForAges(from, to, thisYear), sex, origin } : null, errors }
}
