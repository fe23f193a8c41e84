import { afterAll, describe, expect, test } from 'vitest'
import { roles } from '../base/people.ts'
import { newId } from '../platform/records.ts'
import { canary, deskWorld, urls } from './desk.testing.ts'
import { contactActs } from './schema.forms.ts'

const { w, home, desk, worker, boss, stranger, walkIn, act, file } = await deskWorld()
afterAll(() => w.end())

describe('who may not', () => {
  test('nobody without a session: every address leads to the sign-in page', async () => {
    const id = await walkIn(desk)
    for (const url of urls(id)) expect((await w.get(undefined, `/ru${url}`)).headers.location).toContain('/ru/sign-in')
    for (const a of contactActs) expect((await w.post(undefined, `/ru/contacts/${id}/${a}`, {})).headers.location).toBe('/ru/sign-in')
  })

  test('roles without an inbox get the bytes of an unknown address, by GET and by POST', async () => {
    const id = await walkIn(desk)
    const unknown = (await w.get(desk, '/ru/no-such-page')).body
    const a = desk.agency
    for (const role of roles.filter(r => !['duty_specialist', 'case_worker', 'supervisor'].includes(r))) {
      const p = await w.person({ agency: a, roles: [role] })
      for (const url of urls(id)) {
        const r = await w.get(p, `/ru${url}`)
        expect([r.statusCode, r.body], `${role} ${url}`).toEqual([404, unknown])
      }
      for (const name of contactActs) {
        const r = await w.post(p, `/ru/contacts/${id}/${name}`, { command: newId(), version: '1' })
        expect([r.statusCode, r.body], `${role} ${name}`).toEqual([404, unknown])
      }
    }
  })

  test('contact:read and contact:write of another team: hidden and absent are the same bytes', async () => {
    const id = await walkIn(desk)
    const absent = await w.get(stranger, `/ru/contacts/${newId()}`)
    expect(absent.statusCode).toBe(404)
    const shown = await w.get(stranger, `/ru/contacts/${id}`)
    expect([shown.statusCode, shown.body, shown.headers['content-length']]).toEqual([404, absent.body, absent.headers['content-length']])
    const fields: Record<string, Record<string, string>> = {
      read: {},
      urgency: { urgency: 'now', why: 'x' },
      assign: { to: stranger.id },
      answer: { text: 'x' },
      note: { more: 'x' },
      explained: { spoken: 'ru' },
      close: { outcome: 'hostile' },
      reopen: { again: 'x' },
    }
    for (const name of contactActs) {
      const r = await act(stranger, id, name, fields[name]!, { command: newId(), version: '1' })
      expect([r.statusCode, r.body], name).toEqual([404, absent.body])
    }
    expect((await file(desk, id))!.contact.version).toBe(1)
    expect((await w.get(stranger, '/ru/contacts')).body).not.toContain(id)
  })

  test('contact:create is not for supervision, which holds no story key', async () => {
    expect((await w.get(boss, '/ru/contacts/new')).statusCode).toBe(404)
    expect((await w.post(boss, '/ru/contacts/new/call', { command: newId() })).statusCode).toBe(404)
  })

  test('a supervisor sees that it exists and may assign it, but sees no words and may not act on them', async () => {
    const id = await walkIn(desk)
    const page = (await w.get(boss, `/ru/contacts/${id}`)).body
    expect(page).not.toContain(canary)
    expect(page).not.toContain('инспектор')
    for (const [name, fields] of [
      ['urgency', { urgency: 'now', why: 'x' }],
      ['note', { more: 'x' }],
      ['explained', { spoken: 'ru' }],
      ['read', {}],
    ] as const)
      expect((await act(boss, id, name, fields, { command: newId(), version: '1' })).statusCode, name).toBe(404)
    expect((await act(boss, id, 'assign', { to: worker.id })).statusCode).toBe(303)
    expect((await file(desk, id))!.contact).toMatchObject({ assignee: worker.id, state: 'open', version: 2 })
  })

  test('an exclusion hides it from the excluded person at once, everywhere', async () => {
    const id = await walkIn(desk)
    const { version } = (await file(worker, id))!.contact
    await w.db.owner.query(
      "insert into app.record_exclusion (id, record, home_group, excluded_kind, excluded_id, made_by) values ($1, $2, $3, 'user', $4, $5)",
      [newId(), id, home, worker.id, boss.id],
    )
    const absent = (await w.get(worker, `/ru/contacts/${newId()}`)).body
    const shown = await w.get(worker, `/ru/contacts/${id}`)
    expect([shown.statusCode, shown.body]).toEqual([404, absent])
    expect((await act(worker, id, 'assign', { to: worker.id }, { command: newId(), version: String(version) })).statusCode).toBe(404)
    expect((await w.get(worker, '/ru/contacts?page=1')).body).not.toContain(id)
    expect(await file(worker, id)).toBeUndefined()
    expect((await w.get(desk, `/ru/contacts/${id}`)).statusCode).toBe(200)
  })

  test('another site cannot send a form', async () => {
    const r = await w.office.app.inject({
      method: 'POST',
      url: '/ru/contacts/new/call',
      headers: { cookie: desk.cookie, origin: 'https://elsewhere.example', 'content-type': 'application/x-www-form-urlencoded' },
      payload: '',
    })
    expect(r.statusCode).toBe(403)
  })
})
