import { z } from 'zod'
import type { Id } from '../base/id.ts'
import type { Compartment } from '../base/people.ts'
import { type Opened, type Reader, reader, SealError } from '../base/sealed.ts'
import type { Stamp } from '../base/time.ts'

/** Doors by which a worry reaches us: help chat, report and concern report of the public site, on foot or brought, by phone, on paper, by a messenger. */
export const channels = ['report', 'chat', 'concern', 'walk_in', 'call', 'letter', 'telegram', 'vk'] as const
export type Channel = (typeof channels)[number]
/** Messengers are not private: whoever runs them reads along, and both sides are told so. */
export const messengers = ['telegram', 'vk'] as const satisfies readonly Channel[]
/** An answer in a messenger: sent, not taken because the person shut us off, or given up. */
export const deliveries = ['sent', 'blocked', 'failed'] as const
/** Doors behind which nobody of ours stands: what comes through them has been read by nobody. */
export const outerChannels = ['report', 'chat', 'concern', 'telegram', 'vk'] as const satisfies readonly Channel[]
/** Doors that our own staff write down. */
export const staffChannels = ['walk_in', 'call', 'letter'] as const
export type StaffChannel = (typeof staffChannels)[number]

/** The plain answer to "are you safe right now?"; paging hangs on it, never on text. */
export const safeNows = ['yes', 'no', 'unsure', 'not_asked'] as const
export type SafeNow = (typeof safeNows)[number]
/** How soon somebody must act: set by a person, with a reason. */
export const urgencies = ['now', 'today', 'week'] as const
export type Urgency = (typeof urgencies)[number]
export const contactStates = ['new', 'open', 'converted', 'closed'] as const
export type ContactState = (typeof contactStates)[number]

/** Why a contact was closed. No code judges a child: they say what became of the contact. */
export const closeReasons = [
  'advice_given',
  'referred_elsewhere',
  'duplicate',
  'silent',
  'wrong_number',
  'testing',
  'job_seeker',
  'abusive',
  'no_concern_about_child',
  'hostile',
  'spam',
  'other',
] as const
/** The same reasons as they stand on the form: by what became of the contact. */
export const closeGroups = {
  done: ['advice_given', 'referred_elsewhere', 'duplicate'],
  stopped: ['silent', 'wrong_number', 'testing'],
  notOurs: ['job_seeker', 'no_concern_about_child', 'abusive', 'hostile', 'spam'],
  other: ['other'],
} as const satisfies Readonly<Record<string, readonly (typeof closeReasons)[number][]>>
export type CloseReason = (typeof closeReasons)[number]

/** Language of the person who tells us. */
export const contactLanguages = ['ru', 'en', 'uz', 'uz-Cyrl', 'ky', 'tg', 'fr', 'other', 'not_asked'] as const
export type ContactLanguage = (typeof contactLanguages)[number]
/** Who tells us: the source of what was said. */
export const tellers = [
  'child',
  'parent',
  'relative',
  'witness',
  'compatriot',
  'teacher',
  'doctor',
  'police',
  'guardianship',
  'partner',
  'other',
  'not_asked',
] as const
export type Teller = (typeof tellers)[number]
export const paperAnswers = ['yes', 'some', 'no', 'not_asked'] as const
export type PaperAnswer = (typeof paperAnswers)[number]

/** The plain row. Nothing here says who or what. */
export interface Contact {
  readonly id: Id
  readonly homeGroup: Id
  readonly channel: Channel
  /** To a quarter of an hour. */
  readonly received: Stamp
  readonly safeNow: SafeNow
  readonly urgency: Urgency | null
  readonly state: ContactState
  readonly assignee: Id | null
  readonly unread: boolean
  /** Until then further messages are kept, and nobody is called by them. */
  readonly blockedUntil: Stamp | null
  readonly version: number
}

/** A colleague of the agency, or an interpreter of the register. */
export const invitedAs = ['colleague', 'interpreter'] as const

const id = z.uuidv4()
const stamp = z.iso.datetime()

