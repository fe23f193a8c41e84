import * as esbuild from 'esbuild'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axe, faultsOf, frontFor, officeCss, openBrowser, openPage } from '../platform/browser.testing.ts'
import { root } from '../platform/config.ts'
import { mark } from '../platform/jobs.ts'
import { type EmergencyWorld, emergencyWorld } from './world.testing.ts'

let w: EmergencyWorld
let browser: Browser
beforeAll(async () => {
  w = await emergencyWorld()
  browser = await openBrowser()
}, 180_000)
afterAll(async () => {
  await browser.close()
  await w.end()
})

test('axe finds nothing, and no page scrolls sideways on a phone', async () => {
  const { worker, worker2, boss } = w.people
  const id = await w.open(worker, { name: 'Каримова Лола' })
  const one = await w.press(worker, `/cases/${id}`)
  const page = await openPage(browser, 'desk')
  const faults: string[] = []
  const look = async (name: string, who: typeof worker, url: string) => {
    for (const lang of ['ru', 'en'])
      faults.push(...(await faultsOf(page, `life-${name}-${lang}`, (await w.get(who, `/${lang}${url}`)).body)))
  }
  await look('new', worker, `/life/${one}`)
  await w.act(worker, one, 'kind', { danger: 'attack' })
  await w.act(worker, one, 'tell', { where: 'Склад у вокзала, второй этаж', what: 'Кричит, что её не выпускают', since: 'с утра' })
  await w.act(worker, one, 'called', { whom: 'rescue', outcome: 'coming', note: 'Вызов 1214, будут через десять минут' })
  await look('attack', worker, `/life/${one}?say=tg`)
  await w.db.owner.query("update app.page_call set at = now() - interval '6 minutes' where id = $1", [one])
  await look('alone', worker, `/life/${one}`)
  await w.reach(worker2, 'strizh@example.org')
  await w.send(boss, '/on-call/rota', { member: `${w.teamA}:${worker2.id}`, day: '2', from: '22:00', until: '06:00' })
  await mark({ pool: w.db.owner, clock: () => new Date() }, 'paging', true)
  await look('on-call', boss, '/on-call')
  await look('rota', boss, '/on-call/rota')
  await look('me', worker2, '/on-call/me')
  await look('case', worker, `/cases/${id}`)
  faults.push(...(await faultsOf(page, 'life-wrong', (await w.post(worker, `/ru/life/${one}/called`, { version: '1' })).body)))
  await w.act(worker2, one, 'take', {})
  await w.act(worker2, one, 'end', { became: 'Девочка у врачей, мать едет' })
  await look('ended', worker, `/life/${one}`)
  expect(faults).toEqual([])
}, 300_000)

test('the small script says that nobody answers without a reload, and a phone sees the number first', async () => {
  const { worker } = w.people
  const one = await w.press(worker, `/cases/${await w.open(worker)}`)
  const front = await frontFor(w.office.app, { cookie: worker.cookie, origin: w.office.deps.origin })
  try {
    const page = await openPage(browser, 'phone')
    const island = await esbuild.build({
      absWorkingDir: root,
      entryPoints: ['src/browser/life.ts'],
      bundle: true,
      format: 'iife',
      write: false,
    })
    await page.route('**/assets/**', route => {
      const name = new URL(route.request().url()).pathname
      if (name.endsWith('.css')) return route.fulfill({ contentType: 'text/css', body: officeCss() })
      return route.fulfill({ contentType: 'text/javascript', body: name.includes('life') ? (island.outputFiles[0]?.text ?? '') : '' })
    })
    await page.goto(`${front.at}/ru/life/${one}`)
    await page.waitForSelector('#paging')
    expect(await page.textContent('#paging')).toContain('никто ещё не ответил')
    await w.db.owner.query("update app.page_call set at = now() - interval '6 minutes' where id = $1", [one])
    await page.locator('#paging', { hasText: 'Звоните 112 сами' }).waitFor({ timeout: 20_000 })
    const box = await page.locator('.dv-life-number a').boundingBox()
    expect((box?.y ?? 999) + (box?.height ?? 0)).toBeLessThan(740)
    expect(await axe(page)).toEqual([])
  } finally {
    front.end()
  }
}, 120_000)
