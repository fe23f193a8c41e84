import fc from 'fast-check'
import { expect, test } from 'vitest'
import { learnModel, type MatchModel, startModel } from './rules.match.weigh.model.ts'
import { type Compared, weigh } from './rules.match.weigh.ts'
import { fewestPeople, weighAttributes, weighNames } from './schema.match-model.ts'

const run = (people: readonly Compared[], all = people.length): MatchModel => {
  const g = learnModel(people, all)
  for (;;) {
    const r = g.next()
    if (r.done) return r.value
  }
}
const given = [
  'Алишер',
  'Джамшед',
  'Рустам',
  'Лола',
  'Зухра',
  'Мадина',
  'Фарход',
  'Азиза',
  'Тимур',
  'Шахло',
  'Нигина',
  'Бахром',
  'Малика',
  'Олим',
]
const family = ['Рахимов', 'Каримов', 'Юсупов', 'Назаров', 'Саидов', 'Холматов', 'Турсунов', 'Эргашев', 'Абдуллаев', 'Мирзоев', 'Касымов']
const nobody: Compared = {
  names: [],
  minYear: null,
  maxYear: null,
  sex: null,
  origin: null,
  relatives: [],
  phones: [],
  handles: [],
  documents: [],
}
const made = (n: number, doubles: number): Compared[] => {
  let s = 7
  const die = (k: number) => {
    s = (Math.imul(s, 1103515245) + 12345) >>> 0
    return (s >>> 8) % k
  }
  const out: Compared[] = []
  for (let i = 0; i < n; i += 1) {
    const year = 2006 + die(12)
    const p: Compared = {
      ...nobody,
      names: [`${given[die(given.length)]} ${family[die(family.length)]}`],
      minYear: year,
      maxYear: year + die(2),
      ...(die(2) ? { days: [`${year}-${String(1 + die(12)).padStart(2, '0')}-${String(2 + die(26)).padStart(2, '0')}`] } : {}),
      sex: die(2) ? 'male' : 'female',
      origin: ['TJ', 'UZ', 'KG'][die(3)]!,
      phones: die(3) ? [] : [`+7900${1_000_000 + die(9_000_000)}`],
    }
    out.push(p)
    if (i < doubles) out.push({ ...p, phones: [], maxYear: p.maxYear! + 1 })
  }
  return out
}
const learned = run(made(400, 60))
const models = fc.constantFrom(startModel(5), startModel(5000), run(made(40, 4)), learned, { ...learned, people: 90_000 })
const maybe = <T>(...values: T[]) => fc.option(fc.constantFrom(...values), { nil: null })
const compared: fc.Arbitrary<Compared> = fc
  .record({
    names: fc.array(fc.constantFrom('Джамшед Рахимов', 'Jamshed Rahimov', 'Лола', 'Lola Karimova', 'Rahimov J.', ''), { maxLength: 3 }),
    years: maybe([2008, 2010] as const, [2010, 2014] as const, [2012, 2012] as const),
    days: fc.array(fc.constantFrom('2010-03-04', '2010-04-03', '2010-01-01', '2012-05-20'), { maxLength: 2 }),
    sex: maybe('female' as const, 'male' as const),
    origin: maybe('TJ', 'UZ'),
    relatives: fc.array(fc.constantFrom('Зухра', 'Zuhra', 'Анвар'), { maxLength: 2 }),
    phones: fc.array(fc.constantFrom('+7 900 123-45-67', '89001234567', '12'), { maxLength: 2 }),
    handles: fc.array(fc.constantFrom('@lola', 'lola'), { maxLength: 1 }),
    documents: fc.array(fc.constantFrom('АА 123456', 'AA123456'), { maxLength: 1 }),
  })
  .map(({ years, ...c }) => ({ ...c, minYear: years?.[0] ?? null, maxYear: years?.[1] ?? null }))

