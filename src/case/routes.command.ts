import type { Content, RunOptions } from '../base/components/index.tsx'
import { type Errors, type Fields, type FormDef, type FormValue, parseForm, type Values } from '../base/form.ts'
import type { Id } from '../base/id.ts'
import type { Result } from '../base/result.ts'
import { dayOf } from '../base/time.ts'
import { once, savedOnce } from '../platform/command.ts'
import { SealError } from '../platform/crypto.ts'
import { type Answer, type Asked, hidden, type Office, page, redirect } from '../platform/office.ts'
import { newId } from '../platform/records.ts'
import { apartOf } from './routes.apart.ts'
import { caseCode } from './rules.codes.ts'
import type { CaseEvent, CaseRow, Times } from './schema.ts'
import { commandScreen } from './screens.command.tsx'
import { actCompartment, findCase, saveCaseEvent } from './store.ts'

// biome-ignore lint/complexity/noBannedTypes: a form without groups adds nothing to its value
type NoGroups = {}
/** One command on a case, in the shape that all share; see `caseCommand`. */
export interface CaseCommand<F extends Fields, E = CaseEvent> {
  /** Under /cases/:caseId/. */
  readonly path: string
  readonly permit: string
  readonly form: FormDef<F, NoGroups>
  /** Prefix of its words (`.title`, `.submit`) and of those of its errors. */
  readonly words: string
  readonly errors: string
  readonly options?: (a: Asked, c: CaseRow) => Promise<RunOptions>
  readonly initial?: (a: Asked, c: CaseRow) => Values | Promise<Values>
  readonly above?: (a: Asked, c: CaseRow) => Content | Promise<Content>
  /** What the case says now, by field, for the side-by-side page. */
  readonly says?: (a: Asked, c: CaseRow) => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>
  /** Is the version of the row judged? Not for what only adds. */
  readonly versioned: boolean
  readonly decide: (a: Asked, c: CaseRow, value: FormValue<F, NoGroups>, times: Times) => Promise<Result<E, string>> | Result<E, string>
  /** Writes the event of a capability further right, in its own table and with `appendToCase`. Without it the event is one of the case itself. */
  readonly save?: (a: Asked, c: CaseRow, event: E, command: Id, value: FormValue<F, NoGroups>) => Promise<unknown>
  /** The version of what the command changes, where that is not the case's own row; undefined where it is gone or hidden (404). `lock`: taken for update. */
  readonly current?: (a: Asked, c: CaseRow, lock: boolean) => Promise<number | undefined>
  /** Does this page exist for this case and person? (404.) Row-level security and the permission were asked before. */
  readonly exists?: (a: Asked, c: CaseRow) => boolean | Promise<boolean>
  /** After the event was saved, in the same transaction: grants, links, second looks. */
  readonly effect?: (a: Asked, before: CaseRow, after: CaseRow, value: FormValue<F, NoGroups>, event: E, command: Id) => Promise<void>
  /** Where the event's words are sealed; default: where this person records acts. */
  readonly compartment?: (value: FormValue<F, NoGroups>) => Parameters<typeof saveCaseEvent>[4]
  /** Default: the case. */
  readonly to?: (c: CaseRow, a: Asked) => string
}

export const timesOf = (a: Asked): Times => ({ now: a.now, today: dayOf(a.now, a.session.timeZone) })

