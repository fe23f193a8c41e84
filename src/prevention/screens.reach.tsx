import { Button, EmptyState, InsetText, ScrollTable, Tag } from '../base/components/index.tsx'
import { formatDayShort, languageName, publicLocales, type T } from '../base/i18n.ts'
import type { Day } from '../base/time.ts'
import type { MonthCount } from './rules.outreach.ts'
import type { Cell } from './rules.reach.ts'
import { type PosterCode, reachPages } from './schema.reach.ts'
import { MonthTable } from './screens.outreach.tsx'

type To = (path: string) => string
const sum = (cells: readonly Cell[]) => cells.reduce((n, c) => n + c.n, 0)
const num = (n: number) => ({ text: String(n), format: 'numeric' as const })

export const periods = [4, 12, 26, 52] as const
export interface ReachView {
  /** Weeks shown; all are over. */
  readonly period: number
  readonly weeks: readonly Day[]
  readonly cells: readonly Cell[]
  readonly codes: readonly (PosterCode & { readonly url: string })[]
  readonly codeCells: readonly Cell[]
  readonly months: readonly MonthCount[]
  readonly canMake: boolean
  readonly to: To
}

/** By page and language, by week and language, by code. Everything is a sum of what may be shown. */
export const reachScreen = (v: ReachView, t: T) => {
  const langs = publicLocales.filter(l => v.cells.some(c => c.lang === l))
  const table = (label: string, heads: readonly string[], rows: readonly { readonly name: string; readonly cells: readonly Cell[] }[]) => (
    <ScrollTable
      label={label}
      head={[
        { text: heads[0]! },
        ...langs.map(l => ({ text: languageName[l], format: 'numeric' as const })),
        { text: t('reach.total'), format: 'numeric' as const },
      ]}
      rows={rows.map(r => [{ text: r.name }, ...langs.map(l => num(sum(r.cells.filter(c => c.lang === l)))), num(sum(r.cells))])}
    />
  )
  return (
    <>
      <h1 class="govuk-heading-l">{t('reach.title')}</h1>
      <p class="govuk-body">{t('reach.intro')}</p>
      <InsetText text={t('reach.noise')} />
      <p class="govuk-body dv-print-hide">
        {periods.map((p, i) => (
          <>
            {i > 0 ? ' · ' : ''}
            {p === v.period ? (
              <strong>{t('reach.weeks', { n: p })}</strong>
            ) : (
              <a class="govuk-link" href={v.to(`/statistics/reach?weeks=${p}`)}>
                {t('reach.weeks', { n: p })}
              </a>
            )}
          </>
        ))}
        {' · '}
        <a class="govuk-link" href={v.to(`/statistics/reach/table.csv?weeks=${v.period}`)}>
          {t('reach.csv')}
        </a>
      </p>
      {v.cells.length === 0 ? (
        <EmptyState title={t('reach.empty')} />
      ) : (
        <>
          <h2 class="govuk-heading-m">{t('reach.byPage')}</h2>
          {table(
            t('reach.byPage'),
            [t('reach.page')],
            reachPages
              .map(p => ({ name: t(`reach.pages.${p}`), cells: v.cells.filter(c => c.what === p) }))
              .filter(r => r.cells.length > 0),
          )}
          <h2 class="govuk-heading-m">{t('reach.byWeek')}</h2>
          {table(
            t('reach.byWeek'),
            [t('reach.week')],
            v.weeks
              .map(w => ({ name: formatDayShort(w, t.locale), cells: v.cells.filter(c => c.week === w) }))
              .filter(r => r.cells.length > 0),
          )}
        </>
      )}
      <h2 class="govuk-heading-m">{t('reach.codes')}</h2>
      <p class="govuk-body">{t('reach.codesIntro')}</p>
      {v.canMake ? <Button href={v.to('/statistics/reach/codes/new')} classes="dv-print-hide" text={t('reach.poster.title')} /> : null}
      {v.codes.length === 0 ? (
        <p class="govuk-body">{t('reach.noCodes')}</p>
      ) : (
        <ScrollTable
          label={t('reach.codes')}
          head={['name', 'place', 'lang', 'address', 'opened', 'print'].map(k => ({
            text: t(`reach.code.${k}`),
            ...(k === 'opened' ? { format: 'numeric' as const } : {}),
          }))}
          rows={v.codes.map(c => [
            {
              text: (
                <>
                  {c.name}
                  {c.state === 'ended' ? (
                    <>
                      {' '}
                      <Tag classes="govuk-tag--grey" text={t('reach.code.ended')} />
                    </>
                  ) : null}
                </>
              ),
            },
            { text: t(`reach.place.${c.place}`) },
            { text: languageName[c.lang] },
            { text: c.url },
            num(sum(v.codeCells.filter(x => x.what === c.code))),
            {
              text:
                c.state === 'ended' ? (
                  ''
                ) : (
                  <>
                    {(['leaflet', 'poster'] as const).map(p => (
                      <>
                        <a class="govuk-link" href={v.to(`/statistics/reach/codes/${c.code}/${p}.pdf`)}>
                          {t(`reach.code.${p}`)}
                          <span class="govuk-visually-hidden">: {c.name}</span>
                        </a>{' '}
                      </>
                    ))}
                    {v.canMake ? (
                      <a class="govuk-link" href={v.to(`/statistics/reach/codes/${c.code}/end`)}>
                        {t('reach.code.end')}
                        <span class="govuk-visually-hidden">: {c.name}</span>
                      </a>
                    ) : null}
                  </>
                ),
            },
          ])}
        />
      )}
      <h2 class="govuk-heading-m">{t('outreach.months.title')}</h2>
      {v.months.length === 0 ? <p class="govuk-body">{t('outreach.list.empty')}</p> : <MonthTable months={v.months} t={t} />}
    </>
  )
}
