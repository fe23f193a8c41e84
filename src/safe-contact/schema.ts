import { z } from 'zod'
import type { Id } from '../base/id.ts'
import { type Opened, type Reader, reader } from '../base/sealed.ts'
import type { Day } from '../base/time.ts'
import { contactLanguages } from '../contact/schema.ts'

/** By which ways somebody may be reached. `chat`: the help chat, which only their words open. */
export const sendWays = ['chat', 'messenger', 'phone', 'adult', 'in_person'] as const
export type SendWay = (typeof sendWays)[number]
/** Monday is 1. */
export const weekdays = ['1', '2', '3', '4', '5', '6', '7'] as const
export type Weekday = (typeof weekdays)[number]

const words = z.string()
const day = z.iso.date()
const id = z.string()
const minute = z.number().int().min(0).max(1440)
/** What was agreed with this child. Empty days: any day; the whole day: from 0 until 1440; nobody named: whoever works on the case. */
export const Agreed = z.strictObject({
  ways: z.array(z.enum(sendWays)),
  days: z.array(z.enum(weekdays)),
  from: minute,
  until: minute,
  answerers: z.array(id),
  /** Words that must not appear, as they were typed. */
  never: z.array(words),
  coverName: words,
  language: z.enum(contactLanguages),
  /** The adult through whom it is safe, and the number or place: where and how. */
  how: words,
  note: words,
})
export type Agreed = z.infer<typeof Agreed>
export const agreedSchema = 1
export const openAgreed = reader('safe-contact plan', agreedSchema, Agreed)

/** `agreed` is undefined where this session holds no key to the person's whereabouts. */
export interface Plan<V = Agreed> {
  readonly id: Id
  readonly personId: Id
  readonly homeGroup: Id
  readonly state: 'live' | 'ended'
  /** The last day on which somebody made sure that it holds. */
  readonly verified: Day
  /** The last day on which it may be used. */
  readonly until: Day
  readonly gapFrom: Day | null
  readonly version: number
  readonly agreed: V
}
export type SeenPlan = Plan<Agreed | undefined>

/** Of the person, sealed with their whereabouts key. */
export const safeContactEventData = {
  safe_contact_planned: z.strictObject({ planId: id, agreed: Agreed, today: day, until: day }),
  safe_contact_verified: z.strictObject({ planId: id, how: words, today: day, until: day }),
  /** A check-in was answered. */
  safe_contact_renewed: z.strictObject({ planId: id, today: day, until: day }),
  safe_contact_ended: z.strictObject({ planId: id, reason: words }),
} as const
type Data = typeof safeContactEventData
export type SafeContactEventType = keyof Data
export type SafeContactEvent = { [K in SafeContactEventType]: { readonly type: K } & Readonly<z.infer<Data[K]>> }[SafeContactEventType]
export const safeContactEventSchema = 1
const readers = Object.fromEntries(
  Object.entries(safeContactEventData).map(([type, data]) => [type, reader(`safe-contact event ${type}`, safeContactEventSchema, data)]),
) as unknown as Readonly<Record<SafeContactEventType, Reader<object>>>
export const isSafeContactEvent = (type: string): type is SafeContactEventType => Object.hasOwn(safeContactEventData, type)
export const openSafeContactEvent = (type: SafeContactEventType, o: Opened): SafeContactEvent =>
  ({ type, ...readers[type](o) }) as SafeContactEvent

/** Of the case, sealed with its summary key: supervision holds no key to whereabouts. */
export const passEventData = {
  safe_contact_passed: z.strictObject({ hours: z.number().int(), reason: words }),
} as const
export type PassEvent = z.infer<typeof passEventData.safe_contact_passed>
export const passEventSchema = 1
export const openPassEvent = reader('safe-contact pass', passEventSchema, passEventData.safe_contact_passed)

/** A plan that has run out, on plain columns. */
export interface WaitingPlan {
  readonly id: Id
  readonly caseId: Id
  readonly number: string
  readonly due: Day
  readonly assignee: Id | null
  readonly kind: 'verify'
}
