import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { axe, openBrowser, openPage, screenshot } from '../src/platform/browser.testing.ts'
import { type RunningInstallation, startInstallation } from '../src/platform/installation.testing.ts'
import { wordsFor } from '../src/platform/words.ts'

/*
 * Rows 7, 11 and 15 of what this product is for: a worry typed on the public page in a real browser becomes a sealed contact, a person and a case that only the
 * right people can read; the sender comes back and reads the answer. On a phone without JavaScript in Russian, and on a desk with it in English, on the real
 * processes as `npm start` starts them.
 */

let browser: Browser
let house: RunningInstallation
beforeAll(async () => {
  browser = await openBrowser()
  house = await startInstallation()
})
afterAll(async () => {
  await house?.stop()
  await browser?.close()
  house?.remove()
})

const said = {
  ru: {
    worry: 'Моего друга зовут работать в другой город. Он боится отказаться.',
    more: 'Он сказал, что уезжает в пятницу.',
    answer: 'Мы прочитали. Рассказать было правильно.',
    name: 'Зимородок Лесной',
    note: 'Договорились увидеться завтра в школе.',
  },
  en: {
    worry: 'My friend is told to go and work in another city. He is afraid to say no.',
    more: 'He said that they leave on Friday.',
    answer: 'We have read it. You were right to tell us.',
    name: 'Kingfisher Woods',
    note: 'We agreed to meet at school tomorrow.',
  },
} as const

const ways = [
  { lang: 'ru', size: 'phone', javaScript: false },
  { lang: 'en', size: 'desk', javaScript: true },
] as const

