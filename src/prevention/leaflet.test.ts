import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { inflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { publicLocales } from '../base/i18n.ts'
import { a4, measure, pdfOf, wrap } from '../platform/pdf.ts'
import { urgentNumbers } from '../platform/site.ts'
import { wordsFor } from '../platform/words.ts'
import { numbersFor, paperPdf } from './routes.leaflet.ts'
import { addressOf, blocksOf, papers, spoken } from './rules.leaflet.ts'

const site = 'https://example.org'
const sheet = (paper: 'leaflet' | 'poster', lang: (typeof publicLocales)[number], code?: string) =>
  paperPdf(paper, { site, code, numbers: numbersFor(urgentNumbers, lang) }, wordsFor(lang))
/** Everything that is packed in the file, unpacked. */
const unpacked = (pdf: Buffer): string[] => {
  const out: string[] = []
  for (let at = pdf.indexOf('stream\n'); at >= 0; at = pdf.indexOf('stream\n', at + 7)) {
    if (pdf.toString('latin1', at - 3, at) === 'end') continue
    const end = pdf.indexOf('\nendstream', at)
    out.push(inflateSync(pdf.subarray(at + 7, end)).toString('latin1'))
  }
  return out
}
/** The letters that a search finds: glyph numbers of the sheet read back through what the file says of them. */
const read = (pdf: Buffer): string => {
  const parts = unpacked(pdf)
  const content = parts.find(p => p.includes(' Tj ET')) ?? ''
  const maps = parts
    .filter(p => p.includes('beginbfchar'))
    .map(p => new Map([...p.matchAll(/<([0-9a-f]{4})> <([0-9a-f]{4})>/g)].map(m => [m[1], m[2]])))
  return [...content.matchAll(/\/F(\d+) [\d.]+ Tf 1 0 0 1 ([\d.]+) ([\d.]+) Tm <([0-9a-f]+)>/g)]
    .map(m => (m[4]!.match(/.{4}/g) ?? []).map(g => String.fromCodePoint(Number.parseInt(maps[Number(m[1])]!.get(g) ?? '0', 16))).join(''))
    .join('')
}

describe('what hangs on a wall', () => {
  test.each(publicLocales.flatMap(l => papers.map(p => [p, l] as const)))(
    '%s in %s: every word is on the sheet, and one page holds it',
    (paper, lang) => {
      const pdf = sheet(paper, lang)
      if (process.env.DOVERIE_PICTURES) writeFileSync(path.join(process.env.DOVERIE_PICTURES, `${paper}-${lang}.pdf`), pdf)
      const bare = (s: string) => s.replace(/[\s\u00a0\u202f]/g, '')
      const text = bare(read(pdf))
      const t = wordsFor(lang)
      for (const b of blocksOf(paper, { address: addressOf(site, lang), numbers: numbersFor(urgentNumbers, lang) }, t))
        for (const words of b.kind === 'way' ? [b.scan, b.type, b.address] : b.kind === 'number' ? [b.number, b.name] : [b.text])
          expect(text).toContain(bare(words))
      expect(text).toContain('112')
      const content = unpacked(pdf).find(p => p.includes(' Tj ET')) ?? ''
      const lowest = Math.min(...[...content.matchAll(/ ([\d.]+) Tm </g)].map(m => Number(m[1])))
      expect(lowest).toBeGreaterThan(30)
      expect(pdf.length).toBeLessThan(120_000)
    },
  )
  test('a sheet with a code leads to the short address; without one to the page of its language', () => {
    expect(bareOf(read(sheet('poster', 'tg', 'k7m3q')))).toContain('example.org/p/k7m3q')
    expect(bareOf(read(sheet('poster', 'tg')))).toContain('example.org/tg')
    expect(spoken('https://example.org/p/k7m3q')).toBe('example.org/p/k7m3q')
  })
  test('the same sheet is the same bytes: nothing says when or by whom it was made', () => {
    const pdf = sheet('leaflet', 'ru')
    expect(pdf.equals(sheet('leaflet', 'ru'))).toBe(true)
    expect(pdf.toString('latin1')).not.toMatch(/CreationDate|Producer|Creator|Author/)
  })
  test('black on white only', () => {
    const content = unpacked(sheet('poster', 'ru')).find(p => p.includes(' Tj ET')) ?? ''
    expect(content).not.toMatch(/ rg| RG| scn| sh/)
  })
})
const bareOf = (s: string) => s.replace(/\s/g, '')

test('lines are never wider than asked, and lose no letter', () => {
  const text = 'Тоҷикӣ ва Oʻzbekcha, Кыргызча өңү; unbreakable-word-that-is-far-too-long-for-any-line-of-this-width'
  const lines = wrap(text, 90, 12)
  expect(lines.filter(l => measure(l, 12) > 90)).toEqual([])
  expect(bareOf(lines.join(''))).toBe(bareOf(text))
})
test('each object of the file lies where its table says', () => {
  const pdf = pdfOf({ title: 'x', lang: 'ru', marks: [{ kind: 'text', x: 10, y: a4.height / 2, size: 12, text: 'Да yes' }] })
  const s = pdf.toString('latin1')
  const xref = Number(/startxref\n(\d+)/.exec(s)?.[1])
  expect(s.slice(xref, xref + 4)).toBe('xref')
  const rows = [...s.slice(xref).matchAll(/^(\d{10}) 00000 n /gm)].map(m => Number(m[1]))
  expect(rows.map((at, i) => s.startsWith(`${i + 1} 0 obj`, at))).toEqual(rows.map(() => true))
})
