import type { FastifyInstance } from 'fastify'
import { afterEach, expect, test } from 'vitest'
import { SealError } from './crypto.ts'
import { buildHttp, type HttpOptions } from './http.ts'

const logged: unknown[] = []
const options: HttpOptions = {
  site: 'office',
  https: true,
  trustProxy: false,
  permissions: { healthz: 'public', 'x:read': 'signed_in' },
  errorPage: status => `<p>${status}</p>`,
  log: e => void logged.push(e),
}
let app: FastifyInstance
afterEach(() => app.close())

test('a route that names no known permission stops the boot', () => {
  app = buildHttp(options)
  expect(() => app.get('/ru/x', async () => 1)).toThrow(/no known permission/)
  expect(() => app.get('/ru/x', { config: { permit: 'x:write' } }, async () => 1)).toThrow(/x:write/)
})

test('more than a person can click is answered 429, per session', async () => {
  app = buildHttp({ ...options, perMinute: 5 })
  app.get('/ru/x', { config: { permit: 'x:read' } }, async () => 'ok')
  const ask = (token: string) => app.inject({ url: '/ru/x', headers: { cookie: `__Host-office=${token}` } }).then(r => r.statusCode)
  const first: number[] = []
  for (let i = 0; i < 7; i++) first.push(await ask('a'.repeat(43)))
  expect(first.filter(s => s === 200).length).toBe(5)
  expect(first.filter(s => s === 429).length).toBe(2)
  expect(await ask('b'.repeat(43))).toBe(200)
})

test('cookies that somebody invents for each request help nobody past the limit', async () => {
  app = buildHttp({ ...options, perMinute: 5 })
  app.get('/ru/x', { config: { permit: 'x:read' } }, async () => 'ok')
  const passed = async (n: number, cookie: (i: number) => string, remoteAddress: string) => {
    let good = 0
    for (let i = 0; i < n; i++)
      good += (await app.inject({ url: '/ru/x', remoteAddress, headers: { cookie: cookie(i) } })).statusCode === 200 ? 1 : 0
    return good
  }
  // No token, or nothing that could be one: the address counts.
  expect(await passed(8, i => `a=${i}`, '10.0.0.1')).toBe(5)
  expect(await passed(8, i => `__Host-office=x${i}`, '10.0.0.1')).toBe(0)
  // In the form of a token: ten times as many from one address, whatever the tokens; other addresses are not touched.
  expect(await passed(60, i => `__Host-office=${String(i).padStart(43, 't')}`, '10.0.0.2')).toBe(50)
  expect(await passed(1, () => `__Host-office=${'u'.repeat(43)}`, '10.0.0.3')).toBe(1)
})

test('a fault inside shows nothing of itself and logs a code and a place', async () => {
  app = buildHttp(options)
  app.get('/ru/x', { config: { permit: 'x:read' } }, async () => {
    throw Object.assign(new Error('Azizbek said something'), { code: 'X1' })
  })
  const answer = await app.inject({ url: '/ru/x' })
  expect(answer.statusCode).toBe(500)
  expect(answer.body).toBe('<p>500</p>')
  expect(JSON.stringify(logged)).not.toContain('Azizbek')
  expect(logged).toMatchObject([{ code: 'X1', url: '/ru/x' }])
})

test('the database away is 503 with Retry-After; row-level security is 404', async () => {
  app = buildHttp(options)
  let code = '57P01'
  app.get('/ru/x', { config: { permit: 'x:read' } }, async () => {
    throw Object.assign(new Error('no'), { code })
  })
  const away = await app.inject({ url: '/ru/x' })
  expect([away.statusCode, away.headers['retry-after']]).toEqual([503, '5'])
  code = '42501'
  const refused = await app.inject({ url: '/ru/x' })
  const absent = await app.inject({ url: '/ru/nothing' })
  expect([refused.statusCode, refused.body]).toEqual([404, absent.body])
})

test('behind https the browser is told to stay there', async () => {
  app = buildHttp(options)
  expect((await app.inject({ url: '/healthz' })).headers['strict-transport-security']).toMatch(/max-age/)
})

test('a value that a later program sealed is a fault that is logged, not a record that does not exist', async () => {
  app = buildHttp(options)
  let code = 'schema_newer'
  app.get('/ru/x', { config: { permit: 'x:read' } }, async () => {
    throw new SealError(code)
  })
  logged.length = 0
  expect((await app.inject({ url: '/ru/x' })).statusCode).toBe(500)
  expect(logged).toMatchObject([{ code }])
  code = 'no_key'
  expect((await app.inject({ url: '/ru/x' })).statusCode).toBe(404)
})
