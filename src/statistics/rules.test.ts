import fc from 'fast-check'
import { expect, test } from 'vitest'
import { suppress } from '../base/suppression.ts'
import type { Identity } from '../person/schema.ts'
import { bandOf, bandOfRange, leftOf, sexOf } from './rules.codes.ts'
import { addressOf, cutOf, decideRelease, fieldsOf, monthsBack, sides } from './rules.cuts.ts'
import { regions } from './rules.places.regions.ts'
import { coarserPlace, placeName, placeOf } from './rules.places.ts'
import { conflict, csvOf, numbersOf } from './rules.releases.ts'
import { countsOf, type Happened, proposals, released, says, tableOf } from './rules.tables.ts'
import { ages, type Count, type Cut, Released } from './schema.ts'

const cut: Cut = { what: 'opened', from: '2025-01-01', to: '2025-12-01', rows: 'age', columns: 'sex', rowLevel: 0, columnLevel: 0 }
const anyHappened: fc.Arbitrary<Happened> = fc.record({
  child: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  what: fc.constantFrom('opened' as const, 'closed' as const),
  month: fc.constantFrom('2024-12-01', '2025-03-01', '2025-07-01', '2025-12-01'),
  age: fc.constantFrom(...ages),
  sex: fc.constantFrom('female' as const, 'male' as const, 'unknown' as const),
  origin: fc.constantFrom('UZ', 'RU-TVE', 'NG', 'unknown'),
  purpose: fc.constantFrom('unknown', 'several', 'forced_labour'),
  channel: fc.constantFrom('unknown', 'game'),
})
const anyCut = fc
  .tuple(fc.constantFrom(...sides), fc.constantFrom('none', ...sides))
  .map(([rows, columns]) => cutOf({ rows, columns, from: '2025-01', to: '2025-12' }, '2026-01-01'))

test('each child counts once in any table, and every cut of the same children has the same sum', () => {
  fc.assert(
    fc.property(fc.array(anyHappened, { maxLength: 30 }), anyCut, (happened, c) => {
      const children = new Set(happened.filter(h => h.what === 'opened' && h.month >= c.from && h.month <= c.to).map(h => h.child))
      const t = tableOf(c, countsOf(c, happened))
      expect(t.cells.flat().reduce((a, b) => a + b, 0)).toBe(children.size)
      // A cut survives its way through an address.
      expect(cutOf(fieldsOf(c), '2026-01-01')).toEqual(c)
    }),
  )
})
test('a coarser proposal says something and counts the same children', () => {
  const counts: Count[] = ages.filter(a => a !== 'range').flatMap((a, i) => ['female', 'male'].map(b => ({ a, b, n: 4 + i * 3 })))
  const t = tableOf(cut, counts)
  expect(says(t, suppress(t))).toBe(false)
  const list = proposals(t, counts)
  expect(list.length).toBeGreaterThan(0)
  for (const p of list) {
    const coarse = tableOf(p.cut, counts)
    expect(says(coarse, suppress(coarse))).toBe(true)
    expect(coarse.cells.flat().reduce((a, b) => a + b, 0)).toBe(counts.reduce((n, c) => n + c.n, 0))
  }
  expect(list[0]!.cut.rowLevel + list[0]!.cut.columnLevel).toBeGreaterThan(0)
})

const table = (rows: Record<string, readonly [number, number]>, c: Cut = cut) =>
  released(
    tableOf(
      c,
      Object.entries(rows).flatMap(([a, [f, m]]) => [
        { a, b: 'female', n: f },
        { a, b: 'male', n: m },
      ]),
    ),
  )
const usual = { '0-5': [20, 30], '10-13': [40, 50], '16-17': [60, 70] } as const

