import { directory } from '../access/store.directory.ts'
import { dayOf } from '../base/time.ts'
import { timesOf } from '../case/routes.command.ts'
import { findCase } from '../case/store.ts'
import { displayName } from '../person/rules.ts'
import { identitiesOf } from '../person/store.ts'
import { hidden, type Office, page } from '../platform/office.ts'
import { newId } from '../platform/records.ts'
import { planDays } from '../safe-contact/store.waiting.ts'
import { warnings } from './rules.ts'
import { noAnswers } from './schema.ts'
import { followUpListScreen, followUpScreen } from './screens.page.tsx'
import { askingNow } from './store.hand-over.ts'
import { answersOf, checkInsOf, liveCode } from './store.ts'
import { waitingCheckIns } from './store.waiting.ts'

/** The page of one case, and the list of what waits. */
export const registerFollowUpPage = (o: Office): void => {
  o.get('/cases/:caseId/follow-up', 'follow-up:read', async a => {
    const c = await findCase(a, a.params.caseId!)
    if (!c) return hidden
    const { today } = timesOf(a)
    const [checkIns, answers, code, asking, d, plan] = await Promise.all([
      checkInsOf(a, c.id),
      answersOf(a, c.id),
      liveCode(a, c.id, today),
      askingNow(a, c.id),
      directory(a, o.deps.keys.service, a.lang),
      planDays(a, c.id),
    ])
    a.saw('follow-up.open', [c.id])
    const said = answers.map(x => x.child?.answers ?? x.recorded?.answers ?? noAnswers)
    return page({
      title: a.t('follow-up.page.title'),
      nav: 'follow-up',
      print: c.number,
      wide: true,
      breadcrumbs: [
        { text: a.t('case.list.title'), href: '/cases' },
        { text: c.number, href: `/cases/${c.id}` },
      ],
      body: followUpScreen(
        {
          caseId: c.id,
          number: c.number,
          closed: c.state === 'closed' ? c.closed : null,
          isClosed: c.state === 'closed',
          today,
          checkIns,
          plan,
          answers: answers.map((x, i) => ({ ...x, warnings: warnings(said[i]!, said.slice(i + 1)), command: newId() })),
          code,
          asks: asking.map(g => ({ alias: d.alias(g.user), until: dayOf(g.until, a.session.timeZone) })),
          can: {
            handOver: c.state === 'closed' && a.can('follow-up:hand-over') && a.session.groups.includes(c.homeGroup),
            record: c.state === 'closed' && a.can('follow-up:record'),
            read: a.can('follow-up:record'),
            code: a.can('follow-up:code'),
            reopen: c.state === 'closed' && a.can('case:reopen'),
          },
          to: a.to,
        },
        a.t,
      ),
    })
  })
  o.get('/follow-up', 'follow-up:list', async a => {
    const today = dayOf(a.now, a.session.timeZone)
    const mine = a.query.mine === '1'
    const [list, d] = await Promise.all([
      waitingCheckIns(a, { groups: a.session.groups, direct: a.session.direct }, today, mine ? a.actor.id : undefined),
      directory(a, o.deps.keys.service, a.lang),
    ])
    const cases = await a.tx.query<{ id: string; person: string }>(
      'select id, person_id as person from app.case_record where id = any ($1::uuid[])',
      [list.rows.map(r => r.caseId)],
    )
    const names = await identitiesOf(
      a,
      cases.rows.map(r => r.person),
    )
    const nameOf = new Map(cases.rows.map(r => [r.id, displayName(names.get(r.person))]))
    a.saw('follow-up.list', [...new Set([...list.rows.map(r => r.caseId), ...cases.rows.map(r => r.person)])])
    return page({
      title: a.t('follow-up.list.title'),
      nav: 'follow-up',
      wide: true,
      body: followUpListScreen(
        {
          rows: list.rows.map(r => ({ ...r, name: nameOf.get(r.caseId) ?? '', who: r.assignee ? d.alias(r.assignee) : '' })),
          total: list.total,
          today,
          mine,
          to: a.to,
        },
        a.t,
      ),
    })
  })
}
