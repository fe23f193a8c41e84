import { type Attrs, type Content, cx } from './common.tsx'

export interface ButtonProps {
  text?: Content
  href?: string | undefined
  type?: 'submit' | 'button' | 'reset' | undefined
  name?: string | undefined
  value?: string | undefined
  id?: string | undefined
  /** `govuk-button--secondary`, `--warning` (dangerous acts only), `--inverse`. */
  classes?: string | undefined
  disabled?: boolean | undefined
  preventDoubleClick?: boolean | undefined
  isStartButton?: boolean | undefined
  attributes?: Attrs | undefined
}

const StartIcon = () => (
  <svg
    class="govuk-button__start-icon"
    xmlns="http://www.w3.org/2000/svg"
    width="17.5"
    height="19"
    viewBox="0 0 33 40"
    aria-hidden="true"
    focusable="false"
  >
    <path fill="currentColor" d="M0 0h13l20 20-20 20H0l20-20z" />
  </svg>
)

/** A button, or with `href` a link that looks like one. */
export const Button = (p: ButtonProps) => {
  const classes = cx('govuk-button', p.classes, p.isStartButton && 'govuk-button--start')
  // A start button is a flex box, which would swallow the spaces between elements of its text.
  const text = p.isStartButton && p.text && typeof p.text !== 'string' ? <span>{p.text}</span> : p.text
  const body = [text, p.isStartButton ? <StartIcon /> : null]
  return p.href ? (
    // biome-ignore lint/a11y/useSemanticElements: a link that acts like a button, as govuk-frontend makes it
    <a href={p.href} role="button" draggable={false} class={classes} data-module="govuk-button" {...p.attributes} id={p.id || undefined}>
      {body}
    </a>
  ) : (
    <button
      type={p.type || 'submit'}
      value={p.value || undefined}
      name={p.name || undefined}
      disabled={p.disabled || undefined}
      aria-disabled={p.disabled ? 'true' : undefined}
      data-prevent-double-click={p.preventDoubleClick === undefined ? undefined : String(p.preventDoubleClick)}
      class={classes}
      data-module="govuk-button"
      {...p.attributes}
      id={p.id || undefined}
    >
      {body}
    </button>
  )
}

/** Buttons side by side. */
export const ButtonGroup = ({ children }: { children: Content }) => <div class="govuk-button-group">{children}</div>
