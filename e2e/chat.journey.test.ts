import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sentence } from '../src/contact/store.desk-phrases.ts'
import { faultsOpen, openBrowser, openPage } from '../src/platform/browser.testing.ts'
import { type RunningInstallation, startInstallation } from '../src/platform/installation.testing.ts'
import { wordsFor } from '../src/platform/words.ts'

/*
 * A child who speaks Uzbek, on a cheap phone, writes; the desk answers with a prepared sentence; the child comes back the next day; the talk becomes a case with the
 * words that the worker chose. Once with scripts on the phone, once without. Every step is looked at; pictures with DOVERIE_SHOTS=1.
 */

let house: RunningInstallation
let browser: Browser
beforeAll(async () => {
  ;[house, browser] = await Promise.all([startInstallation(), openBrowser()])
}, 180_000)
afterAll(async () => {
  await browser?.close()
  await house?.stop()
  house?.remove()
})

const phone = { width: 360, height: 740 } as const
const uz = wordsFor('uz')
const told = {
  first: 'Salom. Pasportimni olib qoʻyishdi, meni oʻldiraman deb qoʻrqitishyapti',
  more: 'Bu yerda yana ikki bola bor',
  secret: 'Akamning ismini hech kimga aytmang',
  next: 'Men yana keldim, rahmat',
} as const
const faults: string[] = []
/** Looks at the page that is open, and leaves it as wide as it was. Without scripts only its width can be looked at. */
const look = async (page: Page, name: string, scripts = true): Promise<void> => {
  const size = page.viewportSize() ?? phone
  if (scripts) faults.push(...(await faultsOpen(page, `talk-${name}`)))
  else if (process.env.DOVERIE_SHOTS) await page.screenshot({ path: `build/screenshots/talk-${name}-360.png`, fullPage: true })
  await page.setViewportSize(size)
}
const receiptOf = async (page: Page): Promise<string> =>
  (
    await page
      .locator('.dv-secret')
      .evaluate(e => [...(e.querySelectorAll('li').length ? e.querySelectorAll('li') : [e])].map(x => x.textContent).join(' '))
  ).trim()

