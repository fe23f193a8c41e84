import type { Id } from '../base/id.ts'
import { err, ok, type Result } from '../base/result.ts'
import { coarse, type Stamp } from '../base/time.ts'
import {
  type Channel,
  type CloseReason,
  type Contact,
  type ContactCourse,
  type ContactEvent,
  type ContactLanguage,
  type ContactStory,
  emptyCourse,
  emptyStory,
  outerChannels,
  type PaperAnswer,
  type SafeNow,
  type StaffChannel,
  type Teller,
  type Urgency,
} from './schema.ts'

export type ContactError =
  | 'contact_closed'
  | 'contact_converted'
  | 'not_closed'
  | 'still_unread'
  | 'nothing_unread'
  | 'cannot_answer'
  | 'cannot_note'
  | 'not_a_colleague'
  | 'nothing_changed'
  | 'no_case'
  | 'in_danger'
  | 'not_blocked'
  | 'cannot_remark'
  | RoomError
export const roomErrors = ['room_open', 'not_to_be_invited', 'invited_busy', 'warned', 'no_room', 'no_turn', 'cannot_invite'] as const
export type RoomError = (typeof roomErrors)[number]
export type Decided = Result<ContactEvent, ContactError>

/** A contact with what is sealed apart. `story` is undefined for somebody who holds no story key. */
export interface ContactFile {
  readonly contact: Contact
  readonly story: ContactStory | undefined
  readonly course: ContactCourse
}

export interface ReceiveContact {
  readonly channel: StaffChannel
  readonly from: Teller
  readonly cameWith: string
  readonly papers: PaperAnswer
  readonly safeNow: SafeNow
  readonly language: ContactLanguage
  readonly explained: boolean
}
/** A worry that came on foot, by phone or on paper, written down by a person. */
export const receive = (c: ReceiveContact, by: Id, now: Stamp): ContactEvent => ({
  type: 'contact_received',
  data: {
    channel: c.channel,
    received: coarse(now),
    safeNow: c.safeNow,
    story: {
      ...emptyStory,
      language: c.language,
      from: c.from,
      cameWith: c.cameWith,
      papers: c.papers,
      explained: c.explained ? [{ language: c.language, by, at: now }] : [],
    },
  },
})

const ended = (c: Contact): ContactError | undefined =>
  c.state === 'closed' ? 'contact_closed' : c.state === 'converted' ? 'contact_converted' : undefined

/** "I have read this": an act of its own, because opening a page may not change anything. */
export const read = (c: Contact): Decided => (c.unread ? ok({ type: 'contact_read', data: {} }) : err('nothing_unread'))

export const judge = (f: ContactFile, urgency: Urgency, reason: string): Decided => {
  const no = ended(f.contact)
  if (no) return err(no)
  if (f.contact.urgency === urgency && f.story?.urgencyReason === reason) return err('nothing_changed')
  return ok({ type: 'contact_judged', data: { urgency, reason } })
}

/** To oneself or a colleague who can open it: assigned to anybody else, it would wait for somebody who cannot read it. */
export const assign = (c: Contact, assignee: Id, colleagues: readonly Id[], word = ''): Decided => {
  if (c.state === 'closed') return err('contact_closed')
  if (!colleagues.includes(assignee)) return err('not_a_colleague')
  if (c.assignee === assignee) return err('nothing_changed')
  return ok({ type: 'contact_assigned', data: word.trim() ? { assignee, word } : { assignee } })
}

/** An answer goes to the sender's words on the public site; a converted contact is answered too, the conversation goes on. */
export const answer = (
  c: Contact,
  message: Id,
  hasConversation: boolean,
  explained: { language: ContactLanguage; by: Id; at: Stamp } | null,
): Decided => {
  if (c.state === 'closed') return err('contact_closed')
  if (!hasConversation) return err('cannot_answer')
  return ok({ type: 'contact_answered', data: { message, explained } })
}

/** Writing down more of what was said, where there is no conversation on the public site. */
export const note = (c: Contact, message: Id, hasConversation: boolean): Decided => {
  if (c.state === 'closed') return err('contact_closed')
  if (hasConversation) return err('cannot_note')
  return ok({ type: 'contact_noted', data: { message } })
}

export const explain = (c: Contact, language: ContactLanguage, by: Id, now: Stamp): Decided =>
  c.state === 'closed' ? err('contact_closed') : ok({ type: 'contact_explained', data: { explained: { language, by, at: now } } })

/** Nothing a child wrote is closed before a person has read it. */
export const close = (c: Contact, reason: CloseReason, text: string, now: Stamp): Decided => {
  const no = ended(c)
  if (no) return err(no)
  if (c.unread) return err('still_unread')
  return ok({ type: 'contact_closed', data: { reason, note: text, at: now } })
}

export const reopen = (c: Contact, reason: string): Decided =>
  c.state === 'closed' ? ok({ type: 'contact_reopened', data: { reason } }) : err('not_closed')

