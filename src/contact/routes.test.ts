import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Id } from '../base/id.ts'
import { roles } from '../base/people.ts'
import { argonQueue } from '../platform/argon.ts'
import { random } from '../platform/crypto.ts'
import { newId, readJournal } from '../platform/records.ts'
import type { Ask } from '../platform/site.ts'
import { hiddenOf, officeWorld, type Person, type World } from '../platform/testing.session.ts'
import { contactPolicy } from './policy.ts'
import { registerContact } from './routes.ts'
import { apply, begin, type ContactFile } from './rules.ts'
import { contactActs } from './schema.forms.ts'
import { openEvent } from './schema.ts'
import { drainContacts } from './store.list.ts'
import { addMessage, openConversation, submitReport } from './store.public.ts'
import { contactMessages, convertContact, findContactFile } from './store.ts'

let w: World
let desk: Person
let worker: Person
let boss: Person
let stranger: Person
let home: Id
let otherTeam: Id
const argon = argonQueue()
const fakeSaltKey = random(32)
let ask: Ask

beforeAll(async () => {
  w = await officeWorld(registerContact, [contactPolicy])
  const [a, b] = [await w.agency(), await w.agency()]
  home = await w.team(a, { intake: true, name: 'Дежурство' })
  otherTeam = await w.team(b, { name: 'Чужая' })
  desk = await w.person({ agency: a, roles: ['duty_specialist'], member: [[home, 'desk']], alias: 'Ласточка' })
  worker = await w.person({ agency: a, roles: ['case_worker'], member: [[home, 'casework']], alias: 'Сойка' })
  boss = await w.person({ agency: a, roles: ['supervisor'], member: [[home, 'supervision']], alias: 'Филин' })
  stranger = await w.person({
    agency: b,
    roles: ['duty_specialist', 'case_worker', 'supervisor'],
    member: [[otherTeam, 'casework']],
    alias: 'Чайка',
  })
  const pool = w.db.pool('public_in', 2)
  ask = async <R>(fn: string, values: readonly unknown[]) =>
    (await pool.query(`select * from app.${fn}(${values.map((_, i) => `$${i + 1}`).join(', ')})`, values as unknown[])).rows as R[]
}, 60_000)
afterAll(async () => {
  await w?.end()
})

const canary = 'Меня держат на складе, паспорт забрали'
/** A worry from the public site; with the words that lead back to it. */
const report = async (text = canary, safeNow: 'yes' | 'no' | 'unsure' | 'not_asked' = 'not_asked') => {
  const done = await submitReport(
    ask,
    argon,
    { safeNow, who: 'me', text, where: 'у вокзала', submission: newId(), seed: random(32).toString('hex'), language: 'uz' },
    new Date().toISOString(),
  )
  if (done.kind !== 'saved') throw new Error(done.kind)
  const { rows } = await w.db.owner.query<{ contact_id: Id }>('select contact_id from app.conversation where locator = $1', [
    done.receipt.locator,
  ])
  return { id: rows[0]!.contact_id, receipt: done.receipt }
}
/** Somebody who walked in, written down by the desk. */
const walkIn = async (who: Person, fields: Record<string, string> = {}): Promise<Id> => {
  const url = '/ru/contacts/new/walk-in'
  const shown = await w.get(who, url)
  const r = await w.post(who, url, {
    ...hiddenOf(shown.body, url),
    safeNow: 'no',
    from: 'police',
    cameWith: 'инспектор ПДН',
    papers: 'no',
    said: canary,
    language: 'tg',
    explained: 'yes',
    ...fields,
  })
  expect(r.statusCode, r.body).toBe(303)
  return /contacts\/([0-9a-f-]{36})/.exec(String(r.headers.location))![1]!
}
/** Sends one act as the contact's page offers it. */
const act = async (who: Person, id: Id, name: string, fields: Record<string, string | string[]>, hidden?: Record<string, string>) => {
  const url = `/ru/contacts/${id}/${name}`
  return w.post(who, url, { ...(hidden ?? hiddenOf((await w.get(who, `/ru/contacts/${id}`)).body, url)), ...fields })
}
const file = (who: Person, id: Id): Promise<ContactFile | undefined> => w.as(who, x => findContactFile(x, id))
const urls = (id: Id) => [
  '/contacts',
  '/contacts/new',
  '/contacts/new/walk-in',
  '/contacts/new/call',
  `/contacts/${id}`,
  ...contactActs.map(a => `/contacts/${id}/${a}`),
]

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

  test('a hostile contact is in no list but the one of closed contacts', async () => {
    const id = await walkIn(desk)
    expect((await act(desk, id, 'close', { outcome: 'hostile' })).statusCode).toBe(303)
    for (const q of ['', '?state=new', '?state=open', '?state=converted', '?channel=walk_in', '?mine=1'])
      expect((await w.get(desk, `/ru/contacts${q}`)).body, q).not.toContain(id)
    const closed = (await w.get(desk, '/ru/contacts?state=closed')).body
    expect(closed).toContain(id)
    expect(closed).not.toContain('Угрозы')
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
    await w.db.owner.query("delete from app.contact where channel = 'letter'")
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
})

