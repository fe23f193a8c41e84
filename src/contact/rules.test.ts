import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Id } from '../base/id.ts'
import {
  answer,
  apply,
  assign,
  begin,
  type ContactFile,
  close,
  convert,
  dangerRank,
  explain,
  judge,
  note,
  read,
  receive,
  reopen,
  setCircumstances,
} from './rules.ts'
import {
  type ContactEvent,
  closeReasons,
  emptyStory,
  openCourse,
  openEvent,
  openMessage,
  openStory,
  safeNows,
  urgencies,
} from './schema.ts'

const id = (n: number): Id => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const now = '2026-11-24T07:41:12.345Z'
const fromSite = (): ContactFile =>
  begin(id(1), id(2), {
    type: 'contact_received',
    data: { channel: 'report', received: '2026-11-24T07:30:00.000Z', safeNow: 'no', story: { ...emptyStory, language: 'uz' } },
  })
const event = (d: { ok: true; value: ContactEvent } | { ok: false; error: string }): ContactEvent => {
  if (!d.ok) throw new Error(d.error)
  return d.value
}

describe('unread is sacred', () => {
  test('what came from outside is unread, what staff wrote down themselves is not', () => {
    expect(fromSite().contact.unread).toBe(true)
    const e = receive(
      { channel: 'call', from: 'teacher', cameWith: '', papers: 'not_asked', safeNow: 'unsure', language: 'ru', explained: true },
      id(5),
      now,
    )
    const f = begin(id(1), id(2), e as Extract<ContactEvent, { type: 'contact_received' }>)
    expect(f.contact).toMatchObject({ unread: false, received: '2026-11-24T07:30:00.000Z', state: 'new', version: 1 })
    expect(f.story!.explained).toEqual([{ language: 'ru', by: id(5), at: now }])
  })
  test('it cannot be closed before somebody has read it, and again not after the sender wrote', () => {
    const f = fromSite()
    expect(close(f.contact, 'hostile', '', now)).toEqual({ ok: false, error: 'still_unread' })
    const seen = apply(f, event(read(f.contact)))
    const wrote = apply(seen, { type: 'sender_wrote', data: {} })
    expect(close(wrote.contact, 'hostile', '', now)).toEqual({ ok: false, error: 'still_unread' })
    expect(read(seen.contact)).toEqual({ ok: false, error: 'nothing_unread' })
    const closed = apply(seen, event(close(seen.contact, 'hostile', '', now)))
    const again = apply(closed, { type: 'sender_wrote', data: {} })
    expect(again.contact).toMatchObject({ state: 'closed', unread: true })
    expect(read(again.contact).ok).toBe(true)
  })
  test('answering and judging mean that it was read; assigning and converting do not', () => {
    const f = fromSite()
    expect(apply(f, event(answer(f.contact, id(9), true, null))).contact.unread).toBe(false)
    expect(apply(f, event(judge(f, 'now', 'x'))).contact.unread).toBe(false)
    expect(apply(f, event(assign(f.contact, id(5), [id(5)]))).contact.unread).toBe(true)
    expect(apply(f, event(convert(f.contact, [id(8)]))).contact.unread).toBe(true)
  })
})

test('a closed contact takes nothing but reading and reopening', () => {
  const open = apply(fromSite(), { type: 'contact_read', data: {} })
  const f = apply(open, event(close(open.contact, 'other', 'x', now)))
  const refused = [
    judge(f, 'now', 'x'),
    assign(f.contact, id(5), [id(5)]),
    answer(f.contact, id(9), true, null),
    note(f.contact, id(9), false),
    explain(f.contact, 'ru', id(5), now),
    close(f.contact, 'other', '', now),
    convert(f.contact, [id(8)]),
    setCircumstances(f.contact, 'x'),
  ]
  for (const r of refused) expect(r).toEqual({ ok: false, error: 'contact_closed' })
  const back = apply(f, event(reopen(f.contact, 'написали')))
  expect(back).toMatchObject({ contact: { state: 'open' }, course: { closing: null } })
  expect(reopen(back.contact, 'x')).toEqual({ ok: false, error: 'not_closed' })
})

test('one contact becomes several children, and more later; each case once', () => {
  let f = fromSite()
  f = apply(f, event(convert(f.contact, [id(8), id(9)])))
  f = apply(f, event(convert(f.contact, [id(9), id(10)])))
  expect(f).toMatchObject({ contact: { state: 'converted' }, course: { cases: [id(8), id(9), id(10)] } })
  expect(judge(f, 'now', 'x')).toEqual({ ok: false, error: 'contact_converted' })
  expect(convert(f.contact, [])).toEqual({ ok: false, error: 'no_case' })
  expect(answer(f.contact, id(9), true, null).ok, 'the conversation goes on').toBe(true)
})

test('it is given only to somebody who can open it, and not twice', () => {
  const f = fromSite()
  expect(assign(f.contact, id(6), [id(5)])).toEqual({ ok: false, error: 'not_a_colleague' })
  const mine = apply(f, event(assign(f.contact, id(5), [id(5)])))
  expect(assign(mine.contact, id(5), [id(5)])).toEqual({ ok: false, error: 'nothing_changed' })
})

