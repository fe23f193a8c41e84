import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { filled, linksIn } from '../src/main.forms.testing.ts'
import { openBrowser } from '../src/platform/browser.testing.ts'
import { type RunningInstallation, startInstallation } from '../src/platform/installation.testing.ts'
import { botDoor, chatMore, chatOnDevice, letDeviceReach, sendPublic } from './doors.testing.ts'
import { type Caller, demoSignIn, requireId, summaryOf } from './house.testing.ts'
import { type OfficeRoute, officeRoutes, routeFor } from './routes.testing.ts'
import { sendForm, tellStory } from './story.testing.ts'
import { apart, payloads, type Watch, watch } from './xss.testing.ts'

/*
 * Words that want to be a page, through every door into every view of the office that shows words: nothing runs, nothing becomes markup, no policy has to step in.
 * `npm test` leaves this to `npm run test:long`, which sends 2,000 and types them into every free field of a whole story besides.
 */

const long = process.env.DOVERIE_LONG === '1'
const all = payloads(long ? 2000 : 100)
const texts = Array.from({ length: Math.ceil(all.length / 5) }, (_, i) => all.slice(i * 5, i * 5 + 5).join(apart))
const short = all.filter(p => p.length <= 90 && !/[\n\t]/.test(p))
const doors = 5
const of = (door: number): string[] => texts.filter((_, i) => i % doors === door)

let house: RunningInstallation
let browser: Browser
let context: BrowserContext
let routes: OfficeRoute[]
let door: Awaited<ReturnType<typeof botDoor>>
let duty: Caller
let worker: Caller
const contexts = new Map<Caller, BrowserContext>()
const seen = { pages: 0, kinds: new Set<string>() }

const pageFor = async (who: Caller): Promise<Page> => {
  let own = contexts.get(who)
  if (!own) {
    own = await browser.newContext({ viewport: { width: 1280, height: 800 } })
    const [name = '', value = ''] = who.cookie.split('=')
    await own.addCookies([{ name, value, url: house.office.replace('http:', 'https:'), secure: true, httpOnly: true, sameSite: 'Strict' }])
    watched.push(await watch(own))
    contexts.set(who, own)
  }
  return own.pages()[0] ?? own.newPage()
}
const watched: Watch[] = []
const found = (): string[] => watched.flatMap(w => w.found)
const open = async (who: Caller, address: string): Promise<string> => {
  const page = await pageFor(who)
  const answer = await page.goto(house.office + address)
  expect(answer?.status(), address).toBe(200)
  await watched[0]?.look(page, address)
  seen.pages++
  seen.kinds.add(routeFor(routes, 'GET', address)?.url ?? address)
  return page.content()
}
/** An answer to a form, shown as it came. */
const shown = async (who: Caller, body: string, where: string): Promise<void> => {
  const page = await pageFor(who)
  const at = `${house.office}/ru/answer`
  await page.route(at, r => r.fulfill({ status: 200, contentType: 'text/html; charset=utf-8', body }))
  await page.goto(at)
  await page.unroute(at)
  await watched[0]?.look(page, where)
  seen.pages++
  seen.kinds.add(where)
}

// Starting a house and a browser for a sample alone costs npm test more than it tells; the control and the 2,000 are the long run's.
const here = test.runIf(long)
beforeAll(async () => {
  if (!long) return
  door = await botDoor()
  ;[house, browser, routes] = await Promise.all([startInstallation({ env: door.env }), openBrowser(), officeRoutes()])
  letDeviceReach(house.public)
  const signIn = await demoSignIn(house)
  duty = await signIn('duty specialist')
  worker = await signIn('case worker')
  context = await browser.newContext()
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await house?.stop()
  await door?.stub.close()
  house?.remove()
})

here(
  'control: the pieces run where a page is careless',
  async () => {
    const eyes = await watch(context)
    const page = await context.newPage()
    const sample = payloads(24, 7)
    let ran = 0
    await page.route('http://careless.test/**', r =>
      r.fulfill({ contentType: 'text/html', body: r.request().url().endsWith('/x') ? '' : careless }),
    )
    let careless = ''
    for (const p of sample) {
      const before = eyes.found.length
      careless = `<!doctype html><title>x</title><p>${p}</p>${apart}<input value="${p}">${apart}<a href='${p}'>x</a>${apart}<script>var x="${p}"</script>`
      await page.goto('http://careless.test/').catch(() => undefined)
      await page.waitForTimeout(10)
      await eyes.look(page, 'careless').catch(() => undefined)
      if (eyes.found.length > before) ran++
    }
    console.log(`xss: ${ran} of ${sample.length} pieces run or become markup on a careless page`)
    expect(ran / sample.length).toBeGreaterThan(0.6)
    expect(eyes.found.some(f => f.endsWith(': ran'))).toBe(true)
    await context.close()
  },
  60_000,
)

