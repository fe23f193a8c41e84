import type { Chance } from './rules.random.ts'
import { stories } from './schema.stories.ts'
import type { Circumstance, DemoPerson, Sex, Tongue } from './schema.ts'

/** Fills {place} and {n}, and takes of {he|she} what fits the child. */
const filled = (c: Chance, text: string, tongue: Tongue, sex: Sex): string => {
  const place = c.one(stories[tongue].places)
  const weeks = String(c.int(2, 4))
  return text
    .replaceAll('{place}', place)
    .replaceAll('{n}', weeks)
    .replace(/\{([^|{}]*)\|([^|{}]*)\}/g, (_, he: string, she: string) => (sex === 'female' ? she : he))
    .replace(/(^|[.!?] )(\p{Ll})/gu, (_, before: string, letter: string) => before + letter.toUpperCase())
}

/** What this child told, in the language it was told in. */
export const told = (c: Chance, p: Pick<DemoPerson, 'tongue' | 'sex'>, kind: Circumstance): string => {
  const s = stories[p.tongue]
  return filled(c, `${c.one(s.told[kind])} ${c.one(s.asks)}`, p.tongue, p.sex)
}
/** A first message from the public site. */
export const wrote = (c: Chance, tongue: Tongue, sex: Sex): string => filled(c, c.one(stories[tongue].wrote), tongue, sex)
/** An answer months later. */
export const answered = (c: Chance, tongue: Tongue, sex: Sex): string => filled(c, c.one(stories[tongue].later), tongue, sex)
