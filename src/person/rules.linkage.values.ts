import { type LinkDate, readDate } from './rules.linkage.dates.ts'
import { keyOf, otherForms, type Part, toPart } from './rules.names.alike.ts'
import { normal, partsOf, spell } from './rules.names.sounds.ts'
import { type Comparator, kindFacts, type LinkKind, levelsOf } from './schema.linkage.ts'

export type ComparedKind = Exclude<LinkKind, 'record_id' | 'ignore'>
export interface Attribute {
  readonly name: string
  readonly kind: ComparedKind
}
/** One value as it is compared; made once, however many rows hold it. */
export interface Value {
  readonly raw: string
  readonly text: string
  /** Without spaces, signs and the words that every address has. */
  readonly compact: string
  /** 0 Latin, 1 Cyrillic, 2 Arabic. */
  readonly script: number
  readonly parts: readonly Part[]
  /** As it sounds, in one alphabet, for quick refusals and for counting what is common. */
  readonly sound: string
  /** Sounds of its parts, and those of their other forms (Саша), which share few letters with them. */
  readonly forms: readonly string[]
  readonly nicknames: ReadonlySet<string> | undefined
  readonly date: LinkDate | undefined
  readonly number: number
}
/** What was compared lately: a place for each pair of codes, taken over by the next pair that falls on it. Never grows. */
export interface Memo {
  readonly keys: Float64Array
  readonly levels: Uint8Array
  readonly shift: number
}
const memoOf = (bits: number): Memo => ({ keys: new Float64Array(2 ** bits), levels: new Uint8Array(2 ** bits), shift: 32 - bits })
/** Values of one or several columns that may stand in each other's place. Code 0: nothing was written. */
export interface Dictionary {
  readonly comparator: Comparator
  readonly values: Value[]
  readonly codes: Map<string, number>
  readonly memo: Memo
}
export interface Column extends Attribute {
  readonly comparator: Comparator
  readonly levels: readonly string[]
  readonly dictionary: Dictionary
  readonly left: Int32Array
  readonly right: Int32Array
  /** Rows by code, on either side. */
  readonly inLeft: Float64Array
  readonly inRight: Float64Array
  /** Rows of both sides that hold something that sounds the same, by code. */
  readonly sounding: Float64Array
  /** Columns with which this one may have been mixed up. */
  readonly beside: number[]
}

const nothing =
  /^(|-+|—|–|\.+|\?+|null|none|nan|n\/?a|nil|unknown|неизвестно|не\s*известн[оаы]|не\s*указан[оаы]?|не\s*установлен[оаы]?|нет\s+данных|отсутствует|н\/д)$/u
/** Words that say what kind of a place it is, not which. */
const common = new Set(
  (
    'street st str road rd avenue ave av place pl crescent cres circuit cct close cl court ct drive dr dve way lane ln parade pde terrace tce boulevard blvd ' +
    'улица ул проспект пр просп переулок пер проезд шоссе ш площадь пл бульвар бул дом д кв квартира корпус корп стр город г гор село с посёлок поселок пос п ' +
    'район р-н область обл край ulitsa ul kocha kochasi коча кӯчаи кучаи кучасы kuchasi'
  ).split(' '),
)
const female = /^(f|female|w|woman|girl|ж|жен\p{L}*\.?|девочка|девушка|femme|féminin|ayol|аял|зан|2)$/u
const male = /^(m|male|man|boy|м|муж\p{L}*\.?|мальчик|юноша|homme|masculin|erkak|эркек|мард|1)$/u
const sexOf = (t: string) => (female.test(t) ? 'f' : male.test(t) ? 'm' : t)
const digitsOf = (t: string) => t.replace(/\D/gu, '')

