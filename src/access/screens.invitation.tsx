import { Button, Details, Form, FormErrors, WarningText } from '../base/components/index.tsx'
import type { Errors, Values } from '../base/form.ts'
import type { T } from '../base/i18n.ts'
import { invitationForm } from './schema.forms.ts'

interface Shown {
  readonly values?: Values
  readonly errors?: Errors
}

export interface InvitationView extends Shown {
  readonly alias: string
  readonly picture: string
  readonly secret: string
  readonly setup: string
  readonly invitation: string
}
/** The first visit: password, and an app or a printed list for the second step. */
export const InvitationPage = (v: InvitationView, t: T) => (
  <div class="dv-form-page">
    <FormErrors form={invitationForm} errors={v.errors ?? {}} t={t} />
    <h1 class="govuk-heading-l">{t('access.invitation.title', { alias: v.alias })}</h1>
    <p class="govuk-body">{t('access.invitation.intro')}</p>
    <Form
      form={invitationForm}
      t={t}
      action={`/${t.locale}/invitation`}
      values={{ second: 'app', ...v.values, setup: v.setup, invitation: v.invitation }}
      errors={v.errors}
      submitLabel={t('access.invitation.submit')}
      before={{
        code: (
          <Details summaryText={t('access.invitation.picture')} open>
            <p>{t('access.invitation.pictureText')}</p>
            <img class="dv-qr" src={v.picture} alt={t('access.invitation.pictureAlt')} width={200} height={200} />
            <p>
              {t('access.invitation.secret')} <code class="dv-code">{v.secret.replace(/(.{4})/g, '$1 ').trim()}</code>
            </p>
          </Details>
        ),
      }}
    />
  </div>
)

/** What is shown once, to be printed: the recovery code, and the list of one-time codes where there is one. */
export const CodesPage = (v: { recovery?: string | undefined; printed: readonly string[]; first: boolean }, t: T) => (
  <div>
    <h1 class="govuk-heading-l">{t('access.codes.title')}</h1>
    <WarningText text={t('access.codes.once')} />
    {v.recovery ? (
      <section>
        <h2 class="govuk-heading-m">{t('access.codes.recovery')}</h2>
        <p class="govuk-body">{t('access.codes.recoveryText')}</p>
        <p class="dv-code dv-code--large">{v.recovery}</p>
      </section>
    ) : null}
    {v.printed.length > 0 ? (
      <section>
        <h2 class="govuk-heading-m">{t('access.codes.printed')}</h2>
        <p class="govuk-body">{t('access.codes.printedText')}</p>
        <ol class="govuk-list govuk-list--number dv-code">
          {v.printed.map(c => (
            <li>{`${c.slice(0, 5)} ${c.slice(5)}`}</li>
          ))}
        </ol>
      </section>
    ) : null}
    <div class="dv-no-print">
      <button type="button" class="govuk-button govuk-button--secondary" data-print>
        {t('access.codes.print')}
      </button>{' '}
      <Button
        href={v.first ? `/${t.locale}/sign-in` : `/${t.locale}/me`}
        text={v.first ? t('access.codes.toSignIn') : t('access.codes.toMe')}
      />
    </div>
  </div>
)

/** An invitation that is used up, too old or mistyped: one answer for all three. */
export const NoInvitationPage = (t: T) => (
  <div>
    <h1 class="govuk-heading-l">{t('access.invitation.none')}</h1>
    <p class="govuk-body">{t('access.invitation.noneText')}</p>
    <Button href={`/${t.locale}/sign-in`} text={t('access.codes.toSignIn')} />
  </div>
)
