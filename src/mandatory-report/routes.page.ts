import { directory } from '../access/store.directory.ts'
import { dayOf } from '../base/time.ts'
import { findCase } from '../case/store.ts'
import { lastInstead } from '../platform/lists.ts'
import { type Asked, hidden, type Office, page, redirect } from '../platform/office.ts'
import { decisionDue } from './rules.days.ts'
import { asks, letterNumber } from './rules.ts'
import { letterScreen } from './screens.letter.tsx'
import { registerScreen } from './screens.list.tsx'
import { type FactView, type LetterLine, reportsScreen } from './screens.tsx'
import { kindName, recipientName, reportTerms } from './store.instruments.ts'
import { listReports, registerFilters, registerPage } from './store.list.ts'
import { decisionsOf, factsOf, findLetter, lettersOfCase, type SeenLetter } from './store.ts'

const isLate = (l: Pick<SeenLetter, 'state' | 'sendDue' | 'answerDue'>, today: string): boolean =>
  l.state === 'draft' ? l.sendDue < today : (l.state === 'sent' || l.state === 'registered') && l.answerDue !== null && l.answerDue < today
const lineOf = (a: Asked, number: string, l: SeenLetter, today: string): LetterLine => ({
  id: l.id,
  number: letterNumber(number, l.id),
  recipient: recipientName(l.recipient, a.lang),
  state: l.state,
  sendDue: l.sendDue,
  sent: l.sent,
  answerDue: l.answerDue,
  written: l.written,
  late: isLate(l, today),
  body: l.body,
})

/** The pages: reports of a case, one letter, the register. */
export const registerReportPages = (o: Office): void => {
  o.get('/cases/:caseId/reports', 'report:read', async a => {
    const id = a.params.caseId!
    // The story opens on purpose, not by default: what waits and until when is said without it.
    const words = a.query.open === 'story'
    const [c, facts, decisions, letters, d] = await Promise.all([
      findCase(a, id),
      factsOf(a, id, words),
      decisionsOf(a, id),
      lettersOfCase(a, id),
      directory(a, o.deps.keys.service, a.lang),
    ])
    if (!c) return hidden
    a.saw(words ? 'report.story' : 'report.page', [c.id])
    const { kinds } = reportTerms()
    const today = dayOf(a.now, a.session.timeZone)
    const view = facts.map((f, i): FactView => {
      const decision = decisions.get(f.id)
      const due = decisionDue(f, kinds.clock)
      return {
        fact: f,
        n: i + 1,
        kind: f.words ? kindName(f.words.kind, a.lang) : a.t(`mandatory-report.page.from.${f.from}`),
        words: f.words,
        closed: words && f.from === 'fact' && f.words === undefined,
        due,
        late: decision?.answer === 'later' && !(f.life && !decision.life) ? (decision.until ?? today) < today : due < a.now,
        asks: asks(f, decision),
        decision: decision && { ...decision, by: d.alias(decision.body?.by) },
        letters: letters.filter(l => l.factId === f.id).map(l => lineOf(a, c.number, l, today)),
      }
    })
    const rank = (f: FactView) => (f.asks ? 0 : f.letters.some(l => l.state === 'draft' || l.late) ? 1 : 2)
    return page({
      title: a.t('mandatory-report.page.title'),
      nav: 'cases',
      print: c.number,
      breadcrumbs: [
        { text: a.t('case.list.title'), href: '/cases' },
        { text: c.number, href: `/cases/${c.id}` },
      ],
      body: reportsScreen(
        {
          caseId: c.id,
          number: c.number,
          facts: view.toSorted((x, y) => rank(x) - rank(y) || (x.due < y.due ? -1 : x.due > y.due ? 1 : 0)),
          recipients: kinds.recipients,
          clock: { life: kinds.clock.lifeHours, other: kinds.clock.otherHours },
          escalateTo: recipientName(kinds.escalation, a.lang),
          version: kinds.version,
          openWords: !words && a.can('report:fact') && facts.some(f => f.from === 'fact'),
          timeZone: a.session.timeZone,
          can: {
            fact: a.can('report:fact') && c.state !== 'closed',
            decide: a.can('report:decide'),
            write: a.can('report:write'),
            follow: a.can('report:follow'),
          },
          to: a.to,
        },
        a.t,
      ),
    })
  })
  o.get('/cases/:caseId/letters/:letterId', 'report:read', async a => {
    const [c, letter] = await Promise.all([
      findCase(a, a.params.caseId!),
      findLetter(a, a.params.caseId!, a.params.letterId!, { withWords: true }),
    ])
    if (!c || !letter) return hidden
    a.saw('report.letter', letter.words?.identity === 'full' ? [c.id, c.personId] : [c.id])
    const line = lineOf(a, c.number, letter, dayOf(a.now, a.session.timeZone))
    return page({
      title: a.t('mandatory-report.letter.pageTitle', { to: line.recipient }),
      nav: 'cases',
      print: line.number,
      breadcrumbs: [
        { text: c.number, href: `/cases/${c.id}` },
        { text: a.t('mandatory-report.page.title'), href: `/cases/${c.id}/reports` },
      ],
      body: letterScreen(
        {
          caseId: c.id,
          letter: line,
          words: letter.words,
          recipient: reportTerms().kinds.recipients.find(r => r.code === letter.recipient),
          timeZone: a.session.timeZone,
          can: { write: a.can('report:write'), follow: a.can('report:follow') },
          to: a.to,
        },
        a.t,
      ),
    })
  })
  o.get('/reports', 'report:list', async a => {
    const show = registerFilters.find(f => f === a.query.show) ?? 'open'
    const n = Number(a.query.page)
    const at = Number.isInteger(n) && n > 0 && n <= 100_000 ? n : 1
    const today = dayOf(a.now, a.session.timeZone)
    const list = await listReports(a, { show, page: at, today })
    // A page beyond the last shows no row, so it cannot tell how many there are.
    if (at > 1 && list.rows.length === 0)
      return redirect(lastInstead('/reports', a.query, { page: at, size: registerPage, total: 0, shown: 0 })!)
    a.saw('report.list', [...new Set(list.rows.map(r => r.caseId))])
    return page({
      title: a.t('mandatory-report.register.title'),
      nav: 'reports',
      wide: true,
      body: registerScreen(
        {
          rows: list.rows.map(r => ({
            id: r.id,
            caseId: r.caseId,
            number: letterNumber(r.number, r.id),
            recipient: recipientName(r.recipient, a.lang),
            state: r.state,
            sent: r.sent,
            due: r.state === 'draft' ? r.sendDue : r.answerDue,
            late: isLate(r, today),
            theirs: r.body?.number,
          })),
          show,
          total: list.total,
          page: at,
          pageSize: registerPage,
          to: a.to,
        },
        a.t,
      ),
    })
  })
}
