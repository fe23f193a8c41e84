import { DangerTag, DueTag, ScrollTable } from '../base/components/index.tsx'
import { formatDayShort, formatStampShort, formatTotal, type T } from '../base/i18n.ts'
import type { CaseRow } from '../case/schema.ts'
import { dangerTag } from '../case/screens.page.tsx'
import type { Contact } from '../contact/schema.ts'
import { ageText, ContactDanger } from '../contact/screens.inbox.tsx'
import type { Task, TaskArea } from './schema.ts'
import type { WorklistView } from './screens.tsx'

export const ContactTable = ({
  rows,
  caption,
  within,
  v,
  t,
}: {
  rows: readonly Contact[]
  caption: string
  within: string
  v: Pick<WorklistView, 'now' | 'timeZone'>
  t: T
}) => (
  <ScrollTable
    classes="dv-tight"
    label={`${within}: ${caption}`}
    caption={caption}
    captionClasses="govuk-table__caption--s"
    head={['contact', 'danger', 'came', 'state'].map(k => ({ text: t(`worklist.column.${k}`) }))}
    rows={rows.map(c => [
      {
        text: (
          <>
            <a class="govuk-link" href={`/${t.locale}/contacts/${c.id}`}>
              {t(`contact.channel.${c.channel}`)}
              <span class="govuk-visually-hidden">, {formatStampShort(c.received, t.locale, v.timeZone)}</span>
            </a>
            {c.unread ? <span class="dv-mark"> · {t('contact.inbox.unread')}</span> : null}
          </>
        ),
      },
      { text: <ContactDanger c={c} t={t} /> },
      { text: ageText(c.received, v.now, t) },
      { text: t(`contact.state.${c.state}`) },
    ])}
  />
)

export const CaseTable = ({
  rows,
  caption,
  within,
  today,
  said,
  t,
}: {
  rows: readonly CaseRow[]
  caption: string
  within: string
  today: string
  /** A case without a judgement stands here because its contact told of danger. */
  said?: boolean | undefined
  t: T
}) => (
  <ScrollTable
    classes="dv-tight"
    label={`${within}: ${caption}`}
    caption={caption}
    captionClasses="govuk-table__caption--s"
    head={['case', 'danger', 'due'].map(k => ({ text: t(`worklist.column.${k}`) }))}
    rows={rows.map(c => [
      {
        text: (
          <a class="govuk-link" href={`/${t.locale}/cases/${c.id}`}>
            {c.number}
          </a>
        ),
      },
      {
        text: (
          <>
            <DangerTag level={dangerTag[c.danger]} />
            {said && c.danger === 'not_assessed' ? <> {t('worklist.contactSaidDanger')}</> : null}
          </>
        ),
      },
      {
        text: c.due ? (
          <DueTag
            text={c.due < today ? t('base.date.late', { when: formatDayShort(c.due, t.locale) }) : formatDayShort(c.due, t.locale)}
            late={c.due < today}
          />
        ) : (
          t('base.date.notSet')
        ),
      },
    ])}
  />
)

/** Where each kind of task is done. */
const pageOf: Readonly<Record<TaskArea, string>> = {
  plan: 'plan',
  language: 'interpreters',
  report: 'reports',
  follow_up: 'follow-up',
  match: 'matches',
  contact: 'screening',
  safe_contact: 'safe-contact',
  letter: 'letter',
}
const recordOf = (r: Task, t: T) => `/${t.locale}/${r.area === 'contact' || r.area === 'letter' ? 'contacts' : 'cases'}/${r.caseId}`
export const TaskTable = ({ rows, label, v, t }: { rows: readonly Task[]; label: string } & Ask) => (
  <ScrollTable
    classes="dv-tight"
    label={`${label}: ${t('worklist.column.task')}`}
    head={['task', 'case', 'due', 'who'].map(k => ({ text: t(`worklist.column.${k}`) }))}
    rows={rows.map(r => [
      {
        text: (
          <a class="govuk-link" href={`${recordOf(r, t)}/${pageOf[r.area]}`}>
            {t(`worklist.task.${r.area}.${r.kind}`)}
            <span class="govuk-visually-hidden">, {r.number}</span>
          </a>
        ),
      },
      {
        text: (
          <a class="govuk-link" href={recordOf(r, t)}>
            {r.number}
          </a>
        ),
      },
      {
        text:
          r.due > v.waiting.today ? (
            formatDayShort(r.due, t.locale)
          ) : (
            <DueTag
              text={r.due < v.waiting.today ? t('base.date.late', { when: formatDayShort(r.due, t.locale) }) : t('base.date.today')}
              late={r.due < v.waiting.today}
            />
          ),
      },
      { text: r.assignee ? v.alias(r.assignee) : t('worklist.nobodyNamed') },
    ])}
  />
)

export interface Ask {
  readonly v: WorklistView
  readonly t: T
}
interface RowsProps extends Ask {
  readonly within: string
  readonly contacts?: readonly Contact[]
  readonly cases: readonly CaseRow[]
  readonly said?: boolean
  /** How many cases there are, where only the first stand here, and where the others are. */
  readonly total?: number
  readonly more?: string
}
/** What stands in one part of the first page: contacts, cases, and how many more there are. */
export const Rows = ({ contacts = [], cases, within, said, total = 0, more, v, t }: RowsProps) => (
  <>
    {contacts.length > 0 ? <ContactTable rows={contacts} caption={t('worklist.caption.contacts')} within={within} v={v} t={t} /> : null}
    {cases.length > 0 ? (
      <CaseTable rows={cases} caption={t('worklist.caption.cases')} within={within} today={v.waiting.today} said={said} t={t} />
    ) : null}
    {total > cases.length ? (
      <p class="govuk-body">
        {more ? (
          <a class="govuk-link" href={`/${t.locale}${more}`}>
            {t('worklist.all', { total: formatTotal(total, t) })}
          </a>
        ) : (
          t('worklist.all', { total: formatTotal(total, t) })
        )}
      </p>
    ) : null}
  </>
)
