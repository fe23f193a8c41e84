import { directory } from '../access/store.directory.ts'
import { pageCodes } from '../base/codes.ts'
import { type Id, isId } from '../base/id.ts'
import { displayName } from '../person/rules.ts'
import { filterPeople } from '../person/store.search.ts'
import { identitiesOf } from '../person/store.ts'
import { lastInstead } from '../platform/lists.ts'
import { type Asked, hidden, type Office, page, redirect } from '../platform/office.ts'
import { registerCaseAccess } from './routes.access.ts'
import { isDanger, registerCaseActs } from './routes.acts.ts'
import { registerNewCase } from './routes.new.ts'
import { registerCasePage } from './routes.page.ts'
import type { CasePart } from './routes.parts.ts'
import { ageBands, listOrigins } from './schema.ts'
import { caseListScreen } from './screens.list.tsx'
import { personOfCase } from './store.person.ts'
import { type CaseFilter, caseSorts, listCases, pageSize } from './store.ts'

const oneOf = <V extends string>(v: string | undefined, list: readonly V[], otherwise: V): V => list.find(x => x === v) ?? otherwise
interface Narrowed {
  readonly age: string
  readonly sex: string
  readonly origin: string
}
/** What stands sealed is looked for in the index in memory; undefined: nothing of it was asked. */
const peopleFor = async (a: Asked, f: Narrowed, name?: string): Promise<Id[] | undefined> => {
  if (!name && f.age === 'any' && f.sex === 'any' && f.origin === 'any') return undefined
  const [from, to] = f.age === 'any' ? [] : f.age.split('-')
  return filterPeople(a, {
    ...(name ? { name } : {}),
    ...(from ? { minAge: Number(from) } : {}),
    ...(to ? { maxAge: Number(to) } : {}),
    ...(f.sex === 'any' ? {} : { sex: f.sex }),
    ...(f.origin === 'any' ? {} : { origin: f.origin }),
  })
}
/** The filter in an address; what is not a known code counts as not said. */
const filterOf = (a: Asked): CaseFilter & Narrowed => {
  const q = a.query
  const n = Number(q.page)
  return {
    state: oneOf(q.state, ['open', 'closed', 'all'], isId(q.person) ? 'all' : 'open'),
    person: isId(q.person) ? q.person : null,
    danger: isDanger(q.danger) ? q.danger : 'any',
    mine: q.mine === '1',
    due: oneOf(q.due, ['any', 'overdue', 'today', 'week'], 'any'),
    age: oneOf(q.age, ['any', ...ageBands], 'any'),
    sex: oneOf(q.sex, ['any', 'female', 'male'], 'any'),
    origin: oneOf(q.origin, ['any', ...listOrigins], 'any'),
    sort: oneOf(q.sort, caseSorts, 'opened'),
    page: Number.isInteger(n) && n > 0 && n <= 100_000 ? n : 1,
  }
}

/** Registers everything under /cases that does not close or reopen. */
export const registerCase = (o: Office, parts: readonly CasePart[] = []): void => {
  const show = async (a: Asked, filter: ReturnType<typeof filterOf>, name?: string) => {
    const people = await peopleFor(a, filter, name)
    const [list, d] = await Promise.all([listCases(a, people ? { ...filter, people } : filter), directory(a, o.deps.keys.service, a.lang)])
    const beyond = lastInstead('/cases', a.query, { page: filter.page, size: pageSize, total: list.total, shown: list.rows.length })
    if (beyond) return redirect(beyond)
    const names = await identitiesOf(
      a,
      list.rows.map(c => c.personId),
    )
    a.saw('case.list', [...new Set(list.rows.flatMap(c => [c.id, c.personId]))])
    return page({
      title: a.t('case.list.title'),
      nav: 'cases',
      print: pageCodes['/cases'],
      wide: true,
      body: caseListScreen(
        {
          rows: list.rows.map(c => {
            const identity = names.get(c.personId)
            return {
              case: c,
              name: displayName(identity) || a.t(identity ? 'person.unnamed' : 'person.sealed'),
              assignee: c.assignee ? d.alias(c.assignee) : '',
              team: d.team(c.homeGroup),
            }
          }),
          total: list.total,
          page: filter.page,
          pageSize,
          today: list.today,
          filter,
          ...(name === undefined ? {} : { name }),
          canOpen: a.can('case:open'),
          to: a.to,
        },
        a.t,
      ),
    })
  }
  o.get('/cases', 'case:list', a => show(a, filterOf(a)))
  o.post('/cases/by-name', 'case:list', a => {
    const name = typeof a.body.name === 'string' ? a.body.name.slice(0, 200).trim() : ''
    return show(a, { ...filterOf(a), state: 'all' }, name)
  })
  // Today's list knows cases; which records may be the same child's stands with the person.
  o.get('/cases/:caseId/matches', 'case:read', async a => {
    const person = a.can('match:read') && (await personOfCase(a, a.params.caseId!))
    return person ? redirect(`/people/${person.id}/matches`) : hidden
  })
  registerNewCase(o, parts)
  registerCasePage(o, parts)
  registerCaseActs(o)
  registerCaseAccess(o)
}
