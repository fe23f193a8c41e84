import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from '../base/time.ts'
import { demoArrivals, demoCases } from './rules.cases.ts'
import { people } from './rules.people.ts'
import { chance } from './rules.random.ts'
import { queryKinds, registeredName, registerQueries, registerRow } from './rules.register.ts'
import { patronymic, toFrench, toHeard, toIcao, toMvd, toOdni } from './rules.romanise.ts'
import { stories } from './schema.stories.ts'
import { circumstances, type DemoName, fullName, origins, tongues } from './schema.ts'

const today = '2026-11-24'
const script = (n: DemoName) => (n.script === 'cyrl' ? /^[\p{Script=Cyrillic}\p{M} -]+$/u : /^[\p{Script=Latin}\p{M}ʻʼ’' -]+$/u)

describe('people', () => {
  test('the same seed gives the same people, however many are asked for, and another seed others', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 40 }), (seed, n) => {
        expect(people(seed, n + 7, today).slice(0, n)).toEqual(people(seed, n, today))
      }),
      { numRuns: 20 },
    )
    expect(people('a', 30, today)).not.toEqual(people('b', 30, today))
  })
  test('every spelling is whole, in its own script, and a child everywhere', () => {
    for (const p of people('names', 2000, today)) {
      for (const n of p.names) {
        expect(fullName(n)).toMatch(script(n))
        expect(n.given && n.family).toBeTruthy()
        // No sign of a rule that did not fire: nothing of another alphabet, no two spaces, no empty word.
        expect(fullName(n)).not.toMatch(/undefined|\s\s|^\s|\s$/)
      }
      const years = Number(today.slice(0, 4)) - Number(p.born.slice(0, 4))
      expect(years).toBeGreaterThanOrEqual(2)
      expect(years).toBeLessThanOrEqual(19)
      expect(p.born < today).toBe(true)
    }
  })
  test('all origins, both sexes, and the ways in which families name themselves', () => {
    const list = people('ways', 1500, today)
    expect([...new Set(list.map(p => p.origin))].toSorted()).toEqual([...origins].toSorted())
    const own = list.map(p => fullName(p.names[0]!)).join('\n')
    for (const way of ['oʻgʻli', 'qizi', 'уулу', 'кызы', 'зода', 'ович', 'овна', 'ovich', 'ovna']) expect(own).toContain(way)
    // A woman's name is a woman's name in every one of them.
    for (const p of list.filter(x => x.sex === 'female' && x.origin !== 'nigeria' && x.origin !== 'congo')) {
      expect(fullName(p.names[0]!)).not.toMatch(/(ович|евич|уулу|oʻgʻli|ovich)$/)
    }
    for (const p of list.filter(x => x.sex === 'male')) expect(fullName(p.names[0]!)).not.toMatch(/(овна|евна|кызы|qizi|ovna)$/)
  })
})

describe('spellings', () => {
  test.each([
    [toIcao, 'Юлия Щеглова', 'Iuliia Shcheglova'],
    [toIcao, 'Ян Разъездной', 'Ian Razieezdnoi'],
    [toIcao, 'Артём Краевой', 'Artem Kraevoi'],
    [toIcao, 'Цой', 'Tsoi'],
    [toMvd, 'Юлия Щеглова', 'Yuliya Shcheglova'],
    [toMvd, 'Игорь Ильин', "Igor' Ilyin"],
    [toMvd, 'Артём Краевой', 'Artyem Krayevoy'],
    [toMvd, 'Ёлкин', 'Yolkin'],
    [toFrench, 'Юлия Щеглова', 'Iouliia Chtcheglova'],
    [toFrench, 'Джамшед', 'Djamched'],
    [(t: string) => toOdni('ky', t), 'Гульжигит Калыков', 'Guljigit Kalykov'],
    [(t: string) => toOdni('tg', t), 'Парвона Ҷамшедов', 'Parvona Jamshedov'],
    [(t: string) => toHeard('en', t), 'Chinedu', 'Чинеду'],
    [(t: string) => toHeard('fr', t), 'Ndekembula', 'Ндекембула'],
  ])('%# %s', (f, text, made) => {
    expect(f(text)).toBe(made)
  })
  test('patronymics', () => {
    expect([
      patronymic('Юрий', 'male'),
      patronymic('Пётр', 'female'),
      patronymic('Игорь', 'male'),
      patronymic('Бакыт', 'female'),
      patronymic('Ҷӯра', 'male'),
    ]).toEqual(['Юрьевич', 'Петровна', 'Игоревич', 'Бакытовна', 'Ҷӯраевич'])
  })
})

