import {
  type Errors,
  type FieldDef,
  type Fields,
  type FormDef,
  fieldId,
  type GroupDef,
  type Groups,
  type Option,
  rowCount,
  rowName,
  type Values,
} from '../form.ts'
import type { T } from '../i18n.ts'
import { Button } from './button.tsx'
import { Checkboxes, type ChoiceItem, Radios } from './choice.tsx'
import type { Content } from './common.tsx'
import { DateInput } from './date-input.tsx'
import { ErrorSummary } from './error-summary.tsx'
import { PasswordInput, TextInput } from './input.tsx'
import { Fieldset } from './label.tsx'
import { Select } from './select.tsx'
import { Textarea } from './textarea.tsx'

/** Options known only at run time, by field name (inside a group: by the field's own name). */
export type RunOptions = Readonly<Record<string, readonly Option[]>>

interface Ask {
  readonly fields: Fields
  readonly values: Values
  readonly errors: Errors
  readonly options: RunOptions
  readonly t: T
  readonly nameOf: (field: string) => string
}

const one = (values: Values, name: string): string => {
  const v = values[name]
  return typeof v === 'string' ? v : (v?.[0] ?? '')
}

/** The message of an error in words; `{field}` in it is the field's label. */
const errorText = (errors: Errors, name: string, field: FieldDef | undefined, t: T): string | undefined => {
  const e = errors[name]
  return e === undefined ? undefined : t(e.key, { field: field ? t(field.label) : '', ...e.args })
}

const optionText = (o: Option, t: T) => o.text ?? t(o.label ?? o.value)

const choices = (ask: Ask, key: string, field: FieldDef): ChoiceItem[] =>
  (ask.options[key] ?? field.options ?? []).map(o => ({
    value: o.value,
    text: optionText(o, ask.t),
    hint: o.hint ? { text: ask.t(o.hint) } : undefined,
    behaviour: o.exclusive ? 'exclusive' : undefined,
    conditional: o.reveals && ask.fields[o.reveals] ? <FormField ask={ask} field={o.reveals} /> : undefined,
  }))

/** One field of a form, by its key. */
const FormField = ({ ask, field: key }: { ask: Ask; field: string }) => {
  const field = ask.fields[key]!
  const { t, values } = ask
  const name = ask.nameOf(key)
  const id = fieldId(name)
  if (field.kind === 'hidden') return <input type="hidden" name={name} value={one(values, name)} />
  const label = field.optional ? `${t(field.label)} ${t('base.form.optional')}` : t(field.label)
  const message = errorText(ask.errors, name, field, t)
  const parts = {
    hint: field.hint ? { text: t(field.hint) } : undefined,
    errorMessage: message === undefined ? undefined : { text: message },
  }
  const labelProps = { text: label, classes: field.heading ? 'govuk-label--l' : 'govuk-label--s', isPageHeading: field.heading }
  const legend = {
    text: label,
    classes: field.heading ? 'govuk-fieldset__legend--l' : 'govuk-fieldset__legend--s',
    isPageHeading: field.heading,
  }
  const width = field.width ? `govuk-input--width-${field.width}` : undefined
  switch (field.kind) {
    case 'textarea':
      return (
        <Textarea
          id={id}
          name={name}
          label={labelProps}
          value={one(values, name)}
          rows={field.rows}
          autocomplete={field.autocomplete}
          spellcheck
          {...parts}
        />
      )
    case 'password':
      return <PasswordInput id={id} name={name} label={labelProps} autocomplete={field.autocomplete} classes={width} {...parts} />
    case 'radios':
      return (
        <Radios
          idPrefix={id}
          name={name}
          fieldset={{ legend }}
          classes={field.inline ? 'govuk-radios--inline' : 'govuk-radios--small'}
          value={one(values, name)}
          items={choices(ask, key, field)}
          {...parts}
        />
      )
    case 'checkboxes': {
      const chosen = values[name]
      return (
        <Checkboxes
          idPrefix={id}
          name={name}
          fieldset={{ legend }}
          classes="govuk-checkboxes--small"
          values={typeof chosen === 'string' ? [chosen] : (chosen ?? [])}
          items={choices(ask, key, field)}
          {...parts}
        />
      )
    }
    case 'select': {
      const list = ask.options[key] ?? field.options ?? []
      const value = one(values, name)
      return (
        <>
          <Select
            id={id}
            name={name}
            label={labelProps}
            value={value}
            items={[{ value: '', text: t('base.form.choose') }, ...list.map(o => ({ value: o.value, text: optionText(o, t) }))]}
            {...parts}
          />
          {value === '' && list.length > 0 && list.length <= 16 ? (
            <p class="govuk-body dv-print-only" aria-hidden="true">
              {list.map(o => (
                <span>☐ {optionText(o, t)} &nbsp; </span>
              ))}
            </p>
          ) : null}
        </>
      )
    }
    case 'day': {
      const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(one(values, name))
      const part = (which: 'day' | 'month' | 'year', at: number) => one(values, `${name}-${which}`) || (iso?.[at] ?? '')
      return (
        <DateInput
          id={id}
          namePrefix={name}
          fieldset={{ legend }}
          items={[
            { name: 'day', id: `${id}-day`, value: part('day', 3) },
            { name: 'month', id: `${id}-month`, value: part('month', 2) },
            { name: 'year', id: `${id}-year`, value: part('year', 1) },
          ]}
          {...parts}
        />
      )
    }
    default:
      return (
        <TextInput
          id={id}
          name={name}
          label={labelProps}
          value={one(values, name)}
          classes={width ?? (field.kind === 'code' ? 'govuk-input--width-10' : undefined)}
          autocomplete={field.autocomplete ?? (field.kind === 'code' ? 'one-time-code' : 'off')}
          inputmode={field.inputmode ?? (field.kind === 'code' ? 'numeric' : undefined)}
          spellcheck={field.kind === 'code' ? false : undefined}
          {...parts}
        />
      )
  }
}

