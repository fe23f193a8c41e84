import { Button, capital, Details, DueTag, EmptyState, InsetText, SummaryList, WarningText } from '../base/components/index.tsx'
import { formatDay, formatStamp, formatStampShort, type T } from '../base/i18n.ts'
import type { Id } from '../base/id.ts'
import type { Day, Stamp } from '../base/time.ts'
import { Card, Link, Small } from '../case/screens.cards.tsx'
import type { Decision, DecisionBody, FactWords, LetterBody, LetterState, Recipient, ReportFact } from './schema.ts'

const w = 'mandatory-report'

export interface FactView {
  readonly fact: ReportFact
  /** Its place among the facts of the case, the oldest first: two whose words are closed must not be taken for each other. */
  readonly n: number
  readonly kind: string
  readonly words: FactWords | undefined
  /** The story's key is not held: the words stay closed. */
  readonly closed: boolean
  readonly due: Stamp
  readonly late: boolean
  readonly asks: boolean
  readonly decision: (Omit<Decision, 'body'> & { readonly body: DecisionBody | undefined; readonly by: string }) | undefined
  readonly letters: readonly LetterLine[]
}
export interface LetterLine {
  readonly id: Id
  readonly number: string
  readonly recipient: string
  readonly state: LetterState
  readonly sendDue: Day
  readonly sent: Day | null
  readonly answerDue: Day | null
  readonly written: boolean
  readonly late: boolean
  readonly body: LetterBody | undefined
}
export interface ReportsView {
  readonly caseId: Id
  readonly number: string
  readonly facts: readonly FactView[]
  readonly recipients: readonly Recipient[]
  readonly clock: { readonly life: number; readonly other: number }
  readonly escalateTo: string
  readonly version: number
  /** The words are closed and can be opened. */
  readonly openWords: boolean
  readonly timeZone: string
  readonly can: { readonly fact: boolean; readonly decide: boolean; readonly write: boolean; readonly follow: boolean }
  readonly to: (path: string) => string
}

/** Whose day it is by: said of every term, so that a habit of ours is never taken for law. */
export const LocalPolicy = ({ t }: { t: T }) => <span class="dv-muted"> ({t(`${w}.localPolicy`)})</span>

export const DecisionClock = ({ due, late, life, zone, t }: { due: Stamp; late: boolean; life: boolean; zone: string; t: T }) => (
  <>
    <DueTag late={late} text={t(late ? `${w}.clock.was` : `${w}.clock.until`, { when: formatStampShort(due, t.locale, zone) })} />
    {life ? <strong> {t(`${w}.clock.life`)}</strong> : null}
    <LocalPolicy t={t} />
  </>
)

/** Where a letter stands, in one sentence. */
export const letterText = (l: Pick<LetterLine, 'state' | 'sendDue' | 'sent' | 'answerDue' | 'body'>, t: T): string => {
  const day = (d: Day | null) => (d ? formatDay(d, t.locale) : '')
  switch (l.state) {
    case 'draft':
      return t(`${w}.line.draft`, { day: day(l.sendDue) })
    case 'sent':
      return t(`${w}.line.sent`, { day: day(l.sent), due: day(l.answerDue) })
    case 'registered':
      return t(`${w}.line.registered`, { number: l.body?.number ?? '—', day: day(l.body?.registered ?? null), due: day(l.answerDue) })
    case 'answered':
      return t(`${w}.line.answered`, { day: day(l.body?.answered ?? null) })
    case 'stopped':
      return t(`${w}.line.stopped`)
  }
}

const Letters = ({ v, f, t }: { v: ReportsView; f: FactView; t: T }) =>
  f.letters.length === 0 ? null : (
    <>
      <h3 class="govuk-heading-s">{t(`${w}.page.letters`)}</h3>
      <ul class="govuk-list govuk-list--spaced">
        {f.letters.map(l => (
          <li>
            <Link href={v.to(`/cases/${v.caseId}/letters/${l.id}`)} text={l.recipient} />
            {': '}
            {letterText(l, t)}
            {l.late ? (
              <>
                {' '}
                <DueTag late text={t(l.state === 'draft' ? `${w}.late.send` : `${w}.late.answer`)} />
              </>
            ) : null}
            {l.late && l.state !== 'draft' && l.recipient !== v.escalateTo && v.can.decide ? (
              <p class="govuk-body-s">
                {t(`${w}.page.escalate`)}{' '}
                <Link
                  href={v.to(`/cases/${v.caseId}/reports/${f.fact.id}/decide`)}
                  text={t(`${w}.page.escalateLink`, { to: v.escalateTo })}
                />
              </p>
            ) : null}
          </li>
        ))}
      </ul>
    </>
  )

