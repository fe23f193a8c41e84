// What every entry begins with: no dependency, any Node >= 20. Installs from the lockfile and builds, each only when something changed.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const say = text => process.stderr.write(`${text}\n`)

if (Number(process.versions.node.split('.')[0]) < 20) {
  say(`Doverie needs Node.js 20 or newer; this is ${process.versions.node}.`)
  process.exit(1)
}

/** The Node that the lockfile brings, or this one where it has none for the platform and this is new enough. */
export const node = () => {
  const bundled = path.join(root, 'node_modules/.bin/node')
  if (fs.existsSync(bundled)) return bundled
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath
  say('The lockfile brings no Node.js for this system, and this one is older than 22.18. Install a newer one.')
  return process.exit(1)
}

const stampFile = path.join(root, 'node_modules/.doverie-installed')
const lockHash = () =>
  createHash('sha256')
    .update(fs.readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex')

const isRunning = pid => {
  try {
    process.kill(pid, 0)
    return pid > 0
  } catch (e) {
    return e.code === 'EPERM'
  }
}

/** One at a time: two `npm ci` at once in one folder delete each other's files. Waits for the other, and goes on when it is gone. */
const alone = work => {
  const file = path.join(root, 'build/.installing')
  fs.mkdirSync(path.dirname(file), { recursive: true })
  for (let told = false; ; Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200)) {
    try {
      fs.writeFileSync(file, String(process.pid), { flag: 'wx' })
      break
    } catch (e) {
      if (e.code !== 'EEXIST') throw e
      const since = fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()
      const holder = fs.existsSync(file) ? Number(fs.readFileSync(file, 'utf8')) : 0
      if (holder ? !isRunning(holder) : Date.now() - since > 5_000) fs.rmSync(file, { force: true })
      else if (!told) say('Another start is installing; waiting for it ...')
      told = true
    }
  }
  try {
    return work()
  } finally {
    fs.rmSync(file, { force: true })
  }
}

const isInstalled = () => fs.existsSync(stampFile) && fs.readFileSync(stampFile, 'utf8') === lockHash()

/** `npm ci` when the lockfile is not what node_modules was installed from. Scripts of packages are not run: what they would do we do ourselves. */
export const ensureInstalled = () => {
  if (isInstalled()) return
  alone(() => isInstalled() || install())
}

const install = () => {
  say('Installing packages (once, and after updates) ...')
  // npm's own settings of an outer `npm run` would leak into this call, such as a --omit or a prefix.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([k]) => !/^npm_(lifecycle|package|config_(global|prefix|omit|include|production))/i.test(k)),
  )
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const flags = ['ci', '--ignore-scripts', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error']
  const install = (...more) =>
    spawnSync(npm, [...flags, ...more], {
      cwd: root,
      env: { ...env, NODE_ENV: '' },
      stdio: ['ignore', 2, 2],
      shell: process.platform === 'win32',
    })
  // What npm keeps on this machine may be older than our list: a package of today is then asked for once more, from its source.
  let done = install('--prefer-offline')
  if (done.status !== 0) done = install()
  if (done.status !== 0) {
    say('The packages could not be installed; the lines above say why.')
    fs.rmSync(path.join(root, 'build/.installing'), { force: true })
    process.exit(1)
  }
  fs.writeFileSync(stampFile, lockHash())
}

const filesUnder = folder => {
  const out = []
  for (const entry of fs.existsSync(folder) ? fs.readdirSync(folder, { withFileTypes: true }) : []) {
    const file = path.join(folder, entry.name)
    if (entry.isDirectory()) out.push(...filesUnder(file))
    else if (/\.(tsx?|scss|mjs|svg)$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name)) out.push(file)
  }
  return out.sort()
}

/** Changes whenever a source of the build does. By content, not by time: a fresh clone of the same sources has the same stamp. */
export const sourceStamp = (folders = ['src', 'tools']) => {
  const hash = createHash('sha256').update(lockHash())
  for (const file of folders.flatMap(f => filesUnder(path.join(root, f))))
    hash.update(path.relative(root, file)).update('\0').update(fs.readFileSync(file)).update('\0')
  return hash.digest('hex')
}

/** Builds when a source changed since the last build. */
export const ensureBuilt = () => {
  const stamp = path.join(root, 'build/.stamp')
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === sourceStamp()) return
  say('Building ...')
  const done = spawnSync(node(), [path.join(root, 'tools/build.mjs')], { cwd: root, stdio: ['ignore', 2, 2] })
  if (done.status !== 0) {
    say('The build failed; the lines above say why.')
    process.exit(1)
  }
}

/** Process ids of the parent and its parent: under npm these are a shell and npm itself. */
const ancestors = () => {
  const parent = process.ppid
  try {
    return `${parent} ${fs.readFileSync(`/proc/${parent}/stat`, 'utf8').split(') ').at(-1).split(' ')[1]}`
  } catch {
    return String(parent)
  }
}

/** Runs a script of ours under the right Node, passes signals on, and ends as it ended. It notices through the channel when we are killed. */
export const runNode = (args, env = process.env) => {
  const child = spawn(node(), args, { cwd: root, env, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    // In a terminal the child got the Ctrl-C itself; a second one from us does no harm.
    process.on(signal, () => child.kill(signal))
  }
  if (process.env.npm_lifecycle_event) {
    // npm passes signals to its shell, which dies of them without passing them on; of a killed npm nobody tells us at all.
    const before = ancestors()
    setInterval(() => ancestors() !== before && child.kill('SIGTERM'), 300).unref()
  }
  return new Promise(resolve => {
    child.once('error', e => {
      say(String(e.message))
      resolve(1)
    })
    child.once('exit', (code, signal) => resolve(code ?? (signal ? 1 : 0)))
  })
}
