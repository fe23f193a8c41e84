import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from '../base/time.ts'
import { closeReasons } from '../case/schema.ts'
import { addMonths, answeredBy, apply, emptyFollowUp, type Heard, isMissed, scheduleAfter, standing, warnings } from './rules.ts'
import { checkInStates, noAnswers, questions } from './schema.ts'

const day = fc.integer({ min: 0, max: 20_000 }).map(n => addDays('2000-01-01', n))
const level = fc.constantFrom(null, 1, 2, 3, 4, 5)
const answers = fc.record({ safe: level, slept: level, food: level, school: level, talk: level })

describe('the schedule', () => {
  test('days rise, all lie after the closing and within a year', () => {
    fc.assert(
      fc.property(day, fc.constantFrom(...closeReasons), (closed, reason) => {
        const days = scheduleAfter(closed, reason)
        expect(days).toEqual([...new Set(days)].sort())
        expect(days.every(d => d > closed && d <= addMonths(closed, 12))).toBe(true)
        expect(days.length).toBe(reason === 'opened_in_error' ? 0 : reason === 'transferred' ? 2 : 6)
      }),
    )
  })
  test('a month on is the same day, or the last of a shorter month', () => {
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28')
    expect(addMonths('2027-08-31', 6)).toBe('2028-02-29')
    expect(scheduleAfter('2026-11-24', 'goals_met')).toEqual([
      '2026-12-08',
      '2026-12-24',
      '2027-01-24',
      '2027-02-24',
      '2027-05-24',
      '2027-11-24',
    ])
  })
})

describe('missed', () => {
  test('never hides one that was answered, recorded or ended, on any day', () => {
    fc.assert(
      fc.property(day, day, fc.constantFrom(...checkInStates), (due, today, state) => {
        const k = { due, state }
        expect(isMissed(k, today)).toBe(state === 'planned' && today > addDays(due, 7))
        if (state !== 'planned') expect(standing(k, today)).toBe(state)
      }),
    )
  })
  test('an answer belongs to one planned check-in at most, never to one more than a week ahead', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ due: day, state: fc.constantFrom(...checkInStates) }), { maxLength: 8 }), day, (list, today) => {
        const hit = answeredBy(list, today)
        const open = list.filter(k => k.state === 'planned' && k.due <= addDays(today, 7)).map(k => k.due)
        expect(hit?.due).toBe(open.sort().at(-1))
      }),
    )
  })
})

describe('warnings', () => {
  test('a question that was not asked warns of nothing, and a fall is counted from when it was last answered', () => {
    fc.assert(
      fc.property(answers, fc.array(answers, { maxLength: 4 }), (now, before) => {
        for (const w of warnings(now, before)) {
          if (w.kind === 'unsafe') expect(now.safe).toBeLessThanOrEqual(2)
          else {
            expect(w.from - w.to).toBeGreaterThanOrEqual(2)
            expect(before.find(b => b[w.question] !== null)?.[w.question]).toBe(w.from)
          }
        }
        expect(warnings(noAnswers, before)).toEqual([])
      }),
    )
  })
  test('two steps down on any question, or not safe', () => {
    for (const q of questions) {
      expect(warnings({ ...noAnswers, [q]: 3 }, [noAnswers, { ...noAnswers, [q]: 5 }])).toEqual([
        { kind: 'worse', question: q, from: 5, to: 3 },
      ])
      expect(warnings({ ...noAnswers, [q]: 4 }, [{ ...noAnswers, [q]: 5 }])).toEqual([])
    }
    expect(warnings({ ...noAnswers, safe: 1 }, [])).toEqual([{ kind: 'unsafe', level: 1 }])
  })
})

test('a case that closes, opens and closes again has one schedule at a time', () => {
  const heard: Heard[] = [
    { type: 'case_closed', closed: '2026-01-10', reason: 'goals_met' },
    { type: 'check_in_answered', command: 'a', day: '2026-01-24' },
    { type: 'check_in_read', answer: 'a' },
    { type: 'case_reopened' },
    { type: 'case_closed', closed: '2026-03-01', reason: 'moved' },
  ]
  const s = heard.reduce(apply, emptyFollowUp)
  expect(s.unread).toEqual([])
  expect(s.checkIns.map(k => k.state)).toEqual(['answered', ...Array(5).fill('ended'), ...Array(6).fill('planned')])
})
