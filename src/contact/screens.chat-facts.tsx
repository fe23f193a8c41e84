import { InsetText } from '../base/components/index.tsx'
import type { T } from '../base/i18n.ts'
import { chatAnswers } from './schema.chat.ts'
import type { ContactStory } from './schema.ts'

/** What staff see of a help chat beside its words: what was asked before the first message, and where it was sealed. */
export interface ChatFacts {
  readonly story: ContactStory | undefined
  readonly sealedBy: 'server' | 'device'
  readonly watched: boolean
}

/** Rows for the summary list of the contact's page; none where there is no conversation on the public site. */
export const chatFacts = (c: ChatFacts | undefined, t: T) => {
  if (!c) return []
  const said = chatAnswers.flatMap(a => {
    const value = c.story?.answers[a]
    return value ? [{ key: { text: t(`chat-desk.${a}`) }, value: { text: t(`chat.${a}.${value}`) } }] : []
  })
  const broken = c.story?.answers.unreadable ? [{ key: { text: t('chat-desk.about') }, value: { text: t('chat-desk.unreadable') } }] : []
  return [...said, ...broken, { key: { text: t('chat-desk.sealed') }, value: { text: t(`chat-desk.${c.sealedBy}`) } }]
}

/** "Somebody is here", as the sender said with one tap. */
export const Watched = ({ chat, t }: { chat: ChatFacts | undefined; t: T }) =>
  chat?.watched ? (
    <InsetText>
      <h2 class="govuk-heading-s">{t('chat-desk.watched')}</h2>
      <p class="govuk-body">{t('chat-desk.watchedText')}</p>
    </InsetText>
  ) : null
