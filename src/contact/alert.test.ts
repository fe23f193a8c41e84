import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { newId } from '../platform/records.ts'
import { hiddenOf } from '../platform/testing.session.ts'
import { deskWorld } from './desk.testing.ts'
import { alertKeys, plainText } from './rules.alert.ts'
import { countAlerts, markPlaces, openAlerts } from './store.alert.ts'
import { drainContacts } from './store.list.ts'

const { w, desk, boss, stranger, report, act } = await deskWorld()
afterAll(() => w.end())
const drain = () => w.as(desk, async x => markPlaces(x, await drainContacts(x)))
const flood = (text: string, n: number) => Promise.all(Array.from({ length: n }, () => report(text, 'yes')))

describe('who may not', () => {
  test('no session, roles without an inbox, another team: no page, no act, no alert', async () => {
    const { id } = await report('Пишет @loader_msk', 'yes')
    for (const url of ['/contacts/storm', `/contacts/alerts/${newId()}`])
      expect((await w.get(undefined, `/ru${url}`)).headers.location).toContain('/ru/sign-in')
    const auditor = await w.person({ agency: desk.agency, roles: ['auditor'] })
    expect((await w.get(auditor, '/ru/contacts/storm')).statusCode).toBe(404)
    expect((await w.post(auditor, '/ru/contacts/storm', { command: newId(), pick: `${id}.1` })).statusCode).toBe(404)
    expect((await w.get(stranger, '/ru/contacts/storm')).body).not.toContain(id)
    await w.post(stranger, '/ru/contacts/storm', { command: newId(), pick: `${id}.1` })
    const { rows } = await w.db.owner.query('select state from app.contact where id = $1', [id])
    expect(rows[0].state).toBe('new')
    // Supervision holds no story key: it sees no word.
    expect((await w.get(boss, '/ru/contacts/storm')).body).not.toContain('loader')
  })

  test('two say nothing; the table alone says nothing; what is in no list counts for nothing', async () => {
    await flood('Зовут на работу, @skrytyi_rab', 2)
    const { id } = await report('Там живут приезжие, @skrytyi_rab')
    await act(desk, id, 'read', {})
    await act(desk, id, 'close', { outcome: 'hostile' })
    expect(await drain()).toBe(0)
    const dump = JSON.stringify((await w.db.owner.query("select encode(mac, 'escape') as m, * from app.place_mark")).rows)
    expect(dump).not.toMatch(/skrytyi|rab/)
    expect((await w.get(desk, '/ru/contacts')).body).not.toContain('skrytyi')
  })
})

test('three different conversations raise one alert, shown once, put aside with a reason', async () => {
  const three = await flood('Звал на склад: https://t.me/Kurier_Job, телефон 8 (912) 345-67-89', 3)
  expect(await drain()).toBe(2)
  await flood('пишите @kurier_job', 1)
  expect(await drain()).toBe(0)
  const alerts = await w.as(desk, x => openAlerts(x))
  expect(alerts.map(a => a.named).sort()).toEqual(['+9123456789', '@kurier_job'])
  expect(alerts.find(a => a.named === '@kurier_job')!.contacts).toHaveLength(4)
  expect((await w.get(desk, '/ru/contacts')).body).toContain('@kurier_job')
  const page = (await w.get(desk, '/en/contacts/storm')).body
  for (const { id } of three) expect(page).toContain(id)
  expect(await w.as(stranger, x => countAlerts(x))).toBe(0)
  const [first, second] = alerts
  expect((await w.post(desk, `/ru/contacts/alerts/${first!.id}`, { why: 'because' })).statusCode).toBe(404)
  await w.post(stranger, `/ru/contacts/alerts/${first!.id}`, { why: 'known' })
  expect(await w.as(desk, x => countAlerts(x))).toBe(2)
  for (const a of [first!, second!]) expect((await w.post(desk, `/ru/contacts/alerts/${a.id}`, { why: 'known' })).statusCode).toBe(303)
  expect(await w.as(desk, x => countAlerts(x))).toBe(0)
  // Put aside: the same again within two weeks is no news.
  await flood('и снова @kurier_job', 1)
  expect(await drain()).toBe(0)
})

