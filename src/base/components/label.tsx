import { type Attrs, type Content, cx, useWords } from './common.tsx'

export interface LabelProps {
  text?: Content
  for?: string | undefined
  classes?: string | undefined
  isPageHeading?: boolean | undefined
  attributes?: Attrs | undefined
}
export const Label = (p: LabelProps) => {
  if (!p.text) return null
  const label = (
    <label class={cx('govuk-label', p.classes)} {...p.attributes} for={p.for || undefined}>
      {p.text}
    </label>
  )
  return p.isPageHeading ? <h1 class="govuk-label-wrapper">{label}</h1> : label
}

export interface HintProps {
  text?: Content
  id?: string | undefined
  classes?: string | undefined
  attributes?: Attrs | undefined
}
export const Hint = (p: HintProps) => (
  <div id={p.id || undefined} class={cx('govuk-hint', p.classes)} {...p.attributes}>
    {p.text}
  </div>
)

export interface ErrorMessageProps {
  text?: Content
  id?: string | undefined
  classes?: string | undefined
  attributes?: Attrs | undefined
  /** Read out before the message; `''` leaves it away. Default: «Ошибка». */
  visuallyHiddenText?: string | undefined
}
export const ErrorMessage = (p: ErrorMessageProps) => {
  const t = useWords()
  const hidden = p.visuallyHiddenText ?? t('base.component.error')
  return (
    <p id={p.id || undefined} class={cx('govuk-error-message', p.classes)} {...p.attributes}>
      {hidden ? <span class="govuk-visually-hidden">{hidden}:</span> : null}
      {hidden ? ' ' : null}
      {p.text}
    </p>
  )
}

export interface LegendProps {
  text?: Content
  classes?: string | undefined
  isPageHeading?: boolean | undefined
}
export interface FieldsetProps {
  legend?: LegendProps | undefined
  classes?: string | undefined
  describedBy?: string | undefined
  role?: 'group' | undefined
  attributes?: Attrs | undefined
  children?: Content
}
export const Fieldset = (p: FieldsetProps) => (
  <fieldset class={cx('govuk-fieldset', p.classes)} role={p.role} aria-describedby={p.describedBy || undefined} {...p.attributes}>
    {p.legend?.text ? (
      <legend class={cx('govuk-fieldset__legend', p.legend.classes)}>
        {p.legend.isPageHeading ? <h1 class="govuk-fieldset__heading">{p.legend.text}</h1> : p.legend.text}
      </legend>
    ) : null}
    {p.children}
  </fieldset>
)
