import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { newId } from '../platform/records.ts'
import { clockText, minuteOf, onCallNow, recipients, waitAfter } from './rules.paging.ts'
import { applyCard, called, endCard, openingOf, take, tell } from './rules.ts'
import { sayLanguages } from './schema.content.ts'
import { callees, callOutcomes, dangers, type EmergencyEvent } from './schema.ts'
import { emergencyContent, saidIn } from './store.content.ts'

const at = '2026-11-24T12:00:00.000Z'
const card = openingOf({ record: newId(), kind: 'contact', homeGroup: newId() }, newId(), newId(), at)
const event = fc.oneof(
  fc.record({
    type: fc.constant('emergency_told' as const),
    cardId: fc.constant(card.id),
    danger: fc.option(fc.constantFrom(...dangers)),
    what: fc.string(),
    where: fc.string(),
    since: fc.string(),
  }),
  fc.record({
    type: fc.constant('emergency_called' as const),
    cardId: fc.constant(card.id),
    line: fc.record({
      at: fc.constant(at),
      by: fc.uuid(),
      whom: fc.constantFrom(...callees),
      outcome: fc.constantFrom(...callOutcomes),
      words: fc.string(),
    }),
  }),
  fc.constant({ type: 'emergency_taken' as const, cardId: card.id }),
)

describe('the card', () => {
  test('what is closed takes nothing more', () => {
    const ended = applyCard(card, { type: 'emergency_ended', cardId: card.id, words: 'у врачей' })
    const line = { at, by: card.openedBy, whom: 'rescue', outcome: 'coming', words: '' } as const
    for (const r of [tell(ended, card.card), called(ended, line), take(ended, true), endCard(ended, 'x')])
      expect(r).toEqual({ ok: false, error: 'card_ended' })
    expect(tell(card, card.card)).toEqual({ ok: false, error: 'nothing_said' })
    expect(take(card, false)).toEqual({ ok: false, error: 'nobody_waits' })
  })
  test('no call that was written down is ever lost, whatever else is written', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 20 }), events => {
        const after = events.reduce((c, e) => applyCard(c, e as EmergencyEvent), card)
        const lines = events.flatMap(e => (e.type === 'emergency_called' ? [e.line] : []))
        expect(after.card.calls).toEqual(lines)
        expect(after.version).toBe(1 + events.filter(e => e.type !== 'emergency_taken').length)
      }),
      { numRuns: 200 },
    )
  })
})

describe('who is called', () => {
  const person = fc.record({ userId: fc.constantFrom('a', 'b', 'c', 'd'), onCall: fc.boolean() })
  test('never the person at the screen; never nobody where somebody else is there; everybody after two rounds without an answer', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(person, { selector: p => p.userId }),
        fc.nat(9),
        fc.option(fc.constantFrom('a', 'b')),
        (people, round, by) => {
          const whom = recipients(people, round, by)
          const others = people.filter(p => p.userId !== by)
          expect(whom.some(p => p.userId === by)).toBe(false)
          expect(whom.length > 0).toBe(others.length > 0)
          if (round >= 2) expect(whom).toEqual(others)
          if (round < 2 && others.some(p => p.onCall)) expect(whom.every(p => p.onCall)).toBe(true)
        },
      ),
      { numRuns: 300 },
    )
  })
  test('the waits grow and never end', () => {
    fc.assert(fc.property(fc.nat(500), n => waitAfter(n) <= waitAfter(n + 1) && waitAfter(n) > 0 && waitAfter(n) <= 1_800_000))
  })
  test('a night runs into the morning of the next day, in the time of the agency', () => {
    const night = [{ weekday: 7, from: minuteOf('22:00'), until: minuteOf('06:00') }]
    const moscow = (utc: string) => onCallNow(night, utc, 'Europe/Moscow')
    expect(['2026-11-22T19:00:00.000Z', '2026-11-23T02:59:00.000Z'].map(moscow)).toEqual([true, true])
    expect(['2026-11-22T18:59:00.000Z', '2026-11-23T03:00:00.000Z', '2026-11-22T02:00:00.000Z'].map(moscow)).toEqual([false, false, false])
    expect(onCallNow([{ weekday: null, from: 0, until: 1440 }], at, 'UTC')).toBe(true)
    expect(onCallNow([], at, 'UTC')).toBe(false)
    fc.assert(fc.property(fc.integer({ min: 0, max: 1439 }), m => minuteOf(clockText(m)) === m))
  })
})

test('every kind has its steps, sentences in every language, and a source; nothing blames and nothing treats', () => {
  const content = emergencyContent()
  for (const d of dangers) {
    const k = content.kinds[d]
    for (const l of ['ru', 'en'] as const) expect(k.source[l].length).toBeGreaterThan(20)
    for (const s of [...k.say, ...content.where])
      for (const l of sayLanguages) {
        expect(saidIn(s, l).length).toBeGreaterThan(5)
        expect(saidIn(s, l).length).toBeLessThan(140)
      }
  }
  const all = JSON.stringify(content)
  expect(all).not.toMatch(/жертв|нелегал|беспризорник|побег|victim|illegal|таблетк|дозу|tablet|dose/i)
  // Only the number that is always right: any other stands where somebody has called it.
  expect(
    [...all.matchAll(/\b\d{3,}\b/g)].map(m => m[0]).filter(n => !['112', '112ге', '488', '2020', '2017', '736', '2014'].includes(n)),
  ).toEqual([])
})
