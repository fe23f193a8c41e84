import { z } from 'zod'

/* What a teacher may write: lessons, stories with choices, and questions to oneself, one file each in content/LANGUAGE/KIND/SLUG.md. */

export const audiences = ['children_8_11', 'children_12_14', 'children_15_17', 'parents', 'teachers', 'diaspora'] as const
export type Audience = (typeof audiences)[number]
export const topics = ['job_offers', 'friend_from_home', 'games_gifts', 'pictures', 'other_app', 'documents', 'rights', 'telling'] as const
/** Folders of one language, in the order in which the office lists them. */
export const textKinds = ['lessons', 'stories', 'quiz'] as const
export type TextKind = (typeof textKinds)[number]

/** Names of files and of places in a story stand in addresses, which stay in a phone's history: short, plain, nothing else. */
export const slugPattern = /^[a-z0-9]{1,16}$/
export const sizeLimit = 40_000

/** What stands above the text. Nothing else may: a misspelt key would be silently ignored. */
export const frontMatter = z.strictObject({
  title: z.string().min(3).max(80),
  for: z.array(z.enum(audiences)).min(1),
  topics: z.array(z.enum(topics)).min(1),
  minutes: z.number().int().min(1).max(30),
  reviewed: z.boolean(),
  sources: z.array(z.string().min(3).max(160)).min(1),
})
export type FrontMatter = z.infer<typeof frontMatter>

export type Inline =
  | { readonly kind: 'text' | 'bold'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly to: string }
export type Block =
  | { readonly kind: 'heading'; readonly level: 2 | 3; readonly text: readonly Inline[] }
  | { readonly kind: 'paragraph' | 'callout'; readonly text: readonly Inline[] }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Inline[])[] }

interface Head {
  readonly slug: string
  readonly about: FrontMatter
}
export interface Lesson extends Head {
  readonly kind: 'lessons'
  readonly blocks: readonly Block[]
}
export interface Choice {
  readonly text: string
  readonly to: string
}
/** One page of a story. `end`: nothing more is asked here. */
export interface StoryNode {
  readonly id: string
  readonly title: string
  readonly end: boolean
  readonly blocks: readonly Block[]
  readonly choices: readonly Choice[]
}
export interface Story extends Head {
  readonly kind: 'stories'
  /** The first is where the story begins. */
  readonly nodes: readonly StoryNode[]
}
export interface QuizAnswer {
  readonly good: boolean
  readonly text: string
  readonly why: readonly Inline[]
}
export interface Question {
  readonly text: string
  readonly answers: readonly QuizAnswer[]
}
export interface Quiz extends Head {
  readonly kind: 'quiz'
  readonly blocks: readonly Block[]
  readonly questions: readonly Question[]
}
export type LearnText = Lesson | Story | Quiz

/** What is wrong with a file: why, where, and the words it is about. The office says it in words; `stops` keeps the file off the site. */
export const faultCodes = [
  'too_long',
  'front_matter',
  'markup',
  'outside_link',
  'no_such_page',
  'no_nodes',
  'node_id',
  'node_twice',
  'choice_nowhere',
  'unreachable',
  'dead_end',
  'end_has_choices',
  'end_not_kind',
  'no_questions',
  'answers',
  'no_explanation',
  'blames',
  'hurts',
  'sentence_long',
  'sentences_long',
] as const
export type FaultCode = (typeof faultCodes)[number]
export interface Fault {
  readonly code: FaultCode
  readonly detail: string
}
/** These are warnings: the text is shown, and the editor is told. */
export const warnings: readonly FaultCode[] = ['sentence_long', 'sentences_long', 'no_such_page']
