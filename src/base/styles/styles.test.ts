import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { gzipSync, inflateSync } from 'node:zlib'
import * as sass from 'sass'
import { describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '../../..')
const css = (name: string) =>
  sass.compile(join(import.meta.dirname, `${name}.scss`), {
    style: 'compressed',
    loadPaths: [root, join(root, 'node_modules')],
    quietDeps: true,
  }).css

const palette = Object.fromEntries(
  [...readFileSync(join(import.meta.dirname, '_palette.scss'), 'utf8').matchAll(/^\$([\w-]+): (#[0-9a-f]{6});/gm)].map(m => [m[1]!, m[2]!]),
)
/** Relative luminance and contrast as WCAG 2.2 defines them. */
const luminance = (hex: string) => {
  const [r, g, b] = [1, 3, 5].map(at => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
const contrast = (a: string, b: string) => {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

describe('styles', () => {
  test.each([
    ['ink', 'paper', 12],
    ['teal', 'paper', 7],
    ['teal', 'sheet', 7],
    ['sheet', 'teal', 7],
    ['muted', 'paper', 7],
    ['muted', 'wash', 6],
    ['red', 'paper', 7],
    ['sheet', 'red', 7],
    ['red-deep', 'red-wash', 7],
    ['amber-ink', 'amber', 7],
    ['amber', 'amber-ink', 7],
    ['teal-deep', 'teal-wash', 7],
    ['sheet', 'green', 7],
    ['ink', 'focus', 7],
    ['input-line', 'sheet', 3],
  ] as const)('%s on %s has contrast of at least %s', (text, ground, least) => {
    expect(contrast(palette[text]!, palette[ground]!)).toBeGreaterThanOrEqual(least)
  })

  const office = css('office')
  const open = css('public')
  test('a public page costs little: 33 KB raw, 6 KB compressed', () => {
    expect(open.length).toBeLessThanOrEqual(33 * 1024)
    expect(gzipSync(open, { level: 9 }).length).toBeLessThanOrEqual(6 * 1024)
    expect(open).not.toContain('@font-face')
  })
  test('never another house: no GDS Transport, no crown, no remote address, no inline picture that scripts', () => {
    for (const sheet of [office, open]) expect(sheet).not.toMatch(/GDS Transport|crown|url\(["']?https?:|@import/i)
  })
  test('letters are at least 16 px everywhere on the screen', () => {
    for (const sheet of [office, open]) {
      const screen = sheet.replace(/@media print\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/g, '')
      for (const [, size, unit] of screen.matchAll(/font-size:([\d.]+)(px|rem)\b/g))
        expect(Number(size) * (unit === 'rem' ? 16 : 1)).toBeGreaterThanOrEqual(16)
    }
  })
  test('the fonts that the office loads have the letters of all six languages', () => {
    const files = new Set([...office.matchAll(/\/assets\/fonts\/([\w-]+)\.woff2/g)].map(m => m[1]!))
    const known = new Set<number>()
    for (const file of files) for (const c of letters(file)) known.add(c)
    const needed = 'ҷқғӯңөүӣҳёъэўʻʼҶҚҒӮҢӨҮӢҲЁЎ№«»—–…’éèêàçùôîœ'
    expect([...needed].filter(c => !known.has(c.codePointAt(0)!))).toEqual([])
  })
})

/** The characters a font has, from the cmap table of its WOFF 1.0 twin (same outlines as the WOFF2, readable without a decoder). */
const letters = (file: string): Set<number> => {
  const family = file.startsWith('noto') ? 'noto-sans' : 'golos-text'
  const folder = dirname(createRequire(import.meta.url).resolve(`@fontsource/${family}/package.json`))
  const font = readFileSync(join(folder, 'files', `${file}.woff`))
  let cmap = Buffer.alloc(0)
  for (let i = 0; i < font.readUInt16BE(12); i += 1) {
    const at = 44 + i * 20
    if (font.toString('latin1', at, at + 4) !== 'cmap') continue
    const [offset, packed, length] = [4, 8, 12].map(o => font.readUInt32BE(at + o)) as [number, number, number]
    const table = font.subarray(offset, offset + packed)
    cmap = packed < length ? inflateSync(table) : table
  }
  const out = new Set<number>()
  for (let i = 0; i < cmap.readUInt16BE(2); i += 1) {
    const at = cmap.readUInt32BE(8 + i * 8)
    if (cmap.readUInt16BE(at) !== 4) continue
    const segments = cmap.readUInt16BE(at + 6) / 2
    for (let s = 0; s < segments; s += 1) {
      const end = cmap.readUInt16BE(at + 14 + s * 2)
      for (let c = cmap.readUInt16BE(at + 16 + segments * 2 + s * 2); c <= end && c !== 0xffff; c += 1) out.add(c)
    }
  }
  return out
}
