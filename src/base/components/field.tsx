import { type Content, cx, type FormGroup } from './common.tsx'
import { ErrorMessage, type ErrorMessageProps, Hint, type HintProps, Label, type LabelProps } from './label.tsx'

export interface FieldParts {
  label?: LabelProps | undefined
  hint?: HintProps | undefined
  errorMessage?: ErrorMessageProps | undefined
  formGroup?: FormGroup | undefined
}

/** The frame that input, textarea and select share: label, hint, error, control. */
export const Field = (p: FieldParts & { id: string; children: Content }) => (
  <div class={cx('govuk-form-group', p.errorMessage && 'govuk-form-group--error', p.formGroup?.classes)} {...p.formGroup?.attributes}>
    {p.label ? <Label {...p.label} for={p.id} /> : null}
    {p.hint ? <Hint {...p.hint} id={`${p.id}-hint`} /> : null}
    {p.errorMessage ? <ErrorMessage {...p.errorMessage} id={`${p.id}-error`} /> : null}
    {p.children}
  </div>
)
