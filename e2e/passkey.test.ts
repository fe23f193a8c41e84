import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AccessWorld, accessWorld } from '../src/access/access.testing.ts'
import { axe, openBrowser } from '../src/platform/browser.testing.ts'
import { freePort } from '../src/platform/installation.testing.ts'

/* Signing in with a real browser: with a passkey that opens the keys by itself, with one that replaces the code, and without JavaScript. */

let world: AccessWorld
let browser: Browser
let at: string
beforeAll(async () => {
  const port = await freePort()
  at = `http://localhost:${port}`
  world = await accessWorld(at)
  await world.office.app.listen({ port, host: '127.0.0.1' })
  browser = await openBrowser()
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await world?.end()
})

const authenticator = async (page: Page, hasPrf: boolean) => {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      hasPrf,
      automaticPresenceSimulation: true,
    },
  })
}
const login = (name: string) => {
  const line =
    readFileSync(path.join(world.db.folder, 'demo-people.txt'), 'utf8')
      .split('\n')
      .find(l => l.startsWith(`${name} `)) ?? ''
  const [, password = '', ...codes] = line.split(/\s+/)
  return { password, codes }
}
const addPasskey = async (page: Page, person: string, hasPrf: boolean) => {
  await authenticator(page, hasPrf)
  await page.goto(`${at}/ru/sign-in?next=/probe`)
  await page.getByRole('button', { name: person }).click()
  await page.goto(`${at}/ru/me/passkeys/new`)
  await page.getByLabel('Как назвать этот ключ').fill('телефон')
  await page.getByRole('button', { name: 'Добавить' }).click()
  await page.waitForURL('**/ru/me?done=saved')
  expect(await page.locator('main').innerText()).toContain(hasPrf ? 'входит без пароля' : 'заменяет одноразовый код')
  await page.getByRole('button', { name: 'Выйти' }).first().click()
  await page.waitForURL('**/ru/sign-in**')
}

describe('passkeys', () => {
  test('one that derives a secret signs in alone', async () => {
    const page = await (await browser.newContext()).newPage()
    await addPasskey(page, 'Ласточка (Swallow)', true)
    await page.goto(`${at}/ru/sign-in?next=/probe`)
    await page.getByRole('button', { name: 'Войти ключом доступа' }).click()
    await page.waitForURL('**/ru/probe')
    expect(await page.locator('body').innerText()).toBe('seen')
    await page.goto(`${at}/ru/me`)
    await page.getByRole('button', { name: 'Закрыть экран' }).click()
    await page.getByRole('button', { name: 'Открыть ключом доступа' }).click()
    await page.waitForURL(u => !u.pathname.endsWith('/unlock'))
    await page.goto(`${at}/ru/me`)
    expect(await page.locator('h1').innerText()).toBe('Ласточка (Swallow)')
    await page.context().close()
  })
  test('one that does not replaces the code only', async () => {
    const page = await (await browser.newContext()).newPage()
    await addPasskey(page, 'Сова (Owl)', false)
    await page.goto(`${at}/ru/sign-in?next=/probe`)
    await page.getByRole('button', { name: 'Войти ключом доступа' }).click()
    await page.getByText('Ключ принят вместо кода').waitFor()
    await page.getByLabel('Имя для входа').fill('demo-supervisor')
    await page.getByLabel('Пароль', { exact: true }).fill(login('demo-supervisor').password)
    await page.getByRole('button', { name: 'Войти', exact: true }).click()
    await page.waitForURL('**/ru/probe')
    await page.context().close()
  })
})

describe('without JavaScript', () => {
  test('login, password and a printed code sign in; a locked screen opens with a code', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 720 } })
    const page = await context.newPage()
    const { password, codes } = login('demo-psychologist')
    await page.goto(`${at}/ru/sign-in?next=/me`)
    await page.getByLabel('Имя для входа').fill('demo-psychologist')
    await page.getByLabel('Пароль', { exact: true }).fill(password)
    await page.getByLabel('Одноразовый код').fill(codes[0] ?? '')
    await page.getByRole('button', { name: 'Войти', exact: true }).click()
    await page.waitForURL('**/ru/me')
    await page.getByRole('button', { name: 'Закрыть экран' }).click()
    await page.waitForURL('**/ru/unlock?next=%2Fme')
    await page.getByLabel('Одноразовый код').fill(codes[1] ?? '')
    await page.getByRole('button', { name: 'Открыть' }).click()
    // Where one was.
    await page.waitForURL('**/ru/me')
    expect(await page.locator('header').innerText()).toContain('Несохранённый текст не останется')
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360)
    await context.close()
  })
})

