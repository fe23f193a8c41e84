import type { ErrorRef, FieldDef } from './form.ts'

/* Reading one field of a urlencoded body; used by form.ts only. */

const dayParts = ['day', 'month', 'year'] as const

/** NFC, line ends of one kind, and no control characters: PostgreSQL refuses NUL, and two spellings of one name would not be found. */
const clean = (value: string): string =>
  value
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u2028\u2029]/g, '')

const first = (raw: unknown): string =>
  typeof raw === 'string' ? clean(raw) : Array.isArray(raw) && typeof raw[0] === 'string' ? clean(raw[0]) : ''
const all = (raw: unknown): string[] =>
  Array.isArray(raw) ? raw.filter(r => typeof r === 'string').map(clean) : typeof raw === 'string' ? [clean(raw)] : []

const isKey = (message: string) => /^[a-z][\w-]*(\.[\w-]+)+$/i.test(message)

interface Issue {
  readonly code?: string | undefined
  readonly message: string
  readonly minimum?: unknown
  readonly maximum?: unknown
  readonly origin?: unknown
}
/** The words for what a schema did not like. */
const errorOf = (issue: Issue | undefined, field: FieldDef): ErrorRef => {
  if (issue && isKey(issue.message)) return { key: issue.message }
  if (field.errors?.invalid) return { key: field.errors.invalid }
  const choice = field.kind === 'radios' || field.kind === 'select' || field.kind === 'checkboxes'
  if (choice) return { key: 'base.error.choose' }
  if (issue?.code === 'too_big' && issue.origin === 'string') return { key: 'base.error.tooLong', args: { max: Number(issue.maximum) } }
  if (issue?.code === 'too_small' && issue.origin === 'string') return { key: 'base.error.tooShort', args: { min: Number(issue.minimum) } }
  if (issue?.code === 'too_big' && issue.origin === 'number') return { key: 'base.error.tooMuch', args: { max: Number(issue.maximum) } }
  if (issue?.code === 'too_small' && issue.origin === 'number') return { key: 'base.error.tooLittle', args: { min: Number(issue.minimum) } }
  return { key: 'base.error.notValid' }
}

const realDay = (day: string, month: string, year: string): string | undefined => {
  if (!/^\d{1,2}$/.test(day) || !/^\d{1,2}$/.test(month) || !/^\d{4}$/.test(year)) return undefined
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const ms = Date.parse(`${iso}T00:00:00Z`)
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(iso) ? iso : undefined
}

interface Read {
  readonly value?: unknown
  readonly error?: ErrorRef
  /** Nothing was typed. */
  readonly blank: boolean
}

/** Reads one field under the name it has in the body, and notes in `values` what to show again. */
export const readField = (
  field: FieldDef,
  name: string,
  body: Readonly<Record<string, unknown>>,
  values: Record<string, string | string[]>,
): Read => {
  const required = field.errors?.required
  const check = (raw: unknown): Read => {
    const parsed = field.schema.safeParse(raw)
    return parsed.success ? { value: parsed.data, blank: false } : { error: errorOf(parsed.error.issues[0], field), blank: false }
  }
  if (field.kind === 'checkboxes') {
    const chosen = all(body[name]).filter(v => v !== '')
    values[name] = chosen
    if (chosen.length === 0)
      return field.optional ? { value: [], blank: true } : { error: { key: required ?? 'base.error.choose' }, blank: true }
    return check(chosen)
  }
  if (field.kind === 'day') {
    const [day, month, year] = dayParts.map(part => {
      const typed = first(body[`${name}-${part}`]).trim()
      values[`${name}-${part}`] = typed
      return typed
    }) as [string, string, string]
    if (`${day}${month}${year}` === '')
      return field.optional ? { value: undefined, blank: true } : { error: { key: required ?? 'base.error.enter' }, blank: true }
    if (day === '' || month === '' || year === '') return { error: { key: 'base.error.dayPart' }, blank: false }
    const iso = realDay(day, month, year)
    return iso === undefined ? { error: { key: field.errors?.invalid ?? 'base.error.dayReal' }, blank: false } : check(iso)
  }
  const typed = first(body[name])
  const value = field.kind === 'password' ? typed : field.kind === 'code' ? typed.replace(/[\s\u00a0]/g, '') : typed.trim()
  if (field.kind !== 'password') values[name] = field.kind === 'code' ? typed.trim() : typed
  if (value === '') {
    if (field.optional) return { value: undefined, blank: true }
    const choice = field.kind === 'radios' || field.kind === 'select'
    return { error: { key: required ?? (choice ? 'base.error.choose' : 'base.error.enter') }, blank: true }
  }
  return check(value)
}

/** The names under which a field stands in the body. */
export const namesOf = (field: FieldDef, name: string): string[] =>
  field.kind === 'day' ? dayParts.map(part => `${name}-${part}`) : [name]
