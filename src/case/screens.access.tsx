import { Button, EmptyState, ScrollTable, SummaryList } from '../base/components/index.tsx'
import { formatStampShort, type T } from '../base/i18n.ts'
import type { Id } from '../base/id.ts'
import type { Compartment } from '../base/people.ts'
import type { Stamp } from '../base/time.ts'
import type { CaseRow } from './schema.ts'
import { type Apart, ApartWarning } from './screens.apart.tsx'

export interface AccessView {
  readonly case: CaseRow
  readonly apart: readonly Apart[]
  readonly timeZone: string
  readonly assignee: string
  readonly team: string
  readonly grants: readonly {
    readonly id: Id
    readonly alias: string
    readonly compartments: readonly Compartment[]
    readonly purpose: string
    readonly until: Stamp
  }[]
  readonly exclusions: readonly { readonly id: Id; readonly name: string; readonly by: string; readonly at: Stamp }[]
  readonly can: { readonly share: boolean; readonly exclude: boolean; readonly audit: boolean }
  readonly to: (path: string) => string
}

/** Who may open this case, until when, and who must not. */
export const accessScreen = (v: AccessView, t: T) => {
  const at = (p: string) => v.to(`/cases/${v.case.id}/${p}`)
  const when = (s: Stamp) => formatStampShort(s, t.locale, v.timeZone)
  return (
    <>
      <h1 class="govuk-heading-l">{t('case.access.title')}</h1>
      <p class="govuk-caption-m">{v.case.number}</p>
      <ApartWarning links={v.apart} t={t} />
      <SummaryList
        rows={[
          { key: { text: t('case.access.team') }, value: { text: v.team } },
          { key: { text: t('case.access.assignee') }, value: { text: v.case.assignee ? v.assignee : t('case.page.nobodyYet') } },
        ]}
      />
      {v.can.audit ? (
        <p class="govuk-body">
          <a class="govuk-link" href={at('audit')}>
            {t('access-admin.audit.whoLooked')}
          </a>
        </p>
      ) : null}
      <h2 class="govuk-heading-m">{t('case.access.grants')}</h2>
      {v.grants.length === 0 ? (
        <EmptyState title={t('case.access.noGrants')} />
      ) : (
        <ScrollTable
          label={t('case.access.grants')}
          head={[
            { text: t('case.access.who') },
            { text: t('case.access.what') },
            { text: t('case.access.until') },
            { text: t('case.access.act') },
          ]}
          rows={v.grants.map(g => [
            { text: `${g.alias} (${t(`case.purpose.${g.purpose}`)})` },
            { text: g.compartments.map(c => t(`base.compartment.${c}`)).join(', ') },
            { text: when(g.until) },
            {
              text: v.can.share ? (
                <a class="govuk-link" href={at(`grants/${g.id}/end`)}>
                  {t('case.access.end')}
                  <span class="govuk-visually-hidden"> {g.alias}</span>
                </a>
              ) : null,
            },
          ])}
        />
      )}
      {v.can.share ? <Button href={at('share')} text={t('case.share.title')} classes="govuk-button--secondary" /> : null}
      <h2 class="govuk-heading-m">{t('case.access.exclusions')}</h2>
      <p class="govuk-body">{t('case.access.exclusionsText')}</p>
      {v.exclusions.length === 0 ? null : (
        <ScrollTable
          label={t('case.access.exclusions')}
          head={[{ text: t('case.access.who') }, { text: t('case.access.madeBy') }, { text: t('case.access.act') }]}
          rows={v.exclusions.map(x => [
            { text: x.name },
            { text: `${x.by}, ${when(x.at)}` },
            {
              text: v.can.exclude ? (
                <a class="govuk-link" href={at(`exclusions/${x.id}/end`)}>
                  {t('case.access.end')}
                  <span class="govuk-visually-hidden"> {x.name}</span>
                </a>
              ) : null,
            },
          ])}
        />
      )}
      {v.can.exclude ? <Button href={at('exclude')} text={t('case.exclude.title')} classes="govuk-button--secondary" /> : null}
    </>
  )
}
