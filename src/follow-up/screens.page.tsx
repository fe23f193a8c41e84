import { Button, EmptyState, InsetText, ScrollTable, WarningText } from '../base/components/index.tsx'
import { formatDay, type T } from '../base/i18n.ts'
import type { Id } from '../base/id.ts'
import type { Day } from '../base/time.ts'
import { type PlanDays, standing, type Warning } from './rules.ts'
import { type Answer, type Answers, type CheckIn, type Code, questions, type WaitingCheckIn } from './schema.ts'
import { answersText } from './screens.card.tsx'

export interface FollowUpView {
  readonly caseId: Id
  readonly number: string
  readonly isClosed: boolean
  readonly closed: Day | null
  readonly today: Day
  readonly plan: PlanDays | undefined
  readonly checkIns: readonly CheckIn[]
  readonly answers: readonly (Answer & { readonly warnings: readonly Warning[]; readonly command: Id })[]
  readonly code: Code | undefined
  /** Who asks after the child, and until when; more than one only while one share still runs out. */
  readonly asks: readonly { readonly alias: string; readonly until: Day }[]
  readonly can: {
    readonly handOver: boolean
    readonly record: boolean
    readonly read: boolean
    readonly code: boolean
    readonly reopen: boolean
  }
  to(path: string): string
}

const warningText = (w: Warning, t: T): string =>
  w.kind === 'unsafe'
    ? t('follow-up.warning.unsafe', { level: t(`follow-up.level.${w.level}`) })
    : t('follow-up.warning.worse', {
        question: t(`follow-up.short.${w.question}`),
        from: t(`follow-up.level.${w.from}`),
        to: t(`follow-up.level.${w.to}`),
      })
const answersOf = (a: Answer): Answers | undefined => a.child?.answers ?? a.recorded?.answers

/* What one answer says beside the five levels. */
const Words = ({ a, t }: { a: FollowUpView['answers'][number]; t: T }) => {
  const words = a.child?.words || a.recorded?.words
  return (
    <>
      {a.help ? (
        <p class="govuk-body">
          <strong>{t('follow-up.page.help')}</strong>
        </p>
      ) : null}
      {a.child && a.child.someone !== 'no' ? <p class="govuk-body">{t(`follow-up.page.someone.${a.child.someone}`)}</p> : null}
      {words ? <p class="govuk-body">{words}</p> : null}
      {a.recorded?.happened ? <p class="govuk-body">{t('follow-up.page.happened', { when: a.recorded.happened })}</p> : null}
      {a.recorded?.learned ? (
        <p class="govuk-body">{t('follow-up.page.learned', { day: formatDay(a.recorded.learned, t.locale) })}</p>
      ) : null}
      {a.recorded?.paperBy ? <p class="govuk-body">{t('follow-up.page.paperBy', { who: a.recorded.paperBy })}</p> : null}
      {a.child || a.recorded ? null : <p class="govuk-body">{t('follow-up.page.sealed')}</p>}
    </>
  )
}
const howItCame = (a: Answer, t: T): string =>
  a.codeId ? t('follow-up.page.fromChild') : a.recorded ? t(`follow-up.way.${a.recorded.way}`) : ''

const Unread = ({ v, t }: { v: FollowUpView; t: T }) => (
  <>
    {v.answers
      .filter(a => a.unread)
      .map(a => (
        <section class="dv-card">
          <h2 class="govuk-heading-m">
            {t('follow-up.page.unread')} · {formatDay(a.day, t.locale)}
          </h2>
          <Words a={a} t={t} />
          {a.child && answersText(a.child.answers, t) ? <p class="govuk-body">{answersText(a.child.answers, t)}</p> : null}
          {v.can.read && a.child ? (
            <form action={v.to(`/cases/${v.caseId}/follow-up/answers/${a.id}/read`)} method="post" class="dv-form">
              <input type="hidden" name="command" value={a.command} />
              <Button text={t('follow-up.read.submit')} preventDoubleClick />
            </form>
          ) : null}
        </section>
      ))}
  </>
)

const Warnings = ({ v, t }: { v: FollowUpView; t: T }) => {
  const newest = v.answers.find(a => answersOf(a) && questions.some(q => answersOf(a)![q] !== null))
  return newest && newest.warnings.length > 0 ? (
    <>
      {newest.warnings.map(w => (
        <WarningText text={warningText(w, t)} />
      ))}
      <p class="govuk-body">{t('follow-up.warning.rule')}</p>
    </>
  ) : null
}

/* Reopening is the supervisor's; everybody else is told whom to ask. */
const Reopen = ({ v, t }: { v: FollowUpView; t: T }) =>
  v.isClosed && v.answers.length > 0 ? (
    <p class="govuk-body">
      {v.can.reopen ? (
        <a class="govuk-link" href={v.to(`/cases/${v.caseId}/reopen`)}>
          {t('follow-up.page.reopen')}
        </a>
      ) : (
        t('follow-up.page.askReopen')
      )}
    </p>
  ) : null

const Schedule = ({ v, t }: { v: FollowUpView; t: T }) =>
  v.checkIns.length === 0 ? (
    <EmptyState
      title={t('follow-up.page.noSchedule')}
      text={t(v.isClosed ? 'follow-up.page.noScheduleClosed' : 'follow-up.page.noScheduleOpen')}
    />
  ) : (
    <ScrollTable
      label={t('follow-up.page.schedule')}
      head={[{ text: t('follow-up.page.day') }, { text: t('follow-up.page.state') }]}
      firstCellIsHeader
      rows={v.checkIns.map(k => [{ text: formatDay(k.due, t.locale) }, { text: t(`follow-up.state.${standing(k, v.today, v.plan)}`) }])}
    />
  )

