import { z } from 'zod'
import type { Id } from '../base/id.ts'
import { type Opened, type Reader, reader } from '../base/sealed.ts'
import type { Day, Stamp } from '../base/time.ts'
import { confidences, sources } from '../person/schema.ts'

/** The deck's five circumstances: they say where to look, never what to think of a family. */
export const circumstances = ['left_home', 'unaccompanied', 'no_school_or_clinic', 'undocumented', 'migrant_family'] as const
export type Circumstance = (typeof circumstances)[number]
export const answers = ['yes', 'no', 'not_asked'] as const
export type Answer = (typeof answers)[number]
/** Palermo Protocol art. 3 a, the acts. */
export const acts = ['recruitment', 'transportation', 'transfer', 'harbouring', 'receipt'] as const
export type Act = (typeof acts)[number]
/** What it was done for: HTCDS codes of exploitation, with criminal acts, which they lack. */
export const purposes = [
  'sexual_exploitation',
  'forced_labour',
  'servitude',
  'forced_begging',
  'criminal_acts',
  'forced_marriage',
  'forced_adoption',
  'organ_removal',
  'other',
] as const
export type Purpose = (typeof purposes)[number]
export const ways = ['offline', 'online', 'not_asked'] as const
export const offlineChannels = [
  'family',
  'neighbourhood',
  'school',
  'work',
  'station',
  'telephone',
  'advertisement',
  'offline_other',
] as const
export const onlineChannels = [
  'social_network',
  'messenger',
  'game',
  'forum',
  'video',
  'dating',
  'job_site',
  'darknet',
  'online_other',
] as const
export const channels = [...offlineChannels, ...onlineChannels, 'not_asked'] as const
export type Channel = (typeof channels)[number]
/** Who the recruiter is to the child. */
export const recruiters = [
  'parent',
  'relative',
  'fellow_villager',
  'acquaintance',
  'friend',
  'partner',
  'employer',
  'stranger',
  'stranger_online',
  'other',
  'not_asked',
] as const
export const onlineTimes = ['under_one', 'one_to_three', 'over_three', 'not_asked'] as const
export const controls = ['yes', 'some', 'no', 'not_asked'] as const
/** Our own assertion; only the named body confirms. No outcome judges a child. */
export const outcomes = ['presumed', 'confirmed', 'not_established', 'inconclusive'] as const
export type Outcome = (typeof outcomes)[number]

const id = z.string()
const line = z.string().max(300)
const words = z.string().max(8000)
/** Whose words, how sure, and the three times: `happened` as it was said, `learned` when we heard it, `at` when it was recorded. */
export const Said = z.strictObject({
  source: z.enum(sources),
  confidence: z.enum(confidences),
  happened: line,
  learned: z.iso.date(),
  /** Written on paper by somebody else; `by` is who entered it. */
  paperBy: line,
  by: id,
  at: z.iso.datetime(),
})
export type Said = z.infer<typeof Said>

const answersOf = z.strictObject(
  Object.fromEntries(circumstances.map(c => [c, z.enum(answers)])) as Record<
    Circumstance,
    z.ZodEnum<{ yes: 'yes'; no: 'no'; not_asked: 'not_asked' }>
  >,
)
export type Answers = Readonly<Record<Circumstance, Answer>>
export const Decision = z.strictObject({
  outcome: z.enum(outcomes),
  /** Which body confirmed it; empty for our own assertions. */
  body: line,
  reason: words,
  learned: z.iso.date(),
  by: id,
  at: z.iso.datetime(),
})
export type Decision = z.infer<typeof Decision>

/** Sealed in the summary compartment: codes and the decision, which a supervisor reads. No child's word stands in it. */
export const ScreeningSummary = z.strictObject({
  circumstances: answersOf,
  acts: z.array(z.enum(acts)),
  purposes: z.array(z.enum(purposes)),
  channel: z.enum(channels),
  decision: Decision.nullable(),
  atRisk: z.enum(answers),
  /** The contact on which it began, where it was taken over from one. */
  contact: id.nullable(),
})
export type ScreeningSummary = z.infer<typeof ScreeningSummary>
export const summarySchema = 1

