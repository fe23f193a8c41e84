import { z } from 'zod'
import type { Id } from '../base/id.ts'
import { type Opened, reader } from '../base/sealed.ts'
import type { Stamp } from '../base/time.ts'

/** Who this is to us: the one thing that must be known of a person. */
export const relations = ['child', 'sibling', 'parent', 'other'] as const
export type Relation = (typeof relations)[number]
export const sources = [
  'child',
  'parent',
  'relative',
  'other_child',
  'witness',
  'document',
  'police',
  'agency',
  'worker',
  'unknown',
] as const
export type Source = (typeof sources)[number]
export const confidences = ['low', 'medium', 'high', 'not_assessed'] as const
export type Confidence = (typeof confidences)[number]
export const nameKinds = ['own', 'nickname', 'cover'] as const
export const scripts = ['cyrl', 'latn', 'arab', 'other'] as const
export type Script = (typeof scripts)[number]
export const standings = ['stands', 'confirmed', 'disputed', 'withdrawn'] as const
export type Standing = (typeof standings)[number]
export const facts = ['sex', 'citizenship', 'origin', 'language'] as const
export const placeKinds = ['stays', 'with_whom', 'seen', 'safe_contact'] as const

const stamp = z.string().max(40)
const line = z.string().max(200)

/** What every claim carries. A claim is never overwritten: it is confirmed, disputed or withdrawn, with a reason, and stays readable. */
const common = {
  id: z.string(),
  source: z.enum(sources),
  confidence: z.enum(confidences),
  recordedAt: stamp,
  by: z.string(),
  standing: z.enum(standings),
  reason: z.string().max(2000),
}
export const NameClaim = z.strictObject({
  ...common,
  what: z.literal('name'),
  parts: z.strictObject({ given: line, family: line, patronymic: line, other: line }),
  script: z.enum(scripts),
  kind: z.enum(nameKinds),
})
export type NameClaim = z.infer<typeof NameClaim>
/** Age or birth as it was said; minYear and maxYear are the years of birth it may mean, null where nothing follows. */
export const AgeClaim = z.strictObject({
  ...common,
  what: z.literal('age'),
  text: line,
  minYear: z.number().int().nullable(),
  maxYear: z.number().int().nullable(),
})
export type AgeClaim = z.infer<typeof AgeClaim>
export const FactClaim = z.strictObject({ ...common, what: z.enum(facts), text: line })
export type FactClaim = z.infer<typeof FactClaim>
export const PlaceClaim = z.strictObject({ ...common, what: z.literal('place'), place: z.enum(placeKinds), text: z.string().max(500) })
export type PlaceClaim = z.infer<typeof PlaceClaim>
export type Claim = NameClaim | AgeClaim | FactClaim | PlaceClaim

/** Sealed in the identity compartment. */
export const Identity = z.strictObject({
  relation: z.enum(relations),
  names: z.array(NameClaim),
  ages: z.array(AgeClaim),
  facts: z.array(FactClaim),
})
export type Identity = z.infer<typeof Identity>
export const identitySchema = 1
/** Sealed in the whereabouts compartment: where and with whom the child is, and how it is safe to reach them. */
export const Whereabouts = z.strictObject({ places: z.array(PlaceClaim) })
export type Whereabouts = z.infer<typeof Whereabouts>
export const whereaboutsSchema = 1

export const openIdentity = reader('person identity', identitySchema, Identity)
export const openWhereabouts = reader('person whereabouts', whereaboutsSchema, Whereabouts)

/** What each kind of event carries in its sealed part; the type stands in the plain header. */
export const personEventData = {
  person_recorded: z.strictObject({ identity: Identity }),
  claim_added: z.strictObject({ claim: z.union([NameClaim, AgeClaim, FactClaim, PlaceClaim]) }),
  claim_judged: z.strictObject({ claimId: z.string(), standing: z.enum(standings), reason: z.string(), place: z.boolean() }),
} as const
export type PersonEventType = keyof typeof personEventData
export type PersonEvent = { [K in PersonEventType]: { readonly type: K } & Readonly<z.infer<(typeof personEventData)[K]>> }[PersonEventType]
export const personEventSchema = 1
const eventReaders = {
  person_recorded: reader('person event person_recorded', personEventSchema, personEventData.person_recorded),
  claim_added: reader('person event claim_added', personEventSchema, personEventData.claim_added),
  claim_judged: reader('person event claim_judged', personEventSchema, personEventData.claim_judged),
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

/** What a form says of a claim before it has an id, a time and a name to it. */
export type ClaimDraft =
  | (Pick<NameClaim, 'what' | 'parts' | 'kind'> & Said)
  | (Pick<AgeClaim, 'what' | 'text'> & Said)
  | (Pick<FactClaim, 'what' | 'text'> & Said)
  | (Pick<PlaceClaim, 'what' | 'place' | 'text'> & Said)
export interface Said {
  readonly source: Source
  readonly confidence: Confidence
}
/** Who records and when: rules are told, never look. */
export interface Recording {
  readonly id: Id
  readonly by: Id
  readonly at: Stamp
}
