import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chance } from '../demo/rules.random.ts'
import { suggestColumns, withHeadings } from './rules.linkage.columns.ts'
import { levelOf } from './rules.linkage.compare.ts'
import { readCsv } from './rules.linkage.csv.ts'
import { compareDates, readDate } from './rules.linkage.dates.ts'
import { consistent } from './rules.linkage.groups.ts'
import { estimate, type Patterns } from './rules.linkage.model.ts'
import { editDistance, jaroWinkler } from './rules.linkage.text.ts'
import { linkRows } from './rules.linkage.ts'
import { columnsOf } from './rules.linkage.values.ts'
import { kindFacts, levelsOf } from './schema.linkage.ts'

const level = (kind: keyof typeof kindFacts, a: string, b: string) => {
  const [c] = columnsOf([{ name: 'x', kind }], [[a]], [[b]])
  const { dictionary } = c!
  const [x, y] = [dictionary.codes.get(a)!, dictionary.codes.get(b)!]
  return x === 0 || y === 0 ? 'missing' : levelOf(dictionary, dictionary.values[x]!, dictionary.values[y]!)
}
/** A register of invented people, some of them twice with slips. */
const register = (people: number, twice: number) => {
  const c = chance('linkage-test', people, twice)
  const word = () =>
    Array.from({ length: c.int(2, 3) }, () => c.one(['ka', 'mi', 'ro', 'san', 'dul', 'ber', 'tov', 'nel', 'zhu', 'ri'])).join('')
  const day = () => `${c.int(2005, 2018)}-${String(c.int(1, 12)).padStart(2, '0')}-${String(c.int(1, 28)).padStart(2, '0')}`
  const rows = Array.from({ length: people }, () => [word(), word(), day(), word()])
  const who = rows.map((_, i) => i)
  for (let i = 0; i < twice; i += 1) {
    const copy = [...rows[i]!]
    const at = c.int(0, 3)
    copy[at] = c.is(0.3) ? '' : at === 2 ? day() : `${copy[at]!.slice(0, 1)}${copy[at]!.slice(2)}`
    rows.push(copy)
    who.push(i)
  }
  const attributes = [
    { name: 'given', kind: 'given_name' },
    { name: 'family', kind: 'surname' },
    { name: 'born', kind: 'date' },
    { name: 'city', kind: 'place' },
  ] as const
  return { attributes, left: attributes.map((_, k) => rows.map(r => r[k]!)), who }
}

describe('what must not be linked', () => {
  test('strangers are not, however long the register', () => {
    const { attributes, left } = register(400, 0)
    expect(linkRows({ attributes, left }).pairs.length).toBeLessThan(4)
  })
  test('a missing value speaks neither for nor against, and no two rows are one for having nothing', () => {
    const empty = ['', '-', 'неизвестно', 'null', 'не указано', '  ']
    const { pairs, waterfall } = linkRows({
      attributes: [
        { name: 'name', kind: 'full_name' },
        { name: 'born', kind: 'date' },
      ],
      left: [empty, empty],
    })
    expect(pairs).toEqual([])
    expect(
      waterfall(0, 1)
        .slice(1)
        .map(s => [s.level, s.weight]),
    ).toEqual([
      ['missing', 0],
      ['missing', 0],
    ])
  })
  test('a row like two others joins neither chain into one person', () => {
    const weights: Record<string, number> = { '0 1': 20, '1 2': 3, '0 2': -25 }
    const pairs = consistent(
      [
        { left: 0, right: 1, weight: 20 },
        { left: 1, right: 2, weight: 3 },
      ],
      { oneFile: true, leftRows: 3, rows: 3, threshold: 0.5, prior: -10, weigh: (a, b) => weights[a < b ? `${a} ${b}` : `${b} ${a}`]! },
    )
    expect(pairs.map(p => [p.left, p.right])).toEqual([[0, 1]])
  })
  test('a third row that both surely agree with holds a pair, and is named', () => {
    const pairs = consistent(
      [
        { left: 0, right: 1, weight: 20 },
        { left: 1, right: 2, weight: 18 },
      ],
      { oneFile: true, leftRows: 3, rows: 3, threshold: 0.5, prior: -10, weigh: () => -9 },
    )
    expect(pairs.map(p => [p.left, p.right, p.through])).toEqual([
      [0, 1, undefined],
      [1, 2, undefined],
      [0, 2, 1],
    ])
  })
  test('files without rows or columns have no pairs', () => {
    expect(linkRows({ attributes: [{ name: 'n', kind: 'surname' }], left: [[]] }).pairs).toEqual([])
    expect(linkRows({ attributes: [], left: [], right: [] }).pairs).toEqual([])
  })
})

