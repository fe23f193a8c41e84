import { z } from 'zod'
import { type Locale, locales } from '../base/i18n.ts'
import { reader } from '../base/sealed.ts'
import type { messengers } from '../contact/schema.ts'

export type Messenger = (typeof messengers)[number]

/** What somebody did in a chat with us, the same for every messenger. */
export interface Inbound {
  readonly channel: Messenger
  /** Where an answer goes: the messenger's own number of the chat. Never logged, never in a plain column. */
  readonly chat: string
  /** Stays the same however often and by whatever way the messenger delivers it: the same message is one message. */
  readonly message: string
  /** 'media': a picture, file, voice, sticker or place; nothing of it is in here, no name and no number of a file. */
  readonly kind: 'text' | 'start' | 'language' | 'media'
  readonly text: string
  /** Chosen by the sender (`kind` language), or what the messenger says its user's language is. */
  readonly language: Locale | undefined
  readonly from: { readonly id: string; readonly name: string; readonly handle: string }
}

/** 'blocked': the person wants nothing from us there. 'failed': this will never work. 'later': try again in so many seconds. */
export type Delivery = 'sent' | 'blocked' | 'failed' | { readonly later: number }

/** Longest message that is taken, as on the public site. */
export const inboundLimit = 4000

/** `messenger_chat.sealed`, schema 1: where answers go, in which language. Under the messenger process's own key. */
export const Chat = z.strictObject({ to: z.string(), language: z.enum(locales) })
export type Chat = z.infer<typeof Chat>
export const chatSchema = 1
export const openChatValue = reader('messenger chat', chatSchema, Chat)

/** Address of the page that a link leads to; bland, it stays in the telephone's history. */
export const linkPath = (language: Locale, token: string): string => `/${language}/go/${token}`
/** 128 bits in base64url. */
export const tokenPattern = /^[A-Za-z0-9_-]{22}$/
