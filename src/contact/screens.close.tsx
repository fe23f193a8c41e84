import { errorText } from '../base/components/form-field.tsx'
import { Button, Details, Radios, Textarea } from '../base/components/index.tsx'
import type { T } from '../base/i18n.ts'
import { closeForm } from './schema.forms.ts'
import { closeGroups } from './schema.ts'
import type { ContactView } from './screens.contact.tsx'

/** Closing: the reasons by what became of the contact, so that the right one is found without reading all of them. */
export const Close = ({ v, t }: { v: ContactView; t: T }) => {
  const back = v.returned?.act === 'close' ? v.returned : undefined
  const chosen = back?.values.outcome
  const note = back?.values.closing
  const wrong = (field: 'outcome' | 'closing') =>
    back?.errors[field] ? { errorMessage: { text: errorText(back.errors, field, closeForm.fields[field], t) } } : {}
  return (
    <Details summaryText={t('contact.act.close')} open={back !== undefined} id="act-close">
      <form action={`/${t.locale}/contacts/${v.file.contact.id}/close`} method="post" class="dv-form dv-close" novalidate data-guard>
        <input type="hidden" name="command" value={v.commands.close} />
        <input type="hidden" name="version" value={v.file.contact.version} />
        <Radios
          name="outcome"
          classes="govuk-radios--small"
          fieldset={{ legend: { text: t('contact.form.outcome') } }}
          value={typeof chosen === 'string' ? chosen : undefined}
          items={Object.entries(closeGroups).flatMap(([group, reasons]) => [
            { divider: t(`contact.closeGroup.${group}`) },
            ...reasons.map(value => ({ value, text: t(`contact.reason.${value}`) })),
          ])}
          {...wrong('outcome')}
        />
        <Textarea
          id="closing"
          name="closing"
          rows={3}
          label={{ text: t('contact.form.closing') }}
          hint={{ text: t('contact.form.closingHint') }}
          value={typeof note === 'string' ? note : ''}
          {...wrong('closing')}
        />
        <Button text={t('contact.act.close')} preventDoubleClick />
      </form>
    </Details>
  )
}
