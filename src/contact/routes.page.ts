import { directory } from '../access/store.directory.ts'
import { codeOf } from '../base/codes.ts'
import { formatStampShort, isLocale, type Locale, type T } from '../base/i18n.ts'
import type { Id } from '../base/id.ts'
import { type Answer, type Asked, hidden, type Office, page } from '../platform/office.ts'
import { newId, readJournal } from '../platform/records.ts'
import { wordsFor } from '../platform/words.ts'
import type { ContactFile } from './rules.ts'
import { contactActs, readySentences } from './schema.forms.ts'
import type { ContactEventType, ContactLanguage, Message } from './schema.ts'
import { type ContactView, contactScreen, contactTitle, type Returned } from './screens.contact.tsx'
import { contactColleagues } from './store.list.ts'
import { contactMessages, findContactFile, findConversation } from './store.ts'

/** The language that ready sentences go out in: the sender's where we have words in it, else Russian. */
export const scriptLocale = (language: ContactLanguage | undefined): Locale => (isLocale(language) ? language : 'ru')

/** The opening script, the same words that the public site says before the first word. */
export const scriptLines = (words: T): string[] => [words('contact-public.before.between'), words('contact-public.before.mustTell')]

/** A ready sentence in the sender's language. */
export const sentence = (which: (typeof readySentences)[number], locale: Locale): string => {
  const words = wordsFor(locale)
  return which === 'secret' ? scriptLines(words).join(' ') : words(`contact-script.${which}`)
}

/** Everything that one contact's page shows, loaded once. */
export interface Loaded {
  readonly file: ContactFile
  readonly messages: readonly Message[]
  readonly colleagues: readonly { readonly value: Id; readonly text: string }[]
}

/** A form that came back, or a reason why: the words in it depend on what is stored now, so they are made after loading. */
export type Back = (l: Loaded) => Returned

/** The page of one contact, audited. `hidden` where this session may not see it. Statements that do not wait for each other are sent together. */
export const showContact = async (
  o: Office,
  a: Asked,
  id: Id,
  back?: { readonly status: number; readonly returned: Back },
): Promise<Answer> => {
  const [file, people, conversation] = await Promise.all([
    findContactFile(a, id),
    directory(a, o.deps.keys.service, a.lang),
    findConversation(a, id),
  ])
  if (!file) return hidden
  const [messages, colleagueIds, journal] = await Promise.all([
    contactMessages(a, id),
    contactColleagues(a, file.contact.homeGroup),
    readJournal(a, id, []),
  ])
  const locale = scriptLocale(file.story?.language)
  const colleagues = colleagueIds.map(value => ({ value, text: people.alias(value) })).sort((x, y) => x.text.localeCompare(y.text))
  const view: ContactView = {
    file,
    messages,
    colleagues,
    conversation: conversation !== undefined,
    assignee: file.contact.assignee && people.alias(file.contact.assignee),
    me: a.actor.id,
    script: { lang: locale, lines: scriptLines(wordsFor(locale)) },
    sentences: readySentences.map(value => ({
      value,
      text: sentence(value, locale),
      // What it means, for somebody who does not read the sender's language.
      hint: locale === a.t.locale ? undefined : value === 'secret' ? 'contact.form.secret' : `contact-script.${value}`,
    })),
    history: journal.map(e => ({ seq: e.seq, type: e.type as ContactEventType, at: e.recordedAt, by: e.actor && people.alias(e.actor) })),
    explainedBy: (file.story?.explained ?? []).map(e =>
      [
        a.t(`contact.language.${e.language}`),
        e.by ? people.alias(e.by) : a.t('contact.page.public'),
        formatStampShort(e.at, a.t.locale, a.session.timeZone),
      ].join(', '),
    ),
    commands: Object.fromEntries(contactActs.map(act => [act, newId()])) as ContactView['commands'],
    returned: back?.returned({ file, messages, colleagues }),
    timeZone: a.session.timeZone,
    can: { write: a.can('contact:write'), openCase: a.can('case:open'), readCase: a.can('case:read') },
  }
  a.saw('contact.open', [id])
  return page({
    title: contactTitle(view, a.t),
    nav: 'contacts',
    breadcrumbs: [{ text: a.t('contact.inbox.title'), href: '/contacts' }],
    body: contactScreen(view, a.t),
    print: codeOf('K', id),
    wide: true,
    ...(back ? { status: back.status } : {}),
  })
}
