import { addDays, type Day } from '../base/time.ts'
import { toUzbekCyrillic } from '../base/uzbek.ts'
import { type Chance, chance } from './rules.random.ts'
import { patronymic, toBgn, toClerk, toFrench, toHeard, toIcao, toMvd, toOdni, toPlain } from './rules.romanise.ts'
import { heardFrench, stocks } from './schema.names.ts'
import { homes } from './schema.places.ts'
import type { DemoName, DemoPerson, NameStyle, Origin, Sex } from './schema.ts'

type Bare = Omit<DemoName, 'style' | 'script'>
const named = (style: NameStyle, script: DemoName['script'], n: Bare): DemoName => ({ style, script, ...n })
const each = (n: Bare, f: (text: string) => string): Bare => ({ given: f(n.given), family: f(n.family), patronymic: f(n.patronymic) })
/** The three ways in which a Russian spelling gets into a Latin passport. */
const latinOf = (russian: Bare): DemoName[] => [
  named('icao', 'latn', each(russian, toIcao)),
  named('mvd_782', 'latn', each(russian, toMvd)),
  named('french', 'latn', each(russian, toFrench)),
]

/** What brothers and sisters share: the origin, the family's name and the father's. */
export interface DemoFamily {
  readonly origin: Origin
  readonly bird: string
  readonly sky: string
  readonly father: string
  /** How this family writes itself: 0 the older way (-ов, -ович), 1 the newer (oʻgʻli, уулу, -зода), 2 another. */
  readonly manner: 0 | 1 | 2
}
const spread: readonly (readonly [Origin, number])[] = [
  ['russia', 26],
  ['uzbekistan', 22],
  ['tajikistan', 20],
  ['kyrgyzstan', 16],
  ['nigeria', 9],
  ['congo', 7],
]
export const familyFrom = (c: Chance, origin: Origin = c.weighted(spread)): DemoFamily => {
  const s = stocks[origin]
  return {
    origin,
    bird: c.one(s.birds),
    sky: c.one(s.skies),
    father: s.fathers.length > 0 ? c.one(s.fathers) : '',
    manner: c.weighted<0 | 1 | 2>([
      [0, 5],
      [1, 4],
      [2, 2],
    ]),
  }
}

const ov = (stem: string, sex: Sex) => `${stem}${/[аеёийоуэюяӣӯ]$/.test(stem) ? 'ев' : 'ов'}${sex === 'female' ? 'а' : ''}`

const russian = (f: DemoFamily, given: string, sex: Sex): DemoName[] => {
  const own = { given, family: `${f.bird}${f.sky}${sex === 'female' ? 'а' : ''}`, patronymic: patronymic(f.father, sex) }
  return [named('own', 'cyrl', own), ...latinOf(own)]
}

const uzbek = (f: DemoFamily, given: string, sex: Sex): DemoName[] => {
  const stem = f.bird + f.sky
  const child = sex === 'female' ? 'qizi' : 'oʻgʻli'
  // Newer papers give the father's name with oʻgʻli or qizi; a third of the families keep only that and a bare family name.
  const family = f.manner === 2 ? stem : `${stem}${/[aeiou]$/.test(stem) ? 'yev' : 'ov'}${sex === 'female' ? 'a' : ''}`
  const old = f.manner === 0
  const own: Bare = { given, family, patronymic: old ? `${f.father}ov${sex === 'female' ? 'na' : 'ich'}` : `${f.father} ${child}` }
  const cyrillic = each(own, toUzbekCyrillic)
  const clerks = {
    ...each(cyrillic, toClerk),
    patronymic: old
      ? patronymic(toClerk(toUzbekCyrillic(f.father)), sex)
      : `${toClerk(toUzbekCyrillic(f.father))} ${sex === 'female' ? 'кизи' : 'угли'}`,
  }
  return [
    named('own', 'latn', own),
    named('own_other', 'cyrl', cyrillic),
    named('russian', 'cyrl', clerks),
    named('plain', 'latn', each(own, toPlain)),
    ...latinOf(clerks),
  ]
}

const kyrgyz = (f: DemoFamily, given: string, sex: Sex): DemoName[] => {
  const stem = f.bird + f.sky
  const own: Bare =
    f.manner === 0
      ? { given, family: ov(stem, sex), patronymic: patronymic(f.father, sex) }
      : f.manner === 1
        ? { given, family: `${stem} ${sex === 'female' ? 'кызы' : 'уулу'}`, patronymic: '' }
        : { given, family: ov(stem, sex), patronymic: `${f.father} ${sex === 'female' ? 'кызы' : 'уулу'}` }
  const clerks = each(own, toClerk)
  return [
    named('own', 'cyrl', own),
    named('russian', 'cyrl', clerks),
    named(
      'odni',
      'latn',
      each(own, t => toOdni('ky', t)),
    ),
    named(
      'bgn',
      'latn',
      each(own, t => toBgn('ky', t)),
    ),
    ...latinOf(clerks),
  ]
}

