import { directory } from '../access/store.directory.ts'
import type { Id } from '../base/id.ts'
import { lastInstead } from '../platform/lists.ts'
import { type Asked, type Office, page, redirect } from '../platform/office.ts'
import type { ContactSeams } from './routes.acts.decide.ts'
import { registerActs } from './routes.acts.ts'
import { registerDesk } from './routes.desk.ts'
import { registerDeskLive } from './routes.desk-live.ts'
import { registerNew } from './routes.new.ts'
import { showContact } from './routes.page.ts'
import { registerContactRoom } from './routes.room.ts'
import { isLate } from './rules.desk-calendar.ts'
import { channels, contactStates } from './schema.ts'
import { inboxScreen } from './screens.inbox.tsx'
import { openAlerts } from './store.alert.ts'
import { calendarOf } from './store.desk.ts'
import { listContacts, pageSize } from './store.list.ts'
import { roomsOfMine } from './store.room.ts'

/** The filter as the address says it; what it says wrongly is not asked for. */
const filterOf = (a: Asked) => ({
  state: contactStates.find(s => s === a.query.state) ?? null,
  channel: channels.find(c => c === a.query.channel) ?? null,
  mine: a.query.mine === '1',
  nobody: a.query.nobody === '1',
})
const pageOf = (a: Asked): number => (/^[1-9]\d{0,2}$/.test(a.query.page ?? '') ? Number(a.query.page) : 1)

const inbox = (o: Office) => async (a: Asked) => {
  const filter = filterOf(a)
  const [{ rows, total }, people, calendar, alerts, asked] = await Promise.all([
    listContacts(a, a.actor, filter, pageOf(a)),
    directory(a, o.deps.keys.service, a.lang),
    calendarOf(a),
    openAlerts(a, 3),
    a.can('contact:room') ? roomsOfMine(a) : [],
  ])
  const beyond = lastInstead('/contacts', a.query, { page: pageOf(a), size: pageSize, total, shown: rows.length })
  if (beyond) return redirect(beyond)
  a.saw(
    'contact.list',
    rows.map(r => r.id),
  )
  return page({
    title: a.t('contact.inbox.title'),
    nav: 'contacts',
    wide: true,
    scripts: ['desk.js', 'desk-keys.js'],
    body: inboxScreen(
      {
        rows: rows.map(({ language, waits, ...contact }) => ({
          contact,
          language,
          waits,
          late: isLate(waits.since, a.now, a.session.timeZone, calendar),
          assignee: contact.assignee && people.alias(contact.assignee),
        })),
        total,
        alerts,
        askedInto: asked.map(r => a.to(`/rooms/contact/${r.id}`)),
        page: pageOf(a),
        filter,
        now: a.now,
        timeZone: a.session.timeZone,
        can: { create: a.can('contact:create'), load: a.can('contact:load'), letters: a.can('letter:list') },
      },
      a.t,
    ),
  })
}

/** The inbox, the door for staff, the page of a contact and what may be done there. */
export const registerContact = (o: Office, seams: ContactSeams = {}): void => {
  o.get('/contacts', 'contact:list', inbox(o))
  registerNew(o)
  o.get('/contacts/:contactId', 'contact:read', a => showContact(o, a, a.params.contactId as Id, undefined, seams))
  registerActs(o, seams)
  registerDesk(o)
  registerDeskLive(o)
  registerContactRoom(o)
}
