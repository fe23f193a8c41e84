import type { Cut, Released } from './schema.ts'

/*
 * Two releases of the same children can be subtracted from each other. Compared with every earlier release of the same agency: what one hides the other must not
 * show, and what both show must be the same or differ by at least k children.
 *
 * Not covered: what somebody else publishes of the same children, releases whose periods overlap without one lying in the other, and three or more releases that
 * give something away only together. A person decides whether to release; the page says so.
 */

const within = (inner: Cut, outer: Cut) => outer.from <= inner.from && inner.to <= outer.to
const same = (a: Cut, b: Cut) => a.from === b.from && a.to === b.to

/** Every number of a table under what it counts, so that numbers of different tables meet: '', 'age=10-13', 'age=10-13 sex=male'. */
export const numbersOf = (r: Released): Map<string, number | null> => {
  const out = new Map<string, number | null>()
  const row = (i: number) => `${r.cut.rows}=${r.rows[i]}`
  const column = (j: number) => (r.cut.columns ? `${r.cut.columns}=${r.columns[j]}` : '')
  const put = (keys: readonly string[], n: number | null) => void out.set(keys.filter(Boolean).sort().join(' '), n)
  for (const [i, cells] of r.cells.entries()) {
    for (const [j, n] of cells.entries()) put([row(i), column(j)], n)
    put([row(i)], r.rowTotals[i]!)
  }
  for (const [j, n] of r.columnTotals.entries()) put([column(j)], n)
  put([], r.grand)
  return out
}

const hidesSomething = (r: Released) => [...numbersOf(r).values()].includes(null)
/** Do both cut one thing, but not equally coarsely? Then a wide band less a narrow one is a hidden one. */
const unlike = (a: Released, b: Released): boolean => {
  const cuts = (r: Released) =>
    new Map([[r.cut.rows, r.cut.rowLevel], ...(r.cut.columns ? [[r.cut.columns, r.cut.columnLevel] as const] : [])])
  const [x, y] = [cuts(a), cuts(b)]
  return [...x].some(([d, level]) => y.has(d) && y.get(d) !== level)
}

export type Conflict = 'too_close' | 'shows_hidden' | 'other_width'
/** Why a table must not be released beside an earlier one; undefined where they give nothing away. */
export const conflict = (earlier: Released, next: Released): Conflict | undefined => {
  if (earlier.cut.what !== next.cut.what || !(within(earlier.cut, next.cut) || within(next.cut, earlier.cut))) return undefined
  const k = Math.max(earlier.k, next.k)
  const [before, after] = [numbersOf(earlier), numbersOf(next)]
  for (const [key, n] of after) {
    const had = before.get(key)
    if (had === undefined) continue
    if (had !== null && n !== null && had !== n && Math.abs(had - n) < k) return 'too_close'
    if (same(earlier.cut, next.cut) && (had === null) !== (n === null)) return 'shows_hidden'
  }
  return unlike(earlier, next) && (hidesSomething(earlier) || hidesSomething(next)) ? 'other_width' : undefined
}

/**
 * The table as a file for a spreadsheet: semicolons and a byte order mark, because that is what the office programs of our users open as a table with Russian
 * letters; a text that a spreadsheet would take for a formula gets an apostrophe. `hidden` stands for a hidden number.
 */
export const csvOf = (
  r: Released,
  words: {
    readonly corner: string
    readonly total: string
    readonly hidden: string
    readonly row: (c: string) => string
    readonly column: (c: string) => string
  },
  notes: readonly string[],
): string => {
  const field = (s: string) => {
    const safe = /^[=+\-@\t\r]/.test(s) ? `'${s}` : s
    return /[";\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
  }
  const n = (x: number | null) => (x === null ? words.hidden : String(x))
  const wide = r.cut.columns !== null
  const lines = [
    ...notes.map(x => [x]),
    [],
    [words.corner, ...(wide ? r.columns.map(words.column) : []), words.total],
    ...r.rows.map((c, i) => [words.row(c), ...(wide ? r.cells[i]!.map(n) : []), n(r.rowTotals[i]!)]),
    [words.total, ...(wide ? r.columnTotals.map(n) : []), n(r.grand)],
  ]
  return `\ufeff${lines.map(l => l.map(field).join(';')).join('\r\n')}\r\n`
}
