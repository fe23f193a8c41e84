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

/** Somebody this person stands in for now. */
export interface DeputyFor {
  readonly user: Id
  readonly until: Stamp
  readonly contacts: readonly Contact[]
  readonly cases: readonly CaseRow[]
}

/** Everything that waits, derived on each request and stored nowhere. A part that the roles do not allow is empty. */
export interface Waiting {
  readonly danger: { readonly contacts: readonly Contact[]; readonly cases: readonly CaseRow[] }
  /** Exact to 1,000; 1001 means more. */
  readonly unread: number
  readonly mine: { readonly contacts: readonly Contact[]; readonly cases: readonly CaseRow[] }
  readonly deputy: readonly DeputyFor[]
  readonly looks: readonly WaitingLook[]
  readonly members: number
  readonly ownKeys: number
  readonly rotation: number
  readonly work: number
  readonly invitations: number
  readonly helplines: number
  readonly today: Day
}

/** Hands the chosen contacts or cases of somebody who leaves to a colleague. */
export const handOverForm = defineForm({
  fields: {
    items: { kind: 'checkboxes', schema: z.array(z.uuidv4()).max(200), label: 'worklist.leaver.items' },
    to: { kind: 'select', schema: z.uuidv4(), label: 'worklist.leaver.to' },
  },
})
export const handOverKinds = ['contacts', 'cases'] as const
export type HandOverKind = (typeof handOverKinds)[number]
