import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { apply, cancelSession, closeSession, decideBooking, judgeInterpreter, openSession, roomUntil } from './rules.ts'
import { aliasTells, notCompared, type Risk, tiesAsked, undertakingHolds, warningsOf } from './rules.warnings.ts'
import { type Booking, type Interpreter, interpreterKinds, sexes, sexesWanted, spokenLanguages } from './schema.ts'

const bare: Interpreter = {
  alias: 'Скворец',
  kind: 'diaspora',
  languages: [{ language: 'tg', dialect: '', direction: 'both', level: 'native' }],
  sex: 'female',
  remote: true,
  contact: '',
  places: [],
  community: '',
  kin: '',
  employers: '',
  signed: '2026-01-01',
  until: '2026-12-31',
  note: '',
}
const risk: Risk = {
  day: '2026-11-24',
  language: 'tg',
  childPlace: '',
  childCommunity: '',
  recruiterPlace: '',
  recruiterWords: '',
  sexWanted: 'not_asked',
  childNames: [],
}
const codes = (i: Partial<Interpreter>, r: Partial<Risk> = {}) => warningsOf({ ...bare, ...i }, { ...risk, ...r }).map(w => w.code)

const word = fc.constantFrom(
  'Хатлон',
  'Khatlon',
  'Куляб',
  'Kulob',
  'Ванч',
  'Каримов',
  'Salimov',
  'область',
  'рынок Сад',
  'Ош',
  'мечеть',
  '',
  ' ',
)
const text = fc.array(word, { maxLength: 4 }).map(a => a.join(' '))
const place = fc.record({ country: word, region: word, place: word })
const day = fc.constantFrom('2026-01-01', '2026-06-01', '2026-11-24', '2026-12-31')
const interpreter: fc.Arbitrary<Interpreter> = fc.record({
  alias: fc.constant('Скворец'),
  kind: fc.constantFrom(...interpreterKinds),
  languages: fc.array(
    fc.record({
      language: fc.constantFrom(...spokenLanguages),
      dialect: word,
      direction: fc.constant('both' as const),
      level: fc.constant('good' as const),
    }),
    { maxLength: 3 },
  ),
  sex: fc.constantFrom(...sexes),
  remote: fc.boolean(),
  contact: fc.constant(''),
  places: fc.array(place, { maxLength: 2 }),
  community: text,
  kin: text,
  employers: text,
  signed: fc.option(day),
  until: fc.option(day),
  note: fc.constant(''),
})
const risks: fc.Arbitrary<Risk> = fc.record({
  day,
  language: fc.constantFrom(...spokenLanguages),
  childPlace: text,
  childCommunity: text,
  recruiterPlace: text,
  recruiterWords: text,
  sexWanted: fc.constantFrom(...sexesWanted),
  childNames: fc.array(word, { maxLength: 2 }),
})

