import { parentPort, workerData } from 'node:worker_threads'
import { type Table, withHeadings } from './person/rules.linkage.columns.ts'
import { readCsv, tableOf } from './person/rules.linkage.csv.ts'
import { columnsOfTable, linkTables } from './person/rules.registers.ts'
import type { LinkKind } from './person/schema.linkage.ts'
import type { LinkTask } from './person/schema.registers.ts'
import { mostLinkRows } from './person/schema.registers.ts'
import { decodeText, isWorkbook, readWorkbook } from './platform/tables.ts'

/* The thread that reads and compares registers for the office: bytes in, bytes out, nothing kept. */

/** Unpacked, a workbook of twenty thousand rows. */
const mostUnpacked = 96_000_000
const tableIn = (bytes: Uint8Array): Table | 'not_a_table' | 'old_workbook' => {
  if (bytes[0] === 0xd0 && bytes[1] === 0xcf) return 'old_workbook'
  if (!isWorkbook(bytes)) return withHeadings(readCsv(decodeText(bytes).text))
  const rows = readWorkbook(bytes, mostUnpacked)
  return rows ? withHeadings(tableOf(rows)) : 'not_a_table'
}
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const strange = (cell: string) => /[\u0000-\u0008\u000e-\u001f\ufffd]/u.test(cell)
const said = (value: unknown) => new TextEncoder().encode(JSON.stringify(value))
const back = (bytes: Uint8Array) => JSON.parse(new TextDecoder().decode(bytes)) as Table

const answer = (task: LinkTask): unknown => {
  if (task.does === 'read') {
    const table = tableIn(task.bytes)
    if (typeof table === 'string') return { error: table }
    // A picture read as a text is full of signs that nobody writes.
    if (table.rows.length === 0 || [table.headings, ...table.rows.slice(0, 20)].some(r => r.some(strange))) return { error: 'not_a_table' }
    if (table.headings.length > 200) return { error: 'too_many_columns' }
    if (table.rows.length > mostLinkRows) return { error: 'too_many_rows' }
    return { rows: said(table), columns: columnsOfTable(table) }
  }
  const [left, right] = [back(task.left), task.right && back(task.right)]
  const linked = linkTables(left, task.leftKinds as LinkKind[], right, (task.rightKinds ?? []) as LinkKind[])
  return linked ? { found: linked.found, pages: linked.pages.map(said) } : { error: 'nothing_to_compare' }
}
parentPort?.postMessage(answer(workerData as LinkTask))
