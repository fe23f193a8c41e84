import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fold, words } from './rules.fold.ts'

test.each([
  ['Иванов', 'Ivanov'],
  ['Алёна', 'Алена'],
  ['Мухаммаджон', 'Muhammadjon'],
  ['Мухаммаджон', 'Mukhammadzhon'],
  ['Ўлуғбек', 'Oʻlugʻbek'],
  ['Ҷамшед', 'Jamshed'],
  ['Юлия', 'Yuliya'],
  ['André', 'Andre'],
  ['Шаҳноза', 'Shahnoza'],
])('%s is found as %s', (a, b) => expect(fold(a)).toBe(fold(b)))

test('different names stay different', () => {
  for (const [a, b] of [
    ['Али', 'Вали'],
    ['Пётр', 'Павел'],
    ['Саша', 'Маша'],
  ] as const)
    expect(fold(a)).not.toBe(fold(b))
})
test('folding is stable, keeps no spaces at the ends, and never throws', () =>
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), s => {
      const once = fold(s)
      expect(once).toBe(once.trim())
      expect(words(s).every(w => w.length > 0)).toBe(true)
    }),
  ))