describe('the Lock button', () => {
  test('asks nothing, keeps what was typed, and it goes back into its form', async () => {
    const context = await browser.newContext()
    const page = await context.newPage()
    const asked: string[] = []
    page.on('dialog', d => {
      asked.push(d.type())
      void d.accept()
    })
    await page.goto(`${at}/ru/sign-in?next=/probe`)
    await page.getByRole('button', { name: 'Филин (Hawk Owl)' }).click()
    await page.waitForURL(u => !u.pathname.endsWith('/sign-in'))
    await page.goto(`${at}/ru/me`)
    await page.locator('[name=pin]').fill('8341')
    await page.getByRole('button', { name: 'Сохранить PIN' }).click()
    await page.waitForURL('**/ru/me?done=saved')
    await page.goto(`${at}/ru/teams/new`)
    await page.locator('[name=ru]').fill('Маяк у моря')
    await page.getByRole('button', { name: 'Закрыть экран' }).click()
    await page.waitForURL('**/ru/unlock?next=%2Fheld')
    await page.locator('[name=pin]').fill('8341')
    await page.getByRole('button', { name: 'Открыть', exact: true }).click()
    await page.waitForURL('**/ru/held')
    expect(await axe(page)).toEqual([])
    expect(await page.locator('main').innerText()).toContain('Маяк у моря')
    await page.getByRole('button', { name: 'Продолжить писать' }).click()
    await page.waitForURL('**/ru/teams/new')
    expect(await page.locator('[name=ru]').inputValue()).toBe('Маяк у моря')
    await page.locator('[name=en]').fill('Lighthouse at sea')
    await page.locator('main form').getByRole('button').first().click()
    await page.waitForURL('**/ru/teams**done=saved')
    await page.goto(`${at}/ru/held`)
    expect(await page.locator('main').innerText()).toContain('Ничего не ждёт')
    expect(asked).toEqual([])
    await context.close()
  })
})

describe('a shared computer', () => {
  test('closes the page after five minutes without a hand on it, and gives back what was typed', async () => {
    const context = await browser.newContext()
    const page = await context.newPage()
    const { password, codes } = login('demo-lawyer')
    await page.goto(`${at}/ru/sign-in?next=/me`)
    await page.getByLabel('Имя для входа').fill('demo-lawyer')
    await page.getByLabel('Пароль', { exact: true }).fill(password)
    await page.getByLabel('Одноразовый код').fill(codes[0] ?? '')
    await page.getByLabel('Этим компьютером пользуются и другие').check()
    await page.getByRole('button', { name: 'Войти', exact: true }).click()
    await page.waitForURL('**/ru/me')
    await page.clock.install()
    await page.goto(`${at}/ru/probe-form`)
    await page.getByLabel('Имя').fill('не звоните маме')
    await page.clock.fastForward('05:30')
    await page.waitForURL('**/ru/unlock?next=%2Fheld')
    await page.getByLabel('Одноразовый код').fill(codes[1] ?? '')
    await page.getByRole('button', { name: 'Открыть', exact: true }).click()
    await page.waitForURL('**/ru/held')
    expect(await page.locator('main').innerText()).toContain('не звоните маме')
    await page.goto(`${at}/ru/probe-form`)
    await page.clock.fastForward('05:30')
    await page.waitForURL('**/ru/unlock?next=**')
    await context.close()
  })
})

describe('screens', () => {
  test.each(['ru', 'en'])('pages of access have no barrier, and nothing wider than a phone (%s)', async lang => {
    const context = await browser.newContext({ viewport: { width: 360, height: 720 } })
    const page = await context.newPage()
    await page.goto(`${at}/${lang}/sign-in`)
    const wide = () => page.evaluate('document.documentElement.scrollWidth')
    for (const url of ['/sign-in', '/recover']) {
      await page.goto(`${at}/${lang}${url}`)
      expect(await axe(page), url).toEqual([])
      expect(await wide(), url).toBeLessThanOrEqual(360)
    }
    await page.goto(`${at}/${lang}/sign-in`)
    await page.getByRole('button', { name: 'Дрозд (Thrush)' }).click()
    for (const url of ['/me', '/me/password', '/me/app', '/me/codes', '/me/passkeys/new', '/keys', '/held', '/step-up']) {
      await page.goto(`${at}/${lang}${url}`)
      expect(await axe(page), url).toEqual([])
      expect(await wide(), url).toBeLessThanOrEqual(360)
      if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${lang}${url.replaceAll('/', '-')}.png`, fullPage: true })
    }
    await page.goto(`${at}/${lang}/me`)
    if (process.env.SHOTS) {
      await page.setViewportSize({ width: 1280, height: 900 })
      await page.screenshot({ path: `${process.env.SHOTS}/${lang}-me-wide.png`, fullPage: true })
    }
    await context.close()
  })
})
