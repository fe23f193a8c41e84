import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from '../base/time.ts'
import {
  applySafeContact,
  couldNotSend,
  endPlan,
  holdsUntil,
  localTime,
  maySend,
  neverWordIn,
  renewPlan,
  type Sending,
  verifyPlan,
  writePlan,
} from './rules.ts'
import { type Agreed, type Plan, sendWays, weekdays } from './schema.ts'

const people = ['a', 'b', 'c'] as const
const day = fc.integer({ min: 0, max: 200 }).map(n => addDays('2026-11-01', n))
const word = fc.constantFrom('полиция', 'суд', 'police', 'Приют', 'мама Лёлы', 'доверие')
const agreed: fc.Arbitrary<Agreed> = fc.record({
  ways: fc.subarray([...sendWays], { minLength: 1 }),
  days: fc.subarray([...weekdays]),
  from: fc.integer({ min: 0, max: 1000 }),
  until: fc.integer({ min: 1001, max: 1440 }),
  answerers: fc.subarray([...people]),
  never: fc.subarray(['полиция', 'суд', 'police', 'Приют', 'мама Лёлы', 'доверие']),
  coverName: fc.constant(''),
  language: fc.constant('ru' as const),
  how: fc.constant(''),
  note: fc.constant(''),
})
const sending: fc.Arbitrary<Sending> = fc.record({
  way: fc.constantFrom(...sendWays),
  now: fc.record({ day, weekday: fc.constantFrom(...weekdays), minute: fc.integer({ min: 0, max: 1439 }) }),
  by: fc.constantFrom(...people),
  text: fc.oneof(
    fc.constant('здравствуйте, как вы'),
    word.map(w => `скоро ${w.toUpperCase()}, подождите`),
    fc.string({ maxLength: 30 }),
  ),
  danger: fc.boolean(),
})
const plan = fc.record({
  state: fc.constantFrom('live' as const, 'ended' as const),
  until: day,
  agreed: fc.option(agreed, { nil: undefined }),
})

describe('what is never sent', () => {
  test('nothing outside days and hours, by another way, by somebody else, or after the plan has run out; except for danger to life', () => {
    let sent = 0
    fc.assert(
      fc.property(plan, sending, (p, s) => {
        const r = maySend(p, s)
        if (!r.ok || p.state === 'ended') return
        sent += 1
        if (s.danger) return
        const g = p.agreed!
        expect(s.now.minute >= g.from && s.now.minute < g.until).toBe(true)
        expect(g.days.length === 0 || g.days.includes(s.now.weekday)).toBe(true)
        expect(g.ways).toContain(s.way)
        expect(g.answerers.length === 0 || g.answerers.includes(s.by)).toBe(true)
        expect(s.now.day <= p.until).toBe(true)
      }),
      { numRuns: 5000 },
    )
    expect(sent).toBeGreaterThan(200)
  })
  test('words that must not appear never go, not even for danger, in whatever case, ending or disguise', () => {
    const disguise = fc.constantFrom<(w: string) => string>(
      w => w,
      w => w.toUpperCase(),
      w => `${w}ю`,
      w => w.split('').join('\u200b'),
      w => w.replaceAll('ё', 'е').replaceAll(' ', ' — '),
      w => `не${w}`,
    )
    fc.assert(
      fc.property(plan, sending, word, disguise, fc.string({ maxLength: 20 }), (p, s, w, f, tail) => {
        if (p.state !== 'live' || !p.agreed) return
        const text = `здесь ${f(w)} ${tail}`
        expect(maySend({ ...p, agreed: { ...p.agreed, never: [w] } }, { ...s, text })).toEqual({ ok: false, error: 'never_word' })
      }),
      { numRuns: 2000 },
    )
    expect(neverWordIn('рассказ о школе', ['суд', ''])).toBeUndefined()
  })
  test('what cannot be opened is not sent; run out waits; without a plan, or with one that ended, nothing was agreed', () => {
    fc.assert(
      fc.property(plan, sending, (p, s) => {
        const calm = { ...s, danger: false }
        if (p.state === 'live' && !p.agreed) expect(maySend(p, calm)).toEqual({ ok: false, error: 'sealed' })
        if (p.state === 'live' && p.agreed && p.until < s.now.day && !neverWordIn(s.text, p.agreed.never))
          expect(maySend(p, calm)).toEqual({ ok: false, error: 'run_out' })
        if (p.state === 'ended') expect(maySend(p, calm).ok).toBe(true)
        expect(maySend(undefined, s)).toEqual({ ok: true, value: 'no_plan' })
      }),
    )
  })
})