describe('a report and its answer', () => {
  test('read, judged, answered in the sender’s language; the sender reads it with their words; closing waits for reading', async () => {
    const { id, receipt } = await report(canary, 'unsure')
    const page = await w.get(desk, `/ru/contacts/${id}`)
    expect(page.body).toContain(canary)
    expect(page.body).toContain('у вокзала')
    expect((await file(desk, id))!.contact).toMatchObject({ unread: true, state: 'new', version: 1 })
    const early = await act(desk, id, 'close', { outcome: 'advice_given' }, { command: newId(), version: '1' })
    expect(early.statusCode).toBe(409)
    expect((await file(desk, id))!.contact.state).toBe('new')

    expect((await act(desk, id, 'read', {})).statusCode).toBe(303)
    expect((await act(desk, id, 'urgency', { urgency: 'today', why: 'говорит о складе' })).statusCode).toBe(303)
    const sent = await act(desk, id, 'answer', { sentences: ['secret', 'thanks'], text: 'Мы рядом.' })
    expect(sent.headers.location).toBe(`/ru/contacts/${id}?done=sent`)
    const now = await file(desk, id)
    expect(now!.story!.explained.at(-1)).toMatchObject({ language: 'uz', by: desk.id })
    const back = await openConversation(ask, argon, fakeSaltKey, receipt)
    if (back.kind !== 'open') throw new Error(back.kind)
    expect(back.conversation.replies).toHaveLength(1)
    expect(back.conversation.replies[0]!.text).toContain('Xabaringiz uchun rahmat')
    expect(back.conversation.replies[0]!.text).toContain('Мы рядом.')

    expect(await addMessage(ask, back.conversation, receipt.locator, { text: 'Спасибо, я у метро', command: newId() }, 'uz')).toBe('saved')
    expect((await file(desk, id))!.contact.unread).toBe(true)
    expect(
      (
        await act(
          desk,
          id,
          'close',
          { outcome: 'advice_given' },
          { command: newId(), version: String((await file(desk, id))!.contact.version) },
        )
      ).statusCode,
    ).toBe(409)
    expect((await w.as(desk, x => contactMessages(x, id))).map(m => m.direction)).toEqual(['in', 'out', 'in'])
    expect((await act(desk, id, 'read', {})).statusCode).toBe(303)
    expect((await act(desk, id, 'close', { outcome: 'advice_given', closing: 'совет дан' })).statusCode).toBe(303)
    expect((await act(desk, id, 'reopen', { again: 'написали снова' })).statusCode).toBe(303)
    await replayed(id)
  })

  test('what arrived as a sealed box is re-wrapped at the unlock and leaves the queue', async () => {
    const { id } = await report()
    const waiting = async () =>
      Number((await w.db.owner.query<{ n: string }>('select count(*) as n from app.unlocked_work where record = $1', [id])).rows[0]!.n)
    expect(await waiting()).toBe(1)
    await w.as(boss, x => drainContacts(x))
    expect(await waiting(), 'who holds no story key drains nothing').toBe(1)
    expect(await w.as(desk, x => drainContacts(x))).toBeGreaterThan(0)
    expect(await waiting()).toBe(0)
    const { rows } = await w.db.owner.query<{ holder: string; form: number }>(
      'select holder, form from app.key_wrap where record = $1 and compartment = 4 order by holder',
      [id],
    )
    expect(rows).toEqual([
      { holder: 'epoch', form: 1 },
      { holder: 'recovery', form: 0 },
      { holder: 'team', form: 1 },
    ])
  })

  test('a conversation cannot be noted into, and what staff wrote down cannot be answered', async () => {
    const { id } = await report()
    expect((await act(desk, id, 'note', { more: 'x' }, { command: newId(), version: '1' })).statusCode).toBe(409)
    const own = await walkIn(desk)
    expect((await act(desk, own, 'answer', { text: 'x' }, { command: newId(), version: '1' })).statusCode).toBe(409)
    expect((await act(desk, own, 'note', { more: 'сказала, что голодна' })).statusCode).toBe(303)
    expect((await w.get(worker, `/ru/contacts/${own}`)).body).toContain('сказала, что голодна')
    await replayed(own)
  })
})

