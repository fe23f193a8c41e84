import { type Attrs, type Content, cx, ids, useWords } from './common.tsx'
import { Field, type FieldParts } from './field.tsx'

export interface Affix {
  text?: Content
  classes?: string | undefined
  attributes?: Attrs | undefined
}
export interface TextInputProps extends FieldParts {
  name: string
  id?: string | undefined
  type?: 'text' | 'email' | 'tel' | 'password' | 'search' | 'number' | 'url' | undefined
  value?: string | number | undefined
  classes?: string | undefined
  describedBy?: string | undefined
  autocomplete?: string | undefined
  autocapitalize?: 'none' | 'off' | 'on' | 'characters' | 'sentences' | 'words' | undefined
  inputmode?: 'text' | 'numeric' | 'decimal' | 'tel' | 'email' | 'search' | 'url' | 'none' | undefined
  pattern?: string | undefined
  spellcheck?: boolean | undefined
  disabled?: boolean | undefined
  prefix?: Affix | undefined
  suffix?: Affix | undefined
  inputWrapper?: { classes?: string | undefined; attributes?: Attrs | undefined } | undefined
  attributes?: Attrs | undefined
}

const AffixItem = ({ affix, type }: { affix: Affix; type: 'prefix' | 'suffix' }) => (
  <div class={cx(`govuk-input__${type}`, affix.classes)} aria-hidden="true" {...affix.attributes}>
    {affix.text}
  </div>
)

export const TextInput = (p: TextInputProps) => {
  const id = p.id || p.name
  const input = (
    <input
      class={cx('govuk-input', p.classes, p.errorMessage && 'govuk-input--error')}
      id={id}
      name={p.name}
      // Preact tells each type's attributes apart; what is passed here is valid on all of these.
      type={(p.type ?? 'text') as 'text'}
      spellcheck={p.spellcheck}
      value={p.value}
      disabled={p.disabled}
      aria-describedby={ids(p.describedBy, p.hint && `${id}-hint`, p.errorMessage && `${id}-error`)}
      autocomplete={p.autocomplete}
      autocapitalize={p.autocapitalize}
      pattern={p.pattern}
      inputmode={p.inputmode}
      {...p.attributes}
    />
  )
  const wrapped = p.prefix?.text || p.suffix?.text || p.formGroup?.beforeInput || p.formGroup?.afterInput
  return (
    <Field id={id} label={p.label} hint={p.hint} errorMessage={p.errorMessage} formGroup={p.formGroup}>
      {wrapped ? (
        <div class={cx('govuk-input__wrapper', p.inputWrapper?.classes)} {...p.inputWrapper?.attributes}>
          {p.formGroup?.beforeInput}
          {p.prefix?.text ? <AffixItem affix={p.prefix} type="prefix" /> : null}
          {input}
          {p.suffix?.text ? <AffixItem affix={p.suffix} type="suffix" /> : null}
          {p.formGroup?.afterInput}
        </div>
      ) : (
        input
      )}
    </Field>
  )
}

export type PasswordInputProps = Omit<TextInputProps, 'type' | 'prefix' | 'suffix' | 'inputWrapper' | 'spellcheck' | 'autocapitalize'>
/** A password with a show/hide button, which stays hidden until the browser file wakes it. */
export const PasswordInput = (p: PasswordInputProps) => {
  const t = useWords()
  const id = p.id || p.name
  const button = (
    <button
      type="button"
      class="govuk-button govuk-button--secondary govuk-password-input__toggle govuk-js-password-input-toggle"
      data-module="govuk-button"
      aria-controls={id}
      aria-label={t('base.component.showPassword')}
      hidden
    >
      {t('base.component.show')}
    </button>
  )
  return (
    <TextInput
      {...p}
      id={id}
      type="password"
      spellcheck={false}
      autocapitalize="none"
      autocomplete={p.autocomplete || 'current-password'}
      classes={cx('govuk-password-input__input govuk-js-password-input-input', p.classes)}
      inputWrapper={{ classes: 'govuk-password-input__wrapper' }}
      formGroup={{
        classes: cx('govuk-password-input', p.formGroup?.classes),
        attributes: {
          'data-module': 'govuk-password-input',
          // The browser file's own words are English.
          ...(t.locale === 'en'
            ? {}
            : {
                'data-i18n.show-password': t('base.component.show'),
                'data-i18n.hide-password': t('base.component.hide'),
                'data-i18n.show-password-aria-label': t('base.component.showPassword'),
                'data-i18n.hide-password-aria-label': t('base.component.hidePassword'),
                'data-i18n.password-shown-announcement': t('base.component.passwordShown'),
                'data-i18n.password-hidden-announcement': t('base.component.passwordHidden'),
              }),
          ...p.formGroup?.attributes,
        },
        beforeInput: p.formGroup?.beforeInput,
        afterInput: [button, p.formGroup?.afterInput],
      }}
    />
  )
}
