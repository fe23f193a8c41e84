import fc from 'fast-check'
import type { Result } from '../base/result.ts'
import { addDays } from '../base/time.ts'
import { confidences, sources } from '../person/schema.ts'
import { addFacts, decideScreening, setApproach, setCircumstances, setRoute, withdrawFact } from './rules.ts'
import {
  acts,
  answers,
  channels,
  circumstances,
  controls,
  onlineTimes,
  outcomes,
  purposes,
  type Recording,
  recruiters,
  type Screening,
  type ScreeningEvent,
  ways,
} from './schema.ts'

/* Random commands over the rules of screening, for tests that replay what came of them. */

export const me = '10000000-0000-4000-8000-000000000001'
export const r: Recording = { by: me, now: '2026-11-24T09:40:00.000Z', today: '2026-11-24', timeZone: 'Europe/Moscow' }
let n = 0
export const fresh = () => `20000000-0000-4000-8000-${String(++n).padStart(12, '0')}`
const words = fc.oneof(fc.constant(''), fc.string({ maxLength: 12 }), fc.string({ unit: 'grapheme', maxLength: 12 }))
const said = fc.record({
  source: fc.option(fc.constantFrom(...sources), { nil: undefined }),
  confidence: fc.option(fc.constantFrom(...confidences), { nil: undefined }),
  happened: words,
  learned: fc.option(
    fc.integer({ min: -40, max: 1 }).map(d => addDays(r.today, d)),
    { nil: undefined },
  ),
  paperBy: words,
})
export type Command = (s: Screening) => Result<ScreeningEvent, string>
/** Random commands; what the rules refuse is part of it. */
export const command: fc.Arbitrary<Command> = fc.oneof(
  fc.tuple(said, fc.record(Object.fromEntries(circumstances.map(c => [c, fc.constantFrom(...answers)]))), words).map(
    ([v, a, about]): Command =>
      s =>
        setCircumstances(s, { ...v, answers: a as Screening['summary']['circumstances'], about }, r),
  ),
  fc.tuple(said, fc.subarray([...acts]), fc.subarray([...purposes]), fc.boolean(), fc.constantFrom(...answers), words).map(
    ([v, a, p, known, life, text]): Command =>
      s =>
        addFacts(s, { ...v, acts: a, purposes: p, known, life, text }, r, fresh),
  ),
  fc.tuple(fc.nat(9), words).map(
    ([i, reason]): Command =>
      s =>
        withdrawFact(s, s.words.facts[i % Math.max(1, s.words.facts.length)]?.id ?? 'none', reason, r),
  ),
  fc
    .tuple(
      said,
      fc.record({
        way: fc.constantFrom(...ways),
        channel: fc.constantFrom(...channels),
        platform: words,
        handle: words,
        recruiter: fc.constantFrom(...recruiters),
        online: fc.constantFrom(...onlineTimes),
        control: fc.constantFrom(...controls),
        text: words,
      }),
    )
    .map(
      ([v, a]): Command =>
        () =>
          setApproach({ ...v, ...a }, r),
    ),
  fc.tuple(said, words, words, words).map(
    ([v, origin, transit, destination]): Command =>
      () =>
        setRoute({ ...v, origin, transit, destination }, r),
  ),
  fc.tuple(fc.constantFrom(...outcomes), words, words, fc.constantFrom(...answers), said).map(
    ([outcome, body, reason, atRisk, v]): Command =>
      () =>
        decideScreening({ outcome, body, reason, atRisk, learned: v.learned }, r),
  ),
)
