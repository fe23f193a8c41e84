import { EmptyState, Form, FormErrors, ScrollTable } from '../base/components/index.tsx'
import type { Errors, Values } from '../base/form.ts'
import { formatDay, type T } from '../base/i18n.ts'
import type { Id } from '../base/id.ts'
import type { Stamp } from '../base/time.ts'
import { calendarForm } from './schema.forms.ts'
import { ageText } from './screens.inbox.tsx'

export interface LoadView {
  readonly rows: readonly {
    readonly who: string | null
    readonly open: number
    readonly unread: number
    readonly since: Stamp | null
    readonly late: boolean
  }[]
  readonly now: Stamp
  /** "Did this help?", as it may be shown, of so many weeks. */
  readonly helped: Readonly<Record<'yes' | 'partly' | 'no', number>>
  readonly weeks: number
}
/** What was answered after talks, for whoever answers for how the desk works. */
const HelpedTable = ({ v, t }: { v: Pick<LoadView, 'helped' | 'weeks'>; t: T }) => (
  <>
    <h2 class="govuk-heading-m">{t('contact-help.question')}</h2>
    <ScrollTable
      label={t('contact-help.question')}
      head={[
        { text: t('reach.weeks', { n: v.weeks }) },
        ...(['yes', 'partly', 'no'] as const).map(x => ({ text: t(`contact-help.${x}`), format: 'numeric' as const })),
      ]}
      rows={[
        [
          { text: t('reach.total') },
          ...(['yes', 'partly', 'no'] as const).map(x => ({ text: String(v.helped[x]), format: 'numeric' as const })),
        ],
      ]}
    />
    <p class="govuk-hint">{t('reach.noise')}</p>
  </>
)
/** Who has how much, for whoever spreads the work. */
export const loadScreen = (v: LoadView, t: T) => (
  <>
    <h1 class="govuk-heading-l">{t('contact.load.title')}</h1>
    <p class="govuk-body">
      {t('contact.load.intro')}{' '}
      <a class="govuk-link" href={`/${t.locale}/contacts/calendar`}>
        {t('contact.load.calendar')}
      </a>
      {' · '}
      <a class="govuk-link" href={`/${t.locale}/contacts/hours`}>
        {t('contact.hours.title')}
      </a>
    </p>
    {v.rows.length === 0 ? (
      <EmptyState title={t('contact.load.nothing')} />
    ) : (
      <ScrollTable
        label={t('contact.load.title')}
        caption={t('contact.load.title')}
        captionClasses="govuk-visually-hidden"
        head={['who', 'open', 'unread', 'longest'].map(k => ({ text: t(`contact.load.${k}`) }))}
        rows={v.rows.map(r => [
          { text: r.who ?? t('contact.load.nobody') },
          { text: String(r.open) },
          { text: String(r.unread) },
          {
            text: r.since ? (
              <span class={r.late ? 'dv-late' : undefined}>
                {ageText(r.since, v.now, t)}
                {r.late ? ` · ${t('contact.load.late')}` : ''}
              </span>
            ) : (
              '—'
            ),
          },
        ])}
      />
    )}
    <HelpedTable v={v} t={t} />
  </>
)

export interface CalendarView {
  readonly days: readonly { readonly id: Id; readonly day: string; readonly worked: boolean; readonly command: Id }[]
  readonly command: Id
  /** May this person say when the desk answers? */
  readonly hours: boolean
  readonly values: Values
  readonly errors: Errors
}
export const calendarScreen = (v: CalendarView, t: T) => (
  <div class="dv-form-page">
    <FormErrors form={calendarForm} errors={v.errors} t={t} />
    <h1 class="govuk-heading-l">{t('contact.calendar.title')}</h1>
    <p class="govuk-body">{t('contact.calendar.intro')}</p>
    {v.hours ? (
      <p class="govuk-body">
        <a class="govuk-link" href={`/${t.locale}/contacts/hours`}>
          {t('contact.hours.title')}
        </a>
      </p>
    ) : null}
    <h2 class="govuk-heading-m">{t('contact.calendar.list')}</h2>
    {v.days.length === 0 ? (
      <p class="govuk-body">{t('contact.calendar.empty')}</p>
    ) : (
      <ul class="govuk-list">
        {v.days.map(d => (
          <li>
            <form action={`/${t.locale}/contacts/calendar/${d.id}/remove`} method="post" data-no-guard>
              <input type="hidden" name="command" value={d.command} />
              {formatDay(d.day, t.locale)}: {t(`contact.calendar.${d.worked ? 'worked' : 'free'}`)}{' '}
              <button
                type="submit"
                class="govuk-button govuk-button--secondary"
                aria-label={t('contact.calendar.removeDay', { day: formatDay(d.day, t.locale) })}
              >
                {t('contact.calendar.remove')}
              </button>
            </form>
          </li>
        ))}
      </ul>
    )}
    <Form
      form={calendarForm}
      t={t}
      action={`/${t.locale}/contacts/calendar`}
      command={v.command}
      values={v.values}
      errors={v.errors}
      submitLabel={t('contact.calendar.add')}
    />
  </div>
)