/** Registers the form (GET) and the command (POST) of one act on a case. Load, permit, once, stale, decide, apply, save, show. */
export const caseCommand = <const F extends Fields, E = CaseEvent>(o: Office, s: CaseCommand<F, E>): void => {
  const url = `/cases/:caseId/${s.path}`
  const there = async (a: Asked, c: CaseRow) => (s.exists ? s.exists(a, c) : true)
  const show = async (
    a: Asked,
    c: CaseRow,
    v: { values?: Values; errors?: Errors; status?: number; stale?: boolean; command?: Id | undefined; version?: number | undefined },
  ): Promise<Answer> => {
    a.saw('case.form', [c.id])
    const [current, options, values, above, says, apart] = await Promise.all([
      s.current ? s.current(a, c, false) : c.version,
      s.options?.(a, c),
      v.values ?? s.initial?.(a, c),
      s.above?.(a, c),
      v.stale ? (s.says?.(a, c) ?? {}) : undefined,
      apartOf(a, c, 'case.form'),
    ])
    if (current === undefined) return hidden
    return page({
      title: a.t(`${s.words}.title`),
      nav: 'cases',
      status: v.status ?? 200,
      print: caseCode(c.number, s.path, a.params),
      breadcrumbs: [
        { text: a.t('case.list.title'), href: '/cases' },
        { text: c.number, href: `/cases/${c.id}` },
      ],
      body: commandScreen(
        {
          form: s.form,
          action: a.to(`/cases/${c.id}/${s.path.replace(/:(\w+)/g, (_, k: string) => a.params[k] ?? '')}`),
          words: s.words,
          number: c.number,
          formCode: caseCode(c.number, s.path, a.params),
          back: a.to(`/cases/${c.id}`),
          command: v.command ?? newId(),
          version: v.version ?? current,
          values,
          errors: v.errors,
          options,
          apart,
          above,
          stale: says,
        },
        a.t,
      ),
    })
  }
  o.get(url, s.permit, async a => {
    const c = await findCase(a, a.params.caseId!)
    return c && (await there(a, c)) ? show(a, c, {}) : hidden
  })
  o.post(url, s.permit, async a => {
    const id = a.params.caseId!
    const back = (c: CaseRow) => redirect(s.to?.(c, a) ?? `/cases/${c.id}?done=saved`)
    const parsed = parseForm(s.form, a.body)
    if (!parsed.ok) {
      const c = await findCase(a, id)
      return c && (await there(a, c))
        ? show(a, c, { values: parsed.values, errors: parsed.errors, status: 422, command: commandOf(a), version: versionOf(a) })
        : hidden
    }
    const command = parsed.command ?? newId()
    return once<Answer>(
      a,
      { command, content: { at: s.path, params: a.params, value: parsed.value }, record: id },
      {
        fresh: async () => {
          const c = await findCase(a, id, true)
          if (!c || !(await there(a, c))) return { refused: hidden }
          const typed = typedIn(a)
          const current = s.current ? await s.current(a, c, true) : c.version
          if (current === undefined) return { refused: hidden }
          if (s.versioned && parsed.version !== current) return { refused: await show(a, c, { values: typed, status: 409, stale: true }) }
          const decided = await s.decide(a, c, parsed.value, timesOf(a))
          const refuse = async (code: string) => ({
            refused: await show(a, c, { values: typed, errors: { '': { key: `${s.errors}.${code}` } }, status: 422, command }),
          })
          if (!decided.ok) return refuse(decided.error)
          try {
            if (s.save) {
              await s.save(a, c, decided.value, command, parsed.value)
              return { saved: back(c) }
            }
            const event = decided.value as unknown as CaseEvent
            const after = await saveCaseEvent(a, c, event, command, s.compartment?.(parsed.value) ?? actCompartment(a.actor.roles))
            await s.effect?.(a, c, after, parsed.value, decided.value, command)
            return { saved: back(after) }
          } catch (e) {
            if (e instanceof SealError && (e.message === 'no_key' || e.message === 'team_has_no_key')) return refuse(e.message)
            throw e
          }
        },
        again: async () => {
          const c = await findCase(a, id)
          return c ? back(c) : redirect('/cases')
        },
        clash: async () => {
          const c = await findCase(a, id)
          return c ? show(a, c, { values: typedIn(a), errors: savedOnce, status: 409 }) : hidden
        },
      },
    )
  })
}

const commandOf = (a: Asked): Id | undefined =>
  typeof a.body.command === 'string' && /^[0-9a-f-]{36}$/.test(a.body.command) ? a.body.command : undefined
/** What the form was based on: a form that comes back later must still be told that the record has changed meanwhile. */
const versionOf = (a: Asked): number | undefined => (/^\d{1,9}$/.test(String(a.body.version ?? '')) ? Number(a.body.version) : undefined)
/** Everything that was typed, by the name in the form. */
export const typedIn = (a: Asked): Values => {
  const out: Record<string, string | string[]> = {}
  for (const [k, v] of Object.entries(a.body)) {
    if (k === 'command' || k === 'version') continue
    if (typeof v === 'string') out[k] = v
    else if (Array.isArray(v)) out[k] = v.filter((x): x is string => typeof x === 'string')
  }
  return out
}
