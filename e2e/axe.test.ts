import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { filled, formsIn, linksIn } from '../src/main.forms.testing.ts'
import { openBrowser } from '../src/platform/browser.testing.ts'
import { root } from '../src/platform/config.ts'
import { type RunningInstallation, startInstallation } from '../src/platform/installation.testing.ts'
import { type Caller, caller } from './house.testing.ts'
import { type OfficeRoute, officeRoutes, routeFor } from './routes.testing.ts'
import { type Story, tellStory } from './story.testing.ts'

/* Every page of the office in a real browser: both languages, desk and phone. The pages are those that the server registers, found by following links. */

let house: RunningInstallation
let browser: Browser
let story: Story
let routes: OfficeRoute[]
interface Found {
  readonly address: string
  readonly who: string
}
/** One address for each route, and somebody who may see it. */
const pages = new Map<string, Found>()
const unlinked: string[] = []
/** Answers to forms that were sent with nothing in them, by the route they go to. */
const refused: { readonly url: string; readonly who: string; readonly body: string; readonly status: number }[] = []

/** What changes who is signed in or undoes what the story told. */
const harmful =
  /sign-out|\/lock$|\/end$|\/leave$|\/held|\/keys\/|\/step-up|\/continue$|\/codes$|\/recovery$|\/read$|\/accept$|\/close$|\/done$|\/moved-out$/

const crawl = async (role: string, who: Caller) => {
  const waiting = ['/ru/worklist', '/ru/me', '/ru/keys', '/ru/contacts/new', '/ru/step-up', '/ru/sessions']
  const seen = new Set(waiting)
  const shown = new Map<string, number>()
  const tried = new Map<string, number>()
  for (let at = waiting.shift(); at; at = waiting.shift()) {
    const route = routeFor(routes, 'GET', at)
    // One of each is enough, but a record's page may be where the link to the next kind stands.
    if (!route || (shown.get(route.url) ?? 0) >= (route.url.endsWith('Id') ? 6 : 1) || (tried.get(route.url) ?? 0) >= 15) continue
    tried.set(route.url, (tried.get(route.url) ?? 0) + 1)
    const answer = await who.get(at)
    if (answer.status === 303 && !seen.has(answer.location)) {
      seen.add(answer.location)
      waiting.push(answer.location)
    }
    if (answer.status !== 200) continue
    shown.set(route.url, (shown.get(route.url) ?? 0) + 1)
    // A table to download is no page.
    if (!pages.has(route.url) && answer.body.includes('<html')) pages.set(route.url, { address: at, who: role })
    for (const f of formsIn(answer.body)) {
      const to = f.method === 'post' ? routeFor(routes, 'POST', f.action) : undefined
      if (!to || harmful.test(to.url) || f.fields.every(x => x.type === 'hidden') || refused.some(r => r.url === to.url)) continue
      const nothing = {
        ...filled(f, () => ''),
        ...Object.fromEntries(
          f.fields.filter(x => x.type === 'radio' || x.type === 'select' || x.type === 'checkbox').map(x => [x.name, '']),
        ),
      }
      const sent = await who.post(f.action, nothing)
      if (sent.status === 422) refused.push({ url: to.url, who: role, body: sent.body, status: 422 })
    }
    for (const link of linksIn(answer.body)) {
      if (!link.startsWith('/ru/') || seen.has(link)) continue
      seen.add(link)
      waiting.push(link)
    }
  }
}

/** Pages that no link led to, tried with what the story made. */
const knock = async () => {
  const ids: Record<string, string> = { lang: 'ru', caseId: story.caseId, contactId: story.walkInId, personId: story.personId }
  for (const r of routes.filter(x => x.method === 'GET' && x.url.startsWith('/:lang') && !pages.has(x.url))) {
    if ([...r.url.matchAll(/:([a-zA-Z]+)/g)].some(m => !ids[m[1] ?? ''])) continue
    const address = r.url.replace(/:([a-zA-Z]+)/g, (_m, n: string) => ids[n] ?? '')
    for (const [role, who] of Object.entries(story.people)) {
      const answer = await who.get(address)
      // Some addresses answer scripts, not people.
      if (answer.status !== 200 || !answer.body.includes('<html')) continue
      pages.set(r.url, { address, who: role })
      unlinked.push(r.url)
      break
    }
  }
}

