import { Button, Checkboxes, DateInput, EmptyState, ErrorSummary, InsetText, Select } from '../base/components/index.tsx'
import type { ErrorRef, Errors, Values } from '../base/form.ts'
import type { T } from '../base/i18n.ts'
import type { Id } from '../base/id.ts'
import { type DeskHours, hoursForm, type WeekDay, weekDays } from './schema.desk-hours.ts'
import { hourLines } from './screens.public-chat.tsx'

export interface HoursView {
  /** Undefined: this person supervises no desk. */
  readonly desk: DeskHours | undefined
  readonly values: Values
  readonly errors: Errors
  readonly command: Id
}
/** An error in words; general ones name the field. */
const words = (e: ErrorRef, field: string, t: T) => t(e.key, { field, ...e.args })
const one = (v: Values, name: string) => (typeof v[name] === 'string' ? v[name] : '')

const Day = ({ d, v, t }: { d: WeekDay; v: HoursView; t: T }) => {
  const wrong = (['From', 'To'] as const).map(end => v.errors[`${d}${end}`])
  const error = wrong.find(e => e !== undefined)
  return (
    <div class="dv-hours-day">
      <DateInput
        id={d}
        fieldset={{ legend: { text: t(`chat.day.${d}`), classes: 'govuk-fieldset__legend--s' } }}
        errorMessage={error && { text: words(error, t(`chat.day.${d}`), t) }}
        items={(['From', 'To'] as const).map((end, i) => ({
          name: `${d}${end}`,
          id: `${d}${end}`,
          label: t(`contact.hours.${end === 'From' ? 'from' : 'to'}`),
          value: one(v.values, `${d}${end}`),
          classes: 'govuk-input--width-5',
          inputmode: 'text' as const,
          autocomplete: 'off',
          error: wrong[i] !== undefined,
        }))}
        formGroup={{
          afterInputs: (
            <div class="govuk-date-input__item">
              <Checkboxes
                name={`${d}Closed`}
                idPrefix={`${d}Closed`}
                classes="govuk-checkboxes--small"
                items={[{ value: 'yes', text: t('contact.hours.closed') }]}
                values={v.values[`${d}Closed`] ? ['yes'] : []}
              />
            </div>
          ),
        }}
      />
    </div>
  )
}

/** When the desk answers. What is saved here stands on the public site at once. */
export const hoursScreen = (v: HoursView, t: T) => {
  if (!v.desk)
    return (
      <>
        <h1 class="govuk-heading-l">{t('contact.hours.title')}</h1>
        <EmptyState title={t('contact.hours.noDesk')} />
      </>
    )
  const names = Object.keys(v.errors)
  return (
    <div class="dv-form-page">
      {names.length === 0 ? null : (
        <ErrorSummary
          titleText={t('base.component.problem')}
          errorList={names.map(n => {
            const day = weekDays.find(d => n.startsWith(d))
            const e = v.errors[n]!
            const text = words(e, t(day ? `chat.day.${day}` : 'contact.hours.waiting'), t)
            return { text: day ? `${t(`chat.day.${day}`)}: ${text}` : text, href: `#${n || 'monFrom'}` }
          })}
        />
      )}
      <h1 class="govuk-heading-l">{t('contact.hours.title')}</h1>
      <p class="govuk-body">{t('contact.hours.intro')}</p>
      <InsetText>
        <p class="govuk-body">{t(v.desk.version === 0 ? 'contact.hours.byDefault' : 'contact.hours.shown')}</p>
        <ul class="govuk-list">
          {hourLines(v.desk.hours, t).map(l => (
            <li>{l}</li>
          ))}
          <li>{`${t('contact.hours.waiting')}: ${t(`contact.hours.wait.${v.desk.waiting}`)}`}</li>
        </ul>
      </InsetText>
      <form action={`/${t.locale}/contacts/hours`} method="post" class="dv-form" novalidate data-guard>
        <input type="hidden" name="command" value={v.command} />
        <input type="hidden" name="version" value={v.desk.version} />
        {weekDays.map(d => (
          <Day d={d} v={v} t={t} />
        ))}
        <Select
          name="waiting"
          id="waiting"
          label={{ text: t('contact.hours.waiting'), classes: 'govuk-label--s' }}
          hint={{ text: t('contact.hours.waitingHint') }}
          value={one(v.values, 'waiting')}
          errorMessage={v.errors.waiting && { text: words(v.errors.waiting, t('contact.hours.waiting'), t) }}
          items={(hoursForm.fields.waiting.options ?? []).map(o => ({ value: o.value, text: t(o.label) }))}
        />
        <Button text={t('contact.hours.save')} preventDoubleClick />
      </form>
    </div>
  )
}
