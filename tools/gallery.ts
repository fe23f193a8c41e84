// Renders every component and both shells into build/gallery, photographs them in Chromium at 360 and 1280 px, and runs axe-core over them.
// node tools/gallery.ts [--no-browser]
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import * as esbuild from 'esbuild'
import * as sass from 'sass'

const root = join(import.meta.dirname, '..')
const out = join(root, 'build/gallery')
const assets = join(out, 'assets')
mkdirSync(join(assets, 'fonts'), { recursive: true })

const jsx = { jsx: 'automatic', jsxImportSource: 'preact', bundle: true, absWorkingDir: root } as const
await esbuild.build({
  ...jsx,
  entryPoints: ['src/browser/office.ts', 'src/browser/exit.ts'],
  outdir: assets,
  format: 'iife',
  target: 'chrome87',
  minify: true,
})
for (const name of ['office', 'public']) {
  const { css } = sass.compile(join(root, `src/base/styles/${name}.scss`), {
    style: 'compressed',
    loadPaths: [root, join(root, 'node_modules')],
    quietDeps: true,
  })
  writeFileSync(join(assets, `${name}.css`), css)
  for (const [, file] of css.matchAll(/\/assets\/fonts\/([\w-]+\.woff2)/g)) {
    const family = file!.startsWith('noto') ? 'noto-sans' : 'golos-text'
    copyFileSync(join(root, `node_modules/@fontsource/${family}/files/${file}`), join(assets, 'fonts', file!))
  }
}
const bundle = join(out, 'pages.mjs')
await esbuild.build({
  ...jsx,
  stdin: {
    contents: `import { render } from 'preact-render-to-string'
      import { gallery } from './src/base/components/gallery.tsx'
      import { doctype } from './src/base/components/document.tsx'
      import { wordsFor } from './src/platform/words.ts'
      export const pages = lang => Object.entries(gallery(wordsFor(lang))).map(([name, page]) => [name, doctype + render(page)])`,
    resolveDir: root,
    loader: 'ts',
  },
  outfile: bundle,
  platform: 'node',
  format: 'esm',
  packages: 'external',
})
const { pages } = (await import(`${pathToFileURL(bundle).href}?${Date.now()}`)) as { pages: (lang: string) => [string, string][] }
const names: string[] = []
for (const lang of ['ru', 'en', 'uz', 'uz-Cyrl', 'tg']) {
  for (const [name, html] of pages(lang)) {
    if (!['ru', 'en'].includes(lang) && !name.startsWith('public')) continue
    mkdirSync(join(out, lang), { recursive: true })
    writeFileSync(join(out, lang, `${name}.html`), html)
    names.push(`${lang}/${name}`)
  }
}
if (process.argv.includes('--no-browser')) process.exit(0)

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.woff2': 'font/woff2',
}
const csp =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; require-trusted-types-for 'script'"
const server = createServer((req, res) => {
  const path = new URL(req.url ?? '/', 'http://x').pathname
  const file = join(out, extname(path) ? path : `${path}.html`)
  try {
    const body = readFileSync(file)
    res
      .writeHead(200, {
        'content-type': types[extname(file)] ?? 'application/octet-stream',
        'content-security-policy': csp,
        'cache-control': 'no-store',
      })
      .end(body)
  } catch {
    res.writeHead(404).end()
  }
})
await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

const { chromium } = await import('playwright-core')
const shipped = (await import('@sparticuz/chromium')).default
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
]
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? (await shipped.executablePath()), args })
const axe = readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8')
const only = process.argv.slice(2).filter(a => !a.startsWith('--'))
let findings = 0
const say = (text: string) => {
  findings += 1
  process.stdout.write(`${text}\n`)
}
interface Finding {
  id: string
  nodes: { html: string; failureSummary?: string }[]
}
for (const width of [360, 1280]) {
  const context = await browser.newContext({ viewport: { width, height: 800 }, bypassCSP: true })
  const page = await context.newPage()
  page.on('pageerror', e => say(`${page.url()}: ${e.message}`))
  for (const name of names.filter(n => only.length === 0 || only.some(o => n.includes(o)))) {
    await page.goto(`${origin}/${name}`)
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    if (sideways > 0) say(`${name} at ${width}: ${sideways} px too wide`)
    await page.evaluate(axe)
    const found = (await page.evaluate('axe.run(document, { resultTypes: ["violations"] }).then(r => r.violations)')) as Finding[]
    for (const f of found)
      say(
        `${name} at ${width}: ${f.id} ${f.nodes.map(n => `${n.html.slice(0, 160)} ${n.failureSummary?.split('\n')[1] ?? ''}`).join(' | ')}`,
      )
    await page.screenshot({ path: join(out, `${name.replace('/', '-')}-${width}.png`), fullPage: true })
  }
  await context.close()
}
const strict = await browser.newContext()
const page = await strict.newPage()
page.on('console', m => m.type() === 'error' && say(`${page.url()}: ${m.text()}`))
for (const name of ['ru/case', 'ru/form', 'ru/public']) await page.goto(`${origin}/${name}`)
await page.goto(`${origin}/ru/form`)
await page.pdf({ path: join(out, 'ru-form.pdf'), preferCSSPageSize: true })
await browser.close()
server.close()
process.stdout.write(`${readdirSync(out).filter(f => f.endsWith('.png')).length} pictures in build/gallery, ${findings} findings\n`)
process.exitCode = findings > 0 ? 1 : 0
