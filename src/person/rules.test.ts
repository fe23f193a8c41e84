import fc from 'fast-check'
import { expect, test } from 'vitest'
import { draftOf } from './rules.draft.ts'
import { addClaim, apply, claimsOf, disagreements, displayName, judgeClaim, recordPerson, scriptOf, toClaim } from './rules.ts'
import { claimKinds } from './schema.forms.ts'
import { openIdentity, openWhereabouts, type Person, relations, standings } from './schema.ts'

const row = { id: 'p', homeGroup: 'g' }
const said = { source: 'child', confidence: 'low' } as const
const rec = (n: number) => ({ id: `c${n}`, by: 'u', at: `2026-11-24T10:00:${String(n % 60).padStart(2, '0')}.000Z` })
const base = (): Person => apply(undefined, row, recordPerson('child', []))

test('nothing is required but who this is to us', () => {
  for (const relation of relations)
    expect(apply(undefined, row, recordPerson(relation, [])).identity).toEqual({
      relation,
      names: [],
      ages: [],
      facts: [],
      assessments: [],
    })
})
test('scripts', () => expect(['Лена', 'Lena', 'لينا', '—'].map(scriptOf)).toEqual(['cyrl', 'latn', 'arab', 'other']))

test('a claim is never overwritten: whatever happens, every claim stays, and only its standing changes', () =>
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          fc.tuple(fc.constant('add' as const), fc.constantFrom(...claimKinds), fc.string()),
          fc.tuple(fc.constant('judge' as const), fc.nat(20), fc.constantFrom(...standings)),
        ),
        { maxLength: 30 },
      ),
      steps => {
        let p = base()
        let n = 0
        const made = new Map<string, string>()
        for (const s of steps) {
          const decided =
            s[0] === 'add'
              ? addClaim(p, draftOf({ what: s[1], text: s[2], ...said }), rec(n))
              : judgeClaim(p, { claimId: `c${s[1]}`, standing: s[2], reason: 'потому' })
          if (s[0] === 'add' && decided.ok) made.set(`c${n}`, JSON.stringify(toClaim(draftOf({ what: s[1], text: s[2], ...said }), rec(n))))
          n += 1
          const before = p.version
          if (decided.ok) p = apply(p, row, decided.value)
          expect(p.version).toBe(before + (decided.ok ? 1 : 0))
        }
        expect(
          claimsOf(p)
            .map(c => c.id)
            .sort(),
        ).toEqual([...made.keys()].sort())
        for (const c of claimsOf(p))
          expect(JSON.stringify({ ...c, standing: 'stands', reason: '' })).toBe(
            JSON.stringify({ ...JSON.parse(made.get(c.id)!), standing: 'stands', reason: '' }),
          )
      },
    ),
  ))
test('withdrawn is final, doubt needs a reason, and a withdrawn name is not the name', () => {
  let p = base()
  const add = addClaim(p, draftOf({ what: 'name', text: 'Лола', ...said }), rec(1))
  if (add.ok) p = apply(p, row, add.value)
  expect(displayName(p.identity)).toBe('Лола')
  expect(judgeClaim(p, { claimId: 'c1', standing: 'disputed', reason: ' ' })).toEqual({ ok: false, error: 'reason_missing' })
  const gone = judgeClaim(p, { claimId: 'c1', standing: 'withdrawn', reason: 'имя сестры' })
  if (gone.ok) p = apply(p, row, gone.value)
  expect(displayName(p.identity)).toBe('')
  expect(judgeClaim(p, { claimId: 'c1', standing: 'confirmed', reason: '' })).toEqual({ ok: false, error: 'claim_withdrawn' })
})
test('what was said differently is named until one of the two is withdrawn; what may all be true is not', () => {
  let p = base()
  const say = (n: number, what: (typeof claimKinds)[number], text: string) => {
    const e = addClaim(p, draftOf({ what, text, ...said }), rec(n))
    if (e.ok) p = apply(p, row, e.value)
  }
  say(1, 'age', '12')
  say(2, 'age', '12–13')
  say(3, 'citizenship', 'Узбекистан')
  say(4, 'citizenship', 'узбекистан ')
  for (const [n, text] of ['узбекский', 'русский'].entries()) say(5 + n, 'language', text)
  expect(disagreements(p.identity)).toEqual([])
  say(7, 'age', '16')
  say(8, 'citizenship', 'Таджикистан')
  expect(disagreements(p.identity)).toEqual([
    { what: 'age', said: ['12', '12–13', '16'] },
    { what: 'citizenship', said: ['узбекистан', 'Таджикистан'] },
  ])
  for (const claimId of ['c7', 'c8']) {
    const gone = judgeClaim(p, { claimId, standing: 'withdrawn', reason: 'о брате' })
    if (gone.ok) p = apply(p, row, gone.value)
  }
  expect(disagreements(p.identity)).toEqual([])
})
test('every version of a sealed identity still opens; a newer one is refused', () => {
  const fixture = {
    relation: 'child',
    ages: [],
    facts: [],
    names: [
      {
        id: 'x',
        what: 'name',
        source: 'child',
        confidence: 'low',
        recordedAt: '2026-11-24T10:00:00.000Z',
        by: 'u',
        standing: 'stands',
        reason: '',
        parts: { given: 'Лола', family: '', patronymic: '', other: '' },
        script: 'cyrl',
        kind: 'own',
      },
    ],
  }
  const opened = openIdentity({ schema: 1, value: fixture })
  expect(displayName(opened)).toBe('Лола')
  expect(opened.names[0]).toEqual({
    ...fixture.names[0],
    whose: '',
    method: 'not_said',
    language: '',
    saidOn: '',
    latin: '',
    order: 'known',
  })
  expect(() => openIdentity({ schema: 2, value: fixture })).toThrow()
  expect(() => openIdentity({ schema: 3, value: opened })).toThrow()
})
test('what stood in version 1 keeps its meaning: years become days, facts lose nothing and gain nothing that was not asked', () => {
  const common = {
    source: 'child',
    confidence: 'low',
    recordedAt: '2026-11-24T10:00:00.000Z',
    by: 'u',
    standing: 'disputed',
    reason: 'по справке',
  }
  const one = openIdentity({
    schema: 1,
    value: {
      relation: 'child',
      names: [],
      ages: [
        { ...common, id: 'a', what: 'age', text: '12–13', minYear: 2012, maxYear: 2014 },
        { ...common, id: 'b', what: 'age', text: 'подросток', minYear: null, maxYear: null },
      ],
      facts: [
        { ...common, id: 'c', what: 'citizenship', text: 'Узбекистан' },
        { ...common, id: 'd', what: 'language', text: 'узбекский' },
        { ...common, id: 'e', what: 'origin', text: 'Самарканд' },
        { ...common, id: 'f', what: 'sex', text: 'ж' },
      ],
    },
  })
  expect(one.ages.map(a => [a.edtf, a.min, a.max, a.minYear, a.standing])).toEqual([
    ['2012/2014', '2012-01-01', '2014-12-31', 2012, 'disputed'],
    ['', null, null, null, 'disputed'],
  ])
  expect(one.facts.map(f => f.text)).toEqual(['Узбекистан', 'узбекский', 'Самарканд', 'ж'])
  expect(one.assessments).toEqual([])
  const place = { ...common, id: 'g', what: 'place', place: 'stays', text: 'у тёти' }
  expect(openWhereabouts({ schema: 1, value: { places: [place] } }).places[0]).toMatchObject({ ...place, country: '', region: '' })
})
