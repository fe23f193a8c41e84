import { displayName } from '../person/rules.ts'
import { identitiesOf } from '../person/store.ts'
import type { Asked } from '../platform/office.ts'
import type { CaseRow } from './schema.ts'
import { type Apart, isApart } from './screens.apart.tsx'
import { linksOf } from './store.links.ts'

/** Who must be kept apart from whom, for the top of every page of a case. What is named is audited with `action`. */
export const apartOf = async (a: Asked, c: Pick<CaseRow, 'id'>, action: string): Promise<Apart[]> => {
  const links = (await linksOf(a, c.id)).flatMap(l =>
    l.body && isApart(l.body) ? [{ body: { ...l.body, together: l.body.together }, other: l.other }] : [],
  )
  const people = links.flatMap(l => (l.other ? [l.other.personId] : []))
  if (people.length > 0) a.saw(action, [c.id, ...people])
  const names = people.length > 0 ? await identitiesOf(a, people) : new Map()
  return links.map(l => ({
    relation: l.body.relation,
    together: l.body.together,
    who: l.other ? [l.other.number, displayName(names.get(l.other.personId))].filter(Boolean).join(' ') : '',
  }))
}
