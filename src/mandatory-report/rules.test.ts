import fc from 'fast-check'
import { expect, test } from 'vitest'
import { idSpan, parseCode } from '../base/codes.ts'
import { addDays, dayOf } from '../base/time.ts'
import { addWorkingDays, answerDue, decisionDue, isWorkingDay, learnedAt, stampAt } from './rules.days.ts'
import {
  answerLetter,
  applyReport,
  asks,
  decideReport,
  emptyState,
  initials,
  letterNumber,
  openDecisions,
  recordFact,
  registerLetter,
  sendLetter,
  stopLetter,
  type Terms,
  writeLetter,
} from './rules.ts'
import { answers, isReportEvent, type LetterWords, openReportEvent, type ReportEvent, type ReportFact, reportEventTypes } from './schema.ts'

const terms: Terms = {
  kinds: {
    version: 1,
    note: '',
    clock: { lifeHours: 2, otherHours: 24, basis: 'local', source: '', laterDays: 14 },
    kinds: [{ code: 'violence', ru: 'а', en: 'a' }],
    recipients: (['police', 'guardianship', 'prosecutor'] as const).map(code => ({
      code,
      ru: code,
      en: code,
      to: { ru: 'x', en: 'x' },
      when: { ru: 'x', en: 'x' },
      answer: { days: 3, count: code === 'guardianship' ? ('working' as const) : ('calendar' as const) },
      basis: 'law' as const,
      source: 'x',
      checked: null,
    })),
    escalation: 'prosecutor',
  },
  days: { closed: ['2026-12-31', '2027-01-01', '2027-01-04', '2027-01-05', '2027-01-06', '2027-01-07', '2027-01-08'], open: [] },
}
const zone = 'Europe/Moscow'
const now = '2026-11-24T10:00:00.000Z'
const t = { now, today: '2026-11-24', timeZone: zone }
const day = fc.integer({ min: 0, max: 1500 }).map(n => addDays('2026-01-01', n))
const stamp = fc.integer({ min: Date.parse('2026-01-01'), max: Date.parse('2029-01-01') }).map(n => new Date(n).toISOString())
const words: LetterWords = {
  identity: 'initials',
  why: '',
  name: 'К. Л.',
  about: [],
  facts: 'x',
  life: false,
  where: '',
  measures: '',
  request: '',
  written: now,
}

test('a decision is never due before it was learned, and on danger to life never later than otherwise', () => {
  fc.assert(
    fc.property(stamp, learned => {
      const [life, other] = [true, false].map(x => decisionDue({ learned, life: x }, terms.kinds.clock)) as [string, string]
      expect(life > learned && life < other).toBe(true)
      expect(Date.parse(life) - Date.parse(learned)).toBe(2 * 3_600_000)
      expect(Date.parse(other) - Date.parse(learned)).toBe(24 * 3_600_000)
    }),
  )
})
test('the n-th working day is one, and between lie n − 1 of them', () => {
  fc.assert(
    fc.property(day, fc.integer({ min: 1, max: 30 }), (from, n) => {
      const to = addWorkingDays(from, n, terms.days)
      expect(isWorkingDay(to, terms.days)).toBe(true)
      let count = 0
      for (let d = addDays(from, 1); d <= to; d = addDays(d, 1)) if (isWorkingDay(d, terms.days)) count += 1
      expect(count).toBe(n)
      // A later beginning never ends earlier, and a working term never ends before as many plain days.
      expect(addWorkingDays(addDays(from, 1), n, terms.days) >= to).toBe(true)
      expect(to >= addDays(from, n)).toBe(true)
    }),
  )
})
test('three working days over the winter holidays, three days plainly', () => {
  const [police, guardianship] = terms.kinds.recipients
  expect(answerDue(police!, '2026-12-30', terms.days)).toBe('2027-01-02')
  expect(answerDue(guardianship!, '2026-12-30', terms.days)).toBe('2027-01-13')
  expect(answerDue(guardianship!, '2026-11-27', terms.days)).toBe('2026-12-02')
  expect(isWorkingDay('2026-11-28', { closed: [], open: ['2026-11-28'] })).toBe(true)
})
test('what clocks show comes back as that instant', () => {
  fc.assert(
    fc.property(stamp, fc.constantFrom('Europe/Moscow', 'Asia/Bishkek', 'UTC'), (s, tz) => {
      const minute = `${s.slice(0, 16)}:00.000Z`
      const shown = new Intl.DateTimeFormat('en-GB', { timeZone: tz, hourCycle: 'h23', hour: '2-digit', minute: '2-digit' }).format(
        new Date(minute),
      )
      expect(stampAt(dayOf(minute, tz), shown, tz)).toBe(minute)
    }),
  )
})
test('learned is never in the future: nothing said is now, a day its beginning', () => {
  expect(learnedAt({ day: undefined, time: undefined }, now, zone)).toBe(now)
  expect(learnedAt({ day: '2026-11-24', time: undefined }, now, zone)).toBe('2026-11-23T21:00:00.000Z')
  expect(learnedAt({ day: undefined, time: '12:30' }, now, zone)).toBe('2026-11-24T09:30:00.000Z')
  expect(learnedAt({ day: '2026-11-24', time: '13:01' }, now, zone)).toBeUndefined()
  expect(learnedAt({ day: '2026-11-25', time: undefined }, now, zone)).toBeUndefined()
  expect(
    recordFact(true, { factId: 'f', learned: undefined, life: true, words: { kind: 'k', text: 'x', happened: '', paperBy: '' } }),
  ).toEqual({
    ok: false,
    error: 'learned_in_future',
  })
})
test('initials say no name, in any script', () => {
  expect(initials('Каримова Лола')).toBe('К. Л.')
  expect(initials('oʻktam  Yusupov-Ali')).toBe('O. Y.')
  expect(initials('')).toBe('')
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), s =>
      initials(s)
        .split(' ')
        .every(x => x === '' || [...x].length <= 4),
    ),
  )
})

