import { strFromU8, Unzip, UnzipInflate } from 'fflate'

/* Registers as offices send them: text in the encoding of their machine, or a workbook. Bytes in, text or rows out; nothing is written anywhere. */

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1251' | 'windows-1252' | 'koi8-r' | 'ibm866'
const decoded = (bytes: Uint8Array, encoding: Encoding, fatal = false) => new TextDecoder(encoding, { fatal }).decode(bytes)
const isUtf8 = (bytes: Uint8Array): boolean => {
  try {
    decoded(bytes, 'utf-8', true)
    return true
  } catch {
    return false
  }
}
/** Letters of Russian by how often they stand in a text; what is decoded wrongly is full of rare ones. */
const frequent = 'оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё'
const russian = (text: string): number => {
  let score = 0
  for (let i = 0; i < text.length; i += 1) {
    const c = text[i]!
    if (c.charCodeAt(0) < 128) continue
    const lower = c.toLowerCase()
    const at = frequent.indexOf(lower)
    // A capital in the middle of a word is the mark of a wrong table: KOI8 read as windows-1251 swaps the cases.
    const inside = i > 0 && /\p{Ll}/u.test(text[i - 1]!) && lower !== c
    score += at < 0 ? -20 : inside ? -10 : 20 - at
  }
  return score
}
/** The encoding of a text of an office: marked, UTF-16 by its empty bytes, UTF-8 where it holds, else the Cyrillic or Western table that reads best. */
export const encodingOf = (bytes: Uint8Array): Encoding => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  const head = bytes.subarray(0, 4000)
  let [even, odd] = [0, 0]
  head.forEach((b, i) => {
    if (b !== 0 && b !== 4) return
    if (i % 2 === 0) even += 1
    else odd += 1
  })
  if (odd > head.length * 0.3) return 'utf-16le'
  if (even > head.length * 0.3) return 'utf-16be'
  if (isUtf8(bytes)) return 'utf-8'
  const sample: number[] = []
  for (let i = 0; i < bytes.length && sample.length < 60_000; i += 1) sample.push(bytes[i]!)
  const part = Uint8Array.from(sample)
  let [alone, high] = [0, 0]
  const isLetter = (b: number | undefined) => b !== undefined && ((b >= 65 && b <= 90) || (b >= 97 && b <= 122))
  part.forEach((b, i) => {
    if (b < 128) return
    high += 1
    if (isLetter(part[i - 1]) || isLetter(part[i + 1])) alone += 1
  })
  // é and ç stand between Latin letters; Cyrillic letters stand beside each other.
  if (alone > high * 0.6) return 'windows-1252'
  return (['windows-1251', 'koi8-r', 'ibm866'] as const)
    .map(e => ({ e, score: russian(decoded(part, e)) }))
    .reduce((a, b) => (b.score > a.score ? b : a)).e
}
export const decodeText = (bytes: Uint8Array): { readonly text: string; readonly encoding: Encoding } => {
  const encoding = encodingOf(bytes)
  return { text: decoded(bytes, encoding).replace(/^\ufeff/u, ''), encoding }
}

