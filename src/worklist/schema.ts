import { z } from 'zod'
import { defineForm } from '../base/form.ts'
import type { Id } from '../base/id.ts'
import type { Day, Stamp } from '../base/time.ts'
import type { CaseRow } from '../case/schema.ts'
import type { Contact } from '../contact/schema.ts'

/** A safety step that one person took alone and nobody else has looked at yet. */
export interface WaitingLook {
  readonly id: Id
  readonly record: Id
  readonly kind: string
  readonly what: string
  readonly by: Id
  readonly at: Stamp
}

/** Which capability a task belongs to; the words and the page follow from it. */
export const taskAreas = ['plan', 'language', 'report', 'follow_up', 'match', 'contact', 'safe_contact', 'letter'] as const
export type TaskArea = (typeof taskAreas)[number]
/** Something with a day, of one case; of areas 'contact' and 'letter' of a contact: `caseId` is then its id and `number` its code. */
export interface Task {
  readonly id: Id
  readonly caseId: Id
  readonly number: string
  readonly due: Day
  readonly assignee: Id | null
  readonly area: TaskArea
  readonly kind: string
}
export interface Tasks {
  /** Children who asked for help in a check-in, and contacts that told of danger to life. */
  readonly help: readonly Task[]
  readonly overdue: readonly Task[]
  readonly today: readonly Task[]
  /** With a later day, and shown already because a clock runs. */
  readonly soon: readonly Task[]
  /** How many more there are than stand here. */
  readonly more: number
}

/** Somebody this person stands in for now. */
export interface DeputyFor {
  readonly user: Id
  readonly until: Stamp
  readonly contacts: readonly Contact[]
  readonly cases: readonly CaseRow[]
}

/** Parts of the first page that stand short there and whole behind a link. */
export const shortParts = ['nobody', 'today', 'overdue', 'soon', 'contacts', 'deputy'] as const
export type ShortPart = (typeof shortParts)[number]
/** How many things of a part were left out, and stand behind its link. */
export type LeftOut = Readonly<Partial<Record<ShortPart | 'missed', number>>>

/** Everything that waits, derived on each request and stored nowhere. A part that the roles do not allow is empty. */
export interface Waiting {
  readonly danger: { readonly contacts: readonly Contact[]; readonly cases: readonly CaseRow[]; readonly total: number }
  /** Open cases that no case worker has taken, most dangerous first; whoever opened one sees it until it is taken. */
  readonly nobody: { readonly cases: readonly CaseRow[]; readonly total: number }
  /** Due today or overdue: of the team for who supervises it, else one's own. */
  readonly due: { readonly cases: readonly CaseRow[]; readonly total: number; readonly team: boolean }
  readonly tasks: Tasks
  /** Exact to 1,000; 1001 means more. */
  readonly unread: number
  /** Contacts that nobody has read for longer than a working day; told to supervisors. */
  readonly late: number
  readonly mine: { readonly contacts: readonly Contact[]; readonly cases: readonly CaseRow[]; readonly more: boolean }
  readonly deputy: readonly DeputyFor[]
  readonly looks: readonly WaitingLook[]
  /** Changes of where new contacts go that nobody else has looked at. */
  readonly intake: readonly Omit<WaitingLook, 'kind' | 'what'>[]
  readonly members: number
  readonly ownKeys: number
  readonly rotation: number
  readonly work: number
  /** Things that several contacts name. */
  readonly alerts: number
  readonly invitations: number
  readonly helplines: number
  /** Emergency openings of others that a supervisor has to look at. */
  readonly glass: number
  /** Changes of roles that wait for a second person. */
  readonly changes: number
  /** Askings about a child and requests to find one that nobody has answered. Exact to 1,000. */
  readonly traces: number
  /** Questions of other teams about a child of ours, for its coordinator; and answers to our own. Exact to 1,000. */
  readonly notices: { readonly notices: number; readonly invited: number }
  /** People who would begin in a team alone and wait for a second person. */
  readonly agree: number
  readonly today: Day
  /** Empty where everything stands here. */
  readonly leftOut: LeftOut
}

const items = z.array(z.uuidv4()).max(200)
const label = 'worklist.leaver.items'
const to = { kind: 'select', schema: z.uuidv4(), label: 'worklist.leaver.to' } as const
/** Hand the chosen contacts or cases of somebody who leaves to a colleague. Two forms on one page: each field has a name, and so an id, of its own. */
export const handOverForms = {
  contacts: defineForm({ fields: { contacts: { kind: 'checkboxes', schema: items, label }, contactsTo: to } }),
  cases: defineForm({ fields: { cases: { kind: 'checkboxes', schema: items, label }, casesTo: to } }),
} as const
export const handOverKinds = ['contacts', 'cases'] as const
export type HandOverKind = (typeof handOverKinds)[number]