const Asks = ({ v, t }: { v: FollowUpView; t: T }) =>
  v.isClosed && (v.asks.length > 0 || v.can.handOver) ? (
    <p class="govuk-body">
      {v.asks.length === 0
        ? t('follow-up.page.asksNobody')
        : v.asks.map(x => t('follow-up.page.asks', { who: x.alias, day: formatDay(x.until, t.locale) })).join(' ')}
      {v.can.handOver ? (
        <>
          {' '}
          <a class="govuk-link" href={v.to(`/cases/${v.caseId}/follow-up/hand-over`)}>
            {t('follow-up.handOver.title')}
          </a>
        </>
      ) : null}
    </p>
  ) : null

const Trend = ({ v, t }: { v: FollowUpView; t: T }) => (
  <ScrollTable
    label={t('follow-up.page.answers')}
    head={[
      { text: t('follow-up.page.day') },
      { text: t('follow-up.page.how') },
      ...questions.map(q => ({ text: t(`follow-up.short.${q}`) })),
      { text: t('follow-up.page.words') },
    ]}
    firstCellIsHeader
    rows={v.answers.map(a => [
      { text: formatDay(a.day, t.locale) },
      { text: howItCame(a, t) || '—' },
      ...questions.map(q => ({ text: answersOf(a)?.[q] ? t(`follow-up.level.${answersOf(a)![q]}`) : '—' })),
      { text: <Words a={a} t={t} /> },
    ])}
  />
)

const CodeCard = ({ v, t }: { v: FollowUpView; t: T }) => (
  <section class="dv-card" aria-label={t('follow-up.page.code')}>
    <h2 class="govuk-heading-m">{t('follow-up.page.code')}</h2>
    <p class="govuk-body">
      {v.code ? t('follow-up.page.codeUntil', { day: formatDay(v.code.until, t.locale) }) : t('follow-up.page.noCode')}
    </p>
    {v.can.code ? (
      <p class="govuk-body">
        <a class="govuk-link" href={v.to(`/cases/${v.caseId}/follow-up/code`)}>
          {t(v.code ? 'follow-up.page.replaceCode' : 'follow-up.page.makeCode')}
        </a>
        {v.code ? (
          <>
            {' · '}
            <a class="govuk-link" href={v.to(`/cases/${v.caseId}/follow-up/code/end`)}>
              {t('follow-up.page.endCode')}
            </a>
          </>
        ) : null}
      </p>
    ) : null}
  </section>
)

/** Follow-up of one case: what nobody has read first, then what got worse, the days, the answers, the code. */
export const followUpScreen = (v: FollowUpView, t: T) => (
  <>
    <p class="govuk-caption-m">{v.number}</p>
    <h1 class="govuk-heading-l">{t('follow-up.page.title')}</h1>
    <Unread v={v} t={t} />
    <Warnings v={v} t={t} />
    <Reopen v={v} t={t} />
    {v.checkIns.some(k => standing(k, v.today, v.plan) === 'missed') ? <InsetText text={t('follow-up.page.missedText')} /> : null}
    {v.checkIns.some(k => standing(k, v.today, v.plan) === 'unsent') ? <InsetText text={t('follow-up.page.unsentText')} /> : null}
    {v.can.record ? <Button text={t('follow-up.record.title')} href={v.to(`/cases/${v.caseId}/follow-up/record`)} /> : null}
    <h2 class="govuk-heading-m">{t('follow-up.page.schedule')}</h2>
    <Asks v={v} t={t} />
    <Schedule v={v} t={t} />
    {v.answers.length > 0 ? (
      <>
        <h2 class="govuk-heading-m">{t('follow-up.page.answers')}</h2>
        <Trend v={v} t={t} />
      </>
    ) : null}
    <CodeCard v={v} t={t} />
  </>
)

export interface FollowUpListView {
  readonly rows: readonly (WaitingCheckIn & { readonly name: string; readonly who: string })[]
  readonly total: number
  readonly today: Day
  readonly mine: boolean
  to(path: string): string
}
/** What waits in all cases that this person sees: who asks for help stands first. */
export const followUpListScreen = (v: FollowUpListView, t: T) => (
  <>
    <h1 class="govuk-heading-l">{t('follow-up.list.title')}</h1>
    <p class="govuk-body">
      <a class="govuk-link" href={v.to(v.mine ? '/follow-up' : '/follow-up?mine=1')}>
        {t(v.mine ? 'follow-up.list.all' : 'follow-up.list.mine')}
      </a>
    </p>
    {v.rows.length === 0 ? (
      <EmptyState title={t('follow-up.list.nothing')} text={t('follow-up.list.nothingText')} />
    ) : (
      <ScrollTable
        label={t('follow-up.list.title')}
        head={['number', 'name', 'what', 'day', 'who'].map(k => ({ text: t(`follow-up.list.${k}`) }))}
        rows={v.rows.map(r => [
          {
            text: (
              <a class="govuk-link" href={v.to(`/cases/${r.caseId}/follow-up`)}>
                {r.number}
              </a>
            ),
          },
          { text: r.name || '—' },
          { text: r.kind === 'help' ? <strong>{t('follow-up.kind.help')}</strong> : t(`follow-up.kind.${r.kind}`) },
          { text: formatDay(r.due, t.locale) },
          { text: r.who || '—' },
        ])}
      />
    )}
    {v.total > v.rows.length ? <p class="govuk-body">{t('follow-up.list.more', { total: v.total })}</p> : null}
  </>
)
