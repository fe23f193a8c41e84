import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { locales } from '../base/i18n.ts'
import { appealAge, assessAge, lowestAge } from './rules.assessment.ts'
import { bestOf, byWorth, whyOf } from './rules.best.ts'
import { draftOf } from './rules.draft.ts'
import { countryCodes, countryList, countryName, placeText, regionList, regionName } from './rules.places.ts'
import { apply, recordPerson, toClaim } from './rules.ts'
import { assessmentMethods } from './schema.assessment.ts'
import { regionRows } from './schema.places.regions.ts'
import { type Claim, claimSources, confidences, methods, type Person, standings } from './schema.ts'

const at = (n: number) => `2026-11-24T10:${String(n % 60).padStart(2, '0')}:00.000Z`
const claim = (o: Partial<Omit<Claim, 'what'>> & { text?: string }, n = 0): Claim =>
  ({
    ...toClaim(draftOf({ what: 'origin', text: o.text ?? 'Худжанд', source: 'unknown', confidence: 'medium' }), {
      id: `c${n}`,
      by: 'u',
      at: at(n),
    }),
    ...o,
  }) as Claim
const anyClaim = fc
  .record({
    source: fc.constantFrom(...claimSources),
    standing: fc.constantFrom(...standings),
    confidence: fc.constantFrom(...confidences),
    method: fc.constantFrom(...methods),
    n: fc.nat(59),
  })
  .map(({ n, ...o }) => claim(o, n))

describe('what we go by', () => {
  test('what was withdrawn is never gone by, and what is disputed only where there is nothing else', () =>
    fc.assert(
      fc.property(fc.array(anyClaim), claims => {
        const { best, others, withdrawn } = bestOf(claims)
        expect([...(best ? [best] : []), ...others, ...withdrawn].length).toBe(claims.length)
        expect(best?.standing).not.toBe('withdrawn')
        if (best?.standing === 'disputed') expect(others.every(o => o.standing === 'disputed')).toBe(true)
        if (claims.some(c => c.standing === 'confirmed')) expect(best?.standing).toBe('confirmed')
      }),
    ))
  test('the order is one order: whoever is listed first is not worse than whoever comes after', () =>
    fc.assert(
      fc.property(fc.array(anyClaim, { maxLength: 8 }), claims => {
        const sorted = [...claims].sort(byWorth)
        for (let i = 1; i < sorted.length; i += 1) expect(byWorth(sorted[i - 1]!, sorted[i]!)).toBeLessThanOrEqual(0)
        for (const a of claims) for (const b of claims) expect(Math.sign(byWorth(a, b)) + Math.sign(byWorth(b, a))).toBe(0)
      }),
    ))
  test('confirmed before a paper that we saw, that before words; a false paper proves nothing', () => {
    const child = claim({ source: 'child' }, 1)
    const paper = claim({ source: 'document', method: 'document_seen' }, 2)
    expect(bestOf([child, paper]).why).toBe('document_seen')
    expect(bestOf([{ ...child, standing: 'confirmed' }, paper]).best?.id).toBe('c1')
    const seen = { source: 'document', method: 'document_seen', confidence: 'high' } as const
    const passport = toClaim(draftOf({ what: 'document', document: 'passport', state: 'false', text: 'x', ...seen }), {
      id: 'd',
      by: 'u',
      at: at(1),
    })
    expect(whyOf(passport)).toBe('document')
  })
  test('a paper that somebody doubted, or the 1st of January, is not gone by against what the child says', () => {
    const born = (text: string, o: Partial<Claim>, n: number) =>
      toClaim(draftOf({ what: 'age', text, source: 'child', confidence: 'medium', ...o } as Parameters<typeof draftOf>[0]), {
        id: `c${n}`,
        by: 'u',
        at: at(n),
      })
    const child = born('14–16', {}, 1)
    expect(bestOf([child, born('19.03.2008', { source: 'document', confidence: 'low' }, 2)]).best?.id).toBe('c1')
    expect(bestOf([child, born('01.01.2008', { source: 'document', confidence: 'high' }, 2)]).best?.id).toBe('c1')
    expect(bestOf([child, born('19.03.2008', { source: 'document', confidence: 'high' }, 2)]).best?.id).toBe('c2')
    expect(bestOf([born('14', { confidence: 'low' }, 1), born('01.07.2008', { source: 'document', confidence: 'low' }, 2)]).best?.id).toBe(
      'c2',
    )
  })
  test('a child is called by the name they gave, whatever a paper says, until another is confirmed', () => {
    const named = (source: Claim['source'], n: number) =>
      toClaim(draftOf({ what: 'name', text: `имя ${n}`, source, confidence: 'high' }), { id: `c${n}`, by: 'u', at: at(n) })
    const all = [named('document', 1), named('child', 2)]
    expect(bestOf(all).best?.id).toBe('c2')
    expect(bestOf([{ ...all[0]!, standing: 'confirmed' }, all[1]!]).best?.id).toBe('c1')
    const nickname = { ...named('witness', 3), kind: 'nickname' } as Claim
    expect(bestOf([nickname, all[1]!]).best?.id).toBe('c2')
    expect(bestOf([nickname, { ...all[1]!, standing: 'disputed' }]).best?.id).toBe('c3')
  })
})

