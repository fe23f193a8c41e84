import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { roles } from '../base/people.ts'
import { faultsOf, openBrowser } from '../platform/browser.testing.ts'
import { newId } from '../platform/records.ts'
import { officeWorld, type Person, type World } from '../platform/testing.session.ts'
import { contentPolicy } from './policy.lesson.ts'
import { registerContent } from './routes.content.ts'
import { contentFolder, readLibrary } from './store.lesson.ts'

let w: World
let editor: Person
let browser: Browser
const others: Person[] = []
const folder = mkdtempSync(path.join(os.tmpdir(), 'doverie-texts-'))
const top = '---\ntitle: Черновик\nfor: parents\ntopics: rights\nminutes: 1\nreviewed: true\nsources: Проверка\n---\n'

beforeAll(async () => {
  mkdirSync(path.join(folder, 'ru/lessons'), { recursive: true })
  writeFileSync(path.join(folder, 'ru/lessons/good.md'), `${top}Текст.\n`)
  writeFileSync(path.join(folder, 'ru/lessons/bad.md'), `${top}Это <script>alert(1)</script>.\n`)
  w = await officeWorld(
    o => {
      registerContent(o)
    },
    [contentPolicy],
  )
  const agency = await w.agency()
  editor = await w.person({ agency, roles: ['content_editor'], alias: 'Дятел' })
  for (const role of roles.filter(r => r !== 'content_editor' && r !== 'administrator'))
    others.push(await w.person({ agency, roles: [role], alias: role }))
  browser = await openBrowser()
}, 120_000)
afterAll(async () => {
  await browser?.close()
  rmSync(folder, { recursive: true, force: true })
  expect(w.logged).toEqual([])
  await w?.end()
})

test('nobody but the content editor and an administrator sees any of it', async () => {
  const nothing = (await w.get(others[0], '/ru/no-such-page')).body
  for (const who of others)
    for (const answer of [
      await w.get(who, '/ru/content'),
      await w.get(who, '/ru/content/draft'),
      await w.get(who, '/ru/content/ru/lessons/work'),
      await w.post(who, '/ru/content/draft', { command: newId(), kind: 'lessons', language: 'ru', text: 'x' }),
    ])
      expect([answer.statusCode, answer.body === nothing]).toEqual([404, true])
  for (const url of [
    '/ru/content/ru/lessons/nothere',
    '/ru/content/xx/lessons/work',
    '/ru/content/ru/__proto__/work',
    '/ru/content/ru/lessons/..%2fwork',
  ])
    expect([url, (await w.get(editor, url)).statusCode]).toEqual([url, 404])
})

test('a draft is shown and kept nowhere; what is wrong with it is said; markup in it is text', async () => {
  const before = readdirSync(contentFolder({}), { recursive: true }).length
  const send = (text: string, kind = 'lessons') => w.post(editor, '/ru/content/draft', { command: newId(), kind, language: 'tg', text })
  const good = await send(`${top}Матни кӯтоҳ. [Чат](/write).`)
  expect(good.statusCode).toBe(200)
  expect(good.body).toContain('Замечаний нет.')
  expect(good.body).toContain('<p class="govuk-body">Матни кӯтоҳ. <a class="govuk-link dv-in-text" href="#content">Чат</a>.</p>')
  const bad = await send(`${top}<script>alert(1)</script> [x](https://example.org)`)
  expect(bad.body).not.toContain('<script>alert')
  expect(bad.body).toContain('Ссылка ведёт не на нашу страницу.')
  expect(bad.body).not.toContain('class="dv-preview"')
  const story = await send(
    `${top}## А {#a}\n\n- [Да](#b)\n- [Нет](#c)\n\n## Б {#b end}\n\n> Хорошо.\n\n## В {#c end}\n\n> Хорошо.\n`,
    'stories',
  )
  expect(story.body).toContain('href="#n-b"')
  expect(story.body).toContain('id="n-b"')
  expect((await send('')).statusCode).toBe(422)
  expect((await send('я'.repeat(9001))).statusCode).toBe(422)
  expect((await send(top, 'nothing')).statusCode).toBe(422)
  expect(readdirSync(contentFolder({}), { recursive: true }).length).toBe(before)
})

test('every text stands in the list, in every language, and its preview has the words of the site', async () => {
  for (const lang of ['ru', 'en']) {
    const list = (await w.get(editor, `/${lang}/content`)).body
    for (const f of readLibrary(contentFolder({})).files) {
      expect(list).toContain(`/${lang}/content/${f.lang}/${f.kind}/${f.slug}"`)
      const shown = await w.get(editor, `/${lang}/content/${f.lang}/${f.kind}/${f.slug}`)
      expect([f.slug, shown.statusCode]).toEqual([f.slug, 200])
      expect(shown.body).toContain(`lang="${f.lang}"`)
      expect(shown.body).not.toMatch(/href="\/(ru|en)\/(write|urgent|learn|check)/)
    }
  }
})

test('a folder of one’s own: what is broken is named and kept off', async () => {
  const own = await officeWorld(o => registerContent(o, folder), [contentPolicy])
  try {
    const who = await own.person({ agency: await own.agency(), roles: ['content_editor'], alias: 'Дятел' })
    const list = (await own.get(who, '/ru/content')).body
    expect(list).toContain('ru/lessons/bad.md')
    expect(list).toContain('Похоже на код страницы')
    expect(list).toContain('проверен')
    const bad = (await own.get(who, '/ru/content/ru/lessons/bad')).body
    expect(bad).not.toContain('<script>alert')
    expect(bad).not.toContain('class="dv-preview"')
  } finally {
    await own.end()
  }
}, 60_000)

test('the screens can be used by everybody, at 360 and 1280 px', async () => {
  const page = await browser.newPage()
  const faults: string[] = []
  for (const lang of ['ru', 'en']) {
    for (const url of ['content', 'content/draft', 'content/tg/stories/photo', 'content/ru/quiz/work', 'content/en/lessons/work'])
      faults.push(...(await faultsOf(page, `office ${lang} ${url}`, (await w.get(editor, `/${lang}/${url}`)).body)))
  }
  await page.close()
  expect(faults).toEqual([])
}, 120_000)
