import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { entryOf, originOf, sexOf } from './rules.match.facts.ts'
import { askedOf, nameScore, type Question, searchMatches } from './rules.match.search.ts'
import { buildMatchIndex, compact, type Entry, newMatchIndex, putPerson, removePerson, wipe } from './rules.match.ts'
import { findWord, intern, newVocabulary, textOf } from './rules.match.vocabulary.ts'
import { newMeant, wordsMeant } from './rules.match.words.ts'
import { alike, floor, toParts } from './rules.names.alike.ts'
import { romanisations } from './rules.names.romanise.ts'

const given = [
  'Мухаммад',
  'Мухаммаджон',
  'Ҷамшед',
  'Jamshed',
  'Саша',
  'Александр',
  'Фатима',
  'Али',
  'Вали',
  'Жан-Пьер',
  'Grace',
  'Өмүрбек',
  'Ўктам',
  'Olúwaṣeun',
  'محمد',
]
const family = ['Иванов', 'Иванова', 'Каримов', 'Karimova', 'Раҳмонов', 'Раҳмонзода', 'Okafor', 'Окафор', 'Токтогулов', 'Mbuyi', 'Исмоилов', 'Ким', 'Юсупов'] // biome-ignore format: lists of names
const name = fc
  .tuple(fc.constantFrom(...given), fc.constantFrom(...family), fc.boolean())
  .map(([g, f, turn]) => (turn ? `${f} ${g}` : `${g} ${f}`))
const entry = fc.record({
  id: fc.nat(30).map(n => `p${n}`),
  names: fc.array(name, { minLength: 1, maxLength: 2 }),
  minYear: fc.constantFrom(null, 2005, 2010),
  maxYear: fc.constantFrom(null, 2011, 2014),
  sex: fc.constantFrom('female' as const, 'male' as const, null),
  origin: fc.constantFrom('UZ', 'TJ', null),
  phones: fc.subarray(['+7 921 123-45-67', '8(999)7654321']),
})
const question: fc.Arbitrary<Question> = fc.record(
  {
    name: fc.oneof(name, fc.constantFrom(...given, ...family, 'Жамшед', 'Rahmonov', 'Каримва', 'Muhamad Ivanoff')),
    minYear: fc.constantFrom(null, 2012),
    sex: fc.constantFrom('female' as const, null),
    origin: fc.constantFrom('UZ', null),
    unknown: fc.constantFrom('yes' as const, 'no' as const),
  },
  { requiredKeys: ['name'] },
)
/** Everybody, one by one: what the index must not be worse than. */
const bruteForce = (index: ReturnType<typeof newMatchIndex>, q: Question, limit: number) => {
  const asked = askedOf(index, q.name ?? '')
  const all: { id: string; score: number; slot: number }[] = []
  for (let slot = 0; slot < index.slots; slot += 1) {
    const id = index.ids[slot]!
    if (index.alive[slot] === 0) continue
    const fits = searchMatches(index, { ...q, name: undefined }, 10_000).some(m => m.id === id)
    if (fits) all.push({ id, score: nameScore(index, asked, slot), slot })
  }
  all.sort((a, b) => b.score - a.score || a.slot - b.slot)
  return all.filter(a => a.score >= Math.max(0.5, all[0]!.score - 0.3)).slice(0, limit)
}

test('the index answers as somebody would who compared everybody, however it came to be', () =>
  fc.assert(
    fc.property(
      fc.array(entry, { maxLength: 25 }),
      fc.array(fc.nat(30), { maxLength: 6 }),
      fc.boolean(),
      question,
      (entries, gone, tidy, q) => {
        const index = newMatchIndex()
        for (const e of entries) putPerson(index, e)
        for (const n of gone) removePerson(index, `p${n}`)
        if (tidy) compact(index)
        const expected = bruteForce(index, q, 10)
        const found = searchMatches(index, q, 10)
        if ((expected[0]?.score ?? 0) < 0.85) {
          // A name may also have been cut differently; then the answer can only be better.
          if (expected.length > 0) expect(found[0]!.score).toBeGreaterThanOrEqual(expected[0]!.score - 1e-6)
          return
        }
        expect(found.map(m => m.id)).toEqual(expected.map(m => m.id))
        found.forEach((m, i) => {
          expect(m.score).toBeCloseTo(expected[i]!.score, 5)
        })
      },
    ),
    { numRuns: 300 },
  ))
test('what was added, changed, removed and compacted is the same as built at once', () =>
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 20 }), question, (entries, q) => {
      const step = newMatchIndex()
      for (const e of entries) putPerson(step, e)
      const last = new Map<string, Entry>()
      for (const e of entries) {
        last.delete(e.id)
        last.set(e.id, e)
      }
      const once = buildMatchIndex(last.values())
      expect(step.live).toBe(last.size)
      expect(searchMatches(step, q).map(m => [m.id, m.score.toFixed(4)])).toEqual(
        searchMatches(once, q).map(m => [m.id, m.score.toFixed(4)]),
      )
    }),
    { numRuns: 200 },
  ))
