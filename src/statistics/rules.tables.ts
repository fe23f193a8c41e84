import { defaultK, type Suppressed, suppress, telling } from '../base/suppression.ts'
import { coarserPlace } from './rules.places.ts'
import { ages, type Codes, type Count, type Cut, type Dimension, levels, type Released, sexes, type Table, type What } from './schema.ts'

/** One thing that happened to one child. */
export interface Happened extends Codes {
  readonly child: string
  readonly what: What
  readonly month: string
}

const bands: readonly Readonly<Record<string, string>>[] = [
  {},
  { '0-5': '0-9', '6-9': '0-9', '14-15': '14-17', '16-17': '14-17' },
  { '0-5': '0-13', '6-9': '0-13', '10-13': '0-13', '14-15': '14+', '16-17': '14+', '18+': '14+' },
]
/** A month more coarsely: 1 a quarter (`2026-Q4`), 2 a year. */
const period = (month: string, level: number): string =>
  level === 0 ? month : level === 1 ? `${month.slice(0, 4)}-Q${Math.ceil(Number(month.slice(5, 7)) / 3)}` : month.slice(0, 4)
/** A code at a coarser level. Level 0 leaves it as it is kept. */
export const coarser = (d: Dimension, code: string, level: number): string => {
  if (d === 'month') return period(code, level)
  if (d === 'origin') return coarserPlace(code, level)
  if (d === 'age') return bands[level]?.[code] ?? code
  // Asked and answered, or not yet: the coarsest that still says something.
  return level === 0 || d === 'sex' || code === 'unknown' || code === 'none' ? code : 'known'
}

const order: Partial<Record<Dimension, readonly string[]>> = {
  age: ['0-5', '0-9', '0-13', ...ages.slice(1, -2), '14-17', '14+'].sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10)),
  sex: sexes,
}
const last = (code: string) => (code === 'unknown' ? 2 : code === 'other' || code === 'elsewhere' || code === 'range' ? 1 : 0)
/** Codes in the order in which they are read; "unknown" stands last. */
export const inOrder = (d: Dimension, codes: Iterable<string>): string[] => {
  const known = order[d] ?? []
  return [...new Set(codes)].sort((a, b) => last(a) - last(b) || known.indexOf(a) - known.indexOf(b) || (a < b ? -1 : a > b ? 1 : 0))
}
/** Every month from one to another. */
export const monthsBetween = (from: string, to: string): string[] => {
  const out: string[] = []
  let [y, m] = [Number(from.slice(0, 4)), Number(from.slice(5, 7))]
  while (out.length < 600) {
    const at = `${y}-${String(m).padStart(2, '0')}-01`
    if (at > to) break
    out.push(at)
    ;[y, m] = m === 12 ? [y + 1, 1] : [y, m + 1]
  }
  return out
}

/** The table of a cut from counts at the finest level. Each child stands in one of them, so coarser ones are their sums. */
export const tableOf = (cut: Cut, counts: readonly Count[]): Table => {
  const a = (code: string) => coarser(cut.rows, code, cut.rowLevel)
  const b = (code: string) => (cut.columns ? coarser(cut.columns, code, cut.columnLevel) : 'all')
  // A month without anybody is nought; a month that is left out would look forgotten.
  const all = (d: Dimension | null, codes: string[], level: number) =>
    d === null ? ['all'] : inOrder(d, d === 'month' ? monthsBetween(cut.from, cut.to).map(m => period(m, level)) : codes)
  const rows = all(
    cut.rows,
    counts.map(c => a(c.a)),
    cut.rowLevel,
  )
  const columns = all(
    cut.columns,
    counts.map(c => b(c.b)),
    cut.columnLevel,
  )
  const cells = rows.map(() => columns.map(() => 0))
  for (const c of counts) cells[rows.indexOf(a(c.a))]![columns.indexOf(b(c.b))]! += c.n
  return { cut, rows, columns, cells }
}

/** Counts of different children: each once, as what last happened to them in the period says. The same rule as the SQL of store.rows.ts. */
export const countsOf = (cut: Pick<Cut, 'what' | 'from' | 'to' | 'rows' | 'columns'>, happened: readonly Happened[]): Count[] => {
  const latest = new Map<string, Happened>()
  for (const h of happened) {
    if (h.what !== cut.what || h.month < cut.from || h.month > cut.to) continue
    const had = latest.get(h.child)
    if (!had || had.month < h.month) latest.set(h.child, h)
  }
  const counts = new Map<string, { a: string; b: string; n: number }>()
  for (const h of latest.values()) {
    const [a, b] = [h[cut.rows], cut.columns ? h[cut.columns] : '']
    const c = counts.get(`${a} ${b}`)
    if (c) c.n++
    else counts.set(`${a} ${b}`, { a, b, n: 1 })
  }
  return [...counts.values()]
}

/** The table as it may leave the house. */
export const released = (t: Table, k = defaultK): Released => ({
  cut: t.cut,
  k,
  rows: [...t.rows],
  columns: [...t.columns],
  ...mutable(suppress(t, k)),
})
const mutable = (s: Suppressed) => ({
  cells: s.cells.map(r => [...r]),
  rowTotals: [...s.rowTotals],
  columnTotals: [...s.columnTotals],
  grand: s.grand,
})

/** Does it say something: the sum, and at least three quarters of the numbers that are not nought? */
export const says = (t: Table, r: Suppressed): boolean => {
  const { shown, hidden } = telling(t, r)
  return r.grand !== null && shown > 0 && hidden <= shown / 3
}

export interface Proposal {
  readonly cut: Cut
  readonly shown: number
  readonly hidden: number
}
/**
 * Coarser cuts that say something, the finest first: months become quarters and years, ages wider, countries groups; at last the columns go. Empty where the cut
 * itself says something already, or where there are too few children for any.
 */
export const proposals = (t: Table, counts: readonly Count[], k = defaultK, most = 3): Proposal[] => {
  if (says(t, suppress(t, k))) return []
  const { cut } = t
  const candidates: { cut: Cut; steps: number }[] = []
  const columnMost = cut.columns ? levels[cut.columns] : 0
  for (let r = cut.rowLevel; r <= levels[cut.rows]; r++) {
    for (let c = cut.columnLevel; c <= columnMost; c++)
      candidates.push({ cut: { ...cut, rowLevel: r, columnLevel: c }, steps: r - cut.rowLevel + c - cut.columnLevel })
    if (cut.columns)
      candidates.push({ cut: { ...cut, rowLevel: r, columns: null, columnLevel: 0 }, steps: r - cut.rowLevel + columnMost + 1 })
  }
  const out: Proposal[] = []
  for (const { cut: wanted } of candidates.filter(x => x.steps > 0).sort((a, b) => a.steps - b.steps)) {
    const table = tableOf(wanted, counts)
    const s = suppress(table, k)
    if (says(table, s)) out.push({ cut: wanted, ...telling(table, s) })
    if (out.length === most) break
  }
  return out
}
