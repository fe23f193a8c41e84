import fc from 'fast-check'
import type { ReadForm } from './main.forms.testing.ts'
import { newId } from './platform/records.ts'

/* What is typed into the forms of the office, by careful people and by nobody in their right mind. */

/** Must never come back as it was typed. */
export const marker = '<script>dv0()</script>'

/** What a careful person types. */
export const sense = (field: string): string => {
  const soon = new Date(Date.now() + (/learned/.test(field) ? -1 : 10) * 86_400_000)
  if (/-day$/.test(field)) return String(soon.getUTCDate())
  if (/-month$/.test(field)) return String(soon.getUTCMonth() + 1)
  if (/-year$/.test(field)) return String(soon.getUTCFullYear())
  if (field === 'country') return 'TJ'
  if (field === 'number') return '+992 44 600'
  if (field === 'login') return `login-${newId().slice(0, 8)}`
  return 'Слово, которого достаточно'
}
/* What is typed. */
const nasty = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '',
      ' ',
      '\u0000',
      'a\u0000b',
      '-1',
      '99999999999999999999',
      '1e309',
      'NaN',
      'null',
      'undefined',
      '[object Object]',
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(marker, `">${marker}`, `'"${marker}`, '../../etc/passwd', "'; drop table app.account; --", '%s%n'),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('\u202e\u200bобратно', 'ʻoʻ', '\ufeff', 'e\u0301'.repeat(50), '😀'.repeat(400), '\r\n\r\nSet-Cookie: a=b'),
  },
  { weight: 1, arbitrary: fc.constantFrom('2026-02-31', '0000-00-00', '9999-99-99', '31', '13', '10000') },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 60_000 }).map(n => 'я'.repeat(n / 6)) },
  { weight: 1, arbitrary: fc.uuid() },
)
/** Bytes that are no text: a lone surrogate, an overlong slash, half a letter, a broken escape. */
const rawBytes = fc.constantFrom('%ED%A0%80', '%C0%AF', '%D0', '%FF%FE', '%', '%zz', '%00', '%u0041')

type Change =
  | { readonly kind: 'keep' | 'missing' | 'real' | 'other' }
  | { readonly kind: 'value' | 'raw' | 'twice' | 'nested'; readonly text: string }
const change: fc.Arbitrary<Change> = fc.oneof(
  { weight: 6, arbitrary: fc.constant({ kind: 'keep' as const }) },
  { weight: 1, arbitrary: fc.constantFrom({ kind: 'missing' as const }, { kind: 'real' as const }, { kind: 'other' as const }) },
  { weight: 3, arbitrary: nasty.map(text => ({ kind: 'value' as const, text })) },
  { weight: 1, arbitrary: rawBytes.map(text => ({ kind: 'raw' as const, text })) },
  { weight: 1, arbitrary: nasty.map(text => ({ kind: 'twice' as const, text })) },
  { weight: 1, arbitrary: nasty.map(text => ({ kind: 'nested' as const, text })) },
)
export const plan = fc.record({
  route: fc.nat(),
  /** One in eight asks a page instead of sending a form. */
  chance: fc.nat(7),
  pick: fc.nat(),
  changes: fc.array(change, { minLength: 1, maxLength: 24 }),
  command: fc.constantFrom('own', 'new', 'new', 'new', 'broken', 'none'),
  /** A form in which one thing is wrong reaches deeper than one in which everything is. */
  one: fc.boolean(),
  extra: fc.option(
    fc.tuple(fc.constantFrom('__proto__', 'constructor', 'toString', 'add', 'then', 'children#', 'children[0][x]', 'ещё'), nasty),
    { freq: 4 },
  ),
  type: fc.oneof(
    { weight: 12, arbitrary: fc.constant('form' as const) },
    { weight: 1, arbitrary: fc.constantFrom('json' as const, 'plain' as const, 'none' as const, 'multipart' as const) },
  ),
  params: fc.oneof(
    { weight: 8, arbitrary: fc.constant('seen' as const) },
    { weight: 1, arbitrary: fc.constantFrom('known' as const, 'strange' as const) },
  ),
})
export type Plan = typeof plan extends fc.Arbitrary<infer P> ? P : never

export const enc = (text: string) => encodeURIComponent(text.toWellFormed())
export const bodyOf = (p: Plan, fields: Readonly<Record<string, string>>, form: ReadForm | undefined, ids: readonly string[]): string => {
  const all = { ...fields }
  if (p.command === 'new') all.command = newId()
  if (p.command === 'broken') all.command = 'x'
  if (p.command === 'none') delete all.command
  const names = Object.keys(all)
  const parts = names.flatMap((name, i) => {
    const value = all[name] ?? ''
    const c: Change = p.one
      ? i === p.pick % names.length
        ? p.changes[0]!
        : { kind: 'keep' }
      : (p.changes[i % p.changes.length] ?? { kind: 'keep' })
    const options = form?.fields.find(f => f.name === name)?.options ?? []
    switch (c.kind) {
      case 'missing':
        return []
      case 'real':
        return [`${enc(name)}=${ids[p.pick % (ids.length || 1)] ?? ''}`]
      case 'other':
        return [`${enc(name)}=${enc(options[p.pick % (options.length || 1)] ?? value)}`]
      case 'value':
        return [`${enc(name)}=${enc(c.text)}`]
      case 'raw':
        return [`${enc(name)}=${c.text}`]
      case 'twice':
        return [`${enc(name)}=${enc(value)}`, `${enc(name)}=${enc(c.text)}`]
      case 'nested':
        return [`${enc(name)}[a][b]=${enc(c.text)}`]
      default:
        return [`${enc(name)}=${enc(value)}`]
    }
  })
  if (p.extra) parts.push(`${enc(p.extra[0])}=${enc(p.extra[1])}`)
  return parts.join('&')
}
export const jsonOf = (p: Plan, fields: Readonly<Record<string, string>>): string => {
  const odd = [null, 7, 1e308, [], ['a', null], {}, { a: { b: marker } }, true, '\ud800']
  const whole = [null, [], 'text', 7, { command: { toString: 1 } }]
  if (p.pick % 5 === 0) return JSON.stringify(whole[p.route % whole.length])
  return JSON.stringify(
    Object.fromEntries(
      Object.entries(fields).map(([k, v], i) => [k, p.changes[i % p.changes.length]?.kind === 'keep' ? v : odd[(p.pick + i) % odd.length]]),
    ),
  )
}

export const strange = [
  'x',
  '%00',
  '%D0',
  '00000000-0000-4000-8000-000000000000',
  '..%2f..',
  'a'.repeat(199),
  "1'or'1",
  '%3Cscript%3Edv0()',
]

export const types = {
  form: 'application/x-www-form-urlencoded',
  json: 'application/json',
  plain: 'text/plain',
  multipart: 'multipart/form-data; boundary=x',
}
