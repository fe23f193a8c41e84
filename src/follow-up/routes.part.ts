import { h } from 'preact'
import { timesOf } from '../case/routes.command.ts'
import type { CasePart } from '../case/routes.parts.ts'
import { planDays } from '../safe-contact/store.waiting.ts'
import { standing } from './rules.ts'
import { openFollowUpEvent } from './schema.ts'
import { followUpCard, followUpEventText } from './screens.card.tsx'
import { checkInsOf, unreadAnswersOf } from './store.ts'

const read =
  (type: string): NonNullable<CasePart['events']>[string] =>
  (o, t, alias) =>
    h('div', null, followUpEventText(openFollowUpEvent(type, o), t, alias))

/** What follow-up adds to the page of a case. */
export const followUpPart: CasePart = {
  name: 'follow-up',
  order: 60,
  link: { path: 'follow-up', words: 'follow-up.page.title', permit: 'follow-up:read' },
  card: async (a, caseId) => {
    if (!a.can('follow-up:read')) return undefined
    const [list, unread, plan] = await Promise.all([checkInsOf(a, caseId), unreadAnswersOf(a, caseId), planDays(a, caseId)])
    if (list.length === 0 && unread === 0) return undefined
    const { today } = timesOf(a)
    return followUpCard(
      {
        unread,
        next: list.find(k => k.state === 'planned' && standing(k, today, plan) !== 'missed')?.due,
        missed: list.filter(k => standing(k, today, plan) === 'missed').length,
        href: a.to(`/cases/${caseId}/follow-up`),
      },
      a.t,
    )
  },
  events: {
    check_in_recorded: read('check_in_recorded'),
    check_in_read: read('check_in_read'),
    check_in_code_made: read('check_in_code_made'),
    check_in_code_ended: read('check_in_code_ended'),
    follow_up_handed_over: read('follow_up_handed_over'),
    case_left_open: read('case_left_open'),
    // From the child's page: without a sealed part, so only the title is shown.
    check_in_answered: () => null,
    check_in_help_asked: () => null,
  },
}
