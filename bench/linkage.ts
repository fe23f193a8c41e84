// Linking registers: `npm run bench -- linkage` on the public FEBRL sets where they lie beside the project (../shared/data/linkage/febrl; the truth is in rec_id) and on
// invented registers in two scripts. Everything as the command does it: columns suggested, parameters estimated, the default threshold. JSON on standard output.
import fs from 'node:fs'
import path from 'node:path'
import { readRegister } from '../src/cli.link-files.ts'
import { type Paired, pairColumns, suggestColumns, type Table } from '../src/person/rules.linkage.columns.ts'
import { linkRows } from '../src/person/rules.linkage.ts'
import { invented } from './linkage.register.ts'

const say = (line: string) => process.stderr.write(`${line}\n`)
const rounded = (n: number, digits = 5) => Number(n.toFixed(digits))
/** The person behind a row: rec-12-org and rec-12-dup-0 are one. */
const personOf = (id: string) => /^rec-(\d+)-/.exec(id)?.[1] ?? id
const details = process.argv.includes('--details')

const measure = (set: string, paired: Paired, oneFile: boolean) => {
  const start = performance.now()
  const cpu = process.cpuUsage()
  const linkage = linkRows({ attributes: paired.attributes, left: paired.left, right: paired.right })
  const seconds = (performance.now() - start) / 1000
  const used = process.cpuUsage(cpu)
  const left = paired.leftIds.map(personOf)
  const right = paired.rightIds.map(personOf)
  const inRight = new Map<string, number>()
  for (const p of right) inRight.set(p, (inRight.get(p) ?? 0) + 1)
  let truth = 0
  if (oneFile) for (const n of inRight.values()) truth += (n * (n - 1)) / 2
  else for (const p of left) truth += inRight.get(p) ?? 0
  const right1 = linkage.pairs.filter(p => left[p.left] === right[p.right]).length
  const [precision, recall] = [linkage.pairs.length > 0 ? right1 / linkage.pairs.length : 1, right1 / truth]
  const f1 = (2 * precision * recall) / (precision + recall)
  say(
    `${set.padEnd(34)} ${String(left.length).padStart(6)}${oneFile ? '        ' : ` × ${String(right.length).padEnd(5)}`} precision ${precision.toFixed(4)}  recall ${recall.toFixed(4)}  ` +
      `F1 ${f1.toFixed(4)}  ${seconds.toFixed(1)} s (${((used.user + used.system) / 1e6).toFixed(1)} s of processor)  ${linkage.space.candidates} of ${linkage.space.possible} pairs`,
  )
  if (details) {
    for (const r of linkage.space.byRule) say(`    ${r.rule}: ${r.pairs} pairs, ${r.crowds} crowds`)
    const found = new Set(linkage.pairs.map(p => `${p.left} ${p.right}`))
    const at = new Map<string, number[]>()
    right.forEach((p, i) => {
      at.set(p, [...(at.get(p) ?? []), i])
    })
    const show = (kind: string, i: number, j: number) =>
      say(
        `    ${kind} ${linkage
          .waterfall(i, j)
          .map(s => `${s.attribute} ${s.level} ${s.weight.toFixed(1)} [${s.left}|${s.right}]`)
          .join('; ')}`,
      )
    let [missed, wrong] = [0, 0]
    left.forEach((p, i) => {
      for (const j of at.get(p) ?? []) if ((!oneFile || i < j) && !found.has(`${i} ${j}`) && missed++ < 20) show('missed', i, j)
    })
    for (const p of linkage.pairs) if (left[p.left] !== right[p.right] && wrong++ < 20) show('wrong', p.left, p.right)
  }
  return {
    set,
    rows: oneFile ? left.length : [left.length, right.length],
    precision: rounded(precision),
    recall: rounded(recall),
    f1: rounded(f1),
    seconds: rounded(seconds, 2),
    cpu_seconds: rounded((used.user + used.system) / 1e6, 2),
    candidates: linkage.space.candidates,
    possible: linkage.space.possible,
    true_pairs: truth,
  }
}
const within = (set: string, t: Table) => measure(set, pairColumns(t, suggestColumns(t)), true)
const between = (set: string, a: Table, b: Table) => measure(set, pairColumns(a, suggestColumns(a), b, suggestColumns(b)), false)

const out: object[] = []
const folder = path.resolve('../shared/data/linkage/febrl')
if (!fs.existsSync(folder)) say('The FEBRL sets are not there (../shared/data/linkage/febrl): skipped.')
else {
  const sets = fs
    .readdirSync(folder)
    .filter(f => /^dataset\d+\.csv$/.test(f))
    .sort()
  for (const f of sets.filter(s => /dataset[123]\./.test(s))) {
    const t = readRegister(path.join(folder, f))
    out.push(within(f, t))
    if (/dataset[23]\./.test(f)) {
      const id = (r: readonly string[]) => r[0] ?? ''
      out.push(
        between(
          `${f}, originals × copies`,
          { ...t, rows: t.rows.filter(r => id(r).endsWith('-org')) },
          { ...t, rows: t.rows.filter(r => !id(r).endsWith('-org')) },
        ),
      )
    }
  }
  for (const [a, b] of [['dataset4a.csv', 'dataset4b.csv']] as const)
    if (fs.existsSync(path.join(folder, a)) && fs.existsSync(path.join(folder, b)))
      out.push(between('dataset4a × dataset4b', readRegister(path.join(folder, a)), readRegister(path.join(folder, b))))
}
for (const kind of ['names_and_dates', 'names_dates_places', 'names_only_years'] as const) {
  const { left, right } = invented(kind, 5000, 5000, 2500)
  out.push(between(`invented, two scripts, ${kind}`, left, right))
}
process.stdout.write(`${JSON.stringify(out)}\n`)