describe('warnings', () => {
  test('learning more of the ties of an interpreter never takes a warning away, except that nobody has asked', () => {
    fc.assert(
      fc.property(interpreter, risks, text, text, text, place, (i, r, community, kin, employers, where) => {
        const more = {
          ...i,
          community: `${i.community} ${community}`,
          kin: `${i.kin} ${kin}`,
          employers: `${i.employers}, ${employers}`,
          places: [...i.places, where],
        }
        const after = new Map(warningsOf(more, r).map(w => [w.code, w.words]))
        for (const w of warningsOf(i, r)) {
          if (w.code === 'ties_not_asked') continue
          expect(after.has(w.code)).toBe(true)
          expect(after.get(w.code)).toEqual(expect.arrayContaining(w.words))
        }
      }),
    )
  })
  test('learning more of the child or of the recruiter takes none away either', () => {
    fc.assert(
      fc.property(interpreter, risks, text, text, text, text, (i, r, a, b, c, d) => {
        const more = {
          ...r,
          childPlace: `${r.childPlace} ${a}`,
          childCommunity: `${r.childCommunity} ${b}`,
          recruiterPlace: `${r.recruiterPlace} ${c}`,
          recruiterWords: `${r.recruiterWords} ${d}`,
          childNames: [...r.childNames, a],
        }
        const after = new Set(warningsOf(i, more).map(w => w.code))
        for (const w of warningsOf(i, r)) expect(after.has(w.code)).toBe(true)
      }),
    )
  })
  test('an undertaking that is not known, not yet signed or over always warns', () => {
    fc.assert(
      fc.property(interpreter, risks, (i, r) => {
        const warns = warningsOf(i, r).some(w => w.code === 'no_undertaking')
        expect(warns).toBe(!undertakingHolds(i, r.day))
        expect(warnsWithout(i, r)).toBe(true)
      }),
    )
    expect(undertakingHolds({ signed: '2026-11-25', until: '2027-01-01' }, '2026-11-24')).toBe(false)
    expect(undertakingHolds({ signed: '2025-11-25', until: '2026-11-23' }, '2026-11-24')).toBe(false)
    expect(undertakingHolds({ signed: '2026-11-24', until: '2026-11-24' }, '2026-11-24')).toBe(true)
  })
  const warnsWithout = (i: Interpreter, r: Risk) =>
    [{ signed: null }, { until: null }].every(gone => warningsOf({ ...i, ...gone }, r).some(w => w.code === 'no_undertaking'))
  test('another child and a relative always warn', () => {
    fc.assert(
      fc.property(interpreter, risks, (i, r) => {
        expect(warningsOf({ ...i, kind: 'other_child' }, r).some(w => w.code === 'other_child')).toBe(true)
        expect(warningsOf({ ...i, kind: 'relative' }, r).some(w => w.code === 'relative')).toBe(true)
      }),
    )
  })
  test('places are compared over scripts; a country alone or a general word is no meeting', () => {
    const from = { places: [{ country: 'Таджикистан', region: 'Хатлонская область', place: 'Куляб' }] }
    expect(codes(from, { childPlace: 'Kulyab, Tajikistan' })).toContain('place_child')
    expect(codes(from, { recruiterPlace: 'куляб' })).toContain('place_recruiter')
    expect(codes(from, { childPlace: 'Таджикистан, Согдийская область' })).not.toContain('place_child')
  })
  test('kin, community and work are found on the side where they stand', () => {
    expect(codes({ kin: 'Каримовы, Карим' }, { childNames: ['Лола Карим'] })).toContain('kin_child')
    expect(codes({ kin: 'Салимов' }, { recruiterWords: 'дядя Салимов с рынка' })).toContain('kin_recruiter')
    expect(codes({ employers: 'рынок Садовод' }, { recruiterWords: 'торгует: Садовод' })).toContain('community_recruiter')
    expect(codes({ community: 'памирцы' }, { childCommunity: 'Памирцы' })).toContain('community_child')
  })
  test('a child who asked for a woman is not given somebody of unknown sex unwarned', () => {
    expect(codes({ sex: 'not_asked' }, { sexWanted: 'female' })).toContain('sex_not_wanted')
    expect(codes({ sex: 'female' }, { sexWanted: 'female' })).not.toContain('sex_not_wanted')
  })
  test('a name for the session that is the child’s own is refused, in whatever script', () => {
    expect(aliasTells('Lola', ['Лола Каримова'])).toBe(true)
    expect(aliasTells('Ручей', ['Лола Каримова'])).toBe(false)
    const tells = decideBooking({ state: 'open' }, { ...cmd, decision: 'anyway', tells: true, booking: { ...booking, reason: 'x' } }, today)
    expect(tells).toEqual({ ok: false, error: 'alias_tells' })
  })
  test('what was not said was not compared, and that is said', () => {
    expect(notCompared(risk)).toEqual(['child', 'recruiter'])
    expect(notCompared({ ...risk, childPlace: 'x', recruiterWords: 'y' })).toEqual([])
    expect(codes({})).toEqual(['ties_not_asked'])
    expect(tiesAsked({ ...bare, places: [{ country: 'Таджикистан', region: '', place: '' }] })).toBe(false)
  })
})

