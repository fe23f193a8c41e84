import { expect, test } from 'vitest'
import { idSpan, parseCode, shortOf } from './codes.ts'

test('a code is read as people type it: small letters, Russian look-alikes, O for 0, I and L for 1, spaces', () => {
  const same = { kind: 'D', body: 'A4EERB0', form: null, part: null }
  for (const typed of ['D-A4EERB0', 'd a4eerbo', 'Д-А4ЕЕRВО', ' D–A4EERB0 ', 'da4eerb0'])
    expect([typed, parseCode(typed)]).toEqual([typed, same])
  expect(parseCode('D-IL00000')).toEqual({ ...same, body: '1100000' })
  expect(parseCode('D-A4EERB0/3')).toEqual({ ...same, form: 3 })
  expect(parseCode('d-a4eerb0 / 12-o1234567')).toEqual({ ...same, form: 12, part: '01234567' })
  expect(parseCode('К-0123АВСЕ')).toEqual({ kind: 'K', body: '0123ABCE', form: null, part: null })
  expect(parseCode('Ф-2')).toEqual({ kind: 'F', body: '2', form: null, part: null })
  expect(parseCode('n-12abо')).toEqual({ kind: 'N', body: '12AB0', form: null, part: null })
  for (const name of ['Дина', 'Петров Пётр', 'D-', 'D-123', 'K-1234567', '', '/cases', 'D-A4EERB0/', 'D-A4EERB0/x'])
    expect([name, parseCode(name)]).toEqual([name, null])
})
test('eight characters of an id find it again', () => {
  const id = '0d4c1e9e-3b0a-4c39-8a56-0b1d5f1f9d12'
  expect(shortOf(id)).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/)
  const [from, to] = idSpan(shortOf(id))
  expect([from, to]).toEqual(['0d4c1e9e-3b00-0000-0000-000000000000', '0d4c1e9e-3bff-ffff-ffff-ffffffffffff'])
})