describe('the model', () => {
  test('finds parameters that nobody told it', () => {
    const c = chance('em')
    const [m, u, all, matches] = [[0.9, 0.8, 0.95], [0.01, 0.05, 0.02], 400_000, 4000]
    const patterns: Patterns = new Map()
    for (let i = 0; i < all; i += 1) {
      const key = String.fromCharCode(...m.map((p, k) => (c.is(i < matches ? p : u[k]!) ? 1 : 2)))
      patterns.set(key, (patterns.get(key) ?? 0) + 1)
    }
    const random = u.map((p, k) => {
      const same = p + (matches / all) * (m[k]! - p)
      return Float64Array.from([0, same, 1 - same])
    })
    const found = estimate(patterns, random, all, 10_000)
    expect(found.change).toBeLessThan(1e-5)
    expect(found.prior).toBeCloseTo(matches / all, 3)
    m.forEach((p, k) => {
      expect(Math.abs(found.m[k]![1]! - p)).toBeLessThan(0.02)
      expect(Math.abs(found.u[k]![1]! - u[k]!)).toBeLessThan(0.005)
    })
  })
  test('people who stand twice are found, without a label', () => {
    const { attributes, left, who } = register(600, 150)
    const { pairs, space } = linkRows({ attributes, left })
    const right = pairs.filter(p => who[p.left] === who[p.right]).length
    expect(right / 150).toBeGreaterThan(0.95)
    expect(right / pairs.length).toBeGreaterThan(0.95)
    expect(space.candidates).toBeLessThan(space.possible / 4)
    expect(space.byRule.reduce((s, r) => s + r.pairs, 0)).toBe(space.candidates)
  })
  test('the waterfall adds up to the weight, and a higher threshold gives fewer of the same pairs', () => {
    const { attributes, left } = register(300, 80)
    const found = linkRows({ attributes, left })
    for (const p of found.pairs.slice(0, 40))
      expect(found.waterfall(p.left, p.right).reduce((s, x) => s + x.weight, 0)).toBeCloseTo(p.weight, 6)
    const key = (p: { left: number; right: number }) => `${p.left} ${p.right}`
    let before = new Set(linkRows({ attributes, left }, { threshold: 0.3 }).pairs.map(key))
    for (const threshold of [0.5, 0.9, 0.999]) {
      const now = linkRows({ attributes, left }, { threshold }).pairs.map(key)
      expect(now.filter(k => !before.has(k))).toEqual([])
      before = new Set(now)
    }
  })
  test('two registers in either order give the same pairs', () => {
    const { attributes, left } = register(200, 100)
    const cut = (from: number, to: number) => left.map(v => v.slice(from, to))
    const [a, b] = [cut(0, 200), cut(200, 300)]
    const one = linkRows({ attributes, left: a, right: b }).pairs.map(p => `${p.left} ${p.right}`)
    const other = linkRows({ attributes, left: b, right: a }).pairs.map(p => `${p.right} ${p.left}`)
    const both = one.filter(k => other.includes(k)).length
    expect(one.length).toBeGreaterThan(90)
    // u is estimated from random pairs, which differ with the order.
    expect(both / Math.max(one.length, other.length)).toBeGreaterThan(0.97)
  })
})

