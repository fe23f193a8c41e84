import { z } from 'zod'
import { defineForm } from '../base/form.ts'
import type { Id } from '../base/id.ts'
import { type Opened, type Reader, reader } from '../base/sealed.ts'
import type { Day } from '../base/time.ts'

const words = z.string()
const id = z.string()
const stamp = z.iso.datetime()
/** A photograph of the signed act of handover. */
export const ActFile = z.strictObject({ id, type: z.enum(['jpeg', 'png', 'pdf']), size: z.number().int(), by: id, at: stamp })
export type ActFile = z.infer<typeof ActFile>
export const actFileSchema = 1
export const openActFile = reader('act of handover', actFileSchema, ActFile)
export const ActKey = z.strictObject({ key: words })
export const actKeySchema = 1
export const openActKey = reader('act of handover key', actKeySchema, ActKey)
/** Photographs of one act: both sides, and one that was blurred. */
export const mostActFiles = 6

export const answerWays = ['post', 'in_person', 'courier', 'electronic', 'call'] as const
/** What another body sent or asked, and what we answered; empty: not yet. */
export const Letter = z.strictObject({
  body: words,
  number: words,
  dated: words,
  asks: words,
  ours: words,
  sent: words,
  way: z.enum(answerWays).nullable(),
  text: words,
})
export type Letter = z.infer<typeof Letter>
export const letterSchema = 1
export const openIncoming = reader('incoming letter', letterSchema, Letter)
export const letterStates = ['waiting', 'answered', 'needs_none'] as const
export interface LetterRow<V = Letter> {
  readonly id: Id
  readonly contactId: Id
  readonly homeGroup: Id
  readonly state: (typeof letterStates)[number]
  readonly due: Day | null
  readonly version: number
  readonly letter: V
}

export const doorEventData = {
  act_attached: z.strictObject({ file: ActFile }),
  /** The wrong photograph: its key and its bytes are gone, and why stays. */
  act_taken_away: z.strictObject({ fileId: id, reason: words }),
  letter_noted: z.strictObject({ letterId: id, due: z.iso.date().nullable(), body: words, number: words, dated: words, asks: words }),
  letter_replied: z.strictObject({ letterId: id, ours: words, sent: words, way: z.enum(answerWays), text: words }),
  letter_needs_none: z.strictObject({ letterId: id, reason: words }),
} as const
type Data = typeof doorEventData
export type DoorEventType = keyof Data
export type DoorEvent = { [K in DoorEventType]: { readonly type: K } & Readonly<z.infer<Data[K]>> }[DoorEventType]
export const doorEventSchema = 1
const readers = Object.fromEntries(
  Object.entries(doorEventData).map(([type, data]) => [type, reader(`door event ${type}`, doorEventSchema, data)]),
) as unknown as Readonly<Record<DoorEventType, Reader<object>>>
export const isDoorEvent = (type: string): type is DoorEventType => Object.hasOwn(doorEventData, type)
export const openDoorEvent = (type: DoorEventType, o: Opened): DoorEvent => ({ type, ...readers[type](o) }) as DoorEvent

const text = (name: string, max: number, optional = false) =>
  ({ kind: 'text', schema: z.string().max(max), label: `doors.form.${name}`, ...(optional ? { optional: true } : {}) }) as const
const area = (name: string, rows: number, optional = false) =>
  ({ kind: 'textarea', schema: z.string().max(4000), label: `doors.form.${name}`, rows, ...(optional ? { optional: true } : {}) }) as const
/** Their letter or call. */
export const letterForm = defineForm({
  fields: {
    body: text('body', 300),
    number: { ...text('number', 100, true), hint: 'doors.form.numberHint' },
    dated: { kind: 'day', schema: z.iso.date(), label: 'doors.form.dated', optional: true },
    asks: { ...area('asks', 3, true), hint: 'doors.form.asksHint' },
    due: { kind: 'day', schema: z.iso.date(), label: 'doors.form.due', hint: 'doors.form.dueHint', optional: true },
  },
})
/** What we answered. */
export const replyForm = defineForm({
  fields: {
    ours: { ...text('ours', 100, true), hint: 'doors.form.oursHint' },
    sent: { kind: 'day', schema: z.iso.date(), label: 'doors.form.sent', hint: 'doors.form.sentHint', optional: true },
    way: {
      kind: 'radios',
      schema: z.enum(answerWays),
      label: 'doors.form.way',
      options: answerWays.map(value => ({ value, label: `doors.way.${value}` })),
    },
    text: { ...area('text', 6), hint: 'doors.form.textHint' },
  },
})
export const noneForm = defineForm({ fields: { reason: area('reason', 2) } })
/** Why a photograph of the act is taken away. */
export const takeForm = defineForm({ fields: { reason: { ...area('whyTaken', 2), hint: 'doors.form.whyTakenHint' } } })
export const attachForm = defineForm({ fields: {} })
