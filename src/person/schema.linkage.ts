/* What the columns of a register may mean, how alike two values may be, and where candidates are looked for: data. */

/** What a column holds. `record_id` names the row; `ignore` is left alone. */
export const linkKinds = [
  'given_name',
  'surname',
  'patronymic',
  'full_name',
  'relative',
  'date',
  'age',
  'sex',
  'origin',
  'place',
  'region',
  'street',
  'house',
  'postcode',
  'phone',
  'email',
  'document',
  'code',
  'occupation',
  'text',
  'record_id',
  'ignore',
] as const
export type LinkKind = (typeof linkKinds)[number]
/** How two values are compared. */
export type Comparator = 'name' | 'date' | 'number' | 'category' | 'words' | 'house' | 'postcode' | 'phone' | 'email' | 'digits'

/** Levels of each comparison from the strongest to none. What is missing on either side says nothing and is no level. */
export const levelsOf = {
  name: ['same', 'same_sound', 'near', 'shorter', 'alike', 'one_part', 'elsewhere', 'different'],
  words: ['same', 'same_sound', 'near', 'alike', 'part', 'elsewhere', 'different'],
  date: ['same', 'swapped', 'one_digit', 'two_digits', 'overlap', 'same_year', 'near_year', 'different'],
  number: ['same', 'within_1', 'within_2', 'different'],
  category: ['same', 'near', 'different'],
  house: ['same', 'near', 'part', 'different'],
  postcode: ['same', 'near', 'part', 'different'],
  phone: ['same', 'near', 'part', 'different'],
  email: ['same', 'near', 'part', 'different'],
  digits: ['same', 'near', 'alike', 'different'],
} as const satisfies Record<Comparator, readonly string[]>
/**
 * How often each level is seen of one person where the files cannot tell: with names alone, or with a few rows. Source: our own judgement, not fitted to a file: half of all
 * names are written alike in two registers, a fifth in another order or script, one in sixteen is another name; one date in ten is misread.
 */
export const assumedLevels: { readonly [C in Comparator]: readonly number[] } = {
  name: [0.5, 0.2, 0.08, 0.07, 0.03, 0.04, 0.02, 0.06],
  words: [0.5, 0.12, 0.08, 0.06, 0.06, 0.03, 0.15],
  date: [0.8, 0.03, 0.04, 0.01, 0.05, 0.02, 0.03, 0.02],
  number: [0.7, 0.18, 0.05, 0.07],
  category: [0.9, 0.05, 0.05],
  house: [0.7, 0.05, 0.1, 0.15],
  postcode: [0.7, 0.07, 0.08, 0.15],
  phone: [0.4, 0.04, 0.01, 0.55],
  email: [0.5, 0.05, 0.05, 0.4],
  digits: [0.8, 0.07, 0.03, 0.1],
}
/**
 * How often two people bear names that agree so well, at most, where few rows or names alone would count the very pairs that are looked for as chance. How often this
 * name stands in the files still counts beside it. Source: our own judgement.
 */
export const assumedChance: { readonly [C in Comparator]?: readonly number[] } = { name: [0.002, 0.002, 0.003, 0.004, 0.01, 0.06] }
export type Level = (typeof levelsOf)[Comparator][number]

