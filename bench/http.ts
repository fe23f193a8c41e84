// Directus 11.3.5, the bare server and Doverie on one PostgreSQL, with as many cases, by somebody who may see all of them. `--cases N --seconds S --rounds R --data FOLDER`.
import { spawn } from 'node:child_process'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { registerRow } from '../src/demo/rules.register.ts'
import { readConfig, root } from '../src/platform/config.ts'
import { freePort, type RunningInstallation, startInstallation } from '../src/platform/installation.testing.ts'
import { openInstallation } from '../src/platform/launch.installation.ts'
import { demoFolder, sessionCookie } from './house.installed.ts'
import { bare } from './http.bare.ts'
import { peerMissing, peerVersion, type Row, startDirectus } from './http.directus.ts'
import { type Drive, type Driven, drive, type Scenario } from './http.drive.ts'

const { values: o } = parseArgs({
  options: {
    cases: { type: 'string', default: '100000' },
    seconds: { type: 'string', default: '8' },
    rounds: { type: 'string', default: '2' },
    data: { type: 'string' },
    only: { type: 'string' },
    drive: { type: 'boolean' },
    bare: { type: 'string' },
  },
})

/** This script again, as the load or as the bare server, in a process of its own. */
const again = (args: string[]) => spawn(process.execPath, [process.argv[1] as string, ...args], { stdio: ['pipe', 'pipe', 'inherit'] })

const inAnotherProcess = async (d: Drive): Promise<Driven> => {
  const child = again(['--drive'])
  child.stdin.end(JSON.stringify(d))
  let text = ''
  for await (const chunk of child.stdout) text += String(chunk)
  return JSON.parse(text) as Driven
}

interface Target {
  readonly name: string
  readonly base: string
  readonly headers: Readonly<Record<string, string>>
  readonly ids: readonly string[]
  readonly versions?: () => Promise<number[]>
  readonly cookies?: readonly string[]
  readonly scenarios: Readonly<Record<string, Scenario>>
}

const json = { 'content-type': 'application/json' }
const fields = 'id,case_no,full_name,dob,nationality,status,risk,opened_at,next_followup'
const peerCreate =
  '{"case_no":"N-{n}","full_name":"Тест Проверкина","dob":"2012-03-04","sex":"F","nationality":"KG","status":"open","risk":"high","notes":"a bench","data":{"languages":["ky"]}}'
const peerUpdate = '{"status":"monitoring","notes":"changed {n}"}'

const ours = async (house: RunningInstallation, db: pg.Client): Promise<Target & { sees: number }> => {
  const cookies: string[] = []
  for (let i = 0; i < 14; i += 1) cookies.push(await sessionCookie(house, 'supervisor'))
  // The people of one team: every case that this person may see, which is all that the demonstration has of that team.
  const { rows } = await db.query<{ id: string; team: string }>(
    "select id, home_group as team from app.case_record where state <> 'closed' order by md5(id::text) limit 4000",
  )
  const all = (await db.query<{ n: number }>('select count(*)::int as n from app.case_record')).rows[0]?.n ?? 0
  const form = 'application/x-www-form-urlencoded'
  const child = 'children%5B0%5D%5B'
  return {
    name: 'doverie',
    base: house.office,
    sees: all,
    cookies,
    headers: { origin: house.office, 'sec-fetch-site': 'same-origin', 'content-type': form },
    ids: rows.map(r => r.id),
    versions: async () => {
      const now = await db.query<{ id: string; version: number }>('select id, version from app.case_record where id = any ($1::uuid[])', [
        rows.map(r => r.id),
      ])
      const of = new Map(now.rows.map(r => [r.id, r.version]))
      return rows.map(r => of.get(r.id) ?? 1)
    },
    scenarios: {
      list: { method: 'GET', path: '/ru/cases?state=open&sort=opened', ok: [200] },
      open: { method: 'GET', path: '/ru/cases/{id}', ok: [200] },
      create: {
        method: 'POST',
        path: '/ru/cases/new',
        body: `command={uuid}&danger=concern&team=${rows[0]?.team}&circumstances=&${child}name%5D=%D0%A2%D0%B5%D1%81%D1%82&${child}age%5D=12&${child}relation%5D=child&${child}match%5D=new`,
        ok: [303],
      },
      update: {
        method: 'POST',
        path: '/ru/cases/{id}/danger',
        body: 'command={uuid}&version={version}&danger=concern&reason=%D0%B7%D0%B0%D0%BC%D0%B5%D1%80+{n}',
        ok: [303],
      },
    },
  }
}

