import { capital, InsetText } from '../base/components/index.tsx'
import type { T } from '../base/i18n.ts'
import type { Stamp } from '../base/time.ts'
import { DecisionClock } from './screens.tsx'

const w = 'mandatory-report'

/** Above the form of a fact: care first, and what the clock does. */
export const beforeFact = (v: { clock: { lifeHours: number; otherHours: number } }, t: T) => (
  <>
    <p class="govuk-body">{t(`${w}.fact.careFirst`)}</p>
    <p class="govuk-body">{t(`${w}.terms.clock`, { life: v.clock.lifeHours, other: v.clock.otherHours })}</p>
  </>
)

/** Above the decision: what it is about, and until when. */
export const beforeDeciding = (
  v: { text: string; kind: string; when: string; due: Stamp; late: boolean; life: boolean; zone: string },
  t: T,
) => (
  <>
    <InsetText>
      {v.kind ? <strong>{capital(v.kind)}. </strong> : null}
      {t(`${w}.page.learned`, { when: v.when })}
      {v.text ? <p class="govuk-body dv-own-words">{v.text}</p> : null}
    </InsetText>
    <p class="govuk-body">
      <DecisionClock due={v.due} late={v.late} life={v.life} zone={v.zone} t={t} />
    </p>
    <p class="govuk-body">{t(`${w}.decide.alone`)}</p>
  </>
)
