import { type Attrs, type Content, cx, ids } from './common.tsx'
import { ErrorMessage, type ErrorMessageProps, Fieldset, Hint, type HintProps, Label, type LegendProps } from './label.tsx'

export interface ChoiceItem {
  value?: string | number | undefined
  text?: Content
  id?: string | undefined
  /** Checkboxes only: a name of its own. */
  name?: string | undefined
  checked?: boolean | null | undefined
  disabled?: boolean | undefined
  hint?: HintProps | undefined
  label?: { classes?: string | undefined; attributes?: Attrs | undefined } | undefined
  /** Shown under the item, and hidden by the browser file while it is not chosen. */
  conditional?: Content
  behaviour?: 'exclusive' | undefined
  divider?: string | undefined
  attributes?: Attrs | undefined
}
interface ChoiceProps {
  name: string
  idPrefix?: string | undefined
  fieldset?:
    | { legend?: LegendProps | undefined; classes?: string | undefined; describedBy?: string | undefined; attributes?: Attrs | undefined }
    | undefined
  hint?: HintProps | undefined
  errorMessage?: ErrorMessageProps | undefined
  items: readonly (ChoiceItem | null | undefined | false | '')[]
  classes?: string | undefined
  attributes?: Attrs | undefined
  formGroup?: { classes?: string | undefined; attributes?: Attrs | undefined; beforeInputs?: Content; afterInputs?: Content } | undefined
}
export interface RadiosProps extends ChoiceProps {
  value?: string | number | undefined
}
export interface CheckboxesProps extends ChoiceProps {
  values?: readonly (string | number)[] | undefined
  describedBy?: string | undefined
}

const Item = ({
  kind,
  item,
  index,
  idPrefix,
  name,
  checked,
  describedBy,
}: {
  kind: 'radios' | 'checkboxes'
  item: ChoiceItem
  index: number
  idPrefix: string
  name: string
  checked: boolean
  describedBy: string | undefined
}) => {
  // The first id has no number, so that the error summary can link to the group by its name.
  const id = item.id || (index > 1 ? `${idPrefix}-${index}` : idPrefix)
  const block = `govuk-${kind}`
  if (item.divider) return <div class={`${block}__divider`}>{item.divider}</div>
  return (
    <>
      <div class={`${block}__item`}>
        <input
          class={`${block}__input`}
          id={id}
          name={item.name || name}
          type={kind === 'radios' ? 'radio' : 'checkbox'}
          value={item.value ?? ''}
          checked={checked || undefined}
          disabled={item.disabled || undefined}
          data-aria-controls={item.conditional ? `conditional-${id}` : undefined}
          data-behaviour={item.behaviour}
          aria-describedby={ids(describedBy, item.hint?.text ? `${id}-item-hint` : undefined)}
          {...item.attributes}
        />
        <Label text={item.text} classes={cx(`${block}__label`, item.label?.classes)} attributes={item.label?.attributes} for={id} />
        {item.hint?.text ? <Hint {...item.hint} id={`${id}-item-hint`} classes={cx(`${block}__hint`, item.hint.classes)} /> : null}
      </div>
      {item.conditional ? (
        <div class={cx(`${block}__conditional`, !checked && `${block}__conditional--hidden`)} id={`conditional-${id}`}>
          {item.conditional}
        </div>
      ) : null}
    </>
  )
}

const Group = ({
  kind,
  p,
  chosen,
  describedBy: own,
}: {
  kind: 'radios' | 'checkboxes'
  p: ChoiceProps
  chosen: (item: ChoiceItem) => boolean
  describedBy?: string | undefined
}) => {
  const idPrefix = p.idPrefix || p.name
  const outer = p.fieldset?.describedBy || own
  const describedBy = ids(outer, p.hint && `${idPrefix}-hint`, p.errorMessage && `${idPrefix}-error`)
  const inner = (
    <>
      {p.hint ? <Hint {...p.hint} id={`${idPrefix}-hint`} /> : null}
      {p.errorMessage ? <ErrorMessage {...p.errorMessage} id={`${idPrefix}-error`} /> : null}
      <div class={cx(`govuk-${kind}`, p.classes)} {...p.attributes} data-module={`govuk-${kind}`}>
        {p.formGroup?.beforeInputs}
        {p.items.map((item, at) =>
          item ? (
            <Item
              kind={kind}
              item={item}
              index={at + 1}
              idPrefix={idPrefix}
              name={p.name}
              checked={chosen(item)}
              describedBy={kind === 'checkboxes' && !p.fieldset ? describedBy : undefined}
            />
          ) : null,
        )}
        {p.formGroup?.afterInputs}
      </div>
    </>
  )
  return (
    <div class={cx('govuk-form-group', p.errorMessage && 'govuk-form-group--error', p.formGroup?.classes)} {...p.formGroup?.attributes}>
      {p.fieldset ? (
        <Fieldset {...p.fieldset} describedBy={describedBy}>
          {inner}
        </Fieldset>
      ) : (
        inner
      )}
    </div>
  )
}

export const Radios = (p: RadiosProps) => (
  <Group
    kind="radios"
    p={p}
    chosen={item => Boolean(item.checked) || (item.checked !== false && Boolean(p.value) && item.value === p.value)}
  />
)
export const Checkboxes = (p: CheckboxesProps) => (
  <Group
    kind="checkboxes"
    p={p}
    describedBy={p.describedBy}
    chosen={item => Boolean(item.checked) || (item.checked !== false && (p.values ?? []).includes(item.value ?? ''))}
  />
)