const Fact = ({ v, f, t }: { v: ReportsView; f: FactView; t: T }) => {
  const decide = v.to(`/cases/${v.caseId}/reports/${f.fact.id}/decide`)
  return (
    <Card title={`${f.n}. ${capital(f.kind)}`}>
      {f.words ? <p class="govuk-body dv-own-words">{f.words.text}</p> : f.closed ? <Small>{t(`${w}.page.sealed`)}</Small> : null}
      <Small>
        {[
          t(`${w}.page.learned`, { when: formatStamp(f.fact.learned, t.locale, v.timeZone) }),
          f.words?.happened ? t(`${w}.page.happened`, { when: f.words.happened }) : '',
          f.words?.paperBy ? t('case.note.onPaper', { by: f.words.paperBy }) : '',
        ]
          .filter(Boolean)
          .join(' · ')}
      </Small>
      {f.decision ? (
        <>
          <p class="govuk-body">
            <strong>
              {t(`${w}.decided.${f.decision.answer}`, { day: f.decision.until ? formatDay(f.decision.until, t.locale) : '' })}
            </strong>
            {f.decision.body?.reason ? `. ${capital(f.decision.body.reason)}` : ''}
          </p>
          {f.decision.body ? (
            <Small>
              {f.decision.by}, {formatStampShort(f.decision.body.at, t.locale, v.timeZone)}
            </Small>
          ) : null}
        </>
      ) : null}
      {f.asks && !(f.decision?.answer === 'later' && !f.late) ? (
        <p class="govuk-body">
          {t(`${w}.page.needsDecision`)} <DecisionClock due={f.due} late={f.late} life={f.fact.life} zone={v.timeZone} t={t} />
        </p>
      ) : null}
      <Letters v={v} f={f} t={t} />
      {v.can.decide ? (
        f.asks ? (
          <Button href={decide} text={t(`${w}.page.decide`)} classes="dv-print-hide" />
        ) : (
          <p class="govuk-body dv-print-hide">
            <Link href={decide} text={t(`${w}.page.decideAgain`)} />
          </p>
        )
      ) : null}
    </Card>
  )
}

/** Who is told what, and by when they answer: the organisation's own data with its source. */
const Terms = ({ v, t }: { v: ReportsView; t: T }) => {
  const lang = t.locale === 'en' ? 'en' : 'ru'
  return (
    <Details summaryText={t(`${w}.terms.title`)} classes="dv-print-hide">
      <p class="govuk-body">{t(`${w}.terms.clock`, { life: v.clock.life, other: v.clock.other })}</p>
      <SummaryList
        rows={v.recipients.map(r => ({
          key: { text: r[lang] },
          value: {
            text: (
              <>
                {capital(r.when[lang])}. {t(`${w}.terms.${r.answer.count}`, { n: r.answer.days })}
                <br />
                <span class="dv-muted">
                  {r.basis === 'law' ? t(`${w}.terms.source`, { source: r.source }) : t(`${w}.localPolicy`)}.{' '}
                  {r.checked ? t(`${w}.terms.checked`, { day: formatDay(r.checked, t.locale) }) : t(`${w}.terms.unchecked`)}
                </span>
              </>
            ),
          },
        }))}
      />
      <p class="govuk-body-s">{t(`${w}.terms.version`, { n: v.version })}</p>
    </Details>
  )
}

/** Reports of one case. Care stands above: the child comes before the paper. */
export const reportsScreen = (v: ReportsView, t: T) => (
  <>
    <span class="govuk-caption-m">{v.number}</span>
    <h1 class="govuk-heading-l">{t(`${w}.page.title`)}</h1>
    <InsetText>
      <strong>{t(`${w}.page.careFirst`)}</strong> {t(`${w}.page.careText`)}{' '}
      <Link href={v.to(`/cases/${v.caseId}/plan`)} text={t(`${w}.page.careLink`)} />
    </InsetText>
    {v.facts.some(f => f.asks && f.fact.life && f.decision?.answer !== 'later') ? <WarningText text={t(`${w}.page.phoneFirst`)} /> : null}
    {v.facts.length === 0 ? <EmptyState title={t(`${w}.page.empty`)} text={t(`${w}.page.emptyText`)} /> : null}
    {v.openWords ? (
      <p class="govuk-body dv-print-hide">
        <Link href={v.to(`/cases/${v.caseId}/reports?open=story`)} text={t(`${w}.page.openWords`)} />
      </p>
    ) : null}
    {v.facts.map(f => (
      <Fact v={v} f={f} t={t} />
    ))}
    {v.can.fact ? (
      <Button
        href={v.to(`/cases/${v.caseId}/reports/facts/new`)}
        text={t(`${w}.fact.title`)}
        classes={v.facts.length > 0 ? 'govuk-button--secondary dv-print-hide' : 'dv-print-hide'}
      />
    ) : null}
    <Terms v={v} t={t} />
  </>
)

export interface CardLine {
  readonly text: string
  readonly due?: { readonly at: Stamp; readonly late: boolean; readonly life: boolean }
  readonly late?: boolean
  readonly href: string
}
/** On the case page: what runs, most urgent first, four lines at most. */
export const reportsCard = (v: { lines: readonly CardLine[]; more: number; all: string; timeZone: string }, t: T) => (
  <Card title={t(`${w}.card.title`)}>
    <ul class="govuk-list">
      {v.lines.map(l => (
        <li>
          <Link href={l.href} text={l.text} />{' '}
          {l.due ? <DecisionClock due={l.due.at} late={l.due.late} life={l.due.life} zone={v.timeZone} t={t} /> : null}
          {l.late ? <DueTag late text={t(`${w}.late.short`)} /> : null}
        </li>
      ))}
    </ul>
    {v.more > 0 ? <Link href={v.all} text={t(`${w}.card.more`, { n: v.more })} /> : null}
  </Card>
)