test('a second release that differs by few children, shows what was hidden, or is cut to another width is refused', () => {
  const first = table(usual)
  expect(conflict(first, first)).toBeUndefined()
  expect(conflict(first, table({ ...usual, '0-5': [20, 31] }))).toBe('too_close')
  expect(conflict(first, table({ ...usual, '0-5': [20, 40] }))).toBeUndefined()
  const longer = { ...cut, to: '2026-01-01' }
  expect(conflict(first, table({ ...usual, '10-13': [43, 50] }, longer))).toBe('too_close')
  expect(conflict(first, table({ ...usual, '10-13': [43, 50] }, { ...longer, what: 'closed' }))).toBeUndefined()
  const small = table({ ...usual, '0-5': [3, 30] })
  expect(conflict(small, first)).toBe('shows_hidden')
  const wide = table({ '0-9': [3, 30], '10-13': [40, 50], '14-17': [60, 70] }, { ...cut, rowLevel: 1 })
  expect(conflict(first, { ...wide, cut: { ...wide.cut, to: '2026-02-01' } })).toBeDefined()
  const elsewhere = { ...cut, from: '2026-01-01', to: '2026-03-01' }
  expect(conflict(first, table({ ...usual, '0-5': [21, 30] }, elsewhere))).toBeUndefined()
  // Totals of different tables meet too.
  expect(numbersOf(first).get('age=0-5')).toBe(50)
  expect(conflict(first, { ...table(usual), cut: { ...cut, columns: 'origin' } })).toBeUndefined()
})
test('nothing is released that shows nothing', () => {
  const t = tableOf(cut, [{ a: '0-5', b: 'female', n: 3 }])
  expect(decideRelease(t, 10, [])).toEqual({ ok: false, error: 'says_nothing' })
  const good = decideRelease(tableOf(cut, [{ a: '0-5', b: 'female', n: 30 }]), 10, [])
  expect(good.ok && Released.parse(JSON.parse(JSON.stringify(good.value)))).toEqual(good.ok && good.value)
})
test('no text of a file is a formula, and its numbers are those of the stored table', () => {
  const words = { corner: '=cmd()', total: '+1', hidden: 'скрыто', row: (c: string) => `-${c};"`, column: (c: string) => `@${c}` }
  const text = csvOf(table({ ...usual, '0-5': [3, 30] }), words, ['\tнота'])
  expect(text.startsWith('\ufeff')).toBe(true)
  for (const field of text.slice(1).split(/[;\r\n]+/)) expect(field).not.toMatch(/^"?[=+\-@\t]/)
  expect(text).toContain('скрыто')
  expect(text).not.toMatch(/;3;/)
})

test('what was said becomes a band, a sex and a place, or "not known"', () => {
  for (const s of ['девочка', 'Ж', 'женский', 'girl', 'female', 'қиз']) expect([s, sexOf(s)]).toEqual([s, 'female'])
  for (const s of ['мальчик', 'м', 'мужской', 'male', 'boy', 'oʻgʻil']) expect([s, sexOf(s)]).toEqual([s, 'male'])
  expect(sexOf('не сказал')).toBe('unknown')
  for (const [said, code] of [
    ['Узбекистан, Фергана', 'UZ'],
    ['из Ташкента, узбечка', 'UZ'],
    ['Тверская область', 'RU-TVE'],
    ['Россия', 'RU'],
    ['РФ, Дагестан, Хасавюрт', 'RU-DA'],
    ['Москва', 'RU-MOW'],
    ['Московская область', 'RU-MOS'],
    ['Saint Petersburg', 'RU-SPE'],
    ['Нигерия', 'NG'],
    ['Democratic Republic of the Congo', 'CD'],
    ['Демократическая Республика Конго', 'CD'],
    ['Конго', 'CG'],
    ['Атлантида', 'other'],
    ['', 'unknown'],
  ])
    expect([said, placeOf(said!)]).toEqual([said, code])
  for (const r of regions) expect([r.ru, placeOf(r.ru), placeOf(r.en)]).toEqual([r.ru, r.code, r.code])
  expect(coarserPlace('RU-TVE', 1)).toBe('RU')
  expect(coarserPlace('UZ', 2)).toBe('central_asia')
  expect(coarserPlace('UZ', 3)).toBe('elsewhere')
  expect(placeName('UZ', 'ru')).toBe('Узбекистан')
})
type Said = readonly [min: string | null, max: string | null, more?: object]
const identity = (...said: readonly Said[]): Identity => ({
  relation: 'child',
  names: [],
  facts: [],
  assessments: [],
  ages: said.map(([min, max, more], i) => ({
    id: `c${i}`, what: 'age', text: 'x', edtf: '', min, max, minYear: min && Number(min.slice(0, 4)), maxYear: max && Number(max.slice(0, 4)), source: 'child', whose: '', method: 'not_said',
    language: '', saidOn: '', confidence: 'medium', recordedAt: `2026-01-0${i + 1}`, by: 'u', standing: 'stands', reason: '', ...more,
  })) as Identity['ages'],
}) // biome-ignore format: the fields of a claim
const countedAge = (opened: string, ...said: readonly Said[]) =>
  leftOf({ personId: 'p', opened, closed: null, reopened: [], checkedIn: [], openedInError: false, screening: undefined, identity: identity(...said) }, 'now').who!.age // biome-ignore format: one line
test('an age is counted in a band only where it lies in it from end to end', () => {
  const age = (...said: readonly Said[]) => countedAge('2026-11-24', ...said)
  expect(age(['2012-11-25', '2016-11-24'])).toBe('10-13')
  expect(age(['2012-11-24', '2013-06-01'])).toBe('range')
  expect(age(['2008-11-25', '2010-11-24'])).toBe('16-17')
  expect(age(['1900-01-01', '1910-01-01'])).toBe('unknown')
  // Nobody has said anything, or nothing that can be read.
  expect([age(), age([null, null])]).toEqual(['unknown', 'unknown'])
  // The claim that we go by decides: a paper that was seen before what was told, a readable one before one that is not.
  expect(age(['2014-03-05', '2014-03-05', { source: 'document', method: 'document_seen' }], ['2010-01-01', '2010-12-31'])).toBe('10-13')
  expect(age(['2014-01-01', '2014-12-31'], [null, null, { standing: 'confirmed' }])).toBe('10-13')
  fc.assert(
    fc.property(fc.nat(110), fc.nat(30), (min, wide) => {
      const r = { min, max: min + wide }
      const bands = new Set(Array.from({ length: wide + 1 }, (_, i) => bandOf(min + i)))
      expect(bandOfRange(r)).toBe(min > 99 ? 'unknown' : bands.size === 1 ? [...bands][0] : 'range')
    }),
  )
})
test('whoever may be under 18 is never counted as grown up, whatever paper came last', () => {
  const age = (...said: readonly Said[]) => countedAge('2026-11-24', ...said)
  expect(age(['2009-11-25', '2012-11-24'], ['2008-01-01', '2008-01-01'])).toBe('range')
  expect(age(['2007-01-01', '2009-12-31'])).toBe('range')
  expect(age(['2005-01-01', '2005-12-31'])).toBe('18+')
  expect(age(['2005-01-01', '2005-12-31'], [null, null])).toBe('range')
  const day = fc.integer({ min: 1990, max: 2024 }).map(y => `${y}-06-01`)
  fc.assert(
    fc.property(fc.array(fc.tuple(day, fc.nat(6)), { minLength: 1, maxLength: 4 }), said => {
      const claims = said.map(([min, more]): [string, string] => [min, `${Number(min.slice(0, 4)) + more}-06-01`])
      if (claims.some(([, max]) => Number(max.slice(0, 4)) > 2008)) expect(age(...claims)).not.toBe('18+')
    }),
  )
})
test('children of whom the band is not sure stand in a row of their own at every width, before those of whom nothing is known', () => {
  const counts: Count[] = ages.map(a => ({ a, b: '', n: 20 }))
  for (const rowLevel of [0, 1, 2]) {
    const t = tableOf({ ...cut, columns: null, rowLevel }, counts)
    expect(t.rows.slice(-2)).toEqual(['range', 'unknown'])
    expect(t.rows.map(r => Number.parseInt(r, 10)).slice(0, -2)).toEqual(
      t.rows
        .map(r => Number.parseInt(r, 10))
        .slice(0, -2)
        .toSorted((a, b) => a - b),
    )
    expect(t.cells.flat().reduce((a, b) => a + b, 0)).toBe(20 * ages.length)
  }
  // Few of them are hidden like any other few, and another number with them.
  const few = released(tableOf({ ...cut, columns: null }, counts.map(c => (c.a === 'range' ? { ...c, n: 2 } : c)))) // biome-ignore format: one line
  expect(few.cells[few.rows.indexOf('range')]).toEqual([null])
  expect(few.cells.flat().filter(n => n === null).length).toBeGreaterThan(1)
})
test('a case of an adult, or opened in error, counts nowhere; what cannot be opened is left out', () => {
  const facts = {
    personId: 'p',
    opened: '2026-02-03',
    closed: '2026-03-04',
    reopened: ['2026-03-20', '2026-03-21'],
    checkedIn: [],
    openedInError: false,
    identity: undefined,
    screening: undefined,
  }
  const left = leftOf(facts, 'now')
  expect(left.events).toEqual([
    { what: 'opened', month: '2026-02-01' },
    { what: 'closed', month: '2026-03-01' },
    { what: 'reopened', month: '2026-03-01' },
  ])
  expect([left.counted, left.who, left.how]).toEqual([true, undefined, undefined])
  expect(leftOf({ ...facts, openedInError: true }, 'now').counted).toBe(false)
  expect(leftOf({ ...facts, identity: { relation: 'parent', names: [], ages: [], facts: [], assessments: [] } }, 'now').counted).toBe(false)
  expect(monthsBack('2026-02-15', 3)).toEqual(['2026-02-01', '2026-01-01', '2025-12-01'])
  expect(addressOf('/x', cut)).toBe('/x?what=opened&from=2025-01&to=2025-12&rows=age.0&columns=sex.0')
})
