import type { Browser, Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { axe, openPage, screenshot } from '../src/platform/browser.testing.ts'
import { wordsFor } from '../src/platform/words.ts'

/* Somebody with a browser in front of them: opens pages, fills forms as a person would, and counts what it costs. */

/** What a piece of work costs: pages that were shown, forms sent, fields touched, keys pressed. */
export interface Cost {
  pages: number
  forms: number
  fields: number
  keys: number
}
export interface Desk {
  readonly page: Page
  readonly lang: string
  readonly cost: Cost
  /** Opens a page of this site, by its address without language. */
  go(path: string): Promise<void>
  /** Follows a link of the page. */
  follow(link: Locator): Promise<void>
  /** Fills a form and presses its last button; stays where the answer is. */
  send(action: string, fields: Readonly<Record<string, string | readonly string[]>>, button?: string): Promise<void>
  /** As `send`; fails unless the answer says that it is saved. */
  save(action: string, fields: Readonly<Record<string, string | readonly string[]>>, button?: string): Promise<void>
  /** axe finds nothing at 360 and at 1280 px, and nothing has to be scrolled sideways. */
  fine(shot?: string): Promise<void>
  text(): Promise<string>
  close(): Promise<void>
}

const widths = [1280, 360] as const
/** Pictures for whoever looks: `DOVERIE_SHOTS=1` keeps them in build/screenshots. */
const shots = process.env.DOVERIE_SHOTS !== undefined
/** What is wrong with pages that were looked at; each is looked at once in a language. */
const looked = new Set<string>()
export const pagesLooked = (): number => looked.size

const answer = async (form: Locator, name: string, value: string | readonly string[], cost: Cost) => {
  const all = form.locator(`[name="${name}"]`)
  const kind = await all.first().evaluate(e => (e instanceof HTMLInputElement ? e.type : e.tagName.toLowerCase()))
  if (kind === 'radio' || kind === 'checkbox') {
    for (const v of typeof value === 'string' ? [value] : value) {
      await form.locator(`[name="${name}"][value="${v}"]`).check()
      cost.keys += 1
    }
  } else if (kind === 'select') {
    await all.selectOption(String(value))
    cost.keys += 1
  } else {
    await all.fill(String(value))
    cost.keys += String(value).length
  }
  cost.fields += 1
}

/** A page of one person in a context of its own. */
export const deskAt = async (
  browser: Browser,
  site: string,
  lang: string,
  size: 'phone' | 'desk',
  more: { readonly javaScript?: boolean } = {},
): Promise<Desk> => {
  const page = await openPage(browser, size, { locale: { tg: 'tg-TJ', ru: 'ru-RU' }[lang] ?? 'en-GB', ...more })
  page.setDefaultTimeout(20_000)
  const cost: Cost = { pages: 0, forms: 0, fields: 0, keys: 0 }
  // Pages and what forms answer, without what they redirect to.
  page.on('request', r => {
    if (!r.isNavigationRequest() || r.redirectedFrom()) return
    if (r.method() === 'POST') cost.forms += 1
    else cost.pages += 1
  })
  const addressed = (action: string) => `/${lang}${action}`
  const send: Desk['send'] = async (action, fields, button) => {
    const form = page.locator(`form[action="${addressed(action)}"][method=post]`).last()
    // What is folded away takes one more press.
    for (const folded of await form.locator('xpath=ancestor::details[not(@open)]').all()) {
      await folded.locator('summary').click()
      cost.keys += 1
    }
    for (const [name, value] of Object.entries(fields)) await answer(form, name, value, cost)
    const press = button ? form.locator(button) : form.locator('button:not([name])').last()
    await Promise.all([page.waitForEvent('load'), press.click()])
    cost.keys += 1
  }
  return {
    page,
    lang,
    cost,
    go: async path => {
      const answered = await page.goto(`${site}${addressed(path)}`)
      expect(answered?.status(), path).toBe(200)
    },
    follow: async link => {
      await Promise.all([page.waitForEvent('load'), link.click()])
      cost.keys += 1
    },
    send,
    save: async (action, fields, button) => {
      await send(action, fields, button)
      const wrong = page.locator('.govuk-error-summary')
      if ((await wrong.count()) > 0) throw new Error(`${action} is refused: ${await wrong.innerText()}`)
      expect(page.url(), action).toContain('done=')
    },
    fine: async shot => {
      const at = new URL(page.url()).pathname.replace(/[0-9a-f-]{36}/g, 'ID')
      const key = `${at} ${shot ?? ''}`
      if (looked.has(key)) return
      looked.add(key)
      const before = page.viewportSize()
      for (const width of widths) {
        await page.setViewportSize({ width, height: width === 360 ? 740 : 800 })
        expect.soft(await axe(page), `${at} at ${width} px`).toEqual([])
        const wide = await page.evaluate(() => document.documentElement.scrollWidth)
        expect.soft(wide, `${at} at ${width} px scrolls sideways`).toBeLessThanOrEqual(width)
        if (shots && shot) await screenshot(page, `way-${shot}-${lang}-${width}`)
      }
      if (before) await page.setViewportSize(before)
    },
    text: () => page.locator('main').innerText(),
    close: () => page.context().close(),
  }
}

/** Somebody of the demonstration by their role, signed in by the one click of its page. */
export const staffAt = async (browser: Browser, office: string, lang: 'ru' | 'en', role: string): Promise<Desk> => {
  const desk = await deskAt(browser, office, lang, 'desk')
  await desk.go('/sign-in')
  // Whose one role it is; the first of them belongs to the large agency.
  const own = desk.page
    .locator('.dv-demo-people li', { has: desk.page.getByText(new RegExp(`^${wordsFor(lang)(`base.role.${role}`)}$`, 'i')) })
    .first()
  await Promise.all([desk.page.waitForURL(u => !u.pathname.endsWith('/sign-in')), own.getByRole('button').click()])
  await desk.page.waitForLoadState()
  return desk
}
