import { storiesEn } from './schema.stories-en.ts'
import { storiesFr } from './schema.stories-fr.ts'
import { storiesKy } from './schema.stories-ky.ts'
import { storiesRu } from './schema.stories-ru.ts'
import { storiesTg } from './schema.stories-tg.ts'
import type { Stories } from './schema.stories-type.ts'
import { storiesUz } from './schema.stories-uz.ts'
import type { Tongue } from './schema.ts'

export const stories: Readonly<Record<Tongue, Stories>> = {
  ru: storiesRu,
  en: storiesEn,
  uz: storiesUz,
  ky: storiesKy,
  tg: storiesTg,
  fr: storiesFr,
}
