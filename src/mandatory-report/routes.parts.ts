import { idSpan } from '../base/codes.ts'
import { dayOf } from '../base/time.ts'
import type { CasePart } from '../case/routes.parts.ts'
import { decisionDue } from './rules.days.ts'
import { letterPaper } from './rules.ts'
import { isReportEvent, openReportEvent, reportEventTypes } from './schema.ts'
import { readReportEvent } from './screens.timeline.tsx'
import { type CardLine, reportsCard } from './screens.tsx'
import { kindName, recipientName, reportTerms } from './store.instruments.ts'
import { runningOn } from './store.waiting.ts'

const shown = 4
/** What reports add to the page of a case: below plan, night card and language, since care stands above paper. */
export const reportsPart: CasePart = {
  name: 'mandatory-report',
  order: 50,
  link: { path: 'reports', words: 'mandatory-report.page.title', permit: 'report:read' },
  card: async (a, caseId) => {
    if (!a.can('report:read')) return undefined
    const { facts, letters } = await runningOn(a, caseId)
    const today = dayOf(a.now, a.session.timeZone)
    const { clock } = reportTerms().kinds
    const all = a.to(`/cases/${caseId}/reports`)
    const t = (key: string, args?: Record<string, string>) => a.t(`mandatory-report.card.${key}`, args)
    const asking = facts
      .filter(f => f.asks)
      .map((f): { at: string; line: CardLine } => {
        const later = f.answer === 'later' && f.until !== null && !f.anew
        const due = later ? `${f.until}T23:59:59.000Z` : decisionDue(f, clock)
        if (later) return { at: due, line: { text: t('later'), late: f.until! < today, href: all } }
        // Danger to life stands before everything else.
        return { at: f.life ? '' : due, line: { text: t('decide'), due: { at: due, late: due < a.now, life: f.life }, href: all } }
      })
    const waiting = letters
      .map(l => ({ l, due: l.state === 'draft' ? l.sendDue : (l.answerDue ?? today) }))
      .map(({ l, due }) => ({
        at: `${due}T23:59:59.000Z`,
        line: {
          text: t(l.state === 'draft' ? 'send' : 'answer', { to: recipientName(l.recipient, a.lang) }),
          late: due < today,
          href: a.to(`/cases/${caseId}/letters/${l.id}`),
        },
      }))
    const lines = [...asking, ...waiting].toSorted((x, y) => (x.at < y.at ? -1 : 1)).map(x => x.line)
    return lines.length === 0
      ? undefined
      : reportsCard({ lines: lines.slice(0, shown), more: Math.max(0, lines.length - shown), all, timeZone: a.session.timeZone }, a.t)
  },
  // "Our number" on a letter: whoever is called back types it and stands before the letter.
  led: async (a, code, caseId) => {
    if (!caseId || code.form !== letterPaper || !code.part || !a.can('report:read')) return undefined
    const { rows } = await a.tx.query<{ id: string }>(
      'select id from app.report_letter where case_id = $1 and id between $2 and $3 limit 2',
      [caseId, ...idSpan(code.part)],
    )
    return rows.length === 1 ? { caseId, path: `letters/${rows[0]!.id}` } : undefined
  },
  events: Object.fromEntries(
    reportEventTypes.map(type => [
      type,
      (o, t, alias) =>
        isReportEvent(type) ? readReportEvent(openReportEvent(type, o), { t, alias, kind: kindName, recipient: recipientName }) : null,
    ]),
  ),
}
