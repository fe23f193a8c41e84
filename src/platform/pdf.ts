import { deflateSync } from 'node:zlib'
import { type Face, facesOf } from './pdf.font.ts'

/*
 * One printed sheet (A4) with our own fonts, in black on white. Written by hand because it is little: text, rectangles, one page. A library would bring a dozen packages
 * into the public process. Nothing of who made the sheet, or when, stands in the file.
 */

export const a4 = { width: 595.28, height: 841.89 } as const

/** What stands on the sheet; x from the left, y from the top, in points (1/72 inch). */
export type Mark =
  | { readonly kind: 'text'; readonly x: number; readonly y: number; readonly size: number; readonly bold?: boolean; readonly text: string }
  | { readonly kind: 'rect'; readonly x: number; readonly y: number; readonly w: number; readonly h: number; readonly white?: boolean }

interface Run {
  readonly face: Face
  readonly glyphs: readonly (readonly [glyph: number, codePoint: number])[]
}
/** Text cut where the file of the font changes: "Тоҷикӣ" needs two. A character that no file has is left out. */
const runsOf = (text: string, bold: boolean): Run[] => {
  const faces = facesOf(bold)
  const runs: { face: Face; glyphs: (readonly [number, number])[] }[] = []
  for (const ch of text.normalize('NFC').replace(/[\u202f\u00a0]/g, ' ')) {
    const c = ch.codePointAt(0) ?? 32
    const last = runs.at(-1)
    const face = [...(last ? [last.face] : []), ...faces].find(f => f.glyph(c) !== undefined)
    if (!face) continue
    const glyph = face.glyph(c) ?? 0
    if (last?.face === face) last.glyphs.push([glyph, c])
    else runs.push({ face, glyphs: [[glyph, c]] })
  }
  return runs
}
const widthOf = (runs: readonly Run[], size: number) =>
  runs.reduce((sum, r) => sum + r.glyphs.reduce((s, [g]) => s + r.face.width(g), 0), 0) * (size / 1000)

/** How wide a text is on paper. */
export const measure = (text: string, size: number, bold = false): number => widthOf(runsOf(text, bold), size)
/** Lines of a text that fit a width; a word that is too long alone is broken. */
export const wrap = (text: string, width: number, size: number, bold = false): string[] => {
  const lines: string[] = []
  let line = ''
  const fits = (s: string) => measure(s, size, bold) <= width
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = line ? `${line} ${word}` : word
    if (fits(longer)) {
      line = longer
      continue
    }
    if (line) lines.push(line)
    line = ''
    for (const ch of word) {
      if (line && !fits(line + ch)) {
        lines.push(line)
        line = ''
      }
      line += ch
    }
  }
  return line ? [...lines, line] : lines
}

const hex = (n: number) => n.toString(16).padStart(4, '0')
const num = (n: number) => String(Math.round(n * 100) / 100)

