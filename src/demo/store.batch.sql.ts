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
/** `insert into app.T (a, b) select i, $1 from unnest($2::uuid[]) as u(i)`: a row for each element; undefined for every other statement. */
export const unnested = (text: string, v: readonly unknown[]): { readonly table: string; readonly rows: readonly Row[] } | undefined => {
  const m = /^\s*insert into app\.(\w+) \(([^)]*)\)\s+select ([^()]*) from unnest\(([^)]*)\) as u\(([^)]*)\)\s*$/.exec(text)
  if (!m) return undefined
  const [columns, values, lists, names] = [items(m[2]!), items(m[3]!), items(m[4]!).map(x => item(x, v) as unknown[]), items(m[5]!)]
  return {
    table: m[1]!,
    rows: (lists[0] ?? []).map((_, i) =>
      Object.fromEntries(
        columns.map((c, k) => {
          const named = names.indexOf(values[k]!)
          return [c, named >= 0 ? lists[named]![i] : item(values[k]!, v)]
        }),
      ),
    ),
  }
}

export interface Change {
  readonly table: string
  /** The columns that say which rows, and what stands in them. */
  readonly where: Row
  readonly set: (row: Row) => Row
}
/** `update app.T set a = $2, version = version + 1 where id = $1 and state = 'x'`; undefined for every other statement. */
export const assignments = (text: string, v: readonly unknown[]): Change | undefined => {
  const m = /^\s*update app\.(\w+) set (.*) where (.*)$/s.exec(text)
  if (!m) return undefined
  const pair = (s: string) => s.split(/\s*=\s*/) as [string, string]
  const set = items(m[2]!).map(pair)
  return {
    table: m[1]!,
    where: Object.fromEntries(
      m[3]!
        .trim()
        .split(' and ')
        .map(pair)
        .map(([c, value]) => [c, item(value, v)]),
    ),
    set: row => ({
      ...row,
      ...Object.fromEntries(set.map(([c, value]) => [c, value === `${c} + 1` ? Number(row[c] ?? 1) + 1 : item(value, v)])),
    }),
  }
}

/** Rows that name the same columns, together: what a statement left to the default of its column must be left to it here too. */
export const byColumns = (rows: readonly Row[]): { readonly columns: readonly string[]; readonly rows: readonly Row[] }[] =>
  [...Map.groupBy(rows, r => Object.keys(r).toSorted().join())].map(([columns, same]) => ({ columns: columns.split(','), rows: same }))

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
