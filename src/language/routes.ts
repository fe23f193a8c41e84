import { h } from 'preact'
import type { CasePart } from '../case/routes.parts.ts'
import type { Office } from '../platform/office.ts'
import { registerBooking } from './routes.book.ts'
import { registerRegister } from './routes.register.ts'
import { registerRoom } from './routes.room.ts'
import { registerSession } from './routes.session.ts'
import { languageEventData, openLanguageEvent } from './schema.ts'
import { languageCard, languageEventText } from './screens.tsx'
import { openRowsOf } from './store.ts'

/** Interpreters, sessions with them, and the room in which an interpreter works. */
export const registerLanguage = (o: Office): void => {
  registerRegister(o)
  registerBooking(o)
  registerSession(o)
  registerRoom(o)
}

/** On the page of a case: the next session, what it was warned of, and everything that was decided in the timeline. */
export const languagePart: CasePart = {
  name: 'language',
  order: 30,
  link: { path: 'interpreters', words: 'language.sessions.title', permit: 'language:read' },
  card: async (a, caseId) => {
    if (!a.can('language:read')) return undefined
    const open = await openRowsOf(a, caseId)
    return open.length > 0 ? h(languageCard, { sessions: open, href: a.to(`/cases/${caseId}/interpreters`), t: a.t }) : undefined
  },
  events: Object.fromEntries(
    Object.keys(languageEventData).map(type => [
      type,
      (o, t, alias) => h(languageEventText, { event: openLanguageEvent(type, o), t, alias }),
    ]),
  ),
}
