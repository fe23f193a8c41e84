import * as esbuild from 'esbuild'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Id } from '../base/id.ts'
import { faultsOf, frontFor, officeCss, openBrowser, openPage } from '../platform/browser.testing.ts'
import { root } from '../platform/config.ts'
import { newId } from '../platform/records.ts'
import { hiddenOf, testOrigin } from '../platform/testing.session.ts'
import { canary, deskWorld } from './desk.testing.ts'
import type { InterpreterChoice } from './schema.room.ts'
import type { ContactLanguage } from './schema.ts'
import { findContactFile, findConversation, saveContact } from './store.ts'

let world: Awaited<ReturnType<typeof deskWorld>>
let browser: Browser
let talk: Id
let listed: InterpreterChoice[] = []
const said: readonly [ContactLanguage, string][] = [
  ['tg', 'Салом. Маро ба кор оварданд, шиносномаамро гирифтанд.'],
  ['tg', 'Ман намедонам куҷо ҳастам. Дар ин ҷо шаш нафар ҳастем.'],
  ['ru', 'здравствуйте это мой друг пишет за меня он говорит по русски лучше'],
  ['ru', 'хозяин сказал если уйдём то покажет видео всем родным. Мы не можем выйти, дверь закрыта'],
]
/** What the child wrote, put into the thread as the public site would. */
const wrote = (id: Id, text: string, language: ContactLanguage) =>
  world.w.as(world.desk, async x => {
    const file = (await findContactFile(x, id, true))!
    await saveContact(x, file, { type: 'sender_wrote', data: {} }, newId(), {
      id: newId(),
      direction: 'in',
      body: { text, language },
      to: undefined,
    })
  })
beforeAll(async () => {
  world = await deskWorld({ interpreters: async () => listed })
  const { report, act, desk, w } = world
  const { id } = await report('Салом, кӯмак кунед', 'unsure')
  talk = id
  await w.as(desk, async x => {
    const file = (await findContactFile(x, id, true))!
    expect(await findConversation(x, id)).toBeDefined()
    await saveContact(
      x,
      { ...file, story: { ...file.story!, language: 'tg' } },
      { type: 'contact_explained', data: { explained: { language: 'tg', by: desk.id, at: x.now } } },
      newId(),
    )
  })
  const answers = [['hello', 'safe'], ['notFault'], ['papersYours', 'papersLater'], ['blackmailStop'], ['place'], ['wait']]
  for (let i = 0; i < 7; i++) {
    const [language, text] = said[i % said.length]!
    await wrote(id, text, language)
    const sentences = answers[i]
    if (sentences) expect((await act(desk, id, 'answer', { sentences })).statusCode).toBe(303)
  }
  expect((await act(desk, id, 'remark', { remark: 'Дверь заперта, шесть детей. Адрес не знают. Спросить про вывески.' })).statusCode).toBe(
    303,
  )
  browser = await openBrowser()
}, 180_000)
afterAll(async () => {
  await browser?.close()
  await world.w.end()
})

test('the desk reads at 360 and 1280, in Russian and English, and axe finds nothing', async () => {
  const { w, desk, boss, act } = world
  const page = await openPage(browser, 'desk')
  const faults: string[] = []
  for (const lang of ['ru', 'en']) {
    faults.push(...(await faultsOf(page, `desk-talk-${lang}`, (await w.get(desk, `/${lang}/contacts/${talk}`)).body)))
    faults.push(...(await faultsOf(page, `desk-inbox-${lang}`, (await w.get(desk, `/${lang}/contacts`)).body)))
    for (const url of ['load', 'calendar', 'hours'])
      faults.push(...(await faultsOf(page, `desk-${url}-${lang}`, (await w.get(boss, `/${lang}/contacts/${url}`)).body)))
    faults.push(...(await faultsOf(page, `desk-boss-${lang}`, (await w.get(boss, `/${lang}/contacts/${talk}`)).body)))
  }
  const empty = await act(desk, talk, 'answer', { text: '' })
  expect(empty.statusCode).toBe(422)
  // Open, so that the pairs are looked at too.
  const chosen = await act(desk, talk, 'answer', { sentences: ['place', 'blackmailStop'], text: 'я'.repeat(5000) })
  faults.push(...(await faultsOf(page, 'desk-phrases', chosen.body)))
  faults.push(...(await faultsOf(page, 'desk-wrong', empty.body)))
  expect(faults).toEqual([])
}, 120_000)

