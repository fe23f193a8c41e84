import {
  Button,
  capital,
  DangerTag,
  DueTag,
  EmptyState,
  Pagination,
  ScrollTable,
  Select,
  sortHeading,
  Tag,
  TextInput,
} from '../base/components/index.tsx'
import { formatDay, formatDayShort, formatTotal, type T } from '../base/i18n.ts'
import type { Id } from '../base/id.ts'
import type { Day } from '../base/time.ts'
import { ageBands, type CaseRow, dangerLevels, listOrigins } from './schema.ts'
import { dangerTag } from './screens.page.tsx'

export interface CaseListView {
  readonly rows: readonly { readonly case: CaseRow; readonly name: string; readonly assignee: string; readonly team: string }[]
  readonly total: number
  readonly page: number
  readonly pageSize: number
  readonly today: Day
  readonly filter: {
    readonly state: string
    readonly danger: string
    readonly mine: boolean
    readonly due: string
    readonly sort: string
    readonly person: Id | null
    readonly age: string
    readonly sex: string
    readonly origin: string
  }
  /** What was typed into the name box; undefined: the list was not asked for a name. */
  readonly name?: string
  readonly canOpen: boolean
  readonly to: (path: string) => string
}

/** An address of this list with one thing changed; only plain codes stand in it. */
export const listAddress = (f: CaseListView['filter'], change: Readonly<Record<string, string | number>> = {}): string => {
  const all: Record<string, string> = {
    state: f.state,
    danger: f.danger,
    mine: f.mine ? '1' : '',
    due: f.due,
    sort: f.sort,
    person: f.person ?? '',
    age: f.age,
    sex: f.sex,
    origin: f.origin,
  }
  for (const [k, v] of Object.entries(change)) all[k] = String(v)
  const plain: Record<string, string> = {
    state: 'open',
    danger: 'any',
    mine: '',
    due: 'any',
    sort: 'opened',
    page: '1',
    person: '',
    age: 'any',
    sex: 'any',
    origin: 'any',
  }
  const q = Object.entries(all)
    .filter(([k, v]) => v !== plain[k])
    .map(([k, v]) => `${k}=${v}`)
    .join('&')
  return `/cases${q ? `?${q}` : ''}`
}

const Filter = ({ v, t }: { v: CaseListView; t: T }) => {
  const pick = (name: 'state' | 'danger' | 'due' | 'age' | 'sex' | 'origin', values: readonly string[], label: (x: string) => string) => (
    <Select
      name={name}
      id={`filter-${name}`}
      label={{ text: t(`case.list.by.${name}`) }}
      value={v.filter[name]}
      items={values.map(value => ({ value, text: capital(label(value)) }))}
    />
  )
  return (
    <form method="get" action={v.to('/cases')} class="dv-filter dv-print-hide">
      {pick('state', ['open', 'closed', 'all'], x => t(`case.list.state.${x}`))}
      {pick('danger', ['any', ...dangerLevels], x => (x === 'any' ? t('case.list.any') : t(`case.danger.${x}`)))}
      {pick('due', ['any', 'overdue', 'today', 'week'], x => t(`case.list.due.${x}`))}
      <Select
        name="mine"
        id="filter-mine"
        label={{ text: t('case.list.by.mine') }}
        value={v.filter.mine ? '1' : ''}
        items={[
          { value: '', text: capital(t('case.list.everybody')) },
          { value: '1', text: capital(t('case.list.mine')) },
        ]}
      />
      {pick('age', ['any', ...ageBands], x => t(`case.list.age.${x === 'any' ? x : `a${x.replace(/\D+/g, '_')}`}`))}
      {pick('sex', ['any', 'female', 'male'], x => t(`case.list.sex.${x}`))}
      {pick('origin', ['any', ...listOrigins], x => t(`case.list.origin.${x}`))}
      <input type="hidden" name="sort" value={v.filter.sort} />
      {v.filter.person ? <input type="hidden" name="person" value={v.filter.person} /> : null}
      <Button text={t('base.button.filter')} classes="govuk-button--secondary" />
    </form>
  )
}

/** By name: a POST, not a link, since a name in an address would stay in the history of a shared computer. */
const ByName = ({ v, t }: { v: CaseListView; t: T }) => (
  <form method="post" action={v.to('/cases/by-name')} class="dv-filter dv-print-hide" data-no-guard>
    <TextInput
      name="name"
      id="filter-name"
      label={{ text: t('case.list.by.name') }}
      value={v.name ?? ''}
      autocomplete="off"
      spellcheck={false}
      classes="govuk-input--width-20"
    />
    <Button text={t('case.list.findName')} classes="govuk-button--secondary" />
  </form>
)

/** Cases on plain columns, 25 a page; a name appears only where its key is held. */
export const caseListScreen = (v: CaseListView, t: T) => {
  const pages = Math.max(1, Math.ceil(Math.min(v.total, 1001) / v.pageSize))
  const more = v.rows.length === v.pageSize && (v.page < pages || v.total > 1000)
  const head = (sort: string, text: string, order: 'ascending' | 'descending') =>
    sortHeading({ text, href: v.to(listAddress(v.filter, { sort })), sorted: v.filter.sort === sort ? order : undefined })
  return (
    <>
      <h1 class="govuk-heading-l">{t('case.list.title')}</h1>
      {v.canOpen ? <Button href={v.to('/cases/new')} text={t('case.new.title')} classes="dv-print-hide" /> : null}
      <Filter v={v} t={t} />
      <ByName v={v} t={t} />
      <p class="govuk-body">{t('case.list.total', { total: formatTotal(v.total, t) })}</p>
      {v.rows.length === 0 ? (
        <EmptyState
          title={t('case.list.empty')}
          text={t('case.list.emptyText')}
          action={{ text: t('base.button.clearFilter'), href: v.to('/cases') }}
        />
      ) : (
        <ScrollTable
          label={t('case.list.title')}
          head={[
            { text: t('case.list.number') },
            { text: t('case.list.name') },
            head('danger', t('case.list.by.danger'), 'descending'),
            head('due', t('case.list.by.due'), 'ascending'),
            { text: t('case.list.assignee') },
            head('opened', t('case.list.opened'), 'descending'),
          ]}
          rows={v.rows.map(r => [
            {
              text: (
                <a class="govuk-link" href={v.to(`/cases/${r.case.id}`)}>
                  {r.case.number}
                </a>
              ),
            },
            { text: r.name },
            {
              text:
                r.case.state === 'closed' ? (
                  <Tag text={t('case.state.closed')} classes="govuk-tag--grey" />
                ) : (
                  <DangerTag level={dangerTag[r.case.danger]} />
                ),
            },
            {
              text: r.case.due ? (
                r.case.due <= v.today ? (
                  <DueTag
                    late={r.case.due < v.today}
                    text={r.case.due === v.today ? t('base.date.today') : formatDay(r.case.due, t.locale)}
                  />
                ) : (
                  formatDay(r.case.due, t.locale)
                )
              ) : (
                ''
              ),
            },
            { text: `${r.assignee || t('case.page.nobodyYet')} · ${r.team}` },
            { text: formatDayShort(r.case.opened, t.locale) },
          ])}
        />
      )}
      {v.page > 1 || more ? (
        <Pagination
          previous={v.page > 1 ? { href: v.to(listAddress(v.filter, { page: v.page - 1 })) } : undefined}
          next={more ? { href: v.to(listAddress(v.filter, { page: v.page + 1 })) } : undefined}
        />
      ) : null}
    </>
  )
}
