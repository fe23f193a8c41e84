import { capital, DueTag, EmptyState, Pagination, ScrollTable, SubNavigation } from '../base/components/index.tsx'
import { formatDayShort, formatTotal, type T } from '../base/i18n.ts'
import type { Id } from '../base/id.ts'
import type { Day } from '../base/time.ts'
import type { LetterState } from './schema.ts'

const w = 'mandatory-report'
export interface RegisterView {
  readonly rows: readonly {
    readonly id: Id
    readonly caseId: Id
    readonly number: string
    readonly recipient: string
    readonly state: LetterState
    readonly sent: Day | null
    readonly due: Day | null
    readonly late: boolean
    /** Their number; undefined where it is sealed for this session. */
    readonly theirs: string | undefined
  }[]
  readonly show: string
  readonly total: number
  readonly page: number
  readonly pageSize: number
  readonly to: (path: string) => string
}

/** The register of reports: numbers, bodies and days; no name and no word of a child. */
export const registerScreen = (v: RegisterView, t: T) => {
  const at = (show: string, page = 1) => v.to(`/reports?show=${show}${page > 1 ? `&page=${page}` : ''}`)
  const more = v.page * v.pageSize < v.total
  return (
    <>
      <h1 class="govuk-heading-l">{t(`${w}.register.title`)}</h1>
      <SubNavigation
        label={t(`${w}.register.title`)}
        items={['open', 'overdue', 'all'].map(s => ({ text: capital(t(`${w}.register.show.${s}`)), href: at(s), active: s === v.show }))}
      />
      <p class="govuk-body">{t('case.list.total', { total: formatTotal(v.total, t) })}</p>
      {v.rows.length === 0 ? (
        <EmptyState title={t(`${w}.register.empty`)} text={t(`${w}.register.emptyText`)} />
      ) : (
        <ScrollTable
          label={t(`${w}.register.title`)}
          head={['number', 'recipient', 'state', 'sent', 'theirs', 'due'].map(k => ({ text: t(`${w}.register.${k}`) }))}
          rows={v.rows.map(r => [
            {
              text: (
                <a class="govuk-link" href={v.to(`/cases/${r.caseId}/letters/${r.id}`)}>
                  {r.number}
                </a>
              ),
            },
            { text: r.recipient },
            { text: capital(t(`${w}.state.${r.state}`)) },
            { text: r.sent ? formatDayShort(r.sent, t.locale) : '' },
            { text: r.theirs ?? t(`${w}.register.sealed`) },
            { text: r.due ? r.late ? <DueTag late text={formatDayShort(r.due, t.locale)} /> : formatDayShort(r.due, t.locale) : '' },
          ])}
        />
      )}
      {v.page > 1 || more ? (
        <Pagination
          previous={v.page > 1 ? { href: at(v.show, v.page - 1) } : undefined}
          next={more ? { href: at(v.show, v.page + 1) } : undefined}
        />
      ) : null}
    </>
  )
}