test('the minute is the one on the wall where the agency is', () => {
  expect(localTime('2026-11-24T21:30:00.000Z', 'Europe/Moscow')).toEqual({ day: '2026-11-25', weekday: '3', minute: 30 })
  expect(localTime('2026-11-29T10:05:00.000Z', 'Asia/Dushanbe')).toEqual({ day: '2026-11-29', weekday: '7', minute: 905 })
})

describe('the plan', () => {
  const g = fc.sample(agreed, 1)[0]!
  const of = { personId: 'p', homeGroup: 'h' }
  test('holds until the next planned contact and thirty days more, or until what was agreed', () => {
    expect(holdsUntil('2026-11-24', undefined, undefined)).toBe('2026-12-24')
    expect(holdsUntil('2026-11-24', '2026-12-08', undefined)).toBe('2027-01-07')
    expect(holdsUntil('2026-11-24', '2026-11-01', undefined)).toBe('2026-12-24')
    expect(holdsUntil('2026-11-24', '2026-12-08', '2026-12-10')).toBe('2026-12-10')
  })
  test('without a way, with turned hours or with a day that has passed is none', () => {
    const write = (agreed: Agreed, until = '2026-12-24') => writePlan(undefined, { planId: 'x', agreed, until }, '2026-11-24')
    expect(write({ ...g, ways: [] })).toEqual({ ok: false, error: 'no_way' })
    expect(write({ ...g, from: 900, until: 900 })).toEqual({ ok: false, error: 'hours_turned' })
    expect(write(g, '2026-11-23')).toEqual({ ok: false, error: 'until_past' })
  })
  test('any commands: one plan, its version rises with every event, and an answer never shortens it', () => {
    const command = fc.constantFrom('write', 'verify', 'renew', 'end')
    fc.assert(
      fc.property(fc.array(fc.tuple(command, fc.integer({ min: 0, max: 60 })), { maxLength: 20 }), list => {
        let p: Plan | undefined
        let today = '2026-11-24'
        list.forEach(([what, days], n) => {
          today = addDays(today, days)
          const live = p?.state === 'live' ? p : undefined
          const r =
            what === 'write'
              ? writePlan(live, { planId: `n${n}`, agreed: g, until: addDays(today, 30) }, today)
              : what === 'verify'
                ? verifyPlan(p, 'спросили', addDays(today, 10), today)
                : what === 'end'
                  ? endPlan(p, 'телефон забрали')
                  : { ok: renewPlan(p, undefined, today) !== undefined, value: renewPlan(p, undefined, today)! }
          if (!r.ok) {
            expect(live).toBeUndefined()
            return
          }
          const before = p
          p = applySafeContact(p, of, r.value!)
          if (before && before.id === p!.id) expect(p!.version).toBe(before.version + 1)
          if (what === 'renew') expect(p!.until >= before!.until).toBe(true)
          if (p!.state === 'live' && what !== 'end') expect(p!.until >= today).toBe(true)
          if (before?.state === 'live' && before.until < today && what !== 'end') expect(p!.gapFrom).toBe(addDays(before.until, 1))
        })
      }),
    )
  })
})

test('a day on which nobody could ask is nobody’s silence; one on which somebody could is', () => {
  const p = { state: 'live' as const, until: '2026-12-01', verified: '2026-11-01', gapFrom: null }
  expect(couldNotSend(undefined, '2026-12-05', 7, '2026-12-20')).toBe(false)
  expect(couldNotSend(p, '2026-12-05', 7, '2026-12-20')).toBe(true)
  expect(couldNotSend(p, '2026-11-10', 7, '2026-12-20')).toBe(false)
  expect(couldNotSend({ ...p, until: '2027-01-30' }, '2026-12-05', 7, '2026-12-20')).toBe(false)
  // Verified again on the 20th: the week begins anew, and then it is an unanswered day like any other.
  const again = { state: 'live' as const, until: '2027-01-30', verified: '2026-12-20', gapFrom: '2026-12-02' }
  expect(couldNotSend(again, '2026-12-05', 7, '2026-12-20')).toBe(true)
  expect(couldNotSend(again, '2026-12-05', 7, '2026-12-28')).toBe(false)
  expect(couldNotSend({ ...again, state: 'ended' }, '2026-12-05', 7, '2026-12-20')).toBe(false)
})
