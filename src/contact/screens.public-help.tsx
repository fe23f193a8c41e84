import type { T } from '../base/i18n.ts'

const answers = ['yes', 'partly', 'no'] as const

/** The question with its three answers, for the end of a talk. Works without scripts; nothing is said of who answers. */
export const HelpQuestion = ({ t }: { t: T }) => (
  <form action={`/${t.locale}/helped`} method="post" class="dv-helped">
    <fieldset class="govuk-fieldset">
      <legend class="govuk-fieldset__legend govuk-fieldset__legend--m">{t('contact-help.question')}</legend>
      <p class="govuk-body">{t('contact-help.nameless')}</p>
      <div class="govuk-button-group">
        {answers.map(a => (
          <button type="submit" name="answer" value={a} class="govuk-button govuk-button--secondary">
            {t(`contact-help.${a}`)}
          </button>
        ))}
      </div>
    </fieldset>
  </form>
)
export const helpQuestionScreen = (t: T) => (
  <>
    <h1 class="govuk-heading-l">{t('contact-help.title')}</h1>
    <HelpQuestion t={t} />
  </>
)
export const helpedScreen = (t: T) => (
  <>
    <h1 class="govuk-heading-l">{t('contact-help.thanks')}</h1>
    <p class="govuk-body">{t('contact-help.again')}</p>
    <p class="govuk-body">
      <a class="govuk-link" href={`/${t.locale}`}>
        {t('contact-help.home')}
      </a>
    </p>
  </>
)
