import { type Id, isId } from '../base/id.ts'
import { type Asked, hidden, type Office, page } from '../platform/office.ts'
import { caseNumber, dayBegins, dayEnds, glassBudget, isCaseNumber } from './rules.admin.ts'
import { type AuditLineView, AuditPage, type AuditView, CaseAuditPage } from './screens.audit.tsx'
import { type AuditFilter, type AuditLine, auditLines, caseReads, idsOfNumber, maxPage } from './store.audit.ts'
import { type Directory, directory } from './store.directory.ts'
import { glassOften } from './store.glass.ts'

const isDay = (s: string) => /^\d{4}-\d{2}-\d{2}$/.test(s) && !Number.isNaN(Date.parse(`${s}T00:00:00Z`))
const outcomes = ['shown', 'refused', 'changed'] as const
const pageOf = (a: Asked) => Math.min(maxPage, Math.max(1, /^\d{1,3}$/.test(a.query.page ?? '') ? Number(a.query.page) : 1))
const lineOf = (a: Asked, dir: Directory, l: AuditLine): AuditLineView => ({
  ...l,
  // Nobody's session: the public site, or the command line on the server.
  who: l.actor ? dir.alias(l.actor) : a.t(`access-admin.audit.${/^(server|installation)_/.test(l.action) ? 'server' : 'publicSite'}`),
})

/** What was typed becomes a filter; what cannot be read is named, and filters nothing away. */
const filterOf = async (a: Asked): Promise<{ typed: AuditView['typed']; wrong: string[]; filter: AuditFilter }> => {
  const get = (k: string) => (a.query[k] ?? '').trim().slice(0, 60)
  const typed = {
    person: get('person'),
    record: get('record'),
    from: get('from'),
    until: get('until'),
    action: get('action'),
    outcome: get('outcome'),
  }
  const wrong: string[] = []
  const zone = a.session.timeZone
  let records: readonly Id[] | null = null
  if (isId(typed.record)) records = [typed.record]
  else if (typed.record !== '') records = isCaseNumber(caseNumber(typed.record)) ? await idsOfNumber(a, caseNumber(typed.record)) : []
  const day = (name: 'from' | 'until') => {
    if (typed[name] === '') return null
    if (isDay(typed[name])) return (name === 'from' ? dayBegins : dayEnds)(typed[name], zone)
    wrong.push(name)
    return null
  }
  const action = /^[a-z][a-z0-9_.:-]{0,59}$/.test(typed.action) ? typed.action : null
  if (typed.action !== '' && action === null) wrong.push('action')
  return {
    typed,
    wrong,
    filter: {
      person: isId(typed.person) ? typed.person : null,
      records,
      from: day('from'),
      until: day('until'),
      action,
      outcome: outcomes.find(x => x === typed.outcome) ?? null,
    },
  }
}

/** Who looked at what, for the auditor; who looked at a case, for the supervisor of its team. */
export const registerAudit = (o: Office): void => {
  o.get('/audit', 'audit:read', async a => {
    const dir = await directory(a, o.deps.keys.service, a.lang)
    const { typed, wrong, filter } = await filterOf(a)
    const at = pageOf(a)
    const [{ lines, more }, often] = await Promise.all([auditLines(a, filter, at), glassOften(a, glassBudget)])
    // The watcher is watched as well.
    a.saw('audit.list', filter.records ? filter.records.slice(0, 3) : [])
    const view: AuditView = {
      lines: lines.map(l => lineOf(a, dir, l)),
      people: dir.people,
      typed,
      wrong,
      page: at,
      more,
      often: often.map(x => ({ alias: dir.alias(x.userId), count: x.count })),
      timeZone: a.session.timeZone,
    }
    return page({ title: a.t('access-admin.audit.title'), nav: 'audit', wide: true, body: AuditPage(view, a.t) })
  })
  o.get('/cases/:caseId/audit', 'audit:case', async a => {
    const at = pageOf(a)
    const [dir, found] = await Promise.all([directory(a, o.deps.keys.service, a.lang), caseReads(a, a.params.caseId ?? '', at)])
    if (!found) return hidden
    a.saw('case.audit', [a.params.caseId as Id])
    const view = {
      number: found.number,
      back: a.to(`/cases/${a.params.caseId}`),
      lines: found.lines.map(l => lineOf(a, dir, l)),
      page: at,
      more: found.more,
      timeZone: a.session.timeZone,
    }
    return page({
      title: a.t('access-admin.audit.caseTitle', { number: found.number }),
      nav: 'cases',
      wide: true,
      breadcrumbs: [{ text: found.number, href: `/cases/${a.params.caseId}` }],
      body: CaseAuditPage(view, a.t),
    })
  })
}
