import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CaseWorld, caseWorld } from '../case/world.testing.ts'
import { registerContact } from '../contact/routes.ts'
import { doorsPolicy } from '../doors/policy.ts'
import { registerDoors } from '../doors/routes.ts'
import { faultsOf, openBrowser, openPage } from '../platform/browser.testing.ts'
import { safeContactPolicy } from './policy.ts'
import { mayAnswer, registerSafeContact, safeContactPart } from './routes.ts'

let w: CaseWorld
let browser: Browser
beforeAll(async () => {
  w = await caseWorld(
    o => {
      registerContact(o, { mayAnswer })
      registerDoors(o)
      registerSafeContact(o)
    },
    [doorsPolicy, safeContactPolicy],
    [safeContactPart],
  )
  browser = await openBrowser()
}, 240_000)
afterAll(async () => {
  await browser.close()
  await w.end()
})

/** The plan before it is written, written, run out and let pass; the act of handover; a letter that waits and one that is answered. */
const pages = async (): Promise<[string, string][]> => {
  const { worker, boss, duty } = w.people
  const id = await w.open(worker, { name: 'Каримова Лола' })
  const out: [string, string][] = [['plan empty', (await w.get(worker, `/ru/cases/${id}/safe-contact`)).body]]
  await w.send(worker, `/cases/${id}/safe-contact/write`, {
    ways: ['chat', 'adult'],
    days: ['1', '3', '5'],
    from: '15:00',
    until: '18:00',
    never: 'полиция\nприют',
    coverName: 'тётя Оля из библиотеки',
    how: 'через соседку, спросить, пришли ли книги',
    language: 'uz',
  })
  out.push(['plan', (await w.get(worker, `/ru/cases/${id}/safe-contact`)).body])
  out.push(['bad form', (await w.send(worker, `/cases/${id}/safe-contact/write`, { from: '18:00', until: '15:00', language: 'uz' })).body])
  await w.db.owner.query('update app.safe_contact set until_day = current_date - 2, verified = current_date - 40')
  await w.send(boss, `/cases/${id}/safe-contact/override`, { reason: 'пишет, что её бьют сейчас', hours: '4' })
  const contact = async (door: string, fields: Record<string, string>) =>
    /contacts\/([0-9a-f-]{36})/.exec(
      String(
        (await w.send(duty, `/contacts/new/${door}`, { safeNow: 'yes', from: 'police', said: 'слова', language: 'ru', ...fields })).headers
          .location,
      ),
    )![1]!
  const brought = await contact('walk-in', {
    papers: 'no',
    cameWith: 'инспектор',
    broughtBody: 'ПДН № 1',
    broughtCondition: 'замёрз',
    broughtBelongings: 'рюкзак, телефон',
  })
  const letter = await contact('call', { how: 'letter' })
  await w.send(duty, `/contacts/${letter}/letter/note`, { body: 'Отдел опеки и попечительства', number: '12-34/2026', asks: 'где ребёнок' })
  for (const lang of ['ru', 'en']) {
    out.push([`${lang} letter waits`, (await w.get(duty, `/${lang}/contacts/${letter}/letter`)).body])
    out.push([`${lang} letters`, (await w.get(duty, `/${lang}/letters`)).body])
  }
  out.push(['answer', (await w.get(duty, `/ru/contacts/${letter}/letter/answer`)).body])
  await w.send(duty, `/contacts/${letter}/letter/answer`, { way: 'post', text: 'Ребёнок в безопасности. Подробности сообщим при встрече.' })
  for (const lang of ['ru', 'en']) {
    for (const p of ['', '/safe-contact', '/safe-contact/write', '/safe-contact/verify', '/safe-contact/end'])
      out.push([`${lang} case${p}`, (await w.get(worker, `/${lang}/cases/${id}${p}`)).body])
    out.push([`${lang} override`, (await w.get(boss, `/${lang}/cases/${id}/safe-contact/override`)).body])
    out.push([`${lang} act`, (await w.get(duty, `/${lang}/contacts/${brought}/act`)).body])
    out.push([`${lang} walk-in`, (await w.get(duty, `/${lang}/contacts/new/walk-in`)).body])
    out.push([`${lang} answered`, (await w.get(duty, `/${lang}/contacts/${letter}/letter`)).body])
  }
  return out
}

test('axe finds nothing, and no page scrolls sideways on a phone', async () => {
  const page = await openPage(browser, 'desk')
  const problems: string[] = []
  for (const [name, html] of await pages()) problems.push(...(await faultsOf(page, name, html)))
  expect(problems).toEqual([])
  expect(w.logged).toEqual([])
}, 240_000)
