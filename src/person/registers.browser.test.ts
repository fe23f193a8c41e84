import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CaseWorld, caseWorld } from '../case/world.testing.ts'
import { linkEngine } from '../main.engine.ts'
import { faultsOpen, frontFor, officeCss, openBrowser, openPage } from '../platform/browser.testing.ts'
import { testOrigin } from '../platform/testing.session.ts'
import { registerPolicy } from './policy.registers.ts'
import { registerRegisters } from './routes.registers.ts'

/* Two invented registers, one in each script, from the agreement to the erasing, in a browser without scripts. */

let w: CaseWorld
let browser: Browser
let at: string
let front: Awaited<ReturnType<typeof frontFor>>
beforeAll(async () => {
  w = await caseWorld(o => registerRegisters(o, linkEngine), [registerPolicy])
  front = await frontFor(w.office.app, { cookie: w.people.worker.cookie, origin: testOrigin })
  at = front.at
  browser = await openBrowser()
}, 180_000)
afterAll(async () => {
  await browser.close()
  front.end()
  expect(w.logged).toEqual([])
  await w.end()
})
const look = async (page: Page, name: string): Promise<string[]> => {
  await page.addStyleTag({ content: officeCss() })
  return faultsOpen(page, name)
}
const families = [
  ['Каримов', 'Karimov'],
  ['Собиров', 'Sobirov'],
  ['Юсупов', 'Yusupov'],
  ['Рахимов', 'Rahimov'],
  ['Одинаев', 'Odinaev'],
  ['Турсунов', 'Tursunov'],
  ['Хакимов', 'Khakimov'],
] as const
const given = [
  ['Джамшед', 'Jamshed'],
  ['Фаррух', 'Farrukh'],
  ['Бахром', 'Bahrom'],
  ['Шерзод', 'Sherzod'],
  ['Алишер', 'Alisher'],
] as const
const people = Array.from({ length: 60 }, (_, i) => ({
  f: families[i % 7]!,
  g: given[i % 5]!,
  born: [2008 + (i % 7), 1 + ((i * 5) % 12), 1 + ((i * 11) % 28)] as const,
  phone: `+7 9${String(10_000_0000 + i * 7_919_317).slice(0, 9)}`,
}))
const two = (n: number) => String(n).padStart(2, '0')
const first = [
  '№;Фамилия;Имя;Дата рождения;Телефон',
  ...people.map((p, i) => `K-${i};${p.f[0]};${p.g[0]};${two(p.born[2])}.${two(p.born[1])}.${p.born[0]};${p.phone}`),
]
const second = [
  'id,surname,given_name,date_of_birth,phone',
  ...people
    .slice(0, 40)
    .map((p, i) => `P${i},${p.f[1]},${p.g[1]},${p.born[0]}-${two(p.born[1])}-${two(p.born[2])},${i % 3 === 0 ? '' : p.phone}`),
]

test('two registers in two scripts are compared in a browser, and every page reads well on a phone', async () => {
  const wrong: string[] = []
  const page = await openPage(browser, 'phone', { bypassCSP: true })
  const submit = () => page.click('form.dv-form .govuk-button')
  await page.goto(`${at}/ru/registers`)
  wrong.push(...(await look(page, 'list-empty')))
  await page.goto(`${at}/ru/registers/new`)
  await page.fill('#from', 'Приют «Маяк»')
  await page.fill('#agreement', '17-Б от 3 сентября 2026 года')
  await submit()
  wrong.push(...(await look(page, 'new-wrong')))
  await page.fill('#purpose', 'Найти детей, которых знают оба приюта')
  await page.check('input[name=way][value=two]')
  await submit()
  const here = page.url()
  expect(here).toMatch(/registers\/[0-9a-f-]{36}$/)
  wrong.push(...(await look(page, 'file')))
  await submit()
  wrong.push(...(await look(page, 'file-none')))
  const put = async (name: string, rows: readonly string[]) => {
    await page.setInputFiles('#file', { name, mimeType: 'text/csv', buffer: Buffer.from(rows.join('\n')) })
    await submit()
  }
  await put('список.csv', first)
  await put('list.csv', second)
  wrong.push(...(await look(page, 'columns')))
  await page.goto(here.replace('/ru/', '/en/'))
  wrong.push(...(await look(page, 'columns-en')))
  await page.goto(here)
  await submit()
  expect(page.url()).toBe(here)
  const text = await page.textContent('main')
  expect(text).toContain('Karimov')
  wrong.push(...(await look(page, 'review')))
  await page.goto(`${here}?page=2`)
  wrong.push(...(await look(page, 'review-2')))
  await page.goto(`${here}/pair?n=1`)
  wrong.push(...(await look(page, 'pair')))
  await page.check('input[name=verdict][value=same]')
  await page.fill('#reason', 'Тот же телефон и день рождения')
  await submit()
  expect(page.url()).toContain('/pair?n=2')
  await page.goto(`${here.replace('/ru/', '/en/')}/pair?n=1`)
  wrong.push(...(await look(page, 'pair-en')))
  await page.goto(`${at}/ru/registers`)
  wrong.push(...(await look(page, 'list')))
  // A list and the people we know: what a row says of one of ours is offered when somebody decided.
  await w.open(w.people.worker, { name: 'Карим Каримов', danger: 'none' })
  await page.goto(`${at}/ru/registers/new`)
  await page.fill('#from', 'Приют «Маяк»')
  await page.fill('#agreement', '17-Б')
  await page.fill('#purpose', 'Найти общих детей')
  await page.check('input[name=way][value=ours]')
  await submit()
  const ours = page.url()
  await put('names.csv', ['ФИО;Телефон;Пол;Дата рождения', 'Karimov Karim;+7 921 000-11-22;м;2011', 'Сомова Юлия;;ж;2012'])
  wrong.push(...(await look(page, 'columns-ours')))
  await submit()
  wrong.push(...(await look(page, 'review-ours')))
  await page.goto(`${ours}/pair?n=1`)
  wrong.push(...(await look(page, 'pair-ours')))
  await page.check('input[name=verdict][value=same]')
  await page.fill('#reason', 'Тот же телефон')
  await submit()
  expect(page.url()).toContain('/take?n=1')
  wrong.push(...(await look(page, 'take')))
  await page.goto(page.url().replace('/ru/', '/en/'))
  wrong.push(...(await look(page, 'take-en')))
  await page.goto(`${here}/erase`)
  wrong.push(...(await look(page, 'erase')))
  await page.check('input[name=sure]')
  await submit()
  wrong.push(...(await look(page, 'erased')))
  expect(await page.textContent('main')).toContain('Стёрто после решения')
  expect(wrong).toEqual([])
}, 120_000)
