import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { strToU8, zipSync } from 'fflate'
import { afterAll, describe, expect, test } from 'vitest'
import { loadCommand } from './cli.commands.ts'
import { chance } from './demo/rules.random.ts'
import { pairColumns, printMapping, readMapping, suggestColumns } from './person/rules.linkage.columns.ts'
import { csvCell, csvLine, readCsv } from './person/rules.linkage.csv.ts'
import { linkKinds } from './person/schema.linkage.ts'
import { decodeText, encodingOf, readWorkbook } from './platform/tables.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'link-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const file = (name: string, bytes: string | Uint8Array) => {
  const at = path.join(folder, name)
  writeFileSync(at, bytes)
  return at
}
const run = async (name: string, ...args: string[]) => {
  const lines: string[] = []
  const command = await loadCommand(name)
  await command!.run({
    args,
    config: () => {
      throw new Error('not needed')
    },
    print: l => void lines.push(l),
    say: () => {},
  })
  return lines.join('\n')
}
/** A table of windows-1251 without a library: Node only decodes. */
const to1251 = (text: string) => {
  const table = new Map(Array.from({ length: 256 }, (_, b) => [new TextDecoder('windows-1251').decode(Uint8Array.of(b)), b] as const))
  return Uint8Array.from([...text], c => table.get(c) ?? 63)
}
const cyrillic = [
  '№;Фамилия;Имя;Дата рождения;Город',
  ...['Каримов;Алишер;19.03.2011;Душанбе', 'Иванова;Ольга;02.11.2009;Казань', 'Петров;Глеб;30.07.2010;Омск'].map((r, i) => `${i + 1};${r}`),
]
const latin = [
  'id,full_name,date_of_birth,city',
  'a,Alisher Karimov,2011-03-19,Dushanbe',
  'b,Olga Ivanova,2009-11-02,Kazan',
  'c,John Smith,2001-01-05,Perth',
]
/** So few rows teach nothing: strangers around them. */
const crowd = (n: number, make: (i: number, name: string) => string) =>
  Array.from({ length: n }, (_, i) => {
    const c = chance('crowd', i)
    return make(i, Array.from({ length: 3 }, () => c.one(['ба', 'ро', 'ни', 'ту', 'ке', 'ша', 'мол', 'дер', 'зук', 'ги'])).join(''))
  })