beforeAll(async () => {
  const [started, opened, registered] = await Promise.all([startInstallation(), openBrowser(), officeRoutes()])
  ;[house, browser, routes] = [started, opened, registered]
  story = await tellStory(house, f => (f.name.startsWith('children') ? 'Нигора' : 'Слова, которые кто-то написал'))
  for (const [role, who] of Object.entries(story.people)) await crawl(role, who)
  await knock()
  const visitor = caller(house.office)
  for (const address of ['/ru/sign-in', '/ru/recover', `/ru/${story.invitation}`]) {
    const route = routeFor(routes, 'GET', address)
    if (route) pages.set(route.url, { address, who: '' })
  }
  const wrong = await visitor.post('/ru/sign-in', { login: 'nobody', password: 'wrong', code: '', next: '/' })
  refused.push({ url: '/:lang/sign-in', who: '', body: wrong.body, status: wrong.status })
}, 180_000)
afterAll(async () => {
  await browser?.close()
  await house?.stop()
  house?.remove()
})

const contexts = new Map<string, BrowserContext>()
const pageOf = async (role: string, at = 0): Promise<Page> => {
  const had = contexts.get(role)
  if (had) return had.pages()[at] ?? had.newPage()
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  const [name = '', value = ''] = (story.people[role]?.cookie ?? '').split('=')
  if (value)
    await context.addCookies([
      { name, value, url: house.office.replace('http:', 'https:'), secure: true, httpOnly: true, sameSite: 'Strict' },
    ])
  contexts.set(role, context)
  return context.newPage()
}

const axeSource = readFileSync(path.join(root, 'node_modules/axe-core/axe.min.js'), 'utf8')
interface AxeRun {
  readonly violations: readonly {
    readonly id: string
    readonly help: string
    readonly nodes: readonly { readonly target: readonly string[] }[]
  }[]
}
const long = process.env.DOVERIE_LONG === '1'
const widths = [1280, 360] as const
/** What is wrong with the page that is open: words and width at both sizes, axe at those named (all of them in the long run). */
const look = async (page: Page, axeAt: readonly number[] = widths): Promise<string[]> => {
  const found: string[] = []
  await page.evaluate(axeSource)
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 })
    const seen = await page.evaluate(async asked => {
      const run = !asked
        ? { violations: [] }
        : await (globalThis as unknown as { axe: { run: (o: object) => Promise<AxeRun> } }).axe.run({
            runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
            resultTypes: ['violations'],
          })
      const attributes = [...document.querySelectorAll('[aria-label],[alt],[placeholder],[title],option')].map(e =>
        ['aria-label', 'alt', 'placeholder', 'title'].map(a => e.getAttribute(a) ?? '').join(' '),
      )
      return {
        axe: run.violations.map(
          v =>
            `${v.id}: ${v.help} (${v.nodes
              .map(n => n.target.join(' '))
              .slice(0, 3)
              .join(', ')})`,
        ),
        keys: `${document.title} ${document.body.textContent} ${attributes.join(' ')}`.match(/\b[a-z]+(\.[a-zA-Z_]+){2,}\b/g) ?? [],
        title: document.title,
        wide: document.scrollingElement?.scrollWidth ?? 0,
      }
    }, long || axeAt.includes(width))
    found.push(...seen.axe.map(a => `${width} ${a}`), ...seen.keys.map(k => `${width} a key instead of words: ${k}`))
    if (!seen.title.trim()) found.push(`${width} no title`)
    if (seen.wide > width) found.push(`${width} scrolls sideways: ${seen.wide} px`)
  }
  return found
}
const both = (address: string) => ['ru', 'en'].map(lang => `/${lang}${address.slice(3)}`)

test('the story gave every page something to show', () => {
  // Pages that only lead elsewhere, stand behind a link that is given once, or need what no demonstration has.
  const elsewhere = routes.filter(r => r.method === 'GET' && r.url.startsWith('/:lang') && !pages.has(r.url)).map(r => r.url)
  console.log(
    `axe: ${pages.size} pages, ${refused.length} refused forms; no link led to: ${unlinked.join(' ')}; not met: ${elsewhere.join(' ')}`,
  )
  expect(pages.size).toBeGreaterThan(110)
  expect(refused.length).toBeGreaterThan(55)
})

test('every page of the office is accessible, in words and without sideways scrolling: ru and en, 1280 and 360 px', async () => {
  const found: string[] = []
  // Every page is opened in both languages and measured at both widths. axe looks at it once, by turns in Russian on a phone and in English on a desk; in the long run at all four.
  const visit = async (lang: 'ru' | 'en', width: number) => {
    for (const [n, { address, who }] of [...pages.values()].entries()) {
      const axeAt = n % 2 === (lang === 'ru' ? 0 : 1) ? [width] : []
      const page = await pageOf(who, lang === 'ru' ? 0 : 1)
      const at = `/${lang}${address.slice(3)}`
      const answer = await page.goto(`${house.office}${at}`)
      if (answer?.status() !== 200) found.push(`${at} as ${who} answers ${answer?.status()}`)
      found.push(...(await look(page, axeAt)).map(f => `${at} as ${who}: ${f}`))
    }
  }
  for (const who of new Set([...pages.values()].map(p => p.who))) for (const at of [0, 1]) await pageOf(who, at)
  await Promise.all([visit('ru', 360), visit('en', 1280)])
  expect(found).toEqual([])
})

