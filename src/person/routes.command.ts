import { codeOf } from '../base/codes.ts'
import { type Errors, type FormDef, parseForm, type Values } from '../base/form.ts'
import { type Id, isId } from '../base/id.ts'
import type { Result } from '../base/result.ts'
import { once, savedOnce } from '../platform/command.ts'
import { SealError } from '../platform/crypto.ts'
import { type Answer, type Asked, hidden, type Office, page, redirect } from '../platform/office.ts'
import { newId } from '../platform/records.ts'
import { claimsOf, displayName } from './rules.ts'
import type { Person, PersonEvent } from './schema.ts'
import { claimText } from './screens.claims.tsx'
import { type PersonFormView, personFormScreen } from './screens.forms.tsx'
import { lockPerson, savePersonEvent } from './store.ts'

/** The way back, in words: people, where this session may search among them, and the person. */
export const crumbs = (a: Asked, id?: Id) => [
  ...(a.can('person:search') ? [{ text: a.t('person.search.title'), href: '/people/search' }] : []),
  ...(id ? [{ text: a.t('person.page.title'), href: `/people/${id}` }] : []),
]

/** An event, a refusal, or a question: the form comes back with one more thing to choose. */
export type Decided =
  | Result<PersonEvent, string>
  | { readonly ok: false; readonly ask: FormDef; readonly options: NonNullable<PersonFormView['options']>; readonly note: string }

interface Shown {
  readonly values?: Values
  readonly errors?: Errors
  readonly status?: number
  readonly stale?: boolean
  readonly command?: string
  readonly version?: number
  readonly asked?: Extract<Decided, { ask: FormDef }>
}
const typedIn = (a: Asked): Values =>
  Object.fromEntries(
    Object.entries(a.body).filter(
      (e): e is [string, string | string[]] =>
        (typeof e[1] === 'string' || (Array.isArray(e[1]) && e[1].every(x => typeof x === 'string'))) &&
        e[0] !== 'command' &&
        e[0] !== 'version',
    ),
  )
const sentVersion = (a: Asked) => (/^\d{1,9}$/.test(String(a.body.version ?? '')) ? { version: Number(a.body.version) } : {})

/** One act on one person: load, once, stale, decide, apply, save, show. */
export const personCommand = (
  o: Office,
  s: {
    path: string
    form: (a: Asked) => FormDef
    words: (a: Asked) => string
    note?: (a: Asked) => string
    /** What exactly the form is about, beside the name. */
    about?: (a: Asked) => string
    /** Was only the first step sent? Then the form itself is shown, and nothing is saved. */
    step?: (a: Asked) => boolean
    initial: (a: Asked, p: Person) => Values
    options?: (a: Asked) => NonNullable<PersonFormView['options']>
    known: (p: Person, a: Asked) => boolean
    decide: (a: Asked, p: Person, v: never) => Decided
  },
): void => {
  const at = (a: Asked) => `/people/${a.params.personId}/${s.path.replace(':claimId', a.params.claimId ?? '')}`
  const show = (a: Asked, p: Person, v: Shown): Answer => {
    a.saw('person.form', [p.id])
    const claim = claimsOf(p).find(c => c.id === a.params.claimId)
    const code =
      s.path === 'claims/:claimId' && claim ? codeOf('P', p.id, 2, claim.id) : codeOf('P', p.id, s.path === 'claims/new' ? 1 : undefined)
    const words = s.words(a)
    return page({
      title: a.t(`${words}.title`),
      nav: 'people',
      status: v.status ?? 200,
      breadcrumbs: crumbs(a, p.id),
      print: code,
      body: personFormScreen(
        {
          form: v.asked?.ask ?? s.form(a),
          words,
          caption: claim ? claimText(claim) : [displayName(p.identity), s.about?.(a) ?? ''].filter(Boolean).join(' · '),
          note: v.asked?.note ?? s.note?.(a),
          action: a.to(at(a)),
          back: a.to(`/people/${p.id}`),
          command: v.command ?? newId(),
          version: v.version ?? p.version,
          formCode: code,
          values: v.values ?? s.initial(a, p),
          errors: v.errors,
          options: { ...s.options?.(a), ...v.asked?.options },
          to: a.to,
          stale: v.stale
            ? claimsOf(p).map(c => `${a.t(`person.what.${c.what}`)}: ${claimText(c)} (${a.t(`person.standing.${c.standing}`)})`)
            : undefined,
        },
        a.t,
      ),
    })
  }
  o.get(`/people/:personId/${s.path}`, 'person:claim', async a => {
    const p = await lockPerson(a, a.params.personId!, false)
    return p && s.known(p, a) ? show(a, p, {}) : hidden
  })
  o.post(`/people/:personId/${s.path}`, 'person:claim', async a => {
    const id = a.params.personId!
    const parsed = parseForm(s.form(a), a.body)
    const command = isId(a.body.command) ? a.body.command : newId()
    if (s.step?.(a) || !parsed.ok) {
      const p = await lockPerson(a, id)
      if (!p || !s.known(p, a)) return hidden
      return s.step?.(a) || parsed.ok
        ? show(a, p, { ...sentVersion(a), command })
        : show(a, p, { values: parsed.values, errors: parsed.errors, status: 422, ...sentVersion(a), command })
    }
    const typed = typedIn(a)
    return once<Answer>(
      a,
      { command, content: { at: at(a), value: parsed.value }, record: id },
      {
        fresh: async () => {
          const p = await lockPerson(a, id)
          if (!p || !s.known(p, a)) return { refused: hidden }
          if (parsed.version !== p.version) return { refused: show(a, p, { values: typed, status: 409, stale: true }) }
          const refuse = (code: string) => ({
            refused: show(a, p, { values: typed, errors: { '': { key: `person.error.${code}` } }, status: 422, command }),
          })
          const decided = s.decide(a, p, parsed.value as never)
          if (!decided.ok)
            return 'ask' in decided ? { refused: show(a, p, { values: typed, asked: decided, command }) } : refuse(decided.error)
          try {
            await savePersonEvent(a, p, decided.value, command)
          } catch (e) {
            if (e instanceof SealError && (e.message === 'no_key' || e.message === 'team_has_no_key')) return refuse(e.message)
            throw e
          }
          return { saved: redirect(`/people/${id}?done=saved`) }
        },
        again: () => redirect(`/people/${id}?done=saved`),
        clash: async () => {
          const p = await lockPerson(a, id)
          return p ? show(a, p, { values: typed, errors: savedOnce, status: 409 }) : hidden
        },
      },
    )
  })
}