/** That "what stays between us" was said: by whom, in which language, when. */
export const Explained = z.strictObject({ language: z.enum(contactLanguages), by: id.nullable(), at: stamp })
export type Explained = z.infer<typeof Explained>

/** Compartment story of a contact, schema 1: what is known about it as a whole. The words themselves are messages. */
export const ContactStory = z.strictObject({
  language: z.enum(contactLanguages),
  from: z.enum(tellers),
  /** Who came with the child or brought the act; own words, staff only. */
  cameWith: z.string(),
  papers: z.enum(paperAnswers),
  /** Further questions of the public form, by their key. */
  answers: z.record(z.string(), z.string()),
  explained: z.array(Explained),
  urgencyReason: z.string(),
  /** What several children of one contact share (one flat, one employer), written once; their cases point here. */
  circumstances: z.string(),
})
export type ContactStory = z.infer<typeof ContactStory>
export const contactStorySchema = 1
export const emptyStory: ContactStory = {
  language: 'not_asked',
  from: 'not_asked',
  cameWith: '',
  papers: 'not_asked',
  answers: {},
  explained: [],
  urgencyReason: '',
  circumstances: '',
}

/**
 * Compartment summary of a contact, schema 1: what became of it, without a child's words. Apart from the story because supervision, which assigns and
 * reopens, holds no story key; made at the first such act.
 */
export const ContactCourse = z.strictObject({
  closing: z.strictObject({ reason: z.enum(closeReasons), note: z.string(), at: stamp }).nullable(),
  cases: z.array(id),
})
export type ContactCourse = z.infer<typeof ContactCourse>
export const contactCourseSchema = 1
export const emptyCourse: ContactCourse = { closing: null, cases: [] }

/** A message, for staff under the contact's story key (`message.sealed`) and for the sender as a box (`message.sealed_out`), schema 1. */
export const MessageBody = z.strictObject({
  text: z.string(),
  language: z.enum(contactLanguages).optional(),
  /** Who put it into the sender's language, by the name colleagues use; for staff alone, never in the sender's copy. */
  interpretedBy: z.string().optional(),
})
export type MessageBody = z.infer<typeof MessageBody>
export const messageBodySchema = 1
/** Where a message is sealed for staff: its own row, in compartment story of its contact. */
export const messagePlace = (message: Id) => ({ table: 'message', row: message })
/** Kind of `unlocked_work` for what arrived as a sealed box and waits for the first holder of the key. */
export const arrivedWork = 'contact_received'

const readStory = reader('contact story', contactStorySchema, ContactStory)
/** What stands for a story that says nothing of ours: a help chat is sealed on the sender's device, and somebody may send anything. */
export const brokenStory: ContactStory = { ...emptyStory, answers: { unreadable: 'yes' } }
/** A story; one that is none must not take the inbox of a desk, and every child in it, with it. */
export const openStory: Reader<ContactStory> = Object.assign(
  (o: Opened): ContactStory => {
    try {
      return readStory(o)
    } catch (e) {
      if (e instanceof SealError && e.message === 'value_malformed') return brokenStory
      throw e
    }
  },
  { kind: readStory.kind, newest: readStory.newest },
)
export const openCourse = reader('contact course', contactCourseSchema, ContactCourse)
export const openMessage = reader('message', messageBodySchema, MessageBody)

