import { spawnSync } from 'node:child_process'
import { existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { type Browser, type BrowserContextOptions, chromium, type LaunchOptions, type Page } from 'playwright-core'
import * as sass from 'sass'
import { root } from './config.ts'

/** The npm package's own flags put everything into one process, which ends with its first context, and switch off web security. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
]

const runs = (file: string, env: NodeJS.ProcessEnv) => spawnSync(file, ['--version'], { env, stdio: 'ignore' }).status === 0

/** Unpacks the browser that npm brings, once per version: beside its place and then renamed, so that tests starting together never see half of it. */
const unpacked = async (): Promise<string> => {
  const { version } = JSON.parse(readFileSync(path.join(root, 'node_modules/@sparticuz/chromium/package.json'), 'utf8')) as {
    version: string
  }
  const folder = path.join(os.tmpdir(), `doverie-chromium-${version}-${process.getuid?.() ?? 0}`)
  const found = lstatSync(folder, { throwIfNoEntry: false })
  if (found?.isDirectory() && found.uid === (process.getuid?.() ?? found.uid)) return folder
  const staging = mkdtempSync(`${folder}-`)
  const before = process.env.TMPDIR
  process.env.TMPDIR = staging
  try {
    const { default: packed, inflate } = await import('@sparticuz/chromium')
    await packed.executablePath()
    await inflate(path.join(root, 'node_modules/@sparticuz/chromium/bin/al2023.tar.br'))
  } finally {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  }
  try {
    renameSync(staging, folder)
  } catch {
    rmSync(staging, { recursive: true, force: true })
  }
  return folder
}

const systems = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/snap/bin/chromium']

/** How to launch: CHROMIUM_PATH, else the browser from npm (with the libraries packed in it where the host has none), else the system's. */
export const browserOptions = async (): Promise<LaunchOptions> => {
  const chosen = process.env.CHROMIUM_PATH
  if (chosen) return { executablePath: chosen, args: flags }
  const env = Object.fromEntries(Object.entries(process.env).filter((e): e is [string, string] => e[1] !== undefined))
  const folder = process.platform === 'linux' && process.arch === 'x64' ? await unpacked() : undefined
  if (folder) {
    const executablePath = path.join(folder, 'chromium')
    if (runs(executablePath, env)) return { executablePath, args: flags }
    const packed = { ...env, LD_LIBRARY_PATH: path.join(folder, 'al2023/lib'), FONTCONFIG_PATH: path.join(folder, 'fonts') }
    if (runs(executablePath, packed)) return { executablePath, args: flags, env: packed }
  }
  const system = systems.find(f => existsSync(f))
  if (!system) throw new Error('no browser for the tests: set CHROMIUM_PATH to a Chromium')
  return { executablePath: system, args: flags }
}

/** A real browser, headless. Close it in afterAll. */
export const openBrowser = async (): Promise<Browser> => chromium.launch(await browserOptions())

/** A page in a context of its own: 'phone' 360 px, 'desk' 1280 px; `javaScript: false` as on Tor's safest level. */
export const openPage = async (
  browser: Browser,
  size: 'phone' | 'desk',
  options: BrowserContextOptions & { javaScript?: boolean } = {},
): Promise<Page> => {
  const { javaScript = true, ...rest } = options
  const viewport = size === 'phone' ? { width: 360, height: 740 } : { width: 1280, height: 800 }
  const context = await browser.newContext({ viewport, javaScriptEnabled: javaScript, ...rest })
  return context.newPage()
}

/** What axe-core finds on the page, one line each; an empty list is what tests expect. The page's own CSP stays in force: axe is evaluated, not inserted. */
export const axe = async (page: Page): Promise<string[]> => {
  const source = readFileSync(path.join(root, 'node_modules/axe-core/axe.min.js'), 'utf8')
  await page.evaluate(source)
  return page.evaluate(async () => {
    const found = await (globalThis as unknown as { axe: { run: (options: object) => Promise<AxeRun> } }).axe.run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    })
    return found.violations.map(v => `${v.id}: ${v.help} (${v.nodes.map(n => n.target.join(' ')).join(', ')})`)
  })
}
interface AxeRun {
  readonly violations: readonly {
    readonly id: string
    readonly help: string
    readonly nodes: readonly { readonly target: readonly string[] }[]
  }[]
}