interface KindFacts {
  readonly comparator: Comparator
  /** Columns of one group may have been filled in each other's place. */
  readonly group?: 'names' | 'address'
  /** What it is called in blocking rules. */
  readonly block?: BlockKind
}
export type BlockKind = 'name' | 'date' | 'area' | 'street' | 'house' | 'id' | 'words'
export const kindFacts: Record<Exclude<LinkKind, 'record_id' | 'ignore'>, KindFacts> = {
  given_name: { comparator: 'name', group: 'names', block: 'name' },
  surname: { comparator: 'name', group: 'names', block: 'name' },
  patronymic: { comparator: 'name', group: 'names' },
  full_name: { comparator: 'name', group: 'names', block: 'name' },
  relative: { comparator: 'name' },
  date: { comparator: 'date', block: 'date' },
  age: { comparator: 'number' },
  sex: { comparator: 'category' },
  origin: { comparator: 'category' },
  place: { comparator: 'words', group: 'address', block: 'area' },
  region: { comparator: 'category' },
  street: { comparator: 'words', group: 'address', block: 'street' },
  house: { comparator: 'house', block: 'house' },
  postcode: { comparator: 'postcode', block: 'area' },
  phone: { comparator: 'phone', block: 'id' },
  email: { comparator: 'email', block: 'id' },
  document: { comparator: 'digits', block: 'id' },
  code: { comparator: 'digits', block: 'id' },
  occupation: { comparator: 'words' },
  text: { comparator: 'words', block: 'words' },
}

/** How a key is made of a value. One value may have several keys (each part of a name). */
export type KeyMaker =
  /** The value as it is. */
  | 'whole'
  /** Consonants of each part of a name as they sound in any script. */
  | 'sound'
  /** How each part of a name begins. */
  | 'start'
  /** Day and month without regard to their order. */
  | 'day'
  | 'year'
  /** Each word of a text. */
  | 'word'
export interface BlockRule {
  readonly name: string
  readonly of: readonly (readonly [BlockKind, KeyMaker])[]
  /** More rows than this under one key are not a block, they are a crowd: other rules split it. */
  readonly most: number
}
/** Where candidates are looked for. A pair is compared once, whichever rules find it. */
export const blockRules: readonly BlockRule[] = [
  { name: 'number, telephone or address', of: [['id', 'whole']], most: 40 },
  { name: 'date', of: [['date', 'whole']], most: 40 },
  {
    name: 'two names',
    of: [
      ['name', 'sound'],
      ['name', 'sound'],
    ],
    most: 150,
  },
  {
    name: 'name and day',
    of: [
      ['name', 'sound'],
      ['date', 'day'],
    ],
    most: 150,
  },
  {
    name: 'name and year',
    of: [
      ['name', 'sound'],
      ['date', 'year'],
    ],
    most: 100,
  },
  {
    name: 'beginning of a name and date',
    of: [
      ['name', 'start'],
      ['date', 'whole'],
    ],
    most: 200,
  },
  {
    name: 'name and place',
    of: [
      ['name', 'sound'],
      ['area', 'sound'],
    ],
    most: 100,
  },
  {
    name: 'beginning of a name and street',
    of: [
      ['name', 'start'],
      ['street', 'sound'],
    ],
    most: 100,
  },
  {
    name: 'date and place',
    of: [
      ['date', 'day'],
      ['area', 'sound'],
    ],
    most: 100,
  },
  {
    name: 'year, beginning of a name and place',
    of: [
      ['date', 'year'],
      ['name', 'start'],
      ['area', 'sound'],
    ],
    most: 100,
  },
  {
    name: 'street and house',
    of: [
      ['street', 'sound'],
      ['house', 'whole'],
    ],
    most: 60,
  },
  {
    name: 'street and place',
    of: [
      ['street', 'sound'],
      ['area', 'sound'],
    ],
    most: 60,
  },
  {
    name: 'house, place and year',
    of: [
      ['house', 'whole'],
      ['area', 'sound'],
      ['date', 'year'],
    ],
    most: 60,
  },
  { name: 'name', of: [['name', 'sound']], most: 15 },
  { name: 'street', of: [['street', 'sound']], most: 15 },
  {
    name: 'words',
    of: [
      ['words', 'word'],
      ['words', 'word'],
    ],
    most: 30,
  },
  {
    name: 'name and word',
    of: [
      ['name', 'sound'],
      ['words', 'word'],
    ],
    most: 60,
  },
]

/** Pairs at least this probable are written: chosen once, for every file. */
export const linkThreshold = 0.5