const tajik = (f: DemoFamily, given: string, sex: Sex): DemoName[] => {
  const stem = f.bird + f.sky
  // The older family kept -ов; the newer says -зода for everybody, or drops the ending altogether, and puts the father's name bare or with -зода.
  const family = f.manner === 0 ? ov(stem, sex) : f.manner === 1 ? `${stem}зода` : stem
  const own: Bare = {
    given,
    family,
    patronymic: f.manner === 0 ? patronymic(f.father, sex) : f.manner === 1 ? f.father : `${f.father}зода`,
  }
  const clerks = each(own, toClerk)
  return [
    named('own', 'cyrl', own),
    named('russian', 'cyrl', clerks),
    named(
      'odni',
      'latn',
      each(own, t => toOdni('tg', t)),
    ),
    named(
      'bgn',
      'latn',
      each(own, t => toBgn('tg', t)),
    ),
    ...latinOf(clerks),
  ]
}

const nigerian = (f: DemoFamily, given: string): DemoName[] => {
  const own: Bare = { given, family: `${f.bird}${f.sky}`.normalize('NFC'), patronymic: '' }
  return [
    named('own', 'latn', own),
    named('plain', 'latn', each(own, toPlain)),
    named(
      'russian',
      'cyrl',
      each(own, t => toHeard('en', t)),
    ),
  ]
}
const congolese = (f: DemoFamily, given: string): DemoName[] => {
  const own: Bare = { given, family: `${f.bird}${f.sky}`, patronymic: '' }
  const heard = { given: heardFrench[given] ?? toHeard('fr', given), family: toHeard('fr', own.family), patronymic: '' }
  return [named('own', 'latn', own), named('plain', 'latn', each(own, toPlain)), named('russian', 'cyrl', heard)]
}

/** Every spelling of one child's name, the family's own first. */
export const namesFor = (f: DemoFamily, given: string, sex: Sex): DemoName[] => {
  switch (f.origin) {
    case 'russia':
      return russian(f, given, sex)
    case 'uzbekistan':
      return uzbek(f, given, sex)
    case 'kyrgyzstan':
      return kyrgyz(f, given, sex)
    case 'tajikistan':
      return tajik(f, given, sex)
    case 'nigeria':
      return nigerian(f, given)
    case 'congo':
      return congolese(f, given)
  }
}

const said = (c: Chance, age: number, year: number): string =>
  c.weighted<() => string>([
    [() => String(age), 5],
    [() => `${age}–${age + 1}`, 3],
    [() => `около ${age}`, 2],
    [() => `${year} год`, 2],
    [() => `на вид ${age}–${age + 2}`, 1],
    [() => '', 1],
  ])()

export interface PersonWish {
  readonly family?: DemoFamily
  readonly sex?: Sex
  /** In whole years on `today`. */
  readonly age?: number
  /** A given name that must not be used again: of a brother or sister. */
  readonly not?: readonly string[]
}
/** The n-th invented person of a seed: the same whoever asks. `today` decides how old they are. */
export const person = (seed: string | number, n: number, today: Day, wish: PersonWish = {}): DemoPerson => {
  const c = chance('person', seed, n)
  const family = wish.family ?? familyFrom(c)
  const sex = wish.sex ?? (c.is(0.46) ? 'female' : 'male')
  const home = homes[family.origin]
  const [region, districts] = c.one(home.regions)
  const given = c.one(stocks[family.origin].given[sex].filter(g => !wish.not?.includes(g)))
  const age =
    wish.age ??
    c.weighted([
      [c.int(3, 8), 2],
      [c.int(9, 13), 5],
      [c.int(14, 17), 7],
    ])
  // Many papers say the first of January: nobody had counted.
  const back = age * 365.25 + 1 + c.int(0, 360)
  const exact = addDays(today, -Math.ceil(back))
  const born = c.is(0.12) ? `${exact.slice(0, 4)}-01-01` : exact
  return {
    n,
    sex,
    origin: family.origin,
    nationality: home.nationality,
    names: namesFor(family, given, sex),
    born,
    ageSaid: said(c, age, Number(born.slice(0, 4))),
    from: { country: home.country, region, district: c.one(districts) },
    languages: home.languages,
    tongue: c.weighted(home.tongues),
  }
}

/** The first n people of a seed. */
export const people = (seed: string | number, n: number, today: Day = '2026-06-01'): DemoPerson[] =>
  Array.from({ length: n }, (_, i) => person(seed, i, today))
