import { z } from 'zod'
import { defineForm } from '../base/form.ts'
import type { Id } from '../base/id.ts'
import { reader } from '../base/sealed.ts'
import type { Day, Stamp } from '../base/time.ts'

/* Two records that may be one child, what was decided of them, and the link between them. */

export const decisions = ['same', 'different', 'unsure'] as const
export type Decision = (typeof decisions)[number]
export const pairStates = ['open', ...decisions] as const
export type PairState = (typeof pairStates)[number]

/** What was decided once; nothing is overwritten. */
const Decided = z.strictObject({
  decision: z.enum([...decisions, 'unlinked']),
  reason: z.string().max(2000),
  by: z.string(),
  at: z.string(),
  bits: z.number(),
  /** Digest of what this side said: when its claims change, it changes, and the pair is asked about again. */
  basis: z.string(),
})
export type Decided = z.infer<typeof Decided>
/** Sealed with the identity key of the side it stands on. */
export const PairWords = z.strictObject({ history: z.array(Decided) })
export type PairWords = z.infer<typeof PairWords>
export const pairSchema = 1
export const openPair = reader('person pair', pairSchema, PairWords)

export interface Pair {
  readonly id: Id
  readonly personId: Id
  readonly otherId: Id
  readonly pair: Id
  readonly state: PairState
  readonly found: Day
  readonly version: number
  /** Undefined where this session holds no key to this side. */
  readonly words: PairWords | undefined
}
/** A link that stands, as one side sees it. */
export interface PersonLink {
  readonly id: Id
  readonly otherId: Id
  readonly pair: Id
  readonly by: Id
  readonly at: Stamp
  readonly signature: Uint8Array
}

const reason = {
  kind: 'textarea',
  schema: z.string().max(2000),
  label: 'match.form.reason',
  hint: 'match.form.reasonHint',
  rows: 3,
} as const
export const decideForm = defineForm({
  fields: {
    decision: {
      kind: 'radios',
      schema: z.enum(decisions),
      label: 'match.form.decision',
      options: decisions.map(value => ({ value, label: `match.decision.${value}`, hint: `match.decisionHint.${value}` })),
    },
    reason,
  },
})
export const unlinkForm = defineForm({ fields: { reason } })
