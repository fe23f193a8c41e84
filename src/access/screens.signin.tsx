import { Button, capital, Details, Form, FormErrors, InsetText } from '../base/components/index.tsx'
import type { Errors, Values } from '../base/form.ts'
import type { T } from '../base/i18n.ts'
import { recoverForm, signInShown, stepUpShown, unlockCodeShown, unlockShown } from './schema.forms.ts'

interface Shown {
  readonly values?: Values
  readonly errors?: Errors
}

/** The button that asks the browser for a passkey; shown by the island only where it can work. `options` is what the browser is asked. */
const Passkey = ({ t, options, text }: { t: T; options: string; text: string }) => (
  <div class="dv-passkey" hidden data-passkey="get" data-options={options}>
    <button type="button" class="govuk-button govuk-button--secondary" data-passkey-button>
      {text}
    </button>
    <p
      class="govuk-error-message"
      role="alert"
      data-passkey-error
      data-failed={t('access.passkey.failed')}
      data-more={t('access.passkey.alsoPassword')}
    />
  </div>
)

export interface DemoPerson {
  readonly id: string
  readonly alias: string
  readonly roles: readonly string[]
}
export interface SignInView extends Shown {
  readonly passkey: string
  readonly demo: readonly DemoPerson[]
  readonly next: string
  readonly note?: 'left' | 'recovered' | 'ready' | 'ended' | 'own' | undefined
}

/** Sign-in. A demonstration lists its people first: one click each. */
export const SignInPage = (v: SignInView, t: T) => (
  <div class="dv-form-page">
    <FormErrors form={signInShown} errors={v.errors ?? {}} t={t} />
    <h1 class="govuk-heading-l">{t('access.signIn.title')}</h1>
    {v.note ? <InsetText text={t(`access.signIn.note.${v.note}`)} /> : null}
    {v.demo.length > 0 ? (
      <section aria-labelledby="demo-people">
        <h2 class="govuk-heading-m" id="demo-people">
          {t('access.demo.title')}
        </h2>
        <p class="govuk-body">{t('access.demo.text')}</p>
        <form method="post" action={`/${t.locale}/demo/sign-in`} data-no-guard>
          <input type="hidden" name="next" value={v.next} />
          <ul class="govuk-list dv-demo-people">
            {v.demo.map(p => (
              <li>
                <button type="submit" name="person" value={p.id} class="govuk-button govuk-button--secondary">
                  {p.alias}
                </button>{' '}
                <span class="govuk-hint">{capital(p.roles.map(r => t(`base.role.${r}`)).join(', '))}</span>
              </li>
            ))}
          </ul>
        </form>
        <h2 class="govuk-heading-m">{t('access.demo.orForm')}</h2>
      </section>
    ) : null}
    <Form
      form={signInShown}
      t={t}
      action={`/${t.locale}/sign-in`}
      values={{ ...v.values, next: v.next }}
      errors={v.errors}
      submitLabel={t('access.signIn.submit')}
      after={<Passkey t={t} options={v.passkey} text={t('access.passkey.use')} />}
    />
    <Details summaryText={t('access.signIn.trouble')}>
      <p>
        <a class="govuk-link" href={`/${t.locale}/recover`}>
          {t('access.recover.link')}
        </a>
      </p>
      <p>{t('access.signIn.troubleCode')}</p>
    </Details>
  </div>
)

export const RecoverPage = (v: Shown, t: T) => (
  <div class="dv-form-page">
    <FormErrors form={recoverForm} errors={v.errors ?? {}} t={t} />
    <h1 class="govuk-heading-l">{t('access.recover.title')}</h1>
    <p class="govuk-body">{t('access.recover.intro')}</p>
    <Form
      form={recoverForm}
      t={t}
      action={`/${t.locale}/recover`}
      values={v.values}
      errors={v.errors}
      submitLabel={t('access.recover.submit')}
    />
    <Details summaryText={t('access.recover.noCode')} text={t('access.recover.noCodeText')} />
  </div>
)

