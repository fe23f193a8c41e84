// A spam storm on a real installation: many new conversations a second from one place, none of which does the work that is asked; one genuine child every two seconds,
// those who come back with their words, and staff who list the inbox. `--rate 50 --seconds 60 --data FOLDER`.

import http from 'node:http'
import os from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { solve } from '../src/browser/puzzle.solve.ts'
import { readConfig } from '../src/platform/config.ts'
import { startInstallation } from '../src/platform/installation.testing.ts'
import { openInstallation } from '../src/platform/launch.installation.ts'
import { request as asStaff, signIn } from './chat.desk.ts'
import { demoFolder } from './house.installed.ts'

const { values: o } = parseArgs({
  options: {
    rate: { type: 'string', default: '50' },
    seconds: { type: 'string', default: '60' },
    cases: { type: 'string', default: '50' },
    data: { type: 'string' },
  },
})
const [rate, seconds] = [Number(o.rate), Number(o.seconds)]
const say = (line: string) => void process.stderr.write(`${line}\n`)
const load = () => Math.round((os.loadavg()[0] ?? 0) * 10) / 10
const at = (list: readonly number[], p: number) =>
  Math.round(list.toSorted((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * p))] ?? Number.NaN)

/** The flood has connections of its own, as has everybody else: what waits for the server must not wait for the driver. */
const [floodAgent, otherAgent] = [
  new http.Agent({ keepAlive: true, maxSockets: 200 }),
  new http.Agent({ keepAlive: true, maxSockets: 200 }),
]
const request = (
  site: string,
  path: string,
  fields?: Record<string, string>,
  agent = otherAgent,
): Promise<{ status: number; body: string }> =>
  new Promise((resolve, reject) => {
    const body = fields && new URLSearchParams(fields).toString()
    const headers =
      body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body) }
    const r = http.request(new URL(path, site), { agent, method: body === undefined ? 'GET' : 'POST', headers }, answer => {
      let text = ''
      answer.setEncoding('utf8')
      answer.on('data', (d: string) => (text += d))
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: text }))
      answer.on('error', reject)
    })
    r.on('error', reject)
    r.end(body)
  })

