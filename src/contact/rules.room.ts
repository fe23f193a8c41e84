import type { Id } from '../base/id.ts'
import { err, ok, type Result } from '../base/result.ts'
import type { Stamp } from '../base/time.ts'
import type { ContactError } from './rules.ts'
import type { Contact, ContactEvent, invitedAs } from './schema.ts'

/** How long somebody who was asked in reads along at most. */
export const invitedHours = 4
export const invitedUntil = (now: Stamp): Stamp => new Date(Date.parse(now) + invitedHours * 3_600_000).toISOString()

/** Asks somebody in. An interpreter of whom something was warned is taken only with a reason that a person gave. */
export const invite = (
  c: Pick<Contact, 'state'>,
  v: {
    readonly room: Id
    /** Undefined: nobody of that id may be asked in. */
    readonly who:
      | { readonly id: Id; readonly as: (typeof invitedAs)[number]; readonly alias: string; readonly warnings: number }
      | undefined
    readonly hasConversation: boolean
    readonly reason: string
  },
  now: Stamp,
): Result<ContactEvent, ContactError> => {
  if (c.state === 'closed') return err('contact_closed')
  if (!v.hasConversation) return err('cannot_invite')
  if (!v.who) return err('not_to_be_invited')
  if (v.who.warnings > 0 && v.reason.trim() === '') return err('warned')
  const { id, as, alias } = v.who
  return ok({ type: 'contact_invited', data: { room: v.room, who: id, as, alias, reason: v.reason, until: invitedUntil(now) } })
}
/** Possible as long as a room stands, on a closed contact too. */
export const endInvite = (open: boolean): Result<ContactEvent, ContactError> =>
  open ? ok({ type: 'contact_invite_ended', data: {} }) : err('no_room')
