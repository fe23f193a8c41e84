import { z } from 'zod'
import { defineForm, type Option } from '../base/form.ts'
import type { Id } from '../base/id.ts'
import { type Opened, reader } from '../base/sealed.ts'
import type { Day } from '../base/time.ts'
import { linkKinds } from './schema.linkage.ts'

/* A comparison of registers: the agreement under which it is made, what the files hold, the pairs that were found, and what was decided. */

/** One register with itself, two that were sent, or one that was sent with the people we know. */
export const linkWays = ['two', 'one', 'ours'] as const
export type LinkWay = (typeof linkWays)[number]
export const linkStates = ['open', 'review', 'erased'] as const
export type LinkState = (typeof linkStates)[number]
export const verdicts = ['same', 'different', 'unsure'] as const
export type Verdict = (typeof verdicts)[number]
/** Rows of one file that the office compares; more is work for the command line. */
export const mostLinkRows = 20_000
export const mostLinkPairs = 5000
export const pairsAPage = 25
/** After so many days an undecided register is erased. */
export const registerDays = 30

const line = z.string().max(300)
export const Agreement = z.strictObject({ from: line, agreement: line, purpose: z.string().max(2000) })
export type Agreement = z.infer<typeof Agreement>
export const agreementSchema = 1
/** Sealed with the identity key of the comparison; stays when the files are gone. */
export const openAgreement = reader('register identity', agreementSchema, Agreement)

const count = z.number().int().nonnegative()
export const Counts = z.strictObject({ rows: z.array(count).max(2), pairs: count, same: count, different: count, unsure: count })
export type Counts = z.infer<typeof Counts>
/** What each kind of event carries: who sent what and why, and numbers. */
export const registerEventData = {
  register_opened: z.strictObject({ agreement: Agreement }),
  register_received: z.strictObject({ n: count, rows: count }),
  register_compared: z.strictObject({ rows: z.array(count).max(2), pairs: count }),
  register_erased: z.strictObject({ counts: Counts }),
} as const
export type RegisterEventType = keyof typeof registerEventData
export type RegisterEvent = {
  [K in RegisterEventType]: { readonly type: K } & Readonly<z.infer<(typeof registerEventData)[K]>>
}[RegisterEventType]
export const registerEventSchema = 1
const readers = {
  register_opened: reader('register event register_opened', 1, registerEventData.register_opened),
  register_received: reader('register event register_received', 1, registerEventData.register_received),
  register_compared: reader('register event register_compared', 1, registerEventData.register_compared),
  register_erased: reader('register event register_erased', 1, registerEventData.register_erased),
} as const
export const openRegisterEvent = (type: string, o: Opened): RegisterEvent => {
  if (!Object.hasOwn(readers, type)) throw new Error('not an event of a comparison of registers')
  return { type, ...readers[type as RegisterEventType](o) } as RegisterEvent
}

/** The key of the content, sealed with the identity key of the comparison. */
export const registerKeySchema = 1
export const openRegisterKey = reader('register_key.sealed', registerKeySchema, z.strictObject({ key: z.string() }))

const cells = z.array(z.string())
export const partSchema = 1
const kind = z.enum(linkKinds)
/** What a file holds, by its headings; the rows lie in a part of their own and are opened only to be compared. */
export const Columns = z.strictObject({ headings: cells, kinds: z.array(kind), rows: count, sample: z.array(cells) })
export type Columns = z.infer<typeof Columns>
const Step = z.strictObject({
  attribute: z.string(),
  /** What the column holds; absent in comparisons made before it was kept, and where a step is of no column. */
  kind: kind.optional(),
  level: z.string(),
  weight: z.number(),
  left: z.string(),
  right: z.string(),
})
export const FoundPair = z.strictObject({
  leftId: z.string(),
  rightId: z.string(),
  probability: z.number(),
  weight: z.number(),
  name: z.string(),
  other: z.string(),
  steps: z.array(Step),
})
export type FoundPair = z.infer<typeof FoundPair>
export const Decision = z.strictObject({ verdict: z.enum(verdicts), reason: z.string(), by: z.string(), at: z.string(), times: count })
export type Decision = z.infer<typeof Decision>
export const Found = z.strictObject({ pairs: count, more: count, candidates: count, possible: count, compared: cells })
export type Found = z.infer<typeof Found>
const Rows = z.strictObject({ headings: cells, rows: z.array(cells) })
export const partReaders = {
  rows: reader('register_part rows', partSchema, Rows),
  columns: reader('register_part columns', partSchema, Columns),
  found: reader('register_part found', partSchema, Found),
  pairs: reader('register_part pairs', partSchema, z.array(FoundPair).max(pairsAPage)),
  decision: reader('register_part decision', partSchema, Decision),
} as const

export interface LinkRow {
  readonly id: Id
  readonly homeGroup: Id
  readonly way: LinkWay
  readonly state: LinkState
  readonly started: Day
  readonly expires: Day
  readonly erasedWhy: 'decided' | 'expired' | null
  readonly version: number
}
export interface RegisterLink extends LinkRow {
  readonly agreement: Agreement
}

const options = (group: string, values: readonly string[]): Option[] =>
  values.map(value => ({ value, label: `register.${group}.${value}` }))
const text = { kind: 'text', schema: line.min(1) } as const
const opening = {
  from: { ...text, label: 'register.form.from' },
  agreement: { ...text, label: 'register.form.agreement', hint: 'register.form.agreementHint' },
  purpose: { kind: 'textarea', schema: z.string().min(1).max(2000), rows: 3, label: 'register.form.purpose' },
  way: { kind: 'radios', schema: z.enum(linkWays), label: 'register.form.way', options: options('way', linkWays) },
} as const
export const openForm = defineForm({
  fields: { ...opening, team: { kind: 'select', schema: z.string(), label: 'register.form.team', options: [] } },
})
export const openFormOneTeam = defineForm({ fields: opening })
export const verdictForm = defineForm({
  fields: {
    verdict: { kind: 'radios', schema: z.enum(verdicts), label: 'register.form.verdict', options: options('verdict', verdicts) },
    reason: { kind: 'textarea', schema: z.string().min(1).max(1000), rows: 2, label: 'register.form.reason' },
  },
})
/** What of a row is taken over as said of one of ours: by the number of the step. */
export const takeForm = defineForm({
  fields: { take: { kind: 'checkboxes', schema: z.array(z.string().regex(/^\d{1,2}$/)).min(1), label: 'register.form.take', options: [] } },
})
export const eraseForm = defineForm({
  fields: {
    sure: { kind: 'checkboxes', schema: z.array(z.enum(['yes'])).min(1), label: 'register.form.sure', options: options('sure', ['yes']) },
  },
})

/* What a thread is asked and answers: files as bytes, tables as the bytes of their JSON, so that the office itself never parses a whole register. */
export type ReadAnswer =
  | { readonly rows: Uint8Array; readonly columns: Columns }
  | { readonly error: 'not_a_table' | 'old_workbook' | 'too_many_columns' | 'too_many_rows' }
export type LinkAnswer = { readonly found: Found; readonly pages: readonly Uint8Array[] } | { readonly error: 'nothing_to_compare' }
export type LinkTask =
  | { readonly does: 'read'; readonly bytes: Uint8Array }
  | {
      readonly does: 'link'
      readonly left: Uint8Array
      readonly leftKinds: readonly string[]
      readonly right?: Uint8Array | undefined
      readonly rightKinds?: readonly string[] | undefined
    }
