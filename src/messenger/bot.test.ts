import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Id } from '../base/id.ts'
import { getOf, hidden, postOf, receiptIn } from '../contact/public.testing.http.ts'
import { contactMessages } from '../contact/store.ts'
import { buildHooks } from './routes.hook.ts'
import { telegramUpdate, vkEvent, vkGroup } from './stub.testing.ts'
import { linkIn, messengerWorld } from './world.testing.ts'

type World = Awaited<ReturnType<typeof messengerWorld>>
let w: World
beforeAll(async () => {
  w = await messengerWorld()
}, 90_000)
afterAll(() => w?.end())

let n = 100
const say = async (chat: number, text: string, more: Record<string, unknown> = {}, from: Record<string, unknown> = {}) => {
  const update = telegramUpdate(n++, chat, { text, ...more }, from)
  await w.bot.take(w.adapters[0], update)
  return update
}
const heard = (chat: number) => w.tg.sent.filter(s => s.chat === String(chat)).map(s => s.text)
const contactOf = async (chat: number): Promise<Id> => {
  const { lookupOf } = await import('./store.ts')
  const { rows } = await w.w.db.owner.query<{ contact_id: Id }>('select contact_id from app.messenger_chat where lookup_hmac = $1', [
    lookupOf(w.keys, 'telegram', String(chat)),
  ])
  return rows[0]!.contact_id
}
const words = async (id: Id) => (await w.w.as(w.desk, x => contactMessages(x, id))).map(m => m.body?.text)
const answer = async (id: Id, text: string) => {
  const done = await w.act(w.desk, id, 'answer', { text })
  expect(done.statusCode, done.body).toBe(303)
}

