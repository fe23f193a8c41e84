import { Button, type Content, Details, DueTag, InsetText, Tag } from '../base/components/index.tsx'
import { formatDayShort, type T } from '../base/i18n.ts'
import { type Day, daysBetween } from '../base/time.ts'
import { type Apart, ApartWarning } from '../case/screens.apart.tsx'
import type { Step, StepWords } from './schema.ts'

type SeenStep = Step<StepWords | undefined>

export interface PlanView {
  readonly caseId: string
  readonly number: string
  readonly today: Day
  readonly apart: readonly Apart[]
  readonly open: readonly SeenStep[]
  readonly closed: readonly SeenStep[]
  readonly can: { readonly write: boolean; readonly together: boolean; readonly starters: boolean }
  readonly alias: (id: string | null) => string
  readonly to: (path: string) => string
}

const whoOf = (s: SeenStep, alias: PlanView['alias'], t: T): string => {
  if (!s.words) return s.assignee ? alias(s.assignee) : ''
  if (s.words.who === 'colleague') return alias(s.assignee)
  return s.words.who === 'outside' ? s.words.outside : t(`plan.who.${s.words.who}`)
}
/** Late is said, never shouted: amber and words. */
const Due = ({ s, today, t }: { s: SeenStep; today: Day; t: T }) => {
  const late = daysBetween(s.due, today)
  if (late > 0) return <DueTag late text={t('plan.page.late', { days: late, day: formatDayShort(s.due, t.locale) })} />
  if (late === 0) return <DueTag text={t('plan.page.today')} />
  return <Tag classes="govuk-tag--grey" text={t('plan.page.by', { day: formatDayShort(s.due, t.locale) })} />
}
/** One sentence: what they said, who said it and how, when, when somebody comes back to it, and in what words. */
export const answerLine = (a: StepWords['answers'][number], t: T): string =>
  [
    t('plan.page.answered', {
      answer: t(`plan.answer.${a.answer}`),
      by: a.by,
      way: t(`plan.way.${a.way}`).toLowerCase(),
      day: formatDayShort(a.on, t.locale),
    }),
    a.next ? t('plan.page.next', { day: formatDayShort(a.next, t.locale) }) : '',
    // Last: their words end as they like, and run into nothing of ours.
    a.words,
  ]
    .filter(Boolean)
    .join(' ')
const Answers = ({ s, t }: { s: SeenStep; t: T }) => (
  <>
    {s.words?.answers.map(a => (
      <p class="govuk-body-s govuk-!-margin-bottom-1">{answerLine(a, t)}</p>
    ))}
  </>
)
const Act = ({ href, text, of }: { href: string; text: string; of: string }) => (
  <a class="govuk-link" href={href}>
    {text}
    <span class="govuk-visually-hidden">{`: ${of}`}</span>
  </a>
)
const OpenStep = ({ s, v, t }: { s: SeenStep; v: PlanView; t: T }) => {
  const at = (p: string) => v.to(`/cases/${v.caseId}/plan/${s.id}/${p}`)
  const what = s.words?.what ?? t('plan.page.sealed')
  return (
    <li class="dv-card">
      <p class="govuk-body govuk-!-margin-bottom-1">
        <Due s={s} today={v.today} t={t} /> <span class="govuk-hint">{whoOf(s, v.alias, t)}</span>
      </p>
      <p class="govuk-body govuk-!-margin-bottom-1">
        <strong>{what}</strong>
      </p>
      {s.words?.done ? <p class="govuk-body-s govuk-!-margin-bottom-1">{t('plan.page.doneMeans', { text: s.words.done })}</p> : null}
      {s.words?.family ? <p class="govuk-body-s govuk-!-margin-bottom-1">{t('plan.page.family')}</p> : null}
      {s.words?.moves.map(m => (
        <p class="govuk-body-s govuk-!-margin-bottom-1">
          {t('plan.page.moved', { from: formatDayShort(m.from, t.locale), to: formatDayShort(m.to, t.locale), reason: m.reason })}
        </p>
      ))}
      <Answers s={s} t={t} />
      {v.can.write && s.words ? (
        <p class="govuk-body dv-print-hide">
          {s.words.who === 'outside' ? (
            <>
              <Act href={at('answer')} text={t('plan.act.answer')} of={what} /> ·{' '}
            </>
          ) : null}
          <Act href={at('done')} text={t('plan.act.done')} of={what} /> · <Act href={at('later')} text={t('plan.act.later')} of={what} /> ·{' '}
          <Act href={at('skip')} text={t('plan.act.skip')} of={what} /> · <Act href={at('change')} text={t('plan.act.change')} of={what} />
        </p>
      ) : null}
    </li>
  )
}
const ClosedStep = ({ s, v, t }: { s: SeenStep; v: PlanView; t: T }) => (
  <li>
    <Tag classes="govuk-tag--grey" text={t(`plan.state.${s.state}`)} /> {s.words?.what ?? t('plan.page.sealed')}
    {s.words?.cameOf ? <div class="dv-own-words">{s.words.cameOf}</div> : null}
    <Answers s={s} t={t} />
    <div class="govuk-body-s dv-muted govuk-!-margin-bottom-0">
      {whoOf(s, v.alias, t)}
      {v.can.write && s.words ? (
        <span class="dv-print-hide">
          {' · '}
          <Act href={v.to(`/cases/${v.caseId}/plan/${s.id}/reopen`)} text={t('plan.act.reopen')} of={s.words.what} />
        </span>
      ) : null}
    </div>
  </li>
)

