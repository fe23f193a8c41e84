import { ScrollTable } from '../base/components/index.tsx'
import { formatDayShort, type T } from '../base/i18n.ts'
import type { Step, Weighed } from './rules.match.weigh.ts'

/* What spoke for and against, step by step: a drawing for the eye, and the same as a table for everybody. Drawn with attributes alone, so that no style is needed. */

export const signed = (n: number, t: T) =>
  `${n > 0 ? '+' : n < 0 ? '−' : ''}${Math.abs(n).toLocaleString(t.locale, { maximumFractionDigits: 1 })}`
/** Never 0 and never 100: nothing that was compared makes it certain. */
export const percentOf = (w: { readonly probability: number }): string => String(Math.min(99, Math.max(1, Math.floor(w.probability * 100))))
const row = 30
const left = 8
const width = 320

/** Each step begins where the last one ended; filled speaks for, outlined against, so that no colour is needed to read it. */
export const Bars = ({
  w,
  t,
}: {
  w: { readonly steps: readonly { readonly label: string; readonly bits: number }[]; readonly bits: number; readonly probability: number }
  t: T
}) => {
  const { steps } = w
  let sum = 0
  const ends = steps.map(s => {
    sum += s.bits
    return sum
  })
  const [low, high] = [Math.min(0, ...ends), Math.max(0, ...ends)]
  const scale = (width - 2 * left) / Math.max(1, high - low)
  const x = (bits: number) => Math.round((left + (bits - low) * scale) * 10) / 10
  const height = (steps.length + 1) * row + 6
  const Bar = ({ from, to, y }: { from: number; to: number; y: number }) => (
    <rect
      x={Math.min(x(from), x(to))}
      y={y}
      width={Math.max(1.5, Math.abs(x(to) - x(from)))}
      height="10"
      fill={to >= from ? 'currentColor' : 'none'}
      stroke="currentColor"
      stroke-width="1.5"
    />
  )
  return (
    <svg
      role="img"
      aria-label={t('match.waterfall.alt', { total: signed(w.bits, t), percent: percentOf(w) })}
      viewBox={`0 0 ${width} ${height}`}
      width="100%"
      xmlns="http://www.w3.org/2000/svg"
    >
      {steps.map((s, i) => (
        <g>
          <text x={left} y={i * row + 13} font-size="12" fill="currentColor">
            {s.label}
          </text>
          <text x={width - left} y={i * row + 13} font-size="12" fill="currentColor" text-anchor="end">
            {signed(s.bits, t)}
          </text>
          <line x1={x(0)} y1={i * row + 16} x2={x(0)} y2={i * row + 29} stroke="currentColor" stroke-width="1" stroke-dasharray="2 2" />
          <Bar from={ends[i - 1] ?? 0} to={ends[i] ?? 0} y={i * row + 17} />
        </g>
      ))}
      <text x={left} y={steps.length * row + 15} font-size="13" font-weight="bold" fill="currentColor">
        {t('match.waterfall.total')}
      </text>
      <text x={width - left} y={steps.length * row + 15} font-size="13" font-weight="bold" fill="currentColor" text-anchor="end">
        {signed(w.bits, t)}
      </text>
      <Bar from={0} to={w.bits} y={steps.length * row + 20} />
    </svg>
  )
}

/** The steps of two records of ours. */
export const Waterfall = ({ w, t }: { w: Weighed; t: T }) => (
  <Bars
    t={t}
    w={{ ...w, steps: w.steps.flatMap(s => (s.level === 'missing' ? [] : [{ label: t(`match.what.${s.what}`), bits: s.bits }])) }}
  />
)

const side = (s: Step, text: string, t: T): string => {
  if (s.what === 'prior') return ''
  if (text === '') return t('match.notSaid')
  if (s.what === 'sex') return t(`match.sex.${text}`)
  if (s.what === 'birthday')
    return text
      .split(', ')
      .map(d => formatDayShort(d, t.locale))
      .join(', ')
  return s.what === 'origin' ? (new Intl.DisplayNames([t.locale], { type: 'region' }).of(text) ?? text) : text
}
const unsaid = (s: Step) => s.level === 'missing' && s.left === '' && s.right === ''
/** The same as a table: what each side says, how alike, and what it weighs. What neither says stands in one line below. */
export const WeighTable = ({
  w,
  names,
  teams,
  t,
}: {
  w: Weighed
  names: readonly [string, string]
  teams?: readonly [string, string]
  t: T
}) => {
  const heading = (i: 0 | 1) => ({ text: teams ? `${names[i]} (${teams[i]})` : names[i], label: names[i] })
  const rest = w.steps.filter(unsaid)
  return (
    <>
      <ScrollTable
        label={`${t('match.table.label')}: ${names[0]}, ${names[1]}`}
        firstCellIsHeader
        head={[
          { text: t('match.table.what') },
          heading(0),
          heading(1),
          { text: t('match.table.level') },
          { text: t('match.table.bits'), format: 'numeric' },
        ]}
        rows={[
          ...w.steps
            .filter(s => !unsaid(s))
            .map(s => [
              { text: t(`match.what.${s.what}`) },
              { text: side(s, s.left, t) },
              { text: side(s, s.right, t) },
              { text: t(`match.level.${s.level}`) },
              { text: s.level === 'missing' ? '0' : signed(s.bits, t), format: 'numeric' as const },
            ]),
          [
            { text: t('match.waterfall.total') },
            { text: '' },
            { text: '' },
            { text: t('match.percent', { percent: percentOf(w) }) },
            { text: signed(w.bits, t), format: 'numeric' as const },
          ],
        ]}
      />
      {rest.length > 0 ? (
        <p class="govuk-body-s">
          {t('match.table.unsaid', { list: rest.map(s => t(`match.what.${s.what}`).toLocaleLowerCase(t.locale)).join(', ') })}
        </p>
      ) : null}
    </>
  )
}