describe('comparing', () => {
  const kinds = Object.keys(kindFacts) as (keyof typeof kindFacts)[]
  test('is symmetric, and anything is the same as itself', () => {
    const texts = fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.constantFrom(
        'Иванов Иван',
        'Ivanov Ivan',
        '12.03.2011',
        '2011-12-03',
        '20110312',
        '+7 900 123-45-67',
        'a.b@c.org',
        'ул. Мира, 4',
        '4/2',
        'محمد',
        'Сидорова',
      ),
    )
    fc.assert(
      fc.property(fc.constantFrom(...kinds), texts, texts, (kind, a, b) => {
        expect(level(kind, a, b)).toBe(level(kind, b, a))
        expect(['same', 'missing']).toContain(level(kind, a, a))
        const allowed: readonly string[] = ['missing', ...levelsOf[kindFacts[kind].comparator]]
        expect(allowed).toContain(level(kind, a, b))
        expect(editDistance(a, b)).toBe(editDistance(b, a))
        expect(jaroWinkler(a, b)).toBeCloseTo(jaroWinkler(b, a), 9)
      }),
      { numRuns: 400 },
    )
  })
  test.each([
    ['surname', 'Иванова', 'Ivanova', 'same_sound'],
    ['given_name', 'Джамшед', 'Jamshed', 'same_sound'],
    ['surname', 'waller', 'wallre', 'near'],
    ['full_name', 'Каримов Алишер Рустамович', 'Alisher Karimov', 'shorter'],
    ['full_name', 'Каримов Алишер', 'Сидоренко Алишер', 'one_part'],
    ['surname', 'Ким', 'Пономаренко', 'different'],
    ['sex', 'муж.', 'M', 'same'],
    ['phone', '8 (900) 123-45-67', '+79001234567', 'same'],
    ['street', 'ул. Мира', 'улица Мира', 'same_sound'],
    ['document', '4509 123456', '4509123465', 'near'],
    ['origin', 'Таджикистан', 'Tadzhikistan', 'same'],
  ] as const)('%s: %s and %s are %s', (kind, a, b, expected) => {
    expect(level(kind, a, b)).toBe(expected)
  })
  test.each([
    ['19.03.2011', '2011-03-19', 'same'],
    ['03.04.2011', '04.03.2011', 'swapped'],
    ['19.03.2011', '19.03.2012', 'one_digit'],
    ['01.01.2011', '17.06.2011', 'overlap'],
    ['2011', '19 марта 2011 г.', 'overlap'],
    ['2010/2012', '2011-05', 'overlap'],
    ['01.01.2011', '01.01.2015', 'different'],
  ])('dates: %s and %s are %s', (a, b, expected) => {
    expect(compareDates(readDate(a)!, readDate(b)!)).toBe(expected)
  })
  test('what is no date is none', () => {
    for (const t of ['', 'вчера', '12', 'abc 2011 x']) expect(readDate(t)).toBeUndefined()
  })
})

describe('what offices send', () => {
  const named = (names: readonly string[]) =>
    linkRows({ attributes: [{ name: 'n', kind: 'full_name' }], left: [names], right: [ours] }, { threshold: 0.1, assume: 0.5 })
  const ours = [
    'Лола Каримова',
    'Пулодзода Мухаммаджон',
    'Семён Грачёв',
    'Вера Ким',
    'Анвар Соколов',
    'Иван Петров',
    'Юсупова Зебо',
    'Олим Норов',
  ]
  test('a short list of names alone finds who may be meant, and nobody else', () => {
    expect(named(['Pulodzoda Muhammadjon', 'Никита Самойлов']).pairs.map(p => [p.left, p.right])).toEqual([[0, 1]])
    expect(named(['Никита Самойлов']).pairs).toEqual([])
  })
  test('a column that is written in other words on either side speaks against nobody', () => {
    const { left, attributes } = register(200, 60)
    const [a, b] = [left.map(v => v.slice(0, 60)), left.map(v => v.slice(200))]
    const run = (origins: boolean) =>
      linkRows({
        attributes: origins ? [...attributes, { name: 'country', kind: 'origin' }] : attributes,
        left: origins ? [...a, a[0]!.map(() => 'Таджикистан')] : a,
        right: origins ? [...b, b[0]!.map(() => 'РТ')] : b,
      }).pairs.length
    expect(run(false)).toBeGreaterThan(30)
    expect(run(true)).toBeGreaterThanOrEqual(run(false) - 3)
  })
  test('a list without headings keeps its first row; headings with points are understood', () => {
    const bare = withHeadings(readCsv('Каримова Лола;01.02.2011\nПетров Иван;03.04.2012\n'))
    expect([bare.headings, bare.rows.length]).toEqual([['column 1', 'column 2'], 2])
    expect([...suggestColumns(bare).values()]).toEqual(['full_name', 'date'])
    const one = withHeadings(readCsv('Каримова Лола\nПетров Иван\nКим Вера'))
    expect([one.rows.length, [...suggestColumns(one).values()]]).toEqual([3, ['full_name']])
    const dotted = readCsv('Номер|Ф.И.О. ребёнка|Дата рожд.|Тел.\n1|"Каримова, Лола"|01.02.2011|+7 921 000-11-22\n')
    expect([...suggestColumns(withHeadings(dotted)).values()]).toEqual(['record_id', 'full_name', 'date', 'phone'])
  })
})
