/** A row by column. */
export type Row = Readonly<Record<string, unknown>>

/** One item of a list of values: a parameter, with or without a cast, or a plain word. */
const item = (text: string, v: readonly unknown[]): unknown => {
  const parameter = /^\$(\d+)(?:::[a-z_]+(?:\[\])?)?$/.exec(text)
  if (parameter) return v[Number(parameter[1]) - 1] ?? null
  if (text === 'null') return null
  if (text === 'true' || text === 'false') return text === 'true'
  if (/^-?\d+$/.test(text)) return Number(text)
  const word = /^'([^']*)'$/.exec(text)
  if (word) return word[1]
  throw new Error(`a batch does not know this value: ${text}`)
}
const items = (text: string) => text.split(',').map(s => s.trim())

/** `insert into app.T (a, b) values ($1, $2)` of one row; undefined for every other statement. */
export const rowsOf = (text: string, v: readonly unknown[]): { readonly table: string; readonly row: Row } | undefined => {
  const m = /^\s*insert into app\.(\w+) \(([^)]*)\)\s+values \(([^()]*)\)(?: on conflict \(number\) do nothing)?\s*$/.exec(text)
  if (!m) return undefined
  const [columns, values] = [items(m[2]!), items(m[3]!)]
  if (columns.length !== values.length) throw new Error(`a batch counts ${columns.length} columns and ${values.length} values`)
  return { table: m[1]!, row: Object.fromEntries(columns.map((c, i) => [c, item(values[i]!, v)])) }
}
/** `update app.T set a = $2, b = $3 where id = $1`; undefined for every other statement. */
export const assignments = (
  text: string,
  v: readonly unknown[],
): { readonly table: string; readonly id: unknown; readonly set: Row } | undefined => {
  const m = /^\s*update app\.(\w+) set (.*) where id = (\$\d+)\s*$/s.exec(text)
  if (!m) return undefined
  const set = items(m[2]!).map(s => {
    const [column, value] = s.split(/\s*=\s*/)
    return [column!, item(value ?? '', v)] as const
  })
  return { table: m[1]!, id: item(m[3]!, v), set: Object.fromEntries(set) }
}

/** Columns that any of the rows names. A column that only some name is null in the others. */
export const columnsOf = (rows: readonly Row[]): string[] => [...new Set(rows.flatMap(r => Object.keys(r)))]

const quoted = (text: string) => text.replace(/[\\\t\n\r]/g, c => ({ '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' })[c]!)
/** One value as COPY reads it in its text format. */
const copyValue = (value: unknown): string => {
  if (value === null || value === undefined) return '\\N'
  if (value instanceof Uint8Array) return `\\\\x${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex')}`
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value))
    return quoted(`{${value.map(x => (typeof x === 'number' ? String(x) : `"${String(x).replace(/["\\]/g, '\\$&')}"`)).join(',')}}`)
  if (typeof value === 'object') return quoted(JSON.stringify(value))
  return quoted(String(value))
}
/** Rows in the text format of COPY. */
export const copyText = (rows: readonly (readonly unknown[])[]): string => rows.map(r => `${r.map(copyValue).join('\t')}\n`).join('')
