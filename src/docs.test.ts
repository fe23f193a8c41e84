import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { commandNames, loadCommand } from './cli.commands.ts'
import { root, settings } from './platform/config.ts'

const pages = [
  ...['README.md', 'CONTRIBUTING.md'],
  ...readdirSync(path.join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter(f => f.endsWith('.md'))
    .map(f => `docs/${f}`),
]
const text = (f: string) => readFileSync(path.join(root, f), 'utf8')
const slug = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s-]/gu, '')
    .trim()
    .replace(/\s/g, '-')

test('every link in the documents leads somewhere', () => {
  const wrong: string[] = []
  for (const page of pages) {
    const prose = text(page).replace(/```[\s\S]*?```/g, '')
    for (const [, target] of prose.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^(https?:|mailto:)/.test(target!)) continue
      const [file, anchor] = target!.split('#')
      const at = file ? path.join(path.dirname(page), file) : page
      if (!existsSync(path.join(root, at))) wrong.push(`${page} → ${target}`)
      else if (
        anchor &&
        !text(at)
          .split('\n')
          .some(l => l.startsWith('#') && slug(l.replace(/^#+\s*/, '')) === anchor)
      )
        wrong.push(`${page} → ${target} (no such heading)`)
    }
    // Names of our own files in backticks are links too.
    for (const [, name] of prose.matchAll(/`((?:src|docs|db|tools|locales|content|e2e|bench)\/[\w./-]*\w)`/g))
      if (!existsSync(path.join(root, name!))) wrong.push(`${page} names ${name}`)
  }
  expect(wrong).toEqual([])
})

test('the map names every folder of src', () => {
  const map = text('docs/flow.md')
  const folders = readdirSync(path.join(root, 'src')).filter(f => statSync(path.join(root, 'src', f)).isDirectory())
  expect(folders.filter(f => !map.includes(`\`src/${f}\``))).toEqual([])
})

test('the README names every setting, and the help every command that exists', async () => {
  const readme = text('README.md')
  expect(settings.map(([name]) => name).filter(n => !readme.includes(`\`${n}\``))).toEqual([])
  for (const name of commandNames) expect(await loadCommand(name), name).toBeDefined()
})

test('CONTRIBUTING says why each library is there', () => {
  const { dependencies } = JSON.parse(text('package.json')) as { dependencies: Record<string, string> }
  const page = text('CONTRIBUTING.md')
  expect(Object.keys(dependencies).filter(d => !page.includes(d))).toEqual([])
})
