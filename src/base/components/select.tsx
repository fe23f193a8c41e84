import { type Attrs, cx, ids } from './common.tsx'
import { Field, type FieldParts } from './field.tsx'

export interface SelectItem {
  text: string
  value?: string | number | undefined
  selected?: boolean | undefined
  disabled?: boolean | undefined
  attributes?: Attrs | undefined
}
export interface SelectProps extends FieldParts {
  name: string
  id?: string | undefined
  items: readonly (SelectItem | null | undefined | false | '')[]
  value?: string | number | undefined
  classes?: string | undefined
  describedBy?: string | undefined
  disabled?: boolean | undefined
  attributes?: Attrs | undefined
}
export const Select = (p: SelectProps) => {
  const id = p.id || p.name
  return (
    <Field id={id} label={p.label} hint={p.hint} errorMessage={p.errorMessage} formGroup={p.formGroup}>
      {p.formGroup?.beforeInput}
      <select
        class={cx('govuk-select', p.classes, p.errorMessage && 'govuk-select--error')}
        id={id}
        name={p.name}
        disabled={p.disabled}
        aria-describedby={ids(p.describedBy, p.hint && `${id}-hint`, p.errorMessage && `${id}-error`)}
        {...p.attributes}
      >
        {p.items.map(item =>
          item ? (
            <option
              value={item.value}
              selected={
                item.selected || (item.selected !== false && Boolean(p.value) && (item.value ?? item.text) === p.value) || undefined
              }
              disabled={item.disabled || undefined}
              {...item.attributes}
            >
              {item.text}
            </option>
          ) : null,
        )}
      </select>
      {p.formGroup?.afterInput}
    </Field>
  )
}
