import { directory } from '../access/store.directory.ts'
import { codeOf } from '../base/codes.ts'
import { formatStampShort, isLocale } from '../base/i18n.ts'
import type { Id } from '../base/id.ts'
import { type Answer, type Asked, hidden, type Office, page } from '../platform/office.ts'
import { newId, readJournal } from '../platform/records.ts'
import { wordsFor } from '../platform/words.ts'
import { type Interpreters, invitationView } from './routes.room-invite.ts'
import { moreUrgent, type Proposal, proposeUrgency } from './rules.desk-urgency.ts'
import type { ContactFile } from './rules.ts'
import { phraseGroupNames, phraseGroups } from './schema.desk-phrases.ts'
import { contactActs } from './schema.forms.ts'
import { type ContactEventType, type Message, openEvent } from './schema.ts'
import { type ContactView, contactScreen, contactTitle, type Returned } from './screens.contact.tsx'
import { isReviewed, meaningOf, scriptLines, scriptLocale, sentence } from './store.desk-phrases.ts'
import { contactColleagues } from './store.list.ts'
import { contactMessages, findContactFile, findConversation } from './store.ts'

/** Everything that one contact's page shows, loaded once. */
export interface Loaded {
  readonly file: ContactFile
  readonly messages: readonly Message[]
  readonly colleagues: readonly { readonly value: Id; readonly text: string }[]
}

/** What the rules propose, where it says more than what a person has set. Made anew for each reader from opened words, and kept nowhere. */
const proposalOf = (file: ContactFile, messages: readonly Message[]): Proposal | null => {
  const made = proposeUrgency(
    file.contact.safeNow,
    messages.flatMap(m => (m.direction === 'in' && m.body ? [m.body.text] : [])),
  )
  return made && moreUrgent(made, file.contact.urgency) ? made : null
}

/** A form that came back, or a reason why: the words in it depend on what is stored now, so they are made after loading. */
export type Back = (l: Loaded) => Returned

/** The page of one contact, audited. `hidden` where this session may not see it. Statements that do not wait for each other are sent together. */
export const showContact = async (
  o: Office,
  a: Asked,
  id: Id,
  back?: { readonly status: number; readonly returned: Back },
  seams: { readonly interpreters?: Interpreters } = {},
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
    readJournal(a, id, ['story', 'summary']),
  ])
  const invitation = await invitationView(o, a, { file, messages, conversation: conversation !== undefined }, seams.interpreters)
  const locale = scriptLocale(file.story?.language)
  const colleagues = colleagueIds.map(value => ({ value, text: people.alias(value) })).sort((x, y) => x.text.localeCompare(y.text))
  const view: ContactView = {
    file,
    messages,
    colleagues,
    conversation: conversation !== undefined,
    chat: conversation && { story: file.story, sealedBy: conversation.sealedBy, watched: conversation.watched },
    assignee: file.contact.assignee && people.alias(file.contact.assignee),
    me: a.actor.id,
    invitation,
    script: { lang: locale, lines: scriptLines(wordsFor(locale)) },
    phrases: {
      lang: locale,
      reviewed: isReviewed(locale),
      list: phraseGroupNames.flatMap(group =>
        phraseGroups[group].map(which => ({
          id: which,
          group,
          text: sentence(which, locale),
          meaning: locale === a.t.locale ? null : sentence(which, a.t.locale),
        })),
      ),
    },
    meanings: Object.fromEntries(
      messages.flatMap(m => {
        const sent = m.body?.language
        return m.direction === 'out' && m.body && isLocale(sent) ? [[m.id, meaningOf(m.body.text, sent, a.t.locale)]] : []
      }),
    ),
    proposal: file.story && (file.contact.state === 'new' || file.contact.state === 'open') ? proposalOf(file, messages) : null,
    remarks: journal
      .flatMap(e => {
        const said =
          (e.type === 'contact_remarked' && e.parts.story) || (e.type === 'contact_assigned' && e.parts.summary) ? openEvent(e) : undefined
        const text = said?.type === 'contact_remarked' ? said.data.text : said?.type === 'contact_assigned' ? said.data.word : undefined
        return text ? [{ text, by: e.actor ? people.alias(e.actor) : '', at: e.recordedAt }] : []
      })
      .reverse(),
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
    scripts: ['desk.js'],
    ...(back ? { status: back.status } : {}),
  })
}
