import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CaseWorld, caseWorld } from '../case/world.testing.ts'
import { faultsOf, openBrowser, openPage } from '../platform/browser.testing.ts'
import type { Person } from '../platform/testing.session.ts'
import { languagePolicy } from './policy.ts'
import { languagePart, registerLanguage } from './routes.ts'

let w: CaseWorld
let browser: Browser
beforeAll(async () => {
  w = await caseWorld(registerLanguage, [languagePolicy], [languagePart])
  browser = await openBrowser()
}, 180_000)
afterAll(async () => {
  await browser.close()
  await w.end()
})

const idIn = (location: unknown) => /([0-9a-f-]{36})/.exec(String(location))![1]!
const [y, m, d] = new Date().toISOString().slice(0, 10).split('-') as [string, string, string]
const wanted = {
  language: 'tg',
  'day-day': d,
  'day-month': m,
  'day-year': y,
  time: '14:30',
  way: 'telephone',
  purpose: 'первая беседа',
  childAlias: 'Ручей',
  childPlace: 'Хатлон, Куляб',
  recruiterWords: 'знакомый с рынка Садовод',
  sexWanted: 'female',
}
const entry = (alias: string, more: Record<string, string>) => ({
  alias,
  kind: 'diaspora',
  sex: 'female',
  state: 'active',
  'languages[0][language]': 'tg',
  'languages[0][direction]': 'both',
  'languages[0][level]': 'native',
  ...more,
})

/** Every screen as a full day shows it: warnings before a choice, a room with words in it, the case's own page. */
const pages = async (): Promise<[string, string][]> => {
  const { worker } = w.people
  const tongue: Person = await w.person({ agency: w.agencyId, roles: ['interpreter'], alias: 'Скворец' })
  const undertaking = {
    'signed-day': '1',
    'signed-month': '1',
    'signed-year': '2026',
    'until-day': '1',
    'until-month': '1',
    'until-year': '2099',
  }
  const add = async (fields: Record<string, string>) => idIn((await w.send(worker, '/interpreters/new', fields)).headers.location)
  const starling = await add(entry('Скворец', { ...undertaking, account: tongue.id, 'places[0][region]': 'Согд' }))
  const risky = await add(entry('Удод', { 'places[0][place]': 'Куляб', employers: 'рынок Садовод', kind: 'volunteer' }))
  const caseId = await w.open(worker, { name: 'Каримова Лола' })
  const book = `/cases/${caseId}/interpreters/book`
  const warned = (await w.send(worker, book, { ...wanted, interpreter: risky, decision: 'book' })).body
  await w.send(worker, book, { ...wanted, interpreter: risky, decision: 'refuse', reason: 'из одного города с ребёнком' })
  await w.send(worker, book, { ...wanted, interpreter: starling, decision: 'book' })
  const list = (await w.get(worker, `/ru/cases/${caseId}/interpreters`)).body
  const s = /sessions\/([0-9a-f-]{36})/.exec(list)![1]!
  const at = `/cases/${caseId}/sessions/${s}`
  const booked = (await w.get(worker, `/ru${at}`)).body
  const out: [string, string][] = [
    ['warned', warned],
    ['wrong', (await w.send(worker, '/interpreters/new', entry('', {}))).body],
    ['booked', booked],
    ['open', (await w.get(worker, `/ru${at}/open`)).body],
    ['no room', (await w.get(tongue, '/ru/sessions')).body],
  ]
  await w.send(worker, `${at}/open`, {})
  await w.send(worker, `${at}/ask`, { text: 'Где тебе сейчас спокойно? Кто рядом?' })
  await w.send(tongue, `/sessions/${s}`, { text: 'Говорит, что спокойно у тёти. Слово «старший» неясно: брат или хозяин.', check: 'yes' })
  const paths = [
    '/interpreters',
    '/interpreters/new',
    `/interpreters/${risky}`,
    `/cases/${caseId}`,
    `/cases/${caseId}/interpreters`,
    book,
    at,
    `${at}/take`,
    `${at}/close`,
  ]
  const short = (p: string) => p.replaceAll(caseId, 'CASE').replaceAll(s, 'S').replaceAll(risky, 'I')
  for (const lang of ['ru', 'en']) {
    for (const p of paths) out.push([`/${lang}${short(p)}`, (await w.get(worker, `/${lang}${p}`)).body])
    out.push([`/${lang}/sessions/S`, (await w.get(tongue, `/${lang}/sessions/${s}`)).body])
  }
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
