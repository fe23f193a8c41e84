import type { Option } from '../base/form.ts'
import { formatDay, formatStamp } from '../base/i18n.ts'
import { caseCommand, timesOf } from '../case/routes.command.ts'
import type { CaseRow } from '../case/schema.ts'
import { askSecondLook } from '../case/store.access.ts'
import type { Asked, Office } from '../platform/office.ts'
import { newId } from '../platform/records.ts'
import { decisionDue, learnedAt } from './rules.days.ts'
import { decideReport, recordFact } from './rules.ts'
import { decideForm, factForm } from './schema.forms.ts'
import type { ReportEvent } from './schema.ts'
import { beforeDeciding, beforeFact } from './screens.decide.tsx'
import { kindName, recipientName, reportTerms } from './store.instruments.ts'
import { findDecision, findFact, reportState, saveReportEvent } from './store.ts'

export const nowOf = (a: Asked) => ({ ...timesOf(a), timeZone: a.session.timeZone })
export const toReports = (c: CaseRow) => `/cases/${c.id}/reports?done=saved`
const kinds = (a: Asked): Option[] => reportTerms().kinds.kinds.map(k => ({ value: k.code, text: kindName(k.code, a.lang) }))
const recipients = (a: Asked): Option[] => reportTerms().kinds.recipients.map(r => ({ value: r.code, text: recipientName(r.code, a.lang) }))

/** Recording a fact and answering it. */
export const registerReportActs = (o: Office): void => {
  const errors = 'mandatory-report.error'
  caseCommand<typeof factForm.fields, ReportEvent>(o, {
    path: 'reports/facts/new',
    permit: 'report:fact',
    form: factForm,
    words: 'mandatory-report.fact',
    errors,
    versioned: false,
    options: async a => ({ kind: kinds(a) }),
    above: a => beforeFact({ clock: reportTerms().kinds.clock }, a.t),
    decide: (a, c, v) =>
      recordFact(c.state !== 'closed', {
        factId: newId(),
        learned: learnedAt({ day: v.learned, time: v.time?.replace('.', ':').padStart(5, '0') }, a.now, a.session.timeZone),
        life: v.life === 'yes',
        words: { kind: v.kind, text: v.text, happened: v.happened ?? '', paperBy: v.paperBy ?? '' },
      }),
    save: (a, c, e, command) => saveReportEvent(a, c, e, command),
    to: toReports,
  })
  caseCommand<typeof decideForm.fields, Extract<ReportEvent, { type: 'report_decided' }>>(o, {
    path: 'reports/:factId/decide',
    permit: 'report:decide',
    form: decideForm,
    words: 'mandatory-report.decide',
    errors,
    versioned: true,
    exists: async (a, c) => (await findFact(a, c.id, a.params.factId!)) !== undefined,
    current: async (a, c) => (await findDecision(a, c.id, a.params.factId!))?.version ?? 0,
    options: async a => ({ recipients: recipients(a) }),
    initial: async (a, c) => {
      const d = await findDecision(a, c.id, a.params.factId!)
      return d?.answer === 'now' ? { answer: 'now', recipients: d.body?.recipients ?? [] } : { answer: 'now' }
    },
    above: async (a, c) => {
      const f = (await findFact(a, c.id, a.params.factId!, true))!
      if (f.words) a.saw('report.story', [c.id])
      const due = decisionDue(f, reportTerms().kinds.clock)
      const when = formatStamp(f.learned, a.t.locale, a.session.timeZone)
      return beforeDeciding(
        {
          text: f.words?.text ?? '',
          kind: f.words ? kindName(f.words.kind, a.lang) : '',
          when,
          due,
          late: due < a.now,
          life: f.life,
          zone: a.session.timeZone,
        },
        a.t,
      )
    },
    says: async (a, c) => {
      const d = await findDecision(a, c.id, a.params.factId!)
      return d
        ? {
            answer: a.t(`mandatory-report.answer.${d.answer}`),
            recipients: (d.body?.recipients ?? []).map(r => recipientName(r, a.lang)).join(', '),
            until: d.until ? formatDay(d.until, a.t.locale) : '',
            reason: d.body?.reason ?? '',
          }
        : {}
    },
    decide: async (a, c, v) => {
      const [fact, state] = await Promise.all([findFact(a, c.id, a.params.factId!), reportState(a, c.id)])
      return decideReport(
        state,
        { fact: fact!, answer: v.answer, recipients: v.recipients, until: v.until, reason: v.reason, by: a.actor.id, letterId: newId },
        reportTerms(),
        nowOf(a),
      )
    },
    save: async (a, c, e, command) => {
      await saveReportEvent(a, c, e, command)
      if (e.answer === 'no') await askSecondLook(a, c, 'not_reported')
    },
    to: toReports,
  })
}
