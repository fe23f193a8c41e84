import {
  Button,
  EmptyState,
  FormPage,
  type FormProps,
  InsetText,
  ScrollTable,
  SummaryList,
  WarningText,
} from '../base/components/index.tsx'
import { formatDayShort, formatStampShort, isLocale, languageName, type T } from '../base/i18n.ts'
import type { Stamp } from '../base/time.ts'
import type { MonthCount } from './rules.outreach.ts'
import type { Outreach, OutreachKind } from './schema.outreach.ts'

type To = (path: string) => string
const langText = (lang: string, t: T) => (isLocale(lang) ? languageName[lang] : t('outreach.form.otherLang'))
const placeText = (o: Pick<Outreach, 'kind' | 'place'>, t: T) => t(`outreach.${o.kind === 'post' ? 'platform' : 'place'}.${o.place}`)
const told = (n: number | null) => (n === null ? '' : String(n))

/** Sums of a month; also shown in the figures of reach. */
export const MonthTable = ({ months, t }: { months: readonly MonthCount[]; t: T }) => (
  <ScrollTable
    label={t('outreach.months.title')}
    head={['month', 'posts', 'hours', 'contacts', 'events', 'reached'].map((k, i) => ({
      text: t(`outreach.months.${k}`),
      ...(i > 0 ? { format: 'numeric' as const } : {}),
    }))}
    rows={months.map(m => [
      { text: `${m.month.slice(5)}.${m.month.slice(0, 4)}` },
      ...[m.posts, m.hours, m.contacts, m.events, m.reached].map(n => ({ text: String(n), format: 'numeric' as const })),
    ])}
  />
)

export const outreachListScreen = (v: { entries: readonly Outreach[]; months: readonly MonthCount[]; to: To }, t: T) => (
  <>
    <h1 class="govuk-heading-l">{t('outreach.list.title')}</h1>
    <p class="govuk-body">{t('outreach.list.intro')}</p>
    <InsetText text={t('outreach.form.ruleText')} />
    <div class="govuk-button-group dv-print-hide">
      <Button href={v.to('/outreach/new/post')} text={t('outreach.new.post')} />
      <Button href={v.to('/outreach/new/event')} classes="govuk-button--secondary" text={t('outreach.new.event')} />
    </div>
    {v.entries.length === 0 ? (
      <EmptyState title={t('outreach.list.empty')} />
    ) : (
      <>
        <ScrollTable
          label={t('outreach.list.title')}
          head={['day', 'what', 'where', 'lang', 'numbers'].map(k => ({ text: t(`outreach.list.${k}`) }))}
          rows={v.entries.map(e => [
            {
              text: (
                <a class="govuk-link" href={v.to(`/outreach/${e.id}`)}>
                  {formatDayShort(e.day, t.locale)}
                </a>
              ),
            },
            { text: t(`outreach.kind.${e.kind}`) },
            { text: [placeText(e, t), e.community, e.audience ? t(`outreach.audience.${e.audience}`) : ''].filter(Boolean).join(', ') },
            { text: langText(e.lang, t) },
            {
              text:
                e.kind === 'post'
                  ? t('outreach.list.postNumbers', { hours: told(e.hours), contacts: told(e.contacts) })
                  : t('outreach.list.eventNumbers', { reached: told(e.reached) }),
            },
          ])}
        />
        <h2 class="govuk-heading-m">{t('outreach.months.title')}</h2>
        <MonthTable months={v.months} t={t} />
      </>
    )}
  </>
)

export const outreachScreen = (
  v: { entry: Outreach; history: readonly { version: number; by: string; at: Stamp }[]; timeZone: string; to: To },
  t: T,
) => {
  const e = v.entry
  const rows: readonly (readonly [string, string])[] = [
    ['day', formatDayShort(e.day, t.locale)],
    [e.kind === 'post' ? 'platform' : 'place', placeText(e, t)],
    ...(e.kind === 'post'
      ? ([
          ['community', e.community],
          ['text', e.text],
          ['hours', told(e.hours)],
          ['contacts', told(e.contacts)],
        ] as const)
      : ([
          ['audience', e.audience ? t(`outreach.audience.${e.audience}`) : ''],
          ['reached', told(e.reached)],
        ] as const)),
    ['lang', langText(e.lang, t)],
    ['note', e.note],
  ]
  return (
    <>
      <h1 class="govuk-heading-l">{t(`outreach.kind.${e.kind}`)}</h1>
      <SummaryList
        rows={rows.filter(r => r[1]).map(([k, value]) => ({ key: { text: t(`outreach.form.${k}`) }, value: { text: value } }))}
      />
      <Button href={v.to(`/outreach/${e.id}/edit`)} classes="govuk-button--secondary dv-print-hide" text={t('outreach.change.title')} />
      <h2 class="govuk-heading-m">{t('outreach.history')}</h2>
      <ul class="govuk-list govuk-list--bullet">
        {v.history.map(h => (
          <li>
            {t(h.version === 1 ? 'outreach.written' : 'outreach.corrected')}: {h.by}, {formatStampShort(h.at, t.locale, v.timeZone)}
          </li>
        ))}
      </ul>
    </>
  )
}

export const outreachFormScreen = (
  v: { kind: OutreachKind; title: string; found: readonly string[]; form: Omit<FormProps, 't' | 'submitLabel'> },
  t: T,
) => (
  <FormPage
    {...v.form}
    t={t}
    title={v.title}
    intro={
      <>
        <p class="govuk-body">{t(`outreach.new.${v.kind}Intro`)}</p>
        {v.found.length > 0 ? <WarningText text={t('outreach.form.found', { found: v.found.join(', ') })} /> : null}
      </>
    }
    submitLabel={t('outreach.form.submit')}
  />
)
