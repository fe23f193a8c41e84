import type { DemoPlace, Origin, Tongue } from './schema.ts'

export interface Home {
  readonly nationality: string
  /** Country in Russian, as the office writes it. */
  readonly country: string
  /** Region and some of its districts. Large ones only: a village would point at somebody. */
  readonly regions: readonly (readonly [region: string, districts: readonly string[]])[]
  readonly languages: readonly string[]
  readonly tongues: readonly (readonly [Tongue, number])[]
}
export const homes: Readonly<Record<Origin, Home>> = {
  russia: {
    nationality: 'RU',
    country: 'Россия',
    regions: [
      ['Псковская область', ['Великие Луки', 'Остров']],
      ['Республика Дагестан', ['Хасавюрт', 'Дербент']],
      ['Мурманская область', ['Апатиты', 'Кандалакша']],
      ['Республика Бурятия', ['Улан-Удэ', 'Кяхта']],
      ['Вологодская область', ['Череповец', 'Великий Устюг']],
    ],
    languages: ['русский'],
    tongues: [['ru', 1]],
  },
  uzbekistan: {
    nationality: 'UZ',
    country: 'Узбекистан',
    regions: [
      ['Сурхандарьинская область', ['Денау', 'Термез']],
      ['Ферганская область', ['Коканд', 'Маргилан']],
      ['Хорезмская область', ['Ургенч', 'Хива']],
      ['Кашкадарьинская область', ['Карши', 'Шахрисабз']],
      ['Республика Каракалпакстан', ['Нукус', 'Турткуль']],
    ],
    languages: ['узбекский', 'немного русский'],
    tongues: [
      ['uz', 4],
      ['ru', 1],
    ],
  },
  kyrgyzstan: {
    nationality: 'KG',
    country: 'Киргизия',
    regions: [
      ['Ошская область', ['Узген', 'Кара-Суу']],
      ['Баткенская область', ['Кызыл-Кия', 'Сулюкта']],
      ['Джалал-Абадская область', ['Токтогул', 'Майлуу-Суу']],
      ['Нарынская область', ['Нарын', 'Ат-Башы']],
    ],
    languages: ['киргизский', 'немного русский'],
    tongues: [
      ['ky', 3],
      ['ru', 2],
    ],
  },
  tajikistan: {
    nationality: 'TJ',
    country: 'Таджикистан',
    regions: [
      ['Хатлонская область', ['Куляб', 'Бохтар']],
      ['Согдийская область', ['Худжанд', 'Исфара']],
      ['Районы республиканского подчинения', ['Вахдат', 'Гиссар']],
      ['Горно-Бадахшанская область', ['Хорог', 'Рушан']],
    ],
    languages: ['таджикский'],
    tongues: [
      ['tg', 4],
      ['ru', 1],
    ],
  },
  nigeria: {
    nationality: 'NG',
    country: 'Нигерия',
    regions: [
      ['Эдо', ['Бенин-Сити', 'Аучи']],
      ['Лагос', ['Икороду', 'Эпе']],
      ['Кано', ['Кано', 'Вудил']],
      ['Энугу', ['Энугу', 'Нсукка']],
    ],
    languages: ['английский'],
    tongues: [['en', 1]],
  },
  congo: {
    nationality: 'CD',
    country: 'Демократическая Республика Конго',
    regions: [
      ['Киншаса', ['Нджили', 'Лимете']],
      ['Верхняя Катанга', ['Лубумбаши', 'Ликаси']],
      ['Северное Киву', ['Бутембо', 'Бени']],
    ],
    languages: ['французский', 'лингала'],
    tongues: [['fr', 1]],
  },
}
/** Where a child stays now, as the office writes it: no address of anybody. */
export const staying: readonly string[] = [
  'у нас в приюте',
  'у тёти по матери',
  'в общежитии с отцом',
  'у знакомых семьи, адрес не назван',
  'в съёмной комнате с матерью',
  'в социальном приюте города',
  'говорит «у друзей»; где, пока не спрашивали',
]
export type { DemoPlace }
