import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openCaseCount, photoWasOpened } from '../case/store.photo.ts'
import { type CaseWorld, caseWorld } from '../case/world.testing.ts'
import { faultsOpen, frontFor, officeCss, openBrowser, openPage } from '../platform/browser.testing.ts'
import { keepFilesIn } from '../platform/files.ts'
import { testOrigin } from '../platform/testing.session.ts'
import { pdf } from './files.testing.ts'
import { filesPolicy } from './policy.files.ts'
import { registerFiles } from './routes.files.ts'

let w: CaseWorld
let browser: Browser
let at: string
let front: Awaited<ReturnType<typeof frontFor>>
const folder = mkdtempSync(path.join(tmpdir(), 'dv-look-'))
beforeAll(async () => {
  keepFilesIn(folder)
  w = await caseWorld(o => registerFiles(o, { open: openCaseCount, photoOpened: photoWasOpened }), [filesPolicy])
  front = await frontFor(w.office.app, { cookie: w.people.worker.cookie, origin: testOrigin })
  at = front.at
  browser = await openBrowser()
}, 180_000)
afterAll(async () => {
  await browser.close()
  front.end()
  expect(w.logged).toEqual([])
  await w.end()
  rmSync(folder, { recursive: true, force: true })
})

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
const look = async (page: Page, name: string): Promise<string[]> => {
  await page.addStyleTag({ content: officeCss() })
  return faultsOpen(page, name)
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
