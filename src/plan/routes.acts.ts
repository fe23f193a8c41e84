import { directory } from '../access/store.directory.ts'
import type { Option } from '../base/form.ts'
import type { Id } from '../base/id.ts'
import { err, type Result } from '../base/result.ts'
import { addDays } from '../base/time.ts'
import { caseCommand, timesOf } from '../case/routes.command.ts'
import type { CaseRow } from '../case/schema.ts'
import type { Asked, Office } from '../platform/office.ts'
import { newId } from '../platform/records.ts'
import { chosenTogether, togetherCases, togetherOptions } from './routes.together.ts'
import { answerStep, changeStep, dayFor, finishStep, makeSteps, type NewStep, postponeStep, reopenStep, skipStep } from './rules.ts'
import {
  answerForm,
  doneForm,
  postponeForm,
  reopenStepForm,
  skipForm,
  startersForm,
  stepForm,
  togetherForm,
  type When,
  type whoChoices,
} from './schema.forms.ts'
import type { PlanEvent, Step } from './schema.ts'
import { aboveStep } from './screens.tsx'
import { starters } from './store.starters.ts'
import { findStep, savePlanEvent } from './store.ts'

const own = { permit: 'plan:write', errors: 'plan.error' }
interface StepValue {
  readonly what: string
  readonly when: When
  readonly due?: string | undefined
  readonly who: (typeof whoChoices)[number]
  readonly colleague?: string | undefined
  readonly outside?: string | undefined
  readonly done?: string | undefined
}

/** Colleagues who may open the case through its team. The night shift of a shelter is not among them. */
const colleagues = async (a: Asked, o: Office, teams: readonly Id[]): Promise<Option[]> => {
  const d = await directory(a, o.deps.keys.service, a.lang)
  const inAll = (user: Id) =>
    teams.every(t => d.members.some(m => m.teamId === t && m.userId === user && m.fn !== 'shelter' && m.confirmedBy !== null))
  return d.people.filter(p => p.state === 'active' && inAll(p.id)).map(p => ({ value: p.id, text: p.alias }))
}
const said = (a: Asked, v: StepValue): Omit<NewStep, 'stepId' | 'family'> => ({
  what: v.what,
  done: v.done ?? '',
  who: v.who === 'me' ? 'colleague' : v.who,
  outside: v.outside ?? '',
  assignee: v.who === 'me' ? a.actor.id : (v.colleague ?? null),
  due: dayFor(v.when, v.due, timesOf(a).today),
})
/** A step that somebody is to do who cannot open the case would wait for ever. Oneself can: this form was opened. */
const mayDo = async (a: Asked, o: Office, s: { assignee: Id | null; who: string }, teams: readonly Id[]): Promise<boolean> =>
  s.who !== 'colleague' || s.assignee === a.actor.id || (await colleagues(a, o, teams)).some(c => c.value === s.assignee)

/** The step of the address, with its words: without them nothing can be done to it. */
const stepAt = async (a: Asked, c: CaseRow, lock = false): Promise<Step | undefined> => {
  const s = await findStep(a, c.id, a.params.stepId!, lock)
  return s?.words ? { ...s, words: s.words } : undefined
}
const onStep = async (a: Asked, c: CaseRow, does: (s: Step) => Result<PlanEvent, string>): Promise<Result<PlanEvent, string>> => {
  const s = await stepAt(a, c)
  return s ? does(s) : err('step_closed')
}
const backToPlan = (c: CaseRow) => `/cases/${c.id}/plan?done=saved`

const registerStepActs = (o: Office): void => {
  const step = {
    ...own,
    versioned: true,
    current: async (a: Asked, c: CaseRow, lock: boolean) => (await stepAt(a, c, lock))?.version,
    exists: async (a: Asked, c: CaseRow) => (await stepAt(a, c)) !== undefined,
    above: async (a: Asked, c: CaseRow) => aboveStep((await stepAt(a, c))?.words, a.t),
    says: async (a: Asked, c: CaseRow): Promise<Record<string, string>> => {
      const s = await stepAt(a, c)
      return s ? { what: s.words.what, done: s.words.done, due: s.due, cameOf: s.words.cameOf, reason: s.words.cameOf } : {}
    },
    save: async (a: Asked, c: CaseRow, e: PlanEvent, command: Id) => {
      const s = await stepAt(a, c, true)
      if (s) await savePlanEvent(a, c, [s], e, command)
    },
    to: backToPlan,
  }
  caseCommand(o, {
    ...step,
    path: 'plan/:stepId/done',
    words: 'plan.doneForm',
    form: doneForm,
    decide: (a, c, v) => onStep(a, c, s => finishStep(c, s, v.cameOf ?? '')),
  })
  caseCommand(o, {
    ...step,
    path: 'plan/:stepId/answer',
    words: 'plan.answerForm',
    form: answerForm,
    exists: async (a, c) => (await stepAt(a, c))?.words.who === 'outside',
    decide: (a, c, v, t) =>
      onStep(a, c, s =>
        answerStep(
          c,
          s,
          { answer: v.answer, way: v.way, by: v.by, on: v.on ?? t.today, words: v.words ?? '', next: v.next ?? null },
          t.today,
        ),
      ),
  })
  caseCommand(o, {
    ...step,
    path: 'plan/:stepId/skip',
    words: 'plan.skipForm',
    form: skipForm,
    decide: (a, c, v) => onStep(a, c, s => skipStep(c, s, v.reason)),
  })
  caseCommand(o, {
    ...step,
    path: 'plan/:stepId/reopen',
    words: 'plan.reopenForm',
    form: reopenStepForm,
    decide: (a, c, v) => onStep(a, c, s => reopenStep(c, s, v.reason)),
  })
  caseCommand(o, {
    ...step,
    path: 'plan/:stepId/later',
    words: 'plan.laterForm',
    form: postponeForm,
    initial: () => ({ when: 'tomorrow' }),
    decide: (a, c, v, t) => onStep(a, c, s => postponeStep(c, s, { due: dayFor(v.when, v.due, t.today), reason: v.reason }, t.today)),
  })
  caseCommand(o, {
    ...step,
    path: 'plan/:stepId/change',
    words: 'plan.changeForm',
    form: stepForm,
    options: async (a, c) => ({ colleague: await colleagues(a, o, [c.homeGroup]) }),
    initial: async (a, c) => {
      const s = await stepAt(a, c)
      if (!s) return {}
      const mine = s.words.who === 'colleague' && s.assignee === a.actor.id
      return {
        what: s.words.what,
        when: 'day',
        due: s.due,
        who: mine ? 'me' : s.words.who,
        ...(s.assignee && !mine ? { colleague: s.assignee } : {}),
        outside: s.words.outside,
        done: s.words.done,
      }
    },
    decide: async (a, c, v, t) => {
      const to = said(a, v)
      if (!(await mayDo(a, o, to, [c.homeGroup]))) return err('not_a_colleague')
      return onStep(a, c, s => changeStep(c, s, to, t.today))
    },
  })
}

