import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ageRange, isPresumedChild, presumedChild, rangeText, widestAge } from './rules.age.ts'
import { readAge } from './rules.age-read.ts'
import { draftOf } from './rules.draft.ts'
import { addYears, bornFor, daysOf, isDay, possibleDefault, yearsLived } from './rules.edtf.ts'
import { addClaim, apply, displayAge, judgeClaim, recordPerson, rereadAge } from './rules.ts'
import type { ClaimSource, Person } from './schema.ts'

const on = '2026-11-24'
const shown = (text: string, day = on): string => {
  const r = readAge(text, day)
  if (r.kind === 'none') return 'none'
  const of = (x: { edtf: string; min: string; max: string }) => `${x.edtf} ${x.min} ${x.max}`
  return r.kind === 'read' ? of(r.reading) : `ask ${r.choices.map(of).join(' | ')}`
}

describe('nobody is read as what they did not say', () => {
  test.each([
    '',
    'подросток',
    '5 класс',
    'grade 7',
    '03.05',
    'старше 14',
    'over 14',
    'до 2011',
    'after 2010',
    '2030',
    '+992 44 600 12 34',
    'ʻoʻgʻil',
    'родился зимой, год не знает',
    '15+',
    'up to 16',
    'от 14',
    'ему нет 18',
    '24 февраля',
    '1 января',
  ])('%s stays words', text => expect(shown(text)).toBe('none'))
  test.each([
    ['03/04/2011', 'ask 2011-04-03 2011-04-03 2011-04-03 | 2011-03-04 2011-03-04 2011-03-04'],
    ['2011-12', 'ask 2011-12 2011-12-01 2011-12-31 | 2011/2012 2011-01-01 2012-12-31'],
    [
      'зима 2012',
      'ask 2011-12/2012-02 2011-12-01 2012-02-29 | 2012-12/2013-02 2012-12-01 2013-02-28 | 2011-12/2013-02 2011-12-01 2013-02-28',
    ],
    ['09', 'ask 2016-11-25/2017-11-24 2016-11-25 2017-11-24 | 2009 2009-01-01 2009-12-31'],
    ['31.02.2011', 'ask 2011-02 2011-02-01 2011-02-28 | 2011 2011-01-01 2011-12-31'],
    ['12/13', 'ask 2013-11-25/2014-11-24 2013-11-25 2014-11-24 | 2012-11-25/2014-11-24 2012-11-25 2014-11-24'],
    ['12.5', 'ask 2013-11-25/2014-11-24 2013-11-25 2014-11-24'],
    ['05.06.12', 'ask 2012-06-05 2012-06-05 2012-06-05 | 2005-06-12 2005-06-12 2005-06-12'],
    [
      '14, 15',
      'ask 2011-11-25/2012-11-24 2011-11-25 2012-11-24 | 2010-11-25/2011-11-24 2010-11-25 2011-11-24 | 2010-11-25/2012-11-24 2010-11-25 2012-11-24',
    ],
    ['14 лет, 2013 г.р.', 'ask 2013 2013-01-01 2013-12-31 | 2011-11-25/2012-11-24 2011-11-25 2012-11-24'],
    // A paper of Afghanistan, and a year of the moon.
    ['1391', 'ask 2012-03-20/2013-03-21 2012-03-20 2013-03-21'],
    ['хиджра 1432', 'ask 2010-12-09/2011-12-27 2010-12-09 2011-12-27'],
  ])('%s may mean several things, and is asked about', (text, want) => expect(shown(text)).toBe(want))
  test('two children in one sentence are not one child', () => expect(readAge('ей 12, брату уже 16', on).kind).toBe('ask'))
})
test.each([
  ['about 2011', '2011~ 2010-01-01 2012-12-31'],
  ['около 2011 года', '2011~ 2010-01-01 2012-12-31'],
  ['2011?', '2011? 2011-01-01 2011-12-31'],
  ['2011', '2011 2011-01-01 2011-12-31'],
  ['2011 г.р.', '2011 2011-01-01 2011-12-31'],
  ['11 г.р.', '2011 2011-01-01 2011-12-31'],
  ['spring 2012', '2012-21 2012-03-01 2012-05-31'],
  ['весной 2012', '2012-21 2012-03-01 2012-05-31'],
  ['лето 2013', '2013-22 2013-06-01 2013-08-31'],
  ['14–16 years old on the day we met', '2009-11-25/2012-11-24 2009-11-25 2012-11-24'],
  ['12–13', '2012-11-25/2014-11-24 2012-11-25 2014-11-24'],
  ['12 или 13 лет', '2012-11-25/2014-11-24 2012-11-25 2014-11-24'],
  ['between 12 and 13', '2012-11-25/2014-11-24 2012-11-25 2014-11-24'],
  ['от 12 до 13', '2012-11-25/2014-11-24 2012-11-25 2014-11-24'],
  ['двенадцать лет', '2013-11-25/2014-11-24 2013-11-25 2014-11-24'],
  ['около 12 лет', '2013-11-25~/2014-11-24~ 2012-11-25 2015-11-24'],
  ['лет 12', '2013-11-25~/2014-11-24~ 2012-11-25 2015-11-24'],
  ['кажется, 12', '2013-11-25?/2014-11-24? 2013-11-25 2014-11-24'],
  ['12.5 лет', '2013-11-25/2014-11-24 2013-11-25 2014-11-24'],
  ['19.03.2011', '2011-03-19 2011-03-19 2011-03-19'],
  ['03/19/2011', '2011-03-19 2011-03-19 2011-03-19'],
  ['2011-03-19', '2011-03-19 2011-03-19 2011-03-19'],
  ['19 марта 2011', '2011-03-19 2011-03-19 2011-03-19'],
  ['March 19, 2011', '2011-03-19 2011-03-19 2011-03-19'],
  ['март 2011', '2011-03 2011-03-01 2011-03-31'],
  ['в мае 2011 года', '2011-05 2011-05-01 2011-05-31'],
  ['03.2011', '2011-03 2011-03-01 2011-03-31'],
  ['2010–2012', '2010/2012 2010-01-01 2012-12-31'],
  ['2010-12', 'ask 2010-12 2010-12-01 2010-12-31 | 2010/2012 2010-01-01 2012-12-31'],
  ['2009-13', '2009/2013 2009-01-01 2013-12-31'],
  ['[2009..2012]', '2009/2012 2009-01-01 2012-12-31'],
  ['201X', '201X 2010-01-01 2019-12-31'],
  ['8 месяцев', '2026-02-18/2026-04-14 2026-02-18 2026-04-14'],
  ['15 лет, день рождения не знает', '2010-11-25/2011-11-24 2010-11-25 2011-11-24'],
  ['почти 15', '2011-11-25/2012-11-24 2011-11-25 2012-11-24'],
  ['turning 15 in March', '2011-11-25/2012-11-24 2011-11-25 2012-11-24'],
  ['идёт 14-й год', '2012-11-25/2013-11-24 2012-11-25 2013-11-24'],
  ['в 2023 ему было 12', '2010-01-02/2011-12-31 2010-01-02 2011-12-31'],
  ['when we met in 2024 was 14', '2009-01-02/2010-12-31 2009-01-02 2010-12-31'],
  ['13 лет, родился в 2012', '2012 2012-01-01 2012-12-31'],
  ['born 12 years ago', '2013-11-25/2014-11-24 2013-11-25 2014-11-24'],
  ['май 2012, 14 лет', '2012-05 2012-05-01 2012-05-31'],
  ['maybe 2012', '2012? 2012-01-01 2012-12-31'],
  ['2010s', '201X 2010-01-01 2019-12-31'],
  ['зимой 2011-2012', '2011-12/2012-02 2011-12-01 2012-02-29'],
  ['весной или летом 2012', '2012-03/2012-08 2012-03-01 2012-08-31'],
  ['с 01.01.2010 по 01.06.2010', '2010-01-01/2010-06-01 2010-01-01 2010-06-01'],
  ['14...16', '2009-11-25/2012-11-24 2009-11-25 2012-11-24'],
  ['в 7 классе, 13-14 лет', '2011-11-25/2013-11-24 2011-11-25 2013-11-24'],
  ['5 лет 3 месяца', '2020-11-25/2021-11-24 2020-11-25 2021-11-24'],
  ['двадцать один год', '2004-11-25/2005-11-24 2004-11-25 2005-11-24'],
  ['15 октября исполнилось 14', '2011-11-25/2012-11-24 2011-11-25 2012-11-24'],
])('%s is understood', (text, want) => expect(shown(text)).toBe(want))