test('the number on a letter is a code that leads back', () => {
  fc.assert(
    fc.property(fc.uuid({ version: 4 }), id => {
      const code = parseCode(letterNumber('D-0AB1C2D', id))
      expect(code).toMatchObject({ kind: 'D', body: '0AB1C2D', form: 90 })
      const [from, to] = idSpan(code!.part!)
      expect(from <= id && id <= to).toBe(true)
    }),
  )
})

type Cmd = (s: ReturnType<typeof start>, n: number) => ReportEvent | undefined
const start = () => ({ state: emptyState, facts: [] as ReportFact[] })
const value = <E>(r: { ok: true; value: E } | { ok: false; error: string }) => (r.ok ? r.value : undefined)
const one = <V>(list: readonly V[], n: number): V | undefined => list[n % Math.max(1, list.length)]
const date = (n: number) => addDays(t.today, -(n % 3))
const command: fc.Arbitrary<Cmd> = fc.oneof(
  fc.boolean().map(
    (life): Cmd =>
      (_, n) =>
        value(recordFact(true, { factId: `f${n}`, learned: now, life, words: { kind: 'violence', text: 'x', happened: '', paperBy: '' } })),
  ),
  fc.tuple(fc.constantFrom(...answers), fc.subarray(['police', 'guardianship', 'prosecutor', 'nobody']), fc.nat()).map(
    ([answer, recipients, pick]): Cmd =>
      (s, n) => {
        const fact = one(s.facts, pick)
        const until = addDays(t.today, (pick % 30) - 5)
        return (
          fact &&
          value(decideReport(s.state, { fact, answer, recipients, until, reason: 'x', by: 'u', letterId: i => `l${n}-${i}` }, terms, t))
        )
      },
  ),
  fc.tuple(fc.constantFrom('write', 'send', 'register', 'answer', 'stop'), fc.nat()).map(
    ([what, pick]): Cmd =>
      (s, n) => {
        const l = one([...s.state.letters.values()], pick)
        if (!l) return undefined
        if (what === 'write') return value(writeLetter(l, { words: { ...words, facts: `x${n}` }, nameKnown: true }))
        if (what === 'send')
          return value(
            sendLetter(l, { how: pick % 2 ? 'phone' : 'post', by: '', sent: date(pick), written: l.words !== null }, terms, t.today),
          )
        if (what === 'register')
          return value(registerLetter(l, { number: 'КУСП 1', registered: n % 4 ? t.today : date(n) }, terms, t.today))
        if (what === 'answer') return value(answerLetter(l, { answered: n % 4 ? t.today : date(n), answer: 'x' }, t.today))
        return value(stopLetter(l, 'x'))
      },
  ),
)
const body = ({ type: _, ...rest }: ReportEvent) => rest
test('whatever is commanded: no fact vanishes unanswered, no letter without its day, and the events say it all', () => {
  const seen = new Set<string>()
  fc.assert(
    fc.property(fc.array(command, { maxLength: 60, size: 'max' }), commands => {
      const s = start()
      const events: ReportEvent[] = []
      const answered = new Map<string, string>()
      commands.forEach((c, n) => {
        const e = c(s, n)
        if (!e) return
        seen.add(e.type)
        events.push(e)
        s.state = applyReport(s.state, e)
        if (e.type === 'report_fact_recorded') s.facts.push({ id: e.factId, caseId: 'c', learned: e.learned, life: e.life, from: 'fact' })
        if (e.type === 'report_decided') answered.set(e.factId, e.answer)
      })
      const open = new Set(openDecisions(s.facts, s.state.decisions, terms.kinds.clock).map(d => d.fact.id))
      for (const f of s.facts) {
        const a = answered.get(f.id)
        expect(open.has(f.id)).toBe(a === undefined || a === 'later')
        // Reporting was decided: each recipient has a letter that is not stopped unseen.
        if (a === 'now')
          for (const r of s.state.decisions.get(f.id)!.body.recipients)
            expect([...s.state.letters.values()].some(l => l.factId === f.id && l.recipient === r)).toBe(true)
      }
      for (const l of s.state.letters.values()) {
        expect(l.sendDue >= t.today).toBe(true)
        if (l.state === 'sent' || l.state === 'registered') expect(l.answerDue! > l.sent!).toBe(true)
        else expect(l.answerDue).toBeNull()
        if (l.sent !== null && l.body.how !== 'phone') expect(l.words).not.toBeNull()
      }
      const replayed = events.reduce(
        (x, e) => applyReport(x, openReportEvent(e.type, { schema: 1, value: JSON.parse(JSON.stringify(body(e))) })),
        emptyState,
      )
      expect(replayed).toEqual(s.state)
    }),
    { numRuns: 500 },
  )
  expect(seen).toEqual(new Set(reportEventTypes))
  expect(isReportEvent('case_opened')).toBe(false)
})
test('danger to life that is learned after an answer asks anew', () => {
  expect(asks({ life: true }, { answer: 'no', life: false, until: null })).toBe(true)
  expect(asks({ life: true }, { answer: 'no', life: true, until: null })).toBe(false)
  expect(asks({ life: false }, { answer: 'now', life: false, until: null })).toBe(false)
})
test('later has an end and is near; what was sent cannot become "not to report"', () => {
  const fact: ReportFact = { id: 'f', caseId: 'c', learned: now, life: false, from: 'fact' }
  const cmd = { fact, recipients: ['police'], reason: 'x', by: 'u', letterId: (i: number) => `l${i}` }
  const decide = (s = emptyState, more: object = {}) => decideReport(s, { ...cmd, answer: 'now', until: undefined, ...more }, terms, t)
  expect(decide(emptyState, { answer: 'later' })).toEqual({ ok: false, error: 'until_missing' })
  expect(decide(emptyState, { answer: 'later', until: '2026-11-23' })).toEqual({ ok: false, error: 'until_past' })
  expect(decide(emptyState, { answer: 'later', until: '2026-12-09' })).toEqual({ ok: false, error: 'until_far' })
  expect(decide(emptyState, { reason: ' ' })).toEqual({ ok: false, error: 'reason_missing' })
  expect(decide(emptyState, { recipients: ['nobody'] })).toEqual({ ok: false, error: 'no_recipient' })
  const s = applyReport(emptyState, value(decide())!)
  const l = s.letters.get('l0')!
  expect(writeLetter(l, { words: { ...words, identity: 'full' }, nameKnown: true })).toEqual({ ok: false, error: 'full_without_reason' })
  expect(writeLetter(l, { words: { ...words, identity: 'full', why: 'x' }, nameKnown: false })).toEqual({ ok: false, error: 'no_identity' })
  expect(sendLetter(l, { how: 'post', by: '', sent: t.today, written: false }, terms, t.today)).toEqual({
    ok: false,
    error: 'letter_empty',
  })
  const sent = applyReport(s, value(sendLetter(l, { how: 'phone', by: '', sent: t.today, written: false }, terms, t.today))!)
  expect(decide(sent, { answer: 'no' })).toEqual({ ok: false, error: 'already_sent' })
})
