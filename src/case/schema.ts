import { z } from 'zod'
import type { Id } from '../base/id.ts'
import { type Compartment, compartments } from '../base/people.ts'
import { type Opened, type Reader, reader } from '../base/sealed.ts'
import type { Day, Stamp } from '../base/time.ts'
import { confidences, sources } from '../person/schema.ts'

export const dangerLevels = ['none', 'concern', 'danger', 'not_assessed'] as const
export type Danger = (typeof dangerLevels)[number]
export const caseStates = ['open', 'suspended', 'closed'] as const
export type CaseStatus = (typeof caseStates)[number]
export const closeReasons = ['goals_met', 'moved', 'transferred', 'aged_out', 'lost_contact', 'opened_in_error'] as const
export type CloseReason = (typeof closeReasons)[number]
/** What a case owns; identity and whereabouts belong to the person. */
export const caseCompartments = ['summary', 'story', 'health', 'legal', 'follow_up'] as const satisfies readonly Compartment[]
export type CaseCompartment = (typeof caseCompartments)[number]
export const noteLanguages = ['ru', 'en', 'uz', 'ky', 'tg', 'fr', 'other'] as const
export const interpreterKinds = ['none', 'professional', 'diaspora', 'worker', 'relative', 'other_child'] as const
export const linkRelations = ['sibling', 'parent_of', 'child_of', 'travelled_together', 'other'] as const
export type LinkRelation = (typeof linkRelations)[number]
export const togetherRules = ['none', 'keep_together', 'keep_apart', 'must_not_know'] as const
export type Together = (typeof togetherRules)[number]

/** D- and 7 random Crockford characters: no order, no count, no date in it. */
export const numberPattern = /^D-[0-9A-HJKMNP-TV-Z]{7}$/
const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** A case number from 7 random bytes (five bits of each are used). */
export const numberFrom = (bytes: Uint8Array): string => `D-${[...bytes.slice(0, 7)].map(b => crockford[b & 31]).join('')}`

/** Ages by which a list can be narrowed, in years; the last one has no end. */
export const ageBands = ['0-11', '12-14', '15-17', '18-'] as const
/** Countries by which a list can be narrowed: those that the work knows most. ISO 3166-1. */
export const listOrigins = ['RU', 'UZ', 'KG', 'TJ', 'NG', 'CD', 'CG'] as const

/** The row in plain columns, and the state that rules judge. */
export interface CaseRow {
  readonly id: Id
  readonly homeGroup: Id
  readonly number: string
  readonly personId: Id
  readonly contactId: Id | null
  readonly assignee: Id | null
  readonly state: CaseStatus
  readonly danger: Danger
  readonly opened: Day
  readonly due: Day | null
  readonly closed: Day | null
  readonly retention: Day | null
  readonly version: number
}

/** A note. `happened` may be vague and stays text; `learned` is when we heard it; recorded is the journal's own time. */
export const Note = z.strictObject({
  text: z.string().min(1).max(20_000),
  source: z.enum(sources),
  language: z.enum(noteLanguages),
  interpreter: z.enum(interpreterKinds),
  confidence: z.enum(confidences),
  happened: z.string().max(200),
  learned: z.string().max(40),
  /** Written on paper by somebody else; the journal's actor is who entered it. */
  paperBy: z.string().max(200),
})
export type Note = z.infer<typeof Note>
export const noteSchema = 1

export const LinkBody = z.strictObject({ relation: z.enum(linkRelations), together: z.enum(togetherRules), note: z.string().max(2000) })
export type LinkBody = z.infer<typeof LinkBody>
export const linkSchema = 1

/** Sealed under the case's summary key when the case is opened: the child as first spoken of. */
export const Summary = z.strictObject({ nameAsSaid: z.string(), ageAsSaid: z.string(), why: z.string() })
export type Summary = z.infer<typeof Summary>
export const summarySchema = 1

export const openNote = reader('note', noteSchema, Note)
export const openLink = reader('link', linkSchema, LinkBody)
export const openSummary = reader('summary', summarySchema, Summary)

const id = z.string()
const day = z.iso.date()
const why = z.string()
/** What each kind of event carries in its sealed part. A note is its own value, so that it opens with the reader of notes. */
export const caseEventData = {
  case_opened: z.strictObject({
    number: z.string(),
    personId: id,
    contactId: id.nullable(),
    assignee: id.nullable(),
    danger: z.enum(dangerLevels),
    reason: why,
    opened: day,
    due: day.nullable(),
  }),
  case_assigned: z.strictObject({ assignee: id, reason: why }),
  case_accepted: z.strictObject({ assignee: id }),
  danger_set: z.strictObject({ danger: z.enum(dangerLevels), reason: why, due: day.nullable() }),
  due_set: z.strictObject({ due: day.nullable(), what: z.string() }),
  access_shared: z.strictObject({ grantId: id, user: id, compartments: z.array(z.enum(compartments)), why, until: z.string() }),
  access_ended: z.strictObject({ grantId: id, user: id }),
  exclusion_made: z.strictObject({ exclusionId: id, kind: z.enum(['user', 'agency', 'team']), excluded: id, reason: why }),
  exclusion_ended: z.strictObject({ exclusionId: id, reason: why }),
  link_made: z.strictObject({ linkId: id }),
  link_ended: z.strictObject({ linkId: id, reason: why }),
  second_look_given: z.strictObject({ lookId: id }),
  case_closed: z.strictObject({ reason: z.enum(closeReasons), note: z.string(), closed: day, retention: day }),
  case_reopened: z.strictObject({ reason: why, due: day.nullable() }),
} as const
type Data = typeof caseEventData
/** Everything that may happen to a case. What changes no column changes no state, and stands in the timeline only. */
export type CaseEvent =
  | { [K in keyof Data]: { readonly type: K } & Readonly<z.infer<Data[K]>> }[keyof Data]
  | { readonly type: 'note_added'; readonly note: Note }
export type CaseEventType = CaseEvent['type']
export const eventSchema = 1
const eventReaders = Object.fromEntries(
  Object.entries(caseEventData).map(([type, data]) => [type, reader(`case event ${type}`, eventSchema, data)]),
) as unknown as Readonly<Record<keyof Data, Reader<object>>>

/** Is this an event of the case itself? Capabilities further right write theirs into the same chain. */
export const isCaseEvent = (type: string): type is CaseEventType => type === 'note_added' || Object.hasOwn(caseEventData, type)
/** An event as its sealed part holds it; the type is in the plain header, and comes back from there. */
export const openEvent = (type: string, o: Opened): CaseEvent => {
  if (type === 'note_added') return { type, note: openNote(o) }
  if (!Object.hasOwn(eventReaders, type)) throw new Error('not an event of a case')
  return { type, ...eventReaders[type as keyof Data](o) } as CaseEvent
}

export interface Times {
  readonly now: Stamp
  readonly today: Day
}
export const isCompartment = (v: string): v is Compartment => (compartments as readonly string[]).includes(v)