/** The journal, replayed, is the row and the sealed values. */
const replayed = async (id: Id) => {
  const stored = (await file(desk, id))!
  const events = await w.as(desk, x => readJournal(x, id, ['story', 'summary']))
  let state: ContactFile | undefined
  for (const e of events) {
    const event = openEvent(e)!
    state = state ? apply(state, event) : begin(id, home, event as Extract<typeof event, { type: 'contact_received' }>)
  }
  // The public site rounds in the database: at a quarter's edge the two clocks may differ by one.
  expect({ ...state!, contact: { ...state!.contact, received: stored.contact.received } }).toEqual(stored)
}

describe('commands', () => {
  test('every act of a walk-in replays to the row', async () => {
    const id = await walkIn(worker)
    expect((await file(desk, id))!).toMatchObject({
      contact: { channel: 'walk_in', safeNow: 'no', unread: false },
      story: { from: 'police', papers: 'no', language: 'tg', explained: [{ language: 'tg', by: worker.id }] },
    })
    expect((await act(desk, id, 'explained', { spoken: 'tg' })).statusCode).toBe(303)
    expect((await act(desk, id, 'assign', { to: worker.id })).statusCode).toBe(303)
    expect((await act(worker, id, 'urgency', { urgency: 'week', why: 'живёт у тёти' })).statusCode).toBe(303)
    const [one, two] = [newId(), newId()]
    const done = await w.as(worker, x =>
      convertContact(x, { contact: { id }, command: newId(), caseIds: [one, two], circumstances: 'девять мальчиков, одна квартира' }),
    )
    expect(done.ok).toBe(true)
    expect(await file(worker, id)).toMatchObject({
      contact: { state: 'converted' },
      course: { cases: [one, two] },
      story: { circumstances: 'девять мальчиков, одна квартира' },
    })
    expect(
      (
        await act(
          worker,
          id,
          'close',
          { outcome: 'other', closing: 'x' },
          { command: newId(), version: String((await file(worker, id))!.contact.version) },
        )
      ).statusCode,
    ).toBe(409)
    await replayed(id)
  })

  test('the same form twice happens once and is answered the same; the same id with other content is refused', async () => {
    const url = '/ru/contacts/new/call'
    const fields = {
      ...hiddenOf((await w.get(desk, url)).body, url),
      how: 'call',
      safeNow: 'unsure',
      from: 'teacher',
      said: 'Не ходит в школу',
      language: 'ru',
    }
    const [first, second] = [await w.post(desk, url, fields), await w.post(desk, url, fields)]
    expect(first.statusCode).toBe(303)
    expect(second.headers.location).toBe(first.headers.location)
    const clash = await w.post(desk, url, { ...fields, said: 'Другое' })
    expect(clash.statusCode).toBe(409)
    expect(clash.body).toContain('Другое')

    const id = await walkIn(desk)
    const hidden = hiddenOf((await w.get(desk, `/ru/contacts/${id}`)).body, `/ru/contacts/${id}/note`)
    const a = await act(desk, id, 'note', { more: 'раз' }, hidden)
    const b = await act(desk, id, 'note', { more: 'раз' }, hidden)
    expect([a.statusCode, b.statusCode, b.headers.location]).toEqual([303, 303, a.headers.location])
    expect(await w.as(desk, x => contactMessages(x, id))).toHaveLength(2)
    expect((await act(desk, id, 'note', { more: 'два' }, hidden)).statusCode).toBe(409)
    expect((await act(worker, id, 'note', { more: 'раз' }, hidden)).statusCode).toBe(409)
  })

  test('a stale form shows what stands now beside what was typed, keeps it, and can be sent again', async () => {
    const id = await walkIn(desk)
    const hidden = hiddenOf((await w.get(desk, `/ru/contacts/${id}`)).body, `/ru/contacts/${id}/urgency`)
    expect((await act(worker, id, 'urgency', { urgency: 'today', why: 'успею днём' })).statusCode).toBe(303)
    const mine = { urgency: 'now', why: 'она уже стоит у двери' }
    const stale = await act(desk, id, 'urgency', mine, hidden)
    expect(stale.statusCode).toBe(409)
    expect(stale.body).toContain('успею днём')
    expect(stale.body.split('она уже стоит у двери').length - 1, 'in the table and in the form').toBe(2)
    expect((await act(desk, id, 'urgency', mine, hidden)).statusCode, 'a refusal sent twice is refused twice').toBe(409)
    expect((await file(desk, id))!.contact.urgency).toBe('today')
    const again = hiddenOf(stale.body, `/ru/contacts/${id}/urgency`)
    expect((await act(desk, id, 'urgency', mine, again)).statusCode).toBe(303)
    expect((await file(desk, id))!.story!.urgencyReason).toBe('она уже стоит у двери')
    await replayed(id)
  })

  test('what a form lacks is said, and everything typed is still there', async () => {
    const url = '/ru/contacts/new/walk-in'
    const r = await w.post(desk, url, {
      ...hiddenOf((await w.get(desk, url)).body, url),
      safeNow: 'no',
      from: '',
      papers: 'no',
      said: 'Слова, которые нельзя потерять',
      language: 'ru',
    })
    expect(r.statusCode).toBe(422)
    expect(r.body).toContain('govuk-error-summary')
    expect(r.body).toContain('Слова, которые нельзя потерять')
    const id = await walkIn(desk)
    expect((await act(desk, id, 'close', { outcome: 'other' })).statusCode).toBe(422)
    expect((await act(desk, id, 'assign', { to: boss.id })).statusCode).toBe(422)
    expect((await act(desk, id, 'urgency', { urgency: 'soon', why: 'x' })).statusCode).toBe(422)
    expect(
      (await act(desk, id, 'urgency', { urgency: 'now', why: 'x', homeGroup: otherTeam })).statusCode,
      'unknown fields are refused',
    ).toBe(422)
  })
})

