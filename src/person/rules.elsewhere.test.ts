import fc from 'fast-check'
import { expect, test } from 'vitest'
import { askedOfNew, comparedOfAsked, newTalk, questionOf, revealed, type Talk, type TalkAct, talk } from './rules.elsewhere.ts'

const act: fc.Arbitrary<TalkAct> = fc.oneof(
  fc.record({
    side: fc.constant('holder' as const),
    to: fc.constantFrom('new' as const, 'talk' as const, 'later' as const, 'different' as const),
  }),
  fc.constant({ side: 'asker' as const }),
)
const run = (acts: readonly TalkAct[], from: Talk = newTalk) =>
  acts.reduce((t, a) => {
    const r = talk(t, a)
    return r.ok ? r.value : t
  }, from)

test('words are shown only where both sides said yes, the holder first and without taking it back', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 12 }), acts => {
      // Said once more in words: the last thing the holder did before the asker first agreed while invited.
      let offered = false
      let both = false
      for (const a of acts) {
        if (both) break
        if (a.side === 'holder') offered = a.to === 'talk'
        else if (offered) both = true
      }
      expect(revealed(run(acts))).toBe(both)
    }),
  )
})
test('the side that asked sees nothing of any decision but an offer to talk: every other is the same to it', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 12 }), acts => {
      const blind = acts.map((a): TalkAct => (a.side === 'holder' && a.to !== 'talk' ? { side: 'holder', to: 'later' } : a))
      expect(run(acts).asker).toBe(run(blind).asker)
      const t = run(acts)
      expect(t.asker).toBe(t.holder === 'both' ? 'both' : t.holder === 'talk' ? 'invited' : 'open')
    }),
  )
})
test('what both agreed to stays, whatever is tried afterwards; and acts on two talks do not touch each other', () => {
  fc.assert(
    fc.property(
      fc.array(act, { maxLength: 8 }),
      fc.array(act, { maxLength: 8 }),
      fc.array(fc.boolean(), { maxLength: 16 }),
      (first, then, order) => {
        const t = run(first)
        if (revealed(t)) expect(run(then, t)).toEqual(t)
        // Two talks, acts of both mixed in any order, end as each would alone.
        const [a, b] = [[...first], [...then]]
        const mixed: (readonly [0 | 1, TalkAct])[] = []
        for (let k = 0; a.length + b.length > 0; k += 1) {
          const fromFirst = b.length === 0 || (a.length > 0 && order[k] === true)
          mixed.push(fromFirst ? [0, a.shift()!] : [1, b.shift()!])
        }
        const two = mixed.reduce<[Talk, Talk]>(
          (ts, [k, one]) => (k === 0 ? [run([one], ts[0]), ts[1]] : [ts[0], run([one], ts[1])]),
          [newTalk, newTalk],
        )
        expect(two).toEqual([run(first), run(then)])
      },
    ),
  )
})

const on = '2026-11-24'
const asked = (name: string, age = '', sex: 'not_asked' | 'female' | 'male' = 'not_asked', origin = '') => ({ name, age, sex, origin })
test('a single word without years asks nobody; with years it asks only those whose years are known', () => {
  for (const name of ['', '  ', 'Анна', '???']) expect(questionOf(asked(name), on)).toBeUndefined()
  expect(questionOf(asked('Анна', '12'), on)).toMatchObject({ unknown: 'no', minYear: 2013 })
  expect(questionOf(asked('Анна Анна'), on)).toBeUndefined()
  expect(questionOf(asked('Анна Каримова'), on)).toMatchObject({ unknown: 'yes', minYear: null })
  expect(questionOf(askedOfNew({ name: 'Анна Каримова', age: 'не знает' }), on)).toMatchObject({ minYear: null, sex: null })
})
test('what was said is compared as a record would be', () => {
  const c = comparedOfAsked(asked('Анна Каримова', '12', 'female', 'Узбекистан'), on)
  expect([c.names, c.sex, c.origin, c.minYear, c.maxYear]).toEqual([['Анна Каримова'], 'female', 'UZ', 2013, 2014])
})
