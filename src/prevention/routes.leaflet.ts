import type { Locale, T } from '../base/i18n.ts'
import { toUzbekCyrillic } from '../base/uzbek.ts'
import { qrMarks } from '../platform/pdf.qr.ts'
import { a4, type Mark, measure, pdfOf, wrap } from '../platform/pdf.ts'
import { type Helpline, type Site, urgentNumbers } from '../platform/site.ts'
import { addressOf, type Block, blocksOf, type Line, type Paper, papers } from './rules.leaflet.ts'

const sizes = {
  leaflet: { title: 27, big: 14.5, text: 12, heading: 15, bullet: 12, number: 20, qr: 165, address: 17, gap: 7 },
  poster: { title: 46, big: 20, text: 14, heading: 17, bullet: 14, number: 30, qr: 250, address: 27, gap: 10 },
} as const
const margin = 48

/** Lays blocks from top to bottom. `scale` makes letters smaller where a language needs more room. */
const layOut = (paper: Paper, blocks: readonly Block[], address: string, scale: number): { marks: Mark[]; end: number } => {
  const z = sizes[paper]
  const marks: Mark[] = []
  const width = a4.width - margin * 2
  let y: number = margin
  const write = (text: string, size: number, o: { bold?: boolean; x?: number; width?: number; centre?: boolean } = {}) => {
    for (const line of wrap(text, o.width ?? width, size, o.bold)) {
      y += size * 1.28
      const x = o.centre ? margin + (width - measure(line, size, o.bold)) / 2 : (o.x ?? margin)
      marks.push({ kind: 'text', x, y: y - size * 0.28, size, bold: o.bold ?? false, text: line })
    }
  }
  for (const b of blocks) {
    const s = (k: keyof typeof z) => z[k] * scale
    if (b.kind === 'title') {
      write(b.text, s('title'), { bold: true })
      y += 6
      marks.push({ kind: 'rect', x: margin, y: y, w: width, h: 3 })
      y += 10
    } else if (b.kind === 'heading') {
      y += s('gap') * 1.4
      write(b.text, s('heading'), { bold: true })
      y += 2
    } else if (b.kind === 'bullet') {
      marks.push({ kind: 'rect', x: margin + 3, y: y + s('bullet') * 0.62, w: 4, h: 4 })
      write(b.text, s('bullet'), { x: margin + 16, width: width - 16 })
      y += 3
    } else if (b.kind === 'number') {
      const from = y
      const wide = Math.max(90 * scale, measure(b.number, s('number'), true) + 14)
      write(b.number, s('number'), { bold: true })
      const after = y
      y = from + s('number') * 0.3
      write(b.name, s('text'), { x: margin + wide, width: width - wide })
      y = Math.max(y, after) + 4
    } else if (b.kind === 'way') {
      const side = s('qr')
      if (paper === 'poster') {
        marks.push(...qrMarks(address, margin + (width - side) / 2, y, side))
        y += side
        write(b.scan, s('text'), { centre: true })
        write(b.type, s('text'), { centre: true })
        write(b.address, s('address'), { bold: true, centre: true })
        y += s('gap')
      } else {
        const from = y
        marks.push(...qrMarks(address, margin - 10, y, side))
        const beside = { x: margin + side + 6, width: width - side - 6 }
        y += side * 0.22
        write(b.scan, s('big'), beside)
        y += 6
        write(b.type, s('big'), beside)
        y += 4
        write(b.address, s('address'), { ...beside, bold: true })
        y = Math.max(y, from + side)
      }
    } else {
      write(b.text, b.kind === 'big' ? s('big') : s('text'))
      y += 3
    }
  }
  return { marks, end: y }
}

/** The sheet as a file: the largest letters with which everything stands on one page. */
export const paperPdf = (paper: Paper, v: { site: string; code?: string | undefined; numbers: readonly Line[] }, t: T): Buffer => {
  const address = addressOf(v.site, t.locale, v.code)
  const blocks = blocksOf(paper, { address, numbers: v.numbers }, t)
  const fit = [1.3, 1.25, 1.2, 1.15, 1.1, 1.05, 1, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7]
    .map(s => layOut(paper, blocks, address, s))
    .find(l => l.end <= a4.height - margin)
  const { marks } = fit ?? layOut(paper, blocks, address, 0.65)
  return pdfOf({ title: t(`traces.paper.${paper}Title`), lang: t.locale, marks })
}

/** Numbers that may stand on paper for a year: those that always answer, and those that somebody verified, of the country where the paper hangs. */
export const numbersFor = (list: readonly Helpline[], lang: Locale): Line[] =>
  list
    .filter(l => l.always || l.country === 'RU')
    .slice(0, 3)
    .map(l => ({ number: l.number, name: lang === 'uz-Cyrl' ? toUzbekCyrillic(l.names.uz ?? '') : (l.names[lang] ?? l.names.ru ?? '') }))

/** `/ru/leaflet.pdf` and `/ru/poster.pdf`: to be printed by a school or a clinic without asking anybody. */
export const registerLeaflets = (site: Site, url: string): void => {
  for (const paper of papers)
    site.get(`/${paper}.pdf`, 'public:leaflet', async g => {
      const verified = await g.ask<Helpline>('public_helplines', []).catch(() => [])
      const numbers = numbersFor(verified.some(l => l.always) ? verified : [...urgentNumbers, ...verified], g.lang)
      return {
        kind: 'bytes',
        type: 'application/pdf',
        body: paperPdf(paper, { site: url, numbers }, g.t),
        filename: `${paper}-${g.lang}.pdf`,
      }
    })
}