describe('what is refused', () => {
  test.each([
    [['link', 'only-one.csv']],
    [['link', 'nowhere.csv', 'nowhere2.csv', '--out', 'x.csv']],
    [['dedupe', 'a.csv', 'b.csv', '--out', 'x.csv']],
  ])('%j', async ([name = '', ...args]) => {
    await expect(run(name, ...args)).rejects.toThrow()
  })
  test('the file that is read is never written over', async () => {
    const f = file('own.csv', latin.join('\n'))
    await expect(run('dedupe', f, '--out', f)).rejects.toThrow(/overwrite/)
    expect(readFileSync(f, 'utf8')).toBe(latin.join('\n'))
  })
  test('a mapping with an unknown kind says which line, and no value of the register', () => {
    const read = readMapping('Имя: given_name\nФамилия: Иванов\n')
    expect(read).toMatchObject({ ok: false, error: 'mapping_kind', line: 2 })
  })
  test('a cell that a spreadsheet would run is made a text', () => {
    for (const bad of ['=1+1', '+cmd|x', '-2+3', '@SUM(A1)', '\tx']) expect(csvCell(bad).replace(/^"/, '')).toMatch(/^'/)
    expect(csvCell('-2.5')).toBe('-2.5')
  })
  test('what is no workbook, or unpacks to a flood, is refused', () => {
    expect(readWorkbook(Uint8Array.of(0x50, 0x4b, 3, 4, 1, 2, 3))).toBeUndefined()
    expect(readWorkbook(zipSync({ 'other.txt': strToU8('x') }))).toBeUndefined()
  })
})

describe('reading', () => {
  test('what is written as CSV is read back, whatever the cells', () => {
    const cell = fc
      .string({ maxLength: 8 })
      .map(s => s.replace(/\0/g, '').trim())
      .filter(s => !/^[=+\-@\t\r]/.test(s))
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 8 }), rows => {
        const told = rows.filter(r => r.some(c => c !== ''))
        const text = csvLine(['one', 'two', 'three']) + rows.map(r => csvLine(r)).join('')
        expect(readCsv(text)).toEqual({ headings: ['one', 'two', 'three'], rows: told })
      }),
    )
  })
  test('any delimiter and line end, a mark at the beginning, titles above', () => {
    for (const d of [',', ';', '\t', '|'])
      for (const end of ['\n', '\r\n', '\r']) {
        const t = readCsv(`\ufeff${['Фамилия', 'Имя', 'Год'].join(d)}${end}"Ли${d}а"${d}Ан${d}2011${end}Ким${d}Ю${d}2012${end}`)
        expect(t.headings).toEqual(['Фамилия', 'Имя', 'Год'])
        expect(t.rows[0]).toEqual([`Ли${d}а`, 'Ан', '2011'])
      }
    expect(readCsv('Список детей;;\n№;Имя;Год\n1;Ан;2011\n').headings).toEqual(['№', 'Имя', 'Год'])
  })
  test('encodings of Russian offices', () => {
    const text = 'Фамилия;Имя;Город\r\nИванова;Ольга;Казань\r\nСоколов;Пётр;Нижний Новгород\r\n'
    const u16 = (be: boolean, bom: boolean) => {
      const units = bom ? `\ufeff${text}` : text
      const out = new Uint8Array(units.length * 2)
      const view = new DataView(out.buffer)
      for (let i = 0; i < units.length; i += 1) view.setUint16(i * 2, units.charCodeAt(i), !be)
      return out
    }
    for (const bytes of [
      strToU8(text),
      strToU8(`\ufeff${text}`),
      to1251(text),
      u16(false, true),
      u16(true, true),
      u16(false, false),
      u16(true, false),
    ])
      expect(decodeText(bytes).text).toBe(text)
    expect(encodingOf(to1251(text))).toBe('windows-1251')
  })
  test('a workbook: shared and inline texts, numbers, days, empty cells', () => {
    const sheet =
      '<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>Имя</t></is></c><c r="C1" t="s"><v>1</v></c></row>' +
      '<row r="2"><c r="A2"><v>7</v></c><c r="C2" s="1"><v>40621</v></c></row></sheetData></worksheet>'
    const book = zipSync({
      'xl/workbook.xml': strToU8('<workbook><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>'),
      'xl/_rels/workbook.xml.rels': strToU8('<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>'),
      'xl/worksheets/sheet1.xml': strToU8(sheet),
      'xl/sharedStrings.xml': strToU8('<sst><si><t>№</t></si><si><r><t>Дата </t></r><r><t>&amp; год</t></r></si></sst>'),
      'xl/styles.xml': strToU8('<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'),
    })
    expect(readWorkbook(book)).toEqual([
      ['№', 'Имя', 'Дата & год'],
      ['7', '', '2011-03-19'],
    ])
  })
})

