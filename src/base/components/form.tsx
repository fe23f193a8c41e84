import {
  type Errors,
  type FieldDef,
  type Fields,
  type FormDef,
  fieldId,
  type GroupDef,
  type Groups,
  rowCount,
  rowName,
  type Values,
} from '../form.ts'
import type { T } from '../i18n.ts'
import { Button } from './button.tsx'
import type { Content } from './common.tsx'
import { ErrorSummary } from './error-summary.tsx'
import { type Ask, errorText, FieldList, type RunOptions } from './form-field.tsx'
import { Fieldset } from './label.tsx'

export type { RunOptions } from './form-field.tsx'

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
  /** The rows of the groups stand before the other fields: who it is about comes first. */
  groupsFirst?: boolean | undefined
  /** What must be seen before a field that an answer reveals, by its name: the picture to scan before the code that it gives. */
  before?: Readonly<Record<string, Content>> | undefined
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
  const ask = { values: p.values ?? {}, errors: p.errors ?? {}, options: p.options ?? {}, t: p.t, before: p.before }
  const form = p.form as FormDef
  const rows = Object.entries(form.groups).map(([name, group]) => <GroupRows name={name} group={group} ask={ask} />)
  return (
    <form action={p.action} method="post" class="dv-form" novalidate data-guard>
      {/* Enter in a field presses the form's first button: it must be "send", not "add another". */}
      {Object.keys(form.groups).length > 0 ? <button type="submit" class="govuk-visually-hidden" tabIndex={-1} aria-hidden="true" /> : null}
      {p.command ? <input type="hidden" name="command" value={p.command} /> : null}
      {p.version === undefined ? null : <input type="hidden" name="version" value={p.version} />}
      {p.groupsFirst ? rows : null}
      <FieldList ask={{ ...ask, fields: form.fields, nameOf: field => field }} />
      {p.groupsFirst ? null : rows}
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
