import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseForm } from '../base/form.ts'
import { Acknowledge, looksBinary, Report, textLimit } from './schema.public.ts'
import { additionForm, receiptErrors, reportForm, reportOf, returnForm } from './schema.public-form.ts'

const id = '7d0b5c1e-2f64-4b8e-9a51-0c6f2b1d9e01'
const hidden = { submission: id, seed: 'ab'.repeat(32), language: 'ru' }
const base64 = (bytes: number) => 'QUJD'.repeat(Math.ceil(bytes / 4))

describe('what is not writing', () => {
  test('is refused', () => {
    expect(looksBinary('a\u0000b')).toBe(true)
    expect(looksBinary('\u001b[31m')).toBe(true)
    expect(looksBinary('bad \ufffd byte')).toBe(true)
    expect(looksBinary('half \ud83d')).toBe(true)
    expect(looksBinary(`look: ${base64(2052)}`)).toBe(true)
    expect(looksBinary(`data:image/png;base64,${base64(2100)}==`)).toBe(true)
    expect(looksBinary((base64(3000).match(/.{1,76}/g) ?? []).join('\r\n'))).toBe(true)
  })
  test('writing is taken, in any script and with faces in it', () => {
    expect(looksBinary('Меня зовут никак.\n\tПомогите 😔 пожалуйста')).toBe(false)
    expect(looksBinary(base64(1000))).toBe(false)
    expect(looksBinary('слово '.repeat(660))).toBe(false)
    expect(looksBinary('short words only '.repeat(230))).toBe(false)
    expect(looksBinary(`https://example.org/${'a'.repeat(300)}`)).toBe(false)
    fc.assert(fc.property(fc.lorem({ maxCount: 300 }), text => !looksBinary(text)))
  })
})

describe('the report', () => {
  test('needs only the text', () => {
    const got = parseForm(reportForm, { ...hidden, text: ' Мальчик спит в подвале ' })
    expect(got.ok && reportOf(got.value)).toEqual({
      ...hidden,
      text: 'Мальчик спит в подвале',
      safeNow: 'not_asked',
      who: 'skip',
      where: '',
    })
  })
  test('keeps what was typed and says what is missing', () => {
    const got = parseForm(reportForm, { ...hidden, text: '  ', where: 'рынок', safeNow: 'no' })
    expect(got).toMatchObject({
      ok: false,
      errors: { text: { key: 'contact-public.error.textMissing' } },
      values: { where: 'рынок', safeNow: 'no' },
    })
  })
  test('counts a line break once and stops at the limit', () => {
    expect(parseForm(reportForm, { ...hidden, text: `${'а\r\n'.repeat(textLimit / 2 - 1)}аа` }).ok).toBe(true)
    expect(parseForm(reportForm, { ...hidden, text: 'а'.repeat(textLimit + 1) })).toMatchObject({
      errors: { text: { key: 'contact-public.error.textLong' } },
    })
    expect(parseForm(reportForm, { ...hidden, text: base64(3000) })).toMatchObject({
      errors: { text: { key: 'contact-public.error.textBinary' } },
    })
  })
  test('refuses fields that nobody asked for: no name, no telephone, no papers', () => {
    for (const field of ['name', 'phone', 'nationality', 'religion', 'documents', 'email', 'photo']) {
      expect(parseForm(reportForm, { ...hidden, text: 'x', [field]: 'x' }).ok).toBe(false)
      expect(Report.safeParse({ ...hidden, text: 'x', [field]: 'x' }).success).toBe(false)
    }
  })
  test('refuses a seed or an id that is not one, and a choice that was not offered', () => {
    for (const wrong of [
      { seed: 'ab' },
      { seed: 'AB'.repeat(32) },
      { submission: 'x' },
      { language: 'xx' },
      { safeNow: 'maybe' },
      { who: 'her' },
    ]) {
      expect(parseForm(reportForm, { ...hidden, text: 'x', ...wrong }).ok).toBe(false)
    }
  })
  test('nothing that is sent makes it fail', () => {
    const body = fc.dictionary(
      fc.constantFrom('text', 'where', 'safeNow', 'who', 'seed', 'submission', 'language', 'command', '__proto__'),
      fc.oneof(fc.string(), fc.array(fc.string())),
    )
    fc.assert(fc.property(body, b => void parseForm(reportForm, b)))
  })
})

describe('coming back', () => {
  test('takes words, and more text', () => {
    expect(parseForm(returnForm, { words: 'кот дом' }).ok).toBe(true)
    expect(parseForm(returnForm, { words: ' ' })).toMatchObject({ errors: { words: { key: 'contact-public.error.wordsMissing' } } })
    expect(parseForm(additionForm, { words: 'кот дом', text: 'ещё', command: id }).ok).toBe(true)
    expect(parseForm(additionForm, { text: 'ещё' }).ok).toBe(false)
  })
  test('marks only messages that can be', () => {
    expect(Acknowledge.safeParse({ command: id, messages: `${id} ${id}` }).success).toBe(true)
    expect(Acknowledge.safeParse({ command: id, messages: `${id} x` }).success).toBe(false)
  })
  test('every problem of a receipt has words', () => {
    expect(receiptErrors({ code: 'wrong_words', words: [{ position: 2, typed: 'рза', candidates: ['роза', 'коза'] }] })).toEqual({
      words: { key: 'contact-public.error.whichWord', args: { position: 2, word: 'рза', choices: 'роза / коза' } },
    })
  })
})