here(
  `${all.length} pieces through chat, report, concern and bot: none runs in any view of the office`,
  async () => {
    const began = Date.now()
    // A page of the desk stays open while the words come in, so that what its script puts into the page is looked at too.
    const { held } = await chatOnDevice(of(0)[0] ?? '')
    const live = await pageFor(duty)
    await live.goto(`${house.office}/ru/contacts/${held.contact}`)
    const contacts = [held.contact]
    let now = held
    for (const [i, text] of of(0).slice(1).entries()) {
      if (i % 20 === 19) {
        now = (await chatOnDevice('x')).held
        contacts.push(now.contact)
      }
      await chatMore(now, text)
    }
    await chatMore(held, 'Пришло всё')
    await live.getByText('Пришло всё').waitFor({ timeout: 15_000 })
    await watched[0]?.look(live, 'the desk, live')
    const names = (i: number) => ({
      first_name: short[i % short.length],
      last_name: short[(i + 1) % short.length],
      username: short[(i + 2) % short.length],
    })
    for (const [i, text] of of(4).entries()) door.write(1000 + Math.floor(i / 10), text, names(i))
    const field = (text: string, n: number) => (name: string) => (name === 'text' ? text : (short[n % short.length] ?? ''))
    const plain = async () => {
      for (const text of of(1)) await sendPublic(house, '/ru/chat', name => (name === 'text' ? text : ''))
    }
    const report = async () => {
      for (const [i, text] of of(2).entries()) await sendPublic(house, '/ru/write', field(text, i))
    }
    const concern = async () => {
      for (const [i, text] of of(3).entries()) await sendPublic(house, '/ru/concern', field(text, i * 3))
    }
    await Promise.all([plain(), report(), concern()])
    await expect
      .poll(async () => (await duty.get('/ru/contacts?channel=telegram')).body.includes('/contacts/'), { timeout: 10_000 })
      .toBe(true)
    const told = Date.now() - began

    // Every contact that is in the inbox, whichever door it came through.
    const inInbox = new Set(contacts)
    for (const channel of ['chat', 'report', 'concern', 'telegram'])
      for (let page = 1; page < (long ? 20 : 2); page++) {
        const list = await open(duty, `/ru/contacts?channel=${channel}&page=${page}`)
        const ids = [...list.matchAll(/\/ru\/contacts\/([0-9a-f-]{36})"/g)].map(m => m[1] ?? '')
        if (ids.every(id => inInbox.has(id))) break
        for (const id of long ? ids : ids.slice(0, 3)) inInbox.add(id)
      }
    for (const id of inInbox) await open(duty, `/ru/contacts/${id}`)

    // What staff write themselves: the answer and its preview, a remark, the search, a case from the contact with everything chosen, a note, the card of danger.
    const contact = `/ru/contacts/${held.contact}`
    const wrong = await duty.form(contact, `${contact}/answer`)
    const refused = await duty.post(wrong.action, {
      ...filled(wrong, () => ''),
      text: `${of(0)[0]}${'x'.repeat(4000)}`,
      sentences: 'place',
    })
    expect(refused.status).toBe(422)
    await shown(duty, refused.body, 'an answer that is too long')
    await sendForm(duty, contact, () => of(1)[0] ?? '', {}, `${contact}/remark`)
    const say = (f: { name: string; value: string }) =>
      /-(day|month|year)$/.test(f.name)
        ? f.value
        : f.name === 'remark' || f.name === 'more' || f.name === 'note'
          ? (texts[3] ?? '')
          : (short[f.name.length % short.length] ?? '')
    await sendForm(duty, contact, say, {}, `${contact}/urgency`)
    await open(duty, contact)
    await shown(worker, (await sendForm(worker, '/ru/people/search', say)).body, 'a search and what it found')
    await open(worker, `/ru/cases/new?contact=${held.contact}`)
    const form = await worker.form(`/ru/cases/new?contact=${held.contact}`, '/ru/cases/new')
    const chosen = form.fields.find(f => f.name === 'transcript')?.options ?? []
    const fields: [string, string][] = Object.entries({
      ...filled(form, say),
      'children[0][relation]': 'child',
      'children[0][match]': 'new',
      'children[0][name]': short[0] ?? '',
    })
    const made = await fetch(`${house.office}/ru/cases/new`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie: worker.cookie, origin: house.office, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams([
        ...fields.filter(([k]) => k !== 'transcript'),
        ...chosen.map((v): [string, string] => ['transcript', v]),
      ]).toString(),
    })
    const page = await made.text()
    if (made.status !== 303) throw new Error(`no case: ${made.status} ${summaryOf(page)}`)
    const caseId = requireId(made.headers.get('location') ?? '', 'cases')
    const at = `/ru/cases/${caseId}`
    await sendForm(worker, `${at}/notes/new`, say, { compartment: 'story' })
    await shown(duty, (await duty.post(`${contact}/life`, { command: crypto.randomUUID() })).body, 'the card of danger')
    // What the words of a conversation come to, whatever the time; then whatever these pages lead to, as long as there is time.
    const must = ['', '?open=story', '/notes/new', '/plan', '/screening', '/reports'].map(x => at + x)
    for (const address of [...must, '/ru/people/matches', '/ru/worklist', '/ru/cases']) await open(worker, address)
    const until = Date.now() + (long ? 600_000 : 4_000)
    const waiting: string[] = []
    const tried = new Set(must)
    const kinds = new Map([...seen.kinds].map(k => [k, 1]))
    const follow = (html: string) => {
      for (const link of linksIn(html)) {
        if (!link.startsWith('/ru/') || tried.has(link) || (!long && !link.includes(caseId) && !link.includes('/people/'))) continue
        tried.add(link)
        waiting.push(link)
      }
    }
    follow((await worker.get(at)).body)
    for (let address = waiting.shift(); address && Date.now() < until; address = waiting.shift()) {
      const kind = routeFor(routes, 'GET', address)?.url ?? ''
      if (!kind || /sign-out|\.(pdf|csv)$|\/(photo|files)\//.test(address) || (kinds.get(kind) ?? 0) >= (long ? 4 : 1)) continue
      const answer = await worker.get(address)
      if (answer.status !== 200 || !answer.body.includes('<html')) continue
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
      await open(worker, address)
      follow(answer.body)
    }
    console.log(
      `xss: ${all.length} pieces through ${doors} doors in ${told} ms; ${inInbox.size} contacts, ${seen.pages} pages of ${seen.kinds.size} kinds in ${Date.now() - began} ms; ${waiting.length} not looked at`,
    )
    expect(found()).toEqual([])
    expect(inInbox.size).toBeGreaterThan(8)
    expect(seen.kinds.size).toBeGreaterThan(14)
  },
  900_000,
)

test.runIf(long)(
  'typed into every free field of a whole story, every page of every role',
  async () => {
    let n = 0
    const story = await tellStory(
      house,
      f => (f.type === 'textarea' ? texts[n++ % texts.length] : short[n++ % short.length])?.slice(0, 900) ?? '',
    )
    for (const who of Object.values(story.people)) {
      const waiting = ['/ru/worklist', '/ru/me', '/ru/contacts', '/ru/cases', '/ru/sessions']
      const tried = new Set(waiting)
      const kinds = new Map<string, number>()
      for (let address = waiting.shift(); address; address = waiting.shift()) {
        const kind = routeFor(routes, 'GET', address)?.url ?? ''
        if (!kind || /sign-out|\.(pdf|csv)$|\/(photo|files)\//.test(address) || (kinds.get(kind) ?? 0) >= 3) continue
        const answer = await who.get(address)
        if (answer.status !== 200 || !answer.body.includes('<html')) continue
        kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
        await open(who, address)
        for (const link of linksIn(answer.body))
          if (link.startsWith('/ru/') && !tried.has(link)) {
            tried.add(link)
            waiting.push(link)
          }
      }
    }
    console.log(`xss: ${seen.pages} pages of ${seen.kinds.size} kinds in all`)
    expect(found()).toEqual([])
    expect(seen.kinds.size).toBeGreaterThan(60)
  },
  900_000,
)
