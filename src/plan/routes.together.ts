import type { Option } from '../base/form.ts'
import type { Id } from '../base/id.ts'
import type { CaseRow } from '../case/schema.ts'
import { type CaseLink, linksOf } from '../case/store.links.ts'
import { findCase, siblingsOf } from '../case/store.ts'
import { displayName } from '../person/rules.ts'
import { identitiesOf } from '../person/store.ts'
import type { Asked } from '../platform/office.ts'
import type { Work } from '../platform/records.ts'

/** A link that this session cannot read may forbid: then the other case is not offered. */
const forbids = (l: CaseLink) => l.body === undefined || l.body.together === 'must_not_know'

/** Cases into which a step of this one may be written too: linked, or from the same contact; open, and visible to this session. Never one that must not know of this one. */
export const togetherCases = async (w: Work, caseId: Id): Promise<CaseRow[]> => {
  const [links, same] = await Promise.all([linksOf(w, caseId), siblingsOf(w, caseId)])
  const never = new Set(links.filter(forbids).map(l => l.otherCase))
  const linked = await Promise.all(links.filter(l => l.other && !same.some(s => s.id === l.otherCase)).map(l => findCase(w, l.otherCase)))
  const seen = new Set<Id>()
  return [...same, ...linked.filter(c => c !== undefined)].filter(
    c => !never.has(c.id) && c.state !== 'closed' && !seen.has(c.id) && seen.add(c.id) !== undefined,
  )
}
/** As boxes to tick, with the name where it can be opened. What is named is audited. */
export const togetherOptions = async (a: Asked, caseId: Id): Promise<Option[]> => {
  const others = await togetherCases(a, caseId)
  if (others.length === 0) return []
  a.saw('plan.together', [...others.map(c => c.id), ...others.map(c => c.personId)])
  const names = await identitiesOf(
    a,
    others.map(c => c.personId),
  )
  return others.map(c => ({ value: c.id, text: [c.number, displayName(names.get(c.personId))].filter(Boolean).join(' ') }))
}
/** The chosen cases, locked; undefined where one of them is not offered, or two of them must not know of each other. */
export const chosenTogether = async (w: Work, caseId: Id, chosen: readonly Id[]): Promise<CaseRow[] | undefined> => {
  const offered = new Set((await togetherCases(w, caseId)).map(c => c.id))
  const ids = [...new Set(chosen)].sort()
  if (!ids.every(id => offered.has(id))) return undefined
  const out: CaseRow[] = []
  for (const id of ids) {
    const links = await linksOf(w, id)
    if (links.some(l => forbids(l) && (l.otherCase === caseId || ids.includes(l.otherCase)))) return undefined
    const c = await findCase(w, id, true)
    if (!c) return undefined
    out.push(c)
  }
  return out
}
