import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Catalogue, type CatalogueLocale, catalogueLocales, flatten, type Locale, makeT, type T, type Tree } from '../base/i18n.ts'

/** The folder `locales/`: beside `src/` in the source tree and beside `build/` when bundled, whichever is found going up from this file. */
const findLocales = (): string => {
  let at = dirname(fileURLToPath(import.meta.url))
  for (let up = 0; up < 5; up += 1, at = dirname(at)) {
    try {
      if (readdirSync(join(at, 'locales')).includes('ru')) return join(at, 'locales')
    } catch {
      // not here: look one folder up
    }
  }
  throw new Error('no locales folder beside the program')
}

const catalogues = new Map<CatalogueLocale, Catalogue>()
const spoken = new Map<string, T>()

/** All words of one language, flat; read once. Russian (for French: English) fills what a public-only language lacks: a phrase that can be read beats a key. */
export const catalogueFor = (locale: CatalogueLocale): Catalogue => {
  const known = catalogues.get(locale)
  if (known) return known
  const folder = join(findLocales(), locale)
  const own: Record<string, string> = {}
  for (const file of readdirSync(folder).sort()) {
    if (file.endsWith('.json')) Object.assign(own, flatten(file.slice(0, -5), JSON.parse(readFileSync(join(folder, file), 'utf8')) as Tree))
  }
  const made = locale === 'ru' || locale === 'en' ? own : { ...catalogueFor(locale === 'fr' ? 'en' : 'ru'), ...own }
  catalogues.set(locale, made)
  return made
}

/** The words of one language; `uz-Cyrl` is made from the Uzbek catalogue. A missing key throws under test. */
export const wordsFor = (locale: Locale): T => {
  const known = spoken.get(locale)
  if (known) return known
  const t = makeT(catalogueFor(locale === 'uz-Cyrl' ? 'uz' : locale), locale, process.env.VITEST !== undefined)
  spoken.set(locale, t)
  return t
}

/** Reads every language now, so that a broken file stops the start instead of a page. */
export const readAllWords = (): void => {
  for (const locale of catalogueLocales) catalogueFor(locale)
}
