import type { Id } from '../base/id.ts'
import { type Opened, SealError } from '../base/sealed.ts'
import type { Entry, Sex } from './rules.match.ts'

/* What a search compares of a person, as it lies sealed: lists instead of names of fields, since a segment holds thousands. */

export const tupleSchema = 1
export const segmentSchema = 1
/** At most so many in a segment. */
export const segmentSize = 2000

/** id, home group, version, names, first and last year, sex (0 unknown, 1 female, 2 male), origin, phones, handles, documents. */
export type Tuple = readonly [
  Id,
  Id,
  number,
  readonly string[],
  number,
  number,
  number,
  string,
  readonly string[],
  readonly string[],
  readonly string[],
]
const sexes: readonly (Sex | null)[] = [null, 'female', 'male']
export const tupleOf = (e: Entry, homeGroup: Id, version: number): Tuple => [
  e.id,
  homeGroup,
  version,
  e.names,
  e.minYear ?? 0,
  e.maxYear ?? 0,
  Math.max(0, sexes.indexOf(e.sex ?? null)),
  e.origin ?? '',
  e.phones ?? [],
  e.handles ?? [],
  e.documents ?? [],
]
export const entryOfTuple = (t: Tuple): Entry => ({
  id: t[0],
  homeGroup: t[1],
  version: t[2],
  names: t[3],
  minYear: t[4] || null,
  maxYear: t[5] || null,
  sex: sexes[t[6]] ?? null,
  origin: t[7] || null,
  ...(t[8].length > 0 ? { phones: t[8] } : {}),
  ...(t[9].length > 0 ? { handles: t[9] } : {}),
  ...(t[10].length > 0 ? { documents: t[10] } : {}),
})
const only = (o: Opened, newest: number, what: string) => {
  if (o.schema > newest) throw new SealError('schema_newer', { cause: what })
  return o.value
}
export const openTuple = (o: Opened): Tuple => only(o, tupleSchema, 'match_tail') as Tuple
export const openSegment = (o: Opened): readonly Tuple[] => only(o, segmentSchema, 'match_segment') as readonly Tuple[]
