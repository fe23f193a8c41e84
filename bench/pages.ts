// What a page weighs: bytes over the wire and requests, in a real Chromium, first with an empty cache and then again. Design: public ≤ 60 KB first, office ≤ 150 KB first and ≤ 30 KB next.
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { openBrowser } from '../src/platform/browser.testing.ts'
import { startInstallation } from '../src/platform/installation.testing.ts'
import { sessionCookie } from './house.installed.ts'

const house = await startInstallation()
const browser = await openBrowser()

interface Weight {
  readonly bytes: number
  readonly requests: number
}
/** Loads a page and counts what came over the wire: headers and bodies as they were sent (compressed where the server compresses). */
const weigh = async (page: Page, url: string): Promise<Weight> => {
  const client = await page.context().newCDPSession(page)
  await client.send('Network.enable')
  let bytes = 0
  let requests = 0
  client.on('Network.loadingFinished', (e: { encodedDataLength: number }) => {
    bytes += e.encodedDataLength
    requests += 1
  })
  const answer = await page.goto(url, { waitUntil: 'networkidle' })
  if (!answer?.ok()) throw new Error(`${url} answers ${answer?.status()}`)
  await client.detach()
  return { bytes, requests }
}

const results: { page: string; first: Weight; next: Weight; html: number; htmlGzip: number; bar: string }[] = []
/** In a new profile each time: the first visit pays for styles, fonts and scripts, the next one for the page. */
const measure = async (name: string, url: string, cookie: string | undefined, bars: readonly [number, number]) => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  context.setDefaultTimeout(20_000)
  if (cookie) {
    const [key, value] = cookie.split('=') as [string, string]
    await context.addCookies([{ name: key, value, url: house.office.replace('http:', 'https:'), secure: true }])
  }
  const page = await context.newPage()
  const first = await weigh(page, url)
  const next = await weigh(page, url)
  const html = await page.content()
  await context.close()
  const over = first.bytes > bars[0] * 1024 || next.bytes > bars[1] * 1024
  results.push({ page: name, first, next, html: Buffer.byteLength(html), htmlGzip: gzipSync(html).length, bar: over ? 'over' : 'within' })
}

try {
  for (const lang of ['ru', 'en', 'tg']) {
    await measure(`public ${lang} /`, `${house.public}/${lang}`, undefined, [60, 60])
    await measure(`public ${lang} /check`, `${house.public}/${lang}/check`, undefined, [60, 60])
    await measure(`public ${lang} /write`, `${house.public}/${lang}/write`, undefined, [60, 60])
  }
  const office = async (role: string, paths: readonly string[]) => {
    const cookie = await sessionCookie(house, role)
    for (const p of paths) await measure(`${role} ${p}`, `${house.office}/ru${p}`, cookie, [150, 30])
  }
  await office('case_worker', ['/worklist', '/cases', '/cases/new', '/people/search'])
  await office('duty_specialist', ['/contacts'])
  console.log('| page | first KB (requests) | next KB (requests) | HTML KB (gzip) | |\n|---|---|---|---|---|')
  const kb = (n: number) => (n / 1024).toFixed(1)
  for (const r of results)
    console.log(
      `| ${r.page} | ${kb(r.first.bytes)} (${r.first.requests}) | ${kb(r.next.bytes)} (${r.next.requests}) | ${kb(r.html)} (${kb(r.htmlGzip)}) | ${r.bar} |`,
    )
  console.log(JSON.stringify({ bench: 'pages', results }))
} finally {
  await browser.close()
  await house.stop()
  house.remove()
}
process.exit(0)
