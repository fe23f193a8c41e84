import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { publicLocales } from '../base/i18n.ts'
import type { Site } from '../platform/site.ts'
import { lessonSite } from './lesson.testing.ts'
import { pathOf } from './screens.lesson.tsx'
import { contentFolder, readLibrary } from './store.lesson.ts'

let site: Site
const logged: unknown[] = []
const library = readLibrary(contentFolder({}))
beforeAll(async () => {
  site = lessonSite(logged)
  await site.app.ready()
})
afterAll(async () => {
  await site.app.close()
  expect(logged).toEqual([])
})
const get = (url: string) => site.app.inject({ method: 'GET', url })
const post = (url: string, body: Record<string, string>) =>
  site.app.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(body).toString(),
  })

test('what does not exist is hidden, byte for byte the same: unknown texts, unknown places in a story, other ways to write an address', async () => {
  const nothing = (await get('/ru/no-such-page')).body
  for (const url of [
    '/ru/learn/nothere',
    '/ru/learn/__proto__',
    '/ru/learn/constructor',
    '/ru/stories/nothere',
    '/ru/stories/nothere/a',
    '/ru/stories/summer/nothere',
    '/ru/stories/summer/__proto__',
    '/ru/quiz/nothere',
    '/ru/learn/..%2f..%2fpackage',
    '/ru/learn/work.md',
    '/ru/learn/WORK',
  ]) {
    const r = await get(url)
    expect([url, r.statusCode, r.body === nothing]).toEqual([url, 404, true])
  }
})

test('nothing is kept: no cookie, no cache, and an answer to a question stands in no address', async () => {
  for (const url of ['/ru/learn', '/ru/learn/work', '/ru/stories', '/ru/stories/summer', '/ru/stories/summer/b', '/ru/quiz/work']) {
    const r = await get(url)
    expect([url, r.statusCode]).toEqual([url, 200])
    expect(r.headers['set-cookie']).toBeUndefined()
    expect(r.headers['cache-control']).toBe('no-store')
  }
  const r = await post('/ru/quiz/work', { q1: '2' })
  expect(r.statusCode).toBe(200)
  expect(r.headers['set-cookie']).toBeUndefined()
  expect(r.headers.location).toBeUndefined()
})

test('every page of every text is small, neutral in the tab, and leads to a person and to the numbers', async () => {
  const urls: string[] = []
  for (const f of library.files) {
    if (!f.text) continue
    urls.push(`/${f.lang}${pathOf(f.text)}`)
    if (f.text.kind === 'stories') urls.push(...f.text.nodes.map(n => `/${f.lang}/stories/${f.slug}/${n.id}`))
    if (f.lang === 'uz') urls.push(`/uz-Cyrl${pathOf(f.text)}`)
  }
  for (const lang of publicLocales) urls.push(`/${lang}/learn`, `/${lang}/stories`)
  expect(urls.length).toBeGreaterThan(60)
  for (const url of urls) {
    const r = await get(url)
    const lang = url.split('/')[1]
    expect([url, r.statusCode]).toEqual([url, 200])
    expect(Buffer.byteLength(r.body), url).toBeLessThan(30_000)
    expect(r.body, url).toContain(`href="/${lang}/write"`)
    expect(r.body, url).toContain(`href="/${lang}/urgent"`)
    expect(r.body, url).toContain('govuk-exit-this-page')
    expect(r.body.match(/<script/g)?.length, url).toBe((await get('/ru/learn')).body.match(/<script/g)?.length)
  }
})

test('every link of every page leads somewhere: the language links too', async () => {
  const dead = new Set<string>()
  const seen = new Set<string>()
  const others = /^\/[a-zA-Z-]+\/(write|urgent|check|safety|how|back|exit)?$/
  const walk = async (url: string): Promise<void> => {
    if (seen.has(url) || others.test(url)) return
    seen.add(url)
    const r = await get(url)
    if (r.statusCode === 303) return walk(String(r.headers.location))
    if (r.statusCode !== 200) dead.add(`${url} → ${r.statusCode}`)
    for (const [, href = ''] of r.body.matchAll(/<a [^>]*href="(\/[^"#]*)"/g)) if (!href.startsWith('/assets/')) await walk(href)
  }
  for (const lang of publicLocales) await walk(`/${lang}/learn`)
  expect([...dead]).toEqual([])
  expect(seen.size).toBeGreaterThan(100)
})

test('a text of another language leads to the list of this one; Cyrillic Uzbek is the Latin text in other letters', async () => {
  const only = library.files.find(f => f.kind === 'lessons' && f.lang === 'ru' && !library.find('tg', 'lessons', f.slug))
  const r = await get(`/tg/learn/${only?.slug}`)
  expect([r.statusCode, r.headers.location]).toEqual([303, '/tg/learn'])
  const uz = library.of('uz', 'lessons')[0]
  const page = (await get(`/uz-Cyrl${pathOf(uz!)}`)).body
  expect(/<article>[\s\S]*<\/article>/.exec(page)?.[0].replace(/<[^>]*>/g, '')).not.toMatch(/[a-z]{3}/i)
})

test('answers are explained whatever was chosen, nothing at all included, and no number of right ones is told', async () => {
  const quiz = library.of('ru', 'quiz')[0]
  if (quiz?.kind !== 'quiz') throw new Error('no quiz')
  for (const body of [{}, { q1: '1', q2: '2' }, { q1: '9', q2: '<script>alert(1)</script>', __proto__: 'x' }] as Record<string, string>[]) {
    const r = await post(`/ru${pathOf(quiz)}`, body)
    expect(r.statusCode).toBe(200)
    expect(r.body).not.toContain('alert(1)')
    for (const q of quiz.questions) expect(r.body).toContain(q.answers.find(a => a.good)?.text)
    expect(r.body).not.toMatch(/правильных|из \d|ошиб|неверно|балл/i)
  }
})

test('a teacher’s folder is read anew when a file changes, and a broken file takes nothing else down', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'doverie-content-'))
  mkdirSync(path.join(folder, 'ru/lessons'), { recursive: true })
  const file = (name: string) => path.join(folder, 'ru/lessons', name)
  const lesson = (title: string) =>
    `---\ntitle: ${title}\nfor: parents\ntopics: rights\nminutes: 1\nreviewed: false\nsources: Проверка\n---\nКороткий текст.\n`
  writeFileSync(file('one.md'), lesson('Первый'))
  writeFileSync(file('two.md'), 'не урок')
  writeFileSync(file('long.md'), 'а'.repeat(500_000))
  mkdirSync(file('three.md'))
  let now = 0
  const own = lessonSite(logged, folder, () => new Date(now))
  await own.app.ready()
  try {
    const list = async () => (await own.app.inject({ method: 'GET', url: '/ru/learn' })).body
    expect(await list()).toContain('Первый')
    writeFileSync(file('one.md'), lesson('Второй заголовок'))
    utimesSync(file('one.md'), 1, 1)
    now += 10_000
    expect(await list()).toContain('Второй заголовок')
    writeFileSync(file('one.md'), '---\ntitle: <b>\n---\n')
    now += 10_000
    expect(await list()).not.toContain('Второй заголовок')
    expect((await own.app.inject({ method: 'GET', url: '/ru/learn/one' })).statusCode).toBe(404)
  } finally {
    await own.app.close()
    rmSync(folder, { recursive: true, force: true })
  }
})