describe('what is refused', () => {
  const hooks = () => buildHooks({ bot: w.bot, adapters: w.adapters, trustProxy: false, https: false, log: () => undefined })
  const call = (app: ReturnType<typeof hooks>, url: string, body: unknown, headers: Record<string, string> = {}) =>
    app.inject({ method: 'POST', url, headers: { 'content-type': 'application/json', ...headers }, payload: JSON.stringify(body) })

  test('a call with a wrong secret, without one, or to another address: 404, and nothing is saved', async () => {
    const app = hooks()
    const before = (await w.contacts()).length
    const update = telegramUpdate(1, 1, { text: 'привет' })
    const path = `/${w.adapters[0].hook!.path}`
    for (const r of [
      await call(app, path, update),
      await call(app, path, update, { 'x-telegram-bot-api-secret-token': 'guess' }),
      await call(app, '/telegram/guess', update),
      await call(app, '/vk', { ...vkEvent(1, 7, { text: 'привет' }) }),
      await call(app, '/vk', { ...vkEvent(1, 7, { text: 'привет' }), secret: 'guess' }),
      await call(app, '/vk', { type: 'confirmation', group_id: 1 }),
      await call(app, '/vk', { type: 'confirmation', group_id: vkGroup, secret: 'guess' }),
    ])
      expect([r.statusCode, r.body]).toEqual([404, 'not found'])
    expect((await w.contacts()).length).toBe(before)
    await app.close()
  })
  test('with the right one it is taken; the same event again is one message; VK hears what it wants', async () => {
    const app = hooks()
    await w.adapters[0].hook!.announce!('https://bot.example')
    const told = w.tg.hook()!
    expect(told.url).toBe(`https://bot.example/${w.adapters[0].hook!.path}`)
    const headers = { 'x-telegram-bot-api-secret-token': String(told.secret_token) }
    const update = telegramUpdate(2, 2, { text: 'Сухан аз вебҳук' })
    for (let i = 0; i < 3; i++) expect((await call(app, `/${w.adapters[0].hook!.path}`, update, headers)).statusCode).toBe(200)
    expect(await words(await contactOf(2))).toEqual(['Сухан аз вебҳук'])
    expect((await call(app, '/vk', { type: 'confirmation', group_id: vkGroup })).body).toBe('c0nf1rm')
    const event = { ...vkEvent(3, 77, { text: 'из обратного вызова' }), secret: 'vk-secret-word' }
    for (let i = 0; i < 2; i++) expect((await call(app, '/vk', event)).body).toBe('ok')
    expect(w.vkApi.sent.filter(s => s.chat === '77')).toHaveLength(1)
    // Not JSON, or of no shape that we know: nothing happens.
    expect(
      (await app.inject({ method: 'POST', url: '/vk', headers: { 'content-type': 'application/json' }, payload: '{"a":' })).statusCode,
    ).toBe(404)
    await app.close()
  })
  test('a link that is unknown, used or of another form shows the same page and opens nothing', async () => {
    const [get, post] = [getOf(w.site), postOf(w.site)]
    const page = (await get(`/ru/go/${'A'.repeat(22)}`)).body
    expect(page).toContain('Эта ссылка больше не работает')
    expect((await post(`/ru/go/${'A'.repeat(22)}`, {})).body).toBe(page)
    expect((await get('/ru/go/short')).body).toBe(page)
  })
  test('pictures, files, voice and stickers: a kind sentence, nothing fetched, nothing kept of them', async () => {
    const before = (await w.contacts()).length
    for (const media of [
      { photo: [{ file_id: 'CANARYFILE', file_unique_id: 'x', width: 1, height: 1 }], caption: 'смотри' },
      { voice: { file_id: 'CANARYFILE' } },
      { sticker: { file_id: 'CANARYFILE' } },
      { document: { file_id: 'CANARYFILE', file_name: 'a.pdf' } },
      { contact: { phone_number: '+7' } },
      { location: { latitude: 1, longitude: 2 } },
    ])
      await w.bot.take(w.adapters[0], telegramUpdate(n++, 50, media))
    await w.bot.take(w.adapters[1], vkEvent(n++, 50, { text: '', attachments: [{ type: 'photo', photo: { id: 1 } }] }))
    expect(heard(50)).toHaveLength(6)
    expect(new Set(heard(50)).size).toBe(1)
    expect(heard(50)[0]).toContain('не присылай картинки')
    expect(w.vkApi.sent.at(-1)?.text).toContain('не присылай картинки')
    expect([...w.tg.strange, ...w.vkApi.strange]).toEqual([])
    expect((await w.contacts()).length).toBe(before)
  })
  test('too long is said; a flood is told once and then passed over', async () => {
    await say(51, 'а'.repeat(4001))
    expect(heard(51)[0]).toContain('4000')
    for (let i = 0; i < 40; i++) await say(52, `слово ${i}`)
    expect(heard(52).filter(t => t.includes('Последние не дошли'))).toHaveLength(1)
    expect((await words(await contactOf(52))).length).toBe(20)
  })
})

describe('many accounts at once', () => {
  test('newcomers beyond so many a minute are shown the page, and who is known already is heard all the while', async () => {
    const bot = w.restarted()
    // Begins with a new minute, so that all of them fall into one.
    w.time.offset = 60_000 - (Date.now() % 60_000) + 60_000
    const before = (await w.contacts()).length
    for (let i = 0; i < 65; i++) await bot.take(w.adapters[0], telegramUpdate(n++, 800_000 + i, { text: 'слово' }))
    expect((await w.contacts()).length - before).toBe(60)
    expect(heard(800_064)[0]).toContain('http://localhost:4301/ru/')
    expect(heard(800_064)[0]).toContain('112')
    await bot.take(w.adapters[0], telegramUpdate(n++, 800_000, { text: 'ещё' }))
    expect(await words(await contactOf(800_000))).toEqual(['слово', 'ещё'])
    w.time.offset = 0
  })
})

