import type { z } from 'zod'
import { namesOf, readField } from './form.read.ts'
import type { Args } from './i18n.ts'
import { type Id, isId } from './id.ts'

/**
 * Declarative forms: one description gives the fields on the screen, the parsing, the kept values and the translated errors.
 * Labels, hints and errors are keys of the catalogues. A zod schema may carry a key as its message: `z.string().max(200, 'case.note.tooLong')`.
 */
export type FieldKind = 'text' | 'textarea' | 'radios' | 'checkboxes' | 'select' | 'day' | 'password' | 'code' | 'hidden'

export interface Option {
  readonly value: string
  /** Key of the words, or `text` as it stands (names of colleagues, places). */
  readonly label?: string | undefined
  readonly text?: string | undefined
  readonly hint?: string | undefined
  /** Name of a field of the same form that is asked only when this is chosen. */
  readonly reveals?: string | undefined
  /** Checkboxes: excludes all others («ничего из этого»). */
  readonly exclusive?: boolean | undefined
}

export interface FieldDef<S extends z.ZodType = z.ZodType> {
  readonly kind: FieldKind
  /** What the value must be: a string; for `checkboxes` an array of strings; for `day` a string `YYYY-MM-DD`. */
  readonly schema: S
  readonly label: string
  readonly hint?: string
  /** For choices; a list known only at run time is given to the parser and the page instead, and then `schema` must be wide enough. */
  readonly options?: readonly Option[]
  /** Empty is a good answer and becomes `undefined` (checkboxes: an empty list). */
  readonly optional?: boolean
  readonly autocomplete?: string
  readonly inputmode?: 'text' | 'numeric' | 'tel' | 'email' | 'decimal'
  /** Width of the input in characters. */
  readonly width?: 2 | 3 | 4 | 5 | 10 | 20 | 30
  readonly rows?: number
  /** The label is the page's heading: one question a screen. */
  readonly heading?: boolean
  /** Radios in one line. */
  readonly inline?: boolean
  /** Keys that replace the general messages. */
  readonly errors?: { readonly required?: string; readonly invalid?: string }
}
export type Fields = Readonly<Record<string, FieldDef>>
/** Rows of the same fields: `children[0][name]`. Rows left wholly blank are dropped. */
export interface GroupDef<F extends Fields = Fields> {
  readonly fields: F
  /** Key of the heading of one row; gets `{number}`. */
  readonly label: string
  /** Key of the "add another" button. */
  readonly add: string
  readonly min?: number
  readonly max: number
}
export type Groups = Readonly<Record<string, GroupDef>>

export interface ErrorRef {
  readonly key: string
  readonly args?: Args | undefined
}
/** By field name; `''` is the form as a whole. */
export type Errors = Readonly<Record<string, ErrorRef>>
/** What was typed, by the name in the form; passwords are never in it. `children#` is the number of rows of a group. */
export type Values = Readonly<Record<string, string | readonly string[]>>

type Wide<F> = F extends { schema: infer S extends z.ZodType } ? z.output<S> : never
type FieldValue<F> = F extends { kind: 'checkboxes' } ? Wide<F> : F extends { optional: true } ? Wide<F> | undefined : Wide<F>
type FieldValues<F extends Fields> = { readonly [K in keyof F]: FieldValue<F[K]> }
type GroupValues<G extends Groups> = { readonly [K in keyof G]: readonly FieldValues<G[K]['fields']>[] }
export type FormValue<F extends Fields, G extends Groups> = FieldValues<F> & GroupValues<G>

export interface FormDef<F extends Fields = Fields, G extends Groups = Groups> {
  readonly fields: F
  readonly groups: G
  readonly refine?: ((value: FormValue<F, G>) => Errors | undefined) | undefined
}

// biome-ignore lint/complexity/noBannedTypes: a form without groups adds nothing to its value
type NoGroups = {}
/** Describes a form. `refine` sees the whole value after every field was good, and may put an error on any field. */
export const defineForm = <const F extends Fields, const G extends Groups = NoGroups>(form: {
  readonly fields: F
  readonly groups?: G
  readonly refine?: (value: FormValue<F, G>) => Errors | undefined
}): FormDef<F, G> => ({ fields: form.fields, groups: form.groups ?? ({} as G), refine: form.refine })

export interface ParsedForm<V> {
  readonly ok: true
  readonly value: V
  /** The client-made id of the command, and the version it was based on, where the form carried them. */
  readonly command: Id | null
  readonly version: number | null
}
export interface RefusedForm {
  readonly ok: false
  /** Empty when only another row was asked for. */
  readonly errors: Errors
  readonly values: Values
}

/** Fields that belong to every form. `add` asks for another row, `then` says which button was pressed, `resume` asks for the form with what was typed, saving nothing. */
const ownFields = new Set(['command', 'version', 'add', 'then', 'resume'])
/** Does a body ask only to go on writing, after the screen was locked? */
export const resumes = (body: Readonly<Record<string, unknown>>): boolean => body.resume !== undefined

/** The name of a field inside row `index` of a group. */
export const rowName = (group: string, index: number, field: string): string => `${group}[${index}][${field}]`

