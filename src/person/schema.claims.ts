import { z } from 'zod'

/* What may be said of a person, and what every such claim carries. */

/** Who may have said something; shared with notes and screening. */
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
/** Sources of claims about who somebody is. `worker` is what staff saw themselves. */
export const claimSources = [...sources, 'authority', 'medical', 'register', 'assessment'] as const
export type ClaimSource = (typeof claimSources)[number]
export const confidences = ['low', 'medium', 'high', 'not_assessed'] as const
export type Confidence = (typeof confidences)[number]
/** How we came to know it. */
export const methods = ['not_said', 'conversation', 'phone', 'document_seen', 'copy_seen', 'observation', 'register', 'letter'] as const
export type Method = (typeof methods)[number]
/** The language in which it was said; '' where nobody noted it. */
export const saidLanguages = ['', 'ru', 'en', 'uz', 'ky', 'tg', 'fr', 'other'] as const
export type SaidLanguage = (typeof saidLanguages)[number]
export const standings = ['stands', 'confirmed', 'disputed', 'withdrawn'] as const
export type Standing = (typeof standings)[number]

export const nameKinds = ['own', 'nickname', 'cover'] as const
export const nameOrders = ['known', 'unknown'] as const
export const scripts = ['cyrl', 'latn', 'arab', 'other'] as const
export type Script = (typeof scripts)[number]
export const facts = ['sex', 'citizenship', 'origin', 'language', 'religion', 'relative', 'document', 'phone', 'handle'] as const
export type Fact = (typeof facts)[number]
export const placeKinds = ['stays', 'with_whom', 'seen', 'safe_contact', 'residence', 'school', 'clinic'] as const
/** Stateless, without papers and not known are three different things. */
export const citizenships = ['named', 'stateless', 'undocumented', 'unknown'] as const
export const levels = ['not_asked', 'mother', 'fluent', 'some', 'little'] as const
export const kins = [
  'mother',
  'father',
  'brother',
  'sister',
  'grandparent',
  'aunt_uncle',
  'guardian',
  'spouse',
  'own_child',
  'other',
] as const
/** May this relative be told that we know where the child is? Until somebody asked, nobody tells them. */
export const contactRules = ['not_asked', 'safe', 'careful', 'never'] as const
export const documents = [
  'birth_certificate',
  'passport',
  'travel_passport',
  'return_certificate',
  'migration_card',
  'registration',
  'patent',
  'residence_permit',
  'insurance',
  'vaccination',
  'school_record',
  'guardianship',
  'other',
] as const
export type DocumentKind = (typeof documents)[number]
export const documentStates = ['held', 'missing', 'lost', 'false', 'someone_elses', 'withheld', 'restoring'] as const
export const networks = ['telegram', 'whatsapp', 'vk', 'instagram', 'tiktok', 'imo', 'email', 'other'] as const

export const stamp = z.string().max(40)
export const line = z.string().max(200)
export const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const country = z.string().regex(/^([A-Z]{2})?$/)
const region = z.string().regex(/^([A-Z]{2}-[A-Z0-9]{1,3})?$/)

/** What every claim carries. A claim is never overwritten: it is confirmed, disputed or withdrawn, with a reason, and stays readable. */
const common = {
  id: z.string(),
  source: z.enum(claimSources),
  /** Who exactly, in whose words: an aunt, a passport office; '' where the source says it all. */
  whose: line,
  method: z.enum(methods),
  language: z.enum(saidLanguages),
  /** The day on which it was said or seen; '' where nobody noted it. */
  saidOn: z.union([day, z.literal('')]),
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
  /** In Latin letters as a paper has it. */
  latin: line,
  order: z.enum(nameOrders),
  script: z.enum(scripts),
  kind: z.enum(nameKinds),
})
export type NameClaim = z.infer<typeof NameClaim>
/**
 * Age or birth as it was said, and how we read it: an EDTF date, the first and the last day of birth it may mean. '' and null where nothing follows.
 * minYear and maxYear are the years of those days.
 */
export const AgeClaim = z.strictObject({
  ...common,
  what: z.literal('age'),
  text: line,
  edtf: z.string().max(60),
  min: day.nullable(),
  max: day.nullable(),
  minYear: z.number().int().nullable(),
  maxYear: z.number().int().nullable(),
})
export type AgeClaim = z.infer<typeof AgeClaim>

const fact = <W extends Fact, X extends z.ZodRawShape>(what: W, more: X) =>
  z.strictObject({ ...common, what: z.literal(what), text: line, ...more })
export const FactClaim = z.discriminatedUnion('what', [
  fact('sex', {}),
  fact('religion', {}),
  fact('phone', {}),
  fact('citizenship', { status: z.enum(citizenships), country }),
  fact('origin', { country, region, district: line, village: line }),
  fact('language', { level: z.enum(levels) }),
  fact('relative', { kin: z.enum(kins), contact: z.enum(contactRules) }),
  fact('handle', { network: z.enum(networks) }),
  fact('document', {
    document: z.enum(documents),
    state: z.enum(documentStates),
    number: line,
    /** Who withholds it, or whose it is. */
    holder: line,
    next: z.string().max(500),
  }),
])
export type FactClaim = z.infer<typeof FactClaim>
export type FactOf<W extends Fact> = Extract<FactClaim, { what: W }>
export const PlaceClaim = z.strictObject({
  ...common,
  what: z.literal('place'),
  place: z.enum(placeKinds),
  text: z.string().max(500),
  country,
  region,
})
export type PlaceClaim = z.infer<typeof PlaceClaim>
export const Claim = z.union([NameClaim, AgeClaim, PlaceClaim, ...FactClaim.options])
export type Claim = NameClaim | AgeClaim | FactClaim | PlaceClaim