for (const way of ways) {
  const { lang, size } = way
  const words = said[lang]
  const t = wordsFor(lang)
  const name = `${size}-${lang}`

  describe(`${size}, ${lang}, ${way.javaScript ? 'with' : 'without'} JavaScript`, () => {
    const open = async () => {
      const page = await openPage(browser, size, { javaScript: way.javaScript })
      page.setDefaultTimeout(10_000)
      return page
    }
    const fine = async (page: Page, shot?: string) => {
      // Without JavaScript axe cannot run on the page itself; its findings are tested on every screen in axe.test.ts.
      if (way.javaScript) expect(await axe(page), page.url()).toEqual([])
      if (size === 'phone')
        expect(
          await page
            .locator('html')
            .evaluate(h => h.scrollWidth)
            .catch(() => 360),
        ).toBeLessThanOrEqual(360)
      if (shot) await screenshot(page, `${name}-${shot}`)
    }
    const signIn = async (role: string): Promise<Page> => {
      const page = await open()
      await page.goto(`${house.office}/${lang}/sign-in`)
      await page
        .locator('.dv-demo-people li', { hasText: t(`base.role.${role}`) })
        .first()
        .getByRole('button')
        .click()
      await page.waitForURL(/\/(worklist|sessions|night|releases)$/)
      return page
    }
    let receipt: string
    let contact: string
    let kase: string

    test('somebody tells us about a child and is given words', async () => {
      const page = await open()
      await page.goto(`${house.public}/${lang}/`)
      await fine(page, 'public-home')
      await page.goto(`${house.public}/${lang}/write`)
      await page.getByRole('textbox').first().fill(words.worry)
      await fine(page, 'public-write')
      await page.locator('main form button[type=submit]').last().click()
      const list = page.locator('.dv-secret')
      await list.waitFor()
      receipt = (await list.locator('li').allInnerTexts()).join(' ')
      expect(receipt.split(/\s+/).length).toBe(8)
      expect(page.url()).not.toContain(receipt.split(' ')[0])
      expect(await page.context().cookies()).toEqual([])
      await fine(page, 'public-receipt')
      await page.context().close()
    })

    test('the duty specialist reads it, answers it and opens a case', async () => {
      const page = await signIn('duty_specialist')
      await fine(page, 'worklist')
      await page.goto(`${house.office}/${lang}/contacts`)
      await fine(page, 'inbox')
      // The list tells danger and age, never the child's words.
      expect(await page.content()).not.toContain(words.worry)
      const links = await page.locator('main a[href*="/contacts/"]').evaluateAll(as => as.map(a => a.getAttribute('href') ?? ''))
      for (const href of links.filter(h => /contacts\/[0-9a-f-]{36}$/.test(h))) {
        await page.goto(house.office + href)
        if ((await page.content()).includes(words.worry)) contact = href
        if (contact) break
      }
      expect(contact).toBeTruthy()
      await fine(page, 'contact')
      const answer = page.locator(`form[action="${contact}/answer"]`)
      await answer.locator('textarea').fill(words.answer)
      await answer.locator('button[type=submit]').last().click()
      // With scripts the thread grows where it stands; without them the page comes anew.
      await page.locator('.moj-message-item--sent', { hasText: words.answer }).waitFor()

      await page.goto(`${house.office}/${lang}/cases/new?contact=${contact.split('/').at(-1)}`)
      await page.locator('[name="children[0][name]"]').fill(words.name)
      await page.locator('[name="children[0][age]"]').fill('14')
      await fine(page, 'case-new')
      await page.locator('main form[method=post] button.govuk-button:not([name])').last().click()
      await page.waitForURL(/\/cases\/[0-9a-f-]{36}/)
      kase = new URL(page.url()).pathname
      expect(await page.content()).toContain(words.name)
      await fine(page, 'case')
      await page.context().close()
    })

    test('the case worker of the team finds the case, sees what was said only on purpose, and writes a note', async () => {
      const page = await signIn('case_worker')
      await page.goto(`${house.office}/${lang}/cases`)
      expect(await page.content()).toContain(words.name)
      await fine(page, 'cases')
      await page.goto(house.office + kase)
      expect(await page.content()).not.toContain(words.worry)
      const note = page.locator(`form[action^="${kase}/notes"]`)
      await note.locator('textarea').fill(words.note)
      await note.locator('button[type=submit]').last().click()
      await page.waitForURL(/done=/)
      expect(await page.content()).toContain(words.note)
      await fine(page, 'case-noted')
      await page.context().close()
    })

    for (const role of [
      'administrator',
      'analyst',
      'auditor',
      'interpreter',
      'partner',
      'psychologist',
      'lawyer',
      'shelter_carer',
      'follow_up_worker',
      'content_editor',
    ]) {
      test(`${role} without a grant does not learn that the case exists`, async () => {
        const page = await signIn(role)
        const [here, nowhere] = [
          await page.request.get(house.office + kase),
          await page.request.get(`${house.office}/${lang}/cases/00000000-0000-4000-8000-000000000000`),
        ]
        expect(here.status()).toBe(404)
        expect(await here.text()).toBe(await nowhere.text())
        await page.context().close()
      })
    }

    test('the sender returns with the words, reads the answer and nothing else, and adds something', async () => {
      const page = await open()
      await page.goto(`${house.public}/${lang}/back`)
      await page.locator('main textarea, main input[type=text]').first().fill(receipt)
      await page.locator('main form button[type=submit]').last().click()
      await page.getByText(words.answer).waitFor()
      const shown = await page.content()
      expect(shown).not.toContain(words.worry)
      expect(shown).not.toContain(words.name)
      await fine(page, 'public-answer')
      await page.locator('main textarea').fill(words.more)
      await page
        .locator('main form', { has: page.locator('textarea') })
        .locator('button[type=submit]')
        .first()
        .click()
      await page.waitForLoadState()
      // With scripts it stands on the page until the page goes.
      await page.locator('[data-state]:not([hidden])').waitFor({ state: 'detached' })
      await page.goto(`${house.public}/${lang}/back`)
      expect(await page.content()).not.toContain(words.more)
      await page.context().close()
    })

    test('what was added reaches the team that has the case', async () => {
      const page = await signIn('case_worker')
      await page.goto(house.office + contact)
      expect(await page.content()).toContain(words.more)
      await page.context().close()
    })
  })
}
