import { Button, Form, FormErrors, FormPage, ScrollTable, SummaryList, WarningText } from '../base/components/index.tsx'
import type { Errors, Values } from '../base/form.ts'
import { formatDay, formatStamp, type T } from '../base/i18n.ts'
import { appForm, passkeyForm, passwordForm, pinForm } from './schema.forms.ts'

export interface MeView {
  readonly name: string
  readonly alias: string
  readonly roles: readonly string[]
  readonly functions: readonly { readonly team: string; readonly fn: string; readonly waiting: boolean }[]
  readonly sessions: readonly {
    readonly id: string
    readonly since: string
    readonly until: string
    readonly shared: boolean
    /** Empty: a browser or a system that we do not know. */
    readonly device: { readonly browser: string; readonly system: string } | undefined
    readonly locked: boolean
    readonly mine: boolean
  }[]
  readonly passkeys: readonly { readonly id: string; readonly label: string; readonly alone: boolean; readonly day: string }[]
  readonly app: boolean
  readonly printedLeft: number
  readonly pin: boolean
  readonly shared: boolean
  readonly timeZone: string
  readonly pinErrors?: Errors | undefined
}

/** A button that acts: a form of its own, so that it works without JavaScript. */
export const PostButton = ({
  t,
  to,
  text,
  name,
  value,
  classes,
}: {
  t: T
  to: string
  text: string
  name?: string
  value?: string
  classes?: string
}) => (
  <form method="post" action={`/${t.locale}${to}`} class="dv-inline" data-no-guard>
    {name ? <input type="hidden" name={name} value={value} /> : null}
    <Button text={text} classes={classes ?? 'govuk-button--secondary'} />
  </form>
)

const Sessions = ({ v, t }: { v: MeView; t: T }) => (
  <section>
    <h2 class="govuk-heading-m">{t('access.me.sessions')}</h2>
    <ScrollTable
      label={t('access.me.sessions')}
      head={[
        { text: t('access.me.since') },
        { text: t('access.me.ends') },
        { text: t('access.me.where') },
        { text: <span class="govuk-visually-hidden">{t('access.me.act')}</span> },
      ]}
      rows={v.sessions.map(s => [
        { text: formatStamp(s.since, t.locale, v.timeZone) },
        { text: formatStamp(s.until, t.locale, v.timeZone) },
        {
          text: [
            s.device
              ? t('access.me.device', {
                  browser: s.device.browser || t('access.me.otherBrowser'),
                  system: s.device.system || t('access.me.otherSystem'),
                })
              : '',
            s.mine ? t('access.me.thisOne') : '',
            s.shared ? t('access.me.sharedOne') : '',
            s.locked ? t('access.me.lockedOne') : '',
          ]
            .filter(Boolean)
            .join(', '),
        },
        { text: s.mine ? '' : <PostButton t={t} to="/me/sessions/end" name="session" value={s.id} text={t('access.me.end')} /> },
      ])}
    />
  </section>
)

