import type { Compartment } from '../base/people.ts'
import type { Day } from '../base/time.ts'
import type { CloseReason, Danger } from '../case/schema.ts'

/* What the demonstration invents: plain descriptions, made by rules.*.ts from a seed. Nobody in them exists; a writer turns them into commands. */

export const origins = ['russia', 'uzbekistan', 'kyrgyzstan', 'tajikistan', 'nigeria', 'congo'] as const
export type Origin = (typeof origins)[number]
/** Languages in which a story is told. Hausa, Igbo, Yoruba and Lingala speakers tell theirs in English or French, as they would to us. */
export const tongues = ['ru', 'en', 'uz', 'ky', 'tg', 'fr'] as const
export type Tongue = (typeof tongues)[number]
export type Sex = 'female' | 'male'

/**
 * How a name came to be spelt so. own: as the family writes it. own_other: the same in the second alphabet of its language. russian: as a Russian clerk writes it.
 * icao, mvd_782, french: Russian spelling in the Latin letters of a passport of now, of 2000 and of before. plain: no signs above or below. bgn, odni: of maps and lists.
 */
export const nameStyles = ['own', 'own_other', 'russian', 'icao', 'mvd_782', 'french', 'plain', 'bgn', 'odni'] as const
export type NameStyle = (typeof nameStyles)[number]
export interface DemoName {
  readonly style: NameStyle
  readonly script: 'cyrl' | 'latn'
  readonly given: string
  readonly family: string
  /** A patronymic of either kind («Карим қизи», «Каримовна»), or empty. */
  readonly patronymic: string
}
/** The whole name in the order in which its style writes it. */
export const fullName = (n: DemoName): string => [n.family, n.given, n.patronymic].filter(Boolean).join(' ')

export interface DemoPlace {
  readonly country: string
  readonly region: string
  readonly district: string
}
export interface DemoPerson {
  /** From 0; the same seed and number are the same person, however many are asked for. */
  readonly n: number
  readonly sex: Sex
  readonly origin: Origin
  /** ISO 3166 alpha-2. */
  readonly nationality: string
  readonly names: readonly DemoName[]
  /** The day of birth that nobody in the story may know. */
  readonly born: Day
  /** The age as it was said: often vague. */
  readonly ageSaid: string
  /** In Russian words, as the office writes them. */
  readonly from: DemoPlace
  readonly languages: readonly string[]
  readonly tongue: Tongue
}

export const circumstances = ['away', 'alone', 'no_school', 'no_papers', 'work', 'online', 'begging'] as const
export type Circumstance = (typeof circumstances)[number]

export interface DemoNote {
  /** When it was learned. */
  readonly day: Day
  readonly compartment: Extract<Compartment, 'summary' | 'story' | 'health' | 'legal' | 'follow_up'>
  readonly text: string
  readonly language: Tongue
  readonly source: 'child' | 'worker' | 'parent' | 'witness' | 'police'
  readonly interpreter: 'none' | 'professional' | 'diaspora'
  /** As it was said, often vague; empty where nobody said. */
  readonly happened: string
  readonly paperBy: string
}
export interface DemoStep {
  readonly what: string
  readonly due: Day
  readonly done: Day | null
}
export interface DemoCheckIn {
  readonly due: Day
  /** Null: missed, or still to come. */
  readonly answered: Day | null
  readonly safe: 'yes' | 'no' | 'unsure'
  readonly words: string
}
/** Where a case stands at the end. `new`: nobody has taken it yet. */
export const standings = ['new', 'open', 'suspended', 'closed', 'reopened'] as const
export type CaseStanding = (typeof standings)[number]

export interface DemoCase {
  readonly n: number
  readonly person: DemoPerson
  readonly circumstance: Circumstance
  readonly standing: CaseStanding
  readonly danger: Danger
  readonly dangerWhy: string
  readonly opened: Day
  readonly accepted: Day | null
  readonly closed: Day | null
  readonly closeReason: CloseReason
  readonly closeNote: string
  readonly reopened: Day | null
  readonly reopenWhy: string
  /** A day set by hand for the next look, in open cases. */
  readonly due: Day | null
  readonly dueWhat: string
  /** When that day was agreed. */
  readonly dueSaid: Day
  readonly stays: string
  readonly notes: readonly DemoNote[]
  readonly screening: {
    readonly day: Day
    readonly finding: 'presumed' | 'not_established' | 'inconclusive'
    readonly atRisk: boolean
    readonly purpose: 'labour' | 'begging' | 'sexual' | 'other' | null
  }
  readonly plan: readonly DemoStep[]
  readonly report: {
    readonly learned: Day
    readonly to: 'guardianship' | 'police'
    readonly sent: Day | null
    readonly answered: Day | null
  } | null
  readonly night: {
    readonly nameToUse: string
    readonly language: string
    readonly health: string
    readonly calms: string
    readonly wake: string
  } | null
  readonly interpreter: { readonly day: Day; readonly language: string; readonly way: 'in_person' | 'phone' | 'video' } | null
  readonly checkIns: readonly DemoCheckIn[]
}
/** Children who came together, and how. */
export interface DemoArrival {
  readonly key: string
  readonly kind: 'alone' | 'siblings' | 'group'
  readonly door: 'walk_in' | 'call' | 'letter' | 'report'
  readonly day: Day
  /** What is shared by all of them, written once. */
  readonly shared: string
  readonly safeNow: 'yes' | 'no' | 'unsure'
  readonly urgency: 'now' | 'today' | 'week'
  readonly cases: readonly DemoCase[]
}
