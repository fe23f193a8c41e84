import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { digitsOffset, type Receipt, receiptFrom, receiptList } from './rules.receipt.ts'
import { foldWord, oneMistake, parseReceipt, prepareLists } from './rules.receipt-read.ts'

const words = (lang: 'ru' | 'en') =>
  readFileSync(new URL(`../../content/words/${lang}.txt`, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
const ru = words('ru')
const en = words('en')
const lists = prepareLists(ru, en)
const bytes = fc.uint8Array({ minLength: 32, maxLength: 64 })
const list = fc.constantFrom('ru' as const, 'en' as const, 'digits' as const)
const make = (b: Uint8Array, l: 'ru' | 'en' | 'digits') => receiptFrom(b, l, l === 'ru' ? ru : en)
const read = (text: string) => parseReceipt(text, lists)
const same = (r: Receipt) => ({ ok: true, locator: r.locator, secret: r.secret })

describe('making a receipt', () => {
  test('the same bytes give the same receipt', () => {
    fc.assert(
      fc.property(bytes, list, (b, l) => {
        expect(make(b, l)).toEqual(make(Uint8Array.from(b), l))
      }),
    )
  })
  test('the secret is free of language: the same bytes open the same conversation in Russian and in English', () => {
    fc.assert(
      fc.property(bytes, b => {
        const [r, e] = [make(b, 'ru'), make(b, 'en')]
        expect([r.locator, r.secret]).toEqual([e.locator, e.secret])
        expect(r.secret).toMatch(/^w[0-9a-f]{17}$/)
      }),
    )
  })
  test('word and digit locators never meet', () => {
    fc.assert(
      fc.property(bytes, b => {
        expect(make(b, 'ru').locator).toBeLessThan(digitsOffset)
        const digits = make(b, 'digits')
        expect(digits.locator).toBeGreaterThanOrEqual(digitsOffset)
        expect(digits.locator).toBeLessThan(digitsOffset + 10_000_000)
        expect(digits.parts.join('')).toMatch(/^\d{28}$/)
        expect(digits.secret).toBe(`d${digits.parts.join('').slice(7)}`)
      }),
    )
  })
  test('every bit of the first 88 counts once: words are exactly uniform', () => {
    const zero = make(new Uint8Array(32), 'en')
    expect([zero.locator, zero.secret]).toEqual([0, `w${'0'.repeat(17)}`])
    const seen = new Set<string>()
    for (let bit = 0; bit < 88; bit++) {
      const b = new Uint8Array(32)
      b[bit >> 3] = 0x80 >> (bit & 7)
      const r = make(b, 'en')
      expect(r.parts.filter((word, at) => word !== zero.parts[at])).toHaveLength(1)
      seen.add(`${r.locator} ${r.secret}`)
    }
    expect(seen.size).toBe(88)
  })
  test('digits are spread evenly', () => {
    const counts = new Array<number>(10).fill(0)
    let state = 1
    const next = () => {
      state = (state * 48271) % 2147483647
      return state & 255
    }
    for (let n = 0; n < 1000; n++)
      for (const d of make(Uint8Array.from({ length: 32 }, next), 'digits').parts.join('')) counts[Number(d)]!++
    const chi = counts.reduce((sum, c) => sum + (c - 2800) ** 2 / 2800, 0)
    expect(chi).toBeLessThan(27.9) // 9 degrees of freedom, one in a thousand
  })
  test('refuses what would weaken it', () => {
    expect(() => receiptFrom(new Uint8Array(31), 'digits')).toThrow()
    expect(() => receiptFrom(new Uint8Array(32), 'ru', ru.slice(1))).toThrow()
    expect(() => prepareLists(ru, ru)).toThrow()
  })
  test('languages without a list get digits', () => {
    expect(['ru', 'en', 'uz', 'uz-Cyrl', 'ky', 'tg', 'fr'].map(receiptList)).toEqual([
      'ru',
      'en',
      'digits',
      'digits',
      'digits',
      'digits',
      'digits',
    ])
  })
})

describe('reading a receipt', () => {
  test('what was shown is read back', () => {
    fc.assert(
      fc.property(bytes, list, (b, l) => {
        expect(read(make(b, l).parts.join(' '))).toEqual(same(make(b, l)))
      }),
    )
  })
  test('case, ё, separators and numbering do not matter', () => {
    const separator = fc.constantFrom(' ', '  ', ', ', ' - ', '-', '\n', '; ', ' 3. ', '\u00a0', ' — ')
    fc.assert(
      fc.property(bytes, fc.constantFrom('ru' as const, 'en' as const), separator, fc.boolean(), fc.boolean(), (b, l, s, upper, plainE) => {
        const text = `1. ${make(b, l).parts.join(s)} `
        const e = plainE ? text.replaceAll('ё', 'е') : text.normalize('NFD')
        expect(read(upper ? e.toUpperCase() : e)).toEqual(same(make(b, l)))
      }),
    )
  })
  test('digits may be grouped as one likes', () => {
    fc.assert(
      fc.property(bytes, fc.integer({ min: 1, max: 9 }), fc.constantFrom(' ', '-', '\n', '. '), (b, size, s) => {
        const digits = make(b, 'digits').parts.join('')
        expect(read((digits.match(new RegExp(`.{1,${size}}`, 'g')) ?? []).join(s))).toEqual(same(make(b, 'digits')))
      }),
    )
  })
  test('one mistake in each word is put right, or the reader asks which word was meant; it never takes another word', () => {
    fc.assert(
      fc.property(
        bytes,
        fc.constantFrom('ru' as const, 'en' as const),
        fc.array(fc.record({ at: fc.nat(8), how: fc.constantFrom('change', 'drop', 'add', 'swap'), letter: fc.nat(25) }), {
          minLength: 8,
          maxLength: 8,
        }),
        (b, l, slips) => {
          const r = make(b, l)
          const letters = l === 'ru' ? 'абвгдежзийклмнопрстуфхцчшы' : 'abcdefghijklmnopqrstuvwxyz'
          const typed = r.parts.map((word, n) => {
            const { at, how, letter } = slips[n]!
            const i = at % word.length
            if (how === 'change') return word.slice(0, i) + letters[letter] + word.slice(i + 1)
            if (how === 'drop') return word.slice(0, i) + word.slice(i + 1)
            if (how === 'add') return word.slice(0, i) + letters[letter] + word.slice(i)
            return word.slice(0, i) + (word[i + 1] ?? '') + word[i] + word.slice(i + 2)
          })
          const got = read(typed.join(' '))
          if (got.ok) expect(got).toEqual(same(r))
          else {
            expect(got.problem.code).toBe('wrong_words')
            if (got.problem.code === 'wrong_words') {
              for (const w of got.problem.words) {
                expect(w.candidates.length).toBeGreaterThan(1)
                expect(oneMistake(foldWord(r.parts[w.position - 1]!), w.typed)).toBe(true)
              }
            }
          }
        },
      ),
      { numRuns: 60 },
    )
  })
  test('says which word is unknown, how many there are, and that there is nothing', () => {
    const shown = make(new Uint8Array(32), 'ru').parts
    const got = read([...shown.slice(0, 4), 'щщщщщщ', ...shown.slice(5)].join(' '))
    expect(got).toEqual({ ok: false, problem: { code: 'wrong_words', words: [{ position: 5, typed: 'щщщщщщ', candidates: [] }] } })
    expect(read(shown.slice(1).join(' '))).toEqual({ ok: false, problem: { code: 'word_count', found: 7 } })
    expect(read('1234 5678')).toEqual({ ok: false, problem: { code: 'digit_count', found: 8 } })
    expect(read(' , - ')).toEqual({ ok: false, problem: { code: 'empty' } })
    expect(read('a'.repeat(401))).toEqual({ ok: false, problem: { code: 'too_long' } })
  })
  test('asks when a slip stands between two words', () => {
    const tiny = {
      index: new Map([
        ['коза', 0],
        ['роса', 1],
      ]),
      shown: new Map([
        ['коза', 'коза'],
        ['роса', 'роса'],
      ]),
    }
    const got = parseReceipt(Array(8).fill('роза').join(' '), tiny)
    expect(got.ok ? [] : got.problem.code === 'wrong_words' ? got.problem.words[0]?.candidates : []).toEqual(['коза', 'роса'])
  })
  test('nothing that is typed makes it fail', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), text => void read(text)),
      { numRuns: 300 },
    )
  })
  test('the locator tells nothing but itself', () => {
    expect(read(make(new Uint8Array(32).fill(255), 'en').parts.join(' '))).toMatchObject({ ok: true, locator: digitsOffset - 1 })
  })
})
