import { Field } from '../base/components/field.tsx'
import {
  Button,
  EmptyState,
  ErrorSummary,
  FormPage,
  type FormProps,
  InsetText,
  Pagination,
  pageItems,
  ScrollTable,
  Select,
  SummaryList,
  Tag,
  WarningText,
} from '../base/components/index.tsx'
import { formatDayShort, formatStampShort, type T } from '../base/i18n.ts'
import { linkKinds } from './schema.linkage.ts'
import { type Columns, type Counts, type Decision, type Found, type FoundPair, pairsAPage, type RegisterLink } from './schema.registers.ts'
import { Bars, signed } from './screens.waterfall.tsx'

type To = (path: string) => string
type Form = Omit<FormProps, 't' | 'submitLabel'>
const percent = (p: number, t: T) => t('register.percent', { percent: String(Math.min(99, Math.floor(p * 100))) })

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

const Head = ({ l, t }: { l: RegisterLink; t: T }) => (
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

export interface ReviewView {
  readonly link: RegisterLink
  readonly found: Found
  readonly page: number
  readonly pairs: readonly FoundPair[]
  readonly decisions: ReadonlyMap<number, Decision>
  readonly decided: number
  readonly to: To
}
/** Step 3: the pairs, the likeliest first. */
export const reviewScreen = (v: ReviewView, t: T) => {
  const last = Math.max(1, Math.ceil(v.found.pairs / pairsAPage))
  const at = (page: number) => v.to(`/registers/${v.link.id}?page=${page}`)
  return (
    <>
      <Head l={v.link} t={t} />
      <h2 class="govuk-heading-m">{t('register.review.title')}</h2>
      <p class="govuk-body">{t('register.review.intro', { pairs: v.found.pairs, decided: v.decided })}</p>
      <p class="govuk-body">
        {t('register.review.space', {
          candidates: v.found.candidates.toLocaleString(t.locale),
          possible: v.found.possible.toLocaleString(t.locale),
        })}
      </p>
      {v.found.more > 0 ? <WarningText text={t('register.review.more', { n: v.found.more })} /> : null}
      {v.found.pairs === 0 ? (
        <EmptyState title={t('register.review.empty')} />
      ) : (
        <ScrollTable
          label={t('register.review.title')}
          head={['pair', 'ids', 'probability', 'verdict'].map(k => ({ text: t(`register.review.${k}`) }))}
          rows={v.pairs.map((p, i) => {
            const n = (v.page - 1) * pairsAPage + i
            const d = v.decisions.get(n)
            return [
              {
                text: (
                  <a class="govuk-link" href={v.to(`/registers/${v.link.id}/pair?n=${n + 1}`)}>
                    {p.name} — {p.other}
                  </a>
                ),
              },
              { text: `${short(p.leftId)} — ${short(p.rightId)}` },
              { text: percent(p.probability, t) },
              { text: d ? t(`register.verdict.${d.verdict}`) : t('register.review.open') },
            ]
          })}
        />
      )}
      {last > 1 ? (
        <Pagination
          items={pageItems(v.page, last, at)}
          {...(v.page > 1 ? { previous: { href: at(v.page - 1) } } : {})}
          {...(v.page < last ? { next: { href: at(v.page + 1) } } : {})}
        />
      ) : null}
      <h2 class="govuk-heading-m">{t('register.finish.title')}</h2>
      <p class="govuk-body">{t('register.finish.intro')}</p>
      <div class="govuk-button-group dv-print-hide">
        <Button href={v.to(`/registers/${v.link.id}/decisions`)} classes="govuk-button--secondary" text={t('register.finish.download')} />
        <Button href={v.to(`/registers/${v.link.id}/erase`)} classes="govuk-button--warning" text={t('register.erase.title')} />
      </div>
    </>
  )
}
/** Ids of ours are long; their beginning tells them apart on a page. */
const short = (id: string) => (id.length > 14 ? `${id.slice(0, 8)}…` : id)

export interface PairView {
  readonly link: RegisterLink
  readonly n: number
  readonly pairs: number
  readonly pair: FoundPair
  readonly decision: Decision | undefined
  readonly alias: (id: string) => string
  readonly timeZone: string
  readonly form: Form
  readonly to: To
}
/** One pair: differences side by side, the waterfall, the decision. */
export const pairScreen = (v: PairView, t: T) => {
  const { pair: p, decision: d } = v
  const label = (s: FoundPair['steps'][number]) => (s.level === 'prior' ? t('match.what.prior') : s.attribute)
  const shown = p.steps.filter(s => s.level !== 'missing')
  return (
    <>
      <span class="govuk-caption-m">{t('register.pair.of', { n: v.n + 1, pairs: v.pairs })}</span>
      <h1 class="govuk-heading-l">
        {p.name} — {p.other}
      </h1>
      <p class="govuk-body">
        {t('register.review.probability')}: {percent(p.probability, t)}.{' '}
        {t('register.pair.ids', { left: short(p.leftId), right: short(p.rightId) })}
        {v.link.way === 'ours' ? (
          <>
            {' '}
            <a class="govuk-link" href={v.to(`/people/${p.rightId}`)}>
              {t('register.pair.person')}
            </a>
          </>
        ) : null}
      </p>
      <ScrollTable
        label={t('register.pair.sides')}
        firstCellIsHeader
        head={[
          { text: t('match.table.what') },
          { text: t(v.link.way === 'one' ? 'register.pair.row1' : 'register.file.first') },
          { text: t(v.link.way === 'ours' ? 'register.pair.ours' : v.link.way === 'one' ? 'register.pair.row2' : 'register.file.second') },
          { text: t('match.table.level') },
          { text: t('match.table.bits'), format: 'numeric' },
        ]}
        rows={p.steps
          .filter(s => s.level !== 'prior' && s.level !== 'together')
          .map(s => [
            { text: label(s) },
            { text: s.left || t('match.notSaid') },
            { text: s.right || t('match.notSaid') },
            { text: t(`register.level.${s.level}`) },
            { text: s.level === 'missing' ? '0' : signed(s.weight, t), format: 'numeric' as const },
          ])}
      />
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-one-half">
          <h2 class="govuk-heading-m">{t('match.waterfall.title')}</h2>
          <p class="govuk-hint">{t('match.waterfall.how')}</p>
          <Bars
            t={t}
            w={{
              steps: shown.map(s => ({ label: label(s), bits: s.weight })),
              bits: shown.reduce((n, s) => n + s.weight, 0),
              probability: p.probability,
            }}
          />
        </div>
        <div class="govuk-grid-column-one-half">
          {d ? (
            <InsetText
              text={t('register.pair.decided', {
                verdict: t(`register.verdict.${d.verdict}`),
                reason: d.reason,
                by: v.alias(d.by),
                at: formatStampShort(d.at, t.locale, v.timeZone),
              })}
            />
          ) : null}
          <FormPage {...v.form} t={t} submitLabel={t('register.pair.submit')} />
        </div>
      </div>
      <p class="govuk-body dv-print-hide">
        {v.n > 0 ? (
          <a class="govuk-link" href={v.to(`/registers/${v.link.id}/pair?n=${v.n}`)}>
            {t('register.pair.previous')}
          </a>
        ) : null}{' '}
        {v.n + 1 < v.pairs ? (
          <a class="govuk-link" href={v.to(`/registers/${v.link.id}/pair?n=${v.n + 2}`)}>
            {t('register.pair.next')}
          </a>
        ) : null}
      </p>
    </>
  )
}

export const eraseScreen = (v: { link: RegisterLink; open: number; form: Form }, t: T) => (
  <FormPage
    {...v.form}
    t={t}
    title={t('register.erase.title')}
    intro={
      <>
        <p class="govuk-body">{v.link.agreement.from}</p>
        <WarningText text={t('register.erase.intro')} />
        {v.open > 0 ? <InsetText text={t('register.erase.open', { n: v.open })} /> : null}
      </>
    }
    submitLabel={t('register.erase.submit')}
  />
)

/** What stays: who sent what and why, and how many. */
export const erasedScreen = (v: { link: RegisterLink; counts: Counts | undefined }, t: T) => (
  <>
    <Head l={v.link} t={t} />
    {v.counts ? (
      <SummaryList
        rows={[
          { key: { text: t('register.counts.rows') }, value: { text: v.counts.rows.join(' + ') } },
          ...(['pairs', 'same', 'different', 'unsure'] as const).map(k => ({
            key: { text: t(`register.counts.${k}`) },
            value: { text: String(v.counts![k]) },
          })),
        ]}
      />
    ) : null}
  </>
)
