import { directory } from '../access/store.directory.ts'
import { isId } from '../base/id.ts'
import type { Role } from '../base/people.ts'
import { markPlaces } from '../contact/store.alert.ts'
import { drainContacts } from '../contact/store.list.ts'
import { ensurePrekeys } from '../contact/store.prekeys.ts'
import { type Asked, hidden, type Office, page, redirect } from '../platform/office.ts'
import { append, newId } from '../platform/records.ts'
import { registerLeaver } from './routes.leaver.ts'
import { shorten } from './rules.ts'
import { shortParts, type Waiting } from './schema.ts'
import { worklistScreen } from './screens.tsx'
import { intakeLooked, waitingFor } from './store.ts'

const shown = (w: Waiting) => [
  ...new Set(
    [
      ...w.danger.contacts,
      ...w.danger.cases,
      ...w.nobody.cases,
      ...w.due.cases,
      ...w.mine.contacts,
      ...w.mine.cases,
      ...w.deputy.flatMap(d => [...d.contacts, ...d.cases]),
      ...w.looks.map(l => ({ id: l.record })),
      ...[...w.tasks.help, ...w.tasks.overdue, ...w.tasks.today, ...w.tasks.soon].map(t => ({ id: t.caseId })),
    ].map(r => r.id),
  ),
]

const worklist = (o: Office) => async (a: Asked) => {
  // The first page after signing in: what arrived sealed meanwhile is re-wrapped here, a few at a time, by whoever holds the key.
  if (a.can('contact:list')) {
    await markPlaces(a, await drainContacts(a, 25))
    await ensurePrekeys(a)
  }
  const [all, people] = await Promise.all([waitingFor(a), directory(a, o.deps.keys.service, a.lang)])
  const waiting = shorten(
    all,
    shortParts.find(p => p === a.query.all),
  )
  a.saw('worklist.open', shown(waiting))
  return page({
    title: a.t('worklist.title'),
    nav: 'worklist',
    wide: true,
    body: worklistScreen(
      {
        waiting,
        alias: id => people.alias(id),
        team: id => people.team(id),
        now: a.now,
        timeZone: a.session.timeZone,
        can: {
          contacts: a.can('contact:list'),
          cases: a.can('case:list'),
          followUp: a.can('follow-up:list'),
          helplines: a.can('helpline:edit'),
          partner: a.session.roles.includes('partner'),
          admin: a.session.roles.includes('administrator'),
        },
      },
      a.t,
    ),
  })
}

/** Whose whole work is one other page goes there: an interpreter would find an empty list here. */
const firstPage = (roles: readonly Role[]): string => {
  const only = roles.length === 1 ? roles[0] : undefined
  return only === 'interpreter' ? '/sessions' : only === 'shelter_carer' ? '/night' : only === 'analyst' ? '/releases' : '/worklist'
}

/** The first page after signing in, and the list of somebody who leaves. */
export const registerWorklist = (o: Office): void => {
  o.get('/', 'worklist:read', async a => redirect(firstPage(a.session.roles)))
  o.get('/worklist', 'worklist:read', worklist(o))
  o.post('/worklist/intake/:lookId', 'worklist:intake', async a => {
    const { lookId } = a.params
    const team = isId(lookId) ? await intakeLooked(a, lookId) : null
    if (!team) return hidden
    await append(a, { record: team, kind: 'team', homeGroup: a.session.agencyId, type: 'intake_seen', command: newId(), parts: {} })
    return redirect('/worklist?done=saved')
  })
  registerLeaver(o)
}
