import type { CaseRow } from '../case/schema.ts'
import { findContact } from '../contact/store.ts'
import { unreadAnswersOf } from '../follow-up/store.ts'
import { roomIsOpen } from '../language/store.room.ts'
import { openRowsOf } from '../language/store.ts'
import { openReportsOf } from '../mandatory-report/store.waiting.ts'
import { openStepsOf } from '../plan/store.waiting.ts'
import type { Work } from '../platform/records.ts'
import type { ClosureFacts } from './rules.ts'

/** What hangs on a case and matters for closing it, as far as this session sees it. */
export const closureFacts = async (w: Work, c: CaseRow): Promise<ClosureFacts> => {
  const [contact, unreadAnswers, roomOpen, sessions, steps, reports] = await Promise.all([
    c.contactId ? findContact(w, c.contactId) : undefined,
    unreadAnswersOf(w, c.id),
    roomIsOpen(w, c.id),
    openRowsOf(w, c.id).then(rows => rows.filter(s => s.state === 'booked').length),
    openStepsOf(w, c.id),
    openReportsOf(w, c.id),
  ])
  return { unread: contact?.unread ?? false, unreadAnswers, roomOpen, sessions, steps, reports }
}
