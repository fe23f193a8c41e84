import { zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { readWorkbook } from './tables.ts'

const text = (s: string) => new TextEncoder().encode(s)
const book = (sheet: string, more: Record<string, Uint8Array> = {}) =>
  zipSync({ 'xl/workbook.xml': text('<workbook/>'), 'xl/worksheets/sheet1.xml': text(sheet), ...more })
const sheet = '<worksheet><sheetData><row><c t="inlineStr"><is><t>Имя</t></is></c></row></sheetData></worksheet>'

/** Writes another size where the file says how large a part is unpacked: in its own header and in the list at the end. */
const lying = (zip: Uint8Array, size: number) => {
  const out = Buffer.from(zip)
  for (const [mark, at] of [
    [0x04034b50, 22],
    [0x02014b50, 24],
  ] as const)
    for (let i = 0; i + 30 < out.length; i += 1) if (out.readUInt32LE(i) === mark) out.writeUInt32LE(size, i + at)
  return out
}

test('a flood is stopped by what comes out, not by what the file says of itself', () => {
  const flood = book(sheet.replace('</t>', `${' '.repeat(12_000_000)}</t>`))
  expect(flood.length).toBeLessThan(30_000)
  expect(readWorkbook(flood, 10_000_000)).toBeUndefined()
  const before = process.memoryUsage().rss
  expect(readWorkbook(lying(flood, 10), 3_000_000)).toBeUndefined()
  expect(process.memoryUsage().rss - before).toBeLessThan(60_000_000)
  // Parts that no workbook needs are not unpacked at all.
  expect(readWorkbook(book(sheet, { 'xl/media/picture.xml': new Uint8Array(12_000_000) }), 1_000_000)).toEqual([['Имя']])
})
test('a workbook is read as before; what is cut off or none is refused', () => {
  const whole = book(sheet)
  expect(readWorkbook(whole)).toEqual([['Имя']])
  expect(readWorkbook(lying(whole, 1))).toEqual([['Имя']])
  for (const n of [4, 40, 100]) expect(readWorkbook(whole.subarray(0, n))).toBeUndefined()
  expect(readWorkbook(text('PK\u0003\u0004 not a zip at all'))).toBeUndefined()
})

test('what is never closed is not looked for again and again', () => {
  // Read naively, each of these costs minutes.
  for (const part of ['<row>', '<row', '<row><c>', '<row><c><v>', '<row r="1"><c t="inlineStr"><is><t>'])
    expect(readWorkbook(book(`<sheetData>${part.repeat(150_000)}`))?.length ?? 0).toBe(0)
  const many = readWorkbook(book(`<sheetData>${'<row><c><v>'.repeat(50_000)}1</v></c></row>`))
  expect(many?.length).toBe(1)
  const strings = { 'xl/sharedStrings.xml': text('<si><t>'.repeat(150_000)) }
  expect(readWorkbook(book('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings))).toEqual([['']])
})