/** The file. `title` and `lang` are for readers that speak; the bytes are the same whenever it is made. */
export const pdfOf = (sheet: { readonly title: string; readonly lang: string; readonly marks: readonly Mark[] }): Buffer => {
  const used = new Map<Face, Map<number, number>>()
  const nameOf = (f: Face) => `F${[...used.keys()].indexOf(f)}`
  const content: string[] = []
  for (const m of sheet.marks) {
    if (m.kind === 'rect') {
      content.push(`${m.white ? 1 : 0} g ${num(m.x)} ${num(a4.height - m.y - m.h)} ${num(m.w)} ${num(m.h)} re f`)
      continue
    }
    let x = m.x
    for (const r of runsOf(m.text, m.bold ?? false)) {
      const seen = used.get(r.face) ?? new Map<number, number>()
      used.set(r.face, seen)
      for (const [g, c] of r.glyphs) seen.set(g, c)
      const glyphs = r.glyphs.map(([g]) => hex(g)).join('')
      content.push(`BT 0 g /${nameOf(r.face)} ${num(m.size)} Tf 1 0 0 1 ${num(x)} ${num(a4.height - m.y)} Tm <${glyphs}> Tj ET`)
      x += widthOf([r], m.size)
    }
  }

  const objects: Buffer[] = []
  const add = (body: string | Buffer): number => objects.push(Buffer.isBuffer(body) ? body : Buffer.from(body, 'latin1'))
  const stream = (bytes: Buffer, more = ''): Buffer => {
    const packed = deflateSync(bytes, { level: 9 })
    return Buffer.concat([
      Buffer.from(`<< /Length ${packed.length} /Filter /FlateDecode${more} >>\nstream\n`),
      packed,
      Buffer.from('\nendstream'),
    ])
  }
  const utf16 = (s: string) => `<feff${[...Buffer.from(s, 'utf16le').swap16()].map(b => b.toString(16).padStart(2, '0')).join('')}>`
  const fonts = [...used].map(([f, seen]) => {
    const file = add(stream(f.file, ` /Length1 ${f.file.length}`))
    const descriptor = add(
      `<< /Type /FontDescriptor /FontName /${f.name} /Flags 4 /FontBBox [${f.box.join(' ')}] /ItalicAngle 0 /Ascent ${f.ascent} /Descent ${f.descent} /CapHeight ${f.ascent} /StemV 80 /FontFile2 ${file} 0 R >>`,
    )
    const widths = [...seen.keys()].sort((a, b) => a - b).map(g => `${g} [${f.width(g)}]`)
    const cid = add(
      `<< /Type /Font /Subtype /CIDFontType2 /BaseFont /${f.name} /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor ${descriptor} 0 R /CIDToGIDMap /Identity /DW 500 /W [${widths.join(' ')}] >>`,
    )
    // So that a reader that speaks, and a search, find letters and not numbers of glyphs.
    const lines = [...seen].map(([g, c]) => `<${hex(g)}> <${hex(c)}>`)
    const blocks = Array.from({ length: Math.ceil(lines.length / 100) }, (_, i) => lines.slice(i * 100, i * 100 + 100))
    const unicode = add(
      stream(
        Buffer.from(
          `/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /u def /CMapType 2 def 1 begincodespacerange <0000> <ffff> endcodespacerange\n${blocks
            .map(b => `${b.length} beginbfchar\n${b.join('\n')}\nendbfchar`)
            .join('\n')}\nendcmap CMapName currentdict /CMap defineresource pop end end`,
        ),
      ),
    )
    return add(
      `<< /Type /Font /Subtype /Type0 /BaseFont /${f.name} /Encoding /Identity-H /DescendantFonts [${cid} 0 R] /ToUnicode ${unicode} 0 R >>`,
    )
  })
  const body = add(stream(Buffer.from(content.join('\n'), 'latin1')))
  const pages = objects.length + 2
  const page = add(
    `<< /Type /Page /Parent ${pages} 0 R /MediaBox [0 0 ${a4.width} ${a4.height}] /Contents ${body} 0 R /Resources << /Font << ${fonts.map((n, i) => `/F${i} ${n} 0 R`).join(' ')} >> >> >>`,
  )
  add(`<< /Type /Pages /Kids [${page} 0 R] /Count 1 >>`)
  const catalog = add(
    `<< /Type /Catalog /Pages ${pages} 0 R /Lang (${sheet.lang.replace(/[^a-z-]/gi, '')}) /ViewerPreferences << /DisplayDocTitle true >> >>`,
  )
  const info = add(`<< /Title ${utf16(sheet.title)} >>`)

  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n%\u00e2\u00e3\n', 'latin1')]
  let at = parts[0]!.length
  const offsets = objects.map((o, i) => {
    const here = at
    const whole = Buffer.concat([Buffer.from(`${i + 1} 0 obj\n`), o, Buffer.from('\nendobj\n')])
    parts.push(whole)
    at += whole.length
    return here
  })
  const table = offsets.map(o => `${String(o).padStart(10, '0')} 00000 n \n`).join('')
  parts.push(
    Buffer.from(
      `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer << /Size ${objects.length + 1} /Root ${catalog} 0 R /Info ${info} 0 R >>\nstartxref\n${at}\n%%EOF\n`,
    ),
  )
  return Buffer.concat(parts)
}
