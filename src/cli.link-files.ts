import { once } from 'node:events'
import { createWriteStream, existsSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import {
  type Mapping,
  type Paired,
  pairColumns,
  readMapping,
  suggestColumns,
  type Table,
  withHeadings,
} from './person/rules.linkage.columns.ts'
import { csvLine, readCsv, tableOf } from './person/rules.linkage.csv.ts'
import { type Linkage, type LinkOptions, linkRows } from './person/rules.linkage.ts'
import { linkKinds } from './person/schema.linkage.ts'
import { plainError } from './platform/config.ts'
import { decodeText, isWorkbook, readWorkbook } from './platform/tables.ts'

/* What `link` and `dedupe` share. Not a command. */

const mostBytes = 500_000_000
const mostRows = 1_000_000
/** Reads a register: text with any delimiter and encoding, or a workbook. */
export const readRegister = (file: string): Table => {
  if (!existsSync(file)) throw plainError(`There is no file ${file}.`)
  if (statSync(file).size > mostBytes) throw plainError(`${file} is larger than 500 MB: split it.`)
  const bytes = readFileSync(file)
  let table: Table
  if (isWorkbook(bytes)) {
    const rows = readWorkbook(bytes)
    if (!rows) throw plainError(`${file} cannot be read as a workbook (XLSX). Save it as CSV.`)
    table = tableOf(rows)
  } else if (bytes[0] === 0xd0 && bytes[1] === 0xcf) throw plainError(`${file} is an old workbook (XLS). Save it as XLSX or CSV.`)
  else table = readCsv(decodeText(bytes).text)
  table = withHeadings(table)
  if (table.headings.length < 2 && table.rows.length === 0) throw plainError(`${file} holds no table.`)
  if (table.rows.length > mostRows) throw plainError(`${file} has more than ${mostRows} rows: split it.`)
  return table
}
/** The mapping of a file, or what the headings suggest. */
const mappingsOf = (file: string | undefined, tables: readonly Table[], say: (line: string) => void): readonly Mapping[] => {
  if (!file) return tables.map(suggestColumns)
  if (!existsSync(file)) throw plainError(`There is no file ${file}.`)
  const read = readMapping(decodeText(readFileSync(file)).text)
  if (!read.ok)
    throw plainError(
      `${file}, line ${read.line}: ${read.error === 'mapping_kind' ? `no such kind. Kinds: ${linkKinds.join(', ')}` : 'not "heading: kind"'}.`,
    )
  const both = [read.value.left, read.value.right]
  tables.forEach((t, i) => {
    if (!t.headings.some(h => both[i]?.has(h))) throw plainError(`${file} names no column of the ${i === 0 ? 'first' : 'second'} file.`)
  })
  const known = new Set(tables.flatMap(t => t.headings))
  for (const h of new Set(both.flatMap(m => [...m.keys()]))) if (!known.has(h)) say(`No file has the column "${h}".`)
  return both
}
/** A bar on a terminal, a line now and then elsewhere. */
export const progressBar = (): ((share: number) => void) => {
  const err = process.stderr
  let last = -1
  return share => {
    const percent = Math.min(100, Math.floor(share * 100))
    if (percent === last || (!err.isTTY && percent < last + 20 && percent < 100)) return
    last = percent
    const done = Math.round(percent / 4)
    const bar = `[${'#'.repeat(done)}${'-'.repeat(25 - done)}] ${String(percent).padStart(3)} %`
    err.write(err.isTTY ? `\r${bar}${percent === 100 ? '\n' : ''}` : `${bar}\n`)
  }
}
const signed = (n: number) => `${n < 0 ? '−' : '+'}${Math.abs(n).toFixed(1)}`
const whyOf = (linkage: Linkage, left: number, right: number, through: string | undefined) =>
  [
    ...linkage
      .waterfall(left, right)
      .filter(s => s.level !== 'prior' && s.level !== 'missing')
      .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
      .map(s => `${s.attribute} ${s.level.replaceAll('_', ' ')} ${signed(s.weight)}`),
    ...(through === undefined ? [] : [`both agree with ${through}`]),
  ].join('; ')

export interface LinkRun {
  readonly files: readonly string[]
  readonly columns: string | undefined
  readonly out: string
  readonly threshold: string | undefined
  readonly say: (line: string) => void
  readonly print: (line: string) => void
}
const samePath = (a: string, b: string) => path.resolve(a) === path.resolve(b)
/** Reads, compares, writes the pairs and says what was done. */
export const runLinkage = async (run: LinkRun): Promise<number> => {
  const threshold = run.threshold === undefined ? undefined : Number(run.threshold.replace(',', '.'))
  if (threshold !== undefined && !(threshold >= 0 && threshold <= 1)) throw plainError('--threshold is a probability, from 0 to 1.')
  if (run.files.some(f => samePath(f, run.out)) || (run.columns && samePath(run.columns, run.out)))
    throw plainError('--out would overwrite a file that is read.')
  const tables = run.files.map(readRegister)
  const [left, right] = tables as [Table, Table | undefined]
  const maps = mappingsOf(run.columns, tables, run.say)
  const paired: Paired = pairColumns(left, maps[0]!, right, maps[1] ?? maps[0]!)
  if (paired.attributes.length === 0)
    throw plainError('No column can be compared: say with --columns what they hold (`link --suggest FILE…` prints a beginning).')
  run.say(`Comparing by: ${paired.attributes.map(a => `${a.name} (${a.kind})`).join(', ')}.`)
  const options: LinkOptions = { progress: progressBar(), ...(threshold === undefined ? {} : { threshold }) }
  const linkage = linkRows({ attributes: paired.attributes, left: paired.left, right: paired.right }, options)
  const out = createWriteStream(run.out, { mode: 0o600 })
  await once(out, 'open').catch((e: NodeJS.ErrnoException) => {
    throw plainError(`${run.out} cannot be written (${e.code ?? 'error'}).`)
  })
  out.write('left_id,right_id,probability,weight,why\r\n')
  for (const p of linkage.pairs) {
    const through =
      p.through === undefined ? undefined : [...(right ? [paired.leftIds, paired.rightIds] : [paired.leftIds])].flat()[p.through]
    const cells = [paired.leftIds[p.left]!, paired.rightIds[p.right]!, p.probability.toFixed(6), p.weight.toFixed(2)]
    if (!out.write(csvLine([...cells, whyOf(linkage, p.left, p.right, through)]))) await once(out, 'drain')
  }
  out.end()
  await once(out, 'close')
  const { space } = linkage
  run.say(
    `${space.candidates} of ${space.possible} possible pairs were compared: ${space.byRule
      .filter(r => r.pairs > 0)
      .map(r => `${r.rule} ${r.pairs}`)
      .join(', ')}.`,
  )
  run.print(`${linkage.pairs.length} pairs in ${run.out}.`)
  return 0
}