test('forms that come back with errors are accessible too', async () => {
  const found: string[] = []
  const page = await pageOf('')
  for (const [n, r] of refused.entries()) {
    const at = `${house.office}/ru/answer`
    await page.route(at, route => route.fulfill({ status: r.status, contentType: 'text/html; charset=utf-8', body: r.body }))
    await page.goto(at)
    if (!(await page.title()).startsWith('Ошибка'))
      found.push(`${r.url}: the title does not begin with the word error: ${await page.title()}`)
    found.push(...(await look(page, n % 2 === 0 ? [360] : [])).map(f => `${r.url} refused: ${f}`))
    await page.unroute(at)
  }
  expect(found).toEqual([])
})

test('what went wrong, the locked session and a form that came too late are accessible', async () => {
  const found: string[] = []
  const worker = story.people['case worker']!
  const form = await worker.form(`/ru/cases/${story.caseId}/danger`)
  const late = await worker.post(form.action, { ...filled(form, () => 'Слова'), version: '1' })
  expect(late.status).toBe(409)
  const page = await pageOf('')
  const at = `${house.office}/ru/answer`
  await page.route(at, route => route.fulfill({ status: 409, contentType: 'text/html; charset=utf-8', body: late.body }))
  await page.goto(at)
  found.push(...(await look(page)).map(f => `409: ${f}`))
  await page.unroute(at)
  const locked = story.people['shelter carer']!
  await locked.post('/ru/lock', {})
  const behind = await pageOf('shelter carer')
  for (const address of both('/ru/worklist')) {
    await behind.goto(`${house.office}${address}`)
    expect(behind.url()).toContain('/unlock')
    found.push(...(await look(behind)).map(f => `locked ${address}: ${f}`))
  }
  const someone = await pageOf('case worker')
  for (const address of both('/ru/no-such-page')) {
    expect((await someone.goto(`${house.office}${address}`))?.status()).toBe(404)
    found.push(...(await look(someone)).map(f => `404 ${address}: ${f}`))
  }
  expect(found).toEqual([])
})

test('the keyboard alone reaches the main button, and shows where it is', async () => {
  const found: string[] = []
  const page = await pageOf('case worker')
  const guest = await pageOf('')
  for (const [on, address] of [
    [guest, '/ru/sign-in'],
    [page, '/ru/worklist'],
    [page, `/ru/contacts/${story.walkInId}`],
    [page, '/ru/cases/new'],
    [page, `/ru/cases/${story.caseId}`],
    [page, `/ru/cases/${story.caseId}/danger`],
  ] as const) {
    await on.setViewportSize({ width: 1280, height: 800 })
    await on.goto(`${house.office}${address}`)
    let reached = false
    for (let i = 0; i < 120 && !reached; i++) {
      await on.keyboard.press('Tab')
      const at = await on.evaluate(() => {
        const e = document.activeElement as HTMLElement
        const s = getComputedStyle(e)
        return {
          what: `${e.tagName} ${e.className} ${e.textContent?.trim().slice(0, 30)}`,
          body: e === document.body,
          // What is inside closed details is not on the page yet; a page may have quiet buttons only.
          main:
            ['.govuk-button:not(.govuk-button--secondary)', '.govuk-button']
              .map(b => [...document.querySelectorAll<HTMLElement>(`main ${b}`)].find(x => x.checkVisibility()))
              .find(b => b !== undefined) === e,
          seen:
            (s.outlineStyle !== 'none' && s.outlineWidth !== '0px') ||
            s.boxShadow !== 'none' ||
            e.matches('input[type=radio],input[type=checkbox]'),
        }
      })
      if (at.body && i > 3) break
      if (!at.seen && !at.body) found.push(`${address}: focus cannot be seen on ${at.what}`)
      reached = at.main
    }
    const buttons = await on.evaluate(() => [...document.querySelectorAll('main .govuk-button')].filter(b => b.checkVisibility()).length)
    if (!reached && buttons > 0) found.push(`${address}: Tab does not reach the main button`)
  }
  expect(found).toEqual([])
})
