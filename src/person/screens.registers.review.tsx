import {
  Button,
  EmptyState,
  FormPage,
  type FormProps,
  InsetText,
  Pagination,
  pageItems,
  ScrollTable,
  SummaryList,
  WarningText,
} from '../base/components/index.tsx'
import { formatStampShort, type T } from '../base/i18n.ts'
import { type Counts, type Decision, type Found, type FoundPair, pairsAPage, type RegisterLink } from './schema.registers.ts'
import { Head } from './screens.registers.tsx'
import { Bars, signed } from './screens.waterfall.tsx'

type To = (path: string) => string
type Form = Omit<FormProps, 't' | 'submitLabel'>
const percent = (p: number, t: T) => t('register.percent', { percent: String(Math.min(99, Math.floor(p * 100))) })

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
  // Of our own people there is no heading: theirs says what is compared.
  const label = (s: FoundPair['steps'][number]) =>
    s.level === 'prior'
      ? t('match.what.prior')
      : s.kind && s.attribute === s.kind
        ? t(`register.kind.${s.kind}`)
        : v.link.way === 'ours'
          ? (s.attribute.split(' / ')[0] ?? s.attribute)
          : s.attribute
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
          {v.link.way === 'ours' && d?.verdict === 'same' ? (
            <p class="govuk-body">
              <a class="govuk-link" href={v.to(`/registers/${v.link.id}/take?n=${v.n + 1}`)}>
                {t('register.take.title')}
              </a>
            </p>
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
