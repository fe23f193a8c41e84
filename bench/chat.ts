// Live chats on a real installation with two office processes: who hears what, how soon, and what the office's other work feels of it.
// `--chats 300 --rate 20 --seconds 60 --cases 300 --data FOLDER`. --rate: messages a second, half of them from children and half from the desk.
import os from 'node:os'
import path from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { readConfig, root } from '../src/platform/config.ts'
import { freePort, startInstallation } from '../src/platform/installation.testing.ts'
import { startChild } from '../src/platform/launch.children.ts'
import { openInstallation } from '../src/platform/launch.installation.ts'
import { childEnv } from '../src/platform/launch.target.ts'
import { openTab, request, signIn, type Tab } from './chat.desk.ts'
import { devices } from './chat.devices.ts'
import { demoFolder } from './house.installed.ts'

const { values: o } = parseArgs({
  options: {
    chats: { type: 'string', default: '300' },
    rate: { type: 'string', default: '20' },
    seconds: { type: 'string', default: '60' },
    cases: { type: 'string', default: '300' },
    data: { type: 'string' },
  },
})
const [chats, rate, seconds] = [Number(o.chats), Number(o.rate), Number(o.seconds)]
const say = (line: string) => void process.stderr.write(`${line}\n`)
const load = () => Math.round((os.loadavg()[0] ?? 0) * 10) / 10
const of = (list: readonly number[]) => {
  const sorted = list.toSorted((a, b) => a - b)
  const at = (p: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? Number.NaN)
  return { n: list.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) }
}

/** One direction: what was sent when, and in which order it came. */
const way = (letter: string) => {
  const sent = new Map<string, number>()
  const came = new Map<string, number>()
  const last = new Map<number, number>()
  const numbers = new Map<number, number>()
  const times: number[] = []
  let [reordered, twice] = [0, 0]
  return {
    sent,
    came,
    times,
    next: (chat: number): string => {
      const n = (numbers.get(chat) ?? 0) + 1
      numbers.set(chat, n)
      const token = `${letter}${chat}n${n}z`
      sent.set(token, performance.now())
      return token
    },
    /** Comes for the first time? Then its time counts. */
    arrived: (token: string, at: number): boolean => {
      const since = sent.get(token)
      if (since === undefined) return false
      if (came.has(token)) {
        twice++
        return false
      }
      came.set(token, at)
      times.push(at - since)
      const [, chat = '', n = ''] = /^\w(\d+)n(\d+)z$/.exec(token) ?? []
      if (Number(n) !== (last.get(Number(chat)) ?? 0) + 1) reordered++
      last.set(Number(chat), Number(n))
      return true
    },
    tokens: (text: string): string[] => [...text.matchAll(new RegExp(`${letter}\\d+n\\d+z`, 'g'))].map(m => m[0]),
    figures: () => ({ sent: sent.size, lost: sent.size - came.size, reordered, ...of(times) }),
    twice: () => twice,
  }
}