const row = { id: 'p', homeGroup: 'g' }
const person = (): Person => apply(undefined, row, recordPerson('child', []))
const said = {
  grounds: 'разный год',
  informedIn: 'таджикский',
  guardian: 'опека',
  consent: 'given',
  methods: ['documents'],
  resultMin: 16,
  resultMax: 19,
  margin: 2,
  decidedOn: '2026-11-24',
  decidedBy: 'комиссия',
  appealUntil: '',
} as const
const recordings = { assessment: { id: 'a', by: 'u', at: at(1) }, claim: { id: 'k', by: 'u', at: at(1) } }
describe('an age assessment', () => {
  test('no examination of the body is on the list of methods, and no field could hold one', () =>
    expect(assessmentMethods).toEqual(['documents', 'conversation', 'family', 'school', 'social', 'psychologist', 'xray']))
  test.each([
    ['grounds', ' ', 'assessment_needs_grounds'],
    ['informedIn', '', 'assessment_needs_language'],
    ['guardian', '', 'assessment_needs_guardian'],
    ['consent', 'refused', 'assessment_needs_consent'],
    ['methods', [], 'assessment_needs_method'],
    ['resultMin', null, 'assessment_needs_result'],
    ['resultMin', 20, 'assessment_upside_down'],
  ] as const)('without %s (%j) it is none', (field, value, error) =>
    expect(assessAge(person(), { ...said, methods: [...said.methods], [field]: value }, recordings)).toEqual({ ok: false, error }),
  )
  test('the decided age is the lowest that result and margin allow, and never above the result', () =>
    fc.assert(
      fc.property(fc.nat(40), fc.nat(40), fc.nat(10), (a, b, margin) => {
        const [resultMin, resultMax] = [Math.min(a, b), Math.max(a, b)]
        const e = assessAge(person(), { ...said, methods: [...said.methods], resultMin, resultMax, margin }, recordings)
        const { identity } = apply(person(), row, e.ok ? e.value : recordPerson('child', []))
        expect(identity.assessments[0]?.decided).toBe(lowestAge(resultMin, margin))
        expect(identity.assessments[0]!.decided!).toBeLessThanOrEqual(resultMin)
        expect(identity.ages[0]!.min! <= identity.ages[0]!.max!).toBe(true)
      }),
    ))
  test('the margin is taken off the lower end', () => expect([lowestAge(16, 2), lowestAge(16, 0), lowestAge(1, 3)]).toEqual([14, 16, 0]))
  test('a refusal says nothing of an age; an appeal makes the decided age doubtful, and a changed one takes it back', () => {
    const refused = assessAge(person(), { ...said, consent: 'refused', methods: [], resultMin: null, resultMax: null }, recordings)
    expect(refused.ok && apply(person(), row, refused.value).identity).toMatchObject({ ages: [], assessments: [{ decided: null }] })
    const e = assessAge(person(), { ...said, methods: [...said.methods] }, recordings)
    let p = e.ok ? apply(person(), row, e.value) : person()
    const standing: (string | undefined)[] = []
    for (const appeal of ['pending', 'upheld', 'pending', 'changed', 'upheld'] as const) {
      const next = appealAge(p, { assessmentId: 'a', appeal, note: 'решение суда' })
      if (next.ok) p = apply(p, row, next.value)
      standing.push(p.identity.ages[0]?.standing)
    }
    expect(standing).toEqual(['disputed', 'stands', 'disputed', 'withdrawn', 'withdrawn'])
    expect(appealAge(p, { assessmentId: 'x', appeal: 'pending', note: 'x' })).toEqual({ ok: false, error: 'assessment_unknown' })
    expect(appealAge(p, { assessmentId: 'a', appeal: 'pending', note: '' })).toEqual({ ok: false, error: 'appeal_needs_reason' })
  })
})

describe('places', () => {
  test('every country has a name in all languages, the ones we meet most stand first, and none stands twice', () => {
    for (const locale of locales) {
      const list = countryList(locale)
      expect(list.slice(0, 6).map(p => p.value)).toEqual(['UZ', 'KG', 'TJ', 'NG', 'CD', 'RU'])
      expect(new Set(list.map(p => p.value)).size).toBe(list.length)
      expect(list.filter(p => p.text === '' || p.text === p.value)).toEqual([])
    }
    expect(countryCodes().length).toBeGreaterThan(240)
    for (const gone of ['SU', 'YU', 'ZZ', 'EU', 'DD', 'ZR']) expect(countryCodes()).not.toContain(gone)
    expect([countryName('UZ', 'ru'), countryName('TJ', 'tg'), countryName('', 'ru'), countryName('x', 'ru')]).toEqual([
      'Узбекистан',
      'Тоҷикистон',
      '',
      '',
    ])
  })
  test('regions: all of Russia and of the countries that we meet, each under its country', () => {
    const count = (c: string) => regionRows.filter(r => r[0].startsWith(`${c}-`)).length
    expect(['UZ', 'KG', 'TJ', 'NG', 'CD', 'RU'].map(count)).toEqual([14, 9, 5, 37, 26, 83])
    for (const r of regionRows) expect([r[0], /^[А-Я]/.test(r[1]), r[2] !== '', r[3] !== '']).toEqual([r[0], true, true, true])
    expect(regionList('ru').find(r => r.value === 'UZ-SA')?.text).toBe('Узбекистан: Самаркандская область')
    expect([regionName('UZ-SA', 'uz'), regionName('RU-MOS', 'uz'), regionName('TJ-SU', 'tg'), regionName('XX-1', 'ru')]).toEqual([
      'Samarqand viloyati',
      'Московская область',
      'Вилояти Суғд',
      '',
    ])
    expect(placeText({ country: '', region: 'TJ-KT', village: 'Сомониён' }, 'en')).toBe('Tajikistan, Khatlon Province, Сомониён')
  })
})