test('many in one act: same texts stand together; each is read and closed as spam with its own events; danger and what changed stay', async () => {
  const same = await flood('КУПИТЕ наши часы!!! 1', 3)
  const danger = await report('Купите наши часы 2', 'no')
  const changed = await report('купите наши часы 3', 'yes')
  const url = '/ru/contacts/storm'
  const shown = (await w.get(desk, url)).body
  const picks = [...shown.matchAll(/name="pick" value="([^"]+)"/g)].map(m => m[1]!)
  const group = picks.find(p => p.includes(same[0]!.id))!
  expect(group.split(' ')).toHaveLength(4)
  expect(shown).not.toContain(danger.id)
  expect((await w.post(desk, url, { command: newId() })).statusCode).toBe(422)
  await act(desk, changed.id, 'read', {})
  const form = { command: hiddenOf(shown, url).command!, pick: `${group} ${danger.id}.1` }
  expect((await w.post(desk, url, form)).statusCode).toBe(303)
  expect((await w.post(desk, url, form)).statusCode).toBe(303)
  for (const { id } of same) {
    const { rows } = await w.db.owner.query('select state, unread, closing from app.contact where id = $1', [id])
    expect(rows[0]).toEqual({ state: 'closed', unread: false, closing: 'spam' })
    const events = await w.db.owner.query('select type from app.journal where record = $1 order by seq', [id])
    expect(events.rows.map(r => r.type)).toEqual(['contact_received', 'contact_read', 'contact_closed'])
  }
  for (const { id } of [danger, changed])
    expect((await w.db.owner.query('select state from app.contact where id = $1', [id])).rows[0].state).not.toBe('closed')
})

describe('what a text names', () => {
  test('examples', () => {
    expect(alertKeys('пиши @Loader_MSK или t.me/loader_msk')).toEqual(['@loader_msk'])
    expect(alertKeys('+7 912 345 67 89, 8-912-345-67-89, 89123456789')).toEqual(['+9123456789'])
    expect(alertKeys('https://www.site.ru/job?x=1 и http://site.ru/job/')).toEqual(['/site.ru/job'])
    expect(alertKeys('на ул. Садовой, дом 5 и на улице Садовая 5')).toEqual(['#садов 5'])
    expect(alertKeys('Мне 14 лет, меня зовут Амир, 12.05.2011')).toEqual([])
  })
  const named = fc.constantFrom('@loader_msk', 'https://site.ru/job', '8 912 345-67-89', 'ул. Садовая, 5')
  const neutral = fc.constantFrom('', 'Добрый день. ', 'Мне страшно, ', 'Salom! ', 'не знаю что делать. ')
  test('other text takes no key away; case changes nothing', () => {
    fc.assert(
      fc.property(named, neutral, neutral, (n, before, after) => {
        const keys = alertKeys(n)
        expect(keys.length).toBe(1)
        expect(alertKeys(`${before}${n} ${after}`)).toEqual(expect.arrayContaining(keys))
        expect(alertKeys(n.toUpperCase())).toEqual(keys)
      }),
    )
  })
  test('any text ends soon and gives at most a dozen short keys', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 4000 }), s => {
        const keys = alertKeys(s)
        expect(keys.length).toBeLessThanOrEqual(12)
        expect(plainText(plainText(s))).toBe(plainText(s))
      }),
    )
    const start = performance.now()
    for (const s of ['@'.repeat(20_000), '8 '.repeat(10_000), 'ул '.repeat(7000), 'http://'.repeat(3000), `${'('.repeat(20_000)}`])
      alertKeys(s)
    expect(performance.now() - start).toBeLessThan(2000)
  })
})
