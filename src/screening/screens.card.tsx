import type { T } from '../base/i18n.ts'
import { Card, Link } from '../case/screens.cards.tsx'
import type { KnownFact, ScreeningEvent, ScreeningSummary } from './schema.ts'
import { decisionText, factText } from './screens.parts.tsx'

/** On the page of a case: the decision, whether the child is at risk, and since when a fact is known. Circumstances are never shown as a mark. */
export const screeningCard = (
  v: { summary: ScreeningSummary | undefined; fact: KnownFact | null; href: string; timeZone: string },
  t: T,
) => (
  <Card title={t('screening.page.title')}>
    {v.summary ? (
      <p class="govuk-body">
        {t('screening.decision.outcome')}: <strong>{decisionText(v.summary, t)}</strong>
        {v.summary.atRisk === 'not_asked' ? null : (
          <>
            <br />
            {t(`screening.page.atRisk.${v.summary.atRisk}`)}
          </>
        )}
      </p>
    ) : null}
    {v.fact ? <p class="govuk-body">{factText(v.fact, v.timeZone, t)}</p> : null}
    <Link href={v.href} text={t('screening.page.toPage')} />
  </Card>
)

/** What the timeline of a case says of one event. */
export const eventContent = (e: ScreeningEvent, t: T) => {
  const line = (text: string) => (text ? <p class="govuk-body">{text}</p> : null)
  switch (e.type) {
    case 'screening_decided':
      return (
        <>
          {line(`${t('screening.decision.outcome')}: ${decisionText(e, t)}`)}
          {line(e.decision.reason)}
        </>
      )
    case 'screening_facts_added':
      return (
        <>
          {line(e.facts.map(f => (f.kind === 'known' ? t('screening.known.fact') : t(`screening.${f.kind}.${f.code}`))).join('; '))}
          <p class="govuk-body dv-own-words">{e.facts[0]?.text ?? ''}</p>
        </>
      )
    case 'screening_fact_withdrawn':
      return line(e.reason)
    case 'screening_circumstances_set':
      return line(e.about)
    case 'screening_approach_set':
      return line(t(`screening.channel.${e.approach.channel}`))
    case 'screening_route_set':
      return line([e.route.origin, e.route.transit, e.route.destination].filter(Boolean).join(' → '))
    case 'screening_taken_over':
      return null
  }
}
