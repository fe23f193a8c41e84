import { Button, FormPage, InsetText, WarningText } from '../base/components/index.tsx'
import type { Errors, Values } from '../base/form.ts'
import type { T } from '../base/i18n.ts'
import { codeForm } from './schema.forms.ts'
import { dayPath } from './schema.public-form.ts'

/** The form that makes a code, filled in together with the child. */
export const codeFormScreen = (
  v: { action: string; back: string; number: string; command: string; values: Values; errors: Errors | undefined; replaces: boolean },
  t: T,
) => (
  <FormPage
    form={codeForm}
    t={t}
    action={v.action}
    values={v.values}
    errors={v.errors}
    command={v.command}
    title={t('follow-up.code.title')}
    submitLabel={t('follow-up.code.submit')}
    intro={
      <>
        <p class="govuk-caption-m">{v.number}</p>
        <p class="govuk-body">{t('follow-up.code.intro')}</p>
        <p class="govuk-body">{t('follow-up.code.whoHolds')}</p>
        {v.replaces ? <WarningText text={t('follow-up.code.replaces')} /> : null}
      </>
    }
    after={
      <a class="govuk-link" href={v.back}>
        {t('base.button.cancel')}
      </a>
    }
  />
)

/** Shown once. Neither the child's word nor the word for danger is on it. */
export const codeShownScreen = (v: { parts: readonly string[]; kind: 'words' | 'digits'; language: string; back: string }, t: T) => (
  <>
    <h1 class="govuk-heading-l">{t('follow-up.code.shownTitle')}</h1>
    <p class="govuk-body-l">{t('follow-up.code.shownText')}</p>
    {v.kind === 'words' ? (
      <ol class="dv-secret" translate={false}>
        {v.parts.map(word => (
          <li>{word}</li>
        ))}
      </ol>
    ) : (
      <p class="dv-secret" translate={false}>
        {v.parts.join(' ')}
      </p>
    )}
    <p class="govuk-body">
      {t('follow-up.code.where')} <strong translate={false}>{dayPath(v.language)}</strong>
    </p>
    <InsetText text={t('follow-up.code.sayFirst')} />
    <Button text={t('follow-up.code.done')} href={v.back} />
  </>
)
