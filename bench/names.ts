// Finding people by name: `npm run bench -- names [SIZE…]` beside PostgreSQL's pg_trgm in the same run where that is on the machine, or
// `npm run bench -- names --register FILE.tsv --queries FILE.tsv` on any files (id, name, …; kind, query, ids joined by | or by , ; or spaces): JSON on standard output.
import fs from 'node:fs'
import { registerQueries, registerRow } from '../src/demo/rules.register.ts'
import { searchMatches } from '../src/person/rules.match.search.ts'
import { buildMatchIndex, compact, type MatchIndex, newMatchIndex, putPerson, versionOf } from '../src/person/rules.match.ts'
import { entryOfTuple, openSegment, segmentSchema, tupleOf } from '../src/person/schema.match.ts'
import { segmentsOf } from '../src/person/store.match-index.fold.ts'
import { segmentPlace } from '../src/person/store.match-index.ts'
import { newKey, openJson, sealJson } from '../src/platform/crypto.ts'
import { withTrigrams } from './names.pg.ts'
import { inventedRow, type Query, queriesFor, type Row } from './names.register.ts'

const say = (line: string) => process.stderr.write(`${line}\n`)
const fields = (file: string): Record<string, string>[] => {
  const [head = '', ...lines] = fs
    .readFileSync(file, 'utf8')
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .filter(l => l !== '')
  const columns = head.split('\t').map(c => c.trim().toLowerCase())
  return lines.map(l => Object.fromEntries(l.split('\t').map((value, i) => [columns[i] ?? String(i), value])))
}
const option = (name: string): string | undefined => {
  const at = process.argv.findIndex(a => a === `--${name}` || a.startsWith(`--${name}=`))
  if (at < 0) return undefined
  return process.argv[at]!.includes('=') ? process.argv[at]!.slice(name.length + 3) : process.argv[at + 1]
}
/** Ids that answer: the whole cell where it is an id of the register, else what stands between | , ; or spaces. */
const idsIn = (cell: string, known: ReadonlySet<string>): string[] => {
  const whole = cell.trim()
  if (whole === '' || known.has(whole)) return whole === '' ? [] : [whole]
  const between = whole.includes('|') ? whole.split('|') : whole.split(/[,;\s]+/)
  return between.map(id => id.trim()).filter(Boolean)
}
const share = (sorted: readonly number[], p: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? 0
const rounded = (n: number, digits = 3) => Number(n.toFixed(digits))

export interface Measured {
  readonly recall10: number
  readonly p50_ms: number
  readonly p95_ms: number
}
export type Search = (query: string) => Promise<readonly string[]> | readonly string[]
/** Recall among the first ten (any of the ids that answer) and times, by kind of question. */
export const measure = async (queries: readonly Query[], search: Search): Promise<Record<string, Measured>> => {
  for (const q of queries.filter((_, i) => i % Math.ceil(queries.length / 200) === 0)) await search(q.query)
  const by = new Map<string, { hits: number; times: number[] }>()
  for (const q of queries) {
    const kind = by.get(q.kind) ?? { hits: 0, times: [] }
    by.set(q.kind, kind)
    const start = performance.now()
    const found = search(q.query)
    const ids = found instanceof Promise ? await found : found
    kind.times.push(performance.now() - start)
    const hit = ids.slice(0, 10).some(id => q.ids.includes(id))
    if (hit) kind.hits += 1
    else if (process.argv.includes('--misses')) say(`missed (${q.kind}): ${q.query} -> ${q.ids[0]}; got ${ids[0]}`)
  }
  return Object.fromEntries(
    [...by].map(([kind, { hits, times }]) => {
      times.sort((a, b) => a - b)
      return [kind, { recall10: rounded(hits / times.length), p50_ms: rounded(share(times, 0.5)), p95_ms: rounded(share(times, 0.95)) }]
    }),
  )
}
/** Rows of one id are names of one person. */
const peopleOf = (rows: readonly Row[]) => {
  const people = new Map<string, string[]>()
  for (const r of rows) {
    const names = people.get(r.id)
    if (names) names.push(r.name)
    else people.set(r.id, [r.name])
  }
  return [...people].map(([id, names]) => ({ id, names }))
}
const build = (rows: readonly Row[]): { index: MatchIndex; ms: number; mb: number } => {
  const people = peopleOf(rows)
  globalThis.gc?.()
  const before = process.memoryUsage()
  const start = performance.now()
  const index = buildMatchIndex(people)
  const ms = performance.now() - start
  globalThis.gc?.()
  const after = process.memoryUsage()
  return { index, ms, mb: (after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers) / 1e6 }
}
/** As the office does it: sealed segments opened one after the other, each person put into the index. Sealing them is not measured: it happens as people are recorded. */
const buildSealed = (rows: readonly Row[]): { ms: number; mb: number; peakMB: number; sealedMB: number; index: MatchIndex } => {
  const key = newKey()
  const home = '00000000-0000-4000-8000-000000000001'
  const idOf = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
  const segments = segmentsOf(
    rows.map((r, n) => tupleOf({ id: idOf(n), names: [r.name], minYear: 2008, maxYear: 2010, sex: 'male', origin: 'UZ' }, home, 1)),
  )
  const sealed = segments.map((people, n) => ({ id: idOf(n), bytes: sealJson(key, segmentPlace(idOf(n)), segmentSchema, people) }))
  globalThis.gc?.()
  const used = () => {
    const m = process.memoryUsage()
    return (m.heapUsed + m.arrayBuffers) / 1e6
  }
  const before = used()
  let peak = before
  const start = performance.now()
  const index = newMatchIndex()
  for (const g of sealed) {
    for (const t of openSegment(openJson(key, segmentPlace(g.id), g.bytes)))
      if (t[2] > versionOf(index, t[0])) putPerson(index, entryOfTuple(t))
    peak = Math.max(peak, used())
  }
  compact(index)
  const ms = performance.now() - start
  // What the index holds as such: its tables, and an id of 36 letters with its place for each person.
  const tables = [index, index.vocabulary].flatMap(o => Object.values(o)).concat(index.vocabulary.grams)
  const bytes = tables.reduce<number>((n, v) => n + (ArrayBuffer.isView(v) ? v.byteLength : 0), 0)
  return {
    index,
    ms,
    mb: (bytes + index.live * 120) / 1e6,
    peakMB: Math.max(peak, used()) - before,
    sealedMB: sealed.reduce((n, g) => n + g.bytes.length, 0) / 1e6,
  }
}
const ours =
  (index: MatchIndex): Search =>
  q =>
    searchMatches(index, { name: q }, 10).map(m => m.id)
const table = (label: string, m: Record<string, Measured>) => {
  for (const [kind, v] of Object.entries(m))
    say(
      `  ${label.padEnd(26)} ${kind.padEnd(18)} recall@10 ${v.recall10.toFixed(3)}   p50 ${v.p50_ms.toFixed(3)} ms   p95 ${v.p95_ms.toFixed(3)} ms`,
    )
}

const files = async (register: string, queries: string) => {
  const rows = fields(register).map(r => ({ id: (r.id ?? '').trim(), name: r.name ?? '' }))
  const known = new Set(rows.map(r => r.id))
  const all = fields(queries).map(q => ({ kind: q.kind ?? '', query: q.query ?? '', ids: idsIn(q.ids ?? '', known) }))
  // What nobody of the register answers cannot be recalled; said, and left out of the figures.
  const asked = all.filter(q => q.ids.length > 0)
  if (asked.length < all.length) say(`${all.length - asked.length} queries name no id and are left out`)
  const { index, ms, mb } = build(rows)
  say(`${rows.length} rows, index built in ${Math.round(ms)} ms, ${mb.toFixed(1)} MB, ${index.vocabulary.words} words`)
  const measured = await measure(asked, ours(index))
  table('index', measured)
  if (process.argv.includes('--trigrams')) {
    const peer = await withTrigrams(rows, say, search => measure(asked, search))
    if (peer) table('pg_trgm', peer)
  }
  process.stdout.write(`${JSON.stringify(measured)}\n`)
}

const sizes = process.argv
  .slice(2)
  .filter(a => /^\d+$/.test(a))
  .map(Number)
const worst = (m: Record<string, Measured>, f: keyof Measured) => {
  const values = Object.values(m).map(v => v[f])
  return f === 'recall10' ? Math.min(...values) : Math.max(...values)
}
const run = async () => {
  const out: object[] = []
  for (const size of sizes.length > 0 ? sizes : [10_000, 100_000])
    for (const register of ['demonstration', 'invented'] as const) {
      const rows: Row[] = []
      for (let n = 1; n <= size; n += 1)
        rows.push(register === 'invented' ? inventedRow(1, n) : { ...registerRow('bench', n), id: String(n) })
      const queries: Query[] =
        register === 'invented'
          ? queriesFor(rows, 500, 2)
          : [...registerQueries('bench', size, 500)].map(q => ({ ...q, ids: q.ids.map(String) }))
      const { index, ms, mb } = build(rows)
      say(`${register}, ${size} people: built in ${Math.round(ms)} ms, ${mb.toFixed(1)} MB, ${index.vocabulary.words} words`)
      const opened = buildSealed(rows)
      say(
        `  from sealed segments (${opened.sealedMB.toFixed(1)} MB): ready in ${Math.round(opened.ms)} ms, ${opened.mb.toFixed(1)} MB held, ${opened.peakMB.toFixed(0)} MB more at its peak`,
      )
      if (opened.index.live !== index.live) throw new Error('the sealed build holds other people')
      const mine = await measure(queries, ours(index))
      table('index', mine)
      const peer = size > 200_000 ? undefined : await withTrigrams(rows, say, search => measure(queries, search))
      if (peer) table('pg_trgm on plain Latin', peer)
      out.push({
        register,
        people: size,
        build_ms: Math.round(ms),
        mb: rounded(mb, 1),
        sealed_ready_ms: Math.round(opened.ms),
        sealed_mb: rounded(opened.mb, 1),
        sealed_peak_mb: rounded(opened.peakMB, 1),
        sealed_stored_mb: rounded(opened.sealedMB, 1),
        ours: mine,
        ...(peer
          ? {
              pg_trgm: peer,
              p50_ratio: Object.fromEntries(Object.keys(mine).map(k => [k, rounded(mine[k]!.p50_ms / peer[k]!.p50_ms)])),
            }
          : {}),
        worst_recall10: worst(mine, 'recall10'),
      })
    }
  process.stdout.write(`${JSON.stringify(out)}\n`)
}
const [register, queries] = [option('register'), option('queries')]
if (register !== undefined && queries !== undefined) await files(register, queries)
else if (register !== undefined || queries !== undefined || process.argv.some(a => /^--(register|queries)(=|$)/.test(a))) {
  say('names: both --register FILE.tsv and --queries FILE.tsv are needed')
  process.exitCode = 2
} else await run()
