import { capital, Details, InsetText } from '../base/components/index.tsx'
import { formatDayShort, type T } from '../base/i18n.ts'
import type { Assessment } from './schema.assessment.ts'
import type { ClaimView } from './screens.claims.tsx'

const Line = ({ name, text }: { name: string; text: string }) => (text ? <li>{`${name}: ${text}`}</li> : null)
/** Age assessments: what was decided, why the lowest age counts, and what became of an appeal. */
export const Assessments = ({ list, v, t }: { list: readonly Assessment[]; v: ClaimView; t: T }) => (
  <>
    {list.map(a => (
      <InsetText>
        <p class="govuk-body">
          <strong>
            {a.decided === null
              ? t('person.assess.refusedShown', { day: formatDayShort(a.decidedOn, t.locale) })
              : t('person.assess.decidedShown', { age: String(a.decided), day: formatDayShort(a.decidedOn, t.locale), by: a.decidedBy })}
          </strong>{' '}
          {a.decided === null
            ? t('person.assess.refusedMeans')
            : t('person.assess.lowest', { min: String(a.resultMin), max: String(a.resultMax), margin: a.margin })}
        </p>
        <ul class="govuk-list govuk-list--bullet">
          <Line name={t('person.assess.grounds')} text={a.grounds} />
          <Line name={t('person.assess.informedIn')} text={a.informedIn} />
          <Line name={t('person.assess.guardian')} text={a.guardian} />
          <Line name={t('person.assess.methods')} text={a.methods.map(m => t(`person.assessMethod.${m}`)).join(', ')} />
          <Line name={t('person.assess.appealUntil')} text={a.appealUntil && formatDayShort(a.appealUntil, t.locale)} />
          <Line
            name={t('person.appeal.title')}
            text={a.appeal === 'none' ? '' : [t(`person.appealState.${a.appeal}`), a.appealNote].join('. ')}
          />
        </ul>
        {v.canClaim ? (
          <p class="govuk-body dv-print-hide">
            <a class="govuk-link" href={v.to(`/people/${v.id}/assessments/${a.id}`)}>
              {t('person.appeal.link')}
            </a>
          </p>
        ) : null}
      </InsetText>
    ))}
    {v.canClaim ? (
      <Details summaryText={t('person.assess.about')} classes="dv-print-hide">
        <p class="govuk-body">{t('person.assess.rules')}</p>
        <p class="govuk-body">
          <a class="govuk-link" href={v.to(`/people/${v.id}/assessments/new`)}>
            {capital(t('person.assess.title'))}
          </a>
        </p>
      </Details>
    ) : null}
  </>
)
