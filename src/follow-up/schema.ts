import { z } from 'zod'
import { locales } from '../base/i18n.ts'
import type { Id } from '../base/id.ts'
import { reader } from '../base/sealed.ts'
import type { Day } from '../base/time.ts'

/** Missed is not among them: it follows from the day, and turns by itself when an answer comes after all. */
export const checkInStates = ['planned', 'answered', 'recorded', 'ended'] as const
export type CheckInState = (typeof checkInStates)[number]
export interface CheckIn {
  readonly id: Id
  readonly caseId: Id
  readonly homeGroup: Id
  readonly due: Day
  readonly state: CheckInState
  readonly version: number
}

/** The five questions, in the order in which they are asked. They are our own; no validated scale is copied. */
export const questions = ['safe', 'slept', 'food', 'school', 'talk'] as const
export type Question = (typeof questions)[number]
/** From 1 (no) to 5 (yes). */
export const levels = [1, 2, 3, 4, 5] as const
const level = z.number().int().min(1).max(5).nullable()
/** Null: not asked, or passed over; both are good answers. */
export const Answers = z.strictObject({ safe: level, slept: level, food: level, school: level, talk: level })
export type Answers = z.infer<typeof Answers>
export const noAnswers: Answers = { safe: null, slept: null, food: null, school: null, talk: null }

export const ways = ['visit', 'call', 'message', 'other'] as const
/** What a member of staff wrote down. `happened` may be vague; `learned` is when we heard; recorded is the journal's own time. */
export const Recorded = z.strictObject({
  way: z.enum(ways),
  answers: Answers,
  words: z.string().max(8000),
  happened: z.string().max(200),
  learned: z.string().max(40),
  paperBy: z.string().max(200),
})
export type Recorded = z.infer<typeof Recorded>
export const recordedSchema = 1

/** What came from the child's page. `someone`: the mark "I am not alone", by the button or by the word for it. */
export const ChildAnswer = z.strictObject({
  answers: Answers,
  words: z.string().max(2000),
  help: z.boolean(),
  someone: z.enum(['no', 'button', 'word']),
  language: z.enum(locales),
})
export type ChildAnswer = z.infer<typeof ChildAnswer>
export const childAnswerSchema = 1

/** The private half of a code's box, under the case's follow-up key. */
export const CodeKey = z.strictObject({ secretKey: z.string(), language: z.enum(locales) })
export type CodeKey = z.infer<typeof CodeKey>
export const codeKeySchema = 1

export const openRecorded = reader('check-in recorded', recordedSchema, Recorded)
export const openChildAnswer = reader('check-in answer', childAnswerSchema, ChildAnswer)
export const openCodeKey = reader('check-in code', codeKeySchema, CodeKey)

const id = z.string()
const day = z.iso.date()
/** Events with a sealed part, all in the case's follow-up compartment. `check_in_answered` and `check_in_help_asked` come from the child's page and have none. */
export const followUpEventData = {
  check_in_recorded: z.strictObject({ answer: id, due: day.nullable(), help: z.boolean(), body: Recorded }),
  check_in_read: z.strictObject({ answer: id }),
  check_in_code_made: z.strictObject({ code: id, language: z.enum(locales), until: day, danger: z.boolean() }),
  check_in_code_ended: z.strictObject({ code: id, reason: z.string() }),
  /** From now on this colleague asks how the child is; `until` is the last day on which they may. */
  follow_up_handed_over: z.strictObject({ grantId: id, user: id, until: day }),
  case_left_open: z.strictObject({ steps: z.number().int(), reports: z.number().int(), reason: z.string() }),
} as const
type Data = typeof followUpEventData
export type FollowUpEvent = { [K in keyof Data]: { readonly type: K } & Readonly<z.infer<Data[K]>> }[keyof Data]
export type FollowUpEventType = FollowUpEvent['type']
export const followUpEventSchema = 1
const readers = Object.fromEntries(
  Object.entries(followUpEventData).map(([type, data]) => [type, reader(`follow-up event ${type}`, followUpEventSchema, data)]),
)
export const isFollowUpEvent = (type: string): type is FollowUpEventType => Object.hasOwn(followUpEventData, type)
/** An event as its sealed part holds it; the type stands in the plain header. */
export const openFollowUpEvent = (type: string, o: { schema: number; value: unknown }): FollowUpEvent => {
  const read = readers[type]
  if (!read) throw new Error('not an event of follow-up')
  return { type, ...(read(o) as object) } as FollowUpEvent
}
/** Comes from the child's page; without a sealed part. */
export const childEvents = ['check_in_answered', 'check_in_help_asked'] as const

/** One answer as its plain columns tell it, and its content as far as this session opens it. */
export interface Answer {
  readonly id: Id
  readonly checkIn: Id | null
  /** Null: written down by staff. */
  readonly codeId: Id | null
  readonly day: Day
  readonly help: boolean
  readonly unread: boolean
  readonly recorded: Recorded | undefined
  readonly child: ChildAnswer | undefined
}
export interface Code {
  readonly id: Id
  readonly made: Day
  readonly until: Day
  readonly ended: Day | null
}

/** What waits for somebody, on plain columns. */
export const waitingKinds = ['help', 'unread', 'missed', 'due', 'unsent'] as const
export type WaitingKind = (typeof waitingKinds)[number]
export interface WaitingCheckIn {
  /** Of the answer for `help` and `unread`, of the check-in otherwise. */
  readonly id: Id
  readonly caseId: Id
  readonly number: string
  readonly due: Day
  readonly assignee: Id | null
  readonly kind: WaitingKind
}