const phrase = fc.oneof(
  fc.string(),
  fc.string({ unit: 'grapheme' }),
  fc
    .array(
      fc.constantFrom(
        ...'около about лет years 12 13 2011 2012 март may весной winter зима - – / . ? ~ до or или 19 03 X г.р. мес неделя между'.split(
          ' ',
        ),
      ),
      { maxLength: 7 },
    )
    .map(w => w.join(' ')),
  fc.array(fc.constantFrom(...'0123456789./-X~?%[] '), { maxLength: 14 }).map(c => c.join('')),
)
const anyDay = fc
  .date({ min: new Date('1950-01-01'), max: new Date('2090-12-31'), noInvalidDate: true })
  .map(d => d.toISOString().slice(0, 10))
test('the reader never throws; what it reads is days in order, not ahead, and reads the same from its own EDTF', () =>
  fc.assert(
    fc.property(phrase, anyDay, (text, day) => {
      const r = readAge(text, day)
      for (const x of r.kind === 'none' ? [] : r.kind === 'read' ? [r.reading] : r.choices) {
        expect(x.min <= x.max && x.max <= day).toBe(true)
        expect([isDay(x.min), isDay(x.max), x.edtf.length <= 60]).toEqual([true, true, true])
        const again = daysOf(x.edtf)!
        expect(again.min).toBe(x.min)
        expect(again.max >= x.max).toBe(true)
      }
    }),
    { numRuns: 3000 },
  ))
