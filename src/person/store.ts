import type { Id } from '../base/id.ts'
import type { Compartment } from '../base/people.ts'
import { append, type OpenedRecord, openSealed, readJournal, type SeenEvent, saveSealed, type Work } from '../platform/records.ts'
import { apply, emptyWhereabouts } from './rules.ts'
import {
  type Identity,
  identitySchema,
  openEvent,
  openIdentity,
  openWhereabouts,
  type Person,
  type PersonEvent,
  type PersonRow,
  personEventData,
  personEventSchema,
  type Whereabouts,
  whereaboutsSchema,
} from './schema.ts'
import { keepOwnKey } from './store.keys.ts'
import { putIndexed } from './store.match-index.put.ts'

const columns = 'id, home_group as "homeGroup", state, version'
/** A person as this session sees them: what it holds no key to is undefined. */
export interface SeenPerson extends PersonRow {
  readonly identity: Identity | undefined
  readonly whereabouts: Whereabouts | undefined
}

/** The plain row, if this session may see it. `lock` takes the row for a command. */
export const findPersonRow = async (w: Work, id: Id, lock = false): Promise<PersonRow | undefined> =>
  (await w.tx.query<PersonRow>(`select ${columns} from app.person where id = $1${lock ? ' for no key update' : ''}`, [id])).rows[0]

const identityIn = (o: OpenedRecord | undefined) => (o?.identity ? openIdentity(o.identity) : undefined)
const whereaboutsIn = (o: OpenedRecord | undefined) => (o?.whereabouts ? openWhereabouts(o.whereabouts) : undefined)

/** The person with what this session can open. */
export const findPerson = async (w: Work, id: Id, lock = false): Promise<SeenPerson | undefined> => {
  const [row, opened] = await Promise.all([findPersonRow(w, id, lock), openSealed(w, [id], ['identity', 'whereabouts'])])
  return row && { ...row, identity: identityIn(opened.get(id)), whereabouts: whereaboutsIn(opened.get(id)) }
}

/** Identities of many persons in one round trip; those that cannot be opened are absent. */
export const identitiesOf = async (w: Work, ids: readonly Id[]): Promise<Map<Id, Identity>> => {
  const out = new Map<Id, Identity>()
  for (const [id, o] of await openSealed(w, [...new Set(ids)], ['identity'])) {
    const identity = identityIn(o)
    if (identity) out.set(id, identity)
  }
  return out
}

const isPlace = (e: PersonEvent) => (e.type === 'claim_added' ? e.claim.what === 'place' : e.type === 'claim_judged' && e.place)
const partOf = (e: PersonEvent): { compartment: Compartment; value: object } => {
  const { type: _, ...value } = e
  return { compartment: isPlace(e) ? 'whereabouts' : 'identity', value }
}
/** An event as its sealed part holds it; the type stands in the plain header. Undefined where this session holds no key. */
export const openPersonEvent = (seen: SeenEvent): PersonEvent | undefined => {
  const part = seen.parts.identity ?? seen.parts.whereabouts
  // Others write into the journal of a person too: their events are theirs to read.
  return part && Object.hasOwn(personEventData, seen.type) ? openEvent(seen.type, part) : undefined
}

/** Writes a new person: row, sealed identity and journal in this transaction. */
export const createPerson = async (w: Work, row: Pick<PersonRow, 'id' | 'homeGroup'>, e: PersonEvent, command: Id): Promise<Person> => {
  const p = apply(undefined, row, e)
  const { value } = partOf(e)
  await Promise.all([
    w.tx.query('insert into app.person (id, home_group, state, version) values ($1, $2, $3, $4)', [p.id, p.homeGroup, p.state, p.version]),
    saveSealed(w, p.id, 'person', p.homeGroup, { identity: { schema: identitySchema, value: p.identity } }, true),
  ])
  await Promise.all([
    putIndexed(w, [p]),
    append(
      w,
      {
        record: p.id,
        kind: 'person',
        homeGroup: p.homeGroup,
        type: e.type,
        command,
        parts: { identity: { schema: personEventSchema[e.type], value } },
      },
      true,
    ),
  ])
  return p
}

/** Writes one event on an existing person: version, the compartment that changed, journal. Throws SealError('no_key') for whoever holds no key to it. */
export const savePersonEvent = async (w: Work, before: Person, e: PersonEvent, command: Id): Promise<Person> => {
  const p = apply(before, before, e)
  const { compartment, value } = partOf(e)
  const sealing =
    compartment === 'whereabouts' ? { schema: whereaboutsSchema, value: p.whereabouts } : { schema: identitySchema, value: p.identity }
  await saveSealed(w, p.id, 'person', p.homeGroup, { [compartment]: sealing }, false)
  await w.tx.query('update app.person set version = $2 where id = $1', [p.id, p.version])
  await Promise.all([
    // A new place changes nothing that a search compares, but the version that it must keep up with.
    putIndexed(w, [p]),
    append(w, {
      record: p.id,
      kind: 'person',
      homeGroup: p.homeGroup,
      type: e.type,
      command,
      parts: { [compartment]: { schema: personEventSchema[e.type], value } },
    }),
  ])
  await keepOwnKey(w, p.id, p.homeGroup, compartment)
  return p
}

/** For commands: the whole person, or undefined where hidden or where the session cannot open the identity. Nobody rewrites what they cannot read. */
export const lockPerson = async (w: Work, id: Id, lock = true): Promise<Person | undefined> => {
  const p = await findPerson(w, id, lock)
  return p?.identity ? { ...p, identity: p.identity, whereabouts: p.whereabouts ?? emptyWhereabouts } : undefined
}

export const personJournal = (w: Work, id: Id) => readJournal(w, id, ['identity', 'whereabouts'])
