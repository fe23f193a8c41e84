import { expect, test } from 'vitest'
import { caseNumber, dayBegins, dayEnds, functionsFor, helplineFresh, judgeAbsence, lightOf } from './rules.admin.ts'

test('a day begins at midnight of its zone, summer time included', () => {
  expect(dayBegins('2026-11-24', 'Europe/Moscow')).toBe('2026-11-23T21:00:00.000Z')
  expect(dayEnds('2026-11-24', 'Europe/Moscow')).toBe('2026-11-24T21:00:00.000Z')
  expect(dayBegins('2026-11-24', 'Asia/Tashkent')).toBe('2026-11-23T19:00:00.000Z')
  expect(dayBegins('2026-07-01', 'Europe/Paris')).toBe('2026-06-30T22:00:00.000Z')
})
test('an absence begins today or later, ends after it began, and not in years', () => {
  const now = '2026-11-24T22:30:00.000Z'
  expect(judgeAbsence('2026-11-24', '2026-11-26', now, 'Europe/Moscow')).toBe('from_past')
  expect(judgeAbsence('2026-11-25', '2026-11-25', now, 'Europe/Moscow')).toBeNull()
  expect(judgeAbsence('2026-11-26', '2026-11-25', now, 'Europe/Moscow')).toBe('until_before')
  expect(judgeAbsence('2026-11-25', '2027-12-25', now, 'Europe/Moscow')).toBe('until_far')
})
test('a case number is read as people write it', () => {
  for (const typed of ['D-0A1B2C3', 'd 0a1b2c3', 'Д-Oa1b2c3', '0A1B2C3']) expect(caseNumber(typed)).toBe('D-0A1B2C3')
})
test('functions come from roles, also from those that wait', () => {
  expect(functionsFor(['case_worker'], ['case_worker', 'supervisor', 'analyst'])).toEqual(['casework', 'supervision'])
})
test('green only while good and young', () => {
  const now = '2026-11-24T12:00:00.000Z'
  expect(lightOf(undefined, 'backup', now)).toBe('none')
  expect(lightOf({ at: '2026-11-23T11:00:00.000Z', ok: true }, 'backup', now)).toBe('good')
  expect(lightOf({ at: '2026-11-23T09:00:00.000Z', ok: true }, 'backup', now)).toBe('bad')
  expect(lightOf({ at: now, ok: false }, 'backup', now)).toBe('bad')
  expect([helplineFresh(null, '2026-11-24'), helplineFresh('2025-11-24', '2026-11-24'), helplineFresh('2025-11-23', '2026-11-24')]).toEqual(
    [false, true, false],
  )
})
