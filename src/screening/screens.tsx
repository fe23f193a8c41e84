import { InsetText, Timeline, WarningText } from '../base/components/index.tsx'
import { formatStampShort, type T } from '../base/i18n.ts'
import { ApartWarning } from '../case/screens.apart.tsx'
import {
  ApproachSection,
  CircumstancesSection,
  DecisionSection,
  FactsSection,
  RouteSection,
  type ScreeningView,
  Section,
} from './screens.parts.tsx'

/** What must be known before a form is filled in. */
export const StepAbove = ({ text, t }: { text: string | undefined; t: T }) => (text ? <InsetText text={t(text)} /> : null)

/** The whole screening on one page, the decision first; each part changes by a short form of its own. */
export const screeningScreen = (v: ScreeningView, t: T) => (
  <>
    <p class="govuk-caption-m">{v.number}</p>
    <h1 class="govuk-heading-l">{t('screening.page.title')}</h1>
    <ApartWarning links={v.apart} t={t} />
    {v.other.map(o => (
      <p class="govuk-body">
        <a class="govuk-link" href={o.href}>
          {o.text}
        </a>
      </p>
    ))}
    {v.sealed ? <WarningText text={t('screening.page.sealed')} /> : null}
    {v.canOpen ? (
      <p class="govuk-body dv-print-hide">
        <a class="govuk-link" href={`${v.at}?open=story`}>
          {t('screening.page.open')}
        </a>
      </p>
    ) : null}
    <div class="dv-columns">
      <div>
        <DecisionSection v={v} t={t} />
        <FactsSection v={v} t={t} />
        <ApproachSection v={v} t={t} />
        <RouteSection v={v} t={t} />
      </div>
      <div>
        <CircumstancesSection v={v} t={t} />
        <Section title={t('screening.page.course')}>
          {v.course.length === 0 ? (
            <p class="govuk-body">{t('screening.page.nothingYet')}</p>
          ) : (
            <Timeline
              headingLevel={3}
              items={v.course.map(e => ({
                title: t(`screening.event.${e.type}`),
                byline: e.by,
                datetime: e.at,
                when: formatStampShort(e.at, t.locale, v.timeZone),
              }))}
            />
          )}
        </Section>
      </div>
    </div>
  </>
)
