import fc from 'fast-check'
import type { Id } from '../base/id.ts'
import type { Result } from '../base/result.ts'
import { addDays, type Day } from '../base/time.ts'
import { newId } from '../platform/records.ts'
import { answerStep, applyPlan, changeStep, finishStep, makeSteps, postponeStep, reopenStep, skipStep } from './rules.ts'
import type { PlanEvent, Step } from './schema.ts'

/** One command of a random sequence: on the step that `pick` finds, on a day that goes forward. */
export interface PlanCommand {
  readonly does: 'make' | 'change' | 'done' | 'skip' | 'later' | 'reopen' | 'answer'
  readonly pick: number
  readonly days: number
  readonly passed: number
  readonly reason: string
}
export const planCommands = fc.array(
  fc.record<PlanCommand>({
    does: fc.constantFrom('make', 'make', 'change', 'done', 'skip', 'later', 'later', 'reopen', 'answer'),
    pick: fc.nat(20),
    days: fc.integer({ min: -2, max: 9 }),
    passed: fc.nat(3),
    reason: fc.constantFrom('', 'врач в отпуске', 'x'),
  }),
  { maxLength: 20 },
)

const outside = { who: 'outside', outside: 'Приют № 2', assignee: null } as const
/** What a command means for the steps as they are. */
export const decidePlan = (
  steps: ReadonlyMap<Id, Step>,
  cmd: PlanCommand,
  today: Day,
  assignee: Id | null,
): { e: Result<PlanEvent, string> | undefined; s: Step | undefined } => {
  const open = { state: 'open' } as const
  const due = addDays(today, cmd.days)
  const words = {
    what: `шаг ${cmd.pick}`,
    done: '',
    assignee,
    due,
    ...(cmd.pick % 3 === 0 ? outside : { who: 'colleague' as const, outside: '' }),
  } as const
  if (cmd.does === 'make') return { s: undefined, e: makeSteps(open, [{ stepId: newId(), ...words, family: null }], today) }
  const s = [...steps.values()][cmd.pick % Math.max(1, steps.size)]
  if (!s) return { s, e: undefined }
  if (cmd.does === 'done') return { s, e: finishStep(open, s, cmd.reason) }
  if (cmd.does === 'skip') return { s, e: skipStep(open, s, cmd.reason) }
  if (cmd.does === 'reopen') return { s, e: reopenStep(open, s, cmd.reason) }
  if (cmd.does === 'answer') {
    const answer = (['accepted', 'declined', 'asked_back'] as const)[cmd.pick % 3]!
    const next = cmd.days % 2 === 0 ? null : due
    return { s, e: answerStep(open, s, { answer, way: 'call', by: 'дежурная', on: today, words: cmd.reason, next }, today) }
  }
  if (cmd.does === 'later') return { s, e: postponeStep(open, s, { due, reason: cmd.reason }, today) }
  return { s, e: changeStep(open, s, words, today) }
}

/** Runs a sequence on nothing but the rules. */
export const runPlan = (list: readonly PlanCommand[], start: Day) => {
  let steps: ReadonlyMap<Id, Step> = new Map()
  let today = start
  const events: PlanEvent[] = []
  for (const cmd of list) {
    today = addDays(today, cmd.passed)
    const { e } = decidePlan(steps, cmd, today, null)
    if (!e?.ok) continue
    events.push(e.value)
    steps = applyPlan(steps, { caseId: 'c', homeGroup: 'g' }, e.value)
  }
  const made = events.flatMap(e => (e.type === 'plan_steps_made' ? e.steps.map(s => s.stepId) : []))
  return { steps, events, today, made }
}
