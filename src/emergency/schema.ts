import { z } from 'zod'
import type { Id } from '../base/id.ts'
import { type Opened, type Reader, reader } from '../base/sealed.ts'
import type { Stamp } from '../base/time.ts'

/** What threatens a life: each has its own steps and sentences (content/emergency). */
export const dangers = ['attack', 'self_harm', 'medical', 'sexual_violence', 'missing', 'blackmail'] as const
export type Danger = (typeof dangers)[number]
/** Who is called. */
export const callees = [
  'rescue',
  'police',
  'ambulance',
  'investigators',
  'guardianship',
  'hospital',
  'family',
  'colleague',
  'other',
] as const
export type Callee = (typeof callees)[number]
export const callOutcomes = ['coming', 'told', 'no_answer', 'refused', 'other'] as const
export type CallOutcome = (typeof callOutcomes)[number]

const stamp = z.iso.datetime()
const id = z.string()
const words = z.string()
export const CalledLine = z.strictObject({ at: stamp, by: id, whom: z.enum(callees), outcome: z.enum(callOutcomes), words })
export type CalledLine = z.infer<typeof CalledLine>
const told = { danger: z.enum(dangers).nullable(), what: words, where: words, since: words }
/** What the card says; compartment summary, so that a supervisor at night can act on it too. */
export const Card = z.strictObject({ ...told, calls: z.array(CalledLine), ended: words })
export type Card = z.infer<typeof Card>
export const emptyCard: Card = { danger: null, what: '', where: '', since: '', calls: [], ended: '' }
export const cardSchema = 1
export const openCard = reader('emergency card', cardSchema, Card)

export interface CardRow<V = Card> {
  readonly id: Id
  readonly record: Id
  readonly kind: 'contact' | 'case'
  readonly homeGroup: Id
  readonly state: 'live' | 'ended'
  readonly openedAt: Stamp
  readonly openedBy: Id
  readonly version: number
  readonly card: V
}

export const emergencyEventData = {
  emergency_opened: z.strictObject({ cardId: id }),
  emergency_told: z.strictObject({ cardId: id, ...told }),
  emergency_called: z.strictObject({ cardId: id, line: CalledLine }),
  emergency_taken: z.strictObject({ cardId: id }),
  emergency_ended: z.strictObject({ cardId: id, words }),
} as const
type Data = typeof emergencyEventData
export type EmergencyEventType = keyof Data
export type EmergencyEvent = { [K in EmergencyEventType]: { readonly type: K } & Readonly<z.infer<Data[K]>> }[EmergencyEventType]
export const emergencyEventSchema = 1
const readers = Object.fromEntries(
  Object.entries(emergencyEventData).map(([type, data]) => [type, reader(`emergency event ${type}`, emergencyEventSchema, data)]),
) as unknown as Readonly<Record<EmergencyEventType, Reader<object>>>
export const isEmergencyEvent = (type: string): type is EmergencyEventType => Object.hasOwn(emergencyEventData, type)
export const openEmergencyEvent = (type: EmergencyEventType, o: Opened): EmergencyEvent => ({ type, ...readers[type](o) }) as EmergencyEvent

/** Where a member of staff is reached; sealed under the service key. Empty: by this way not at all. */
export const StaffPoint = z.object({ mail: z.string(), phone: z.string(), lang: z.enum(['ru', 'en']) })
export type StaffPoint = z.infer<typeof StaffPoint>
export const staffPointSchema = 1
export const openStaffPoint = reader('staff contact point', staffPointSchema, StaffPoint)