describe('cases', () => {
  const list = demoCases('doverie', 300, today)
  test('as many as were asked for, numbered, every day in its order and none after today', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 120 }), (seed, n) => {
        const cases = demoCases(seed, n, today)
        expect(cases.map(c => c.n)).toEqual(Array.from({ length: n }, (_, i) => i))
        expect(demoCases(seed, n, today)).toEqual(cases)
        for (const c of cases) {
          const days = [c.opened, c.accepted ?? c.opened, c.closed ?? c.accepted ?? c.opened]
          expect(days).toEqual(days.toSorted())
          for (const d of [...days, c.reopened ?? today, ...c.notes.map(x => x.day), c.screening.day])
            expect(d >= addDays(today, -731) && d <= today).toBe(true)
          for (const x of c.notes) expect(x.day >= c.opened && (!c.closed || x.day <= c.closed)).toBe(true)
          expect(c.closed !== null).toBe(c.standing === 'closed' || c.standing === 'reopened')
        }
      }),
      { numRuns: 25 },
    )
  })
  test('every state and circumstance, brothers and sisters, and nine boys from one flat', () => {
    expect(new Set(list.map(c => c.standing)).size).toBe(5)
    expect(new Set(list.map(c => c.circumstance)).size).toBe(circumstances.length)
    const arrivals = [...demoArrivals('doverie', 300, today)]
    const flats = arrivals.filter(a => a.kind === 'group')
    expect(flats.length).toBeGreaterThanOrEqual(1)
    expect(flats[0]?.cases.length).toBe(9)
    expect(flats[0]?.cases.every(c => c.person.sex === 'male')).toBe(true)
    const kin = arrivals.filter(a => a.kind === 'siblings')
    expect(kin.length).toBeGreaterThan(5)
    for (const a of kin) {
      expect(new Set(a.cases.map(c => c.person.from.country)).size).toBe(1)
      expect(new Set(a.cases.map(c => c.person.names[0]!.given)).size).toBe(a.cases.length)
    }
  })
  test('stories are told in their languages, whole, and short', () => {
    for (const t of tongues) {
      const s = stories[t]
      for (const c of circumstances) expect(s.told[c].length).toBeGreaterThanOrEqual(3)
    }
    const told = list.flatMap(c => c.notes.filter(n => n.compartment === 'story'))
    expect(new Set(told.map(n => n.language)).size).toBe(tongues.length)
    for (const n of told) {
      expect(n.text).not.toMatch(/[{}|]/)
      expect(n.text.length).toBeLessThan(400)
    }
  })
})

describe('the register', () => {
  test('rows are the people, and questions of every kind find one whose name was asked for', () => {
    const size = 400
    const all = Array.from({ length: size }, (_, i) => registerRow('r', i + 1, today))
    const bearers = people('r', size, today)
    const asked = [...registerQueries('r', size, 30, today)]
    for (const kind of queryKinds) expect(asked.filter(q => q.kind === kind).length).toBe(30)
    for (const q of asked) {
      expect(q.ids.length).toBeGreaterThan(0)
      const first = bearers[q.ids[0]! - 1]!
      expect(all[q.ids[0]! - 1]?.name).toBe(registeredName('r', first))
      if (q.kind === 'other_script') expect(first.names.map(fullName)).toContain(q.query)
      if (q.kind === 'typo') expect(q.ids.some(id => Math.abs(all[id - 1]!.name.length - q.query.length) <= 1)).toBe(true)
      expect(q.query).not.toMatch(/\t|\|/)
    }
  })
  test('chance is fair enough and never outside its bounds', () => {
    const c = chance('fair')
    const seen = Array.from({ length: 6000 }, () => c.int(1, 6))
    for (let i = 1; i <= 6; i += 1) expect(Math.abs(seen.filter(x => x === i).length - 1000)).toBeLessThan(150)
    expect(Math.min(...seen)).toBe(1)
    expect(Math.max(...seen)).toBe(6)
  })
})