/** Unpacked, a workbook must not be larger: a small file can hold a flood. */
const mostUnpacked = 400_000_000
export const isWorkbook = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5)
const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const plain = (xml: string) =>
  xml
    .replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/giu, (all, hex: string | undefined, dec: string | undefined, name: string | undefined) =>
      name ? (named[name] ?? all) : String.fromCodePoint(Math.min(0x10ffff, hex ? Number.parseInt(hex, 16) : Number(dec))),
    )
    .replace(/_x([0-9A-F]{4})_/gu, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
/**
 * Only as far as the last element of that name is closed: each one that is never closed would be looked for to the end of the text, and a small file of
 * such would cost minutes.
 */
const closed = (xml: string, name: string) => {
  for (let end = xml.lastIndexOf(`${name}>`); end >= 0; end = end === 0 ? -1 : xml.lastIndexOf(`${name}>`, end - 1))
    if (/<\/(?:\w{1,60}:)?$/u.test(xml.slice(Math.max(0, end - 64), end))) return xml.slice(0, end + name.length + 1)
  return ''
}
/** The text of <si> or <is>: its runs, without the reading aids of East Asian texts. */
const withoutAids = (xml: string) => {
  const upTo = closed(xml, 'rPh')
  return upTo.replace(/<(?:\w+:)?rPh\b[\s\S]*?<\/(?:\w+:)?rPh>/gu, '') + xml.slice(upTo.length)
}
const runs = (xml: string) =>
  [...closed(withoutAids(xml), 't').matchAll(/<(?:\w+:)?t(?:\s[^<>]*)?>([\s\S]*?)<\/(?:\w+:)?t>/gu)].map(m => plain(m[1]!)).join('')
const attribute = (tag: string, name: string) => new RegExp(`(?:^|\\s)${name}="([^"]*)"`, 'u').exec(tag)?.[1]
const columnAt = (ref: string) => [...(/^[A-Z]+/u.exec(ref)?.[0] ?? 'A')].reduce((n, c) => n * 26 + c.charCodeAt(0) - 64, 0) - 1
const dayMs = 86_400_000
/** The day of a serial number of a spreadsheet; 60 is the 29 February 1900 that never was. */
const serialDay = (n: number, from1904: boolean) =>
  new Date(Date.UTC(from1904 ? 1904 : 1899, from1904 ? 0 : 11, from1904 ? 1 : n < 60 ? 31 : 30) + Math.floor(n) * dayMs)
    .toISOString()
    .slice(0, 10)
const isDateFormat = (id: number, code: string | undefined) =>
  (id >= 14 && id <= 17) ||
  id === 22 ||
  (id >= 27 && id <= 36) ||
  (id >= 50 && id <= 58) ||
  (code !== undefined && /[dyдг]/iu.test(code.replace(/"[^"]*"|\\.|\[[^\]]*\]/gu, '')))
const dateStyles = (xml: string): readonly boolean[] => {
  const codes = new Map(
    [...xml.matchAll(/<(?:\w+:)?numFmt\s([^>]*?)\/?>/gu)].map(m => [
      Number(attribute(m[1]!, 'numFmtId')),
      plain(attribute(m[1]!, 'formatCode') ?? ''),
    ]),
  )
  const cells = /<(?:\w+:)?cellXfs\b[\s\S]*?<\/(?:\w+:)?cellXfs>/u.exec(xml)?.[0] ?? ''
  return [...cells.matchAll(/<(?:\w+:)?xf\s([^>]*?)\/?>/gu)].map(m => {
    const id = Number(attribute(m[1]!, 'numFmtId') ?? 0)
    return isDateFormat(id, codes.get(id))
  })
}
const partOfBook = /^xl\/(worksheets\/[^/]+\.xml|sharedStrings\.xml|styles\.xml|workbook\.xml|_rels\/workbook\.xml\.rels)$/iu
/** Small pieces: one of them unpacks to a thousand times its size at most, and only then is looked at what came out. */
const piece = 16 * 1024
/** The parts of a workbook. What really comes out is counted, whatever the file says of its own size, and unpacking stops there. */
const unpack = (bytes: Uint8Array, most: number): Record<string, Uint8Array> => {
  const parts = new Map<string, Uint8Array[]>()
  let size = 0
  const unzip = new Unzip(f => {
    if (!partOfBook.test(f.name)) return
    // The same part twice: which of them a spreadsheet shows depends on the spreadsheet.
    if (parts.has(f.name)) throw new Error('twice')
    const list: Uint8Array[] = []
    parts.set(f.name, list)
    f.ondata = (e, data) => {
      if (e) throw e
      size += data.length
      if (size > most) throw new Error('too_large')
      list.push(data)
    }
    f.start()
  })
  unzip.register(UnzipInflate)
  for (let at = 0; at < bytes.length; at += piece) unzip.push(bytes.subarray(at, at + piece), at + piece >= bytes.length)
  return Object.fromEntries([...parts].map(([name, list]) => [name, new Uint8Array(Buffer.concat(list))]))
}
/** The rows of the first sheet of an XLSX workbook, days as YYYY-MM-DD. Undefined where it is none, or larger than `most` bytes unpacked. */
export const readWorkbook = (bytes: Uint8Array, most = mostUnpacked): string[][] | undefined => {
  let files: Record<string, Uint8Array>
  try {
    files = unpack(bytes, most)
  } catch {
    return undefined
  }
  const text = (name: string) => (files[name] ? strFromU8(files[name]) : '')
  const book = text('xl/workbook.xml')
  const first = /<(?:\w+:)?sheet\s[^>]*?r:id="([^"]+)"/u.exec(book)?.[1]
  const target = [...text('xl/_rels/workbook.xml.rels').matchAll(/<Relationship\s([^>]*?)\/?>/gu)].find(
    m => attribute(m[1]!, 'Id') === first,
  )
  const path = target ? (attribute(target[1]!, 'Target') ?? '').replace(/^\/?(xl\/)?/u, 'xl/') : ''
  const sheet = text(path) || text('xl/worksheets/sheet1.xml') || text(Object.keys(files).find(f => f.startsWith('xl/worksheets/')) ?? '')
  if (sheet === '') return undefined
  const strings = [...closed(text('xl/sharedStrings.xml'), 'si').matchAll(/<(?:\w+:)?si\b[^<>]*?(?:\/>|>([\s\S]*?)<\/(?:\w+:)?si>)/gu)].map(
    m => runs(m[1] ?? ''),
  )
  const dates = dateStyles(text('xl/styles.xml'))
  const from1904 = /date1904="(1|true)"/u.test(book)
  const rows: string[][] = []
  for (const r of closed(sheet, 'row').matchAll(/<(?:\w+:)?row\b[^<>]*?(?:\/>|>([\s\S]*?)<\/(?:\w+:)?row>)/gu)) {
    const row: string[] = []
    for (const c of closed(r[1] ?? '', 'c').matchAll(/<(?:\w+:)?c(\s[^<>]*?)?(?:\/>|>([\s\S]*?)<\/(?:\w+:)?c>)/gu)) {
      const [tag, inner] = [c[1] ?? '', c[2] ?? '']
      const ref = attribute(tag, 'r')
      const at = ref ? Math.min(columnAt(ref), 1000) : row.length
      while (row.length < at) row.push('')
      const type = attribute(tag, 't')
      const v = plain(/<(?:\w+:)?v[^<>]*>([\s\S]*?)<\/(?:\w+:)?v>/u.exec(closed(inner, 'v'))?.[1] ?? '')
      row[at] =
        type === 's'
          ? (strings[Number(v)] ?? '')
          : type === 'inlineStr'
            ? runs(inner)
            : type === 'd'
              ? v.slice(0, 10)
              : type === undefined || type === 'n'
                ? v !== '' && dates[Number(attribute(tag, 's') ?? -1)] && Number(v) > 0
                  ? serialDay(Number(v), from1904)
                  : /^-?\d+\.?\d*e[+-]?\d+$/iu.test(v)
                    ? String(Number(v))
                    : v
                : v
    }
    rows.push(row)
  }
  return rows
}
