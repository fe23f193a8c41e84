import { afterAll, describe, expect, test } from 'vitest'
import { random } from '../platform/crypto.ts'
import { newId } from '../platform/records.ts'
import { hiddenOf } from '../platform/testing.session.ts'
import { canary, deskWorld } from './desk.testing.ts'
import { drainContacts } from './store.list.ts'
import { addMessage, openConversation } from './store.public.ts'
import { contactMessages, convertContact } from './store.ts'

const { w, otherTeam, desk, worker, boss, argon, ask, report, walkIn, act, file, replayed } = await deskWorld()
afterAll(() => w.end())

const fakeSaltKey = random(32)

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
    expect((await w.as(desk, x => drainContacts(x))).length).toBeGreaterThan(0)
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
    const other = await act(desk, id, 'note', { more: 'два' }, hidden)
    expect([other.statusCode, other.body.includes('два'), other.body.includes('уже была сохранена')]).toEqual([409, true, true])
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
