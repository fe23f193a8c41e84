import { FormPage, type FormProps, InsetText } from '../base/components/index.tsx'
import type { T } from '../base/i18n.ts'
import type { Id } from '../base/id.ts'
import type { RegisterLink } from './schema.registers.ts'

export interface TakeView {
  readonly link: RegisterLink
  readonly name: string
  readonly personId: Id
  readonly others: readonly Id[]
  readonly back: string
  /** Undefined where there is nothing to take, or where this person may not write claims. */
  readonly form: Omit<FormProps, 't' | 'submitLabel'> | undefined
  readonly to: (path: string) => string
}
/** What a row of a partner says, to be taken over as claims of one of ours. */
export const takeScreen = (v: TakeView, t: T) => {
  const intro = (
    <>
      <p class="govuk-body">
        {t('register.take.whom')}{' '}
        <a class="govuk-link" href={v.to(`/people/${v.personId}`)}>
          {v.name || t('person.unnamed')}
        </a>
      </p>
      <p class="govuk-body">{t('register.take.intro', { from: v.link.agreement.from })}</p>
      {v.others.map(id => (
        <InsetText>
          <p class="govuk-body">{t('register.take.twice')}</p>
          <a class="govuk-link" href={v.to(`/people/${v.personId}/matches/${id}`)}>
            {t('register.take.join')}
          </a>
        </InsetText>
      ))}
    </>
  )
  const back = (
    <p class="govuk-body">
      <a class="govuk-link" href={v.back}>
        {t('register.take.back')}
      </a>
    </p>
  )
  return v.form ? (
    <>
      <FormPage {...v.form} t={t} title={t('register.take.title')} intro={intro} submitLabel={t('register.take.submit')} />
      {back}
    </>
  ) : (
    <>
      <h1 class="govuk-heading-l">{t('register.take.title')}</h1>
      {intro}
      <p class="govuk-body">{t('register.take.nothing')}</p>
      {back}
    </>
  )
}
