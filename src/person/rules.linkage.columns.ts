import { err, ok, type Result } from '../base/result.ts'
import { readDate } from './rules.linkage.dates.ts'
import type { Attribute, ComparedKind } from './rules.linkage.values.ts'
import { headings } from './schema.linkage.headings.ts'
import { type LinkKind, linkKinds } from './schema.linkage.ts'

/** A register as it was read: headings and rows of text. */
export interface Table {
  readonly headings: readonly string[]
  readonly rows: readonly (readonly string[])[]
}
const nameParts: readonly LinkKind[] = ['surname', 'given_name', 'patronymic']
/** What each heading means. */
export type Mapping = ReadonlyMap<string, LinkKind>

const said = (heading: string) =>
  heading
    .normalize('NFKC')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}№#,]+/gu, ' ')
    .replace(/(\p{L})(\d)/gu, '$1 $2')
    .trim()
const byHeading = (heading: string): LinkKind | undefined => headings.find(([, r]) => r.test(said(heading)))?.[0]
const share = (values: readonly string[], test: (v: string) => boolean) =>
  values.length === 0 ? 0 : values.filter(test).length / values.length
/** What unknown columns hold, by their first rows. */
const byContent = (values: readonly string[]): LinkKind => {
  const told = values.map(v => v.trim()).filter(Boolean)
  if (told.length === 0 || new Set(told).size === 1) return 'ignore'
  if (share(told, v => /^\S+@\S+\.\S+$/u.test(v)) > 0.6) return 'email'
  if (share(told, v => /\d/u.test(v) && v.length > 5 && (readDate(v)?.year ?? 0) > 1600 && readDate(v)!.year < 2100) > 0.8) return 'date'
  if (share(told, v => /^\+?[\d\s()-]{10,18}$/u.test(v)) > 0.8) return 'phone'
  return share(told, v => /^[\d\s.,/-]+$/u.test(v)) > 0.8 ? 'code' : 'text'
}
const dataLike = (h: string) => /^\+?[\d\s().,/:-]{4,}$/u.test(h) && /\d{2}/u.test(h)
const nameLike = /^\p{Lu}[\p{L}'’ʻʼ.-]*(,?\s+\p{L}[\p{L}'’ʻʼ.-]*){1,4}$/u
/** A list without headings: its first row is a row. Only where no heading is known and one of them is a date, a number, or the single name of a list of names. */
export const withHeadings = (table: Table): Table => {
  const { headings: h, rows } = table
  if (h.length === 0 || h.some(x => byHeading(x) !== undefined)) return table
  const oneName =
    h.length === 1 &&
    nameLike.test(h[0]!) &&
    share(
      rows.slice(0, 50).map(r => r[0] ?? ''),
      v => nameLike.test(v),
    ) > 0.6
  return h.some(dataLike) || oneName ? { headings: h.map((_, i) => `column ${i + 1}`), rows: [h, ...rows] } : table
}
/** What the columns of a register most likely mean. No value of it is repeated. */
export const suggestColumns = (table: Table): Mapping => {
  const out = new Map<string, LinkKind>()
  const sample = table.rows.slice(0, 400)
  table.headings.forEach((h, i) => {
    out.set(h, byHeading(h) ?? byContent(sample.map(r => r[i] ?? '')))
  })
  // The row's own number is unique; of several the first is it, and others may be anything.
  let named = false
  table.headings.forEach((h, i) => {
    if (out.get(h) !== 'record_id') return
    const values = table.rows.map(r => r[i] ?? '')
    if (!named && new Set(values).size === values.length) named = true
    else out.set(h, named ? 'ignore' : 'code')
  })
  if (!named) {
    const first = table.headings[0]
    const values = table.rows.map(r => r[0] ?? '')
    if (
      first !== undefined &&
      values.length > 1 &&
      out.get(first) !== 'full_name' &&
      ['code', 'text'].includes(out.get(first)!) &&
      new Set(values).size === values.length
    )
      out.set(first, 'record_id')
  }
  // Without any heading that says so, names are what is written as names are.
  if (![...out.values()].some(k => nameParts.includes(k) || k === 'full_name')) {
    const at = table.headings.findIndex(
      (h, i) =>
        ['text', 'record_id'].includes(out.get(h)!) && share(sample.map(r => r[i] ?? '').filter(Boolean), v => nameLike.test(v)) > 0.7,
    )
    if (at >= 0) out.set(table.headings[at]!, 'full_name')
  }
  const kinds = new Set(out.values())
  // The same said twice would count twice.
  if (kinds.has('given_name') && kinds.has('surname')) for (const [h, k] of out) if (k === 'full_name') out.set(h, 'ignore')
  if (table.headings.some(h => out.get(h) === 'date' && /birth|dob|born|рожд|^д\.?\s?р/iu.test(h)))
    for (const [h, k] of out) if (k === 'age') out.set(h, 'ignore')
  return out
}

const quoted = (text: string) =>
  /^[\p{L}_][\p{L}\p{N}_ №().-]*$/u.test(text) &&
  !/^(true|false|null|yes|no|on|off|left|right|columns)$/iu.test(text) &&
  text.trim() === text
    ? text
    : JSON.stringify(text)
const lines = (m: Iterable<readonly [string, LinkKind]>, indent = '') => [...m].map(([h, k]) => `${indent}${quoted(h)}: ${k}`)
/** The mapping as a small YAML: one `heading: kind` a line; under `left:` and `right:` where two files use one heading for different things. */
export const printMapping = (mappings: readonly Mapping[]): string => {
  const head = [
    '# What each column holds. Change a kind where it is wrong; "ignore" leaves a column out.',
    `# Kinds: ${linkKinds.join(', ')}`,
  ]
  const [first = new Map<string, LinkKind>(), second] = mappings
  const clash = second && [...second].some(([h, k]) => first.has(h) && first.get(h) !== k)
  const body = !second
    ? lines(first)
    : clash
      ? ['left:', ...lines(first, '  '), 'right:', ...lines(second, '  ')]
      : lines(new Map([...first, ...second]))
  return `${[...head, ...body].join('\n')}\n`
}

