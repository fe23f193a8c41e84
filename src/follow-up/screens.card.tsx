import { formatDay, type T } from '../base/i18n.ts'
import type { Id } from '../base/id.ts'
import type { Day } from '../base/time.ts'
import type { Answers, FollowUpEvent } from './schema.ts'
import { questions } from './schema.ts'

/** On the page of the case: what waits, and when somebody asks next. */
export const followUpCard = (v: { unread: number; next: Day | undefined; missed: number; href: string }, t: T) => (
  <section class="dv-card" aria-label={t('follow-up.page.title')}>
    <h2 class="govuk-heading-m">{t('follow-up.page.title')}</h2>
    {v.unread > 0 ? (
      <p class="govuk-body">
        <strong>{t('follow-up.card.unread', { n: v.unread })}</strong>
      </p>
    ) : null}
    {v.next ? <p class="govuk-body">{t('follow-up.card.next', { day: formatDay(v.next, t.locale) })}</p> : null}
    {v.missed > 0 ? <p class="govuk-body">{t('follow-up.card.missed', { n: v.missed })}</p> : null}
    <p class="govuk-body">
      <a class="govuk-link" href={v.href}>
        {t('follow-up.card.open')}
      </a>
    </p>
  </section>
)

/** "Feels safe: mostly yes. Sleeps: no." Only what was answered. */
export const answersText = (a: Answers, t: T): string =>
  questions.flatMap(q => (a[q] === null ? [] : [`${t(`follow-up.question.${q}`)} ${t(`follow-up.level.${a[q]}`)}.`])).join(' ')

/** What the timeline says of an event. */
export const followUpEventText = (e: FollowUpEvent, t: T, alias: (id: Id | null) => string): string => {
  switch (e.type) {
    case 'check_in_recorded':
      return [
        `${t(`follow-up.way.${e.body.way}`)}.`,
        e.help ? t('follow-up.page.help') : '',
        answersText(e.body.answers, t),
        e.body.words,
        e.body.happened && t('follow-up.page.happened', { when: e.body.happened }),
        e.body.paperBy && t('follow-up.page.paperBy', { who: e.body.paperBy }),
      ]
        .filter(Boolean)
        .join(' ')
    case 'check_in_read':
      return ''
    case 'check_in_code_made':
      return t('follow-up.page.codeUntil', { day: formatDay(e.until, t.locale) })
    case 'check_in_code_ended':
      return e.reason || t('follow-up.page.codeReplaced')
    case 'follow_up_handed_over':
      return t('follow-up.page.asks', { who: alias(e.user), day: formatDay(e.until, t.locale) })
    case 'case_left_open':
      return `${t('follow-up.page.leftOpen', { steps: e.steps, reports: e.reports })} ${e.reason}`
  }
}
