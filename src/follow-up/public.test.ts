import { readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { publicLocales } from '../base/i18n.ts'
import { cheapArgon } from '../contact/public.testing.http.ts'
import { parseReceipt } from '../contact/rules.receipt-read.ts'
import { wordLists } from '../contact/store.public.ts'
import { root } from '../platform/config.ts'
import { newId } from '../platform/records.ts'
import type { Ask } from '../platform/site.ts'
import { catalogueFor } from '../platform/words.ts'
import { fakeCheckInSalt, openQuestions, type Typed } from './store.public.ts'
import { answersOf } from './store.ts'
import { type FollowUpWorld, followUpWorld, pressed } from './world.testing.ts'

let w: FollowUpWorld
let id: string
let words: string
const list = readFileSync(path.join(root, 'content/words/ru.txt'), 'utf8').trim().split('\n')
const others = (n: number) => Array.from({ length: n }, (_, i) => list[(i * 97 + 11) % 2048]!)
beforeAll(async () => {
  w = await followUpWorld()
  id = await w.closed()
  words = await w.code(w.people.worker, id, { danger: 'сорока' })
}, 120_000)
afterAll(async () => {
  expect(w.logged).toEqual([])
  expect(w.siteLogged).toEqual([])
  await w.end()
})
const answers = () => w.as(w.people.worker, a => answersOf(a, id))
const levels = { safe: '2', slept: '3', food: '4', school: 'skip', talk: '5' }

test('a code that nobody has, a wrong secret, a wrong word, an ended code and "I am not alone" are one page, byte for byte', async () => {
  const ended = await w.code(w.people.worker, await w.closed(), { word: 'тюльпан' })
  await w.db.owner.query('update app.check_in_code set ended_day = current_date where case_id <> $1', [id])
  const mine = words.split(' ')
  const tries: [string, string][] = [
    [words, 'не то'],
    [words, 'сорока'],
    [[...mine.slice(0, 2), ...others(6)].join(' '), 'зонтик'],
    [[...others(2).reverse(), ...others(6)].join(' '), 'зонтик'],
    [ended, 'тюльпан'],
  ]
  const before = (await answers()).length
  const pages = []
  for (const [x, word] of tries) pages.push(await w.press('/ru/day', { words: x, word }))
  // What stays after "someone is here", from a page that was open and from one that was not.
  const form = (await w.door(words, 'зонтик'))!
  pages.push(await w.press('/ru/day/next', { ...form, safe: '1', line: 'он пришёл', ...pressed('someone') }))
  pages.push(await w.press('/ru/day/next', { words: 'один два', word: '', ...pressed('someone') }))
  pages.push(await w.press('/ru/day/next', { words: tries[2]![0], word: 'зонтик', id: newId(), ...levels, ...pressed('send') }))
  for (const p of pages) {
    expect(p.statusCode).toBe(422)
    expect(p.body).toBe(pages[0]!.body)
    expect({ ...p.headers, date: 0 }).toEqual({ ...pages[0]!.headers, date: 0 })
  }
  // Nothing is lost, and both marks are seen.
  const now = await answers()
  expect(now.slice(0, now.length - before).map(a => [a.help, a.unread, a.child?.someone, a.child?.answers.safe, a.child?.words])).toEqual([
    [true, true, 'button', 1, 'он пришёл'],
    [true, true, 'word', null, ''],
  ])
  const page = (await w.get(w.people.worker, `/ru/cases/${id}/follow-up`)).body
  expect(page).toContain('я не один')
  expect(page).toContain('рядом кто-то был')
})

test('every way takes the same steps: one question, one hash, one proof with the same sizes', async () => {
  const seen: string[][] = []
  const typed = (text: string, word: string): Typed => {
    const r = parseReceipt(text, wordLists)
    if (!r.ok) throw new Error('words')
    return { locator: r.locator, secret: r.secret, word }
  }
  const mine = words.split(' ')
  for (const t of [
    typed(words, 'не то'),
    typed(words, 'сорока'),
    typed([...mine.slice(0, 2), ...others(6)].join(' '), 'зонтик'),
    typed([...others(2).reverse(), ...others(6)].join(' '), 'зонтик'),
    typed(words, 'зонтик'),
  ]) {
    const steps: string[] = []
    const ask: Ask = (fn, values) => {
      steps.push(`${fn} ${values.map(v => (Buffer.isBuffer(v) ? v.length : typeof v)).join()}`)
      return w.site.ask(fn, values)
    }
    const q = cheapArgon()
    const hashing: typeof q = {
      ...q,
      hash: (s, salt, cost) => {
        steps.push(`hash ${salt.length} ${JSON.stringify(cost)}`)
        return q.hash(s, salt)
      },
    }
    await openQuestions(ask, hashing, w.db.keys.fake_salt, t, 'ru')
    seen.push(steps)
  }
  for (const s of seen) expect(s).toEqual(seen[0])
  expect(seen[0]!.length).toBe(3)
  const salt = fakeCheckInSalt(w.db.keys.fake_salt, 7)
  expect([salt.length, salt.equals(fakeCheckInSalt(w.db.keys.fake_salt, 7)), salt.equals(fakeCheckInSalt(w.db.keys.fake_salt, 8))]).toEqual(
    [16, true, false],
  )
})

test('wrong words in a row wait a little longer each time; the right ones open it all the while', async () => {
  const state = async () =>
    (
      await w.db.owner.query<{ fails: number; wait: number }>(
        'select fails, greatest(0, extract(epoch from next_try - clock_timestamp()))::float as wait from app.check_in_code where case_id = $1 and ended_day is null',
        [id],
      )
    ).rows[0]!
  await w.db.owner.query("update app.check_in_code set fails = 2, next_try = '-infinity' where case_id = $1", [id])
  await w.press('/ru/day', { words, word: 'не то' })
  expect(await state()).toMatchObject({ fails: 3 })
  expect((await state()).wait).toBeGreaterThan(0)
  expect(await w.door(words, 'зонтик')).toBeDefined()
  expect(await state()).toEqual({ fails: 0, wait: 0 })
})

test('the pages look like nothing, in every language: no name, no place, no own words, no cookie, nothing in the address', async () => {
  for (const lang of publicLocales) {
    const door = await w.seen(`/${lang}/day`)
    expect(door.statusCode).toBe(200)
    const form = (await w.press(`/${lang}/day`, { words, word: 'зонтик' })).body
    for (const html of [door.body, form]) {
      const shown = html.replace(/<input type="hidden"[^>]*>/g, '')
      expect(shown).not.toMatch(/Лола|D-[0-9A-Z]{7}|зонтик|Севернее|[Дд]оверие|Doverie|>follow-up-public\./)
      for (const at of [0, 2, 4, 6])
        expect(shown).not.toContain(
          words
            .split(' ')
            .slice(at, at + 2)
            .join(' '),
        )
      expect(html).toContain(
        `<title>${catalogueFor(lang === 'uz-Cyrl' ? 'uz' : lang)['base.public.neutralTitle']}`.slice(0, lang === 'uz-Cyrl' ? 7 : undefined),
      )
      expect(html).toContain('govuk-js-exit-this-page-button')
      expect(html).not.toMatch(/<form[^>]*method="get"|\sstyle=|\son[a-z]+=|<img/)
      expect(html.match(/<h1/g)).toHaveLength(1)
    }
    expect(form.match(/<use href="#face-/g)).toHaveLength(25)
    expect(form.match(/type="radio"/g)).toHaveLength(30)
    for (const then of ['send', 'help', 'someone']) expect(form).toContain(`value="${then}" name="then"`)
    expect(Buffer.byteLength(form)).toBeLessThan(30 * 1024)
    expect(door.headers['set-cookie']).toBeUndefined()
    expect(String(door.headers['cache-control'])).toContain('no-store')
  }
  expect((await w.seen('/ru/day/next')).headers.location).toBe('/ru/day')
})

test('what is wrong is said in words and keeps what was chosen; words that cannot be read are told from the lists alone', async () => {
  expect((await w.press('/ru/day', { words: 'один два', word: 'x' })).body).toContain('один два')
  expect((await w.press('/ru/day', {})).statusCode).toBe(422)
  const form = (await w.door(words, 'зонтик'))!
  const again = await w.press('/ru/day/next', { ...form, safe: '9', slept: '4', line: 'а'.repeat(1001), ...pressed('send') })
  expect([again.statusCode, again.body.includes('Выбери ответ из списка'), again.body.includes('слишком длинно')]).toEqual([
    422,
    true,
    true,
  ])
  expect(again.body).toMatch(/id="slept-4"[^>]*checked/)
  const stale = await w.press('/ru/day/next', { ...form, id: 'x', ...pressed('send') })
  expect([stale.statusCode, stale.body.includes('устарела')]).toEqual([422, true])
  // With somebody near what is good goes, and nothing is asked.
  const n = (await answers()).length
  const near = await w.press('/ru/day/next', { ...form, safe: '9', slept: '4', ...pressed('someone') })
  expect(near.body).toBe((await w.press('/ru/day', { words, word: 'не то' })).body)
  expect((await answers()).length).toBe(n + 1)
  expect((await answers())[0]?.child?.answers).toMatchObject({ safe: null, slept: 4 })
})

test('nothing that is sent makes an error of ours', async () => {
  const form = (await w.door(words, 'зонтик'))!
  const value = fc.oneof(
    fc.string({ maxLength: 40 }),
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.constantFrom('', '1', 'skip', words, 'зонтик'),
  )
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(fc.constantFrom('words', 'word', 'id', 'safe', 'talk', 'line', 'then', 'x', '__proto__'), value),
      async fields => {
        for (const url of ['/ru/day', '/ky/day/next'])
          expect((await w.press(url, { ...(url.endsWith('next') ? form : {}), ...fields })).statusCode).toBeLessThan(500)
      },
    ),
    { numRuns: 15 },
  )
}, 120_000)

test('a child of ten can read it: short sentences, and nothing that blames', async () => {
  for (const l of ['ru', 'en'] as const) {
    const all = Object.entries(catalogueFor(l)).filter(([k]) => k.startsWith('follow-up-public.'))
    const lengths = all.flatMap(([, x]) => x.split(/[.!?:,]+(?:\s|$)/).filter(Boolean)).map(s => s.trim().split(/\s+/).length)
    expect(Math.max(...lengths)).toBeLessThanOrEqual(12)
    expect(lengths.reduce((a, b) => a + b, 0) / lengths.length).toBeLessThan(7)
  }
  for (const k of ['follow-up.state.missed', 'follow-up.page.missedText', 'follow-up.kind.missed'])
    expect(catalogueFor('ru')[k]).not.toMatch(/пропуст|не явил|винов|не отвеча/i)
})