export type MappingError = 'mapping_line' | 'mapping_kind'
const isKind = (k: string): k is LinkKind => linkKinds.some(x => x === k)
const unquoted = (text: string): string | undefined => {
  const t = text.trim()
  if (t.startsWith('"'))
    try {
      return String(JSON.parse(t))
    } catch {
      return undefined
    }
  if (t.startsWith("'")) return t.endsWith("'") && t.length > 1 ? t.slice(1, -1).replaceAll("''", "'") : undefined
  return t
}
const lineOf = /^(\s*)("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^"'#:][^:]*?)\s*:(?:\s+([^#]*?))?(?:\s*#.*)?$/u
/** Reads what printMapping prints, edited by hand or not. An error names the line. */
export const readMapping = (yaml: string): Result<{ left: Mapping; right: Mapping }, MappingError> & { line?: number } => {
  const left = new Map<string, LinkKind>()
  const right = new Map<string, LinkKind>()
  let section: 'both' | 'left' | 'right' = 'both'
  for (const [n, raw] of yaml
    .replace(/^\ufeff/u, '')
    .split(/\r?\n/u)
    .entries()) {
    const text = raw.trimEnd()
    if (text.trim() === '' || /^\s*#/u.test(text) || text === '---') continue
    const m = lineOf.exec(text)
    const heading = m ? unquoted(m[2]!) : undefined
    if (!m || heading === undefined) return { ...err('mapping_line'), line: n + 1 }
    if ((m[3] ?? '') === '' && /^(left|right|columns)$/u.test(heading)) {
      section = heading === 'columns' ? 'both' : (heading as 'left' | 'right')
      continue
    }
    if (m[1] === '' && section !== 'both' && [...left, ...right].length > 0) section = 'both'
    const kind = unquoted(m[3] ?? '') ?? ''
    if (!isKind(kind)) return { ...err('mapping_kind'), line: n + 1 }
    if (section !== 'right') left.set(heading, kind)
    if (section !== 'left') right.set(heading, kind)
  }
  return ok({ left, right })
}

/** Columns of both registers that say the same, ready for linkRows, and the names of the rows. */
export interface Paired {
  readonly attributes: readonly Attribute[]
  readonly left: readonly (readonly string[])[]
  readonly right: readonly (readonly string[])[] | undefined
  readonly leftIds: readonly string[]
  readonly rightIds: readonly string[]
}
type Pick = readonly [heading: string, at: number]
const byKind = (t: Table, m: Mapping) => {
  const out = new Map<LinkKind, Pick[]>()
  t.headings.forEach((h, i) => {
    const k = m.get(h)
    if (k && k !== 'ignore') out.set(k, [...(out.get(k) ?? []), [h, i]])
  })
  return out
}
const values = (t: Table, at: readonly number[]): string[] =>
  t.rows.map(r =>
    at.length === 1
      ? (r[at[0]!] ?? '')
      : at
          .map(i => (r[i] ?? '').trim())
          .filter(Boolean)
          .join(' '),
  )
const idsOf = (t: Table, picks: readonly Pick[] | undefined) =>
  picks?.[0] ? values(t, [picks[0][1]]).map(v => v.trim()) : t.rows.map((_, i) => String(i + 1))
/** Puts columns beside each other by what they mean; a whole name on one side answers its parts on the other. */
export const pairColumns = (leftTable: Table, leftMap: Mapping, rightTable?: Table, rightMap: Mapping = leftMap): Paired => {
  const l = byKind(leftTable, leftMap)
  const r = rightTable ? byKind(rightTable, rightMap) : l
  const attributes: Attribute[] = []
  const left: string[][] = []
  const right: string[][] = []
  const add = (name: string, kind: ComparedKind, x: readonly number[], y: readonly number[]) => {
    attributes.push({ name, kind })
    left.push(values(leftTable, x))
    if (rightTable) right.push(values(rightTable, y))
  }
  const whole = (side: typeof l) =>
    (side.has('full_name') ? side.get('full_name')!.slice(0, 1) : nameParts.flatMap(k => (side.get(k) ?? []).slice(0, 1))).map(([, i]) => i)
  const joined =
    l !== r && (['surname', 'given_name'] as const).some(k => l.has(k) !== r.has(k)) && whole(l).length > 0 && whole(r).length > 0
  if (joined) add('full_name', 'full_name', whole(l), whole(r))
  for (const kind of linkKinds) {
    if (kind === 'record_id' || kind === 'ignore') continue
    if (joined && (nameParts.includes(kind) || kind === 'full_name')) continue
    const there = [...(r.get(kind) ?? [])]
    const open: Pick[] = []
    for (const pick of l.get(kind) ?? []) {
      const same = there.findIndex(([h]) => said(h) === said(pick[0]))
      if (same < 0) open.push(pick)
      else add(pick[0], kind, [pick[1]], [there.splice(same, 1)[0]![1]])
    }
    for (const pick of open) {
      const other = there.shift()
      if (other) add(pick[0] === other[0] ? pick[0] : `${pick[0]} / ${other[0]}`, kind, [pick[1]], [other[1]])
    }
  }
  return {
    attributes,
    left,
    right: rightTable ? right : undefined,
    leftIds: idsOf(leftTable, l.get('record_id')),
    rightIds: rightTable ? idsOf(rightTable, r.get('record_id')) : idsOf(leftTable, l.get('record_id')),
  }
}
