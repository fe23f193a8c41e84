import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Result } from '../base/result.ts'
import { type Command, command, fresh, me, r } from './rules.testing.ts'
import { actAndPurpose, addFacts, apply, decideScreening, decisionAsksSecondLook, learnedAt, setCircumstances, takeOver } from './rules.ts'
import { circumstances, emptyScreening, eventTypes, openEvent, outcomes, type Screening, type ScreeningEvent } from './schema.ts'

const run = (list: readonly Command[], from: Screening = emptyScreening) => {
  const events: ScreeningEvent[] = []
  let state = from
  for (const c of list) {
    const decided = c(state)
    if (!decided.ok) continue
    events.push(decided.value)
    state = apply(state, decided.value)
  }
  return { state, events }
}
const through = ({ type, ...value }: ScreeningEvent): ScreeningEvent =>
  openEvent(type, { schema: 1, value: JSON.parse(JSON.stringify(value)) as unknown })
const ok = <V>(x: Result<V, string>): V => {
  if (!x.ok) throw new Error(x.error)
  return x.value
}

describe('properties', () => {
  const seen = new Set<string>()
  test('the events, as they are read back, give the same screening', () => {
    fc.assert(
      fc.property(
        fc.array(command, { maxLength: 25 }),
        fc.array(command, { maxLength: 5 }),
        fc.integer({ min: 1, max: 3 }),
        (list, after, children) => {
          const { state, events } = run(list)
          expect(events.map(through).reduce(apply, emptyScreening)).toEqual(state)
          // And on the case that takes it over.
          const taken = takeOver(state, me, children)
          const onCase = run(after, apply(undefined, taken))
          for (const e of [...events, taken, ...onCase.events]) seen.add(e.type)
          expect([taken, ...onCase.events].map(through).reduce(apply, emptyScreening)).toEqual(onCase.state)
        },
      ),
      { numRuns: 600 },
    )
    expect(seen).toEqual(new Set(eventTypes))
  })
  test('an act with a purpose, or a known fact, starts the clock; it never stops, and never runs later than the moment of recording', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 20 }), list => {
        let s = emptyScreening
        for (const c of list) {
          const decided = c(s)
          if (!decided.ok) continue
          const next = apply(s, decided.value)
          if (s.fact) {
            expect(next.fact).not.toBeNull()
            if (s.fact.life) expect(next.fact).toEqual(s.fact)
          }
          if (actAndPurpose(next.words)) expect(next.fact).not.toBeNull()
          if (next.fact) expect(next.fact.learned <= r.now).toBe(true)
          s = next
        }
        // The codes are what stands, and nothing else.
        expect([...s.summary.acts, ...s.summary.purposes].toSorted()).toEqual(
          [...new Set(s.words.facts.filter(f => !f.withdrawn && f.kind !== 'known').map(f => f.code))].toSorted(),
        )
      }),
      { numRuns: 600 },
    )
  })
  test('circumstances alone start nothing', () => {
    const all = Object.fromEntries(circumstances.map(c => [c, 'yes'])) as Screening['summary']['circumstances']
    const s = apply(undefined, ok(setCircumstances(emptyScreening, { answers: all, about: '' }, r)))
    expect([s.fact, s.summary.decision, s.summary.atRisk]).toEqual([null, null, 'not_asked'])
  })
})

test('several children: what is shared goes along, own words and the decision stay', () => {
  const list: Command[] = [
    s => addFacts(s, { acts: ['recruitment'], purposes: ['forced_begging'], known: false, life: 'no', text: 'её слова' }, r, fresh),
    () => decideScreening({ outcome: 'presumed', body: '', reason: 'да', atRisk: 'yes' }, r),
  ]
  const { state } = run(list)
  const alone = apply(undefined, takeOver(state, me, 1))
  const several = apply(undefined, takeOver(state, me, 2))
  expect([alone.summary.decision?.outcome, alone.words.facts[0]?.text]).toEqual(['presumed', 'её слова'])
  expect([several.summary.decision, several.summary.atRisk, several.words.facts.map(f => f.text)]).toEqual([null, 'not_asked', ['', '']])
  expect([several.summary.acts, several.summary.purposes, several.fact]).toEqual([['recruitment'], ['forced_begging'], state.fact])
})
test('a later answer brings its own source, the others keep theirs', () => {
  const a = { ...emptyScreening.summary.circumstances, left_home: 'yes' as const }
  const one = apply(undefined, ok(setCircumstances(emptyScreening, { answers: a, about: '', source: 'child' }, r)))
  const two = apply(one, ok(setCircumstances(one, { answers: { ...a, undocumented: 'yes' }, about: '', source: 'police' }, r)))
  expect(two.words.circumstances.map(c => [c.code, c.said.source])).toEqual([
    ['left_home', 'child'],
    ['undocumented', 'police'],
  ])
})
test('the clock begins at the moment given, in the time zone of the agency; for an earlier day alone at its beginning', () => {
  expect(learnedAt(undefined, undefined, r)).toBe('2026-11-24T09:30:00.000Z')
  expect(learnedAt('2026-11-24', '11:20', r)).toBe('2026-11-24T08:15:00.000Z')
  expect(learnedAt('2026-11-23', undefined, r)).toBe('2026-11-22T21:00:00.000Z')
  expect(learnedAt('2026-11-23', '18:00', { ...r, timeZone: 'Asia/Yekaterinburg' })).toBe('2026-11-23T13:00:00.000Z')
  expect(learnedAt('2026-11-24', '23:00', r)).toBeNull()
})
test('danger to life learned later starts a shorter clock anew', () => {
  const one = apply(
    undefined,
    ok(addFacts(emptyScreening, { acts: [], purposes: [], known: true, life: 'no', text: 'x', learned: '2026-11-20' }, r, fresh)),
  )
  const two = apply(one, ok(addFacts(one, { acts: [], purposes: [], known: true, life: 'yes', text: 'y' }, r, fresh)))
  expect([one.fact?.life, two.fact]).toEqual([false, { life: true, learned: '2026-11-24T09:30:00.000Z' }])
})
test('nobody here confirms: the body is named, and only then', () => {
  expect(decideScreening({ outcome: 'confirmed', body: ' ', reason: 'x', atRisk: 'yes' }, r)).toEqual({ ok: false, error: 'body_missing' })
  expect(ok(decideScreening({ outcome: 'presumed', body: 'суд', reason: 'x', atRisk: 'yes' }, r))).toMatchObject({ decision: { body: '' } })
})
test('not established, or no risk, of a child in danger asks for a second look', () => {
  expect(outcomes.filter(o => decisionAsksSecondLook(true, o, 'yes'))).toEqual(['not_established'])
  expect(decisionAsksSecondLook(true, 'presumed', 'no')).toBe(true)
  expect(outcomes.filter(o => decisionAsksSecondLook(false, o, 'no'))).toEqual([])
})
