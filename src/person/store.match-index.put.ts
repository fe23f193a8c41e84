import type { Id } from '../base/id.ts'
import { compartmentNumber } from '../base/people.ts'
import { boxOpen, boxSeal, newKey, openJson, type Place, sealJson } from '../platform/crypto.ts'
import { ensureMatchKey, type MatchKey, type MatchKeys } from '../platform/match-key.ts'
import type { Work } from '../platform/records.ts'
import { entryOf } from './rules.match.facts.ts'
import { openTuple, type Tuple, tupleOf, tupleSchema } from './schema.match.ts'
import type { Identity } from './schema.ts'

/* What is written beside a person so that searches find them: one row of the sealed tail, in the transaction of the change itself. */

export interface Indexable {
  readonly id: Id
  readonly homeGroup: Id
  readonly version: number
  readonly identity: Identity
}
export const tailPlace = (person: Id): Place => ({ table: 'match_tail', row: person, compartment: compartmentNumber.identity })
const boxLength = 32 + 48

/** Sealed under the match key, or, where this session cannot open it, under a key of its own that is sealed to its public half. */
export const sealTuple = (keys: MatchKeys, t: Tuple): { form: 0 | 1; sealed: Buffer } => {
  const current = keys.current!
  const key = keys.open.get(current.version)
  if (key) return { form: 1, sealed: sealJson(key.sym, tailPlace(t[0]), tupleSchema, t) }
  const once = newKey()
  return { form: 0, sealed: Buffer.concat([boxSeal(current.publicX, once), sealJson(once, tailPlace(t[0]), tupleSchema, t)]) }
}
/** Opens what sealTuple made; throws SealError for what does not open. */
export const openTail = (key: MatchKey, person: Id, form: number, sealed: Buffer): Tuple => {
  if (form === 1) return openTuple(openJson(key.sym, tailPlace(person), sealed))
  const once = boxOpen(key.box, sealed.subarray(0, boxLength))
  return openTuple(openJson(once, tailPlace(person), sealed.subarray(boxLength)))
}

/** Puts people into the index as they are now. Without a match key they wait: whoever may search reads them in later. */
export const putIndexed = async (w: Work, people: readonly Indexable[]): Promise<void> => {
  if (people.length === 0) return
  const keys = await ensureMatchKey(w)
  if (!keys.current) return
  const sealed = people.map(p => sealTuple(keys, tupleOf(entryOf(p.id, p.identity), p.homeGroup, p.version)))
  await w.tx.query('select app.match_put($1::uuid[], $2::int[], $3, $4, $5::bytea[])', [
    people.map(p => p.id),
    people.map(p => p.version),
    keys.current.version,
    sealed[0]!.form,
    sealed.map(s => s.sealed),
  ])
}
