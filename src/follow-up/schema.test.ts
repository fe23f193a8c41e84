import { describe, expect, test } from 'vitest'
import { parseForm } from '../base/form.ts'
import { codeForm, recordForm } from './schema.forms.ts'
import { dayForm } from './schema.public-form.ts'

const id = '00000000-0000-4000-8000-000000000001'

describe('forms', () => {
  test('the child may answer nothing at all', () => {
    const parsed = parseForm(dayForm, { words: 'x', word: 'y', id })
    expect(parsed.ok).toBe(true)
  })
  test('what is not a choice, or too long is said in words', () => {
    for (const [field, value] of [
      ['safe', '6'],
      ['talk', '<script>'],
      ['line', 'a'.repeat(1001)],
    ] as const) {
      const parsed = parseForm(dayForm, { words: 'x', word: 'y', id, [field]: value })
      expect([field, parsed.ok ? '' : Object.keys(parsed.errors)]).toEqual([field, [field]])
      if (!parsed.ok) expect(parsed.errors[field]?.key).toMatch(/^follow-up-public\.error\./)
    }
  })
  test('two words of one code differ, however they are written', () => {
    const v = { language: 'ru', word: 'Зонтик', seed: 'ab'.repeat(32) }
    expect(parseForm(codeForm, v).ok).toBe(true)
    expect(parseForm(codeForm, { ...v, danger: 'зонтик' }).ok).toBe(false)
    expect(parseForm(codeForm, { ...v, word: 'ab' }).ok).toBe(false)
  })
  test('staff need a day and a way only; whether something was said is judged by the rules', () => {
    expect(parseForm(recordForm, { checkIn: 'between', way: 'call' }).ok).toBe(true)
    expect(parseForm(recordForm, { checkIn: 'x', way: 'call' }).ok).toBe(false)
  })
})
