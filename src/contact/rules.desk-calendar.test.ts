import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isLate, isWorkingDay, lateFrom, plainCalendar } from './rules.desk-calendar.ts'

const zone = 'Europe/Moscow'
const stamp = fc
  .date({ min: new Date('2026-01-01T00:00:00Z'), max: new Date('2028-01-01T00:00:00Z'), noInvalidDate: true })
  .map(d => d.toISOString())
const days = fc.array(
  fc.integer({ min: 0, max: 700 }).map(n => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10)),
  { maxLength: 30 },
)

test('nothing is late before a day has passed, and nothing waits for ever', () => {
  fc.assert(
    fc.property(stamp, days, days, (at, free, worked) => {
      const hours = (Date.parse(lateFrom(at, zone, { free: new Set(free), worked: new Set(worked) })) - Date.parse(at)) / 3_600_000
      expect(hours).toBeGreaterThanOrEqual(24)
      expect(hours).toBeLessThanOrEqual(63 * 24)
    }),
  )
})
test('a further free day never makes something late earlier', () => {
  fc.assert(
    fc.property(stamp, days, days, (at, free, more) => {
      const with_ = (list: string[]) => lateFrom(at, zone, { free: new Set(list), worked: new Set() })
      expect(with_([...free, ...more]) >= with_(free)).toBe(true)
    }),
  )
})
test('Friday noon is late on Monday noon; Saturday when Monday is over; the New Year is long', () => {
  expect(lateFrom('2026-11-20T09:00:00.000Z', zone, plainCalendar)).toBe('2026-11-23T09:00:00.000Z')
  expect(lateFrom('2026-11-21T09:00:00.000Z', zone, plainCalendar)).toBe('2026-11-23T21:00:00.000Z')
  expect(lateFrom('2026-12-31T09:00:00.000Z', zone, plainCalendar)).toBe('2027-01-11T09:00:00.000Z')
  expect(isWorkingDay('2026-11-28', { free: new Set(), worked: new Set(['2026-11-28']) })).toBe(true)
  expect(isLate(null, '2026-11-23T09:00:00.000Z', zone, plainCalendar)).toBe(false)
})
