// Warning signs in messages: `npm run bench -- messages [--misses]`. Shares on the collection beside the project where it lies there, on our own held-out sets
// (bench/messages/*.json), messages a second on one core, and the size of the browser's script for one language. JSON on standard output.
import fs from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { allSigns, checkMessage } from '../src/prevention/rules.check-all.ts'
import { checkLanguages, signIds } from '../src/prevention/schema.check.ts'

const say = (line: string) => process.stderr.write(`${line}\n`)
const misses = process.argv.includes('--misses')
const share = (part: number, whole: number) => Number((part / Math.max(1, whole)).toFixed(3))
const linesOf = (file: string) => fs.readFileSync(file, 'utf8').replace(/\n$/, '').split('\n')

interface Shares {
  readonly messages: number
  readonly warned: number
  readonly share: number
  /** How many of the messages showed each sign. */
  readonly signs: Readonly<Record<string, number>>
}
const measure = (messages: readonly string[], wanted: boolean, label: string): Shares => {
  const signs = Object.fromEntries(signIds.map(id => [id, 0]))
  let warned = 0
  for (const m of messages) {
    const r = checkMessage(m)
    if (r.warn) warned += 1
    for (const s of r.signs) signs[s.id]! += 1
    if (misses && r.warn !== wanted)
      say(
        `  ${label} ${wanted ? 'missed' : 'warned'}: ${m.slice(0, 140)} [${r.signs.map(s => `${s.id}:${s.strength} ${s.words.join(' · ')}`).join('; ')}]`,
      )
  }
  return {
    messages: messages.length,
    warned,
    share: share(warned, messages.length),
    signs: Object.fromEntries(Object.entries(signs).filter(([, n]) => n > 0)),
  }
}
const report = (label: string, s: Shares, bar: string) => {
  say(`${label}: warned ${s.warned} of ${s.messages} = ${s.share}${bar}`)
  say(
    `   ${Object.entries(s.signs)
      .map(([id, n]) => `${id} ${n}`)
      .join('  ')}`,
  )
}

const out: Record<string, unknown> = {}
const folder = path.resolve('../shared/data/text/tg-spam')
const spamFile = path.join(folder, 'spam-samples.filtered.txt')
let corpus: string[] = []
if (fs.existsSync(spamFile)) {
  const { lines } = JSON.parse(fs.readFileSync('bench/messages.offers.json', 'utf8')) as { lines: number[] }
  const spam = linesOf(spamFile)
  const ham = linesOf(path.join(folder, 'ham-samples.filtered.txt'))
  const offers = measure(
    lines.map(n => spam[n - 1] ?? ''),
    true,
    'offer',
  )
  const others = measure(
    spam.filter((_, i) => !lines.includes(i + 1)),
    false,
    'other',
  )
  const plain = measure(ham, false, 'ham')
  report('tg-spam, marked as offers', offers, ' (bar ≥ 0.60)')
  report('tg-spam, the other unwanted lines', others, '')
  report('tg-spam, ham', plain, ' (bar ≤ 0.03; it holds a few offers itself)')
  out.tg_spam = { offers, others, ham: plain }
  corpus = [...spam, ...ham]
} else say(`${path.relative('.', folder)} is not there: skipped.`)

const held: Record<string, unknown> = {}
for (const lang of checkLanguages) {
  const file = `bench/messages/${lang}.json`
  if (!fs.existsSync(file)) continue
  const set = JSON.parse(fs.readFileSync(file, 'utf8')) as { offers: string[]; plain: string[] }
  const offers = measure(set.offers, true, `${lang} offer`)
  const plain = measure(set.plain, false, `${lang} plain`)
  const known = [...set.offers, ...set.plain].filter(m => checkMessage(m).lang === lang).length
  say(
    `${lang}: recall ${offers.share} (${offers.warned} of ${offers.messages}), false alarms ${plain.share} (${plain.warned} of ${plain.messages}), language known ${share(known, offers.messages + plain.messages)}`,
  )
  held[lang] = {
    recall: offers.share,
    false_alarms: plain.share,
    language: share(known, offers.messages + plain.messages),
    signs: offers.signs,
  }
  corpus.push(...set.offers, ...set.plain)
}
out.held_out = held

for (const m of corpus) checkMessage(m)
// By the processor time of this process, so that a busy machine does not make it look slower, nor a second core faster.
const start = performance.now()
const used = process.cpuUsage()
let n = 0
while (performance.now() - start < 4000) for (const m of corpus) n += checkMessage(m) ? 1 : 0
const { user, system } = process.cpuUsage(used)
const rate = Math.round(n / ((user + system) / 1e6))
say(`${Math.round(n / ((performance.now() - start) / 1000))} messages/s by the clock on the wall`)
const letters = corpus.reduce((sum, m) => sum + m.length, 0) / Math.max(1, corpus.length)
say(`${rate} messages/s of processor time (${Math.round(letters)} characters on the average; bar ≥ 5,000)`)
out.per_second = rate

// As built and served: the analyser, and the signs of one language.
const manifest = JSON.parse(fs.readFileSync('build/assets.json', 'utf8')) as Record<string, string>
const sizes: Record<string, unknown> = {}
for (const { lang } of allSigns) {
  const files = ['check.js', `check-${lang}.js`].map(n => fs.readFileSync(`build/assets/${manifest[n]}`))
  const raw = files.reduce((s, b) => s + b.length, 0)
  const gzip = files.reduce((s, b) => s + gzipSync(b, { level: 9 }).length, 0)
  sizes[lang] = { raw, gzip }
  say(`script, ${lang}: ${(raw / 1024).toFixed(1)} KB, ${(gzip / 1024).toFixed(1)} KB gzip (bar ≤ 40)`)
}
out.script = sizes
process.stdout.write(`${JSON.stringify(out)}\n`)
