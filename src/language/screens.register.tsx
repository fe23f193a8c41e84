import { Button, FormPage, type FormProps, ScrollTable, SummaryList, Tag } from '../base/components/index.tsx'
import { formatDay, formatStamp, type T } from '../base/i18n.ts'
import type { Stamp } from '../base/time.ts'
import { tiesAsked } from './rules.warnings.ts'
import type { Interpreter, RegisterEntry } from './schema.ts'

const languagesText = (i: Interpreter, t: T) =>
  i.languages.map(l => [t(`language.spoken.${l.language}`), l.dialect].filter(Boolean).join(': ')).join(', ')
const undertakingText = (i: Interpreter, holds: boolean, t: T): string =>
  i.signed === null || i.until === null
    ? t('language.undertaking.none')
    : holds
      ? t('language.undertaking.until', { day: formatDay(i.until, t.locale) })
      : t('language.undertaking.over', { day: formatDay(i.until, t.locale) })

/** Who interprets for the agency; for choosing quickly: languages first, then what is missing. */
export const registerScreen = (
  v: {
    readonly rows: readonly { readonly entry: RegisterEntry; readonly holds: boolean }[]
    readonly edit: boolean
    readonly to: (p: string) => string
  },
  t: T,
) => (
  <>
    <h1 class="govuk-heading-l">{t('language.register.title')}</h1>
    <p class="govuk-body">{t('language.register.text')}</p>
    {v.edit ? <Button text={t('language.register.add')} href={v.to('/interpreters/new')} /> : null}
    {v.rows.length === 0 ? (
      <p class="govuk-body">{t('language.register.empty')}</p>
    ) : (
      <ScrollTable
        label={t('language.register.title')}
        firstCellIsHeader
        head={['alias', 'languages', 'kind', 'undertaking', 'ties'].map(k => ({ text: t(`language.register.${k}`) }))}
        rows={v.rows.map(({ entry: e, holds }) => [
          {
            text: (
              <>
                <a class="govuk-link" href={v.to(`/interpreters/${e.id}`)}>
                  {e.alias}
                </a>
                {e.state === 'paused' ? <Tag text={t('language.state.paused')} classes="govuk-tag--grey" /> : null}
              </>
            ),
          },
          { text: languagesText(e, t) },
          { text: t(`language.kind.${e.kind}`) },
          { text: undertakingText(e, holds, t) },
          { text: t(tiesAsked(e) ? 'language.register.tiesAsked' : 'language.register.tiesNotAsked') },
        ])}
      />
    )}
  </>
)

/** One entry: what is known, and every state it had. */
export const entryScreen = (
  v: {
    readonly entry: RegisterEntry
    readonly account: string
    readonly holds: boolean
    readonly history: readonly { readonly version: number; readonly who: string; readonly at: Stamp; readonly value: Interpreter }[]
    readonly timeZone: string
    readonly edit: boolean
    readonly to: (p: string) => string
  },
  t: T,
) => {
  const e = v.entry
  const row = (key: string, text: string) => ({ key: { text: t(`language.form.${key}`) }, value: { text: text || t('language.notAsked') } })
  return (
    <>
      <h1 class="govuk-heading-l">{e.alias}</h1>
      {v.edit ? (
        <Button text={t('language.form.change')} href={v.to(`/interpreters/${e.id}/edit`)} classes="govuk-button--secondary" />
      ) : null}
      <SummaryList
        rows={[
          row('kind', t(`language.kind.${e.kind}`)),
          row(
            'language',
            e.languages
              .map(l =>
                [
                  [t(`language.spoken.${l.language}`), l.dialect].filter(Boolean).join(': '),
                  t(`language.direction.${l.direction}`),
                  t(`language.level.${l.level}`),
                ].join(', '),
              )
              .join('; '),
          ),
          row('state', t(`language.state.${e.state}`)),
          row('undertaking', undertakingText(e, v.holds, t)),
          row('sex', t(`language.sex.${e.sex}`)),
          row('contact', e.contact),
          row('remote', t(e.remote ? 'language.form.remoteYes' : 'language.form.remoteNo')),
          row('from', e.places.map(p => [p.country, p.region, p.place].filter(Boolean).join(', ')).join('; ')),
          row('community', e.community),
          row('kin', e.kin),
          row('employers', e.employers),
          row('note', e.note || '—'),
          row('account', v.account || '—'),
        ]}
      />
      <h2 class="govuk-heading-m">{t('language.register.history')}</h2>
      <ScrollTable
        label={t('language.register.history')}
        head={['when', 'who', 'languages', 'undertaking'].map(k => ({ text: t(`language.register.${k}`) }))}
        rows={v.history.map(h => [
          { text: formatStamp(h.at, t.locale, v.timeZone) },
          { text: h.who },
          { text: languagesText(h.value, t) },
          { text: h.value.until ? formatDay(h.value.until, t.locale) : t('language.undertaking.none') },
        ])}
      />
    </>
  )
}

export const interpreterFormScreen = (
  v: Omit<FormProps, 't' | 'submitLabel'> & { readonly title: string; readonly back: string },
  t: T,
) => (
  <FormPage
    {...v}
    t={t}
    submitLabel={t('language.form.submit')}
    intro={<p class="govuk-body">{t('language.form.intro')}</p>}
    after={
      <a class="govuk-link" href={v.back}>
        {t('base.button.cancel')}
      </a>
    }
  />
)
