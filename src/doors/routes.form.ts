import { type Errors, type Fields, type FormDef, type FormValue, parseForm, type Values } from '../base/form.ts'
import type { Id } from '../base/id.ts'
import type { Result } from '../base/result.ts'
import type { Contact, ContactStory } from '../contact/schema.ts'
import { findContactFile } from '../contact/store.ts'
import { once, savedOnce } from '../platform/command.ts'
import { type Answer, type Asked, hidden, type Office, page, redirect } from '../platform/office.ts'
import { newId } from '../platform/records.ts'
import { doorFormScreen } from './screens.tsx'

export interface OfContact {
  readonly contact: Contact
  readonly story: ContactStory
}
/** The contact whose words this session may read; undefined: 404. */
export const contactOf = async (a: Asked, lock = false): Promise<OfContact | undefined> => {
  const f = await findContactFile(a, a.params.contactId as Id, lock)
  return f?.story ? { contact: f.contact, story: f.story } : undefined
}
export const crumbs = (a: Asked, id: Id) => [
  { text: a.t('contact.inbox.title'), href: '/contacts' },
  { text: a.t('doors.crumb'), href: `/contacts/${id}` },
]

// biome-ignore lint/complexity/noBannedTypes: a form without groups adds nothing to its value
type NoGroups = {}
interface DoorForm<F extends Fields, E> {
  /** Under /contacts/:contactId/. */
  readonly path: string
  readonly form: FormDef<F, NoGroups>
  readonly words: string
  readonly initial?: (a: Asked, c: OfContact) => Promise<Values>
  readonly version: (a: Asked, c: OfContact, lock: boolean) => Promise<number | undefined>
  readonly decide: (a: Asked, c: OfContact, v: FormValue<F, NoGroups>) => Promise<Result<E, string>>
  readonly save: (a: Asked, c: OfContact, e: E, command: Id) => Promise<unknown>
  readonly to: (id: Id) => string
}
const typedIn = (body: Readonly<Record<string, unknown>>): Values =>
  Object.fromEntries(
    Object.entries(body).flatMap(([k, v]) =>
      k !== 'command' && k !== 'version' && (typeof v === 'string' || Array.isArray(v)) ? [[k, v as string | string[]]] : [],
    ),
  )

/** A form of a contact: parse, claim, load, version, decide, save. Whatever fails, it comes back as it was typed. */
export const doorForm = <const F extends Fields, E>(o: Office, s: DoorForm<F, E>): void => {
  const url = `/contacts/:contactId/${s.path}`
  const show = async (a: Asked, c: OfContact, v: { values?: Values; errors?: Errors; status?: number; command?: Id }): Promise<Answer> => {
    const version = await s.version(a, c, false)
    if (version === undefined) return hidden
    a.saw('door.form', [c.contact.id])
    return page({
      title: a.t(`${s.words}.title`),
      nav: 'contacts',
      status: v.status ?? 200,
      breadcrumbs: crumbs(a, c.contact.id),
      body: doorFormScreen({
        form: s.form as unknown as FormDef,
        t: a.t,
        title: a.t(`${s.words}.title`),
        action: a.to(`/contacts/${c.contact.id}/${s.path.replace(/:(\w+)/g, (_, k: string) => a.params[k] ?? '')}`),
        command: v.command ?? newId(),
        version,
        values: v.values ?? (await s.initial?.(a, c)) ?? {},
        errors: v.errors,
        submitLabel: a.t(`${s.words}.submit`),
      }),
    })
  }
  o.get(url, 'door:use', async a => {
    const c = await contactOf(a)
    return c ? show(a, c, {}) : hidden
  })
  o.post(url, 'door:use', async a => {
    const id = a.params.contactId as Id
    const parsed = parseForm(s.form, a.body)
    if (!parsed.ok) {
      const c = await contactOf(a)
      return c ? show(a, c, { values: parsed.values, errors: parsed.errors, status: 422 }) : hidden
    }
    const values = typedIn(a.body)
    const command = parsed.command ?? newId()
    const done = redirect(s.to(id))
    return once<Answer>(
      a,
      { command, content: { at: s.path, params: a.params, value: parsed.value }, record: id },
      {
        again: () => done,
        clash: async () => {
          const c = await contactOf(a)
          return c ? show(a, c, { values, errors: savedOnce, status: 409 }) : hidden
        },
        fresh: async () => {
          const c = await contactOf(a, true)
          const version = c && (await s.version(a, c, true))
          if (!c || version === undefined) return { refused: hidden }
          if (parsed.version !== version)
            return { refused: await show(a, c, { values, errors: { '': { key: 'base.error.stale_version' } }, status: 409 }) }
          const decided = await s.decide(a, c, parsed.value)
          if (!decided.ok)
            return { refused: await show(a, c, { values, errors: { '': { key: `doors.error.${decided.error}` } }, status: 422, command }) }
          await s.save(a, c, decided.value, command)
          return { saved: done }
        },
      },
    )
  })
}
