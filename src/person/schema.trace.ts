import { z } from 'zod'
import { defineForm, type Option } from '../base/form.ts'
import type { Id } from '../base/id.ts'
import { type Opened, reader } from '../base/sealed.ts'
import type { Day } from '../base/time.ts'

/* Somebody asks about a child: what they said of themselves and of the child, whether it is safe to answer, and what was answered. */

export const ways = ['ask', 'request'] as const
export type Way = (typeof ways)[number]
export const traceStates = ['new', 'checked', 'answered', 'closed'] as const
export type TraceState = (typeof traceStates)[number]
export const hows = ['call', 'visit', 'message', 'letter', 'official'] as const
export const askers = [
  'parent',
  'relative',
  'partner_of_child',
  'police',
  'authority',
  'consulate',
  'partner',
  'employer',
  'journalist',
  'unknown',
] as const
export const sexes = ['not_asked', 'female', 'male'] as const
export const dangers = ['no_sign', 'maybe', 'yes'] as const
export const callBacks = ['confirmed', 'other_person', 'not_reached', 'not_done'] as const
/** Nothing among these says of itself whether the child is known. */
export const answers = ['neither', 'to_authority', 'to_child', 'contact'] as const
export type TraceAnswer = (typeof answers)[number]

const line = z.string().max(300)
const words = z.string().max(4000)
export const Asked = z.strictObject({
  how: z.enum(hows),
  asker: z.enum(askers),
  askerName: line,
  contact: line,
  childName: line,
  childAge: line,
  sex: z.enum(sexes),
  origin: line,
  claimed: words,
  wants: words,
})
export type Asked = z.infer<typeof Asked>
const Safety = z.strictObject({
  danger: z.enum(dangers),
  knows: words,
  callBack: z.enum(callBacks),
  note: words,
  by: z.string(),
  at: z.string(),
})
export type Safety = z.infer<typeof Safety>
const Answered = z.strictObject({ answer: z.enum(answers), said: words, to: line, by: z.string(), at: z.string() })
export type Answered = z.infer<typeof Answered>
const Looked = z.strictObject({ by: z.string(), at: z.string(), note: words })
/** Sealed with the trace's identity key. */
export const TraceFile = z.strictObject({
  asked: Asked,
  safety: Safety.nullable(),
  answered: Answered.nullable(),
  looked: Looked.nullable(),
})
export type TraceFile = z.infer<typeof TraceFile>
export const traceSchema = 1
export const openTrace = reader('trace identity', traceSchema, TraceFile)

/** What each kind of event carries. */
export const traceEventData = {
  trace_received: z.strictObject({ asked: Asked }),
  trace_checked: z.strictObject({ safety: Safety }),
  trace_answered: z.strictObject({ answered: Answered }),
  trace_looked: z.strictObject({ looked: Looked }),
} as const
export type TraceEventType = keyof typeof traceEventData
export type TraceEvent = { [K in TraceEventType]: { readonly type: K } & Readonly<z.infer<(typeof traceEventData)[K]>> }[TraceEventType]
export const traceEventSchema = 1
const readers = {
  trace_received: reader('trace event trace_received', 1, traceEventData.trace_received),
  trace_checked: reader('trace event trace_checked', 1, traceEventData.trace_checked),
  trace_answered: reader('trace event trace_answered', 1, traceEventData.trace_answered),
  trace_looked: reader('trace event trace_looked', 1, traceEventData.trace_looked),
} as const
export const openTraceEvent = (type: string, o: Opened): TraceEvent => {
  if (!Object.hasOwn(readers, type)) throw new Error('not an event of a trace')
  return { type, ...readers[type as TraceEventType](o) } as TraceEvent
}

export interface TraceRow {
  readonly id: Id
  readonly homeGroup: Id
  readonly way: Way
  readonly state: TraceState
  readonly received: Day
  readonly version: number
}
export interface Trace extends TraceRow {
  readonly file: TraceFile
}

const options = (group: string, values: readonly string[]): Option[] => values.map(value => ({ value, label: `trace.${group}.${value}` }))
const text = { kind: 'text', schema: line, optional: true } as const
const area = { kind: 'textarea', schema: words, rows: 4, optional: true } as const
export const askForm = defineForm({
  fields: {
    how: { kind: 'radios', schema: z.enum(hows), label: 'trace.form.how', options: options('how', hows), inline: true },
    asker: {
      kind: 'select',
      schema: z.enum(askers),
      label: 'trace.form.asker',
      hint: 'trace.form.askerHint',
      options: options('asker', askers),
    },
    askerName: { ...text, label: 'trace.form.askerName' },
    contact: { ...text, label: 'trace.form.contact', hint: 'trace.form.contactHint' },
    childName: { ...text, label: 'trace.form.childName', hint: 'trace.form.childNameHint' },
    childAge: { ...text, label: 'trace.form.childAge', width: 20 },
    sex: { kind: 'radios', schema: z.enum(sexes), label: 'trace.form.sex', options: options('sex', sexes), inline: true },
    origin: { ...text, label: 'trace.form.origin', width: 20 },
    claimed: { ...area, label: 'trace.form.claimed', hint: 'trace.form.claimedHint' },
    wants: { ...area, label: 'trace.form.wants', rows: 2 },
    team: { kind: 'select', schema: z.uuidv4(), label: 'trace.form.team', optional: true },
  },
})
/** The same for whoever has one team only: one question less while somebody waits on the telephone. */
const { team: _, ...fewer } = askForm.fields
export const askFormOneTeam = defineForm({ fields: fewer })
export const checkForm = defineForm({
  fields: {
    danger: {
      kind: 'radios',
      schema: z.enum(dangers),
      label: 'trace.form.danger',
      hint: 'trace.form.dangerHint',
      options: options('danger', dangers),
    },
    knows: { ...area, label: 'trace.form.knows', hint: 'trace.form.knowsHint' },
    callBack: {
      kind: 'radios',
      schema: z.enum(callBacks),
      label: 'trace.form.callBack',
      hint: 'trace.form.callBackHint',
      options: options('callBack', callBacks),
    },
    note: { ...area, label: 'trace.form.note' },
  },
})
export const answerForm = defineForm({
  fields: {
    answer: { kind: 'radios', schema: z.enum(answers), label: 'trace.form.answer', options: options('answers', answers) },
    to: { ...text, label: 'trace.form.to' },
    said: { kind: 'textarea', schema: words, label: 'trace.form.said', rows: 4 },
  },
})
export const lookForm = defineForm({ fields: { note: { ...area, label: 'trace.form.lookNote' } } })
