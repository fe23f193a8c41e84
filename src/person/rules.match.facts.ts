import { fold } from './rules.fold.ts'
import type { Entry, Sex } from './rules.match.ts'
import { namesOf } from './rules.ts'
import type { Identity } from './schema.ts'

/* From what was said of a person to what the index compares. What is not understood is left out: nobody is excluded by a guess. */

const female = 'ж жен женский женщина девочка девушка девочки f female girl woman fille femme féminin qiz ayol кыз аял духтар зан'
const male = 'м муж мужской мужчина мальчик юноша парень m male boy man garçon homme masculin oʻgʻil erkak бала эркек писар мард'
const sexes = new Map<string, Sex>([
  ...female.split(' ').map((w): [string, Sex] => [fold(w), 'female']),
  ...male.split(' ').map((w): [string, Sex] => [fold(w), 'male']),
])
/** A register says the same few words of sex and country again and again: each text is read once. Bounded, since a person may type anything. */
const readOnce = <V>(read: (text: string) => V): ((text: string) => V) => {
  const known = new Map<string, V>()
  return text => {
    if (known.has(text)) return known.get(text) as V
    if (known.size > 4000) known.clear()
    const value = read(text)
    known.set(text, value)
    return value
  }
}
/** The sex that a text says; null where it says none or both. */
export const sexOf = readOnce((text: string): Sex | null => {
  const found = new Set(
    fold(text)
      .split(' ')
      .flatMap(w => sexes.get(w) ?? []),
  )
  return found.size === 1 ? [...found][0]! : null
})

const more: Readonly<Record<string, string>> = {
  RU: 'Россия РФ Russia Russie',
  UZ: 'Узбекистан Oʻzbekiston Ўзбекистон узбек узбечка',
  KG: 'Киргизия Кыргызстан Kirghizie',
  TJ: 'Таджикистан Тоҷикистон',
  NG: 'Нигерия Nigeria Nigéria',
  CD: 'Конго ДРК Congo RDC DRC',
  KZ: 'Казахстан Қозоғистон Қазақстан',
  UA: 'Украина Ukraine',
  AZ: 'Азербайджан',
  AM: 'Армения',
  MD: 'Молдова Молдавия',
  AF: 'Афганистан',
}
const languages = ['ru', 'en', 'uz', 'ky', 'tg', 'fr']
let countries: Map<string, string> | undefined
/** Country names in six languages, folded; made at the first question. */
const countryNames = (): Map<string, string> => {
  if (countries) return countries
  const made = new Map<string, string>()
  const tables = languages.map(l => new Intl.DisplayNames([l], { type: 'region', fallback: 'none' }))
  for (let a = 65; a <= 90; a += 1)
    for (let b = 65; b <= 90; b += 1) {
      const code = String.fromCharCode(a, b)
      if (/^(EU|EZ|UN|XA|XB|QO|ZZ|SU|DD|YU)$/.test(code)) continue
      for (const t of tables) {
        const name = t.of(code)
        if (name !== undefined && !made.has(fold(name))) made.set(fold(name), code)
      }
    }
  for (const [code, names] of Object.entries(more)) for (const n of names.split(' ')) made.set(fold(n), code)
  countries = made
  return made
}
/** The country that a text names, as a code; null where it names none that we know. */
export const originOf = readOnce((text: string): string | null => {
  const code = text.trim().toUpperCase()
  if (/^[A-Z]{2}$/.test(code) && [...countryNames().values()].includes(code)) return code
  const folded = fold(text)
  const whole = countryNames().get(folded)
  if (whole) return whole
  const found = new Set(folded.split(' ').flatMap(w => countryNames().get(w) ?? []))
  return found.size === 1 ? [...found][0]! : null
})

/** What the index keeps of an identity. Withdrawn names still find; withdrawn ages and facts do not count. */
export const entryOf = (id: string, identity: Identity): Entry => {
  const stand = <C extends { standing: string }>(list: readonly C[]) => list.filter(c => c.standing !== 'withdrawn')
  const years = stand(identity.ages).flatMap(a => [a.minYear, a.maxYear].filter(y => y !== null))
  const facts = stand(identity.facts)
  const texts = (what: string) => facts.flatMap(f => ((f.what as string) === what ? [f.text] : []))
  const one = <T>(list: readonly (T | null)[]): T | null => {
    const known = [...new Set(list.filter(x => x !== null))]
    return known.length === 1 ? (known[0] as T) : null
  }
  const exact = (kind: 'phones' | 'handles' | 'documents', list: readonly string[]) => (list.length > 0 ? { [kind]: list } : {})
  return {
    id,
    names: namesOf(identity),
    minYear: years.length > 0 ? Math.min(...years) : null,
    maxYear: years.length > 0 ? Math.max(...years) : null,
    sex: one(texts('sex').map(sexOf)),
    // The country chosen from the list before the words: "from Hissor" names none.
    origin:
      one(facts.flatMap(f => (f.what === 'origin' ? [f.country || f.region.slice(0, 2) || originOf(f.text)] : []))) ??
      one(texts('citizenship').map(originOf)),
    ...exact('phones', texts('phone')),
    ...exact('handles', texts('handle')),
    ...exact(
      'documents',
      facts.flatMap(f => (f.what === 'document' && 'number' in f && typeof f.number === 'string' && f.number !== '' ? [f.number] : [])),
    ),
  }
}
/** Years of birth of whoever is between two ages this year; the birthday may be ahead. */
export const yearsForAges = (minAge: number | undefined, maxAge: number | undefined, thisYear: number) => ({
  minYear: maxAge === undefined ? null : thisYear - maxAge - 1,
  maxYear: minAge === undefined ? null : thisYear - minAge,
})
