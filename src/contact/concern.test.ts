import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { publicLocales } from '../base/i18n.ts'
import type { Site } from '../platform/site.ts'
import { wordsFor } from '../platform/words.ts'
import { cheapArgon, contactsIn, getOf, hidden, newestIn, postOf, publicSite, readByDesk, receiptIn } from './public.testing.http.ts'
import { type PublicWorld, publicWorld } from './public.testing.ts'
import { concernForm, concernOf } from './schema.concern.ts'
import { concernRows } from './screens.concern.tsx'

let w: PublicWorld
let site: Site
beforeAll(async () => {
  w = await publicWorld()
  site = publicSite(w, cheapArgon())
  await site.app.ready()
}, 60_000)
afterAll(async () => {
  await site?.app.close()
  await w?.end()
})
const fields = async (lang = 'ru') => hidden((await getOf(site)(`/${lang}/concern`)).body, `/${lang}/concern`)

describe('what is not taken', () => {
  test('no question about where somebody comes from, faith or papers exists', () => {
    expect(Object.keys(concernForm.fields)).toEqual(
      'safeNow text online platform where when atRisk by knows submission seed language'.split(' '),
    )
    for (const lang of publicLocales) {
      const t = wordsFor(lang)
      expect(t('concern.page.notAsked').length, lang).toBeGreaterThan(40)
      for (const f of Object.values(concernForm.fields))
        expect(t(f.label), lang).not.toMatch(/националь|гражданств|религ|паспорт|nationalit|religio|passport|millat|fuqaro|улут|миллат/i)
    }
  })
  test('nothing, what is not writing, too much, an unknown choice, and ids that are none', async () => {
    const before = await contactsIn(w)
    const post = postOf(site)
    const own = await fields()
    for (const bad of [
      {},
      { text: ' ' },
      { text: 'a\u0000b' },
      { text: 'x'.repeat(4001) },
      { text: 'так', by: 'x'.repeat(601) },
      { text: 'так', knows: 'foreigner' },
      { text: 'так', nationality: 'x' },
      { text: 'так', submission: 'no' },
    ] as Record<string, string>[])
      expect((await post('/ru/concern', { ...own, ...bad })).statusCode, JSON.stringify(bad).slice(0, 40)).toBe(422)
    expect(await contactsIn(w)).toBe(before)
  })
})

test('one concern, sent twice, is one contact with the same words; the desk reads it and its answers', async () => {
  for (const lang of ['ru', 'uz', 'tg'] as const) {
    const own = await fields(lang)
    const before = await contactsIn(w)
    const said = {
      ...own,
      safeNow: 'no',
      text: 'Дети на стройке ночью',
      online: 'place',
      where: 'Казань, стройка у моста',
      by: 'прораб',
      knows: 'work',
    }
    const first = await postOf(site)(`/${lang}/concern`, said)
    expect(first.statusCode).toBe(200)
    expect(receiptIn(first.body)).not.toBe('')
    expect(receiptIn((await postOf(site)(`/${lang}/concern`, said)).body)).toBe(receiptIn(first.body))
    expect(await contactsIn(w)).toBe(before + 1)
    const { contact_id } = await newestIn(w)
    const { rows } = await w.owner.query('select channel, safe_now, unread from app.contact where id = $1', [contact_id])
    expect(rows[0]).toEqual({ channel: 'concern', safe_now: 'no', unread: true })
    expect(await readByDesk(w, contact_id)).toEqual(['Дети на стройке ночью'])
    // The same words lead back.
    expect((await postOf(site)(`/${lang}/back`, { words: receiptIn(first.body) })).statusCode).toBe(200)
    // Sent again with other words it is kept as it was.
    expect((await postOf(site)(`/${lang}/concern`, { ...said, by: 'другой' })).statusCode).toBe(409)
  }
})

test('answers are shown as questions and words; what was left empty is not shown', () => {
  const { report, answers } = concernOf({
    text: 'так',
    submission: '00000000-0000-4000-8000-000000000000',
    seed: 'ab'.repeat(32),
    language: 'ru',
    online: 'net',
    platform: '@loader',
    by: '',
  })
  expect([report.who, report.safeNow, answers]).toEqual(['child', 'not_asked', { online: 'net', platform: '@loader' }])
  const rows = concernRows({ ...answers, strange: 'x' }, wordsFor('en'))
  expect(rows.map(r => r.value.text)).toEqual(['Online', '@loader'])
})
