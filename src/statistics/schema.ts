import { z } from 'zod'
import { reader } from '../base/sealed.ts'
import { leastK } from '../base/suppression.ts'

/** What is counted: children for whom this happened in a month. */
export const whats = ['opened', 'closed', 'reopened', 'checked_in'] as const
export type What = (typeof whats)[number]
/** By what it is counted. */
export const dimensions = ['month', 'age', 'sex', 'origin', 'purpose', 'channel'] as const
export type Dimension = (typeof dimensions)[number]
/** How coarsely each may be cut: 0 is the finest that is kept. */
export const levels: Readonly<Record<Dimension, number>> = { month: 2, age: 2, sex: 0, origin: 3, purpose: 1, channel: 1 }

/** `range`: something is known of the age, but not in which band it lies. */
export const ages = ['0-5', '6-9', '10-13', '14-15', '16-17', '18+', 'range', 'unknown'] as const
export const sexes = ['female', 'male', 'unknown'] as const

const code = z.string().regex(/^[A-Za-z0-9_+-]{1,30}$/)
const month = z.string().regex(/^\d{4}-\d{2}-01$/)
export const Codes = z.strictObject({ age: z.enum(ages), sex: z.enum(sexes), origin: code, purpose: code, channel: code })
export type Codes = z.infer<typeof Codes>

/**
 * What a command leaves for the job, sealed under the service key. A part that the writer could not open is absent: then what was known before stands.
 * `counted` false: the case was opened in error, or is not about a child.
 */
export const Left = z.strictObject({
  at: z.string().max(40),
  child: z.string(),
  counted: z.boolean(),
  events: z.array(z.strictObject({ what: z.enum(whats), month })),
  who: Codes.pick({ age: true, sex: true, origin: true }).optional(),
  how: Codes.pick({ purpose: true, channel: true }).optional(),
})
export type Left = z.infer<typeof Left>
export const leftSchema = 1
export const openLeft = reader('statistics left', leftSchema, Left)

/** One question put to the figures. Months are first days; both are in. */
export const Cut = z.strictObject({
  what: z.enum(whats),
  from: month,
  to: month,
  rows: z.enum(dimensions),
  columns: z.enum(dimensions).nullable(),
  /** How coarse the rows and the columns are. */
  rowLevel: z.number().int().min(0).max(3),
  columnLevel: z.number().int().min(0).max(3),
})
export type Cut = z.infer<typeof Cut>

const shown = z.number().int().min(0).nullable()
/** A table as it may leave the house: codes of rows and columns, and the numbers after suppression. Null is hidden. */
export const Released = z.strictObject({
  cut: Cut,
  k: z.number().int().min(leastK),
  rows: z.array(code),
  columns: z.array(code),
  cells: z.array(z.array(shown)),
  rowTotals: z.array(shown),
  columnTotals: z.array(shown),
  grand: shown,
})
export type Released = z.infer<typeof Released>

/** The table with all its numbers: never leaves the process. */
export interface Table {
  readonly cut: Cut
  readonly rows: readonly string[]
  readonly columns: readonly string[]
  readonly cells: readonly (readonly number[])[]
}
/** A count of different children at the finest level; `b` is '' where there are no columns. */
export interface Count {
  readonly a: string
  readonly b: string
  readonly n: number
}
