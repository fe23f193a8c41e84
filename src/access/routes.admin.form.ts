import type { Content, RunOptions } from '../base/components/index.tsx'
import { type Errors, type Fields, type FormDef, type FormValue, parseForm, type Values } from '../base/form.ts'
import { type Id, isId } from '../base/id.ts'
import { once, savedOnce } from '../platform/command.ts'
import { type Answer, type Asked, hidden, type Office, page, redirect } from '../platform/office.ts'
import { append, newId } from '../platform/records.ts'
import { AdminFormPage } from './screens.admin.tsx'

// biome-ignore lint/complexity/noBannedTypes: a form without groups adds nothing to its value
type NoGroups = {}
/** One form of administration: shown by GET, judged and done once by POST. */
export interface AdminForm<F extends Fields, X> {
  readonly url: string
  readonly permit: string
  readonly form: FormDef<F, NoGroups>
  /** Prefix of its words: `.title`, `.submit`. */
  readonly words: string
  readonly nav: string
  /** What the form is about; undefined hides the page. */
  readonly about: (a: Asked) => Promise<X | undefined>
  readonly options?: (a: Asked, x: X) => RunOptions
  readonly initial?: (a: Asked, x: X) => Values
  readonly above?: (a: Asked, x: X) => Content
  /** Where a repeated command leads, and the cancel link. */
  readonly back: (x: X) => string
  /** Errors leave no trace; an answer is kept. */
  readonly does: (a: Asked, value: FormValue<F, NoGroups>, command: Id, x: X) => Promise<Errors | Answer>
}

/** The page's error for a code of the database or of the rules. */
export const refused = (code: string, field = ''): Errors => ({ [field]: { key: `access-admin.error.${code}` } })
const isAnswer = (x: Errors | Answer): x is Answer => 'kind' in x && typeof x.kind === 'string'

/** Registers the form under its address. */
export const adminForm = <const F extends Fields, X>(o: Office, f: AdminForm<F, X>): void => {
  const show = (a: Asked, x: X, status = 200, values?: Values, errors?: Errors): Answer =>
    page({
      title: a.t(`${f.words}.title`),
      nav: f.nav,
      status,
      body: AdminFormPage(
        {
          form: f.form,
          words: f.words,
          action: a.to(f.url.replace(/:(\w+)/g, (_, k: string) => a.params[k] ?? '')),
          back: a.to(f.back(x)),
          command: status !== 409 && typeof a.body.command === 'string' && isId(a.body.command) ? a.body.command : newId(),
          values: values ?? f.initial?.(a, x) ?? {},
          errors: errors ?? {},
          options: f.options?.(a, x),
          above: f.above?.(a, x),
        },
        a.t,
      ),
    })
  o.get(f.url, f.permit, async a => {
    const x = await f.about(a)
    return x === undefined ? hidden : show(a, x)
  })
  o.post(f.url, f.permit, async a => {
    const x = await f.about(a)
    if (x === undefined) return hidden
    const parsed = parseForm(f.form, a.body)
    if (!parsed.ok) return show(a, x, 422, parsed.values, parsed.errors)
    const typed = typeof a.body === 'object' ? parseValues(f.form, a) : {}
    const command = parsed.command ?? newId()
    return once<Answer>(
      a,
      { command, content: { url: f.url, params: a.params, value: parsed.value }, record: newId() },
      {
        fresh: async () => {
          const done = await f.does(a, parsed.value, command, x)
          return isAnswer(done) ? { saved: done } : { refused: show(a, x, 422, typed, done) }
        },
        again: () => redirect(`${f.back(x)}?done=saved`),
        clash: () => show(a, x, 409, typed, savedOnce),
      },
    )
  })
}
/** What was typed, to be shown again after a refusal of the rules. */
const parseValues = (form: { readonly fields: Fields }, a: Asked): Values => {
  const out: Record<string, string | readonly string[]> = {}
  for (const [name, field] of Object.entries(form.fields)) {
    for (const n of field.kind === 'day' ? ['day', 'month', 'year'].map(p => `${name}-${p}`) : [name]) {
      const v = a.body[n]
      if (field.kind === 'password') continue
      if (typeof v === 'string') out[n] = field.kind === 'checkboxes' ? [v] : v
      else if (Array.isArray(v)) out[n] = v.filter((x): x is string => typeof x === 'string')
    }
  }
  return out
}

/** The header of an administrative act in the journal: who, what, about whom, when. No words. */
export const journal = (a: Asked, record: Id, kind: 'account' | 'team', type: string, command: Id = newId()): Promise<number> =>
  append(a, { record, kind, homeGroup: a.session.agencyId, type, command, parts: {} })
