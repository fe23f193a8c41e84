/* What two records are compared by, how alike they may be, and how much that says before anything was learned: data. */

/** Levels from the strongest. The first `agrees` of them speak for one child; the others against. What one side does not say is no level and says nothing. */
export const weighAttributes = {
  name: { levels: ['same', 'near', 'alike', 'different'], agrees: 3 },
  age: { levels: ['overlap', 'near', 'apart', 'different'], agrees: 1 },
  birthday: { levels: ['same', 'swapped', 'different'], agrees: 2 },
  sex: { levels: ['same', 'different'], agrees: 1 },
  origin: { levels: ['same', 'different'], agrees: 1 },
  relatives: { levels: ['near', 'different'], agrees: 1 },
  phone: { levels: ['same', 'different'], agrees: 1 },
  handle: { levels: ['same', 'different'], agrees: 1 },
  document: { levels: ['same', 'different'], agrees: 1 },
} as const
export type WeighAttribute = keyof typeof weighAttributes
export const weighNames = Object.keys(weighAttributes) as readonly WeighAttribute[]

/**
 * Where learning begins and, with few records, ends: how often each level is seen of one child (m) and of two (u).
 * Source: our own judgement, written down here so that it can be argued with. m: spelling wanders between scripts, ages are guessed within a year or two, a child has
 * several telephones. u: a birthday is shared by one in 365; years of birth of children spread over some 14; two sexes; a third of those met come from one country;
 * numbers are given out once. Fellegi and Sunter (1969) is the model; nothing here was fitted to a file.
 */
export const startValues: Readonly<Record<WeighAttribute, { readonly m: readonly number[]; readonly u: readonly number[] }>> = {
  name: { m: [0.5, 0.25, 0.19, 0.06], u: [0.004, 0.004, 0.012, 0.98] },
  age: { m: [0.9, 0.06, 0.02, 0.02], u: [0.25, 0.12, 0.12, 0.51] },
  birthday: { m: [0.85, 0.08, 0.07], u: [0.0028, 0.02, 0.9772] },
  sex: { m: [0.985, 0.015], u: [0.5, 0.5] },
  origin: { m: [0.92, 0.08], u: [0.3, 0.7] },
  relatives: { m: [0.4, 0.6], u: [0.03, 0.97] },
  phone: { m: [0.35, 0.65], u: [0.0005, 0.9995] },
  handle: { m: [0.35, 0.65], u: [0.0005, 0.9995] },
  document: { m: [0.8, 0.2], u: [0.0002, 0.9998] },
}
/** A sample is believed so many bits away from the start and no further: brothers of one family resemble each other more than any formula expects. */
export const mostLearned = 3
/** Fewer people than this teach nothing: the start values stand. */
export const fewestPeople = 150
/** At most so many are read to learn from: those of pairs that were found first, then by their random number. */
export const mostPeople = 3000

/** Where records to compare are looked for; a pair is compared once, whichever rule brings it. More people than `most` under one key are a crowd and teach nothing. */
export const candidateRules = [
  { name: 'name', most: 60 },
  { name: 'phone', most: 40 },
  { name: 'handle', most: 40 },
  { name: 'document', most: 40 },
  { name: 'relative', most: 30 },
] as const
/** Those that also look for candidates of one record: a relative's name alone brings nobody. */
export const lookedBy = ['name', 'phone', 'handle', 'document'] as const
export type LookedBy = (typeof lookedBy)[number]
/** Where candidates of one record were looked for, and among how many: what was not compared is said too. */
export interface Space {
  readonly people: number
  readonly compared: number
  readonly by: readonly LookedBy[]
}
