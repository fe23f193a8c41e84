import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays } from '../base/time.ts'
import { type PlanCommand, planCommands, runPlan } from './plan.testing.ts'
import { answerStep, applyPlan, changeStep, finishStep, isWaiting, makeSteps, postponeStep, reopenStep, skipStep } from './rules.ts'
import type { PlanEvent, Step } from './schema.ts'

const of = { caseId: 'c', homeGroup: 'g' }
const start = '2026-11-24'
const step = {
  stepId: 's',
  what: 'к врачу',
  done: '',
  who: 'colleague' as const,
  outside: '',
  assignee: 'u',
  due: start,
  family: null,
}
const open = { state: 'open' } as const
const made = (): Step => {
  const e = makeSteps(open, [step], start)
  if (!e.ok) throw new Error(e.error)
  return applyPlan(new Map(), of, e.value).get('s')!
}

/** A step that was asked of another body. */
const asked = (): Step => ({ ...made(), assignee: null, words: { ...made().words, who: 'outside', outside: 'Приют № 2' } })
const yes = { answer: 'accepted', way: 'call', by: 'дежурная', on: start, words: '', next: null } as const

test('what is not asked of others takes no answer; a no or a question without a day, words or a name is not written down', () => {
  const refused = (s: Step, a: Parameters<typeof answerStep>[2]) => answerStep(open, s, a, start)
  expect(refused(made(), yes)).toEqual({ ok: false, error: 'not_outside' })
  expect(refused({ ...asked(), state: 'done' }, yes)).toEqual({ ok: false, error: 'step_closed' })
  expect(refused(asked(), { ...yes, by: ' ' })).toEqual({ ok: false, error: 'by_missing' })
  expect(refused(asked(), { ...yes, on: addDays(start, 1) })).toEqual({ ok: false, error: 'answer_in_future' })
  for (const answer of ['declined', 'asked_back'] as const) {
    expect(refused(asked(), { ...yes, answer, next: start })).toEqual({ ok: false, error: 'words_missing' })
    expect(refused(asked(), { ...yes, answer, words: 'мест нет' })).toEqual({ ok: false, error: 'next_missing' })
    expect(refused(asked(), { ...yes, answer, words: 'мест нет', next: addDays(start, -1) })).toEqual({ ok: false, error: 'due_in_past' })
  }
})
test('a yes ends the wait; a no or a question moves it to its day, and every answer stays', () => {
  const s = asked()
  const after = (from: Step, a: Parameters<typeof answerStep>[2]) => {
    const e = answerStep(open, from, a, start)
    if (!e.ok) throw new Error(e.error)
    return applyPlan(new Map([[s.id, from]]), of, e.value).get('s')!
  }
  const no = { ...yes, answer: 'declined', words: 'мест нет', next: addDays(start, 2) } as const
  const waits = after(s, no)
  expect([isWaiting(waits), waits.due]).toEqual([true, addDays(start, 2)])
  const done = after(waits, yes)
  expect([done.state, done.words.answers]).toEqual(['done', [no, yes]])
})
test('a closed case takes no step and no act on one', () => {
  const closed = { state: 'closed' } as const
  const s = made()
  for (const r of [
    makeSteps(closed, [step], start),
    finishStep(closed, s, ''),
    skipStep(closed, s, 'x'),
    postponeStep(closed, s, { due: addDays(start, 1), reason: 'x' }, start),
    changeStep(closed, s, step, start),
    reopenStep(closed, { ...s, state: 'done' }, 'x'),
    answerStep(closed, asked(), yes, start),
  ])
    expect(r).toEqual({ ok: false, error: 'case_not_open' })
})
test('a step that is done or set aside stays so, and a reason is asked where somebody would ask', () => {
  const s = made()
  expect(skipStep(open, s, ' ')).toEqual({ ok: false, error: 'reason_missing' })
  expect(postponeStep(open, s, { due: start, reason: 'x' }, start)).toEqual({ ok: false, error: 'not_later' })
  expect(postponeStep(open, s, { due: addDays(start, 1), reason: '' }, start)).toEqual({ ok: false, error: 'reason_missing' })
  expect(finishStep(open, s, '').ok).toBe(true)
  for (const state of ['done', 'skipped'] as const)
    expect(finishStep(open, { ...s, state }, '')).toEqual({ ok: false, error: 'step_closed' })
  expect(makeSteps(open, [{ ...step, due: addDays(start, -1) }], start)).toEqual({ ok: false, error: 'due_in_past' })
  expect(makeSteps(open, [{ ...step, what: ' ' }], start)).toEqual({ ok: false, error: 'what_missing' })
})
test('what was closed by mistake is open again with a reason, its words and the day it had; what is open is not', () => {
  const s = made()
  expect(reopenStep(open, s, 'x')).toEqual({ ok: false, error: 'step_open' })
  const done = finishStep(open, s, 'снимок сделан')
  if (!done.ok) throw new Error(done.error)
  const closed = applyPlan(new Map([[s.id, s]]), of, done.value).get('s')!
  expect(reopenStep(open, closed, ' ')).toEqual({ ok: false, error: 'reason_missing' })
  const again = reopenStep(open, closed, 'не тот шаг')
  if (!again.ok) throw new Error(again.error)
  expect(applyPlan(new Map([[s.id, closed]]), of, again.value).get('s')).toEqual({ ...s, version: 3 })
})
test('words of a late step can be put right without moving its day', () => {
  expect(changeStep(open, made(), { ...step, what: 'к другому врачу' }, addDays(start, 9)).ok).toBe(true)
})

test('nothing that is due vanishes: whatever is done, what nobody finished or set aside waits when its day has come', () => {
  fc.assert(
    fc.property(planCommands, (list: readonly PlanCommand[]) => {
      const { steps, events, made: all } = runPlan(list, start)
      const closed = new Set<string>()
      for (const e of events as readonly PlanEvent[]) {
        if (e.type === 'plan_step_done' || e.type === 'plan_step_skipped') closed.add(e.stepId)
        if (e.type === 'plan_step_answered' && e.next === null) closed.add(e.stepId)
        if (e.type === 'plan_step_reopened') closed.delete(e.stepId)
      }
      for (const id of all) {
        const s = steps.get(id)
        expect(s).toBeDefined()
        expect(isWaiting(s!)).toBe(!closed.has(id))
        // Its day is one that somebody said, and every day it was moved from is kept.
        const moved = events.filter(e => e.type === 'plan_step_postponed' && e.stepId === id).length
        expect(s!.words.moves.length).toBe(moved)
      }
    }),
  )
})