test('the answers belong to the site, the notes to the other doors', () => {
  const f = fromSite()
  expect(answer(f.contact, id(9), false, null)).toEqual({ ok: false, error: 'cannot_answer' })
  expect(note(f.contact, id(9), true)).toEqual({ ok: false, error: 'cannot_note' })
})

test('danger: not safe now before everything, then what a person judged, and what nobody judged before "this week"', () => {
  const all = safeNows.flatMap(safeNow => [...urgencies, null].map(urgency => ({ safeNow, urgency })))
  const ordered = all.toSorted((a, b) => dangerRank(a) - dangerRank(b))
  expect(ordered.slice(0, 4).every(c => c.safeNow === 'no')).toBe(true)
  expect(dangerRank({ safeNow: 'yes', urgency: 'now' })).toBeLessThan(dangerRank({ safeNow: 'unsure', urgency: null }))
  expect(dangerRank({ safeNow: 'not_asked', urgency: null })).toBeLessThan(dangerRank({ safeNow: 'yes', urgency: 'today' }))
})

const anyEvent: fc.Arbitrary<ContactEvent> = fc.oneof(
  fc.constant<ContactEvent>({ type: 'sender_wrote', data: {} }),
  fc.constant<ContactEvent>({ type: 'sender_read', data: {} }),
  fc.constant<ContactEvent>({ type: 'sender_watched', data: {} }),
  fc.constant<ContactEvent>({ type: 'sender_alone', data: {} }),
  fc.constant<ContactEvent>({ type: 'contact_read', data: {} }),
  fc
    .record({ urgency: fc.constantFrom(...urgencies), reason: fc.string() })
    .map((data): ContactEvent => ({ type: 'contact_judged', data })),
  fc.nat(5).map((n): ContactEvent => ({ type: 'contact_assigned', data: { assignee: id(n) } })),
  fc
    .record({ reason: fc.constantFrom(...closeReasons), note: fc.string() })
    .map((d): ContactEvent => ({ type: 'contact_closed', data: { ...d, at: now } })),
  fc.string().map((reason): ContactEvent => ({ type: 'contact_reopened', data: { reason } })),
  fc
    .uniqueArray(fc.nat(20), { minLength: 1, maxLength: 3 })
    .map((ns): ContactEvent => ({ type: 'contact_converted', data: { cases: ns.map(id) } })),
)
test('every event moves the version by one, except that the sender has read; without the story key the plain row comes out the same', () => {
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 30 }), events => {
      let [full, blind]: [ContactFile, ContactFile] = [fromSite(), { ...fromSite(), story: undefined }]
      for (const e of events) {
        const before = full.contact.version
        full = apply(full, e)
        blind = apply(blind, e)
        expect(full.contact.version).toBe(['sender_read', 'sender_watched', 'sender_alone'].includes(e.type) ? before : before + 1)
      }
      expect(blind.contact).toEqual(full.contact)
      expect(blind.course).toEqual(full.course)
      expect(blind.story).toBeUndefined()
    }),
    { numRuns: 300 },
  )
})

/** Never edit what stands here: these are values as they were sealed by the version named, and they must open for ever. */
const fixtures = {
  story: {
    schema: 1,
    value: {
      language: 'uz',
      from: 'child',
      cameWith: '',
      papers: 'not_asked',
      answers: { who: 'me', where: 'у вокзала' },
      explained: [{ language: 'uz', by: null, at: '2026-11-24T07:30:00.000Z' }],
      urgencyReason: 'говорит о складе',
      circumstances: '',
    },
  },
  course: {
    schema: 1,
    value: {
      closing: { reason: 'advice_given', note: '', at: '2026-11-24T07:41:12.345Z' },
      cases: ['00000000-0000-4000-8000-000000000008'],
    },
  },
  message: { schema: 1, value: { text: 'Здравствуйте', language: 'uz' } },
  event: { schema: 1, value: { urgency: 'today', reason: 'x' } },
} as const
test('sealed values of every version still open; a version from the future is refused, not guessed', () => {
  expect(openStory(fixtures.story)).toEqual(fixtures.story.value)
  expect(openCourse(fixtures.course)).toEqual(fixtures.course.value)
  expect(openMessage(fixtures.message)).toEqual(fixtures.message.value)
  expect(openEvent({ type: 'contact_judged', parts: { story: fixtures.event } })).toEqual({
    type: 'contact_judged',
    data: fixtures.event.value,
  })
  expect(openEvent({ type: 'contact_judged', parts: {} }), 'no key, no words').toBeUndefined()
  for (const open of [openStory, openCourse, openMessage]) expect(() => open({ schema: 99, value: {} })).toThrow()
  expect(() => openEvent({ type: 'contact_judged', parts: { story: { schema: 2, value: {} } } })).toThrow()
  expect(() => openEvent({ type: 'case_opened', parts: {} })).toThrow()
})