test('whoever was of an age on a day, was born in the days read from it', () =>
  fc.assert(
    fc.property(anyDay, fc.nat(30), fc.nat(400), (day, age, off) => {
      const { min, max } = bornFor(age, age, day)
      const born = new Date(Date.parse(min) + off * 86_400_000).toISOString().slice(0, 10)
      expect(born >= min && born <= max).toBe(born <= day && yearsLived(born, day) === age)
      expect(addYears(min, age) <= day).toBe(true)
    }),
  ))
test('1 January and 1 July are marked, other days and whole years are not', () => {
  const of = (text: string) => possibleDefault(daysOf(text)!)
  expect(['2011-01-01', '2011-07-01', '2011-03-19', '2011', '2011-01'].map(of)).toEqual([true, true, false, false, false])
})

const row = { id: 'p', homeGroup: 'g' }
const person = (...said: readonly [string, ClaimSource?][]): Person =>
  said.reduce(
    (p, [text, source = 'child'], i) => {
      const e = addClaim(p, draftOf({ what: 'age', text, source, confidence: 'medium' }), {
        id: `c${i}`,
        by: 'u',
        at: `${on}T10:00:00.000Z`,
      })
      return e.ok ? apply(p, row, e.value) : p
    },
    apply(undefined, row, recordPerson('child', [])),
  )
const judge = (p: Person, claimId: string, standing: 'confirmed' | 'disputed' | 'withdrawn') => {
  const e = judgeClaim(p, { claimId, standing, reason: 'потому' })
  return e.ok ? apply(p, row, e.value) : p
}
test('nobody is taken for an adult while anything stands that says otherwise, disputed or not', () => {
  expect(presumedChild(undefined)).toBe(true)
  expect([17, 18].map(min => presumedChild({ min, max: 30 }))).toEqual([true, false])
  expect(isPresumedChild(person().identity, on)).toBe(true)
  expect(isPresumedChild(person(['подросток'], ['19', 'document']).identity, on)).toBe(true)
  const both = person(['16'], ['01.01.2006', 'document'])
  expect(isPresumedChild(both.identity, on)).toBe(true)
  expect(isPresumedChild(judge(judge(both, 'c1', 'confirmed'), 'c0', 'disputed').identity, on)).toBe(true)
  expect(isPresumedChild(judge(both, 'c0', 'withdrawn').identity, on)).toBe(false)
})
test('age is a range that ages: what was said differently widens it, what was confirmed narrows it', () => {
  const p = person(['12'], ['15–16', 'relative'])
  expect(ageRange(p.identity, on)).toEqual({ min: 12, max: 16 })
  expect([displayAge(p.identity), displayAge(p.identity, on), displayAge(p.identity, '2028-11-24')]).toEqual([
    '12 / 15–16',
    '12–16',
    '14–18',
  ])
  expect(ageRange(judge(p, 'c1', 'confirmed').identity, on)).toEqual({ min: 15, max: 16 })
  expect(widestAge(judge(p, 'c1', 'confirmed').identity, on)).toEqual({ min: 12, max: 16 })
  expect(ageRange(person(['подросток']).identity, on)).toBeUndefined()
  expect(displayAge(person(['подросток']).identity, on)).toBe('подросток')
  expect(rangeText({ min: 3, max: 3 })).toBe('3')
})
test('what we understood can be put right; what was said stays', () => {
  const p = person(['12'])
  const reread = (min: string, max: string) => rereadAge(p, { claimId: 'c0', min, max, reason: '' }, on)
  expect(reread('2012-02-01', '2012-01-01')).toEqual({ ok: false, error: 'days_upside_down' })
  expect(reread('2012-02-01', '2027-01-01')).toEqual({ ok: false, error: 'day_ahead' })
  expect(rereadAge(p, { claimId: 'x', min: on, max: on, reason: '' }, on)).toEqual({ ok: false, error: 'not_an_age' })
  const e = reread('2011-01-01', '2011-06-30')
  expect(e.ok && apply(p, row, e.value).identity.ages[0]).toMatchObject({
    text: '12',
    edtf: '2011-01-01/2011-06-30',
    min: '2011-01-01',
    max: '2011-06-30',
    minYear: 2011,
    maxYear: 2011,
  })
})
