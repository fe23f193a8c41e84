import { type Checker, makeChecker } from './rules.check.ts'
import type { Checked, CheckLanguage, LanguageSigns } from './schema.check.ts'
import { en } from './schema.signs-en.ts'
import { fr } from './schema.signs-fr.ts'
import { ky } from './schema.signs-ky.ts'
import { ru } from './schema.signs-ru.ts'
import { tg } from './schema.signs-tg.ts'
import { uz } from './schema.signs-uz.ts'

export const allSigns: readonly LanguageSigns[] = [ru, en, uz, ky, tg, fr]
const checker: Checker = makeChecker(allSigns)

/** Warning signs in a message, with all six languages looked for at once (`auto`) or one. Nothing is kept. */
export const checkMessage = (text: string, o?: { lang?: CheckLanguage | 'auto' }): Checked => checker.check(text, o)