test('words are found as comparing them one by one would find them', () => {
  const words = [...given, ...family].flatMap(n => toParts(n))
  const v = newVocabulary()
  for (const p of words) intern(v, p.text, false)
  for (const q of words) {
    const m = newMeant()
    wordsMeant(v, q, findWord(v, q.text), m)
    for (const p of words) {
      const expected = alike(q, p)?.score ?? 0
      // What is much worse than the best is not looked at.
      if (expected >= Math.max(floor, 0.85)) expect.soft(m.score[findWord(v, p.text)], `${q.text} ${p.text}`).toBeCloseTo(expected, 5)
    }
  }
  expect(textOf(v, findWord(v, 'ҷамшед'))).toBe('ҷамшед')
})

describe('finding', () => {
  const people: Entry[] = [
    {
      id: 'jam',
      names: ['Ҷамшед Раҳмонов'],
      minYear: 2010,
      maxYear: 2012,
      sex: 'male',
      origin: 'TJ',
      phones: ['+992 90 123-45-67'],
      handles: ['@jam_tj'],
    },
    { id: 'mu', names: ['Каримов Мухаммад-Али Умарович'], documents: ['АВ 1234567'] },
    { id: 'sa', names: ['Александра Иванова'], sex: 'female' },
    { id: 'ok', names: ['Chukwuemeka Okafor', 'Эмека'] },
    ...Array.from({ length: 500 }, (_, i) => ({
      id: `n${i}`,
      names: [`${family[i % family.length]} ${given[(i * 7) % given.length]}ой${i}`],
    })),
  ]
  const index = buildMatchIndex(people)
  const first = (q: Question) => searchMatches(index, q)[0]?.id
  test('a boy by every spelling of his name', () => {
    for (const q of ['Jamshed', 'Джамшед', 'Dzhamshed', 'Ҷамшед', 'Djamched Rahmonov', 'Раҳмонзода Ҷамшед', 'рахмонов джамшет'])
      expect.soft(first({ name: `${q}`, origin: 'TJ' }), q).toBe('jam')
    for (const r of romanisations('Ҷамшед Раҳмонов')) expect.soft(first({ name: r.text }), r.text).toBe('jam')
  })
  test('joined and split, short and long, by another name', () => {
    expect(first({ name: 'Muhammadali Karimov' })).toBe('mu')
    expect(first({ name: 'Карим Мухаммад Али' })).toBe('mu')
    expect(first({ name: 'Саша Иванова' })).toBe('sa')
    expect(first({ name: 'Окафор Чуквуэмека' })).toBe('ok')
  })
  test('by telephone, handle and document, with or without a name', () => {
    expect(searchMatches(index, { phone: '8 (905) 123 45 67' })).toEqual([])
    expect(searchMatches(index, { phone: '00992901234567' })).toEqual([{ id: 'jam', score: 1, by: ['phone'] }])
    expect(searchMatches(index, { handle: 'https://t.me/jam_tj', name: 'Кто-то' })[0]).toMatchObject({ id: 'jam', by: ['handle'] })
    expect(first({ document: 'AB1234567' })).toBe('mu')
  })
  test('years, sex and origin leave out who contradicts them; who is not known stays unless told', () => {
    expect(searchMatches(index, { name: 'Джамшед', minYear: 2013 }).map(m => m.id)).not.toContain('jam')
    expect(first({ name: 'Джамшед', minYear: 2011, maxYear: 2015 })).toBe('jam')
    expect(first({ name: 'Каримов Мухаммад', sex: 'male' })).toBe('mu')
    expect(searchMatches(index, { name: 'Каримов Мухаммад', sex: 'male', unknown: 'no' })).toEqual([])
    expect(searchMatches(index, { sex: 'male', unknown: 'no' }).map(m => m.id)).toEqual(['jam'])
  })
  test('an empty question finds nobody by name, and a wiped index nothing at all', () => {
    expect(searchMatches(index, { name: ' -- ' })).toEqual([])
    const gone = buildMatchIndex(people)
    wipe(gone)
    expect(gone.vocabulary.chars.some(c => c !== 0)).toBe(false)
  })
})
test('sex and origin as they are said', () => {
  expect(['девочка', 'Male', 'қиз бола', 'неизвестно', 'ж'].map(sexOf)).toEqual(['female', 'male', 'female', null, 'female'])
  expect(['Узбекистан', 'Oʻzbekiston', 'TJ', 'Таджикистан, Худжанд', 'Congo', 'луна'].map(originOf)).toEqual([
    'UZ',
    'UZ',
    'TJ',
    'TJ',
    'CD',
    null,
  ])
  expect(entryOf('x', { relation: 'child', names: [], ages: [], facts: [], assessments: [] })).toEqual({
    id: 'x',
    names: [],
    minYear: null,
    maxYear: null,
    sex: null,
    origin: null,
  })
  // A country chosen from the list, whatever the words beside it say.
  const said = { source: 'child', confidence: 'low', whose: '', method: 'not_said', language: '', saidOn: '' } as const
  const common = { ...said, id: 'c', recordedAt: '', by: 'b', standing: 'stands', reason: '' } as const
  const origin = (country: string, text: string) =>
    entryOf('x', {
      relation: 'child',
      names: [],
      ages: [],
      facts: [{ ...common, what: 'origin', text, country, region: '', district: '', village: '' }],
      assessments: [],
    }).origin
  expect([origin('TJ', 'из Гиссара'), origin('', 'из Гиссара'), origin('', 'Таджикистан')]).toEqual(['TJ', null, 'TJ'])
})