const hidden = (html: string): Record<string, string> =>
  Object.fromEntries(
    [...html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(m => [m[1]!, m[2]!.replaceAll('&quot;', '"')]),
  )
const wordsIn = (html: string): string =>
  (/<(?:ol|p) class="dv-secret"[^>]*>(.*?)<\/(?:ol|p)>/.exec(html)?.[1] ?? '')
    .replaceAll('</li>', ' ')
    .replace(/<[^>]+>/g, '')
    .trim()

/** As a browser does it: opens the form, sends it, does the sum or waits when asked, and tries again while all places are taken. */
const child = async (site: string, text: string, scripts: boolean): Promise<{ ms: number; words: string } | undefined> => {
  const start = performance.now()
  try {
    const shown = await request(site, '/ru/write')
    let fields = { ...hidden(shown.body), text }
    let waited = 0
    for (let tries = 0; tries < 20; tries++) {
      const r = await request(site, '/ru/write', fields)
      if (r.status === 200) return { ms: performance.now() - start - waited, words: wordsIn(r.body) }
      if (r.status === 429) {
        fields = { ...fields, ...hidden(r.body) }
        if (scripts)
          fields = {
            ...fields,
            ...{ work: await solve(/data-puzzle="([^"]+)"/.exec(r.body)![1]!, Number(/data-bits="(\d+)"/.exec(r.body)![1])) },
          }
        else {
          await sleep(20_500)
          waited += 20_500
        }
      } else await sleep(500)
    }
  } catch {
    // Counted as not reached.
  }
  return undefined
}

const main = async (): Promise<void> => {
  const folder = o.data ?? (await demoFolder(Number(o.cases)))
  const house = await startInstallation({ folder })
  const installation = await openInstallation({
    config: readConfig({ ...process.env, DOVERIE_DATA: folder }),
    demo: true,
    when: 'existing',
    join: true,
    say,
  })
  const db = new pg.Client(installation.owner)
  await db.connect()
  try {
    const cookie = await signIn(house.office, 'duty specialist')
    const inbox = async (times: number[]) => {
      const start = performance.now()
      const r = await asStaff(house.office, '/ru/contacts', cookie)
      if (r.status === 200) times.push(performance.now() - start)
    }
    const size = async () => {
      await db.query('checkpoint')
      return Number((await db.query<{ n: string }>('select pg_database_size(current_database()) as n')).rows[0]?.n)
    }
    const contacts = async () => (await db.query<{ n: number }>('select count(*)::int as n from app.contact')).rows[0]?.n ?? 0
    const receipts: string[] = []
    for (let i = 0; i < 10; i++) receipts.push((await child(house.public, `до потопа ${i}`, true))?.words ?? '')
    const [calm, busy] = [[] as number[], [] as number[]]
    for (let i = 0; i < 40; i++) {
      await inbox(calm)
      await sleep(150)
    }
    const [bytes, begun] = [await size(), await contacts()]

    const answers = new Map<number | string, number>()
    const spam = () => {
      const fields = {
        submission: crypto.randomUUID(),
        seed: Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('hex'),
        language: 'ru',
        text: `Купите ${Math.random()} `.repeat(60),
      }
      request(house.public, '/ru/write', fields, floodAgent).then(
        r => answers.set(r.status, (answers.get(r.status) ?? 0) + 1),
        () => answers.set('none', (answers.get('none') ?? 0) + 1),
      )
    }
    const genuine: Promise<{ ms: number } | undefined>[] = []
    const patient: Promise<{ ms: number } | undefined>[] = []
    const back = { asked: 0, served: 0, times: [] as number[], statuses: new Map<number | string, number>() }
    const returning = async (words: string) => {
      back.asked++
      const start = performance.now()
      for (let tries = 0; tries < 3; tries++) {
        const r = await request(house.public, '/ru/back', { words }).catch(() => undefined)
        const status = r?.status ?? 'none'
        back.statuses.set(status, (back.statuses.get(status) ?? 0) + 1)
        if (r?.status === 200) {
          back.served++
          back.times.push(performance.now() - start)
          return
        }
        await sleep(1000)
      }
    }
    const lists: Promise<void>[] = []
    const returns: Promise<void>[] = []
    const started = performance.now()
    let n = 0
    // In steps of a tenth of a second: a late timer sends what is due, so that the rate is the one that is said.
    while (performance.now() - started < seconds * 1000) {
      const due = Math.floor(((performance.now() - started) / 1000) * rate)
      for (; n < due; n++) {
        spam()
        if (n % (rate * 2) === rate) genuine.push(child(house.public, `меня обижают ${n}`, true))
        if (n % (rate * 10) === rate * 5) patient.push(child(house.public, `без скриптов ${n}`, false))
        if (n % rate === 0) returns.push(returning(receipts[(n / rate) % receipts.length]!))
        if (n % Math.ceil(rate / 2) === 0) lists.push(inbox(busy))
      }
      await sleep(20)
    }
    const [came, waited] = [await Promise.all(genuine), await Promise.all(patient)]
    await Promise.all([...lists, ...returns])
    const reached = came.filter(c => c !== undefined)
    const [grown, more] = [(await size()) - bytes, (await contacts()) - begun]
    const mega = (b: number) => Math.round(b / 1e5) / 10
    console.log(`storm: ${n} spam in ${seconds} s (${rate}/s), answered ${JSON.stringify(Object.fromEntries(answers))}; load ${load()}`)
    console.log(
      `genuine child reaches the queue: ${reached.length} of ${came.length} (${((100 * reached.length) / came.length).toFixed(1)} %; bar 99 %), p95 ${at(
        reached.map(r => r.ms),
        0.95,
      )} ms (bar 5000)`,
    )
    const ok = waited.filter(c => c !== undefined)
    console.log(
      `without scripts: ${ok.length} of ${waited.length}, p95 ${at(
        ok.map(r => r.ms),
        0.95,
      )} ms beside the twenty seconds`,
    )
    console.log(
      `returning receipts served: ${back.served} of ${back.asked} (bar 100 %), p95 ${at(back.times, 0.95)} ms, answers ${JSON.stringify(Object.fromEntries(back.statuses))}`,
    )
    const [p, q] = [at(calm, 0.95), at(busy, 0.95)]
    console.log(
      `staff, the inbox: p95 ${p} ms before, ${q} ms during: ${(q / p).toFixed(2)} (bar 2), ${busy.length} of ${lists.length} answered`,
    )
    console.log(
      `disk: ${mega(grown)} MB for ${more} conversations in ${seconds} s; by that ${mega((grown * 900) / seconds)} MB in 15 min (bar 50); at the cap of 2,840 in a quarter at most ${mega((grown / Math.max(1, more)) * 2840)} MB`,
    )
  } finally {
    await db.end()
    await installation.stop()
    await house.stop()
    if (!o.data) house.remove()
  }
}
await main()
process.exit(0)
