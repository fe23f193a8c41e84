import { expect, test } from 'vitest'
import { buildOffice } from './main.office.ts'
import { navigation } from './platform/office.document.ts'

/* An address that somebody typed, or kept without its language, leads to the same page. */

test('every page of the navigation has a plain address that leads to it in the language asked for', async () => {
  const app = buildOffice({
    pool: {},
    keys: { service: Buffer.alloc(32) },
    url: 'http://127.0.0.1',
    demo: false,
    trustProxy: false,
    log: () => undefined,
  } as unknown as Parameters<typeof buildOffice>[0])
  await app.ready()
  for (const [, href] of navigation) {
    const plain = `/${href.split('/')[1]}`
    for (const lang of ['ru', 'en']) {
      const r = await app.inject({ url: plain, headers: { 'accept-language': lang } })
      expect([plain, r.statusCode, r.headers.location]).toEqual([plain, 303, `/${lang}${plain}`])
    }
  }
  await app.close()
})
