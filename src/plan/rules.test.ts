import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays } from '../base/time.ts'
import { type PlanCommand, planCommands, runPlan } from './plan.testing.ts'
import { applyPlan, changeStep, finishStep, isWaiting, makeSteps, postponeStep, skipStep } from './rules.ts'
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

test('a closed case takes no step and no act on one', () => {
  const closed = { state: 'closed' } as const
  const s = made()
  for (const r of [
    makeSteps(closed, [step], start),
    finishStep(closed, s, ''),
    skipStep(closed, s, 'x'),
    postponeStep(closed, s, { due: addDays(start, 1), reason: 'x' }, start),
    changeStep(closed, s, step, start),
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
test('words of a late step can be put right without moving its day', () => {
  expect(changeStep(open, made(), { ...step, what: 'к другому врачу' }, addDays(start, 9)).ok).toBe(true)
})

test('nothing that is due vanishes: whatever is done, what nobody finished or set aside waits when its day has come', () => {
  fc.assert(
    fc.property(planCommands, (list: readonly PlanCommand[]) => {
      const { steps, events, made: all } = runPlan(list, start)
      const closed = new Set(
        events.flatMap((e: PlanEvent) => (e.type === 'plan_step_done' || e.type === 'plan_step_skipped' ? [e.stepId] : [])),
      )
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