/** One's own account: who I am here, where I am signed in, what I sign in with. */
export const MePage = (v: MeView, t: T) => (
  <div>
    <FormErrors form={pinForm} errors={v.pinErrors ?? {}} t={t} />
    <h1 class="govuk-heading-l">{v.alias}</h1>
    <SummaryList
      rows={[
        { key: { text: t('access.me.name') }, value: { text: v.name } },
        { key: { text: t('access.me.roles') }, value: { text: v.roles.map(r => t(`base.role.${r}`)).join(', ') } },
        {
          key: { text: t('access.me.functions') },
          value: {
            text:
              v.functions.length === 0
                ? '—'
                : v.functions.map(f => (
                    <div>{`${f.team}: ${t(`access.fn.${f.fn}`)}${f.waiting ? ` (${t('access.waiting.tag')})` : ''}`}</div>
                  )),
          },
        },
      ]}
    />
    {v.roles.every(r => r === 'interpreter' || r === 'partner') ? null : (
      <p class="govuk-body">
        <a class="govuk-link" href={`/${t.locale}/me/absence`}>
          {t('access-admin.absence.mine')}
        </a>
      </p>
    )}
    <Sessions v={v} t={t} />
    <section>
      <h2 class="govuk-heading-m">{t('access.me.secrets')}</h2>
      <SummaryList
        rows={[
          {
            key: { text: t('access.field.password') },
            value: { text: t('access.me.passwordSet') },
            actions: { items: [{ href: `/${t.locale}/me/password`, text: t('access.me.change') }] },
          },
          {
            key: { text: t('access.me.app') },
            value: { text: t(v.app ? 'access.me.yes' : 'access.me.no') },
            actions: { items: [{ href: `/${t.locale}/me/app`, text: t('access.me.change') }] },
          },
          {
            key: { text: t('access.me.printed') },
            value: { text: t('access.me.printedLeft', { count: v.printedLeft }) },
            actions: { items: [{ href: `/${t.locale}/me/codes`, text: t('access.me.renew') }] },
          },
          {
            key: { text: t('access.me.recovery') },
            value: { text: t('access.me.recoveryText') },
            actions: { items: [{ href: `/${t.locale}/me/recovery`, text: t('access.me.renew') }] },
          },
          {
            key: { text: t('access.me.passkeys') },
            value: {
              text:
                v.passkeys.length === 0
                  ? t('access.me.noPasskey')
                  : v.passkeys.map(p => (
                      <div>
                        {`${p.label}, ${formatDay(p.day, t.locale)}: ${t(p.alone ? 'access.me.alone' : 'access.me.codeOnly')} `}
                        <PostButton t={t} to="/me/passkeys/remove" name="passkey" value={p.id} text={t('access.me.remove')} />
                      </div>
                    )),
            },
            actions: { items: [{ href: `/${t.locale}/me/passkeys/new`, text: t('access.me.add') }] },
          },
        ]}
      />
    </section>
    <section>
      <h2 class="govuk-heading-m">{t('access.me.pinTitle')}</h2>
      <p class="govuk-body">{t(v.pin ? 'access.me.pinSet' : 'access.me.pinNone')}</p>
      <Form form={pinForm} t={t} action={`/${t.locale}/me/pin`} errors={v.pinErrors} submitLabel={t('access.me.pinSubmit')} />
    </section>
  </div>
)

export const PasswordPage = (v: { values?: Values; errors?: Errors }, t: T) => (
  <FormPage
    form={passwordForm}
    t={t}
    action={`/${t.locale}/me/password`}
    values={v.values}
    errors={v.errors}
    title={t('access.password.title')}
    intro={<p class="govuk-body">{t('access.password.intro')}</p>}
    submitLabel={t('access.password.submit')}
  />
)

export const NewPasskeyPage = (v: { values?: Values; errors?: Errors; options: string }, t: T) => (
  <FormPage
    form={passkeyForm}
    t={t}
    action={`/${t.locale}/me/passkeys/new`}
    values={v.values}
    errors={v.errors}
    title={t('access.passkey.title')}
    intro={<p class="govuk-body">{t('access.passkey.intro')}</p>}
    submitLabel={t('access.passkey.submit')}
  >
    <div data-passkey="create" data-options={v.options}>
      <p
        class="govuk-error-message"
        role="alert"
        data-passkey-error
        data-failed={t('access.passkey.failed')}
        data-more={t('access.passkey.failed')}
      />
      <noscript>
        <p class="govuk-body">{t('access.passkey.noScript')}</p>
      </noscript>
    </div>
  </FormPage>
)

export const AppPage = (v: { errors?: Errors | undefined; picture: string; secret: string; setup: string }, t: T) => (
  <FormPage
    form={appForm}
    t={t}
    action={`/${t.locale}/me/app`}
    values={{ setup: v.setup }}
    errors={v.errors}
    title={t('access.app.title')}
    submitLabel={t('access.app.submit')}
    intro={
      <>
        <p class="govuk-body">{t('access.invitation.pictureText')}</p>
        <img class="dv-qr" src={v.picture} alt={t('access.invitation.pictureAlt')} width={200} height={200} />
        <p class="govuk-body">
          {t('access.invitation.secret')} <code class="dv-code">{v.secret.replace(/(.{4})/g, '$1 ').trim()}</code>
        </p>
      </>
    }
  />
)

/** A question before something is made anew: the old one stops working. */
export const RenewPage = (v: { to: string; what: 'recovery' | 'codes' }, t: T) => (
  <div>
    <h1 class="govuk-heading-l">{t(`access.renew.${v.what}`)}</h1>
    <WarningText text={t('access.renew.warning')} />
    <PostButton t={t} to={v.to} text={t('access.renew.submit')} classes="" />
  </div>
)
