import type { Id } from './id.ts'

/** Letters and digits that nobody confuses on paper (Crockford base 32). */
const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** Russian letters that look like Latin ones or like a digit: whoever copies from paper does not know which they were. Д, К, П, Ф also stand for the kinds. */
const lookAlike: Readonly<Record<string, string>> = {
  А: 'A',
  В: 'B',
  Е: 'E',
  З: '3',
  К: 'K',
  М: 'M',
  Н: 'H',
  О: 'O',
  Р: 'P',
  С: 'C',
  Т: 'T',
  У: 'Y',
  Х: 'X',
  Д: 'D',
  П: 'P',
  Ф: 'F',
}
const latin = (typed: string): string =>
  typed
    .toUpperCase()
    .replace(/[А-Я]/g, c => lookAlike[c] ?? c)
    .replace(/[\s\p{Pd}]/gu, '')
const digits = (s: string): string => s.replace(/O/g, '0').replace(/[IL]/g, '1')

/** D: a case by its number; P: a person; K: a contact, both by the beginning of their id; N: a night card by its own code; F: a page that is about nobody. */
export interface Code {
  readonly kind: 'D' | 'P' | 'K' | 'N' | 'F'
  readonly body: string
  /** Number of the form of this record. */
  readonly form: number | null
  /** Beginning of the id of what the form is about. */
  readonly part: string | null
}
/** What a printed code says, however it is typed; null for everything else. A name may read as a code: whoever finds nothing by it goes on to search. */
export const parseCode = (typed: string): Code | null => {
  const [head = '', tail, ...rest] = latin(typed).split('/')
  const kind = (['D', 'P', 'K', 'N', 'F'] as const).find(k => head.startsWith(k))
  if (!kind || rest.length > 0) return null
  const body = digits(head.slice(1))
  const length = kind === 'D' ? 7 : kind === 'N' ? 5 : 8
  if (kind === 'F' ? !/^\d$/.test(body) : body.length !== length || ![...body].every(c => crockford.includes(c))) return null
  if (tail === undefined) return { kind, body, form: null, part: null }
  const form = /^(\d{1,2})([0-9A-HJKMNP-TV-Z]{8})?$/.exec(digits(tail))
  return form ? { kind, body, form: Number(form[1]), part: form[2] ?? null } : null
}

/** The first 40 bits of an id, in eight characters. */
export const shortOf = (id: Id): string => {
  const n = BigInt(`0x${id.replace(/-/g, '').slice(0, 10)}`)
  return [35n, 30n, 25n, 20n, 15n, 10n, 5n, 0n].map(by => crockford[Number((n >> by) & 31n)]).join('')
}
/** The lowest and the highest id that such eight characters may mean. */
export const idSpan = (short: string): [Id, Id] => {
  const n = [...short].reduce((sum, c) => (sum << 5n) | BigInt(crockford.indexOf(c)), 0n)
  const hex = n.toString(16).padStart(10, '0')
  const from = (fill: string) =>
    `${hex.slice(0, 8)}-${hex.slice(8)}${fill.repeat(2)}-${fill.repeat(4)}-${fill.repeat(4)}-${fill.repeat(12)}`
  return [from('0'), from('f')]
}

/** The code of a person or a contact, and of one of its forms. */
export const codeOf = (kind: 'P' | 'K', id: Id, form?: number, part?: Id): string =>
  `${kind}-${shortOf(id)}${form === undefined ? '' : `/${form}`}${part ? `-${shortOf(part)}` : ''}`
/** Pages that are printed and about nobody. The digits stand on paper: never give one a second meaning. */
export const pageCodes = {
  '/cases': 'F-1',
  '/cases/new': 'F-2',
  '/people/search': 'F-3',
  '/people/new': 'F-4',
  '/contacts/new/walk-in': 'F-5',
  '/contacts/new/call': 'F-6',
} as const
