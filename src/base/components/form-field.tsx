import { type Errors, type FieldDef, type Fields, fieldId, type Option, type Values } from '../form.ts'
import type { T } from '../i18n.ts'
import { Checkboxes, type ChoiceItem, Radios } from './choice.tsx'
import { type Content, capital } from './common.tsx'
import { DateInput } from './date-input.tsx'
import { PasswordInput, TextInput } from './input.tsx'
import { Select } from './select.tsx'
import { Textarea } from './textarea.tsx'

/** Options known only at run time, by field name (inside a group: by the field's own name). */
export type RunOptions = Readonly<Record<string, readonly Option[]>>

export interface Ask {
  readonly fields: Fields
  readonly values: Values
  readonly errors: Errors
  readonly options: RunOptions
  readonly t: T
  /** Content before a field that an answer reveals. */
  readonly before?: Readonly<Record<string, Content>> | undefined
  readonly nameOf: (field: string) => string
}

const one = (values: Values, name: string): string => {
  const v = values[name]
  return typeof v === 'string' ? v : (v?.[0] ?? '')
}

/** The message of an error in words; `{field}` in it is the field's label. */
export const errorText = (errors: Errors, name: string, field: FieldDef | undefined, t: T): string | undefined => {
  const e = errors[name]
  return e === undefined ? undefined : t(e.key, { field: field ? t(field.label) : '', ...e.args })
}

const optionText = (o: Option, t: T) => o.text ?? capital(t(o.label ?? o.value))

const choices = (ask: Ask, key: string, field: FieldDef): ChoiceItem[] =>
  (ask.options[key] ?? field.options ?? []).map(o => ({
    value: o.value,
    text: optionText(o, ask.t),
    hint: o.hint ? { text: ask.t(o.hint) } : undefined,
    behaviour: o.exclusive ? 'exclusive' : undefined,
    conditional:
      o.reveals && ask.fields[o.reveals] ? (
        <>
          {ask.before?.[o.reveals]}
          <FormField ask={ask} field={o.reveals} />
        </>
      ) : undefined,
  }))

/** Codes that stand in a field nobody has filled in yet: on paper the answers are listed to be ticked. */
const unanswered = new Set(['', 'not_asked', 'not_assessed', 'unknown'])

/** How many questions a form asks. One alone need not say that it may stay empty. */
const asked = (fields: Fields): number => Object.values(fields).filter(f => f.kind !== 'hidden').length

/** One field of a form, by its key. */
const FormField = ({ ask, field: key }: { ask: Ask; field: string }) => {
  const field = ask.fields[key]!
  const { t, values } = ask
  const name = ask.nameOf(key)
  const id = fieldId(name)
  if (field.kind === 'hidden') return <input type="hidden" name={name} value={one(values, name)} />
  const label = field.optional && asked(ask.fields) > 1 ? `${t(field.label)} ${t('base.form.optional')}` : t(field.label)
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
          classes={field.inline ? 'govuk-radios--small govuk-radios--inline' : 'govuk-radios--small'}
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
          {unanswered.has(value) && list.length > 0 && list.length <= 16 ? (
            <p class="govuk-body dv-print-only" aria-hidden="true">
              {list
                .filter(o => !unanswered.has(o.value))
                .map(o => (
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

/** All fields but those that an answer reveals. */
export const FieldList = ({ ask }: { ask: Ask }) => {
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
