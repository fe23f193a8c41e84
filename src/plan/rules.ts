import type { Id } from '../base/id.ts'
import { err, ok, type Result } from '../base/result.ts'
import { addDays, type Day } from '../base/time.ts'
import type { PlanEvent, Step, StepDoer } from './schema.ts'

export const planErrors = [
  'case_not_open',
  'what_missing',
  'reason_missing',
  'due_in_past',
  'due_too_far',
  'step_closed',
  'step_open',
  'not_later',
  'not_a_colleague',
  'not_together',
  'not_outside',
  'by_missing',
  'answer_in_future',
  'words_missing',
  'next_missing',
] as const
export type PlanError = (typeof planErrors)[number]

/** The day that a quick choice means. */
export const dayFor = (when: 'today' | 'tomorrow' | 'week' | 'day', due: Day | undefined, today: Day): Day =>
  when === 'day' ? (due ?? today) : addDays(today, when === 'today' ? 0 : when === 'tomorrow' ? 1 : 7)

export interface NewStep {
  readonly stepId: Id
  readonly what: string
  readonly done: string
  readonly who: StepDoer
  readonly outside: string
  readonly assignee: Id | null
  readonly due: Day
  readonly family: Id | null
}
interface Case {
  readonly state: 'open' | 'suspended' | 'closed'
}
const blank = (s: string) => s.trim() === ''
/** Ten years: a child's plan ends before, and a slip of the year must not hide a step for a lifetime. */
const tooFar = (due: Day, today: Day) => due > addDays(today, 3653)
const judge = (s: Pick<NewStep, 'what' | 'due'>, today: Day): PlanError | undefined => {
  if (blank(s.what)) return 'what_missing'
  if (s.due < today) return 'due_in_past'
  return tooFar(s.due, today) ? 'due_too_far' : undefined
}
const trimmed = <S extends Omit<NewStep, 'stepId' | 'family'>>(s: S): S => ({
  ...s,
  what: s.what.trim(),
  done: s.done.trim(),
  outside: s.who === 'outside' ? s.outside.trim() : '',
  assignee: s.who === 'colleague' ? s.assignee : null,
})

/** One step, or the first steps all at once. */
export const makeSteps = (c: Case, steps: readonly NewStep[], today: Day): Result<PlanEvent, PlanError> => {
  if (c.state === 'closed') return err('case_not_open')
  if (steps.length === 0) return err('what_missing')
  for (const s of steps) {
    const wrong = judge(s, today)
    if (wrong) return err(wrong)
  }
  return ok({ type: 'plan_steps_made', steps: steps.map(trimmed) })
}
const live = (c: Case, s: Pick<Step, 'state'>): PlanError | undefined =>
  c.state === 'closed' ? 'case_not_open' : s.state === 'done' || s.state === 'skipped' ? 'step_closed' : undefined

/** A due day that has passed may stay as it is while the words are put right. */
export const changeStep = (c: Case, s: Step, to: Omit<NewStep, 'stepId' | 'family'>, today: Day): Result<PlanEvent, PlanError> => {
  const wrong = live(c, s) ?? (to.due === s.due && !blank(to.what) ? undefined : judge(to, today))
  return wrong ? err(wrong) : ok({ type: 'plan_step_changed', stepId: s.id, ...trimmed(to) })
}
/** What came of it may stay empty: that it is done is worth more than a sentence about it. */
export const finishStep = (c: Case, s: Step, cameOf: string): Result<PlanEvent, PlanError> => {
  const wrong = live(c, s)
  return wrong ? err(wrong) : ok({ type: 'plan_step_done', stepId: s.id, what: s.words.what, cameOf: cameOf.trim() })
}
export const skipStep = (c: Case, s: Step, reason: string): Result<PlanEvent, PlanError> => {
  const wrong = live(c, s) ?? (blank(reason) ? 'reason_missing' : undefined)
  return wrong ? err(wrong) : ok({ type: 'plan_step_skipped', stepId: s.id, what: s.words.what, reason: reason.trim() })
}
/** What was closed by mistake is open again, with its words and its day: nobody has to write it anew, and both stand in the journal. */
export const reopenStep = (c: Case, s: Step, reason: string): Result<PlanEvent, PlanError> => {
  if (c.state === 'closed') return err('case_not_open')
  if (isWaiting(s)) return err('step_open')
  return blank(reason) ? err('reason_missing') : ok({ type: 'plan_step_reopened', stepId: s.id, what: s.words.what, reason: reason.trim() })
}
/** Later than it was, and not before today: else it would be a change. */
export const postponeStep = (c: Case, s: Step, cmd: { due: Day; reason: string }, today: Day): Result<PlanEvent, PlanError> => {
  const wrong =
    live(c, s) ??
    (blank(cmd.reason) ? 'reason_missing' : cmd.due < today ? 'due_in_past' : cmd.due <= s.due ? 'not_later' : undefined) ??
    (tooFar(cmd.due, today) ? 'due_too_far' : undefined)
  return wrong ? err(wrong) : ok({ type: 'plan_step_postponed', stepId: s.id, what: s.words.what, due: cmd.due, reason: cmd.reason.trim() })
}

