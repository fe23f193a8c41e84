import { Button, capital, Details, EmptyState, InsetText, ScrollTable, Select, type TableCell } from '../base/components/index.tsx'
import { formatStamp, formatTime, type T } from '../base/i18n.ts'
import { fieldsOf, monthsBack, sides } from './rules.cuts.ts'
import { placeName } from './rules.places.ts'
import { type Cut, type Dimension, type Released, whats } from './schema.ts'

/** A month as it is read: «ноябрь 2026 г.». */
const monthName = (month: string, t: T): string =>
  new Intl.DateTimeFormat(t.locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${month}T00:00:00Z`))

/** What a code of a dimension says. */
export const codeText = (d: Dimension, code: string, t: T): string => {
  if (d === 'age' && code === 'range') return t('statistics.code.range')
  if (code === 'unknown' || code === 'other' || code === 'elsewhere' || code === 'known') return t(`statistics.code.${code}`)
  if (d === 'month')
    return /-01$/.test(code)
      ? monthName(code, t)
      : /Q/.test(code)
        ? t('statistics.quarter', { year: code.slice(0, 4), quarter: code.slice(-1) })
        : code
  if (d === 'age') return t('statistics.years', { band: code.replace('-', '–') })
  if (d === 'sex') return t(`statistics.sex.${code}`)
  if (d === 'origin') return placeName(code, t.locale) ?? t(`statistics.group.${code}`)
  return t(`statistics.${d}.${code}`)
}
export const sideText = (side: string, t: T): string => {
  const [d, level] = side.split('.')
  return t(`statistics.side.${d}${level}`)
}
export const periodText = (c: Pick<Cut, 'from' | 'to'>, t: T): string =>
  c.from === c.to ? monthName(c.from, t) : t('statistics.period', { from: monthName(c.from, t), to: monthName(c.to, t) })
/** The cut in one line: heading of the table, of the file and in the register. */
export const cutText = (c: Cut, t: T): string => {
  const { rows, columns } = fieldsOf(c)
  const by = columns === 'none' ? sideText(rows, t) : t('statistics.both', { rows: sideText(rows, t), columns: sideText(columns, t) })
  return t('statistics.line', { what: t(`statistics.what.${c.what}`), by, period: periodText(c, t) })
}

/** Choosing a table: an address of codes only, so that it can be sent to a colleague and works without JavaScript. */
export const CutForm = ({ action, cut, latest, t }: { action: string; cut: Cut; latest: string; t: T }) => {
  const now = fieldsOf(cut)
  const months = monthsBack(latest, 60).map(m => ({ value: m.slice(0, 7), text: monthName(m, t) }))
  const side = (s: string) => ({ value: s, text: capital(sideText(s, t)) })
  const pick = (name: keyof typeof now, items: readonly { value: string; text: string }[]) => (
    <Select name={name} id={`cut-${name}`} label={{ text: t(`statistics.cut.${name}`) }} value={now[name]} items={items} />
  )
  return (
    <form method="get" action={action} class="dv-filter dv-print-hide">
      {pick(
        'what',
        whats.map(w => ({ value: w, text: capital(t(`statistics.what.${w}`)) })),
      )}
      {pick('rows', sides.map(side))}
      {pick('columns', [{ value: 'none', text: t('statistics.cut.none') }, ...sides.map(side)])}
      {pick('from', months)}
      {pick('to', months)}
      <Button text={t('statistics.cut.show')} classes="govuk-button--secondary" />
    </form>
  )
}

export interface Numbers {
  readonly cut: Cut
  readonly rows: readonly string[]
  readonly columns: readonly string[]
  readonly cells: readonly (readonly (number | null)[])[]
  readonly rowTotals: readonly (number | null)[]
  readonly columnTotals: readonly (number | null)[]
  readonly grand: number | null
}
/**
 * A table of numbers with its totals; a hidden number is a word, never an empty cell. `outline`: only which numbers would stand in it. Before a release nothing is
 * compared with anything, so whoever asked for two periods could subtract what two outlines with numbers show.
 */
export const NumberTable = ({ n, outline, t }: { n: Numbers; outline?: boolean; t: T }) => {
  const shown = (x: number) => (outline ? t('statistics.shown') : new Intl.NumberFormat(t.locale).format(x))
  const number = (x: number | null): TableCell => ({
    text: x === null ? <span class="govuk-hint">{t('statistics.hidden')}</span> : shown(x),
    format: 'numeric',
  })
  const wide = n.cut.columns !== null
  const heads: TableCell[] = [
    { text: capital(sideText(`${n.cut.rows}.${n.cut.rowLevel}`, t)) },
    ...(wide ? n.columns.map((c): TableCell => ({ text: codeText(n.cut.columns!, c, t), format: 'numeric' })) : []),
    { text: t('statistics.total'), format: 'numeric' },
  ]
  const bold = (c: TableCell): TableCell => ({ ...c, text: <strong>{c.text}</strong> })
  return (
    <ScrollTable
      label={cutText(n.cut, t)}
      caption={capital(cutText(n.cut, t))}
      captionClasses="govuk-table__caption--m"
      firstCellIsHeader
      head={heads}
      rows={[
        ...n.rows.map((c, i) => [
          { text: codeText(n.cut.rows, c, t) },
          ...(wide ? n.cells[i]!.map(number) : []),
          bold(number(n.rowTotals[i]!)),
        ]),
        [{ text: t('statistics.total') }, ...(wide ? n.columnTotals.map(number).map(bold) : []), bold(number(n.grand))],
      ]}
    />
  )
}

/** How children are counted: one text for both kinds of table. */
export const HowCounted = ({ t }: { t: T }) => (
  <Details summaryText={t('statistics.how.title')}>
    {['children', 'codes', 'age', 'late'].map(k => (
      <p class="govuk-body">{t(`statistics.how.${k}`)}</p>
    ))}
  </Details>
)

export interface WorkingView {
  readonly numbers: Numbers
  readonly latest: string
  readonly cases: number
  readonly closed: number
  readonly more: boolean
  readonly at: string
  readonly timeZone: string
  readonly canRelease: boolean
  readonly to: (path: string) => string
}
/** Exact counts of the cases that a supervisor may open: on the screen only. */
export const workingScreen = (v: WorkingView, t: T) => (
  <>
    <h1 class="govuk-heading-l">{t('statistics.working.title')}</h1>
    <InsetText>
      <strong>{t('statistics.working.internal')}</strong> {t('statistics.working.internalText')}{' '}
      {v.canRelease ? (
        <a class="govuk-link" href={v.to('/releases')}>
          {t('statistics.working.toReleases')}
        </a>
      ) : null}
    </InsetText>
    <CutForm action={v.to('/statistics')} cut={v.numbers.cut} latest={v.latest} t={t} />
    <p class="govuk-body">{t('statistics.working.cases', { count: v.cases, at: formatTime(v.at, v.timeZone) })}</p>
    {v.closed > 0 ? <p class="govuk-body">{t('statistics.working.closed', { count: v.closed })}</p> : null}
    {v.more ? <p class="govuk-body">{t('statistics.working.more', { count: v.cases })}</p> : null}
    {v.numbers.grand === 0 ? (
      <EmptyState title={t('statistics.empty.title')} text={t('statistics.empty.text')} />
    ) : (
      <NumberTable n={v.numbers} t={t} />
    )}
    <HowCounted t={t} />
  </>
)

export interface ReleaseLine {
  readonly id: string
  readonly content: Released
  readonly by: string
  readonly at: string
}
/** The register: what was given out, by whom, when. */
export const releasesScreen = (
  v: { readonly lines: readonly ReleaseLine[]; readonly timeZone: string; readonly to: (path: string) => string },
  t: T,
) => (
  <>
    <h1 class="govuk-heading-l">{t('statistics.releases.title')}</h1>
    <p class="govuk-body">{t('statistics.releases.text')}</p>
    <Button href={v.to('/releases/new')} text={t('statistics.releases.new')} classes="dv-print-hide" />
    {v.lines.length === 0 ? (
      <EmptyState title={t('statistics.releases.empty')} text={t('statistics.releases.emptyText')} />
    ) : (
      <ScrollTable
        label={t('statistics.releases.title')}
        head={['table', 'k', 'by', 'at'].map(k => ({ text: t(`statistics.releases.${k}`) }))}
        rows={v.lines.map(l => [
          {
            text: (
              <a class="govuk-link" href={v.to(`/releases/${l.id}`)}>
                {capital(cutText(l.content.cut, t))}
              </a>
            ),
          },
          { text: l.content.k },
          { text: l.by },
          { text: formatStamp(l.at, t.locale, v.timeZone) },
        ])}
      />
    )}
  </>
)
