import { z } from 'zod'
import type { Id } from '../base/id.ts'
import { type Opened, type Reader, reader } from '../base/sealed.ts'
import type { Day } from '../base/time.ts'

export const stepStates = ['open', 'postponed', 'done', 'skipped'] as const
export type StepState = (typeof stepStates)[number]
/** Who does a step: a colleague by id, or whoever is outside the house. */
export const stepDoers = ['colleague', 'child', 'family', 'outside'] as const
export type StepDoer = (typeof stepDoers)[number]

/** What whoever is outside the house said to what was asked of them, and how it reached us: they have no page here, so one of us writes it down. */
export const stepAnswers = ['accepted', 'declined', 'asked_back'] as const
export const answerWays = ['call', 'paper', 'in_person', 'message'] as const

const id = z.string()
const day = z.iso.date()
const words = z.string()
/** `by`: who said it, in the words of whoever wrote it down. `next`: when somebody comes back to it; null: nothing is left to wait for. */
const said = {
  answer: z.enum(stepAnswers),
  way: z.enum(answerWays),
  by: words,
  on: day,
  words,
  next: day.nullable(),
}

/** The words of a step, sealed with the case's summary key. `family`: the same step was written in other cases too; it stands here so that the table links nobody. */
export const StepWords = z.strictObject({
  what: words,
  /** What "done" means, so that two people mean the same. */
  done: words,
  who: z.enum(stepDoers),
  /** The body or person outside; only for `outside`. */
  outside: words,
  family: id.nullable(),
  /** What came of it, or why it is not needed. */
  cameOf: words,
  /** Every postponement, oldest first. */
  moves: z.array(z.strictObject({ from: day, to: day, reason: words })),
  /** Every answer from outside, oldest first. */
  answers: z.array(z.strictObject(said)),
})
export type StepWords = z.infer<typeof StepWords>
export const stepSchema = 2
/** Version 1 knew no answers from outside: nobody had written one down. */
export const openStep = reader('plan step', stepSchema, StepWords, [older => ({ ...(older as object), answers: [] })])

/** A step as a row; `words` is undefined where this session holds no summary key. */
export interface Step<W = StepWords> {
  readonly id: Id
  readonly caseId: Id
  readonly homeGroup: Id
  readonly state: StepState
  readonly due: Day
  readonly assignee: Id | null
  readonly version: number
  readonly words: W
}

const body = { what: words, done: words, who: z.enum(stepDoers), outside: words, assignee: id.nullable(), due: day }
/** What each event carries; `what` is said again in each, so that the timeline can be read from top to bottom. */
export const planEventData = {
  plan_steps_made: z.strictObject({ steps: z.array(z.strictObject({ stepId: id, ...body, family: id.nullable() })) }),
  plan_step_changed: z.strictObject({ stepId: id, ...body }),
  plan_step_done: z.strictObject({ stepId: id, what: words, cameOf: words }),
  plan_step_skipped: z.strictObject({ stepId: id, what: words, reason: words }),
  /** Closed by mistake: open again, with the day it had. */
  plan_step_reopened: z.strictObject({ stepId: id, what: words, reason: words }),
  plan_step_postponed: z.strictObject({ stepId: id, what: words, due: day, reason: words }),
  /** By telephone or on paper, from whoever is outside; `outside`: the body or person that was asked. */
  plan_step_answered: z.strictObject({ stepId: id, what: words, outside: words, ...said }),
} as const
type Data = typeof planEventData
export type PlanEventType = keyof Data
export type PlanEvent = { [K in PlanEventType]: { readonly type: K } & Readonly<z.infer<Data[K]>> }[PlanEventType]
export const planEventSchema = 1
const readers = Object.fromEntries(
  Object.entries(planEventData).map(([type, data]) => [type, reader(`plan event ${type}`, planEventSchema, data)]),
) as unknown as Readonly<Record<PlanEventType, Reader<object>>>
export const isPlanEvent = (type: string): type is PlanEventType => Object.hasOwn(planEventData, type)
export const openPlanEvent = (type: PlanEventType, o: Opened): PlanEvent => ({ type, ...readers[type](o) }) as PlanEvent

/** Steps that others thought of before: data, so that an agency can change them without a programmer. */
export const Starters = z.strictObject({
  source: z.strictObject({ ru: words, en: words }),
  steps: z
    .array(
      z.strictObject({
        code: z.string().regex(/^[a-z_]{2,40}$/),
        /** In how many days it is due: 0 is today. */
        days: z.number().int().min(0).max(30),
        what: z.strictObject({ ru: words, en: words }),
        done: z.strictObject({ ru: words, en: words }),
      }),
    )
    .min(1)
    .max(20),
})
export type Starters = z.infer<typeof Starters>
