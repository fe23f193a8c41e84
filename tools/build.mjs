// Bundles the server to build/, islands and styles to build/assets/ with a manifest of their content-hashed names. Run under the bundled Node.
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import * as esbuild from 'esbuild'
import { root, sourceStamp } from './bootstrap.mjs'

const build = path.join(root, 'build')
const assets = path.join(build, 'assets')
const common = {
  absWorkingDir: root,
  jsx: 'automatic',
  jsxImportSource: 'preact',
  bundle: true,
  logLevel: 'warning',
  legalComments: 'none',
}
const server = { ...common, platform: 'node', format: 'esm', target: 'node22', packages: 'external', sourcemap: true }

const benchName = process.argv[2] === '--bench' ? process.argv[3] : undefined
if (benchName) {
  const entry = ['ts', 'tsx'].map(e => `bench/${benchName}.${e}`).find(f => fs.existsSync(path.join(root, f)))
  await esbuild.build({ ...server, entryPoints: [entry], outdir: 'build/bench' })
  process.exit(0)
}

const stamp = sourceStamp()
fs.mkdirSync(assets, { recursive: true })
const entries = ['src/cli.ts', 'src/main.ts', 'src/main.linkage.ts'].filter(f => fs.existsSync(path.join(root, f)))
/** Written beside and renamed: a start at the same moment reads the old or the new file, never half of one. */
const replace = (file, content) => {
  const draft = `${file}.${process.pid}`
  fs.writeFileSync(draft, content)
  fs.renameSync(draft, file)
}
// One file an entry, nothing shared: a running installation that starts a child again never meets pieces of two builds.
const bundles = await esbuild.build({ ...server, entryPoints: entries, outdir: 'build', write: false })
for (const file of bundles.outputFiles) replace(file.path, file.contents)
fs.rmSync(path.join(build, 'parts'), { recursive: true, force: true })

const manifest = {}
/** Writes one asset under a name that changes with its content, so that it may be cached for ever. Returns that name. */
const put = (name, content) => {
  const { name: base, ext } = path.parse(name)
  const hashed = `${base}-${createHash('sha256').update(content).digest('hex').slice(0, 10)}${ext}`
  replace(path.join(assets, hashed), content)
  manifest[name] = hashed
  return hashed
}

const browser = path.join(root, 'src/browser')
const islands = (fs.existsSync(browser) ? fs.readdirSync(browser) : [])
  .filter(n => /^[a-z0-9-]+\.tsx?$/.test(n))
  .map(n => path.join('src/browser', n))
/**
 * Signs of "check this message" travel as the keys that they are folded to: half as long as Cyrillic letters. A word whose key would not fold to itself stays as it is.
 */
const signsInKeys = {
  name: 'signs',
  setup(b) {
    b.onLoad({ filter: /schema\.signs-[a-z][a-z]\.ts$/ }, async ({ path: file }) => {
      const made = await esbuild.build({ ...common, entryPoints: ['src/prevention/rules.check-fold.ts'], format: 'esm', write: false })
      const { keysOfPattern } = await import(`data:text/javascript;base64,${Buffer.from(made.outputFiles[0].contents).toString('base64')}`)
      const inKey = word => {
        const keys = keysOfPattern(word)
        return keys.length === 1 && keysOfPattern(keys[0]).join() === keys[0] ? keys[0] : word
      }
      return { loader: 'ts', contents: fs.readFileSync(file, 'utf8').replace(/[\u0400-\u04ff]+/g, inKey) }
    })
  },
}
/** A word list of the receipt, whole, in the one file that brings it to a device. */
const wordLists = {
  name: 'words',
  setup(b) {
    b.onLoad({ filter: /chat-words-[a-z][a-z]\.ts$/ }, ({ path: file }) => {
      const words = fs.readFileSync(path.join(root, 'content/words', `${path.basename(file).slice(11, 13)}.txt`), 'utf8').trim()
      return { loader: 'ts', contents: fs.readFileSync(file, 'utf8').replace("''", JSON.stringify(words)) }
    })
  },
}
if (islands.length) {
  // Chrome 87 is the oldest browser of the public site.
  const made = await esbuild.build({
    ...common,
    entryPoints: islands,
    outdir: assets,
    platform: 'browser',
    format: 'iife',
    target: 'chrome87',
    minify: true,
    // Served as UTF-8; escaped, the words of Cyrillic languages would be three times as long.
    charset: 'utf8',
    plugins: [signsInKeys, wordLists],
    write: false,
  })
  for (const file of made.outputFiles) put(path.basename(file.path), file.contents)
}

/** Fonts come from the packages that are installed for them; pictures lie beside the styles. */
const findAsset = reference => {
  const name = path.basename(reference)
  const fontPackages = path.join(root, 'node_modules/@fontsource')
  const candidates = [
    path.join(root, 'src/base/styles', reference),
    ...fs.readdirSync(fontPackages).map(p => path.join(fontPackages, p, 'files', name)),
  ]
  return candidates.find(f => fs.existsSync(f))
}
const withAssets = (css, from) =>
  css.replace(/url\(\s*(["']?)([^"')]+)\1\s*\)/g, (whole, _quote, reference) => {
    if (/^(data:|https?:|#)/.test(reference)) return whole
    const file = findAsset(reference.replace(/^\/assets\//, ''))
    if (!file) throw new Error(`${from}: url(${reference}) is found neither beside the styles nor in a font package`)
    return `url("${put(path.basename(file), fs.readFileSync(file))}")`
  })

const sheets = ['office', 'public'].filter(n => fs.existsSync(path.join(root, `src/base/styles/${n}.scss`)))
if (sheets.length) {
  const cache = path.join(build, 'styles.json')
  const key = createHash('sha256')
    .update(sourceStamp(['src/base/styles']))
    .update(fs.readFileSync(path.join(root, 'tools/build.mjs')))
    .digest('hex')
  let cached = fs.existsSync(cache) ? JSON.parse(fs.readFileSync(cache, 'utf8')) : {}
  if (cached.key !== key) {
    const sass = await import('sass')
    cached = { key }
    for (const name of sheets) {
      cached[name] = sass.compile(path.join(root, `src/base/styles/${name}.scss`), {
        style: 'compressed',
        loadPaths: [root, path.join(root, 'node_modules')],
        quietDeps: true,
        silenceDeprecations: ['import', 'global-builtin', 'color-functions', 'if-function'].filter(d => d in sass.deprecations),
      }).css
    }
    replace(cache, JSON.stringify(cached))
  }
  for (const name of sheets) put(`${name}.css`, withAssets(cached[name], `${name}.scss`))
}

const kept = new Set(Object.values(manifest))
for (const name of fs.readdirSync(assets)) {
  // Another build that runs at this moment may have just written it.
  const old = Date.now() - (fs.statSync(path.join(assets, name), { throwIfNoEntry: false })?.mtimeMs ?? 0) > 600_000
  if (old && !kept.has(name)) fs.rmSync(path.join(assets, name), { recursive: true, force: true })
}
replace(path.join(build, 'assets.json'), `${JSON.stringify(manifest, null, 2)}\n`)
replace(path.join(build, '.stamp'), stamp)
