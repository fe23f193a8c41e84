import { type Content, FormPage, type FormProps, ScrollTable, WarningText } from '../base/components/index.tsx'
import type { FieldDef, Fields, Values } from '../base/form.ts'
import type { T } from '../base/i18n.ts'
import { type Apart, ApartWarning } from './screens.apart.tsx'

export interface CommandView extends Omit<FormProps, 't' | 'submitLabel'> {
  /** Prefix of the words: `.title`, `.submit`, `.intro`. */
  readonly words: string
  /** Number of the case, never a name: this stands in the address bar's neighbourhood and on paper. */
  readonly number: string
  readonly back: string
  /** Links that forbid: read before anything is done. */
  readonly apart?: readonly Apart[]
  readonly above?: Content
  /** Set when somebody else changed the case meanwhile: what it says now, by field. */
  readonly stale?: Readonly<Record<string, string>> | undefined
}

const typed = (values: Values, name: string, field: FieldDef, t: T): string => {
  if (field.kind === 'day')
    return ['day', 'month', 'year']
      .map(p => values[`${name}-${p}`])
      .filter(Boolean)
      .join('.')
  const v = values[name]
  const list = typeof v === 'string' ? [v] : (v ?? [])
  return list
    .map(x => {
      const o = field.options?.find(q => q.value === x)
      return o?.label ? t(o.label) : (o?.text ?? x)
    })
    .join(', ')
}

/** Both versions side by side: what the case says now, and what was typed. Nothing typed is lost, nothing is overwritten unseen. */
const Stale = ({ view, t }: { view: CommandView; t: T }) => {
  const fields = (view.form as { fields: Fields }).fields
  return (
    <>
      <WarningText text={t('case.stale.title')} />
      <p class="govuk-body">{t('case.stale.text')}</p>
      <ScrollTable
        label={t('case.stale.title')}
        head={[{ text: t('case.stale.field') }, { text: t('case.stale.now') }, { text: t('case.stale.yours') }]}
        firstCellIsHeader
        rows={Object.entries(fields)
          .filter(([, f]) => f.kind !== 'hidden')
          .map(([name, f]) => [
            { text: t(f.label) },
            { text: view.stale?.[name] || '—' },
            { text: typed(view.values ?? {}, name, f, t) || '—' },
          ])}
      />
    </>
  )
}

/** One command on one case: heading, what there is to know first, form. */
export const commandScreen = (view: CommandView, t: T) => (
  <FormPage
    {...view}
    t={t}
    title={t(`${view.words}.title`)}
    submitLabel={t(`${view.words}.submit`)}
    intro={
      <>
        <p class="govuk-caption-m">{view.number}</p>
        <ApartWarning links={view.apart ?? []} t={t} />
        {view.stale ? <Stale view={view} t={t} /> : null}
        {view.above ?? null}
      </>
    }
    after={
      <a class="govuk-link" href={view.back}>
        {t('base.button.cancel')}
      </a>
    }
  />
)