export interface UnlockView extends Shown {
  readonly alias: string
  readonly passkey: string
  readonly pin: boolean
  readonly next: string
  readonly held: boolean
}
/** The locked screen: nothing of the work is on it, and somebody else can sign in with one click. */
export const UnlockPage = (v: UnlockView, t: T) => (
  <div class="dv-form-page">
    <FormErrors form={v.pin ? unlockShown : unlockCodeShown} errors={v.errors ?? {}} t={t} />
    <h1 class="govuk-heading-l">{t('access.unlock.title', { alias: v.alias })}</h1>
    <p class="govuk-body">{t(v.pin ? 'access.unlock.introPin' : 'access.unlock.intro')}</p>
    {v.held ? <InsetText text={t('access.unlock.held')} /> : null}
    <Form
      form={v.pin ? unlockShown : unlockCodeShown}
      t={t}
      action={`/${t.locale}/unlock`}
      values={{ next: v.next }}
      errors={v.errors}
      submitLabel={t('access.unlock.submit')}
      after={<Passkey t={t} options={v.passkey} text={t('access.passkey.unlock')} />}
    />
    <form method="post" action={`/${t.locale}/sign-out`} data-no-guard>
      <button type="submit" name="then" value="switch" class="govuk-button govuk-button--secondary">
        {t('access.unlock.other')}
      </button>
    </form>
  </div>
)

/** Before a sensitive act: password, code or passkey once more. */
export const StepUpPage = (v: Shown & { passkey: string; next: string }, t: T) => (
  <div class="dv-form-page">
    <FormErrors form={stepUpShown} errors={v.errors ?? {}} t={t} />
    <h1 class="govuk-heading-l">{t('access.stepUp.title')}</h1>
    <p class="govuk-body">{t('access.stepUp.intro')}</p>
    <Form
      form={stepUpShown}
      t={t}
      action={`/${t.locale}/step-up`}
      values={{ next: v.next }}
      errors={v.errors}
      submitLabel={t('access.stepUp.submit')}
      after={<Passkey t={t} options={v.passkey} text={t('access.passkey.confirm')} />}
    />
  </div>
)

export interface HeldView {
  readonly forms: readonly {
    readonly id: string
    readonly path: string
    readonly fields: Readonly<Record<string, string | readonly string[]>>
  }[]
}
/** Somebody's own words, by which a form is known again; codes of choices, numbers and names of fields say nothing to a reader. */
const wordsOf = (fields: HeldView['forms'][number]['fields']) =>
  Object.entries(fields).flatMap(([k, value]) =>
    typeof value === 'string' && !/^(command|version|then|next)$/.test(k) && (/\s/.test(value.trim()) || /[^\x20-\x7e]/.test(value))
      ? [value]
      : [],
  )
/** What was typed when the screen was locked: back into its form, or away. */
export const HeldPage = (v: HeldView, t: T) => (
  <div>
    <h1 class="govuk-heading-l">{t('access.held.title')}</h1>
    {v.forms.length === 0 ? <p class="govuk-body">{t('access.held.none')}</p> : <p class="govuk-body">{t('access.held.intro')}</p>}
    {v.forms.map(f => (
      <section class="dv-held">
        {wordsOf(f.fields).map(text => (
          <p class="govuk-body dv-typed">{text}</p>
        ))}
        <form method="post" action={`/${t.locale}${f.path}`} data-no-guard>
          {Object.entries(f.fields)
            .filter(([k]) => k !== 'resume')
            .flatMap(([k, value]) =>
              (typeof value === 'string' ? [value] : value).map(one => <input type="hidden" name={k} value={one} />),
            )}
          <input type="hidden" name="resume" value="1" />
          <Button text={t('access.held.resume')} />
        </form>
        <form method="post" action={`/${t.locale}/held`} data-no-guard>
          <input type="hidden" name="id" value={f.id} />
          <Button text={t('access.held.drop')} classes="govuk-button--secondary" />
        </form>
      </section>
    ))}
    <p>
      <a class="govuk-link" href={`/${t.locale}/`}>
        {t('access.held.on')}
      </a>
    </p>
  </div>
)

/** Too many sign-ins at once, or too early after wrong tries. */
export const waitErrors = (seconds: number): Errors => ({ '': { key: 'access.error.wait', args: { seconds } } })
export const wrongErrors: Errors = { '': { key: 'access.error.wrong' } }
