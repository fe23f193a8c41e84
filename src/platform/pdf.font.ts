import { readFileSync } from 'node:fs'
import path from 'node:path'
import { inflateSync } from 'node:zlib'
import { root } from './config.ts'

/* Our own fonts for printing: the files that the pages use, unpacked from WOFF. Each holds one script, so a sheet carries only the scripts that stand on it. */

export interface Face {
  readonly name: string
  /** The font as TrueType, with the tables that a PDF reader needs. */
  readonly file: Buffer
  readonly unitsPerEm: number
  readonly ascent: number
  readonly descent: number
  readonly box: readonly [number, number, number, number]
  /** Glyph of a character; undefined where this file does not have it. */
  glyph(codePoint: number): number | undefined
  /** Advance of a glyph, in thousandths of the size. */
  width(glyph: number): number
}

const tablesOf = (woff: Buffer): Map<string, Buffer> => {
  if (woff.toString('latin1', 0, 4) !== 'wOFF') throw new Error('not a WOFF font')
  const out = new Map<string, Buffer>()
  for (let i = 0, at = 44; i < woff.readUInt16BE(12); i++, at += 20) {
    const [offset, packed, length] = [woff.readUInt32BE(at + 4), woff.readUInt32BE(at + 8), woff.readUInt32BE(at + 12)]
    const bytes = woff.subarray(offset, offset + packed)
    out.set(woff.toString('latin1', at, at + 4), packed < length ? inflateSync(bytes) : Buffer.from(bytes))
  }
  return out
}

/** Puts tables together as a TrueType file. Checksums are not looked at by readers of an embedded font and stay zero. */
const sfntOf = (tables: readonly (readonly [string, Buffer])[]): Buffer => {
  const head = Buffer.alloc(12 + tables.length * 16)
  const power = 2 ** Math.floor(Math.log2(tables.length))
  head.writeUInt32BE(0x00010000, 0)
  head.writeUInt16BE(tables.length, 4)
  head.writeUInt16BE(power * 16, 6)
  head.writeUInt16BE(Math.log2(power), 8)
  head.writeUInt16BE((tables.length - power) * 16, 10)
  const bodies: Buffer[] = []
  let at = head.length
  tables.forEach(([tag, body], i) => {
    head.write(tag, 12 + i * 16, 'latin1')
    head.writeUInt32BE(at, 12 + i * 16 + 8)
    head.writeUInt32BE(body.length, 12 + i * 16 + 12)
    const padded = Buffer.concat([body, Buffer.alloc((4 - (body.length % 4)) % 4)])
    bodies.push(padded)
    at += padded.length
  })
  return Buffer.concat([head, ...bodies])
}

/** Characters of the font: the segments of a cmap subtable of format 4. */
const charactersOf = (cmap: Buffer): Map<number, number> => {
  const out = new Map<number, number>()
  for (let i = 0; i < cmap.readUInt16BE(2); i++) {
    const at = cmap.readUInt32BE(4 + i * 8 + 4)
    if (cmap.readUInt16BE(at) !== 4) continue
    const n = cmap.readUInt16BE(at + 6) / 2
    const [ends, starts, deltas, offsets] = [at + 14, at + 16 + n * 2, at + 16 + n * 4, at + 16 + n * 6]
    for (let s = 0; s < n; s++) {
      const [end, start, delta] = [cmap.readUInt16BE(ends + s * 2), cmap.readUInt16BE(starts + s * 2), cmap.readUInt16BE(deltas + s * 2)]
      const offset = cmap.readUInt16BE(offsets + s * 2)
      for (let c = start; c <= end && c < 0xffff; c++) {
        const raw = offset === 0 ? c : cmap.readUInt16BE(offsets + s * 2 + offset + (c - start) * 2)
        const glyph = offset !== 0 && raw === 0 ? 0 : (raw + delta) & 0xffff
        if (glyph) out.set(c, glyph)
      }
    }
  }
  return out
}

/** The letter of Oʻzbekcha is drawn like the quotation mark that this font has; what is searched for in the file stays the letter. */
const stand: Readonly<Record<number, number>> = { 699: 8216, 700: 8217 }

const readFace = (name: string): Face => {
  const t = tablesOf(readFileSync(path.join(root, 'node_modules/@fontsource/golos-text/files', `${name}.woff`)))
  const need = (tag: string): Buffer => t.get(tag) ?? Buffer.alloc(0)
  const [head, hhea, hmtx] = [need('head'), need('hhea'), need('hmtx')]
  const unitsPerEm = head.readUInt16BE(18)
  const metrics = hhea.readUInt16BE(34)
  const characters = charactersOf(need('cmap'))
  const kept = ['cvt ', 'fpgm', 'glyf', 'head', 'hhea', 'hmtx', 'loca', 'maxp', 'prep'].flatMap(tag => {
    const body = t.get(tag)
    return body ? [[tag, body] as const] : []
  })
  const em = (n: number) => Math.round((n * 1000) / unitsPerEm)
  return {
    name: name.replace(/[^a-z0-9]/gi, ''),
    file: sfntOf(kept),
    unitsPerEm,
    ascent: em(hhea.readInt16BE(4)),
    descent: em(hhea.readInt16BE(6)),
    box: [em(head.readInt16BE(36)), em(head.readInt16BE(38)), em(head.readInt16BE(40)), em(head.readInt16BE(42))],
    glyph: c => characters.get(c) ?? characters.get(stand[c] ?? -1),
    width: g => em(hmtx.readUInt16BE(Math.min(g, metrics - 1) * 4)),
  }
}

const read = new Map<string, Face>()
/** The files of a weight, in the order in which a character is looked for. Read at the first sheet and kept. */
export const facesOf = (bold: boolean): readonly Face[] =>
  ['cyrillic', 'latin', 'cyrillic-ext', 'latin-ext'].map(script => {
    const name = `golos-text-${script}-${bold ? 700 : 400}-normal`
    const face = read.get(name) ?? readFace(name)
    read.set(name, face)
    return face
  })
