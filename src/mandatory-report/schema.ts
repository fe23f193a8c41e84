import { z } from 'zod'
import type { Id } from '../base/id.ts'
import { type Opened, type Reader, reader } from '../base/sealed.ts'
import type { Day, Stamp } from '../base/time.ts'

export const answers = ['now', 'later', 'no'] as const
export type ReportAnswer = (typeof answers)[number]
export const letterStates = ['draft', 'sent', 'registered', 'answered', 'stopped'] as const
export type LetterState = (typeof letterStates)[number]
export const sentWays = ['phone', 'in_person', 'post', 'electronic', 'fax'] as const
export type SentWay = (typeof sentWays)[number]
export const identityWays = ['initials', 'full'] as const
/** What of the child may stand in a letter beside the initials; each is ticked by a person. */
export const letterFields = ['age', 'sex', 'language', 'citizenship'] as const
export type LetterField = (typeof letterFields)[number]
export const codePattern = /^[a-z][a-z_]{1,39}$/

// ---------------------------------------------------------------- data that an organisation edits (instruments/)
const code = z.string().regex(codePattern)
const twoWords = z.strictObject({ ru: z.string().min(1), en: z.string().min(1) })
export const Recipient = z.strictObject({
  code,
  ru: z.string().min(1),
  en: z.string().min(1),
  to: twoWords,
  when: twoWords,
  answer: z.strictObject({ days: z.int().min(1).max(365), count: z.enum(['calendar', 'working']) }),
  basis: z.enum(['law', 'local']),
  source: z.string().min(1),
  checked: z.iso.date().nullable(),
})
export type Recipient = z.infer<typeof Recipient>
/** Kinds of facts, recipients and terms: data of the organisation, versioned. */
export const ReportKinds = z.strictObject({
  version: z.int().min(1),
  note: z.string(),
  clock: z.strictObject({
    lifeHours: z.number().positive(),
    otherHours: z.number().positive(),
    basis: z.literal('local'),
    source: z.string(),
    laterDays: z.int().min(1),
  }),
  kinds: z.array(z.strictObject({ code, ru: z.string().min(1), en: z.string().min(1) })).min(1),
  recipients: z.array(Recipient).min(1),
  escalation: code,
})
export type ReportKinds = z.infer<typeof ReportKinds>
export const WorkingDays = z.strictObject({
  version: z.int().min(1),
  country: z.string(),
  note: z.string(),
  source: z.string(),
  closed: z.array(z.iso.date()),
  open: z.array(z.iso.date()),
})
export type WorkingDays = z.infer<typeof WorkingDays>

// ---------------------------------------------------------------- sealed values
const id = z.string()
const day = z.iso.date()
/** What was learned, in the story. */
export const FactWords = z.strictObject({ kind: z.string(), text: z.string(), happened: z.string(), paperBy: z.string() })
export type FactWords = z.infer<typeof FactWords>
export const DecisionBody = z.strictObject({ reason: z.string(), by: id, at: z.string(), recipients: z.array(z.string()), terms: z.int() })
export type DecisionBody = z.infer<typeof DecisionBody>
/** What followed a letter: in the summary, so that whoever follows it up needs not read what stands in it. */
export const LetterBody = z.strictObject({
  sentBy: z.string(),
  how: z.enum(sentWays).nullable(),
  number: z.string(),
  registered: day.nullable(),
  answered: day.nullable(),
  answer: z.string(),
  stopped: z.string(),
})
export type LetterBody = z.infer<typeof LetterBody>
/** The letter itself, as it goes out: frozen when it is written, so that paper and record stay the same. */
export const LetterWords = z.strictObject({
  identity: z.enum(identityWays),
  why: z.string(),
  name: z.string(),
  about: z.array(z.strictObject({ what: z.enum(letterFields), text: z.string() })),
  facts: z.string(),
  life: z.boolean(),
  where: z.string(),
  measures: z.string(),
  request: z.string(),
  written: z.string(),
})
export type LetterWords = z.infer<typeof LetterWords>
export const factSchema = 1
export const decisionSchema = 1
export const letterSchema = 1
export const wordsSchema = 1
export const openFact = reader('report fact', factSchema, FactWords)
export const openDecision = reader('report decision', decisionSchema, DecisionBody)
export const openLetter = reader('report letter', letterSchema, LetterBody)
export const openLetterWords = reader('report letter words', wordsSchema, LetterWords)

// ---------------------------------------------------------------- state
/** A fact from which a clock runs, wherever it was recorded. */
export interface ReportFact {
  readonly id: Id
  readonly caseId: Id
  readonly learned: Stamp
  readonly life: boolean
  readonly from: 'fact' | 'screening'
}
export interface Decision {
  readonly id: Id
  readonly answer: ReportAnswer
  /** Was there danger to life when it was answered? Learned later, it asks anew. */
  readonly life: boolean
  readonly until: Day | null
  readonly version: number
  readonly body: DecisionBody
}
export interface Letter {
  readonly id: Id
  readonly factId: Id
  readonly recipient: string
  readonly state: LetterState
  readonly sendDue: Day
  readonly sent: Day | null
  readonly answerDue: Day | null
  readonly version: number
  readonly body: LetterBody
  readonly words: LetterWords | null
}
/** Everything of one case about reports. */
export interface ReportState {
  readonly facts: ReadonlyMap<Id, Pick<ReportFact, 'learned' | 'life'>>
  readonly decisions: ReadonlyMap<Id, Decision>
  readonly letters: ReadonlyMap<Id, Letter>
}

// ---------------------------------------------------------------- events
const data = {
  report_fact_recorded: z.strictObject({ factId: id, learned: z.string(), life: z.boolean(), words: FactWords }),
  report_decided: z.strictObject({
    factId: id,
    answer: z.enum(answers),
    life: z.boolean(),
    until: day.nullable(),
    body: DecisionBody,
    letters: z.array(z.strictObject({ letterId: id, recipient: z.string(), sendDue: day })),
    stops: z.array(id),
  }),
  report_letter_written: z.strictObject({ letterId: id, words: LetterWords }),
  report_letter_sent: z.strictObject({ letterId: id, how: z.enum(sentWays), by: z.string(), sent: day, answerDue: day }),
  report_letter_registered: z.strictObject({ letterId: id, number: z.string(), registered: day, answerDue: day }),
  report_letter_answered: z.strictObject({ letterId: id, answered: day, answer: z.string() }),
  report_letter_stopped: z.strictObject({ letterId: id, reason: z.string() }),
} as const
type Data = typeof data
export type ReportEvent = { [K in keyof Data]: { readonly type: K } & Readonly<z.infer<Data[K]>> }[keyof Data]
export type ReportEventType = keyof Data
export const reportEventTypes = Object.keys(data) as ReportEventType[]
export const reportEventSchema = 1
/** Where the words of an event are sealed: what was told stays in the story. */
export const reportCompartment = (type: ReportEventType): 'story' | 'summary' =>
  type === 'report_fact_recorded' || type === 'report_letter_written' ? 'story' : 'summary'
const readers = Object.fromEntries(
  Object.entries(data).map(([type, shape]) => [type, reader(`report event ${type}`, reportEventSchema, shape)]),
) as unknown as Readonly<Record<ReportEventType, Reader<object>>>
export const isReportEvent = (type: string): type is ReportEventType => Object.hasOwn(data, type)
/** An event as its sealed part holds it; the type comes from the plain header. */
export const openReportEvent = (type: ReportEventType, o: Opened): ReportEvent => ({ type, ...readers[type](o) }) as ReportEvent