/** `known`: a fact of abuse or exploitation that is no act and no purpose of the list. */
export const factKinds = ['act', 'purpose', 'known'] as const
export const Fact = z.strictObject({
  id,
  kind: z.enum(factKinds),
  code: z.enum([...acts, ...purposes, 'known']),
  text: words,
  said: Said,
  /** Why it no longer stands; it stays readable. */
  withdrawn: z.strictObject({ reason: words, by: id, at: z.iso.datetime() }).nullable(),
})
export type Fact = z.infer<typeof Fact>
export const Approach = z.strictObject({
  way: z.enum(ways),
  channel: z.enum(channels),
  platform: line,
  handle: line,
  recruiter: z.enum(recruiters),
  online: z.enum(onlineTimes),
  control: z.enum(controls),
  text: words,
  said: Said,
})
export type Approach = z.infer<typeof Approach>
export const Route = z.strictObject({ origin: line, transit: line, destination: line, said: Said })
export type Route = z.infer<typeof Route>
/** Sealed in the story compartment: evidence and own words. */
export const ScreeningWords = z.strictObject({
  /** By circumstance: a later answer brings its own source, the others keep theirs. */
  circumstances: z.array(z.strictObject({ code: z.enum(circumstances), said: Said })),
  about: words,
  facts: z.array(Fact),
  approach: Approach.nullable(),
  route: Route.nullable(),
})
export type ScreeningWords = z.infer<typeof ScreeningWords>
export const wordsSchema = 1

/** The clock of the mandatory report: when the most urgent fact was learned, to a quarter of an hour. Plain, so that the clock needs no key. */
export interface KnownFact {
  readonly learned: Stamp
  readonly life: boolean
}
export interface Screening {
  readonly summary: ScreeningSummary
  readonly words: ScreeningWords
  readonly fact: KnownFact | null
  readonly version: number
}
export const emptyWords: ScreeningWords = { circumstances: [], about: '', facts: [], approach: null, route: null }
const allOf = <A>(a: A) => Object.fromEntries(circumstances.map(c => [c, a])) as Record<Circumstance, A>
/** Nothing has been asked yet, which is a good answer. */
export const emptyScreening: Screening = {
  summary: {
    circumstances: allOf('not_asked'),
    acts: [],
    purposes: [],
    channel: 'not_asked',
    decision: null,
    atRisk: 'not_asked',
    contact: null,
  },
  words: emptyWords,
  fact: null,
  version: 0,
}

const known = z.strictObject({ learned: z.iso.datetime(), life: z.boolean() })
/** What each kind of event carries in its sealed part. */
export const screeningEventData = {
  screening_circumstances_set: z.strictObject({ answers: answersOf, about: words, said: Said }),
  screening_facts_added: z.strictObject({ facts: z.array(Fact), known: known.nullable() }),
  screening_fact_withdrawn: z.strictObject({ factId: id, reason: words, by: id, at: z.iso.datetime() }),
  screening_approach_set: z.strictObject({ approach: Approach }),
  screening_route_set: z.strictObject({ route: Route }),
  screening_decided: z.strictObject({ decision: Decision, atRisk: z.enum(answers) }),
  screening_taken_over: z.strictObject({ summary: ScreeningSummary, words: ScreeningWords, known: known.nullable() }),
} as const
type Data = typeof screeningEventData
export type ScreeningEventType = keyof Data
export type ScreeningEvent = { [K in keyof Data]: { readonly type: K } & Readonly<z.infer<Data[K]>> }[keyof Data]
export const eventSchema = 1
/** The decision is for whoever works on the record; everything else is somebody's words. */
export const eventCompartment: Record<ScreeningEventType, 'summary' | 'story'> = {
  screening_circumstances_set: 'story',
  screening_facts_added: 'story',
  screening_fact_withdrawn: 'story',
  screening_approach_set: 'story',
  screening_route_set: 'story',
  screening_decided: 'summary',
  screening_taken_over: 'story',
}
export const eventTypes = Object.keys(screeningEventData) as ScreeningEventType[]
const eventReaders = Object.fromEntries(
  Object.entries(screeningEventData).map(([type, data]) => [type, reader(`screening event ${type}`, eventSchema, data)]),
) as unknown as Readonly<Record<ScreeningEventType, Reader<object>>>
/** An event as its sealed part holds it; the type is in the plain header. */
export const openEvent = (type: ScreeningEventType, o: Opened): ScreeningEvent => ({ type, ...eventReaders[type](o) }) as ScreeningEvent
export const openSummary = reader('screening summary', summarySchema, ScreeningSummary)
export const openWords = reader('screening words', wordsSchema, ScreeningWords)

/** Who records, and when: what a rule may know beside the state. */
export interface Recording {
  readonly by: Id
  readonly now: Stamp
  readonly today: Day
  readonly timeZone: string
}
/** What statistics and the report to an authority count: codes only. */
export interface ScreeningCodes {
  readonly circumstances: readonly Circumstance[]
  readonly acts: readonly Act[]
  readonly purposes: readonly Purpose[]
  readonly channel: Channel
  readonly decision: Outcome | null
  readonly atRisk: Answer
}
