import { type Attrs, cx, ids } from './common.tsx'
import { Field, type FieldParts } from './field.tsx'

export interface TextareaProps extends FieldParts {
  name: string
  id?: string | undefined
  value?: string | undefined
  rows?: number | undefined
  classes?: string | undefined
  describedBy?: string | undefined
  autocomplete?: string | undefined
  spellcheck?: boolean | undefined
  disabled?: boolean | undefined
  attributes?: Attrs | undefined
}
export const Textarea = (p: TextareaProps) => {
  const id = p.id || p.name
  return (
    <Field id={id} label={p.label} hint={p.hint} errorMessage={p.errorMessage} formGroup={p.formGroup}>
      {p.formGroup?.beforeInput}
      <textarea
        class={cx('govuk-textarea', p.errorMessage && 'govuk-textarea--error', p.classes)}
        id={id}
        name={p.name}
        rows={p.rows || 5}
        spellcheck={p.spellcheck}
        disabled={p.disabled}
        aria-describedby={ids(p.describedBy, p.hint && `${id}-hint`, p.errorMessage && `${id}-error`)}
        autocomplete={p.autocomplete}
        {...p.attributes}
      >
        {p.value}
      </textarea>
      {p.formGroup?.afterInput}
    </Field>
  )
}
