import { type Code, idSpan, pageCodes, parseCode, shortOf } from '../base/codes.ts'
import type { Id } from '../base/id.ts'
import { claimsOf } from '../person/rules.ts'
import { findPerson } from '../person/store.ts'
import type { Asked } from '../platform/office.ts'
import type { CasePart } from './routes.parts.ts'
import { caseForms } from './rules.codes.ts'
import { exclusionsOf, grantsOf, openLooks } from './store.access.ts'
import { linksOf } from './store.links.ts'
import { findCaseByNumber } from './store.ts'

/** Where a code leads, and the record that its finder then knows of. */
export interface Led {
  readonly to: string
  readonly records: readonly Id[]
}
const pagePermits: Readonly<Record<keyof typeof pageCodes, string>> = {
  '/cases': 'case:list',
  '/cases/new': 'case:open',
  '/people/search': 'person:search',
  '/people/new': 'person:create',
  '/contacts/new/walk-in': 'contact:create',
  '/contacts/new/call': 'contact:create',
}

/** The one record that begins so, among those that row-level security shows. Two: neither, or somebody would be led to the wrong child. */
const beginning = async (a: Asked, table: 'contact' | 'person', short: string): Promise<Id | undefined> => {
  const { rows } = await a.tx.query<{ id: Id }>(`select id from app.${table} where id between $1 and $2 limit 2`, idSpan(short))
  return rows.length === 1 ? rows[0]!.id : undefined
}
const partOf = async (a: Asked, caseId: Id, path: string, part: string): Promise<string | undefined> => {
  const list = path.startsWith('looks')
    ? await openLooks(a, caseId)
    : path.startsWith('grants')
      ? await grantsOf(a, caseId)
      : path.startsWith('exclusions')
        ? await exclusionsOf(a, caseId)
        : await linksOf(a, caseId)
  const found = list.find(x => shortOf(x.id) === part)
  return found && path.replace(/:\w+/, found.id)
}

const ledByPart = async (a: Asked, parts: readonly CasePart[], code: Code, caseId?: Id): Promise<Led | null> => {
  for (const p of parts) {
    const led = await p.led?.(a, code, caseId)
    if (led) return { to: `/cases/${led.caseId}/${led.path}`, records: [led.caseId] }
  }
  return null
}
const ledToCase = async (a: Asked, parts: readonly CasePart[], code: Code): Promise<Led | null> => {
  const { form, part } = code
  const c = a.can('case:read') ? await findCaseByNumber(a, `D-${code.body}`) : undefined
  if (!c) return null
  const led = (to: string) => ({ to: `/cases/${c.id}${to}`, records: [c.id] })
  const path = form === null ? undefined : caseForms[form - 1]
  if (!path) return (form !== null && (await ledByPart(a, parts, code, c.id))) || led('')
  if (!path.includes(':')) return led(`/${path}`)
  // What the form was about has ended meanwhile: the case still says what became of it.
  const filled = part ? await partOf(a, c.id, path, part) : undefined
  return led(filled ? `/${filled}` : '')
}
const ledToPerson = async (a: Asked, short: string, form: number | null, part: string | null): Promise<Led | null> => {
  const id = a.can('person:read') ? await beginning(a, 'person', short) : undefined
  if (!id) return null
  const led = (to: string) => ({ to, records: [id] })
  if (form === 1 && a.can('person:claim')) return led(`/people/${id}/claims/new`)
  if (form === 3 && a.can('case:open')) return led(`/cases/new?person=${id}`)
  if (form === 2 && part && a.can('person:claim')) {
    const p = await findPerson(a, id)
    const claim =
      p?.identity && claimsOf({ identity: p.identity, whereabouts: p.whereabouts ?? { places: [] } }).find(x => shortOf(x.id) === part)
    if (claim) return led(`/people/${id}/claims/${claim.id}`)
  }
  return led(`/people/${id}`)
}

/** Where a printed code leads this person; null where it is no code, or means nothing that they may open: then it is searched for as a name, as anything else. */
export const ledByCode = async (a: Asked, typed: string, parts: readonly CasePart[] = []): Promise<Led | null> => {
  const code = parseCode(typed)
  if (!code) return null
  if (code.kind === 'D') return ledToCase(a, parts, code)
  if (code.kind === 'N') return ledByPart(a, parts, code)
  if (code.kind === 'P') return ledToPerson(a, code.body, code.form, code.part)
  if (code.kind === 'K') {
    const id = a.can('contact:read') ? await beginning(a, 'contact', code.body) : undefined
    if (!id) return null
    return { to: code.form === 1 && a.can('case:open') ? `/cases/new?contact=${id}` : `/contacts/${id}`, records: [id] }
  }
  const pages = Object.entries(pageCodes) as [keyof typeof pageCodes, string][]
  const [to] = pages.find(([, of]) => of === `F-${code.body}`) ?? []
  return to && a.can(pagePermits[to]) ? { to, records: [] } : null
}
