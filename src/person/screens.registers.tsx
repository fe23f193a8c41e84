import { Field } from '../base/components/field.tsx'
import {
  Button,
  EmptyState,
  ErrorSummary,
  FormPage,
  type FormProps,
  InsetText,
  ScrollTable,
  Select,
  SummaryList,
  Tag,
} from '../base/components/index.tsx'
import { formatDayShort, type T } from '../base/i18n.ts'
import { linkKinds } from './schema.linkage.ts'
import type { Columns, RegisterLink } from './schema.registers.ts'

type To = (path: string) => string
type Form = Omit<FormProps, 't' | 'submitLabel'>

/** Comparisons that are open, and those that are erased, with the day by which each must be decided. */
export const linkListScreen = (v: { rows: readonly RegisterLink[]; to: To; canOpen: boolean }, t: T) => (
  <>
    <h1 class="govuk-heading-l">{t('register.list.title')}</h1>
    <p class="govuk-body">{t('register.list.intro')}</p>
    {v.canOpen ? <Button href={v.to('/registers/new')} text={t('register.new.title')} /> : <InsetText text={t('register.list.noTeam')} />}
    {v.rows.length === 0 ? (
      <EmptyState title={t('register.list.empty')} />
    ) : (
      <ScrollTable
        label={t('register.list.title')}
        head={['from', 'way', 'started', 'state', 'until'].map(k => ({ text: t(`register.list.${k}`) }))}
        rows={v.rows.map(r => [
          {
            text: (
              <a class="govuk-link" href={v.to(`/registers/${r.id}`)}>
                {r.agreement.from}, {r.agreement.agreement}
              </a>
            ),
          },
          { text: t(`register.way.${r.way}`) },
          { text: formatDayShort(r.started, t.locale) },
          { text: <Tag classes="govuk-tag--grey" text={t(`register.state.${r.state}`)} /> },
          { text: r.state === 'erased' ? '' : formatDayShort(r.expires, t.locale) },
        ])}
      />
    )}
  </>
)

export const newLinkScreen = (v: { form: Form }, t: T) => (
  <FormPage
    {...v.form}
    t={t}
    title={t('register.new.title')}
    intro={<InsetText text={t('register.new.intro')} />}
    submitLabel={t('register.new.submit')}
  />
)

export const Head = ({ l, t }: { l: RegisterLink; t: T }) => (
  <>
    <span class="govuk-caption-m">{t(`register.way.${l.way}`)}</span>
    <h1 class="govuk-heading-l">{l.agreement.from}</h1>
    <SummaryList
      rows={[
        { key: { text: t('register.form.agreement') }, value: { text: l.agreement.agreement } },
        { key: { text: t('register.form.purpose') }, value: { text: l.agreement.purpose } },
        l.state === 'erased'
          ? { key: { text: t('register.list.state') }, value: { text: t(`register.erased.${l.erasedWhy ?? 'decided'}`) } }
          : { key: { text: t('register.list.until') }, value: { text: formatDayShort(l.expires, t.locale) } },
      ]}
    />
  </>
)
const EraseLink = ({ l, to, t }: { l: RegisterLink; to: To; t: T }) => (
  <p class="govuk-body dv-print-hide">
    <a class="govuk-link" href={to(`/registers/${l.id}/erase`)}>
      {t('register.erase.title')}
    </a>
  </p>
)

export interface UploadLinkView {
  readonly link: RegisterLink
  readonly n: number
  readonly command: string
  readonly error: string | undefined
  readonly to: To
}
/** Step 1: a file, the first or the second. */
export const uploadLinkScreen = (v: UploadLinkView, t: T) => {
  const label = t(v.link.way === 'two' ? `register.file.${v.n === 0 ? 'first' : 'second'}` : 'register.file.only')
  const wrong = v.error ? t(v.error) : undefined
  return (
    <>
      {wrong ? <ErrorSummary titleText={t('base.component.problem')} errorList={[{ text: wrong, href: '#file' }]} /> : null}
      <Head l={v.link} t={t} />
      <h2 class="govuk-heading-m">{t('register.file.title')}</h2>
      <p class="govuk-body">{t('register.file.intro')}</p>
      <form action={v.to(`/registers/${v.link.id}/file`)} method="post" enctype="multipart/form-data" class="dv-form" novalidate>
        <input type="hidden" name="command" value={v.command} />
        <input type="hidden" name="version" value={v.link.version} />
        <Field
          id="file"
          label={{ text: label, classes: 'govuk-label--s' }}
          hint={{ text: t('register.file.hint') }}
          {...(wrong ? { errorMessage: { text: wrong } } : {})}
        >
          <input
            class="govuk-file-upload dv-file"
            id="file"
            name="file"
            type="file"
            accept=".csv,.txt,.tsv,.xlsx"
            aria-describedby={wrong ? 'file-hint file-error' : 'file-hint'}
          />
        </Field>
        <Button text={t('register.file.submit')} preventDoubleClick />
      </form>
      <EraseLink l={v.link} to={v.to} t={t} />
    </>
  )
}

export interface ColumnsView {
  readonly link: RegisterLink
  readonly files: readonly Columns[]
  readonly command: string
  readonly error: string | undefined
  readonly to: To
}
/** Step 2: what each column holds, suggested and correctable, with the beginning of what stands in it. */
export const columnsScreen = (v: ColumnsView, t: T) => (
  <>
    {v.error ? <ErrorSummary titleText={t('base.component.problem')} errorList={[{ text: t(v.error), href: '#kind-0-0' }]} /> : null}
    <Head l={v.link} t={t} />
    <h2 class="govuk-heading-m">{t('register.columns.title')}</h2>
    <p class="govuk-body">{t('register.columns.intro')}</p>
    <form action={v.to(`/registers/${v.link.id}/compare`)} method="post" class="dv-form" novalidate>
      <input type="hidden" name="command" value={v.command} />
      <input type="hidden" name="version" value={v.link.version} />
      {v.files.map((f, n) => (
        <section>
          <h3 class="govuk-heading-s">
            {v.files.length > 1 ? `${t(`register.file.${n === 0 ? 'first' : 'second'}`)}: ` : ''}
            {t('register.columns.rows', { n: f.rows })}
          </h3>
          {f.headings.map((h, i) => (
            <Select
              name={`kind-${n}-${i}`}
              label={{ text: h, classes: 'govuk-label--s' }}
              hint={{
                text:
                  f.sample
                    .map(r => r[i])
                    .filter(Boolean)
                    .join(' · ')
                    .slice(0, 120) || t('register.columns.empty'),
              }}
              value={f.kinds[i]}
              items={linkKinds.map(value => ({ value, text: t(`register.kind.${value}`) }))}
            />
          ))}
        </section>
      ))}
      {v.link.way === 'ours' ? <InsetText text={t('register.columns.ours')} /> : null}
      <p class="govuk-body">{t('register.columns.wait')}</p>
      <Button text={t('register.columns.submit')} preventDoubleClick />
    </form>
    <EraseLink l={v.link} to={v.to} t={t} />
  </>
)
