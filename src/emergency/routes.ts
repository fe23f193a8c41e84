import type { Id } from '../base/id.ts'
import type { Opened } from '../base/sealed.ts'
import type { CasePart, ReadEvent } from '../case/routes.parts.ts'
import { findCase } from '../case/store.ts'
import { findContact } from '../contact/store.ts'
import { once } from '../platform/command.ts'
import { type Answer, type Asked, hidden, type Office, redirect } from '../platform/office.ts'
import { newId } from '../platform/records.ts'
import { registerCard } from './routes.card.ts'
import { registerOnCall } from './routes.on-call.ts'
import { type EmergencyEventType, openEmergencyEvent } from './schema.ts'
import { lifePartCard } from './screens.tsx'
import { liveCard, type On, openNewCard } from './store.ts'

const commandOf = (a: Asked): Id =>
  typeof a.body.command === 'string' && /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(a.body.command)
    ? a.body.command
    : newId()

/** One press: the card, the paging and the journal, and the card on the screen. Pressed twice, by one or by two people, it is one card. */
const opening = async (a: Asked, lock: () => Promise<On | undefined>): Promise<Answer> => {
  const id = newId()
  const command = commandOf(a)
  return once<Answer>(
    a,
    { command, content: { act: 'life', path: a.path }, record: id },
    {
      again: card => redirect(`/life/${card}`),
      clash: () => redirect(a.path.replace(/\/life$/, '')),
      fresh: async () => {
        // The record's row is held, so that two presses at once find each other.
        const on = await lock()
        if (!on) return { refused: hidden }
        const live = await liveCard(a, on.record)
        if (live) return { refused: redirect(`/life/${live}`) }
        await openNewCard(a, on, id, a.actor.id, command)
        return { saved: redirect(`/life/${id}`) }
      },
    },
  )
}

/** The card of a life in danger, reached in one press from a contact and from a case; paging and who is on call. */
export const registerEmergency = (o: Office): void => {
  o.get('/contacts/:contactId/life', 'emergency:use', async a => redirect(`/contacts/${a.params.contactId}`))
  o.post('/contacts/:contactId/life', 'emergency:use', a =>
    opening(a, async () => {
      const c = await findContact(a, a.params.contactId!, true)
      return c && { record: c.id, kind: 'contact', homeGroup: c.homeGroup }
    }),
  )
  o.get('/cases/:caseId/life', 'emergency:use', async a => redirect(`/cases/${a.params.caseId}`))
  o.post('/cases/:caseId/life', 'emergency:use', a =>
    opening(a, async () => {
      const c = await findCase(a, a.params.caseId!, true)
      return c && { record: c.id, kind: 'case', homeGroup: c.homeGroup }
    }),
  )
  registerCard(o)
  registerOnCall(o)
}

const reads =
  (type: EmergencyEventType): ReadEvent =>
  (o: Opened, t) => {
    const e = openEmergencyEvent(type, o)
    switch (e.type) {
      case 'emergency_told':
        return [e.danger ? t(`emergency.danger.${e.danger}`) : '', e.where, e.what, e.since].filter(Boolean).join('. ')
      case 'emergency_called':
        return `${t(`emergency.callee.${e.line.whom}`)}: ${t(`emergency.outcome.${e.line.outcome}`)}. ${e.line.words}`
      case 'emergency_ended':
        return e.words
      default:
        return ''
    }
  }
/** On the page of a case: the button, or the card that is open. */
export const emergencyPart: CasePart = {
  name: 'emergency',
  order: 1,
  card: async (a, caseId) => {
    if (!a.can('emergency:use')) return undefined
    const live = await liveCard(a, caseId, true)
    return lifePartCard({ action: a.to(`/cases/${caseId}/life`), live: live && a.to(`/life/${live}`), command: newId() }, a.t)
  },
  events: {
    emergency_opened: reads('emergency_opened'),
    emergency_told: reads('emergency_told'),
    emergency_called: reads('emergency_called'),
    emergency_taken: reads('emergency_taken'),
    emergency_ended: reads('emergency_ended'),
  },
}
