// How the office grows: list, open, search by name and the building of its index at 1,000, 10,000 and 100,000 cases, as seen over HTTP by somebody who may see all of them.
// `--sizes 1000,10000,100000 --data FOLDER` (the folder of the largest, where it exists already).
import { parseArgs } from 'node:util'
import { registerRow } from '../src/demo/rules.register.ts'
import { root } from '../src/platform/config.ts'
import { startInstallation } from '../src/platform/installation.testing.ts'
import { demoFolder, sessionCookie } from './house.installed.ts'

const { values: o } = parseArgs({
  options: { sizes: { type: 'string', default: '1000,10000,100000' }, data: { type: 'string' }, runs: { type: 'string', default: '150' } },
})
process.chdir(root)
const sizes = o.sizes.split(',').map(Number)
const runs = Number(o.runs)
const median = (list: number[]) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? Number.NaN

interface Measured {
  readonly cases: number
  readonly list: number
  readonly open: number
  readonly search: number
  readonly indexBuild: number
  readonly officeMB: number
}
const measure = async (cases: number, folder: string, own: boolean): Promise<Measured> => {
  const house = await startInstallation({ folder })
  try {
    const headers = {
      cookie: await sessionCookie(house, 'supervisor'),
      origin: house.office,
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/x-www-form-urlencoded',
    }
    const timed = async (path: string, body?: string): Promise<number> => {
      const start = performance.now()
      const answer = await fetch(`${house.office}${path}`, { headers, ...(body === undefined ? {} : { method: 'POST', body }) })
      const text = await answer.text()
      if (answer.status !== 200) throw new Error(`${path} answers ${answer.status}: ${text.slice(0, 200)}`)
      return performance.now() - start
    }
    const page = await (await fetch(`${house.office}/ru/cases`, { headers })).text()
    const ids = [...page.matchAll(/\/ru\/cases\/([0-9a-f-]{36})/g)].map(m => m[1])
    const many = async (n: number, ask: (i: number) => Promise<number>) => {
      const times: number[] = []
      for (let i = -10; i < n; i += 1) {
        const ms = await ask(Math.abs(i))
        if (i >= 0) times.push(ms)
      }
      return median(times)
    }
    const list = await many(runs, () => timed('/ru/cases?state=open&sort=opened'))
    const open = await many(runs, i => timed(`/ru/cases/${ids[i % ids.length]}`))
    // The first search of a session opens every name that it holds a key to, and builds the index in memory.
    const search = (i: number) => timed('/ru/people/search', new URLSearchParams({ q: registerRow(1, 1 + i * 7).name }).toString())
    const indexBuild = await search(0)
    const found = await many(Math.min(runs, 100), search)
    return { cases, list, open, search: found, indexBuild, officeMB: await memoryOf(house.launcherPid()) }
  } finally {
    await house.stop()
    if (own) house.remove()
  }
}
/** Resident memory of the office process, in MB; NaN where /proc is not there. */
const memoryOf = async (launcher: number): Promise<number> => {
  const { readdir, readFile } = await import('node:fs/promises')
  for (const pid of await readdir('/proc').catch(() => [])) {
    const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
    if (!line.includes('main.js\0office') || Number(stat.split(') ')[1]?.split(' ')[1]) !== launcher) continue
    const rss = /VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${pid}/status`, 'utf8').catch(() => ''))?.[1]
    return Math.round(Number(rss) / 1024)
  }
  return Number.NaN
}

const results: Measured[] = []
for (const n of sizes) {
  const given = n === Math.max(...sizes) ? o.data : undefined
  results.push(await measure(n, given ?? (await demoFolder(n)), given === undefined))
  process.stderr.write(`${JSON.stringify(results.at(-1))}\n`)
}
const first = results[0]
const f = (n: number) => n.toFixed(1)
console.log('| cases | list ms | open ms | search ms | first search (index) ms | office MB |\n|---|---|---|---|---|---|')
for (const r of results) console.log(`| ${r.cases} | ${f(r.list)} | ${f(r.open)} | ${f(r.search)} | ${f(r.indexBuild)} | ${r.officeMB} |`)
const last = results.at(-1)
if (first && last && first !== last)
  console.log(
    `${last.cases} beside ${first.cases} cases: list ${f(last.list / first.list)}, open ${f(last.open / first.open)}, search ${f(last.search / first.search)}, index ${f(last.indexBuild / first.indexBuild)} times`,
  )
console.log(JSON.stringify({ bench: 'growth', results }))
process.exit(0)
