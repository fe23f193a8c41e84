import type { Table } from './rules.linkage.columns.ts'

/** Rows of a text with delimiters; quotes as in RFC 4180, line ends of any system. A quote in the middle of an unquoted cell is a letter. */
const rowsOf = (text: string, delimiter: string): string[][] => {
  const rows: string[][] = []
  let row: string[] = []
  let at = 0
  const n = text.length
  while (at <= n) {
    let cell = ''
    let from = at
    while (text[from] === ' ') from += 1
    if (text[from] === '"') {
      let i = from + 1
      for (;;) {
        const end = text.indexOf('"', i)
        if (end < 0) {
          cell += text.slice(i)
          i = n
          break
        }
        cell += text.slice(i, end)
        i = end + 1
        if (text[i] !== '"') break
        cell += '"'
        i += 1
      }
      at = i
      while (at < n && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r') cell += text[at++]
    } else {
      let i = at
      while (i < n) {
        const c = text[i]
        if (c === delimiter || c === '\n' || c === '\r') break
        i += 1
      }
      cell = text.slice(at, i)
      at = i
    }
    row.push(cell)
    if (at < n && text[at] === delimiter) {
      at += 1
      continue
    }
    if (row.length > 1 || row[0]!.trim() !== '') rows.push(row)
    row = []
    if (at >= n) break
    at += text[at] === '\r' && text[at + 1] === '\n' ? 2 : 1
  }
  return rows
}
const delimiters = [',', ';', '\t', '|'] as const
/** The delimiter that cuts the first lines into the same number of cells, most of them. */
export const delimiterOf = (text: string): string => {
  const hint = /^sep=(.)\r?\n/u.exec(text)?.[1]
  if (hint) return hint
  const head = text.slice(0, 64_000)
  const counted = delimiters.map(d => {
    const rows = rowsOf(head, d).slice(0, 40)
    const width = rows[0]?.length ?? 1
    return { d, score: width < 2 ? 0 : (rows.filter(r => r.length === width).length / rows.length) * 100 + Math.min(width, 60) }
  })
  const best = counted.reduce((a, b) => (b.score > a.score ? b : a))
  return best.score > 0 ? best.d : ','
}
/** Rows to a table: the first row that has more than one cell, or any, is the heading; empty and repeated headings get a number. */
export const tableOf = (rows: readonly (readonly string[])[]): Table => {
  const told = rows.filter(r => r.some(c => c.trim() !== ''))
  const widest = told.slice(0, 20).reduce((m, r) => Math.max(m, r.filter(c => c.trim() !== '').length), 0)
  // Titles above a table ("List of children, 3rd quarter") stand alone in their row.
  const start = Math.max(
    0,
    told.findIndex(r => r.filter(c => c.trim() !== '').length > widest / 2),
  )
  const seen = new Map<string, number>()
  const headings = (told[start] ?? []).map((h, i) => {
    const name = h.replace(/\s+/gu, ' ').trim() || `column ${i + 1}`
    const n = (seen.get(name) ?? 0) + 1
    seen.set(name, n)
    return n === 1 ? name : `${name} ${n}`
  })
  return { headings, rows: told.slice(start + 1).map(r => headings.map((_, i) => (r[i] ?? '').trim())) }
}
/** A register as text with delimiters, whichever they are. */
export const readCsv = (text: string): Table => {
  const clean = text.replace(/^\ufeff/u, '')
  const delimiter = delimiterOf(clean)
  return tableOf(rowsOf(clean.replace(/^sep=.\r?\n/u, ''), delimiter))
}
/** One cell of a file that a spreadsheet may open: what would be a formula there is made a text by a sign before it. */
export const csvCell = (text: string): string => {
  const safe = /^[=+\-@\t\r]/u.test(text) && !/^[-+]?\d+(\.\d+)?$/u.test(text) ? `'${text}` : text
  return /[",;\r\n]/u.test(safe) || safe.trim() !== safe ? `"${safe.replaceAll('"', '""')}"` : safe
}
export const csvLine = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\r\n`
