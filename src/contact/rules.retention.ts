import type { CloseReason } from './schema.ts'

/** The three kinds of ending that stand in a plain column: what a job and a list must know without any key, and nothing more. */
export const closings = ['ordinary', 'spam', 'aside'] as const
export type Closing = (typeof closings)[number]

/** `aside`: no concern about a child, or hostile to somebody. It is in no list, and neither is anybody it names. */
export const closingOf = (reason: CloseReason): Closing =>
  reason === 'spam' ? 'spam' : reason === 'no_concern_about_child' || reason === 'hostile' ? 'aside' : 'ordinary'

/** As a condition on `app.contact c`: what was no concern about a child, or hostile, is in no list once it has been read. What nobody has read is sacred even then. */
export const inLists = "(c.closing is distinct from 'aside' or c.unread)"

/** Hours and days after closing by a person. The database allows no shorter ones. */
export const spamHours = 72
export const closedDays = 90

/** What decides whether a job may take a contact away. */
export interface Kept {
  readonly state: 'new' | 'open' | 'converted' | 'closed'
  readonly unread: boolean
  /** Ever not safe, or ever judged urgent now. */
  readonly inDanger: boolean
  /** A card for an emergency, or a call to staff. */
  readonly called: boolean
  /** A learned fact that must be reported hangs on it. */
  readonly fact: boolean
  readonly cases: number
  readonly closing: Closing | null
  /** Hours since a person had read the last message and closed it; null: the clock does not run. */
  readonly closedFor: number | null
}

/** May it be shredded? The twin of app.may_shred and app.shred_contacts (0088): a test compares them over random histories. */
export const mayShred = (k: Kept): boolean =>
  k.state === 'closed' &&
  !k.unread &&
  !k.inDanger &&
  !k.called &&
  !k.fact &&
  k.cases === 0 &&
  k.closedFor !== null &&
  k.closedFor > (k.closing === 'spam' ? spamHours : closedDays * 24)
