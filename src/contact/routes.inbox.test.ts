import { afterAll, describe, expect, test } from 'vitest'
import type { Id } from '../base/id.ts'
import { hiddenOf } from '../platform/testing.session.ts'
import { canary, deskWorld } from './desk.testing.ts'

const { w, home, desk, stranger, report, walkIn, act } = await deskWorld()
afterAll(() => w.end())

describe('the inbox', () => {
  test('those in danger first, then the oldest; never the words; the address filters', async () => {
    await w.db.owner.query("update app.contact set state = 'closed', unread = false")
    const calm = await report('просто вопрос', 'yes')
    const unsafe = await report(canary, 'no')
    const judged = await walkIn(desk, { safeNow: 'yes' })
    expect((await act(desk, judged, 'urgency', { urgency: 'now', why: 'одна на вокзале' })).statusCode).toBe(303)
    const body = (await w.get(desk, '/ru/contacts')).body
    const at = (id: Id) => body.indexOf(`/ru/contacts/${id}"`)
    expect(at(unsafe.id)).toBeGreaterThan(0)
    expect(at(unsafe.id)).toBeLessThan(at(judged))
    expect(at(judged)).toBeLessThan(at(calm.id))
    expect(body).not.toContain(canary)
    expect(body).not.toContain('на вокзале')
    expect(body).toContain('узбекский')
    expect((await w.get(desk, '/en/contacts?channel=walk_in')).body).not.toContain(calm.id)
    expect((await w.get(desk, '/ru/contacts?mine=1')).body).not.toContain(judged)
    expect((await act(desk, judged, 'assign', { to: desk.id })).statusCode).toBe(303)
    expect((await w.get(desk, '/ru/contacts?mine=1')).body).toContain(judged)
    expect((await w.get(desk, '/ru/contacts?state=%27;drop&channel=x&page=-1')).statusCode).toBe(200)
  })

  test('a hostile contact is in no list, not even that of closed contacts', async () => {
    const id = await walkIn(desk)
    expect((await act(desk, id, 'close', { outcome: 'hostile' })).statusCode).toBe(303)
    for (const q of ['', '?state=new', '?state=open', '?state=converted', '?state=closed', '?channel=walk_in', '?mine=1'])
      expect((await w.get(desk, `/ru/contacts${q}`)).body, q).not.toContain(id)
    expect((await w.get(desk, `/ru/contacts/${id}`)).statusCode).toBe(200)
  })

  test('pages of 25, an exact total up to 1,000 and "1000+" beyond', async () => {
    await w.db.owner.query(
      "insert into app.contact (id, home_group, channel, received, safe_now, state, unread) select gen_random_uuid(), $1, 'letter', now() - i * interval '1 hour', 'not_asked', 'open', false from generate_series(1, 1100) i",
      [home],
    )
    const body = (await w.get(desk, '/ru/contacts?channel=letter')).body
    expect(body).toContain('1000+')
    expect(body.match(/<tr[ >]/g)).toHaveLength(26)
    expect((await w.get(desk, '/ru/contacts?channel=letter&page=40')).body.match(/<tr[ >]/g)).toHaveLength(26)
    expect((await w.get(desk, '/ru/contacts?channel=letter&page=99')).headers.location).toBe('/ru/contacts?channel=letter&page=41')
    await w.db.owner.query("delete from app.contact where channel = 'letter'")
    expect((await w.get(desk, '/ru/contacts?channel=letter&page=2')).headers.location).toBe('/ru/contacts?channel=letter&page=1')
  })

  test('what was shown is audited with its ids, a refusal too', async () => {
    const id = await walkIn(desk)
    const audits = async () =>
      (
        await w.db.owner.query<{ action: string; outcome: string; actor: Id }>(
          'select action, outcome, actor from app.read_audit where $1 = any (records) order by at',
          [id],
        )
      ).rows
    await w.get(desk, `/ru/contacts/${id}`)
    await w.get(stranger, `/ru/contacts/${id}`)
    const seen = await audits()
    expect(seen).toContainEqual({ action: 'contact.open', outcome: 'shown', actor: desk.id })
    expect(seen).toContainEqual({ action: 'contact:read', outcome: 'refused', actor: stranger.id })
  })

  test('one contact, message or event that was spoilt hides neither the others nor the rest of itself', async () => {
    const [wrap, value, message, event, whole] = await Promise.all(['a', 'b', 'c', 'd', 'e'].map(t => report(`слова ${t}`, 'no')))
    const junk = (sql: string, id?: Id) => w.db.owner.query(sql, [id])
    await junk("update app.key_wrap set wrapped = '\\x0102' where record = $1 and holder = 'team'", wrap?.id)
    await junk("update app.sealed set value = '\\x0102' where record = $1", value?.id)
    await junk("update app.message set sealed = '\\x0102' where contact_id = $1", message?.id)
    await junk("update app.journal_part set sealed = '\\x0102' where record = $1", event?.id)
    const inbox = await w.get(desk, '/ru/contacts')
    expect(inbox.statusCode).toBe(200)
    for (const c of [wrap, value, message, event, whole]) expect(inbox.body).toContain(`/ru/contacts/${c?.id}"`)
    for (const c of [message, event, whole]) expect((await w.get(desk, `/ru/contacts/${c?.id}`)).statusCode).toBe(200)
    expect((await w.get(desk, `/ru/contacts/${event?.id}`)).body).toContain('слова d')
    expect(w.logged).toEqual([])
  })
})

test('who called is kept in their own words, and that the number was withheld; of a letter nothing is said about a number', async () => {
  const url = '/ru/contacts/new/call'
  const told = {
    safeNow: 'unsure',
    from: 'relative',
    said: 'Просят найти мальчика',
    language: 'ru',
    caller: 'тётя Зуля из Оша',
    withheld: 'yes',
  }
  const noted = async (how: 'call' | 'letter') => {
    const r = await w.post(desk, url, { ...hiddenOf((await w.get(desk, url)).body, url), ...told, how })
    expect(r.statusCode, r.body).toBe(303)
    return (await w.get(desk, String(r.headers.location))).body
  }
  const call = await noted('call')
  for (const word of ['тётя Зуля из Оша', 'Скрыт']) expect(call).toContain(word)
  const letter = await noted('letter')
  expect(letter).toContain('тётя Зуля из Оша')
  expect(letter).not.toContain('Скрыт')
  expect((await w.get(stranger, url)).body).not.toContain('тётя Зуля')
  // The words come back with the form that was not good.
  const again = await w.post(desk, url, { ...hiddenOf((await w.get(desk, url)).body, url), ...told, how: 'call', said: '' })
  expect([again.statusCode, again.body.includes('тётя Зуля из Оша')]).toEqual([422, true])
})
