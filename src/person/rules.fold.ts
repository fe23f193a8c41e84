import { partsOf, soundsOf, spell } from './rules.names.sounds.ts'

/** A name as it sounds, in one spelling: letter case, diacritics, ё/е, script, order of h and kh do not matter. Pure and idempotent; '' stays ''. */
export const fold = (text: string): string =>
  partsOf(text)
    .map(p => spell(soundsOf(p.part.replaceAll('ё', 'е')).forms[0] ?? new Uint8Array()))
    .filter(Boolean)
    .join(' ')

/** The folded words of a name, without order: Иванов Иван = Ivan Ivanov. */
export const words = (text: string): string[] => [...new Set(fold(text).split(' ').filter(Boolean))]
