import type { T } from '../base/i18n.ts'
import type { Role } from '../base/people.ts'
import type { TourStep } from './schema.tour.ts'

export interface TourView {
  readonly role: Role
  readonly steps: readonly TourStep[]
  readonly hidden: boolean
  /** Link within the office in the current language. */
  readonly to: (path: string) => string
}

/** What to try first, for somebody who is here for the first time. Put away by a link, without a script and without a cookie; closed by hand as any details. */
export const Tour = ({ role, steps, hidden, to }: TourView, t: T) =>
  hidden ? (
    <p class="govuk-body-s">
      <a class="govuk-link" href={to('/worklist')}>
        {t('demo.tour.show')}
      </a>
    </p>
  ) : (
    <details class="govuk-details" open>
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">{t('demo.tour.title', { role: t(`base.role.${role}`) })}</span>
      </summary>
      <div class="govuk-details__text">
        <p class="govuk-body">{t('demo.tour.intro')}</p>
        <ol class="govuk-list govuk-list--number">
          {steps.map(s => (
            <li key={s.key}>
              <a class="govuk-link" href={to(s.href)}>
                {t(`demo.tour.${role}.${s.key}.do`)}
              </a>
              {' — '}
              {t(`demo.tour.${role}.${s.key}.see`)}
            </li>
          ))}
        </ol>
        <p class="govuk-body-s govuk-!-margin-bottom-0">
          <a class="govuk-link" href={to('/worklist?tour=off')}>
            {t('demo.tour.hide')}
          </a>
        </p>
      </div>
    </details>
  )
