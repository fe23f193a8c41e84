import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type pg from 'pg'
import { expect, test } from 'vitest'
import { buildPublic } from './main.public.ts'
import { multipart } from './person/files.testing.ts'
import { random } from './platform/crypto.ts'

/* The public site takes no files: no child is asked for a picture, and nobody can leave one there. */

const src = import.meta.dirname
const takers = /^(@fastify\/multipart|@fastify\/busboy|busboy|sharp)$/
const importsOf = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(m => m[1] ?? '')
const anyImport = /(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g

test('nothing that the public process loads can read a file out of a body, or decode a picture', () => {
  const seen = new Set<string>()
  const packages = new Set<string>()
  const walk = (file: string) => {
    if (seen.has(file)) return
    seen.add(file)
    for (const i of importsOf(readFileSync(file, 'utf8'), anyImport))
      if (i.startsWith('.')) {
        if (/\.tsx?$/.test(i)) walk(path.join(path.dirname(file), i))
      } else packages.add(i)
  }
  walk(path.join(src, 'main.public.ts'))
  expect(seen.size).toBeGreaterThan(30)
  expect([...packages].filter(p => takers.test(p))).toEqual([])
  expect([...seen].filter(f => /platform\/files/.test(f))).toEqual([])
})

test('both are loaded by the office when they are needed, never at the head of a file: the bundle that both processes start from would load them', () => {
  const wrong: string[] = []
  for (const name of readdirSync(src, { recursive: true, encoding: 'utf8' }))
    if (/\.tsx?$/.test(name) && !/[./](test|testing)\./.test(name))
      for (const i of importsOf(
        readFileSync(path.join(src, name), 'utf8'),
        /^(?:import|export)\s(?!type\b)[^;'"]*?from\s+['"]([^'"]+)['"]/gm,
      ))
        if (takers.test(i)) wrong.push(name)
  expect(wrong).toEqual([])
})

test('a form with a file is refused by every route of the public site', async () => {
  const routes: string[] = []
  const site = buildPublic({
    pool: { query: () => Promise.reject(new Error('no database here')) } as unknown as pg.Pool,
    keys: { fakeSalt: random(32) },
    demo: true,
    trustProxy: false,
    log: () => undefined,
    url: 'http://localhost:4301',
  })
  await site.ready()
  for (const line of site.printRoutes({ commonPrefix: false }).split('\n')) if (line.includes('(POST')) routes.push(line)
  expect(routes.length).toBeGreaterThan(2)
  const { type, body } = multipart({ text: 'привет' }, { file: { name: 'a.jpg', type: 'image/jpeg', bytes: random(100) } })
  for (const url of ['/ru/tell', '/ru/answer', '/ru/'])
    for (const at of [url, `${url}/x`]) {
      const answer = await site.inject({
        method: 'POST',
        url: at,
        headers: { 'content-type': type, origin: 'http://localhost:4301' },
        payload: body,
      })
      expect([at, [404, 415].includes(answer.statusCode)]).toEqual([at, true])
    }
  expect(site.hasContentTypeParser('multipart/form-data')).toBe(false)
  expect(site.hasContentTypeParser('application/x-www-form-urlencoded')).toBe(true)
  await site.close()
})
