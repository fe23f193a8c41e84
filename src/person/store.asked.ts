import type { Id } from '../base/id.ts'
import { append } from '../platform/records.ts'
import { type Searcher, searchPeople } from './store.search.ts'

interface Asking extends Searcher {
  saw(action: string, records: readonly Id[]): void
}
/** Who would have been meant by each name. Asked again when somebody says "none of these": the answer counts for what is known now, and cannot be sent without the search. */
export const foundFor = async (w: Searcher, names: readonly string[]): Promise<Id[][]> =>
  names.every(n => n === '') ? names.map(() => []) : (await searchPeople(w, names, 5)).map(list => list.map(f => f.id))

/**
 * Keeps that a new record came after a search: in its journal, by whom and when it was said that it is none of those found; in the audit, of which records that was said.
 * Where nobody was found, the audit says so. What was typed stands in the record itself, sealed.
 */
export const recordSearched = async (w: Asking, p: { id: Id; homeGroup: Id }, found: readonly Id[], command: Id): Promise<void> => {
  const others = found.filter(id => id !== p.id)
  w.saw(others.length > 0 ? 'person.none-of-these' : 'person.nobody-found', [p.id, ...others])
  if (others.length === 0) return
  await append(w, { record: p.id, kind: 'person', homeGroup: p.homeGroup, type: 'none_of_these', command, parts: {} })
}
