import type { Id } from '../base/id.ts'
import { err, ok, type Result } from '../base/result.ts'
import type { Day } from '../base/time.ts'
import type { DoorEvent, Letter, LetterRow } from './schema.ts'

export type DoorError = 'letter_closed' | 'sent_in_future' | 'no_letter' | 'no_reason' | 'contact_ended' | 'no_photo'
export const emptyLetter: Letter = { body: '', number: '', dated: '', asks: '', ours: '', sent: '', way: null, text: '' }
type Of<K extends DoorEvent['type']> = Extract<DoorEvent, { type: K }>

/** Their letter is written down, or put right, until it is answered. */
export const noteLetter = (
  now: Pick<LetterRow, 'id' | 'state'> | undefined,
  c: Omit<Of<'letter_noted'>, 'type'>,
): Result<Of<'letter_noted'>, DoorError> =>
  now && now.state !== 'waiting' ? err('letter_closed') : ok({ type: 'letter_noted', ...c, letterId: now?.id ?? c.letterId })
export const replyLetter = (
  now: Pick<LetterRow, 'id' | 'state'> | undefined,
  c: Omit<Of<'letter_replied'>, 'type' | 'letterId'>,
  today: Day,
): Result<Of<'letter_replied'>, DoorError> =>
  !now
    ? err('no_letter')
    : now.state !== 'waiting'
      ? err('letter_closed')
      : c.sent > today
        ? err('sent_in_future')
        : ok({ type: 'letter_replied', letterId: now.id, ...c })
export const needsNone = (now: Pick<LetterRow, 'id' | 'state'> | undefined, reason: string): Result<Of<'letter_needs_none'>, DoorError> =>
  !now ? err('no_letter') : now.state !== 'waiting' ? err('letter_closed') : ok({ type: 'letter_needs_none', letterId: now.id, reason })

/** A photograph that does not belong here is taken away while nothing was built upon it: of a contact that became a case the act is a paper of the case. */
export const takeAway = (
  contact: { readonly state: string },
  files: readonly { readonly id: Id }[],
  cmd: { readonly fileId: Id; readonly reason: string },
): Result<Of<'act_taken_away'>, DoorError> =>
  contact.state === 'converted' || contact.state === 'closed'
    ? err('contact_ended')
    : !files.some(f => f.id === cmd.fileId)
      ? err('no_photo')
      : cmd.reason.trim() === ''
        ? err('no_reason')
        : ok({ type: 'act_taken_away', fileId: cmd.fileId, reason: cmd.reason.trim() })

/** The letter after an event. */
export const applyLetter = (
  l: LetterRow | undefined,
  of: { readonly contactId: Id; readonly homeGroup: Id },
  e: DoorEvent,
): LetterRow | undefined => {
  switch (e.type) {
    case 'act_attached':
    case 'act_taken_away':
      return l
    case 'letter_noted': {
      const { type: _, letterId, due, ...theirs } = e
      return {
        ...of,
        id: letterId,
        state: 'waiting',
        due,
        version: (l?.version ?? 0) + 1,
        letter: { ...(l?.letter ?? emptyLetter), ...theirs },
      }
    }
    case 'letter_replied': {
      const { type: _, letterId, ...ours } = e
      return l?.id === letterId ? { ...l, state: 'answered', version: l.version + 1, letter: { ...l.letter, ...ours } } : l
    }
    case 'letter_needs_none':
      return l?.id === e.letterId ? { ...l, state: 'needs_none', version: l.version + 1, letter: { ...l.letter, text: e.reason } } : l
  }
}
