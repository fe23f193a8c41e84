import { keysOfPattern, type Token } from './rules.check-fold.ts'
import { type CheckLanguage, checkLanguages } from './schema.check.ts'
import { frequent, ownLetters } from './schema.signs-common.ts'

const small = new Map<string, CheckLanguage[]>()
for (const lang of checkLanguages)
  for (const w of frequent[lang].split(' ')) for (const k of keysOfPattern(w)) small.set(k, [...(small.get(k) ?? []), lang])
const letters = new Map<string, CheckLanguage[]>()
for (const lang of checkLanguages) for (const c of ownLetters[lang]) letters.set(c, [...(letters.get(c) ?? []), lang])

/** Languages with something that speaks for them, the likeliest first. */
export const languageScores = (text: string, tokens: readonly Token[], keys: readonly (readonly string[])[]): [CheckLanguage, number][] => {
  const score = new Map<CheckLanguage, number>()
  const add = (l: CheckLanguage, n: number) => score.set(l, (score.get(l) ?? 0) + n)
  let cyrillic = 0
  let latin = 0
  for (let i = 0; i < tokens.length && i < 400; i++) {
    const t = tokens[i]!
    if (t.kind !== 'word') continue
    const own = /[а-ӿ]/.test(t.word)
    if (own) cyrillic += 1
    else latin += 1
    const key = keys[i]?.[0] ?? ''
    // English and French are not written in Cyrillic; Russian in Latin letters is, but less often.
    for (const l of small.get(key) ?? [])
      if (!(own && (l === 'en' || l === 'fr'))) add(l, !own && (l === 'ru' || l === 'ky' || l === 'tg') ? 1 : 2)
  }
  const low = text.slice(0, 3000).toLowerCase()
  for (let i = 0; i < low.length; i++) {
    if (low.charCodeAt(i) < 0xc0) continue
    for (const l of letters.get(low[i]!) ?? []) add(l, l === 'ru' ? 0.5 : 1.5)
  }
  // oʻ and gʻ stand in almost every Uzbek sentence in Latin letters, and in no other of the six.
  for (const _ of text.slice(0, 3000).matchAll(/[og]['’ʻʼ‘`´][a-z]/gi)) add('uz', 2)
  if (cyrillic > latin) add('ru', 1)
  else if (latin > 0) add('en', 0.5)
  return [...score].sort((a, b) => b[1] - a[1])
}
/** The likeliest language of a message; Russian when nothing speaks for any. */
export const guessLanguage = (text: string, tokens: readonly Token[], keys: readonly (readonly string[])[]): CheckLanguage =>
  languageScores(text, tokens, keys)[0]?.[0] ?? 'ru'