/** How many rows of a group the body or the kept values speak of, at least `min` and one. */
export const rowCount = (group: string, def: GroupDef, source: Readonly<Record<string, unknown>>): number => {
  const asked = Number(source[`${group}#`] ?? 0)
  let count = Number.isInteger(asked) ? asked : 0
  for (const key of Object.keys(source)) {
    const at = key.startsWith(`${group}[`) ? /^\[(\d{1,3})\]\[/.exec(key.slice(group.length)) : null
    if (at) count = Math.max(count, Number(at[1]) + 1)
  }
  return Math.min(Math.max(count, def.min ?? 0, 1), def.max)
}

/**
 * Parses a urlencoded body. Unknown fields are refused (`base.error.unknown_field` on the form as a whole); everything typed comes back in `values`
 * except passwords. A press on "add another" is answered with `ok: false`, no errors, and one row more; `resume` with `ok: false` and no errors.
 */
export const parseForm = <F extends Fields, G extends Groups>(
  form: FormDef<F, G>,
  input: unknown,
): ParsedForm<FormValue<F, G>> | RefusedForm => {
  const body = (typeof input === 'object' && input !== null ? input : {}) as Readonly<Record<string, unknown>>
  const known = new Set(ownFields)
  const errors: Record<string, ErrorRef> = {}
  const values: Record<string, string | string[]> = {}
  const value: Record<string, unknown> = {}

  for (const [name, field] of Object.entries(form.fields)) {
    for (const n of namesOf(field, name)) known.add(n)
    const read = readField(field, name, body, values)
    if (read.error) errors[name] = read.error
    else value[name] = read.value
  }
  // A field behind an option that was not chosen is not asked, so what is wrong with it is not said.
  for (const [name, field] of Object.entries(form.fields)) {
    for (const option of field.options ?? []) {
      if (option.reveals === undefined) continue
      const chosen = values[name]
      if (Array.isArray(chosen) ? chosen.includes(option.value) : chosen === option.value) continue
      delete errors[option.reveals]
      value[option.reveals] = form.fields[option.reveals]?.kind === 'checkboxes' ? [] : undefined
    }
  }
  for (const [group, def] of Object.entries(form.groups as Groups)) {
    const count = rowCount(group, def, body)
    const rows: Record<string, unknown>[] = []
    for (let at = 0; at < count; at += 1) {
      const row: Record<string, unknown> = {}
      const wrong: Record<string, ErrorRef> = {}
      let blank = true
      for (const [name, field] of Object.entries(def.fields)) {
        const full = rowName(group, at, name)
        for (const n of namesOf(field, full)) known.add(n)
        const read = readField(field, full, body, values)
        blank = blank && read.blank
        if (read.error) wrong[full] = read.error
        else row[name] = read.value
      }
      if (blank && at >= (def.min ?? 0)) continue
      Object.assign(errors, wrong)
      rows.push(row)
    }
    values[`${group}#`] = String(count)
    value[group] = rows
  }

  const add = typeof body.add === 'string' ? body.add : ''
  const grown = add === '' ? undefined : (form.groups as Groups)[add]
  if (grown) {
    values[`${add}#`] = String(Math.min(rowCount(add, grown, body) + 1, grown.max))
    return { ok: false, errors: {}, values }
  }
  if (resumes(body)) return { ok: false, errors: {}, values }
  if (Object.keys(body).some(key => !known.has(key))) errors[''] = { key: 'base.error.unknown_field' }
  const command = body.command ?? ''
  const version = body.version ?? ''
  if (command !== '' && !isId(command)) errors[''] = { key: 'base.error.stale_form' }
  if (version !== '' && !/^\d{1,9}$/.test(String(version))) errors[''] = { key: 'base.error.stale_form' }
  if (Object.keys(errors).length > 0) return { ok: false, errors, values }
  const whole = value as FormValue<F, G>
  const refined = form.refine?.(whole)
  if (refined && Object.keys(refined).length > 0) return { ok: false, errors: refined, values }
  return { ok: true, value: whole, command: isId(command) ? command : null, version: version === '' ? null : Number(version) }
}

/** A stored value as the fields show it, for a form that changes something. */
export const valuesOf = (value: Readonly<Record<string, unknown>>): Values => {
  const out: Record<string, string | string[]> = {}
  for (const [name, v] of Object.entries(value)) {
    if (v === undefined || v === null) continue
    if (Array.isArray(v) && v.every(x => typeof x === 'object' && x !== null)) {
      out[`${name}#`] = String(v.length)
      v.forEach((row, at) => {
        for (const [k, inner] of Object.entries(valuesOf(row as Record<string, unknown>))) out[rowName(name, at, k)] = inner as string
      })
    } else out[name] = Array.isArray(v) ? v.map(String) : String(v)
  }
  return out
}

/** The id of a field on the page: brackets would have to be escaped in a link. */
export const fieldId = (name: string): string =>
  name
    .replace(/\]\[|\[|\]/g, '-')
    .replace(/-+$/, '')
    .replace(/-{2,}/g, '-')
