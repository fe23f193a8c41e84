import { mkdtempSync, rmSync } from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import * as sass from 'sass'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openCaseCount, photoWasOpened } from '../case/store.photo.ts'
import { type CaseWorld, caseWorld } from '../case/world.testing.ts'
import { axe, openBrowser, openPage } from '../platform/browser.testing.ts'
import { keepFilesIn } from '../platform/files.ts'
import { testOrigin } from '../platform/testing.session.ts'
import { pdf } from './files.testing.ts'
import { filesPolicy } from './policy.files.ts'
import { registerFiles } from './routes.files.ts'

let w: CaseWorld
let browser: Browser
let at: string
let front: http.Server
const folder = mkdtempSync(path.join(tmpdir(), 'dv-look-'))
beforeAll(async () => {
  keepFilesIn(folder)
  w = await caseWorld(o => registerFiles(o, { open: openCaseCount, photoOpened: photoWasOpened }), [filesPolicy])
  await w.office.app.listen({ port: 0, host: '127.0.0.1' })
  const port = (s: http.Server) => (s.address() as AddressInfo).port
  // The office keeps its cookie for https and believes that it lives at another address: what stands before it says who asks.
  front = http.createServer((req, res) => {
    const headers = { ...req.headers, cookie: w.people.worker.cookie, origin: testOrigin, 'sec-fetch-site': 'same-origin' }
    const on = http.request({ port: port(w.office.app.server), host: '127.0.0.1', path: req.url, method: req.method, headers }, answer => {
      res.writeHead(answer.statusCode ?? 500, answer.headers)
      answer.pipe(res)
    })
    req.pipe(on)
  })
  await new Promise<void>(done => void front.listen(0, '127.0.0.1', () => done()))
  at = `http://127.0.0.1:${port(front)}`
  browser = await openBrowser()
}, 180_000)
afterAll(async () => {
  await browser.close()
  front.close()
  expect(w.logged).toEqual([])
  await w.end()
  rmSync(folder, { recursive: true, force: true })
})

const { css } = sass.compile('src/base/styles/office.scss', { loadPaths: ['.', 'node_modules'], quietDeps: true })
/** A page of the real server, signed in. */
const asWorker = async (size: 'phone' | 'desk'): Promise<Page> => {
  const page = await openPage(browser, size, { bypassCSP: true })
  return page
}
interface Dom {
  readonly document: {
    readonly documentElement: { readonly scrollWidth: number; readonly clientWidth: number }
    querySelector(s: string): { readonly naturalWidth: number } | null
  }
}
const shots = process.env.DOVERIE_SHOTS
const look = async (page: Page, name: string): Promise<string[]> => {
  await page.addStyleTag({ content: css })
  const wrong: string[] = []
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 800 })
    if (shots) await page.screenshot({ path: path.join(shots, `${name}-${width}.png`), fullPage: true })
    if (
      await page.evaluate(() => {
        const e = (globalThis as unknown as Dom).document.documentElement
        return e.scrollWidth > e.clientWidth
      })
    )
      wrong.push(`${name} scrolls sideways at ${width}`)
  }
  wrong.push(...(await axe(page)).map(x => `${name}: ${x}`))
  return wrong
}
/** A paper as a phone would photograph it. */
const photographed = async () =>
  sharp({
    text: {
      text: '<span foreground="#333">СВИДЕТЕЛЬСТВО О РОЖДЕНИИ\n\nПримерова Лола\nобразец, таких людей нет</span>',
      rgba: true,
      dpi: 220,
      width: 1100,
    },
  })
    .flatten({ background: '#e9e2d0' })
    .extend({ top: 200, bottom: 500, left: 120, right: 120, background: '#e9e2d0' })
    .jpeg()
    .toBuffer()

test('a photographed paper is attached in a real browser, seen, and every page reads well on a phone', async () => {
  const id = await w.open(w.people.worker, { name: 'Примерова Лола' })
  const person = (await w.db.owner.query<{ person_id: string }>('select person_id from app.case_record where id = $1', [id])).rows[0]!
    .person_id
  const wrong: string[] = []
  const page = await asWorker('phone')
  const url = (p: string, lang = 'ru') => `${at}/${lang}/people/${person}${p}`
  await page.goto(url('/files'))
  wrong.push(...(await look(page, 'empty')))
  await page.goto(url('/files/new'))
  // One field opens the camera; with it, everything else has an answer: choose, send.
  expect(await page.getAttribute('#file', 'capture')).toBe('environment')
  await page.setInputFiles('#file', { name: 'IMG_0412.jpg', mimeType: 'image/jpeg', buffer: await photographed() })
  await page.click('form.dv-form .govuk-button')
  expect(page.url()).toBe(url('/files?done=saved'))
  await page.goto(url('/files/new'))
  await page.setInputFiles('#stored', { name: pdf().name, mimeType: 'application/pdf', buffer: pdf().bytes })
  await page.selectOption('#kind', 'passport_abroad')
  await page.selectOption('#original', 'withheld')
  await page.fill('#note', 'Паспорт забрал работодатель; копия из консульства.')
  await page.click('form.dv-form .govuk-button')
  await page.goto(url('/files/new'))
  wrong.push(...(await look(page, 'new')))
  await page.setInputFiles('#file', {
    name: 'IMG_0413.HEIC',
    mimeType: 'image/heic',
    buffer: Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic'),
  })
  await page.click('form.dv-form .govuk-button')
  wrong.push(...(await look(page, 'heic')))
  await page.goto(url('/files'))
  wrong.push(...(await look(page, 'list')))
  await page.click('table tbody tr:nth-child(2) a')
  await page.waitForFunction(() => (globalThis as unknown as Dom).document.querySelector('img.dv-paper')?.naturalWidth)
  wrong.push(...(await look(page, 'paper')))
  await page.goto(url('/photo/new'))
  wrong.push(...(await look(page, 'photo-new')))
  await page.check('input[name=agreed][value=yes]')
  await page.fill('#language', 'узбекский, переводила Лейла')
  await page.check('input[name=guardian][value=not_safe]')
  await page.setInputFiles('#file', { name: 'IMG_0414.jpg', mimeType: 'image/jpeg', buffer: await photographed() })
  await page.click('form.dv-form .govuk-button')
  expect(page.url()).toBe(url('/files?done=saved'))
  wrong.push(...(await look(page, 'kept')))
  await page.goto(url('/photo', 'en'))
  wrong.push(...(await look(page, 'open')))
  await page.check('input[name=reason]')
  await page.fill('#why', 'since 19:40, the police was called')
  await page.click('form.dv-form .govuk-button')
  await page.waitForFunction(() => (globalThis as unknown as Dom).document.querySelector('img.dv-paper')?.naturalWidth)
  wrong.push(...(await look(page, 'opened')))
  await page.goto(url('/files/new', 'en'))
  wrong.push(...(await look(page, 'new-en')))
  expect(wrong).toEqual([])
}, 120_000)
