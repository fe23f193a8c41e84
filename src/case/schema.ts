import { z } from 'zod'
import type { Id } from '../base/id.ts'
import { type Compartment, compartments } from '../base/people.ts'
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

interface Opened {
  readonly schema: number
  readonly value: unknown
}
const reader =
  <S extends z.ZodType>(name: string, newest: number, schema: S) =>
  (o: Opened): z.output<S> => {
    // Showing half of a newer value would mislead: the page fails instead, and says nothing.
    if (o.schema < 1 || o.schema > newest) throw new Error(`${name} of schema ${o.schema}`)
    return schema.parse(o.value)
  }
export const openNote = reader('note', noteSchema, Note)
export const openLink = reader('link', linkSchema, LinkBody)
export const openSummary = reader('summary', summarySchema, Summary)

/** Everything that may happen to a case. What changes no column changes no state, and stands in the timeline only. */
export type CaseEvent =
  | {
      readonly type: 'case_opened'
      readonly number: string
      readonly personId: Id
      readonly contactId: Id | null
      readonly assignee: Id | null
      readonly danger: Danger
      readonly reason: string
      readonly opened: Day
      readonly due: Day | null
    }
  | { readonly type: 'case_assigned'; readonly assignee: Id; readonly reason: string }
  | { readonly type: 'case_accepted'; readonly assignee: Id }
  | { readonly type: 'danger_set'; readonly danger: Danger; readonly reason: string; readonly due: Day | null }
  | { readonly type: 'due_set'; readonly due: Day | null; readonly what: string }
  | { readonly type: 'note_added'; readonly note: Note }
  | {
      readonly type: 'access_shared'
      readonly grantId: Id
      readonly user: Id
      readonly compartments: readonly Compartment[]
      readonly why: string
      readonly until: Stamp
    }
  | { readonly type: 'access_ended'; readonly grantId: Id; readonly user: Id }
  | {
      readonly type: 'exclusion_made'
      readonly exclusionId: Id
      readonly kind: 'user' | 'agency' | 'team'
      readonly excluded: Id
      readonly reason: string
    }
  | { readonly type: 'exclusion_ended'; readonly exclusionId: Id; readonly reason: string }
  | { readonly type: 'link_made'; readonly linkId: Id }
  | { readonly type: 'link_ended'; readonly linkId: Id; readonly reason: string }
  | { readonly type: 'second_look_given'; readonly lookId: Id }
  | { readonly type: 'case_closed'; readonly reason: CloseReason; readonly note: string; readonly closed: Day; readonly retention: Day }
  | { readonly type: 'case_reopened'; readonly reason: string; readonly due: Day | null }
export type CaseEventType = CaseEvent['type']
export const eventSchema = 1

/** An event as its sealed part holds it; the type is in the plain header, and comes back from there. */
export const openEvent = (type: string, o: Opened): CaseEvent => {
  if (o.schema !== 1) throw new Error(`case event of schema ${o.schema}`)
  return { ...(o.value as object), type } as CaseEvent
}

export interface Times {
  readonly now: Stamp
  readonly today: Day
}
export const isCompartment = (v: string): v is Compartment => (compartments as readonly string[]).includes(v)
