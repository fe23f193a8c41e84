import { regions } from './rules.places.regions.ts'

/*
 * From what somebody said of where a child comes from to a code: a country (ISO 3166-1), in Russia a region (ISO 3166-2), nothing finer. Beginnings of words
 * in Russian, English and the languages of the countries; our own list, made for the countries that children in Russia are told to come from. What is not on it
 * is "other": a wrong country would be worse.
 */

type Group = 'central_asia' | 'caucasus' | 'eastern_europe' | 'africa' | 'asia' | 'middle_east'
const countries: readonly (readonly [code: string, group: Group, stems: string])[] = [
  [
    'UZ',
    'central_asia',
    'узбе ўзбек ташкент тошкент самарканд самарқанд ферган фарғон андижан бухар наманган каракалпак термез uzbek oʻzbek o‘zbek ozbek',
  ],
  ['KG', 'central_asia', 'киргиз кыргыз бишкек джалал-абад жалал-абад нарын баткен kyrgyz kirgiz qirgʻiz'],
  ['TJ', 'central_asia', 'таджи тоҷик душанбе худжанд хуҷанд бохтар куляб хатлон tajik tadjik'],
  ['KZ', 'central_asia', 'казах қазақ kazakh алматы шымкент'],
  ['TM', 'central_asia', 'туркмен turkmen'],
  ['AM', 'caucasus', 'армен армян armen ереван'],
  ['AZ', 'caucasus', 'азербайдж azerbaij'],
  ['GE', 'caucasus', 'грузи georgia тбилиси'],
  ['UA', 'eastern_europe', 'украин ukrain'],
  ['BY', 'eastern_europe', 'беларус белорус belarus'],
  ['MD', 'eastern_europe', 'молдов молдав moldov'],
  ['NG', 'africa', 'нигерия нигерии нигерий nigeria лагос lagos'],
  ['NE', 'africa', 'нигер niger'],
  ['CD', 'africa', 'дрк drc киншас kinshasa демократическаяреспубликаконго demokraticrepublicofthecongo'],
  ['CG', 'africa', 'конго congo'],
  ['CM', 'africa', 'камерун cameroon cameroun'],
  ['GN', 'africa', 'гвине guinea guinée'],
  ['CI', 'africa', 'кот-д котдивуар ivory'],
  ['GH', 'africa', 'гана ганы ghana'],
  ['SN', 'africa', 'сенегал senegal'],
  ['ML', 'africa', 'мали mali'],
  ['SO', 'africa', 'сомали somali'],
  ['ET', 'africa', 'эфиоп ethiop'],
  ['SD', 'africa', 'судан sudan'],
  ['KE', 'africa', 'кени kenya'],
  ['EG', 'africa', 'египет египт egypt'],
  ['MA', 'africa', 'марокк morocc'],
  ['VN', 'asia', 'вьетнам vietnam'],
  ['CN', 'asia', 'китай китая china chinese'],
  ['MN', 'asia', 'монгол mongol'],
  ['IN', 'asia', 'индия индии india'],
  ['BD', 'asia', 'бангладеш bangladesh'],
  ['PK', 'asia', 'пакистан pakistan'],
  ['NP', 'asia', 'непал nepal'],
  ['PH', 'asia', 'филиппин philippin'],
  ['AF', 'asia', 'афган afghan'],
  ['SY', 'middle_east', 'сири syria'],
  ['IQ', 'middle_east', 'ирак iraq'],
  ['IR', 'middle_east', 'иран iran'],
  ['YE', 'middle_east', 'йемен yemen'],
  ['TR', 'middle_east', 'турци turk'],
]
const russia = 'росси рф russia русск'.split(' ')
const groupOf = new Map(countries.map(([c, g]) => [c, g]))
const wordsOf = (text: string) =>
  text
    .normalize('NFC')
    .toLowerCase()
    .split(/[^\p{L}ʻ‘’'-]+/u)
    .filter(Boolean)

/** The code of a place as it was said: 'UZ', 'RU', 'RU-TVE', 'other' for what is not on our list, 'unknown' for nothing. */
export const placeOf = (text: string): string => {
  const words = wordsOf(text)
  if (words.length === 0) return 'unknown'
  const starts = (stem: string) => words.some(w => w.startsWith(stem))
  if (/демократическ\S*\s+республик\S*\s+конго|democratic\s+republic\s+of\s+(the\s+)?congo/i.test(text)) return 'CD'
  const country = countries.find(([, , stems]) => stems.split(' ').some(starts))
  if (country) return country[0]
  // A whole name first: the Altai Republic and Altai Krai begin alike.
  const said = text.normalize('NFC').toLowerCase()
  const whole = regions
    .filter(r => [r.ru, r.en].some(n => n.includes(' ') && said.includes(n.toLowerCase())))
    .toSorted((a, b) => b.en.length - a.en.length)[0]
  const region = whole ?? regions.find(r => r.stems.some(starts))
  if (region) return region.code
  return russia.some(starts) ? 'RU' : 'other'
}

/** A place more coarsely. 0: as kept; 1: Russia as one; 2: groups of countries; 3: Russia and elsewhere. */
export const coarserPlace = (code: string, level: number): string => {
  if (level === 0 || code === 'unknown') return code
  if (code.startsWith('RU')) return 'RU'
  if (level === 1) return code
  return level === 2 ? (groupOf.get(code) ?? 'other') : 'elsewhere'
}

/** The name of a country or Russian region; undefined for codes that are words of the catalogue. */
export const placeName = (code: string, locale: string): string | undefined => {
  const region = regions.find(r => r.code === code)
  if (region) return locale === 'en' ? region.en : region.ru
  return /^[A-Z]{2}$/.test(code) ? new Intl.DisplayNames([locale], { type: 'region' }).of(code) : undefined
}