/** What is to be done, by whom and when; below it what was done. */
export const planScreen = (v: PlanView, t: T) => {
  const at = (p: string) => v.to(`/cases/${v.caseId}/plan/${p}`)
  return (
    <>
      <span class="govuk-caption-m">{v.number}</span>
      <h1 class="govuk-heading-l">{t('plan.page.title')}</h1>
      <ApartWarning links={v.apart} t={t} />
      {v.can.write ? (
        <div class="govuk-button-group dv-print-hide">
          <Button href={at('new')} text={t('plan.act.add')} />
          {v.can.together ? <Button href={at('together')} classes="govuk-button--secondary" text={t('plan.act.together')} /> : null}
          {v.can.starters ? <Button href={at('first-hours')} classes="govuk-button--secondary" text={t('plan.act.starters')} /> : null}
        </div>
      ) : null}
      <h2 class="govuk-heading-m">{t('plan.page.open')}</h2>
      {v.open.length === 0 ? (
        <InsetText text={t(v.closed.length === 0 ? 'plan.page.empty' : 'plan.page.allDone')} />
      ) : (
        <ul class="govuk-list">
          {v.open.map(s => (
            <OpenStep s={s} v={v} t={t} />
          ))}
        </ul>
      )}
      {v.closed.length > 0 ? (
        <>
          <h2 class="govuk-heading-m">{t('plan.page.closed')}</h2>
          <ul class="govuk-list dv-done-steps">
            {v.closed.map(s => (
              <ClosedStep s={s} v={v} t={t} />
            ))}
          </ul>
        </>
      ) : null}
      <Details summaryText={t('plan.page.why')} text={t('plan.page.whyText')} classes="dv-print-hide" />
    </>
  )
}

/** The next steps on the page of the case: at most four. */
export const planCard = (v: Pick<PlanView, 'caseId' | 'today' | 'open' | 'alias' | 'to'>, t: T): Content => (
  <section class="dv-card">
    <h2 class="govuk-heading-s">{t('plan.card.title')}</h2>
    <ul class="govuk-list">
      {v.open.slice(0, 4).map(s => (
        <li>
          <Due s={s} today={v.today} t={t} /> {s.words?.what ?? t('plan.page.sealed')}
          {whoOf(s, v.alias, t) ? <span class="dv-muted"> · {whoOf(s, v.alias, t)}</span> : null}
        </li>
      ))}
    </ul>
    <p class="govuk-body-s">
      <a class="govuk-link" href={v.to(`/cases/${v.caseId}/plan`)}>
        {t(v.open.length > 4 ? 'plan.card.more' : 'plan.card.open', { n: v.open.length - 4 })}
      </a>
    </p>
  </section>
)
/** What stands above a form about one step. */
export const aboveStep = (s: StepWords | undefined, t: T): Content =>
  s ? (
    <InsetText>
      <p class="govuk-body">
        <strong>{s.what}</strong>
      </p>
      {s.done ? <p class="govuk-body">{t('plan.page.doneMeans', { text: s.done })}</p> : null}
    </InsetText>
  ) : null

/** In the timeline: seven first steps in one sentence are read by nobody. */
export const madeSteps = (lines: readonly string[]): Content =>
  lines.length < 2 ? (
    lines[0]
  ) : (
    <ul class="govuk-list govuk-list--bullet">
      {lines.map(l => (
        <li>{l}</li>
      ))}
    </ul>
  )