const booking: Booking = {
  interpreter: 'i',
  alias: 'Скворец',
  kind: 'diaspora',
  account: null,
  day: '2026-11-24',
  time: '14:30',
  language: 'tg',
  way: 'telephone',
  purpose: '',
  childAlias: 'Ручей',
  childPlace: '',
  childCommunity: '',
  recruiterPlace: '',
  recruiterWords: '',
  sexWanted: 'not_asked',
  warnings: [{ code: 'ties_not_asked', words: [] }],
  reason: '',
}
const cmd = { sessionId: 's', by: 'u', entry: { state: 'active' as const }, excluded: false, tells: false, booking }
const today = '2026-11-24'

describe('booking', () => {
  test('nobody is booked despite a warning without saying so and why', () => {
    const warned = fc.record({ reason: fc.constantFrom('', ' ', 'нет другого') })
    fc.assert(
      fc.property(fc.constantFrom('book' as const, 'anyway' as const), warned, (decision, w) => {
        const r = decideBooking({ state: 'open' }, { ...cmd, decision, booking: { ...booking, ...w } }, today)
        expect(r.ok).toBe(decision === 'anyway' && w.reason.trim() !== '')
      }),
    )
  })
  test('a closed case, a person shut out, a paused interpreter, a day that has passed', () => {
    const b = { ...booking, warnings: [], reason: 'x' }
    const code = (r: ReturnType<typeof decideBooking>) => (r.ok ? 'ok' : r.error)
    expect(code(decideBooking({ state: 'closed' }, { ...cmd, decision: 'book', booking: b }, today))).toBe('closed')
    expect(code(decideBooking({ state: 'open' }, { ...cmd, decision: 'anyway', excluded: true, booking: b }, today))).toBe('excluded')
    expect(code(decideBooking({ state: 'open' }, { ...cmd, decision: 'book', entry: { state: 'paused' }, booking: b }, today))).toBe(
      'paused',
    )
    expect(code(decideBooking({ state: 'open' }, { ...cmd, decision: 'book', booking: { ...b, day: '2026-11-23' } }, today))).toBe(
      'day_passed',
    )
    expect(code(decideBooking({ state: 'open' }, { ...cmd, decision: 'refuse', booking: { ...b, reason: '' } }, today))).toBe(
      'reason_missing',
    )
    expect(code(decideBooking({ state: 'open' }, { ...cmd, decision: 'book', booking: b }, today))).toBe('ok')
  })
  test('a session goes from booked to live to closed, or is cancelled; nothing else', () => {
    const made = decideBooking({ state: 'open' }, { ...cmd, decision: 'book', booking: { ...booking, warnings: [] } }, today)
    const s = made.ok ? apply(undefined, { caseId: 'c', homeGroup: 'g' }, made.value) : undefined
    expect(s).toMatchObject({ state: 'booked', warnings: 0, version: 1 })
    const now = '2026-11-24T10:00:00.000Z'
    const opened = openSession({ state: 'open' }, s!, 'Скворец', now)
    expect(opened).toMatchObject({ ok: true, value: { until: '2026-11-24T14:00:00.000Z' } })
    expect(roomUntil(now)).toBe('2026-11-24T14:00:00.000Z')
    const live = opened.ok ? apply(s, s!, opened.value) : s!
    expect(openSession({ state: 'open' }, live, '', now)).toEqual({ ok: false, error: 'not_booked' })
    expect(cancelSession(live, 'x')).toEqual({ ok: false, error: 'not_booked' })
    expect(closeSession(s!, '', [])).toEqual({ ok: false, error: 'not_live' })
    const closed = closeSession(live, 'Скворец', [])
    expect(closed.ok && apply(live, live, closed.value)).toMatchObject({ state: 'closed', version: 3 })
  })
})

test('an undertaking without an end is asked again after a year', () => {
  expect(judgeInterpreter({ ...bare, until: null })).toMatchObject({ ok: true, value: { until: '2027-01-01' } })
  expect(judgeInterpreter({ ...bare, until: '2025-01-01' })).toEqual({ ok: false, error: 'until_before_signed' })
  expect(judgeInterpreter({ ...bare, signed: null })).toEqual({ ok: false, error: 'until_without_signed' })
})
