import fc from 'fast-check'
import { expect, test } from 'vitest'
import { roles } from '../base/people.ts'
import { writableBy } from './policy.ts'
import {
  accept,
  addNote,
  apply,
  assign,
  closeCase,
  dangerFrom,
  linkCases,
  mirrored,
  openCase,
  reopenCase,
  setDanger,
  setDue,
} from './rules.ts'
import { type CaseEvent, type CaseRow, dangerLevels, numberFrom, numberPattern } from './schema.ts'

const t = { now: '2026-11-24T10:00:00.000Z', today: '2026-11-24' }
const key = { id: 'c', homeGroup: 'g' }
const opened = (danger: CaseRow['danger'] = 'not_assessed') =>
  apply(undefined, key, openCase({ number: 'D-0000000', personId: 'p', contactId: null, assignee: null, danger, reason: '' }, t))

test('a case begins with what its contact says of danger', () => {
  const from = (safeNow: 'yes' | 'no' | 'unsure' | 'not_asked', urgency: 'now' | 'today' | 'week' | null = null) =>
    dangerFrom({ safeNow, urgency })
  expect([from('no'), from('yes', 'now'), from('no', 'week')]).toEqual(['danger', 'danger', 'danger'])
  expect([from('unsure'), from('yes', 'today')]).toEqual(['concern', 'concern'])
  expect([from('yes'), from('not_asked'), from('not_asked', 'week')]).toEqual(['not_assessed', 'not_assessed', 'not_assessed'])
})
test('numbers are Crockford and spread over all bytes', () => {
  fc.assert(fc.property(fc.uint8Array({ minLength: 7, maxLength: 7 }), b => numberPattern.test(numberFrom(b))))
})
test('the first due day follows the danger', () =>
  expect(dangerLevels.map(d => opened(d).due)).toEqual(['2026-12-01', '2026-11-25', '2026-11-24', '2026-11-25']))
test('danger needs a reason; raising it draws the due day near, lowering never pushes it away', () => {
  const c = opened('none')
  expect(setDanger(c, { danger: 'danger', reason: ' ' }, t)).toEqual({ ok: false, error: 'reason_missing' })
  const up = setDanger(c, { danger: 'danger', reason: 'x' }, t)
  const raised = up.ok ? apply(c, key, up.value) : c
  expect(raised.due).toBe('2026-11-24')
  const down = setDanger(raised, { danger: 'none', reason: 'x' }, t)
  expect(down.ok && apply(raised, key, down.value).due).toBe('2026-11-24')
})
test('a closed case refuses everything but reopening', () => {
  const c = opened()
  const e = closeCase(c, { reason: 'goals_met', note: 'дома' }, t)
  const closed = e.ok ? apply(c, key, e.value) : c
  expect(closed).toMatchObject({ state: 'closed', due: null, closed: '2026-11-24', retention: '2029-11-24' })
  const note = {
    text: 'x',
    source: 'child',
    language: 'ru',
    interpreter: 'none',
    confidence: 'low',
    happened: '',
    learned: '',
    paperBy: '',
  } as const
  for (const r of [
    assign(closed, { assignee: 'u', reason: '' }),
    accept(closed, 'u'),
    setDanger(closed, { danger: 'danger', reason: 'x' }, t),
    setDue(closed, { due: null, what: '' }, t),
    addNote(closed, note, t),
    closeCase(closed, { reason: 'moved', note: 'x' }, t),
    linkCases(closed, { ...closed, id: 'd' }, []),
  ])
    expect(r).toEqual({ ok: false, error: 'case_not_open' })
  const back = reopenCase(closed, { reason: 'вернулась' }, t)
  expect(back.ok && apply(closed, key, back.value)).toMatchObject({ state: 'open', closed: null, retention: null, due: '2026-11-25' })
})
test('what does not change the row does not change its version; everything else raises it by one', () => {
  const c = opened()
  const still: CaseEvent[] = [
    { type: 'link_made', linkId: 'l' },
    { type: 'second_look_given', lookId: 'l' },
    { type: 'access_ended', grantId: 'g', user: 'u' },
  ]
  for (const e of still) expect(apply(c, key, e)).toBe(c)
  expect(apply(c, key, { type: 'case_accepted', assignee: 'u' }).version).toBe(c.version + 1)
})
test('accepting twice by another is refused; a link is seen from the other side', () => {
  const c = apply(opened(), key, { type: 'case_accepted', assignee: 'u' })
  expect(accept(c, 'v')).toEqual({ ok: false, error: 'already_accepted' })
  expect(mirrored({ relation: 'parent_of', together: 'keep_together', note: '' }).relation).toBe('child_of')
  expect(linkCases(c, c, [])).toEqual({ ok: false, error: 'same_case' })
})
test('who writes where is the W of the matrix', () => {
  const table = Object.fromEntries(roles.map(r => [r, writableBy([r])]))
  expect(table).toMatchObject({
    case_worker: ['summary', 'story', 'follow_up'],
    duty_specialist: ['summary', 'story'],
    psychologist: ['health'],
    lawyer: ['legal'],
    follow_up_worker: ['follow_up'],
    supervisor: [],
    administrator: [],
    shelter_carer: [],
    interpreter: [],
    partner: [],
  })
  expect(writableBy(['psychologist'], ['story', 'identity'])).toEqual(['story', 'health'])
})