describe('a conversation', () => {
  test('begins, is answered in the child’s language, moves to the page and stays one thread', async () => {
    const chat = 700_001
    await say(chat, '/start', {}, { language_code: 'uz' })
    expect(heard(chat)[0]).toContain('Salom')
    expect(heard(chat)[0]).toContain('/tg')
    await say(chat, 'Menga yordam kerak', {}, { language_code: 'uz' })
    await say(chat, 'Ikkinchi soʻz')
    const id = await contactOf(chat)
    expect(await words(id)).toEqual(['Menga yordam kerak', 'Ikkinchi soʻz'])
    const link = linkIn(heard(chat)[1]!)
    expect(link).toMatch(/^\/uz\/go\//)
    // A messenger that looks at the address does not use it up.
    const [get, post] = [getOf(w.site), postOf(w.site)]
    for (let i = 0; i < 3; i++) expect((await get(link)).statusCode).toBe(200)
    // Somebody else's page is too late; whoever presses twice is shown the same words twice, now and a moment later.
    const [mine, others] = [hidden((await get(link)).body, link), hidden((await get(link)).body, link)]
    const [a, again] = await Promise.all([post(link, mine), post(link, mine)])
    const late = await post(link, mine)
    expect([receiptIn(again.body), receiptIn(late.body)]).toEqual([receiptIn(a.body), receiptIn(a.body)])
    const b = await post(link, others)
    const pages = [a, b].filter(r => receiptIn(r.body) !== '')
    expect(pages).toHaveLength(1)
    const page = pages[0]!.body
    expect((await post(link, {})).body).toContain('endi ishlamaydi')
    const talk = (await post('/uz/back', hidden(page, '/uz/back'))).body
    const added = await post('/uz/talk', { ...hidden(talk, '/uz/talk'), text: 'Endi sahifadaman' })
    expect(added.statusCode).toBe(200)
    expect(await words(id)).toEqual(['Menga yordam kerak', 'Ikkinchi soʻz', 'Endi sahifadaman'])
    // An answer waits on the page now, and is not sent to the messenger.
    await w.act(w.desk, id, 'read', {})
    await answer(id, 'Javob')
    expect(await w.bot.deliver()).toBe(0)
    expect((await post('/uz/back', hidden(page, '/uz/back'))).body).toContain('Javob')
    // What is still written in the messenger comes to the same contact; no link is given any more.
    await say(chat, 'yana messenjerda')
    expect(heard(chat).at(-1)).not.toContain('/go/')
    expect((await words(id)).length).toBe(5)
    await w.replayed(id)
    const { rows } = await w.w.db.owner.query("select via from app.message where contact_id = $1 and direction = 'in' order by seq", [id])
    expect(rows.map(r => r.via)).toEqual(['telegram', 'telegram', null, 'telegram'])
    // Beginning again after that is another conversation.
    await say(chat, '/start')
    await say(chat, 'yangi')
    expect(await contactOf(chat)).not.toBe(id)
  })

  test('a link ends after a quarter of an hour, and when a newer one is given', async () => {
    await say(700_002, 'слово')
    const first = linkIn(heard(700_002)[0]!)
    await say(700_002, '/start')
    const second = linkIn(heard(700_002)[1]!)
    const get = getOf(w.site)
    expect((await get(first)).body).toContain('больше не работает')
    expect((await get(second)).body).toContain('Продолжить здесь')
    const { rows } = await w.w.db.owner.query(
      "update app.messenger_link set until = until - interval '15 minutes' where contact_id = $1 returning until <= now() as over",
      [await contactOf(700_002)],
    )
    expect(rows).toEqual([{ over: true }])
    expect((await get(second)).body).toContain('больше не работает')
    expect(receiptIn((await postOf(w.site)(second, {})).body)).toBe('')
  })

  test('an answer arrives within two seconds, once, in order, and its copy is deleted; while the messenger refuses it waits', async () => {
    const stop = w.run()
    try {
      w.tg.updates.push(telegramUpdate(n++, 700_003, { text: 'Мне страшно' }))
      await w.until(() => heard(700_003).length === 1)
      const id = await contactOf(700_003)
      const before = Date.now()
      await answer(id, 'Мы рядом. CANARYANSWER')
      await w.until(() => heard(700_003).some(t => t.includes('CANARYANSWER')), 2_500)
      expect(Date.now() - before).toBeLessThan(2_500)
      const state = async () =>
        (
          await w.w.db.owner.query(
            "select delivery, sealed_out from app.message where contact_id = $1 and direction = 'out' order by seq",
            [id],
          )
        ).rows
      await w.until(async () => (await state())[0].delivery === 'sent')
      expect(await state()).toEqual([{ delivery: 'sent', sealed_out: null }])
      w.tg.fail(1)
      await answer(id, 'второй')
      await answer(id, 'третий')
      await w.until(() => heard(700_003).some(t => t.includes('третий')), 8_000)
      expect(heard(700_003).slice(1)).toEqual(['Мы рядом. CANARYANSWER', 'второй', 'третий'])
    } finally {
      await stop()
    }
  })

  test('who has blocked us is seen as not reached; when they write again it is sent after all', async () => {
    await say(700_004, 'слово')
    const id = await contactOf(700_004)
    w.tg.blocked.add('700004')
    await answer(id, 'ответ')
    await w.bot.deliver()
    const state = async () =>
      (await w.w.db.owner.query("select delivery from app.message where contact_id = $1 and direction = 'out'", [id])).rows
    expect(await state()).toEqual([{ delivery: 'blocked' }])
    expect(await w.bot.deliver()).toBe(0)
    w.tg.blocked.clear()
    await say(700_004, 'я снова здесь')
    expect(await w.bot.deliver()).toBe(1)
    expect(heard(700_004).at(-1)).toBe('ответ')
  })

  test('the same message after a restart is one message, and a closed contact is continued by a new one', async () => {
    const update = await say(700_005, 'один раз')
    const again = w.restarted()
    await Promise.all([again.take(w.adapters[0], update), again.take(w.adapters[0], update)])
    const id = await contactOf(700_005)
    expect(await words(id)).toEqual(['один раз'])
    expect(heard(700_005)).toHaveLength(1)
    await w.act(w.desk, id, 'read', {})
    expect((await w.act(w.desk, id, 'close', { outcome: 'silent' })).statusCode).toBe(303)
    await say(700_005, 'ещё раз')
    expect(await contactOf(700_005)).not.toBe(id)
    expect(await words(id)).toEqual(['один раз'])
  })

  test('VK by long poll: the same way, and an answer', async () => {
    const stop = w.run()
    try {
      w.vkApi.events.push(
        vkEvent(500, 88, { text: '', payload: '{"command":"start"}' }),
        vkEvent(501, 88, { text: 'Помогите', fwd_messages: [{ text: 'поедем, работа есть' }] }),
      )
      await w.until(() => w.vkApi.sent.filter(s => s.chat === '88').length === 2)
      const { lookupOf } = await import('./store.ts')
      const { rows } = await w.w.db.owner.query<{ contact_id: Id }>('select contact_id from app.messenger_chat where lookup_hmac = $1', [
        lookupOf(w.keys, 'vk', '88'),
      ])
      const id = rows[0]!.contact_id
      expect(await words(id)).toEqual(['Помогите\n\nпоедем, работа есть'])
      const heardThere = () => w.vkApi.sent.filter(s => s.chat === '88').map(s => s.text)
      expect(linkIn(heardThere()[1]!)).toMatch(/^\/ru\/go\//)
      await answer(id, 'Мы здесь')
      await w.until(() => heardThere().includes('Мы здесь'), 2_500)
      // Sent again with the same number, as after a crash between sending and noting it: VK shows it once.
      const sent = w.vkApi.sent.find(s => s.text === 'Мы здесь')!
      expect(
        await w.adapters[1].send(
          '88',
          'Мы здесь',
          `${(await w.w.db.owner.query("select id from app.message where contact_id = $1 and direction = 'out'", [id])).rows[0].id}/0`,
        ),
      ).toBe('sent')
      expect(w.vkApi.sent.filter(s => s.raw.random_id === sent.raw.random_id)).toHaveLength(1)
      w.vkApi.blocked.add('88')
      await answer(id, 'ещё раз')
      await w.until(
        async () =>
          (await w.w.db.owner.query("select 1 from app.message where contact_id = $1 and delivery = 'blocked'", [id])).rowCount === 1,
      )
    } finally {
      await stop()
    }
  })

  test('the chat of what was closed goes after a month; nothing that is open or that somebody may still answer goes', async () => {
    await say(700_009, 'закроют')
    await say(700_010, 'остаётся')
    const [closed, open] = [await contactOf(700_009), await contactOf(700_010)]
    await w.act(w.desk, closed, 'read', {})
    await w.act(w.desk, closed, 'close', { outcome: 'silent' })
    const q = w.w.db.owner
    const chats = async () =>
      (
        await q.query<{ contact_id: string }>('select contact_id from app.messenger_chat where contact_id = any ($1)', [[closed, open]])
      ).rows.map(r => r.contact_id)
    await q.query('select app.messenger_forgets()')
    expect((await chats()).length).toBe(2)
    await q.query('update app.conversation set last_day = last_day - 31 where contact_id = any ($1)', [[closed, open]])
    await q.query('select app.messenger_forgets()')
    expect((await chats()).length).toBe(2)
    await q.query("update app.message set at = at - interval '31 days' where contact_id = any ($1)", [[closed, open]])
    await q.query('select app.messenger_forgets()')
    expect(await chats()).toEqual([open])
  })

  test('markup in words and in names stays words on the pages of the office', async () => {
    const nasty = '<img src=x onerror=alert(1)><script>alert(2)</script>"\'&{{7*7}}'
    await say(700_006, nasty, {}, { first_name: nasty, last_name: '</title>', username: 'javascript:alert(3)' })
    const id = await contactOf(700_006)
    for (const url of [`/ru/contacts/${id}`, '/ru/contacts']) {
      const page = (await w.w.get(w.desk, url)).body
      expect(page).not.toMatch(/<img src=x|<script>alert/)
    }
    expect((await w.w.get(w.desk, `/ru/contacts/${id}`)).body).toContain('&lt;img src=x onerror=alert(1)>')
  })

  test('a fault of ours is told to the child, and named in the log without a word of theirs', async () => {
    const { rows } = await w.w.db.owner.query<{ id: string }>('update app.team set intake = false where intake returning id')
    await say(700_008, 'CANARYLOST слово')
    expect(heard(700_008)[0]).toContain('не получилось сохранить')
    await w.w.db.owner.query('update app.team set intake = true where id = any ($1::uuid[])', [rows.map(r => r.id)])
    await say(700_008, 'ещё раз')
    expect(await words(await contactOf(700_008))).toEqual(['ещё раз'])
    // The messages of a table that lost its function: what comes is neither saved nor believed to be.
    await w.w.db.owner.query('alter function app.public_bot_append(bytea, uuid, bytea) rename to public_bot_append_away')
    await say(700_008, 'CANARYLOST снова')
    await w.w.db.owner.query('alter function app.public_bot_append_away(bytea, uuid, bytea) rename to public_bot_append')
    expect(heard(700_008).at(-1)).toContain('не получилось сохранить')
    expect(w.logs.splice(0)).toEqual(['messenger_fault_42883'])
  })

  test('handles are in the sealed story and nowhere else: not in the database, not in the logs; no words either', async () => {
    const chat = 700_700_700
    await say(chat, 'CANARYTEXT меня держат')
    const story = (await w.file(w.desk, await contactOf(chat)))!.story!
    expect(story.answers).toEqual({
      messenger: 'telegram',
      messengerId: String(chat),
      messengerHandle: '@zebi_canary_handle',
      messengerName: 'Zebiniso',
    })
    const tables = (
      await w.w.db.owner.query<{ t: string }>(
        "select table_name as t from information_schema.tables where table_schema = 'app' and table_type = 'BASE TABLE'",
      )
    ).rows
    for (const { t } of tables) {
      const { rows } = await w.w.db.owner.query(
        `select 1 from app.${t} x where x::text ~ '(zebi_canary_handle|CANARY|Zebiniso|${chat})' limit 1`,
      )
      expect([t, rows.length]).toEqual([t, 0])
    }
    expect(w.logs.join('\n')).not.toMatch(/zebi|CANARY|Zebiniso|700/)
  })
})