/** One contact may become several children, and further ones later. Unread stays unread: a message that came meanwhile has been read by nobody. */
export const convert = (c: Contact, cases: readonly Id[]): Decided => {
  if (c.state === 'closed') return err('contact_closed')
  if (cases.length === 0) return err('no_case')
  return ok({ type: 'contact_converted', data: { cases: [...cases] } })
}

/** What several children share, once, under the contact's own key. */
export const setCircumstances = (c: Contact, text: string): Decided =>
  c.state === 'closed' ? err('contact_closed') : ok({ type: 'contact_circumstances', data: { text } })

/** A note for colleagues; the sender never sees it. */
export const remark = (f: ContactFile, text: string): Decided =>
  f.contact.state === 'closed' ? err('contact_closed') : !f.story ? err('cannot_remark') : ok({ type: 'contact_remarked', data: { text } })

/**
 * Quiet for a while: what is written is kept, and calls nobody until the block ends by itself. Whoever said that they are not safe, or was judged to be in danger, is
 * never blocked: a threat may be somebody else at the child's telephone.
 */
export const block = (c: Contact, days: number, reason: string, now: Stamp): Decided => {
  const no = ended(c)
  if (no) return err(no)
  if (c.safeNow === 'no' || c.urgency === 'now') return err('in_danger')
  if (c.unread) return err('still_unread')
  return ok({ type: 'contact_blocked', data: { until: new Date(Date.parse(now) + days * 86_400_000).toISOString(), reason } })
}
export const unblock = (c: Contact): Decided => (c.blockedUntil === null ? err('not_blocked') : ok({ type: 'contact_unblocked', data: {} }))

/** The first event makes the state; id and home group lie outside the event. */
export const begin = (id: Id, homeGroup: Id, e: Extract<ContactEvent, { type: 'contact_received' }>): ContactFile => ({
  contact: {
    id,
    homeGroup,
    channel: e.data.channel,
    received: e.data.received,
    safeNow: e.data.safeNow,
    urgency: null,
    state: 'new',
    assignee: null,
    // What staff wrote down themselves has been read by them; what came from outside has been read by nobody.
    unread: (outerChannels as readonly Channel[]).includes(e.data.channel),
    blockedUntil: null,
    version: 1,
  },
  story: e.data.story,
  course: emptyCourse,
})

export const apply = (f: ContactFile, e: ContactEvent): ContactFile => {
  const { contact, story, course } = f
  const next = (change: Partial<Contact>, s: ContactStory | undefined = story, k: ContactCourse = course): ContactFile => ({
    contact: { ...contact, ...change, version: contact.version + 1 },
    story: s,
    course: k,
  })
  const opened = contact.state === 'new' ? { state: 'open' as const } : {}
  switch (e.type) {
    case 'contact_received':
      return begin(contact.id, contact.homeGroup, e)
    case 'sender_wrote':
      return next({ unread: true })
    case 'sender_read':
    case 'sender_watched':
    case 'sender_alone':
      return f
    case 'contact_read':
      return next({ ...opened, unread: false })
    case 'contact_judged':
      // Whoever is judged to be in danger is heard again at once.
      return next(
        { ...opened, urgency: e.data.urgency, unread: false, ...(e.data.urgency === 'now' ? { blockedUntil: null } : {}) },
        story && { ...story, urgencyReason: e.data.reason },
      )
    case 'contact_assigned':
      return next({ ...opened, assignee: e.data.assignee })
    case 'contact_answered':
      return next(
        { ...opened, unread: false },
        story && e.data.explained ? { ...story, explained: [...story.explained, e.data.explained] } : story,
      )
    case 'contact_noted':
      return next({ ...opened })
    case 'contact_explained':
      return next({ ...opened }, story && { ...story, explained: [...story.explained, e.data.explained] })
    case 'contact_closed':
      return next({ state: 'closed' }, story, { ...course, closing: e.data })
    case 'contact_reopened':
      return next({ state: 'open' }, story, { ...course, closing: null })
    case 'contact_converted':
      return next({ state: 'converted' }, story, { ...course, cases: [...new Set([...course.cases, ...e.data.cases])] })
    case 'contact_circumstances':
      return next({ ...opened }, story && { ...story, circumstances: e.data.text })
    case 'contact_remarked':
      return next({ ...opened })
    case 'contact_blocked':
      return next({ ...opened, blockedUntil: e.data.until })
    case 'contact_unblocked':
      return next({ blockedUntil: null })
    case 'contact_invited':
    case 'contact_invite_ended':
      return next({ ...opened })
  }
}

/** Lower comes first in the inbox: not safe now, then what a person judged, then what nobody has judged yet. The twin of the order in store.ts. */
export const dangerRank = (c: Pick<Contact, 'safeNow' | 'urgency'>): number =>
  c.safeNow === 'no'
    ? 0
    : c.urgency === 'now'
      ? 1
      : c.urgency === null && c.safeNow === 'unsure'
        ? 2
        : c.urgency === null
          ? 3
          : c.urgency === 'today'
            ? 4
            : 5
