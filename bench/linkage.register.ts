import { person } from '../src/demo/rules.people.ts'
import { type Chance, chance } from '../src/demo/rules.random.ts'
import { toIcao } from '../src/demo/rules.romanise.ts'
import { type DemoName, type DemoPerson, fullName } from '../src/demo/schema.ts'
import type { Table } from '../src/person/rules.linkage.columns.ts'

/* A Cyrillic register of one office and a Latin one of another, with the slips of both. Nobody in them exists. */

const slip = (c: Chance, text: string, often: number): string => {
  if (text.length < 4 || !c.is(often)) return text
  const i = c.int(1, text.length - 2)
  const [a, b] = [text[i]!, text[i + 1]!]
  return text.slice(0, i) + c.one([b, a + a + b, b + a, a]) + text.slice(i + 2)
}
const dateSlip = (c: Chance, day: string): string => {
  const [y = '', m = '', d = ''] = day.split('-')
  return c.weighted([
    [day, 84],
    [`${y}-${d}-${m}`, Number(d) <= 12 ? 4 : 0],
    [`${Number(y) + 1}-${m}-${d}`, 3],
    [`${y}-${m}-${String(c.int(1, 28)).padStart(2, '0')}`, 3],
    [`${y}-01-01`, 3],
    ['', 4],
  ])
}
const named = (c: Chance, p: DemoPerson, script: DemoName['script']): DemoName => {
  const fit = p.names.filter(n => n.script === script)
  return c.one(fit.length > 0 ? fit : p.names)
}
export type InventedKind = 'names_and_dates' | 'names_dates_places' | 'names_only_years'
/** Two registers of `left` and `right` people, `both` of them in both. The truth is in the id: rec-N-org and rec-N-dup-0. */
export const invented = (kind: InventedKind, left: number, right: number, both: number): { left: Table; right: Table } => {
  const places = kind === 'names_dates_places'
  const years = kind === 'names_only_years'
  const rowOf = (n: number, side: 'left' | 'right'): string[] => {
    const p = person('linkage', n, '2026-06-01')
    const c = chance('linkage', kind, side, n)
    const name = named(c, p, side === 'left' ? 'cyrl' : 'latn')
    const day = dateSlip(c, p.born)
    const date = day === '' ? '' : years ? day.slice(0, 4) : side === 'left' ? day.split('-').reverse().join('.') : day
    const part = (text: string) => slip(c, text, 0.08)
    const sex = c.is(0.03) ? '' : p.sex === 'female' ? (side === 'left' ? 'ж' : 'F') : side === 'left' ? 'м' : 'M'
    const place = c.is(0.1) ? '' : slip(c, side === 'left' ? p.from.district : toIcao(p.from.district), 0.06)
    const region = side === 'left' ? p.from.region : toIcao(p.from.region)
    const names =
      side === 'left'
        ? [part(name.family), part(name.given), c.is(0.3) ? '' : part(name.patronymic)]
        : [fullName({ ...name, family: part(name.family), given: part(name.given), patronymic: c.is(0.6) ? '' : name.patronymic })]
    return [`rec-${n}-${side === 'left' ? 'org' : 'dup-0'}`, ...names, date, sex, ...(places ? [place, region] : [])]
  }
  const rows = (side: 'left' | 'right', from: number, count: number) => Array.from({ length: count }, (_, i) => rowOf(from + i, side))
  return {
    left: {
      headings: [
        '№ записи',
        'Фамилия',
        'Имя',
        'Отчество',
        years ? 'Год рождения' : 'Дата рождения',
        'Пол',
        ...(places ? ['Район', 'Область'] : []),
      ],
      rows: rows('left', 0, left),
    },
    right: {
      headings: ['id', 'name', years ? 'year_of_birth' : 'date_of_birth', 'sex', ...(places ? ['district', 'region'] : [])],
      rows: rows('right', left - both, right),
    },
  }
}
