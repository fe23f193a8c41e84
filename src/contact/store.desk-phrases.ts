import { readFileSync } from 'node:fs'
import path from 'node:path'
import { type CatalogueLocale, isLocale, type Locale, type T } from '../base/i18n.ts'
import { toUzbekCyrillic } from '../base/uzbek.ts'
import { root } from '../platform/config.ts'
import { wordsFor } from '../platform/words.ts'
import { type PhraseId, phraseIds } from './schema.desk-phrases.ts'
import type { ContactLanguage } from './schema.ts'

interface Sheet {
  readonly words: Readonly<Record<string, string>>
  /** Has a native speaker read it? */
  readonly reviewed: boolean
}
const sheets = new Map<CatalogueLocale, Sheet>()
/** The ready sentences of one language, read once. */
export const phraseSheet = (locale: CatalogueLocale): Sheet => {
  const known = sheets.get(locale)
  if (known) return known
  const { _reviewed, ...words } = JSON.parse(readFileSync(path.join(root, `content/phrases/${locale}.json`), 'utf8')) as Record<
    string,
    string
  > & {
    _reviewed?: unknown
  }
  const made = { words, reviewed: _reviewed !== false }
  sheets.set(locale, made)
  return made
}
const catalogueOf = (locale: Locale): CatalogueLocale => (locale === 'uz-Cyrl' ? 'uz' : locale)

/** The language that ready sentences go out in: the sender's where we have words in it, else Russian. */
export const scriptLocale = (language: ContactLanguage | undefined): Locale => (isLocale(language) ? language : 'ru')

/** The opening script, the same words that the public site says before the first word. */
export const scriptLines = (words: T): string[] => [words('contact-public.before.between'), words('contact-public.before.mustTell')]

/** A ready sentence in one language. */
export const sentence = (which: PhraseId, locale: Locale): string => {
  if (which === 'secret') return scriptLines(wordsFor(locale)).join(' ')
  const text = phraseSheet(catalogueOf(locale)).words[which]
  if (text === undefined) throw new Error(`no sentence ${which} in ${locale}`)
  return locale === 'uz-Cyrl' ? toUzbekCyrillic(text) : text
}
export const isReviewed = (locale: Locale): boolean => phraseSheet(catalogueOf(locale)).reviewed

/** What an answer of ours says in the reader's language, as far as it was made of ready sentences; null where it was not. Nothing is sent anywhere for it. */
export const meaningOf = (text: string, sent: Locale, reader: Locale): string | null => {
  if (sent === reader) return null
  const parts = text.split('\n\n').map(p => {
    const which = phraseIds.find(id => sentence(id, sent) === p)
    return which && sentence(which, reader)
  })
  return parts.some(p => p !== undefined) ? parts.map(p => p ?? '…').join('\n\n') : null
}
