import http from 'node:http'
import os from 'node:os'

/* The load: so many connections, each with one request at a time, as an impatient office would. Runs in a process of its own, so that its work is not ours. */

/** One kind of request. `{id}`, `{word}`, `{uuid}` and `{n}` are filled in anew for each. */
export interface Scenario {
  readonly method: 'GET' | 'POST' | 'PATCH'
  readonly path: string
  readonly body?: string
  /** What a good answer has. */
  readonly ok: readonly number[]
}
export interface Drive {
  readonly base: string
  readonly headers: Readonly<Record<string, string>>
  readonly scenario: Scenario
  readonly ids: readonly string[]
  /** One session may ask 900 times a minute: several take turns, as several computers of one person would. */
  readonly cookies?: readonly string[]
  /** The version of each record, where a command names the one it is based on: `{version}`; counted up by what succeeds. */
  readonly versions?: readonly number[]
  readonly words?: readonly string[]
  readonly connections: number
  readonly seconds: number
}
export interface Driven {
  readonly rps: number
  readonly p50: number
  readonly p95: number
  readonly n: number
  readonly errors: number
  readonly load: number
}

const uuid = () => crypto.randomUUID()

/** Drives one scenario and counts answers of the expected kind only. Times in milliseconds. */
export const drive = async (d: Drive): Promise<Driven> => {
  const agent = new http.Agent({ keepAlive: true, maxSockets: d.connections })
  const target = new URL(d.base)
  const versions = d.versions ? [...d.versions] : undefined
  let n = 0
  const times: number[] = []
  let errors = 0
  let firstError = ''
  const one = (at: number): Promise<void> =>
    new Promise(resolve => {
      // Each connection has records of its own: two writers of one record would be refused, as they should.
      const i = (Math.floor(Math.random() * Math.floor(d.ids.length / d.connections)) * d.connections + at) % Math.max(1, d.ids.length)
      n += 1
      const fill = (text: string) =>
        text
          .replaceAll('{id}', d.ids[i] ?? '')
          .replaceAll('{version}', String(versions?.[i] ?? 0))
          .replaceAll('{word}', encodeURIComponent(d.words?.[n % (d.words.length || 1)] ?? ''))
          .replaceAll('{n}', `${process.pid % 1000}${Date.now() % 10_000_000}${n}`)
          .replace(/\{uuid\}/g, uuid)
      const body = d.scenario.body ? fill(d.scenario.body) : undefined
      const start = performance.now()
      const request = http.request(
        {
          agent,
          hostname: target.hostname,
          port: target.port,
          method: d.scenario.method,
          path: fill(d.scenario.path),
          headers: {
            ...d.headers,
            ...(d.cookies ? { cookie: d.cookies[n % d.cookies.length] } : {}),
            ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }),
          },
        },
        answer => {
          let bad = ''
          answer.on('data', (chunk: Buffer) => {
            if (!d.scenario.ok.includes(answer.statusCode ?? 0) && bad.length < 400) bad += chunk.toString('utf8').slice(0, 400)
          })
          answer.on('end', () => {
            if (d.scenario.ok.includes(answer.statusCode ?? 0)) {
              times.push(performance.now() - start)
              if (versions) versions[i] = (versions[i] ?? 0) + 1
            } else {
              errors += 1
              firstError ||= `${answer.statusCode} ${bad}`
            }
            resolve()
          })
        },
      )
      request.on('error', e => {
        errors += 1
        firstError ||= String(e)
        resolve()
      })
      request.end(body)
    })
  const until = performance.now() + d.seconds * 1000
  await Promise.all(
    Array.from({ length: d.connections }, async (_, at) => {
      while (performance.now() < until) await one(at)
    }),
  )
  agent.destroy()
  if (firstError) process.stderr.write(`first error: ${firstError.slice(0, 500)}\n`)
  times.sort((a, b) => a - b)
  const at = (p: number) => Math.round((times[Math.min(times.length - 1, Math.floor(times.length * p))] ?? Number.NaN) * 10) / 10
  return {
    rps: Math.round((times.length / d.seconds) * 10) / 10,
    p50: at(0.5),
    p95: at(0.95),
    n: times.length,
    errors,
    load: Math.round(os.loadavg()[0]! * 10) / 10,
  }
}
