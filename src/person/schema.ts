import { z } from 'zod'
import type { Id } from '../base/id.ts'
import { type Opened, reader } from '../base/sealed.ts'
import type { Stamp } from '../base/time.ts'
import { Assessment, appealStates } from './schema.assessment.ts'
import {
  AgeClaim,
  Claim,
  type ClaimSource,
  type Confidence,
  day,
  type Fact,
  FactClaim,
  type Method,
  NameClaim,
  PlaceClaim,
  type SaidLanguage,
  standings,
} from './schema.claims.ts'
import { addedFrom1, identityFrom1, recordedFrom1, whereaboutsFrom1 } from './schema.upcast.ts'

export * from './schema.claims.ts'

/** Who this is to us: the one thing that must be known of a person. */
export const relations = ['child', 'sibling', 'parent', 'other'] as const
export type Relation = (typeof relations)[number]

/** Sealed in the identity compartment. */
export const Identity = z.strictObject({
  relation: z.enum(relations),
  names: z.array(NameClaim),
  ages: z.array(AgeClaim),
  facts: z.array(FactClaim),
  assessments: z.array(Assessment),
})
export type Identity = z.infer<typeof Identity>
export const identitySchema = 2
/** Sealed in the whereabouts compartment: where and with whom the child is or was, school and clinic, and how it is safe to reach them. */
export const Whereabouts = z.strictObject({ places: z.array(PlaceClaim) })
export type Whereabouts = z.infer<typeof Whereabouts>
export const whereaboutsSchema = 2

export const openIdentity = reader('person identity', identitySchema, Identity, [identityFrom1])
export const openWhereabouts = reader('person whereabouts', whereaboutsSchema, Whereabouts, [whereaboutsFrom1])

/** What each kind of event carries in its sealed part; the type stands in the plain header. */
export const personEventData = {
  person_recorded: z.strictObject({ identity: Identity }),
  claim_added: z.strictObject({ claim: Claim }),
  claim_judged: z.strictObject({ claimId: z.string(), standing: z.enum(standings), reason: z.string(), place: z.boolean() }),
  /** What an age claim means was understood otherwise; what was said stays as it was. */
  claim_reread: z.strictObject({ claimId: z.string(), edtf: z.string(), min: day, max: day, reason: z.string() }),
  age_assessed: z.strictObject({ assessment: Assessment, claim: AgeClaim.nullable() }),
  age_appealed: z.strictObject({ assessmentId: z.string(), appeal: z.enum(appealStates), note: z.string() }),
} as const
export type PersonEventType = keyof typeof personEventData
export type PersonEvent = { [K in PersonEventType]: { readonly type: K } & Readonly<z.infer<(typeof personEventData)[K]>> }[PersonEventType]
/** The version of each kind of event that is written now. */
export const personEventSchema: Readonly<Record<PersonEventType, number>> = {
  person_recorded: 2,
  claim_added: 2,
  claim_judged: 1,
  claim_reread: 1,
  age_assessed: 1,
  age_appealed: 1,
}
const at = personEventSchema
const eventReaders = {
  person_recorded: reader('person event person_recorded', at.person_recorded, personEventData.person_recorded, [recordedFrom1]),
  claim_added: reader('person event claim_added', at.claim_added, personEventData.claim_added, [addedFrom1]),
  claim_judged: reader('person event claim_judged', at.claim_judged, personEventData.claim_judged),
  claim_reread: reader('person event claim_reread', at.claim_reread, personEventData.claim_reread),
  age_assessed: reader('person event age_assessed', at.age_assessed, personEventData.age_assessed),
  age_appealed: reader('person event age_appealed', at.age_appealed, personEventData.age_appealed),
} as const
/** An event from its type and its sealed part. */
export const openEvent = (type: string, o: Opened): PersonEvent => {
  if (!Object.hasOwn(eventReaders, type)) throw new Error('not an event of a person')
  return { type, ...eventReaders[type as PersonEventType](o) } as PersonEvent
}
/** The row in plain columns. Sex, age, names and places are never among them. */
export interface PersonRow {
  readonly id: Id
  readonly homeGroup: Id
  readonly state: 'active' | 'erased'
  readonly version: number
}
export interface Person extends PersonRow {
  readonly identity: Identity
  readonly whereabouts: Whereabouts
}

/** What a form says of a claim before it has an id, a time and a name to it. What it leaves out was not asked. */
export type ClaimDraft =
  | (Pick<NameClaim, 'what' | 'parts' | 'kind'> & Partial<Pick<NameClaim, 'latin' | 'order'>> & Said)
  | (Pick<AgeClaim, 'what' | 'text'> & { readonly reading?: string | undefined } & Said)
  | FactDraft
  | (Pick<PlaceClaim, 'what' | 'place' | 'text'> & Partial<Pick<PlaceClaim, 'country' | 'region'>> & Said)
/** The fields of a fact that belong to its kind alone. */
type Own<C> = Omit<C, keyof NameClaim | 'what' | 'text'>
export type FactDraft = {
  [W in Fact]: { readonly what: W; readonly text: string } & Partial<Own<Extract<FactClaim, { what: W }>>> & Said
}[Fact]
export interface Said {
  readonly source: ClaimSource
  readonly confidence: Confidence
  readonly whose?: string | undefined
  readonly method?: Method | undefined
  readonly language?: SaidLanguage | undefined
  readonly saidOn?: string | undefined
}
/** Who records and when: rules are told, never look. */
export interface Recording {
  readonly id: Id
  readonly by: Id
  readonly at: Stamp
}