test('an invitation on both sides, at 360 and 1280, in both languages', async () => {
  const { w, desk, act } = world
  const tongue = await w.person({ agency: desk.agency, roles: ['interpreter'], alias: 'Скворец' })
  listed = [{ account: tongue.id, alias: 'Скворец', warnings: [{ key: 'language.warning.ties_not_asked' }] }]
  const page = await openPage(browser, 'desk')
  const faults: string[] = []
  const asked = await act(desk, talk, 'invite', { who: tongue.id })
  expect(asked.statusCode).toBe(422)
  faults.push(...(await faultsOf(page, 'desk-invite', asked.body)))
  expect((await act(desk, talk, 'invite', { who: tongue.id, inviteWhy: 'ночь, других нет' })).statusCode).toBe(303)
  await wrote(talk, 'Ман метарсам, дарро кушода наметавонам', 'tg')
  expect((await act(desk, talk, 'read', {})).statusCode).toBe(303)
  const room = (await w.db.owner.query<{ id: Id }>('select id from app.contact_room where contact_id = $1', [talk])).rows[0]!.id
  const url = `/ru/rooms/contact/${room}`
  for (const fields of [
    { use: 'meaning', text: 'Мне страшно, я не могу открыть дверь' },
    { use: 'answer', text: 'Ту танҳо нестӣ. Дар назди тиреза чӣ мебинӣ?' },
  ]) {
    const shown = (await w.get(tongue, url)).body
    const about = /<option value="([0-9a-f-]{36})"/.exec(shown)![1]!
    expect((await w.post(tongue, url, { ...hiddenOf(shown, url), ...fields, about })).statusCode).toBe(303)
  }
  for (const lang of ['ru', 'en']) {
    faults.push(...(await faultsOf(page, `desk-room-${lang}`, (await w.get(desk, `/${lang}/contacts/${talk}`)).body)))
    faults.push(...(await faultsOf(page, `desk-guest-${lang}`, (await w.get(tongue, `/${lang}/rooms/contact/${room}`)).body)))
  }
  expect(faults).toEqual([])
}, 120_000)

/** A page of the running office, with its real scripts and styles. */
const live = async (): Promise<{ page: Page; at: string; end(): void }> => {
  const { w, desk } = world
  const front = await frontFor(w.office.app, { cookie: desk.cookie, origin: testOrigin })
  const page = await openPage(browser, 'desk')
  const made = await esbuild.build({
    absWorkingDir: root,
    entryPoints: ['src/browser/desk.ts', 'src/browser/desk-keys.ts'],
    outdir: 'out',
    bundle: true,
    format: 'iife',
    write: false,
  })
  await page.route('**/assets/**', route => {
    const name = new URL(route.request().url()).pathname
    if (name.endsWith('.css')) return route.fulfill({ contentType: 'text/css', body: officeCss() })
    const file = made.outputFiles.find(f => name.endsWith(f.path.split('/').at(-1)!))
    return route.fulfill({ contentType: 'text/javascript', body: file?.text ?? '' })
  })
  return { page, at: front.at, end: front.end }
}

test('live: a message appears by itself, what is being written stays, a dead network loses nothing, keys open the next contact', async () => {
  const { page, at, end } = await live()
  const wrong: string[] = []
  page.on('pageerror', e => wrong.push(e.message))
  await page.goto(`${at}/ru/contacts/${talk}`)
  await page.fill('#text', 'Пишу ответ')
  await wrote(talk, 'Боз як паём', 'tg')
  await page.getByText('Боз як паём').waitFor({ timeout: 15_000 })
  expect(await page.inputValue('#text')).toBe('Пишу ответ')
  // The network is gone: the words stay, and are sent once when it is back.
  await page.route('**/answer', route => route.abort())
  await page.click('text=Отправить')
  await page.getByText('Ещё не отправлено').waitFor()
  expect(await page.inputValue('#text')).toBe('Пишу ответ')
  await page.unroute('**/answer')
  await page.locator('.moj-message-item--sent', { hasText: 'Пишу ответ' }).waitFor({ timeout: 15_000 })
  expect(await page.locator('.moj-message-item--sent', { hasText: 'Пишу ответ' }).count()).toBe(1)
  expect(await page.inputValue('#text')).toBe('')
  // A second answer without leaving the page.
  await page.fill('#text', 'И ещё')
  await page.press('#text', 'Control+Enter')
  await page.locator('.moj-message-item--sent', { hasText: 'И ещё' }).waitFor({ timeout: 15_000 })
  await page.goto(`${at}/ru/contacts`)
  const { id } = await world.report(canary, 'no')
  await page.locator(`a[href="/ru/contacts/${id}"]`).waitFor({ timeout: 25_000 })
  await page.keyboard.press('j')
  expect(
    await page.evaluate(() =>
      (globalThis as unknown as { document: { activeElement: { getAttribute(n: string): string } } }).document.activeElement.getAttribute(
        'href',
      ),
    ),
  ).toBe(`/ru/contacts/${id}`)
  await page.keyboard.press('j')
  await page.keyboard.press('k')
  await page.keyboard.press('Enter')
  await page.waitForURL(`**/contacts/${id}`)
  expect(wrong).toEqual([])
  await page.close()
  end()
}, 120_000)