/** A picture of the whole page for looking at, in build/screenshots. */
export const screenshot = async (page: Page, name: string): Promise<string> => {
  const folder = path.join(root, 'build/screenshots')
  mkdirSync(folder, { recursive: true })
  const file = path.join(folder, `${name}.png`)
  await page.screenshot({ path: file, fullPage: true })
  return file
}

let styles: string | undefined
/** The styles of the office, compiled once a process. */
export const officeCss = (): string => {
  styles ??= sass.compile(path.join(root, 'src/base/styles/office.scss'), {
    loadPaths: [root, path.join(root, 'node_modules')],
    quietDeps: true,
  }).css
  return styles
}
/** Pictures for whoever looks: `DOVERIE_SHOTS=1` keeps them in build/screenshots. */
const shots = process.env.DOVERIE_SHOTS !== undefined
const scrollWidth = (page: Page): Promise<number> =>
  page.evaluate(
    () => (globalThis as unknown as { document: { documentElement: { scrollWidth: number } } }).document.documentElement.scrollWidth,
  )

/** What is wrong with the page that is open: sideways scrolling at 360 and 1280 px, and what axe finds at 1280. */
export const faultsOpen = async (page: Page, name: string): Promise<string[]> => {
  const faults: string[] = []
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 800 })
    const wide = await scrollWidth(page)
    if (wide > width) faults.push(`${name}: ${wide} px wide at ${width}`)
    if (shots) await screenshot(page, `${name.replace(/[^\w-]+/g, '_')}-${width}`)
  }
  // Widths always; axe looks at every other page here: the walk of e2e/axe.test.ts looks at each, and the long run at all of them everywhere.
  looks += 1
  if (process.env.DOVERIE_LONG === '1' || shots || looks % 2 === 1) faults.push(...(await axe(page)).map(f => `${name}: ${f}`))
  return faults
}
let looks = 0
/** The same for a page of the office as it was answered, with its styles and without its scripts. */
export const faultsOf = async (page: Page, name: string, html: string): Promise<string[]> => {
  await page.setContent(
    html.replace(/<link[^>]*stylesheet[^>]*>/g, `<style>${officeCss()}</style>`).replace(/<script[^>]*src[^>]*><\/script>/g, ''),
  )
  return faultsOpen(page, name)
}

/**
 * A server before the office that says who asks: the office keeps its cookie for https and believes that it lives at `origin`, and a browser of a test does neither.
 * Listens on a port of its own; `end` closes both.
 */
export const frontFor = async (
  app: { listen(o: { port: number; host: string }): Promise<string>; readonly server: http.Server },
  who: { readonly cookie: string; readonly origin: string },
): Promise<{ readonly at: string; end(): void }> => {
  await app.listen({ port: 0, host: '127.0.0.1' })
  const port = (s: http.Server) => (s.address() as AddressInfo).port
  const front = http.createServer((req, res) => {
    const headers = { ...req.headers, cookie: who.cookie, origin: who.origin, 'sec-fetch-site': 'same-origin' }
    const on = http.request({ port: port(app.server), host: '127.0.0.1', path: req.url, method: req.method, headers }, answer => {
      res.writeHead(answer.statusCode ?? 500, answer.headers)
      answer.pipe(res)
    })
    req.pipe(on)
  })
  await new Promise<void>(done => void front.listen(0, '127.0.0.1', () => done()))
  return { at: `http://127.0.0.1:${port(front)}`, end: () => void front.close() }
}