export type NewAnswer = Omit<Extract<PlanEvent, { type: 'plan_step_answered' }>, 'type' | 'stepId' | 'what' | 'outside'>
/**
 * What another body answered by telephone or on paper. Only a yes may end the step: after a no or a question somebody of us has the next move,
 * and without a day of its own that move would wait for nobody.
 */
export const answerStep = (c: Case, s: Step, a: NewAnswer, today: Day): Result<PlanEvent, PlanError> => {
  const wrong =
    live(c, s) ??
    (s.words.who !== 'outside' ? 'not_outside' : undefined) ??
    (blank(a.by) ? 'by_missing' : a.on > today ? 'answer_in_future' : undefined) ??
    (a.answer !== 'accepted' && blank(a.words) ? 'words_missing' : undefined) ??
    (a.next === null ? (a.answer === 'accepted' ? undefined : 'next_missing') : a.next < today ? 'due_in_past' : undefined) ??
    (a.next !== null && tooFar(a.next, today) ? 'due_too_far' : undefined)
  if (wrong) return err(wrong)
  const { what, outside } = s.words
  return ok({ type: 'plan_step_answered', stepId: s.id, what, outside, ...a, by: a.by.trim(), words: a.words.trim() })
}

/** The steps of one case after an event; events of steps that are not there change nothing. */
export const applyPlan = (
  steps: ReadonlyMap<Id, Step>,
  of: { readonly caseId: Id; readonly homeGroup: Id },
  e: PlanEvent,
): ReadonlyMap<Id, Step> => {
  const out = new Map(steps)
  if (e.type === 'plan_steps_made') {
    for (const s of e.steps)
      out.set(s.stepId, {
        id: s.stepId,
        ...of,
        state: 'open',
        due: s.due,
        assignee: s.assignee,
        version: 1,
        words: { what: s.what, done: s.done, who: s.who, outside: s.outside, family: s.family, cameOf: '', moves: [], answers: [] },
      })
    return out
  }
  const s = out.get(e.stepId)
  if (!s) return out
  const next = (change: Partial<Step>) => void out.set(s.id, { ...s, ...change, version: s.version + 1 })
  if (e.type === 'plan_step_done') next({ state: 'done', words: { ...s.words, cameOf: e.cameOf } })
  else if (e.type === 'plan_step_skipped') next({ state: 'skipped', words: { ...s.words, cameOf: e.reason } })
  else if (e.type === 'plan_step_reopened')
    next({ state: s.words.moves.length > 0 ? 'postponed' : 'open', words: { ...s.words, cameOf: '' } })
  else if (e.type === 'plan_step_postponed')
    next({
      state: 'postponed',
      due: e.due,
      words: { ...s.words, moves: [...s.words.moves, { from: s.due, to: e.due, reason: e.reason }] },
    })
  else if (e.type === 'plan_step_answered') {
    const { type: _, stepId: _id, what: _what, outside: _outside, ...answer } = e
    const words = { ...s.words, answers: [...s.words.answers, answer] }
    next(e.next === null ? { state: 'done', words } : { due: e.next, words })
  } else next({ due: e.due, assignee: e.assignee, words: { ...s.words, what: e.what, done: e.done, who: e.who, outside: e.outside } })
  return out
}
/** Still to be done, whatever was said about when. */
export const isWaiting = (s: Pick<Step, 'state'>): boolean => s.state === 'open' || s.state === 'postponed'
/** The ids of the steps that an event wrote. */
export const stepsIn = (e: PlanEvent): readonly Id[] => (e.type === 'plan_steps_made' ? e.steps.map(s => s.stepId) : [e.stepId])
