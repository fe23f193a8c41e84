import type { Browser } from 'playwright-core'
import sharp from 'sharp'
import type { RunningInstallation } from '../src/platform/installation.testing.ts'
import { type Desk, deskAt } from './way.testing.ts'

/* Children who are known by several spellings, and staff of several agencies who meet them. */

type House = Pick<RunningInstallation, 'office'>

/** Somebody of the demonstration by a word of their alias, signed in by the one click of its page. Without scripts: as on the safest level of a browser. */
export const aliasAt = async (
  browser: Browser,
  house: House,
  o: { readonly lang: 'ru' | 'en'; readonly alias: string; readonly scripts?: boolean },
): Promise<Desk> => {
  const desk = await deskAt(browser, house.office, o.lang, 'desk', { javaScript: o.scripts ?? true })
  await desk.go('/sign-in')
  const own = desk.page.locator('.dv-demo-people li').getByRole('button', { name: o.alias })
  await Promise.all([desk.page.waitForURL(u => !u.pathname.endsWith('/sign-in')), own.click()])
  await desk.page.waitForLoadState()
  return desk
}

/** Looks at pages of somebody's session with scripts on, because axe cannot run without them. */
export const lookerFor = async (browser: Browser, house: House, desk: Desk): Promise<Desk> => {
  const looker = await deskAt(browser, house.office, desk.lang, 'desk')
  await looker.page.context().addCookies(await desk.page.context().cookies())
  return looker
}

/** A paper, or a face, as a phone would photograph it: noise, so that nothing of it can be found by chance. */
export const photographed = async (words: string): Promise<Buffer> =>
  sharp({ text: { text: `<span foreground="#333">${words}</span>`, rgba: true, dpi: 200, width: 900 } })
    .flatten({ background: '#e9e2d0' })
    .extend({ top: 120, bottom: 300, left: 90, right: 90, background: '#e9e2d0' })
    .jpeg()
    .toBuffer()

/** A page as the other side could compare it: without what differs from one showing to the next. */
export const stable = (html: string): string =>
  html
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID')
    .replace(/nonce="[^"]*"/g, '')
    .replace(/\d{1,2}:\d{2}(:\d{2})?/g, 'TIME')
    .replace(/\?done=\w+/g, '')