const empty: readonly Part[] = []
const cache = new Map<string, Part>()
const partOf = (text: string): Part => {
  const found = cache.get(text)
  if (found) return found
  if (cache.size > 200_000) cache.clear()
  const made = toPart(text)
  cache.set(text, made)
  return made
}
const nicknamesOf = (parts: readonly Part[]): ReadonlySet<string> | undefined => {
  const all = new Set(parts.flatMap(p => [...otherForms(p)]))
  return all.size > 0 ? all : undefined
}
const plain = (comparator: Comparator, kind: ComparedKind, raw: string, monthFirst: boolean): Value => {
  const text = normal(raw).replace(/\s+/gu, ' ').trim()
  const bare = (compact: string, more: Partial<Value> = {}): Value => ({
    raw,
    text,
    compact,
    script: 0,
    parts: empty,
    sound: '',
    forms: [],
    nicknames: undefined,
    date: undefined,
    number: Number.NaN,
    ...more,
  })
  if (comparator === 'date') {
    const swapped = monthFirst ? /^(\d{1,2})([-./])(\d{1,2})([-./].*)$/u.exec(raw.trim()) : null
    const date = readDate(swapped ? `${swapped[3]}${swapped[2]}${swapped[1]}${swapped[4]}` : raw)
    return date ? bare(date.digits + (date.toYear > date.year ? `/${date.toYear}` : ''), { date }) : bare('')
  }
  if (comparator === 'number') {
    const number = Number.parseFloat(text.replace(',', '.'))
    return bare(Number.isNaN(number) ? '' : String(number), { number })
  }
  if (kind === 'sex') return bare(sexOf(text))
  if (comparator === 'phone') {
    const d = digitsOf(text)
    return bare(d.length === 11 && d.startsWith('8') ? `7${d.slice(1)}` : d)
  }
  if (comparator === 'email') return bare(raw.trim().toLowerCase().replace(/\s/gu, ''))
  if (comparator === 'digits' || comparator === 'postcode') return bare(text.replace(/[^\p{L}\p{N}]/gu, ''))
  if (comparator === 'house') return bare(text.replace(/\b(дом|д|кв|корп|стр|no|apt|unit|flat)\b\.?/gu, '').replace(/[^\p{L}\p{N}/]/gu, ''))
  const all = partsOf(text).map(p => p.part)
  const told = comparator === 'words' ? all.filter(p => !common.has(p)) : all
  const words = told.length > 0 ? told : all
  const parts = words.slice(0, 10).map(partOf)
  return bare(words.join(''), {
    script: /[\u0600-\u06ff]/u.test(text) ? 2 : /[\u0400-\u052f]/u.test(text) ? 1 : 0,
    parts,
    sound: parts.map(p => spell(p.forms[0] ?? new Uint8Array())).join(''),
    forms: parts.flatMap(p => p.forms.map(f => keyOf(f))),
    nicknames: comparator === 'name' ? nicknamesOf(parts) : undefined,
  })
}
const dictionary = (comparator: Comparator): Dictionary => ({
  comparator,
  values: [plain('digits', 'code', '', false)],
  codes: new Map(),
  memo: memoOf(18),
})
const intern = (d: Dictionary, kind: ComparedKind, raw: string, monthFirst: boolean): number => {
  const known = d.codes.get(raw)
  if (known !== undefined) return known
  let code = 0
  if (!nothing.test(raw.trim().toLowerCase())) {
    const value = plain(d.comparator, kind, raw, monthFirst)
    if (value.compact !== '') {
      // The same text in other letters or signs is the same value, or frequencies would be split.
      const key = `\u0000${d.comparator === 'name' || d.comparator === 'words' ? value.text : d.comparator === 'category' ? value.sound || value.compact : value.compact}`
      code = d.codes.get(key) ?? 0
      if (code === 0) {
        code = d.values.length
        d.values.push(value)
        d.codes.set(key, code)
      }
    }
  }
  d.codes.set(raw, code)
  return code
}
const monthsFirst = (values: readonly string[]): boolean => {
  let [first, second] = [0, 0]
  for (const v of values) {
    const m = /^\s*(\d{1,2})[-./](\d{1,2})[-./]\d{2,4}/u.exec(v)
    if (m && Number(m[1]) > 12) first += 1
    if (m && Number(m[2]) > 12) second += 1
  }
  return second > first * 3
}
const soundingOf = (c: { dictionary: Dictionary; left: Int32Array; right: Int32Array }): Float64Array => {
  const { values } = c.dictionary
  const keys = values.map(v => v.sound || v.compact)
  const by = new Map<string, number>()
  for (const side of c.left === c.right ? [c.left] : [c.left, c.right])
    for (const code of side) if (code > 0) by.set(keys[code]!, (by.get(keys[code]!) ?? 0) + 1)
  return Float64Array.from(values, (_, code) => by.get(keys[code]!) ?? 0)
}
const counted = (codes: Int32Array, size: number) => {
  const out = new Float64Array(size)
  for (const c of codes) out[c]! += 1
  return out
}
/** Columns ready to be compared. `right` is undefined where one file is compared with itself. Values stand by attribute, then by row. */
export const columnsOf = (
  attributes: readonly Attribute[],
  left: readonly (readonly string[])[],
  right: readonly (readonly string[])[] | undefined,
): Column[] => {
  const shared = new Map<string, Dictionary>()
  const read = attributes.map((a, i) => {
    const { comparator, group } = kindFacts[a.kind]
    const d = (group && shared.get(group)) ?? dictionary(comparator)
    if (group) shared.set(group, d)
    const side = (values: readonly string[]) => {
      const monthFirst = comparator === 'date' && monthsFirst(values)
      return Int32Array.from(values, v => intern(d, a.kind, v, monthFirst))
    }
    const l = side(left[i] ?? [])
    return { ...a, comparator, group, dictionary: d, left: l, right: right ? side(right[i] ?? []) : l }
  })
  return read.map(({ group, ...c }, i) => ({
    ...c,
    levels: levelsOf[c.comparator],
    inLeft: counted(c.left, c.dictionary.values.length),
    inRight: counted(c.right, c.dictionary.values.length),
    sounding: soundingOf(c),
    beside: group ? read.flatMap((o, j) => (j !== i && o.group === group ? [j] : [])) : [],
  }))
}