const revealed = (fields: Fields) =>
  new Set(Object.values(fields).flatMap(f => (f.options ?? []).flatMap(o => (o.reveals ? [o.reveals] : []))))

const FieldList = ({ ask }: { ask: Ask }) => {
  const inside = revealed(ask.fields)
  return (
    <>
      {Object.keys(ask.fields)
        .filter(key => !inside.has(key))
        .map(key => (
          <FormField ask={ask} field={key} />
        ))}
    </>
  )
}

const GroupRows = ({ name, group, ask }: { name: string; group: GroupDef; ask: Omit<Ask, 'fields' | 'nameOf'> }) => {
  const count = rowCount(name, group, ask.values)
  return (
    <>
      {Array.from({ length: count }, (_, at) => (
        <div class="dv-row">
          <Fieldset legend={{ text: ask.t(group.label, { number: at + 1 }), classes: 'govuk-fieldset__legend--m' }}>
            <FieldList ask={{ ...ask, fields: group.fields, nameOf: field => rowName(name, at, field) }} />
          </Fieldset>
        </div>
      ))}
      {count < group.max ? <Button text={ask.t(group.add)} classes="govuk-button--secondary" name="add" value={name} /> : null}
    </>
  )
}

export interface FormProps {
  // biome-ignore lint/suspicious/noExplicitAny: the page shows any form; the value is typed where it is parsed
  form: FormDef<any, any>
  t: T
  /** Where the form is sent, with the language. */
  action: string
  values?: Values | undefined
  errors?: Errors | undefined
  /** Client-made id of the command: a fresh UUID each time an empty form is shown, the same when it is shown again. */
  command?: string | undefined
  version?: number | undefined
  options?: RunOptions | undefined
  submitLabel: string
  /** Beside the submit button: a cancel link, a second button. */
  after?: Content
  /** Printed under the form on paper: the code that leads back to it. */
  formCode?: string | undefined
  /** Between the fields and the button. */
  children?: Content
}

/** Where the error summary sends the reader: to the first control of the field. */
const errorHref = (name: string, field: FieldDef | undefined) =>
  name === '' ? undefined : `#${fieldId(name)}${field?.kind === 'day' ? '-day' : ''}`

const fieldAt = (form: { fields: Fields; groups: Groups }, name: string): FieldDef | undefined => {
  const row = /^(\w+)\[\d+\]\[([\w-]+)\]$/.exec(name)
  return row ? form.groups[row[1]!]?.fields[row[2]!] : form.fields[name]
}

/** The summary of what must be put right, each line a link to its field. Nothing when nothing is wrong. */
export const FormErrors = ({ form, errors, t }: Pick<FormProps, 'form' | 't'> & { errors: Errors }) => {
  const names = Object.keys(errors)
  return names.length === 0 ? null : (
    <ErrorSummary
      titleText={t('base.component.problem')}
      errorList={names.map(name => {
        const field = fieldAt(form, name)
        return { text: errorText(errors, name, field, t), href: errorHref(name, field) }
      })}
    />
  )
}

/** The form itself: hidden command and version, fields, rows, button; on paper, lines to write on and the code that leads back. */
export const Form = (p: FormProps) => {
  const ask = { values: p.values ?? {}, errors: p.errors ?? {}, options: p.options ?? {}, t: p.t }
  const form = p.form as FormDef
  return (
    <form action={p.action} method="post" class="dv-form" novalidate data-guard>
      {/* Enter in a field presses the form's first button: it must be "send", not "add another". */}
      {Object.keys(form.groups).length > 0 ? <button type="submit" class="govuk-visually-hidden" tabIndex={-1} aria-hidden="true" /> : null}
      {p.command ? <input type="hidden" name="command" value={p.command} /> : null}
      {p.version === undefined ? null : <input type="hidden" name="version" value={p.version} />}
      <FieldList ask={{ ...ask, fields: form.fields, nameOf: field => field }} />
      {Object.entries(form.groups).map(([name, group]) => (
        <GroupRows name={name} group={group} ask={ask} />
      ))}
      {p.children}
      <div class="govuk-button-group">
        <Button text={p.submitLabel} preventDoubleClick />
        {p.after}
      </div>
      {p.formCode ? (
        <p class="dv-print-code">
          {p.t('base.print.code')} <strong>{p.formCode}</strong>
        </p>
      ) : null}
    </form>
  )
}

/** A page that is one form: error summary, heading, words before it, form. */
export const FormPage = (p: FormProps & { title?: string | undefined; intro?: Content }) => (
  <div class="dv-form-page">
    <FormErrors form={p.form} errors={p.errors ?? {}} t={p.t} />
    {p.title ? <h1 class="govuk-heading-l">{p.title}</h1> : null}
    {p.intro}
    <Form {...p} />
  </div>
)