test('weighing does not depend on who stands left, its steps add up, and what one side does not say says nothing', () => {
  fc.assert(
    fc.property(compared, compared, models, (a, b, model) => {
      const [x, y] = [weigh(a, b, model), weigh(b, a, model)]
      expect(x.steps.map(s => [s.what, s.level, s.bits])).toEqual(y.steps.map(s => [s.what, s.level, s.bits]))
      expect(x.bits).toBeCloseTo(
        x.steps.reduce((n, s) => n + s.bits, 0),
        5,
      )
      for (const s of x.steps) if (s.level === 'missing') expect(s.bits).toBe(0)
      for (const s of weigh(a, nobody, model).steps) if (s.what !== 'prior') expect(s.bits).toBe(0)
    }),
  )
})
test('one attribute more on which both agree never lowers the weight, and one more name on either side neither', () => {
  fc.assert(
    fc.property(compared, compared, compared, models, fc.constantFrom(...weighNames), (a, b, c, model, what) => {
      const without = (x: Compared): Compared =>
        what === 'name'
          ? { ...x, names: [] }
          : what === 'age'
            ? { ...x, minYear: null, maxYear: null }
            : what === 'birthday'
              ? { ...x, days: [] }
              : what === 'sex' || what === 'origin'
                ? { ...x, [what]: null }
                : { ...x, [what === 'relatives' ? what : `${what}s`]: [] }
      const same = (x: Compared): Compared => ({
        ...without(x),
        ...(what === 'name'
          ? { names: c.names }
          : what === 'age'
            ? { minYear: c.minYear, maxYear: c.maxYear }
            : what === 'birthday'
              ? { days: c.days ?? [] }
              : what === 'sex'
                ? { sex: c.sex }
                : what === 'origin'
                  ? { origin: c.origin }
                  : { [what === 'relatives' ? what : `${what}s`]: what === 'relatives' ? c.relatives : c[`${what}s`] }),
      })
      expect(weigh(same(a), same(b), model).bits).toBeGreaterThanOrEqual(weigh(without(a), without(b), model).bits)
      const more = (x: Compared): Compared => ({ ...x, names: [...x.names, 'Джамшед Рахимов'] })
      if (a.names.some(n => n !== '') && b.names.some(n => n !== ''))
        expect(weigh(more(a), b, model).bits).toBeGreaterThanOrEqual(weigh(a, b, model).bits)
    }),
  )
})
test('few people teach nothing but what is common; many teach, and the same people the same', () => {
  expect(run(made(40, 4)).learned).toBe(0)
  expect(learned.learned).toBeGreaterThanOrEqual(fewestPeople)
  expect(run(made(400, 60))).toEqual(learned)
  for (const what of weighNames) {
    const total = (t: Float64Array) => t.slice(1).reduce((s, v) => s + v, 0)
    expect(total(learned.m[what])).toBeCloseTo(1, 6)
    // Weaker never says more, agreement never speaks against.
    const bits = [...learned.bits[what]].slice(1)
    expect(bits).toEqual([...bits].sort((x, y) => y - x))
    for (const b of bits.slice(0, weighAttributes[what].agrees)) expect(b).toBeGreaterThanOrEqual(0)
  }
})
test('a rare name says more than a common one; day and month in the other order are no other birthday', () => {
  const crowd = run([
    ...made(300, 0),
    ...Array.from({ length: 60 }, (): Compared => ({ ...nobody, names: ['Мухаммад Алиев'] })),
    { ...nobody, names: ['Вафо Зокирзода'] },
  ])
  const name = (n: string, other: string) =>
    weigh({ ...nobody, names: [n] }, { ...nobody, names: [other] }, crowd).steps.find(s => s.what === 'name')!.bits
  expect(name('Вафо Зокирзода', 'Vafo Zokirzoda')).toBeGreaterThan(name('Мухаммад Алиев', 'Muhammad Aliev') + 1)
  const day = (x: string, y: string) =>
    weigh({ ...nobody, days: [x] }, { ...nobody, days: [y] }, crowd).steps.find(s => s.what === 'birthday')!
  expect(day('2010-03-04', '2010-04-03')).toMatchObject({ level: 'swapped' })
  expect(day('2010-03-04', '2010-03-04').bits).toBeGreaterThan(day('2010-03-04', '2010-04-03').bits)
  expect(day('2010-01-01', '2010-01-01')).toMatchObject({ level: 'missing', bits: 0 })
})
test('what it learned on made-up people finds the doubled ones', () => {
  const people = made(400, 60)
  let [hit, wrong] = [0, 0]
  for (let i = 0; i < 120; i += 2) if (weigh(people[i]!, people[i + 1]!, learned).bits > 0) hit += 1
  for (let i = 0; i < 120; i += 2) for (let j = 130; j < 190; j += 1) if (weigh(people[i]!, people[j]!, learned).bits > 0) wrong += 1
  expect(hit).toBeGreaterThanOrEqual(45)
  expect(wrong).toBeLessThanOrEqual(20)
})

test('half a name that agrees is no other name, and no proof either', () => {
  const named = (...names: string[]): Compared => ({ ...nobody, names })
  const model = startModel(300)
  const step = (a: Compared, b: Compared) => weigh(a, b, model).steps.find(s => s.what === 'name')
  for (const whole of ['Раҳимзода Ҷамшед', 'Лаклаксафедоров Ҷамшед Сафарович'])
    for (const [a, b] of [
      [named('Джамшед'), named(whole)],
      [named(whole), named('Джамшед')],
    ] as const) {
      const said = step(a, b)
      expect([whole, said?.level]).toEqual([whole, 'alike'])
      expect(said?.bits).toBeGreaterThanOrEqual(0)
    }
  expect(step(named('Джамшед Назаров'), named('Раҳимзода Ҷамшед'))?.bits).toBeLessThan(0)
})
