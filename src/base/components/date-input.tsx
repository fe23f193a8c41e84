import { type Attrs, cx, ids, useWords } from './common.tsx'
import { TextInput } from './input.tsx'
import { ErrorMessage, type ErrorMessageProps, Fieldset, Hint, type HintProps, type LegendProps } from './label.tsx'

export interface DateInputItem {
  name: string
  label?: string | undefined
  value?: string | number | undefined
  id?: string | undefined
  classes?: string | undefined
  inputmode?: 'text' | 'numeric' | undefined
  autocomplete?: string | undefined
  pattern?: string | undefined
  /** This part is the wrong one; `false` says that it is not. Without any, an error marks all parts. */
  error?: boolean | undefined
  attributes?: Attrs | undefined
}
export interface DateInputProps {
  id: string
  namePrefix?: string | undefined
  /** Default: day, month, year. */
  items?: readonly DateInputItem[] | undefined
  /** By part name. */
  values?: Readonly<Record<string, string | number | undefined>> | undefined
  fieldset?:
    | { legend?: LegendProps | undefined; classes?: string | undefined; describedBy?: string | undefined; attributes?: Attrs | undefined }
    | undefined
  hint?: HintProps | undefined
  errorMessage?: ErrorMessageProps | undefined
  classes?: string | undefined
  attributes?: Attrs | undefined
  formGroup?: { classes?: string | undefined; attributes?: Attrs | undefined; beforeInputs?: unknown; afterInputs?: unknown } | undefined
}

const isWrong = (item: DateInputItem) => Boolean(item.error || item.classes?.includes('govuk-input--error'))

export const DateInput = (p: DateInputProps) => {
  const t = useWords()
  const items: readonly DateInputItem[] = p.items?.length ? p.items : [{ name: 'day' }, { name: 'month' }, { name: 'year' }]
  const anyWrong = items.some(isWrong)
  const words: Record<string, string> = {
    day: t('base.component.day'),
    month: t('base.component.month'),
    year: t('base.component.year'),
  }
  const inner = (
    <>
      {p.hint ? <Hint {...p.hint} id={`${p.id}-hint`} /> : null}
      {p.errorMessage ? <ErrorMessage {...p.errorMessage} id={`${p.id}-error`} /> : null}
      <div class={cx('govuk-date-input', p.classes)} {...p.attributes} id={p.id || undefined}>
        {p.formGroup?.beforeInputs as never}
        {items.map(item => {
          const own = item.classes ?? ''
          const marked = !own.includes('govuk-input--error') && (isWrong(item) || (item.error !== false && p.errorMessage && !anyWrong))
          const width = own.includes('govuk-input--width-') ? '' : `govuk-input--width-${item.name.endsWith('year') ? 4 : 2}`
          const name = p.namePrefix ? `${p.namePrefix}-${item.name}` : item.name
          return (
            <div class="govuk-date-input__item">
              <TextInput
                label={{
                  text: item.label || words[item.name] || item.name.charAt(0).toUpperCase() + item.name.slice(1),
                  classes: 'govuk-date-input__label',
                }}
                id={item.id || `${p.id}-${item.name}`}
                classes={cx('govuk-date-input__input', marked && 'govuk-input--error', width, own)}
                name={name}
                value={item.value ?? p.values?.[name] ?? p.values?.[item.name]}
                inputmode={item.inputmode || 'numeric'}
                autocomplete={item.autocomplete}
                pattern={item.pattern}
                attributes={item.attributes}
              />
            </div>
          )
        })}
        {p.formGroup?.afterInputs as never}
      </div>
    </>
  )
  const describedBy = ids(p.fieldset?.describedBy, p.hint && `${p.id}-hint`, p.errorMessage && `${p.id}-error`)
  return (
    <div class={cx('govuk-form-group', p.errorMessage && 'govuk-form-group--error', p.formGroup?.classes)} {...p.formGroup?.attributes}>
      {p.fieldset ? (
        // JAWS reads no description for a fieldset of text inputs unless it is said to be a group.
        <Fieldset {...p.fieldset} role="group" describedBy={describedBy}>
          {inner}
        </Fieldset>
      ) : (
        inner
      )}
    </div>
  )
}