/** Everything that is done to a plan. */
export const registerPlanActs = (o: Office): void => {
  const add = {
    ...own,
    versioned: false,
    initial: () => ({ who: 'me', when: 'today' }),
    to: backToPlan,
  }
  caseCommand(o, {
    ...add,
    path: 'plan/new',
    words: 'plan.addForm',
    form: stepForm,
    options: async (a, c) => ({ colleague: await colleagues(a, o, [c.homeGroup]) }),
    decide: async (a, c, v, t) => {
      const s = said(a, v)
      if (!(await mayDo(a, o, s, [c.homeGroup]))) return err('not_a_colleague')
      return makeSteps(c, [{ stepId: newId(), ...s, family: null }], t.today)
    },
    save: (a, c, e, command) => savePlanEvent(a, c, [], e, command),
  })
  caseCommand(o, {
    ...add,
    path: 'plan/together',
    words: 'plan.togetherForm',
    form: togetherForm,
    exists: async (a, c) => (await togetherCases(a, c.id)).length > 0,
    options: async (a, c) => {
      const [also, colleague] = await Promise.all([togetherOptions(a, c.id), colleagues(a, o, [c.homeGroup])])
      return { also, colleague }
    },
    decide: async (a, c, v, t) => {
      const s = said(a, v)
      const others = await chosenTogether(a, c.id, v.also)
      if (!others) return err('not_together')
      if (
        !(await mayDo(
          a,
          o,
          s,
          [c, ...others].map(x => x.homeGroup),
        ))
      )
        return err('not_a_colleague')
      const family = newId()
      for (const other of others) {
        const decided = makeSteps(other, [{ stepId: newId(), ...s, family }], t.today)
        if (!decided.ok) return decided
      }
      return makeSteps(c, [{ stepId: newId(), ...s, family }], t.today)
    },
    // Each case has rows, keys and a journal of its own; the same family id alone says that it is one step.
    save: async (a, c, e, command, v) => {
      await savePlanEvent(a, c, [], e, command)
      if (e.type !== 'plan_steps_made') return
      for (const other of (await chosenTogether(a, c.id, v.also)) ?? [])
        await savePlanEvent(a, other, [], { ...e, steps: e.steps.map(s => ({ ...s, stepId: newId() })) }, command)
    },
  })
  const lang = (a: Asked) => (a.lang === 'en' ? 'en' : 'ru')
  caseCommand(o, {
    ...add,
    path: 'plan/first-hours',
    words: 'plan.startersForm',
    form: startersForm,
    above: a => a.t('plan.startersForm.source', { source: starters.source[lang(a)] }),
    options: a => Promise.resolve({ starters: starters.steps.map(s => ({ value: s.code, text: s.what[lang(a)] })) }),
    initial: () => ({ starters: starters.steps.map(s => s.code) }),
    decide: (a, c, v, t) => {
      const chosen = starters.steps.filter(s => v.starters.includes(s.code))
      // Steps of one day stand by their ids: in this order, so that being safe does not come after clean clothes.
      const ids = chosen.map(() => newId()).sort()
      return makeSteps(
        c,
        chosen.map((s, i) => ({
          stepId: ids[i]!,
          what: s.what[lang(a)],
          done: s.done[lang(a)],
          who: 'colleague',
          outside: '',
          assignee: c.assignee ?? a.actor.id,
          due: addDays(t.today, s.days),
          family: null,
        })),
        t.today,
      )
    },
    save: (a, c, e, command) => savePlanEvent(a, c, [], e, command),
  })
  registerStepActs(o)
}
