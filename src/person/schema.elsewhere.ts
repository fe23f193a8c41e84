import { z } from 'zod'
import { defineForm } from '../base/form.ts'
import type { Id } from '../base/id.ts'
import { reader } from '../base/sealed.ts'
import type { Day } from '../base/time.ts'

/* A question to other teams whether they know a child, the notice of it on the side that does, and the words both send each other once both want to talk. */

export const noticeStates = ['new', 'talk', 'later', 'different', 'both'] as const
export type NoticeState = (typeof noticeStates)[number]
export const askStates = ['open', 'invited', 'both'] as const
export type AskState = (typeof askStates)[number]
export const noticeDecisions = ['talk', 'different', 'later'] as const
export type NoticeDecision = (typeof noticeDecisions)[number]
export const askSexes = ['not_asked', 'female', 'male'] as const

const line = z.string().max(300)
const title = z.strictObject({ ru: z.string(), en: z.string() })
/** What was said of the child. */
export const AskedElsewhere = z.strictObject({ name: line, age: line, sex: z.enum(askSexes), origin: line })
export type AskedElsewhere = z.infer<typeof AskedElsewhere>
/** Who speaks, as the other side may know them: an alias, a team, an agency. */
const Speaker = z.strictObject({ alias: z.string(), team: title, agency: title })
export type Speaker = z.infer<typeof Speaker>

/** Boxed to the team that holds the record. */
export const NoticeWords = z.strictObject({ asked: AskedElsewhere, from: Speaker, reason: z.string() })
export type NoticeWords = z.infer<typeof NoticeWords>
/** Boxed to the own team of whoever asked: nothing of the other side. */
export const AskWords = z.strictObject({ asked: AskedElsewhere, by: z.string() })
export type AskWords = z.infer<typeof AskWords>
/** The own copy of what was said to the other side; `reply` opens its answer. */
export const AnswerWords = z.strictObject({ message: z.string(), by: z.string(), at: z.string(), reply: z.string() })
export type AnswerWords = z.infer<typeof AnswerWords>
/** Boxed to the other side, shown to it when both agreed. */
export const OtherWords = z.strictObject({ message: z.string(), from: Speaker })
export type OtherWords = z.infer<typeof OtherWords>
/** Why somebody takes in a whole group, boxed to their own team. */
export const GroupReason = z.strictObject({ reason: z.string() })
export const elsewhereSchema = 1
export const openNoticeWords = reader('match notice', elsewhereSchema, NoticeWords)
export const openAskWords = reader('match ask', elsewhereSchema, AskWords)
export const openAnswerWords = reader('match answer', elsewhereSchema, AnswerWords)
export const openOtherWords = reader('match word', elsewhereSchema, OtherWords)
export const openGroupReason = reader('match query', elsewhereSchema, GroupReason)

interface Side<State> {
  readonly id: Id
  readonly homeGroup: Id
  readonly pair: Id
  readonly state: State
  readonly found: Day
  readonly version: number
  /** Undefined where it lies under a key that this session does not hold. */
  readonly answer: AnswerWords | undefined
}
export interface Notice extends Side<NoticeState> {
  readonly personId: Id
  readonly askingGroup: Id
  readonly keptOut: boolean
  readonly words: NoticeWords | undefined
}
export interface Ask extends Side<AskState> {
  readonly replyTo: Uint8Array | null
  readonly words: AskWords | undefined
}

const message = {
  kind: 'textarea',
  schema: z.string().max(2000),
  label: 'elsewhere.form.message',
  hint: 'elsewhere.form.messageHint',
  rows: 3,
} as const
export const elsewhereForm = defineForm({
  fields: {
    name: { kind: 'text', schema: line, label: 'elsewhere.form.name', hint: 'elsewhere.form.nameHint' },
    age: { kind: 'text', schema: line, label: 'elsewhere.form.age', width: 20, optional: true },
    sex: {
      kind: 'radios',
      schema: z.enum(askSexes),
      label: 'elsewhere.form.sex',
      options: askSexes.map(value => ({ value, label: `trace.sex.${value}` })),
      inline: true,
    },
    origin: { kind: 'text', schema: line, label: 'elsewhere.form.origin', width: 20, optional: true },
    reason: {
      kind: 'textarea',
      schema: z.string().max(1000),
      label: 'elsewhere.form.reason',
      hint: 'elsewhere.form.reasonHint',
      rows: 2,
      optional: true,
    },
  },
})
export const noticeForm = defineForm({
  fields: {
    decision: {
      kind: 'radios',
      schema: z.enum(noticeDecisions),
      label: 'elsewhere.form.decision',
      options: noticeDecisions.map(value => ({
        value,
        label: `elsewhere.decision.${value}`,
        hint: `elsewhere.decisionHint.${value}`,
        ...(value === 'talk' ? { reveals: 'message' } : {}),
      })),
    },
    message: { ...message, errors: { required: 'elsewhere.error.message_missing' } },
  },
})
/** About somebody who may not see the record: there is nobody to talk to. */
export const keptOutForm = defineForm({
  fields: {
    decision: {
      kind: 'radios',
      schema: z.enum(['different', 'later']),
      label: 'elsewhere.form.decision',
      options: [
        { value: 'different', label: 'elsewhere.decision.different' },
        { value: 'later', label: 'elsewhere.decision.seen' },
      ],
    },
  },
})
export const agreeForm = defineForm({ fields: { message } })
