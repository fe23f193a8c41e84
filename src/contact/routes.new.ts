import { directory } from '../access/store.directory.ts'
import { pageCodes } from '../base/codes.ts'
import { type Fields, type FormDef, type Groups, parseForm } from '../base/form.ts'
import { catalogueLocales, languageName } from '../base/i18n.ts'
import type { Id } from '../base/id.ts'
import { once, savedOnce } from '../platform/command.ts'
import { type Answer, type Asked, type Office, page, redirect } from '../platform/office.ts'
import { newId } from '../platform/records.ts'
import { wordsFor } from '../platform/words.ts'
import { receive } from './rules.ts'
import { broughtKeys, callForm, walkInForm } from './schema.forms.ts'
import type { ContactEvent } from './schema.ts'
import { type NewContactView, type NewDoor, newContactFormScreen, newContactScreen, newDoors } from './screens.new.tsx'
import { scriptLines } from './store.desk-phrases.ts'
import { createContact } from './store.ts'

/** Where a contact goes that this person writes down: a team whose story key they hold, their desk first. */
const homeOf = (a: Asked): Id | undefined => [...a.actor.desk, ...a.actor.groups].find(team => a.vault.teamKey(team, 'story') !== undefined)

const show = async (
  o: Office,
  a: Asked,
  door: NewDoor,
  home: Id | undefined,
  status: number,
  back: Pick<NewContactView, 'values' | 'errors'> & { command?: Id },
): Promise<Answer> => {
  const people = await directory(a, o.deps.keys.service, a.lang)
  const view: NewContactView = {
    door,
    values: back.values,
    errors: back.errors,
    command: back.command ?? newId(),
    team: home ? people.team(home) : null,
    scripts: catalogueLocales.map(lang => ({ lang, name: languageName[lang], lines: scriptLines(wordsFor(lang)) })),
  }
  return page({
    title: a.t(`contact.new.${newDoors[door].title}`),
    status,
    nav: 'contacts',
    breadcrumbs: [{ text: a.t('contact.inbox.title'), href: '/contacts' }],
    body: newContactFormScreen(view, a.t),
    print: pageCodes[`/contacts/new/${door}` as const],
  })
}

/** What is known of whoever was brought, or called, stands among the answers of the contact, under its own keys. */
const withAnswers = (e: ContactEvent, v: Readonly<Record<string, string | undefined>>): ContactEvent => {
  if (e.type !== 'contact_received') return e
  const answers = Object.fromEntries(Object.entries(v).filter((x): x is [string, string] => Boolean(x[1])))
  return { ...e, data: { ...e.data, story: { ...e.data.story, answers: { ...e.data.story.answers, ...answers } } } }
}

/** What one of the two forms says, as the same event. Callers and letter writers show no papers and come with nobody. */
const eventOf = (door: NewDoor, a: Asked) => {
  if (door === 'walk-in') {
    const p = parseForm(walkInForm, a.body)
    return p.ok
      ? {
          ...p,
          said: p.value.said,
          event: withAnswers(
            receive(
              { ...p.value, channel: 'walk_in', cameWith: p.value.cameWith ?? '', explained: p.value.explained.length > 0 },
              a.actor.id,
              a.now,
            ),
            Object.fromEntries(broughtKeys.map(k => [k, p.value[k]])),
          ),
        }
      : p
  }
  const p = parseForm(callForm, a.body)
  return p.ok
    ? {
        ...p,
        said: p.value.said,
        event: withAnswers(
          receive(
            { ...p.value, channel: p.value.how, cameWith: '', papers: 'not_asked', explained: p.value.explained.length > 0 },
            a.actor.id,
            a.now,
          ),
          // A letter has no number that could be seen.
          { caller: p.value.caller, withheld: p.value.how === 'call' && p.value.withheld.length > 0 ? 'yes' : undefined },
        ),
      }
    : p
}

const typed = (form: FormDef, body: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(
    Object.keys(form.fields).flatMap(k =>
      typeof body[k] === 'string' || Array.isArray(body[k]) ? [[k, body[k] as string | string[]]] : [],
    ),
  )

const create =
  (o: Office, door: NewDoor) =>
  async (a: Asked): Promise<Answer> => {
    const home = homeOf(a)
    if (!home) return show(o, a, door, undefined, 409, {})
    const parsed = eventOf(door, a)
    if (!parsed.ok) return show(o, a, door, home, 422, { values: parsed.values, errors: parsed.errors })
    const values = typed(newDoors[door].form as unknown as FormDef<Fields, Groups>, a.body)
    const { command } = parsed
    if (!command) return show(o, a, door, home, 422, { values, errors: { '': { key: 'base.error.stale_form' } } })
    const id = newId()
    return once(
      a,
      { command, content: { act: 'receive', door, value: parsed.value }, record: id },
      {
        again: record => redirect(`/contacts/${record}?done=saved`),
        clash: () => show(o, a, door, home, 409, { values, errors: savedOnce }),
        fresh: async () => {
          const event = parsed.event as Extract<ContactEvent, { type: 'contact_received' }>
          await createContact(a, id, home, event, command, { id: newId(), body: { text: parsed.said, language: parsed.value.language } })
          return { saved: redirect(`/contacts/${id}?done=saved`) }
        },
      },
    )
  }

/** The doors that staff write down: on foot, and by phone or paper. */
export const registerNew = (o: Office): void => {
  o.get('/contacts/new', 'contact:create', async a =>
    page({
      title: a.t('contact.new.title'),
      nav: 'contacts',
      breadcrumbs: [{ text: a.t('contact.inbox.title'), href: '/contacts' }],
      body: newContactScreen(a.t),
    }),
  )
  for (const door of Object.keys(newDoors) as NewDoor[]) {
    o.get(`/contacts/new/${door}`, 'contact:create', a => show(o, a, door, homeOf(a), 200, {}))
    o.post(`/contacts/new/${door}`, 'contact:create', create(o, door))
  }
}