/** What the rest of the office does meanwhile: lists, cases, the inbox. */
const staffWork = (office: string, cookie: string, ids: readonly string[], times: number[], errors: { n: number }) => {
  let n = 0
  const pages = () => ['/ru/cases?state=open', `/ru/cases/${ids[n % ids.length]}`, '/ru/contacts', `/ru/cases/${ids[(n * 7) % ids.length]}`]
  return setInterval(() => {
    const page = pages()[n++ % 4] as string
    const start = performance.now()
    request(office, page, cookie).then(
      r => (r.status === 200 ? times.push(performance.now() - start) : errors.n++),
      () => errors.n++,
    )
  }, 333)
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
  const port = await freePort()
  const second = await startChild({
    name: 'office',
    script: path.join(root, 'build/main.js'),
    args: ['office'],
    env: childEnv('office', installation.keys, installation.target, true, installation.folder, {
      ...process.env,
      OFFICE_PORT: String(port),
      PUBLIC_PORT: String(house.publicPort),
    }),
    say,
  })
  const db = new pg.Client(installation.owner)
  const stop = async () => {
    await db.end().catch(() => undefined)
    await second.stop()
    await installation.stop()
    await house.stop()
    if (!o.data) house.remove()
  }
  // Whoever interrupts does not leave a database running behind.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop().then(() => process.exit(1)))
  await db.connect()
  const offices = [house.office, `http://localhost:${port}`] as const
  try {
    const cookies = [] as string[]
    for (let i = 0; i < 12; i++) cookies.push(await signIn(offices[0], 'duty specialist'))
    const worker = await signIn(offices[0], 'supervisor')
    const { rows } = await db.query<{ id: string }>(
      "select id from app.case_record where state <> 'closed' order by md5(id::text) limit 200",
    )
    const ids: string[] = []
    for (const r of rows) if (ids.length < 40 && (await request(offices[0], `/ru/cases/${r.id}`, worker)).status === 200) ids.push(r.id)
    const [before, during, errors] = [[] as number[], [] as number[], { n: 0 }]
    let work = staffWork(offices[0], worker, ids, before, errors)
    await sleep(Math.min(seconds, 20) * 1000)
    clearInterval(work)

    const [toDesk, toPage, toChild] = [way('c'), way('c'), way('d')]
    const opening = performance.now()
    const own = await devices(
      house.public,
      chats,
      at => `salom ${at}`,
      (_at, text) => {
        for (const token of toChild.tokens(text)) toChild.arrived(token, performance.now())
      },
    )
    const opened = Math.round(performance.now() - opening)
    say(`${chats} conversations opened in ${(opened / 1000).toFixed(1)} s`)
    const tabs: Tab[] = []
    for (let at = 0; at < chats; at++)
      tabs.push(
        await openTab(
          offices[at % 2] as string,
          cookies[at % cookies.length] as string,
          own.list[at]?.held.contact ?? '',
          (html, movedAt) => {
            const now = performance.now()
            const seen = toDesk.tokens(html)
            // The order on the page is the order in which staff read.
            for (const token of seen) {
              const since = toDesk.sent.get(token) ?? 0
              toDesk.arrived(token, movedAt >= since ? movedAt : now)
              toPage.arrived(token, now)
            }
          },
        ),
      )
    say(`${tabs.length} pages of the desk open on two office processes, ${own.live()} streams of devices`)
    const loop = monitorEventLoopDelay({ resolution: 10 })
    loop.enable()
    work = staffWork(offices[0], worker, ids, during, errors)
    // A tenth of the conversations is lively and gets half of the messages: there order is at stake.
    const lively = Math.max(1, Math.round(chats / 10))
    const pick = () => Math.floor(Math.random() * (Math.random() < 0.5 ? lively : chats))
    const failed = { device: 0, desk: 0 }
    const start = performance.now()
    for (let n = 0; n < rate * seconds; n++) {
      const due = start + (n * 1000) / rate
      const wait = due - performance.now()
      if (wait > 0) await sleep(wait)
      const at = pick()
      if (n % 2 === 0) {
        const token = toDesk.next(at)
        toPage.sent.set(token, toDesk.sent.get(token) ?? 0)
        void own.list[at]?.say(token).then(ok => !ok && failed.device++)
      } else {
        void tabs[at]?.answer(toChild.next(at)).catch(e => {
          failed.desk++
          say(String(e))
        })
      }
    }
    clearInterval(work)
    const missing = () => [toPage, toChild].some(w => w.came.size < w.sent.size)
    for (let i = 0; i < 100 && missing(); i++) await sleep(200)
    loop.disable()
    const contacts = own.list.map(d => d.held.contact)
    const stored = await db.query<{ direction: string; n: number }>(
      'select direction, count(*)::int as n from app.message where contact_id = any ($1::uuid[]) group by direction',
      [contacts],
    )
    const n = Object.fromEntries(stored.rows.map(r => [r.direction, r.n]))
    const result = {
      bench: 'chat',
      chats,
      rate,
      seconds,
      opened: { ms: opened, streams: own.live() },
      childToDeskStream: toDesk.figures(),
      childToDeskPage: toPage.figures(),
      deskToChild: toChild.figures(),
      conflicts: tabs.reduce((sum, t) => sum + t.conflicts(), 0),
      failed,
      stored: { in: n.in, out: n.out, expectedIn: chats + toDesk.sent.size, expectedOut: toChild.sent.size },
      staff: { without: of(before), with: of(during), errors: errors.n },
      ratios: { staffP95: Math.round((of(during).p95 / of(before).p95) * 100) / 100 },
      driverLoopDelayP95: Math.round(loop.percentile(95) / 1e6),
      load: load(),
    }
    for (const d of own.list) d.end()
    for (const t of tabs) t.end()
    const bars: [string, number, number][] = [
      ['child to desk stream p95 ms', result.childToDeskStream.p95, 1000],
      ['child to desk page p95 ms', result.childToDeskPage.p95, 1000],
      ['desk to child stream p95 ms', result.deskToChild.p95, 1000],
      ['lost', result.childToDeskPage.lost + result.deskToChild.lost, 0],
      ['reordered', result.childToDeskPage.reordered + result.deskToChild.reordered, 0],
    ]
    for (const [name, value, bar] of bars)
      say(`${name}: ${value} (bar ${bar}${bar ? `, ratio ${(value / bar).toFixed(2)}` : ''})${value <= bar ? '' : ' MISSED'}`)
    say(`staff p95: ${result.staff.without.p95} ms without, ${result.staff.with.p95} ms with the chats: ${result.ratios.staffP95} times`)
    console.log(JSON.stringify(result))
  } finally {
    await stop()
  }
}

process.chdir(root)
await main()
process.exit(0)