// ---------------------------------------------------------------- events
/** What each kind of event carries in its sealed part. */
export const eventData = {
  /** The first word, from the public site (no actor) or written down by staff. */
  contact_received: z.strictObject({ channel: z.enum(channels), received: stamp, safeNow: z.enum(safeNows), story: ContactStory }),
  /** The sender added to it, or took note of an answer, on the public site (written by definer functions, so never strict about what else they say). */
  sender_wrote: z.looseObject({}),
  sender_read: z.looseObject({}),
  /** In a help chat: "somebody is here", and back with the agreed word. */
  sender_watched: z.looseObject({}),
  sender_alone: z.looseObject({}),
  contact_read: z.strictObject({}),
  contact_judged: z.strictObject({ urgency: z.enum(urgencies), reason: z.string() }),
  /** `word`: the note of somebody who holds no story key, for whoever takes over. */
  contact_assigned: z.strictObject({ assignee: id, word: z.string().optional() }),
  contact_answered: z.strictObject({ message: id, explained: Explained.nullable() }),
  /** Staff wrote down more of what was said (no conversation on the public site). */
  contact_noted: z.strictObject({ message: id }),
  contact_explained: z.strictObject({ explained: Explained }),
  contact_closed: z.strictObject({ reason: z.enum(closeReasons), note: z.string(), at: stamp }),
  contact_reopened: z.strictObject({ reason: z.string() }),
  contact_converted: z.strictObject({ cases: z.array(id) }),
  contact_circumstances: z.strictObject({ text: z.string() }),
  /** For us alone: never part of what the sender is shown. */
  contact_remarked: z.strictObject({ text: z.string() }),
  contact_blocked: z.strictObject({ until: stamp, reason: z.string() }),
  contact_unblocked: z.strictObject({}),
  /** Somebody was asked in, who reads what is said from then on and nothing from before. */
  contact_invited: z.strictObject({ room: id, who: id, as: z.enum(invitedAs), alias: z.string(), reason: z.string(), until: stamp }),
  contact_invite_ended: z.strictObject({}),
} as const
export type ContactEventType = keyof typeof eventData
export type ContactEvent = {
  [K in ContactEventType]: { readonly type: K; readonly data: z.infer<(typeof eventData)[K]> }
}[ContactEventType]
export const contactEventSchema = 1

/** The compartment of each event's part; null: the header says all. */
export const eventCompartment: Record<ContactEventType, Extract<Compartment, 'story' | 'summary'> | null> = {
  contact_received: 'story',
  sender_wrote: null,
  sender_read: null,
  sender_watched: null,
  sender_alone: null,
  contact_read: null,
  contact_judged: 'story',
  contact_assigned: 'summary',
  contact_answered: 'story',
  contact_noted: 'story',
  contact_explained: 'story',
  contact_closed: 'summary',
  contact_reopened: 'summary',
  contact_converted: 'summary',
  contact_circumstances: 'story',
  contact_remarked: 'story',
  contact_blocked: 'summary',
  contact_unblocked: null,
  contact_invited: 'story',
  contact_invite_ended: null,
}

const typeOf = (type: string): ContactEventType => {
  if (!Object.hasOwn(eventData, type)) throw new Error('not an event of a contact')
  return type as ContactEventType
}
/** One reader for each type: an upcaster of one type has nothing to do with the others. */
export const contactEventReaders = Object.fromEntries(
  Object.entries(eventData).map(([type, data]) => [type, reader(`contact event ${type}`, contactEventSchema, data)]),
) as unknown as Readonly<Record<ContactEventType, Reader<ContactEvent['data']>>>

/** An event as the journal gives it back; undefined when this session holds no key to its part. */
export const openEvent = (seen: {
  readonly type: string
  readonly parts: Partial<Record<Compartment, Opened>>
}): ContactEvent | undefined => {
  const type = typeOf(seen.type)
  const compartment = eventCompartment[type]
  if (compartment === null) return { type, data: {} } as ContactEvent
  const part = seen.parts[compartment]
  if (!part) return undefined
  return { type, data: contactEventReaders[type](part) } as ContactEvent
}

/** A message as staff see it; `body` is undefined where the session holds no story key. */
export interface Message {
  readonly id: Id
  readonly seq: number
  readonly direction: 'in' | 'out'
  /** To a quarter of an hour. */
  readonly at: Stamp
  readonly acknowledged: boolean
  /** The messenger it came through; null: from the page, or written down by us. */
  readonly via: (typeof messengers)[number] | null
  /** What became of an answer in a messenger. */
  readonly delivery: (typeof deliveries)[number] | null
  readonly body: MessageBody | undefined
}

/** How long somebody has been waiting, and how much was said. */
export interface Waits {
  /** Since when something lies there unread; null when nothing does. */
  readonly since: Stamp | null
  /** Messages of the sender, and ours. */
  readonly theirs: number
  readonly ours: number
}