test('every page speaks Russian and English without a missing word', async () => {
  const { id } = await report()
  const own = await walkIn(desk)
  for (const lang of ['ru', 'en'])
    for (const who of [desk, worker, boss])
      for (const url of [...urls(id), `/contacts/${own}`, '/contacts?state=closed', '/contacts?state=converted']) {
        const r = await w.get(who, `/${lang}${url}`)
        expect([200, 303, 404], `${lang} ${url}`).toContain(r.statusCode)
        expect(r.body, `${lang} ${url}`).not.toMatch(/>(contact|base)\.[\w-]+\.[\w.-]+</)
      }
})

test('no form, whatever is in it, is answered with an error of ours', async () => {
  const id = await walkIn(desk)
  const targets = ['/contacts/new/walk-in', '/contacts/new/call', ...contactActs.map(a => `/contacts/${id}/${a}`)]
  const names = [
    'urgency',
    'why',
    'to',
    'sentences',
    'text',
    'more',
    'spoken',
    'outcome',
    'closing',
    'again',
    'safeNow',
    'from',
    'cameWith',
    'papers',
    'said',
    'language',
    'explained',
    'how',
    'x',
    '__proto__',
  ]
  const value = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.constantFrom('now', 'ru', 'no', 'yes', 'call', 'other', 'hostile', 'x'.repeat(5000), desk.id, '\u0000', '﷽', 'not_asked'),
  )
  const form = fc.record({
    url: fc.constantFrom(...targets),
    fields: fc.dictionary(fc.constantFrom(...names), fc.oneof(value, fc.array(value, { maxLength: 3 })), { maxKeys: 8 }),
    command: fc.oneof(fc.uuid({ version: 4 }), fc.string()),
    version: fc.oneof(fc.integer({ min: -1, max: 5 }).map(String), fc.string()),
  })
  const seed = Date.now() % 2 ** 31
  let count = 0
  await fc.assert(
    fc.asyncProperty(form, async f => {
      count++
      const r = await w.post(desk, `/ru${f.url}`, { command: f.command, version: f.version, ...f.fields })
      expect(r.statusCode, r.body).toBeLessThan(500)
    }),
    { seed, numRuns: 100_000, interruptAfterTimeLimit: Number(process.env.FUZZ_MS ?? 8000) },
  )
  console.log(`contact forms: ${count} with seed ${seed}`)
  expect(w.logged).toEqual([])
}, 120_000)