describe('columns', () => {
  const suggested = (headings: string[], row: string[] = []) => [
    ...suggestColumns({ headings, rows: [row, row.map(c => `${c}1`)] }).values(),
  ]
  test('plain English headings, those of FEBRL among them', () => {
    expect(
      suggested('rec_id given_name surname street_number address_1 address_2 suburb postcode state date_of_birth soc_sec_id'.split(' '), [
        'a',
      ]),
    ).toEqual(['record_id', 'given_name', 'surname', 'house', 'street', 'street', 'place', 'postcode', 'region', 'date', 'document'])
    expect(suggested(['unique_id', 'first_name', 'surname', 'dob', 'city', 'email', 'cluster'], ['a'])).toEqual([
      'record_id',
      'given_name',
      'surname',
      'date',
      'place',
      'email',
      'ignore',
    ])
    expect(
      suggested(['id', 'name', 'addr', 'phone', 'type', 'occupation', 'birth_place', 'postcode_fake'], ['1', 'x', 'y', '', 'french']),
    ).toEqual(['record_id', 'full_name', 'street', 'phone', 'text', 'occupation', 'place', 'postcode'])
  })
  test('plain Russian headings', () => {
    expect(
      suggested(
        [
          '№ п/п',
          'Фамилия',
          'Имя',
          'Отчество',
          'Дата рождения',
          'Пол',
          'Гражданство',
          'Место рождения',
          'Адрес',
          'Телефон',
          'Паспорт',
          'ФИО матери',
        ],
        ['1'],
      ),
    ).toEqual([
      'record_id',
      'surname',
      'given_name',
      'patronymic',
      'date',
      'sex',
      'origin',
      'place',
      'street',
      'phone',
      'document',
      'relative',
    ])
  })
  test('what is printed is read back, whatever the headings', () => {
    const heading = fc
      .string({ minLength: 1, maxLength: 12, unit: 'grapheme' })
      .map(s => s.replace(/[\0\r\n\u2028\u2029\u0085]/g, '').trim())
      .filter(Boolean)
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(heading, fc.constantFrom(...linkKinds)), { selector: ([h]) => h, minLength: 1, maxLength: 6 }),
        pairs => {
          const m = new Map(pairs)
          const read = readMapping(printMapping([m]))
          expect(read.ok && [...read.value.left]).toEqual([...m])
          const other = new Map(pairs.map(([h, k]) => [h, k === 'text' ? 'code' : 'text'] as const))
          const two = readMapping(printMapping([m, other]))
          expect(two.ok && [[...two.value.left], [...two.value.right]]).toEqual([[...m], [...other]])
        },
      ),
    )
  })
  test('a whole name on one side answers its parts on the other', () => {
    const [a, b] = [readCsv(cyrillic.join('\n')), readCsv(latin.join('\n'))]
    const p = pairColumns(a, suggestColumns(a), b, suggestColumns(b))
    expect(p.attributes.map(x => x.kind)).toEqual(['full_name', 'date', 'place'])
    expect(p.left[0]![0]).toBe('Каримов Алишер')
    expect(p.leftIds).toEqual(['1', '2', '3'])
  })
})

describe('the commands', () => {
  const day = (i: number) =>
    [String((i % 28) + 1).padStart(2, '0'), String((i % 12) + 1).padStart(2, '0'), String(2003 + (i % 13))] as const
  const left = [...cyrillic, ...crowd(120, (i, n) => `${i + 10};${n};${n.slice(2)}р;${day(i).join('.')};Город${i % 9}`)].join('\r\n')
  const right = [
    ...latin,
    ...Array.from({ length: 90 }, (_, i) => `z${i},Zu${i % 7}lk Vor${i}tek,${[...day(i + 50)].reverse().join('-')},Xa${i % 5}`),
  ].join('\n')
  test('link a Cyrillic register of an old office with a Latin one, by suggestion and by a mapping', async () => {
    const [l, r, out] = [file('left.csv', to1251(left)), file('right.csv', right), path.join(folder, 'pairs.csv')]
    const yaml = file('columns.yaml', await run('link', '--suggest', l, r))
    for (const args of [[], ['--columns', yaml]]) {
      await run('link', l, r, ...args, '--out', out)
      const t = readCsv(readFileSync(out, 'utf8'))
      expect(t.headings).toEqual(['left_id', 'right_id', 'probability', 'weight', 'why'])
      expect(t.rows.map(x => x.slice(0, 2)).sort()).toEqual([
        ['1', 'a'],
        ['2', 'b'],
      ])
      expect(t.rows[0]![4]).toContain('date_of_birth same')
      expect(readFileSync(out, 'utf8')).not.toMatch(/Каримов|Karimov|2011/)
      expect(statSync(out).mode & 0o077).toBe(0)
    }
  })
  test('dedupe one register', async () => {
    const f = file('one.csv', `${left}\r\n900;Каримов;Олишер;19.03.2011;Душанбе\r\n`)
    const out = path.join(folder, 'twice.csv')
    await run('dedupe', f, '--out', out)
    const found = readCsv(readFileSync(out, 'utf8')).rows.map(x => x.slice(0, 2))
    expect(found[0]).toEqual(['1', '900'])
    expect(found.length).toBeLessThan(4)
    await run('dedupe', f, '--out', out, '--threshold', '1')
    expect(readCsv(readFileSync(out, 'utf8')).rows).toEqual([])
  })
})
