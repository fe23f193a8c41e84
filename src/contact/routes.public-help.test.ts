import { afterAll, beforeAll, expect, test } from 'vitest'
import { publicLocales } from '../base/i18n.ts'
import type { Site } from '../platform/site.ts'
import { cheapArgon, getOf, postOf, publicSite } from './public.testing.http.ts'
import { type PublicWorld, publicWorld } from './public.testing.ts'

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
const counted = async () =>
  (await w.owner.query<{ what: string; n: number }>("select what, n from app.public_count where what like 'helped%' order by what")).rows

test('whatever else is sent counts nothing and is thanked all the same', async () => {
  for (const answer of ['', 'maybe', "yes'; drop table app.public_count --", 'x'.repeat(10_000)]) {
    const r = await postOf(site)('/ru/helped', { answer })
    expect(r.statusCode).toBe(200)
  }
  expect(await counted()).toEqual([])
})
test('one touch in each language, counted by day and answer, with no cookie and no word of who', async () => {
  for (const lang of publicLocales) {
    const shown = await getOf(site)(`/${lang}/helped`)
    expect(shown.statusCode).toBe(200)
    expect(shown.headers['set-cookie']).toBeUndefined()
    expect(shown.body.match(/name="answer"/g)).toHaveLength(3)
    expect((await postOf(site)(`/${lang}/helped`, { answer: 'partly' })).statusCode).toBe(200)
  }
  expect(await counted()).toEqual([{ what: 'helped_partly', n: publicLocales.length }])
})