const compare = async () => {
  const cases = Number(o.cases)
  const missing = peerMissing()
  const folder = o.data ?? (await demoFolder(cases))
  const house = await startInstallation({ folder })
  const installation = await openInstallation({
    config: readConfig({ ...process.env, DOVERIE_DATA: folder }),
    demo: true,
    when: 'existing',
    join: true,
    say: line => process.stderr.write(`${line}\n`),
  })
  const db = new pg.Client(installation.owner)
  await db.connect()
  await db.query('vacuum analyze')
  const targets: Target[] = []
  const stops: (() => Promise<unknown> | unknown)[] = []
  try {
    const us = await ours(house, db)
    targets.push(us)
    if (missing) process.stderr.write(`No comparison with Directus: ${missing}.\n`)
    else {
      const rows = Array.from({ length: us.sees }, (_, i): Row => {
        const r = registerRow(1, i + 1)
        return [String(r.id), r.name, r.dob, r.sex, r.nationality]
      })
      const peer = await startDirectus(installation.owner as Parameters<typeof startDirectus>[0], rows, await freePort())
      stops.push(peer.stop)
      const ids = rows.map((_, i) => String(i + 1))
      targets.push({
        name: 'directus',
        base: peer.base,
        headers: peer.headers,
        ids,
        scenarios: {
          list: { method: 'GET', path: `/items/cases?limit=25&sort=-opened_at&fields=${fields}&filter[status][_eq]=open`, ok: [200] },
          open: { method: 'GET', path: '/items/cases/{id}', ok: [200] },
          create: { method: 'POST', path: '/items/cases', body: peerCreate, ok: [200, 204] },
          update: { method: 'PATCH', path: '/items/cases/{id}', body: peerUpdate, ok: [200, 204] },
        },
      })
      const port = await freePort()
      const server = again(['--bare', String(port)])
      server.stdin.end(JSON.stringify(peer.database))
      await new Promise(resolve => server.stdout.once('data', resolve))
      stops.push(() => server.kill('SIGTERM'))
      targets.push({
        name: 'bare',
        base: `http://127.0.0.1:${port}`,
        headers: json,
        ids,
        scenarios: {
          list: { method: 'GET', path: '/list', ok: [200] },
          open: { method: 'GET', path: '/cases/{id}', ok: [200] },
          create: { method: 'POST', path: '/cases', body: peerCreate, ok: [200] },
          update: { method: 'PATCH', path: '/cases/{id}', body: peerUpdate, ok: [200] },
        },
      })
    }
    const results: (Driven & { target: string; work: string; connections: number })[] = []
    for (const work of o.only?.split(',') ?? ['list', 'open', 'create', 'update'])
      for (const connections of [1, 8]) {
        const rounds = new Map<string, Driven[]>()
        // They take turns, so that a busy machine is busy for all of them alike; the first second of each warms up and does not count.
        for (let round = 0; round < Number(o.rounds); round += 1)
          for (const t of targets) {
            const scenario = t.scenarios[work] as Scenario
            const d = { base: t.base, headers: t.headers, scenario, ids: t.ids, connections, ...(t.cookies ? { cookies: t.cookies } : {}) }
            await inAnotherProcess({ ...d, ...(t.versions ? { versions: await t.versions() } : {}), seconds: 1 })
            const r = await inAnotherProcess({ ...d, ...(t.versions ? { versions: await t.versions() } : {}), seconds: Number(o.seconds) })
            rounds.set(t.name, [...(rounds.get(t.name) ?? []), r])
          }
        for (const [target, list] of rounds) {
          const mean = (f: (r: Driven) => number) => Math.round((list.reduce((s, r) => s + f(r), 0) / list.length) * 10) / 10
          const row = {
            target,
            work,
            connections,
            rps: mean(r => r.rps),
            p50: mean(r => r.p50),
            p95: mean(r => r.p95),
            n: list.reduce((s, r) => s + r.n, 0),
            errors: list.reduce((s, r) => s + r.errors, 0),
            load: mean(r => r.load),
          }
          results.push(row)
          process.stderr.write(
            `${work} ${connections} ${target}: ${row.rps}/s p50 ${row.p50} p95 ${row.p95} errors ${row.errors} load ${row.load}\n`,
          )
        }
      }
    const of = (target: string, work: string, connections: number) =>
      results.find(r => r.target === target && r.work === work && r.connections === connections)
    console.log(
      `| work | connections | ${targets.map(t => `${t.name} /s (p50, p95 ms)`).join(' | ')} | to Directus | p95 to Directus | to bare |`,
    )
    console.log(`|---|---|${targets.map(() => '---').join('|')}|---|---|---|`)
    for (const r of results.filter(x => x.target === 'doverie')) {
      const cells = targets.map(t => of(t.name, r.work, r.connections)).map(x => (x ? `${x.rps} (${x.p50}, ${x.p95})` : ''))
      const ratio = (a: number | undefined, b: number | undefined) => (a && b ? (a / b).toFixed(2) : '–')
      const [d, b] = [of('directus', r.work, r.connections), of('bare', r.work, r.connections)]
      console.log(
        `| ${r.work} | ${r.connections} | ${cells.join(' | ')} | ${ratio(r.rps, d?.rps)} | ${ratio(r.p95, d?.p95)} | ${ratio(r.rps, b?.rps)} |`,
      )
    }
    console.log(JSON.stringify({ bench: 'http', cases: us.sees, peer: missing ? null : peerVersion, results }))
  } finally {
    for (const stop of stops) await stop()
    await db.end()
    await installation.stop()
    await house.stop()
    if (!o.data) house.remove()
  }
}

const input = async () => {
  let text = ''
  for await (const chunk of process.stdin) text += String(chunk)
  return text
}
if (o.drive) console.log(JSON.stringify(await drive(JSON.parse(await input()) as Drive)))
else if (o.bare) {
  await bare(JSON.parse(await input()) as pg.PoolConfig, Number(o.bare))
  console.log('up')
} else {
  process.chdir(root)
  await compare()
  process.exit(0)
}
