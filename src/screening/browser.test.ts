import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CaseWorld, caseWorld } from '../case/world.testing.ts'
import { faultsOf, openBrowser, openPage } from '../platform/browser.testing.ts'
import { screeningPolicy } from './policy.ts'
import { registerScreening, screeningPart } from './routes.ts'

let w: CaseWorld
let browser: Browser
beforeAll(async () => {
  w = await caseWorld(registerScreening, [screeningPolicy], [screeningPart])
  browser = await openBrowser()
}, 180_000)
afterAll(async () => {
  await browser.close()
  await w.end()
})

const forms = ['decision', 'circumstances', 'facts', 'known', 'approach', 'route']
/** A screening that has come some way, an empty one, and every form. */
const pages = async (): Promise<[string, string][]> => {
  const { worker, duty } = w.people
  const id = await w.open(worker, { name: 'Каримова Лола', danger: 'danger' })
  const empty = await w.open(worker, { name: 'Нигора' })
  const contact = await w.contact()
  const at = `/cases/${id}/screening`
  const send = async (path: string, fields: Parameters<CaseWorld['send']>[2]) =>
    expect([path, (await w.send(worker, `${at}/${path}`, fields)).statusCode]).toEqual([path, 303])
  const said = {
    source: 'child',
    confidence: 'medium',
    happened: 'прошлой зимой',
    'learned-day': '20',
    'learned-month': '11',
    'learned-year': '2020',
  }
  await send('circumstances', {
    left_home: 'yes',
    unaccompanied: 'not_asked',
    no_school_or_clinic: 'not_asked',
    undocumented: 'no',
    migrant_family: 'yes',
    about: 'Ушла осенью',
    ...said,
  })
  await send('facts', {
    acts: ['recruitment', 'transportation'],
    purposes: ['forced_begging'],
    text: 'Тётя из соседнего села позвала работать в киоск, а посадила у метро собирать деньги.',
    life: 'yes',
    paperBy: 'Анна Примерова',
    ...said,
  })
  await send('approach', {
    way: 'online',
    online: 'messenger',
    platform: 'Письмоносец',
    handle: '@ochen_dlinnoe_imya_verbovshchika_2010',
    recruiter: 'fellow_villager',
    time: 'not_asked',
    control: 'not_asked',
    ...said,
  })
  await send('route', { origin: 'Хатлон', destination: 'Казань', ...said })
  await send('decision', { outcome: 'presumed', reason: 'Известны действие и цель', atRisk: 'yes' })
  const out: [string, string][] = []
  for (const lang of ['ru', 'en']) {
    const get = async (who: typeof worker, p: string) => (await w.get(who, `/${lang}${p}`)).body
    out.push([`${lang} case`, await get(worker, `/cases/${id}`)])
    out.push([`${lang} closed`, await get(worker, at)], [`${lang} open`, await get(worker, `${at}?open=story`)])
    out.push([`${lang} empty`, await get(worker, `/cases/${empty}/screening`)])
    for (const f of forms) out.push([`${lang} ${f}`, await get(worker, `${at}/${f}`)])
    out.push([`${lang} contact`, await get(duty, `/contacts/${contact}/screening`)])
    out.push([`${lang} contact facts`, await get(duty, `/contacts/${contact}/screening/facts`)])
  }
  out.push(['ru wrong', (await w.post(worker, `/ru${at}/facts`, { acts: ['recruitment'] })).body])
  return out
}

test('axe finds nothing, and no page scrolls sideways on a phone', async () => {
  const page = await openPage(browser, 'desk')
  const problems: string[] = []
  for (const [name, html] of await pages()) {
    problems.push(...(await faultsOf(page, name, html)))
  }
  expect(problems).toEqual([])
  expect(w.logged).toEqual([])
}, 180_000)
