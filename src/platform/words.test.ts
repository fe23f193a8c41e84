import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { argumentNames, catalogueLocales, compile, flatten, locales, type Tree } from '../base/i18n.ts'
import { compartments, functions, roles } from '../base/people.ts'
import { wordsFor } from './words.ts'

const folder = join(import.meta.dirname, '../../locales')
const files = readdirSync(join(folder, 'ru'))
  .filter(f => f.endsWith('.json'))
  .sort()
const read = (locale: string, file: string): Record<string, string> =>
  flatten(file.slice(0, -5), JSON.parse(readFileSync(join(folder, locale, file), 'utf8')) as Tree)

/** What the public site shows, and therefore every language has. */
const publicFiles = [
  'flood.json',
  'concern.json',
  'base.json',
  'contact-public.json',
  'follow-up-public.json',
  'prevention.json',
  'traces.json',
  'prevention-learn.json',
].filter(f => files.includes(f))
/** Words of base.json that only the office shows. */
const officeOnly =
  /^base\.(role|function|compartment|danger|list)\.|^base\.shell\.(?!languages$)|^base\.state\.indexing$|^base\.errorPage\.s\d+\.do$/

describe('words', () => {
  test('Russian and English have the same files', () => {
    expect(
      readdirSync(join(folder, 'en'))
        .filter(f => f.endsWith('.json'))
        .sort(),
    ).toEqual(files)
  })

  test.each(files)('%s: Russian and English have the same keys and arguments', file => {
    const ru = read('ru', file)
    const en = read('en', file)
    expect(Object.keys(en).sort()).toEqual(Object.keys(ru).sort())
    for (const key of Object.keys(ru)) expect([key, argumentNames(en[key]!)]).toEqual([key, argumentNames(ru[key]!)])
  })

  test.each(publicFiles.flatMap(f => (['uz', 'ky', 'tg', 'fr'] as const).map(l => [f, l] as const)))(
    '%s is complete in %s',
    (file, locale) => {
      const ru = read('ru', file)
      const own = read(locale, file)
      const wanted = Object.keys(ru).filter(key => !(file === 'base.json' && officeOnly.test(key)))
      expect(Object.keys(own).sort()).toEqual(expect.arrayContaining(wanted.sort()))
      for (const key of Object.keys(own)) {
        expect(ru, `${key} is in ${locale} only`).toHaveProperty([key])
        expect([key, argumentNames(own[key]!)]).toEqual([key, argumentNames(ru[key]!)])
      }
      // Until a native speaker has read it, a machine-made catalogue must say so.
      expect(JSON.parse(readFileSync(join(folder, locale, file), 'utf8'))).toHaveProperty('_reviewed')
    },
  )

  test.each(locales)('every message compiles in %s, and no phrase is empty', locale => {
    const source = locale === 'uz-Cyrl' ? 'uz' : locale
    for (const file of readdirSync(join(folder, source)).filter(f => f.endsWith('.json'))) {
      for (const [key, message] of Object.entries(read(source, file))) {
        expect(message.trim(), key).not.toBe('')
        expect(() => compile(message, locale), key).not.toThrow()
      }
    }
  })

  test('words of the screens say nothing that practice forbids', () => {
    for (const file of files) {
      for (const [key, message] of Object.entries(read('ru', file)))
        expect(message, key).not.toMatch(/жертв|нелегал|беспризорн|отказ от сотруднич/i)
      for (const [key, message] of Object.entries(read('en', file)))
        expect(message, key).not.toMatch(/\bvictim|illegal (child|migrant)|runaway/i)
    }
  })

  test('roles, functions and compartments have words', () => {
    for (const locale of ['ru', 'en'] as const) {
      const t = wordsFor(locale)
      for (const role of roles) expect(t(`base.role.${role}`)).not.toBe('')
      for (const fn of functions) expect(t(`base.function.${fn}`)).not.toBe('')
      for (const c of compartments) expect(t(`base.compartment.${c}`)).not.toBe('')
    }
  })

  test('a public-only language falls back to words that can be read', () => {
    expect(wordsFor('tg')('base.role.lawyer')).toBe('юрист')
    expect(wordsFor('fr')('base.role.lawyer')).toBe('lawyer')
    expect(catalogueLocales.map(l => wordsFor(l).locale)).toEqual([...catalogueLocales])
  })

  test('Uzbek in Cyrillic comes from the Latin catalogue, arguments untouched', () => {
    const t = wordsFor('uz-Cyrl')
    expect(t('base.button.no')).toBe('Йўқ')
    expect(t('base.date.inDays', { count: 3 })).toBe('3 кундан кейин')
    expect(t('base.error.enter', { field: 'Ism' })).toBe('“Ism” қаторини тўлдиринг')
  })
})
