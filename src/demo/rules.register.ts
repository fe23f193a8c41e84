import type { Day } from '../base/time.ts'
import { person } from './rules.people.ts'
import { chance } from './rules.random.ts'
import { type DemoPerson, fullName } from './schema.ts'

/* A register of names for comparing searches, and questions whose answers are known. */

export interface RegisterRow {
  readonly id: number
  readonly name: string
  readonly dob: Day
  readonly sex: 'F' | 'M'
  readonly nationality: string
}
export const registerHeader = 'id\tname\tdob\tsex\tnationality'
export const queryHeader = 'kind\tquery\tids'

/** Which of the spellings stands in the register: mostly the first, as at an office that took down what it was shown. */
export const registeredName = (seed: string | number, p: DemoPerson): string =>
  fullName(chance('registered', seed, p.n).is(0.6) ? p.names[0]! : chance('spelling', seed, p.n).one(p.names))
/** The n-th row, from 1; the same person as `person(seed, id - 1)`. */
export const registerRow = (seed: string | number, id: number, today: Day = '2026-06-01'): RegisterRow => {
  const p = person(seed, id - 1, today)
  return { id, name: registeredName(seed, p), dob: p.born, sex: p.sex === 'female' ? 'F' : 'M', nationality: p.nationality }
}
export const registerLine = (r: RegisterRow): string => [r.id, r.name, r.dob, r.sex, r.nationality].join('\t')

export const queryKinds = ['typo', 'reordered', 'other_script'] as const
export type QueryKind = (typeof queryKinds)[number]
export interface RegisterQuery {
  readonly kind: QueryKind
  readonly query: string
  readonly ids: readonly number[]
}

/** One slip of a finger: a letter left out, doubled, swapped with the next, or replaced by its neighbour in the name. */
const slip = (c: ReturnType<typeof chance>, text: string): string => {
  const letters = [...text]
  const inside = letters.flatMap((l, i) => (i > 0 && i < letters.length - 1 && l !== ' ' && letters[i + 1] !== ' ' ? [i] : []))
  const i = c.one(inside)
  const l = letters[i]!
  const made = c.weighted<string[]>([
    [[], 3],
    [[l, l], 2],
    [[letters[i + 1]!, l], 3],
    [[letters[i - 1]!], 2],
  ])
  letters.splice(i, made.length === 2 && made[1] === l && made[0] !== l ? 2 : 1, ...made)
  return letters.join('')
}
const reordered = (text: string): string => {
  const words = text.split(' ')
  return [...words.slice(1), words[0]!].join(' ')
}
const cyrillic = (text: string) => /\p{Script=Cyrillic}/u.test(text)

/**
 * Questions about the first `size` rows: `each` of every kind. The answers are all rows whose person bears the name that was asked for in some spelling: a name may be borne
 * by several. other_script asks in Latin letters for a name that stands in Cyrillic, and the other way round.
 */
export function* registerQueries(seed: string | number, size: number, each: number, today: Day = '2026-06-01'): Generator<RegisterQuery> {
  const bearers = new Map<string, number[]>()
  const own = (p: DemoPerson) => fullName(p.names[0]!)
  for (let i = 0; i < size; i += 1) {
    const key = own(person(seed, i, today))
    const list = bearers.get(key)
    if (list) list.push(i + 1)
    else bearers.set(key, [i + 1])
  }
  for (const kind of queryKinds) {
    const c = chance('query', seed, kind)
    for (let made = 0; made < each; ) {
      const id = c.int(1, size)
      const p = person(seed, id - 1, today)
      const name = registeredName(seed, p)
      const other = p.names.filter(n => cyrillic(fullName(n)) !== cyrillic(name))
      const query =
        kind === 'typo' ? slip(c, name) : kind === 'reordered' ? reordered(name) : other.length > 0 ? fullName(c.one(other)) : undefined
      if (query === undefined || query === name) continue
      made += 1
      yield { kind, query, ids: bearers.get(own(p)) ?? [id] }
    }
  }
}
export const queryLine = (q: RegisterQuery): string => [q.kind, q.query, q.ids.join('|')].join('\t')