for (const way of [
  { scripts: true, lang: 'ru' },
  { scripts: false, lang: 'en' },
] as const) {
  const { scripts, lang } = way
  const t = wordsFor(lang)
  const shot = `${scripts ? 'js' : 'plain'}-${lang}`
  // Two talks that say the same would be taken for each other.
  const said = { ...told, secret: `${told.secret} (${shot})` }

  describe(`a child in Uzbek at 360 px, ${scripts ? 'with' : 'without'} scripts`, () => {
    let child: Page
    let desk: Page
    let words: string
    let contact: string
    const errors: string[] = []
    const listen = (page: Page) => {
      page.setDefaultTimeout(20_000)
      page.on('pageerror', e => errors.push(`${page.url()}: ${e.message}`))
      page.on('console', m => m.type() === 'error' && !/422|status of 4/.test(m.text()) && errors.push(`${page.url()}: ${m.text()}`))
      return page
    }
    const addMore = async (text: string) => {
      if (scripts) {
        await child.fill('#more', text)
        await child
          .locator('[data-part="live"] form', { has: child.locator('#more') })
          .locator('button')
          .click()
        await child.locator('[data-part="log"] li', { hasText: text }).locator('[data-state]').waitFor({ state: 'hidden' })
        return
      }
      await child.goto(`${house.public}/uz/back`)
      await child.fill('#words', words)
      await child.click('form[action$="/back"] button')
      await child.fill('form[action$="/talk"] textarea', text)
      await child.click('form[action$="/talk"] button')
      await child.getByText(uz('contact-public.added.title')).waitFor()
    }
    afterAll(async () => {
      await child?.context().close()
      await desk?.context().close()
    })

    test('finds the chat from the first page and writes', async () => {
      child = listen(await openPage(browser, 'phone', { javaScript: scripts, locale: 'uz-UZ' }))
      await child.goto(`${house.public}/`)
      expect(child.url()).toBe(`${house.public}/uz/`)
      await look(child, `home-${shot}`, scripts)
      await child.click('main a[href="/uz/chat"]')
      if (scripts) await child.waitForSelector('[data-part="by-device"]:not([hidden])')
      await child.check('input[name=safeNow][value=unsure]')
      await child.fill('#text', said.first)
      await look(child, `before-${shot}`, scripts)
      await child.click('form[action$="/chat"] button[type=submit]')
      await child
        .locator(scripts ? '[data-part="live"]' : '.dv-secret')
        .first()
        .waitFor()
      if (scripts) await child.click('[data-part="receipt"] summary')
      words = await receiptOf(child)
      expect(words.replace(/\s/g, '')).toMatch(/^\d{28}$/)
      await look(child, `begun-${shot}`, scripts)
      await addMore(said.more)
      await addMore(said.secret)
      expect(new URL(child.url()).pathname).toBe(scripts ? '/uz/chat' : '/uz/talk')
      expect(await child.context().cookies()).toEqual([])
    })

    test('the desk sees it with what is proposed, and answers with a prepared sentence', async () => {
      desk = listen(await openPage(browser, 'desk', { locale: lang }))
      await desk.goto(`${house.office}/${lang}/sign-in`)
      await desk
        .locator('.dv-demo-people li', { hasText: t('base.role.duty_specialist') })
        .first()
        .getByRole('button')
        .click()
      await desk.waitForURL(/\/worklist$/)
      await desk.goto(`${house.office}/${lang}/contacts?channel=chat`)
      await look(desk, `inbox-${shot}`)
      expect(await desk.textContent('main')).not.toContain(said.first)
      contact = ''
      for (const href of await desk.locator('main a[href*="/contacts/"]').evaluateAll(as => as.map(a => a.getAttribute('href') ?? ''))) {
        if (!/contacts\/[0-9a-f-]{36}$/.test(href) || contact) continue
        await desk.goto(house.office + href)
        if ((await desk.textContent('[data-live="talk"]'))?.includes(said.secret) && (await desk.textContent('main'))?.includes(said.first))
          contact = href
      }
      expect(contact).not.toBe('')
      // How it was sealed is told, and that somebody may be in danger is proposed with its reason.
      expect(await desk.textContent('[data-live="proposed"]')).toContain(t('contact.why.unsure'))
      expect(await desk.locator('[data-live="proposed"] mark').count()).toBeGreaterThan(0)
      await look(desk, `contact-${shot}`)
      await desk.locator('.dv-phrases > summary').click()
      await desk.locator('.dv-phrases summary', { hasText: t('contact.phrases.support') }).click()
      await desk.check('input[name=sentences][value=notFault]')
      await look(desk, `phrases-${shot}`)
      await desk.locator('form[data-desk-send] button').last().click()
      const answer = desk.locator('.moj-message-item--sent', { hasText: sentence('notFault', 'uz') })
      await answer.waitFor()
      // Both the words that went out and what they mean.
      expect(await answer.textContent()).toContain(sentence('notFault', lang))
      await look(desk, `answered-${shot}`)
    })

    test('the child reads it, leaves, and comes back the next day with the words', async () => {
      if (scripts) await child.getByText(sentence('notFault', 'uz')).waitFor()
      else {
        await child.goto(`${house.public}/uz/back`)
        await child.fill('#words', words)
        await child.click('form[action$="/back"] button')
        await child.getByText(sentence('notFault', 'uz')).waitFor()
      }
      await look(child, `read-${shot}`, scripts)
      if (scripts)
        await expect
          .poll(async () => (await desk.textContent('[data-live="talk"]'))?.includes(t('contact.page.acknowledged')), { timeout: 20_000 })
          .toBe(true)
      await child.context().close()

      await desk.fill('form[data-desk-send] textarea', 'Yaxshimisiz?')
      await desk.locator('form[data-desk-send] button').last().click()
      await desk.locator('.moj-message-item--sent', { hasText: 'Yaxshimisiz?' }).waitFor()
      child = listen(await openPage(browser, 'phone', { javaScript: scripts, locale: 'uz-UZ' }))
      await child.goto(`${house.public}/uz/back`)
      if (scripts) await child.waitForSelector('[data-part="by-device"]:not([hidden])')
      await look(child, `back-${shot}`, scripts)
      await child.fill('#words', words)
      await child.click('form[action$="/back"] button')
      await child.getByText('Yaxshimisiz?').waitFor()
      const shown = await child.textContent('body')
      for (const own of Object.values(said)) expect(shown).not.toContain(own)
      // What was read on the device is read; without scripts it stays until the child says so.
      if (scripts) expect(shown).not.toContain(sentence('notFault', 'uz'))
      await look(child, `returned-${shot}`, scripts)
      await addMore(said.next)
    })

    test('the desk makes a case of it with the words that were chosen', async () => {
      await desk.goto(`${house.office}${contact}`)
      expect(await desk.textContent('[data-live="talk"]')).toContain(said.next)
      await desk.locator(`a[href*="/cases/new?contact="]`).first().click()
      await desk.waitForURL(/cases\/new/)
      await look(desk, `convert-${shot}`)
      await desk.fill('[name="children[0][name]"]', `Anvar ${shot}`)
      await desk.fill('[name="children[0][age]"]', '13')
      for (const text of [said.first, said.more])
        await desk.locator('.govuk-checkboxes__item', { hasText: text }).locator('input[name=transcript]').check()
      await desk.locator('main form[method=post] button.govuk-button:not([name])').last().click()
      await desk.waitForURL(/\/cases\/[0-9a-f-]{36}/)
      await desk.goto(`${desk.url().split('?')[0]}?open=story`)
      const story = await desk.textContent('main')
      expect(story).toContain(said.first)
      expect(story).toContain(said.more)
      expect(story).not.toContain(said.secret)
      await look(desk, `case-${shot}`)
    })

    test('did this help? two taps, and nothing asks who answers', async () => {
      if (!scripts) {
        await child.goto(`${house.public}/uz/back`)
        await child.fill('#words', words)
        await child.click('form[action$="/back"] button')
      }
      await child.click('form[action$="/talk/end"] button')
      await child.getByText(uz('contact-help.question')).waitFor()
      await look(child, `ended-${shot}`, scripts)
      await child.click('.dv-helped button[value=yes]')
      await child.getByText(uz('contact-help.thanks')).waitFor()
      await look(child, `helped-${shot}`, scripts)
      expect(await child.context().cookies()).toEqual([])
      expect(errors).toEqual([])
    })
  })
}

test('nothing was wrong with any page on the way', () => expect(faults).toEqual([]))
