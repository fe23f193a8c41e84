import type { Errors } from '../base/form.ts'
import { type Id, isId } from '../base/id.ts'
import { once, savedOnce } from '../platform/command.ts'
import { type Asked, hidden, type Office, page, redirect } from '../platform/office.ts'
import { newId } from '../platform/records.ts'
import { alertWhys } from './rules.alert.ts'
import { close, read } from './rules.ts'
import { stormScreen } from './screens.storm.tsx'
import { endAlert, openAlerts, stormGroups } from './store.alert.ts'
import { findContactFile, saveContact } from './store.ts'

const show = async (a: Asked, errors: Errors = {}, status = 200) => {
  const [alerts, groups] = [await openAlerts(a), await stormGroups(a)]
  a.saw('contact.open', [...new Set([...groups.flatMap(g => g.contacts.map(c => c.id)), ...alerts.flatMap(x => x.contacts)])])
  return page({
    title: a.t('alert.title'),
    nav: 'contacts',
    status,
    breadcrumbs: [{ text: a.t('contact.inbox.title'), href: '/contacts' }],
    body: stormScreen({ alerts, groups, command: newId(), errors }, a.t),
  })
}

/** "id.version id.version" of each ticked group; at most as many as a page shows. */
const picksOf = (body: Asked['body']): { id: Id; version: number }[] =>
  [body.pick ?? []]
    .flat()
    .flatMap(group => String(group).split(' '))
    .slice(0, 200)
    .flatMap(pick => {
      const [id = '', version = ''] = pick.split('.')
      return isId(id) && /^\d{1,6}$/.test(version) ? [{ id, version: Number(version) }] : []
    })

/** Closes one as spam, if it still is what was ticked: read by this person just now, and nobody in danger. */
const closeAsSpam = async (a: Asked, pick: { id: Id; version: number }, command: Id): Promise<boolean> => {
  const file = await findContactFile(a, pick.id, true)
  const c = file?.contact
  if (!file?.story || !c || c.version !== pick.version || c.safeNow === 'no' || c.urgency === 'now') return false
  const seen = read(c)
  const after = seen.ok ? await saveContact(a, file, seen.value, command) : file
  const closed = close(after.contact, 'spam', '', a.now)
  if (closed.ok) await saveContact(a, after, closed.value, command)
  return closed.ok
}

/** Repeats and floods: alerts about one thing that many name, and many messages put away in one act. */
export const registerStorm = (o: Office): void => {
  o.get('/contacts/storm', 'contact:write', a => show(a))
  o.post('/contacts/storm', 'contact:write', async a => {
    const picks = picksOf(a.body)
    if (picks.length === 0) return show(a, { '': { key: 'alert.nothing' } }, 422)
    const command = isId(a.body.command) ? a.body.command : undefined
    if (!command) return show(a, { '': { key: 'base.error.stale_form' } }, 422)
    const back = redirect('/contacts/storm?done=saved')
    return once(
      a,
      { command, content: { spam: picks }, record: command },
      {
        again: () => back,
        clash: () => show(a, savedOnce, 409),
        fresh: async () => {
          for (const pick of picks) await closeAsSpam(a, pick, command)
          return { saved: back }
        },
      },
    )
  })
  const url = '/contacts/alerts/:alertId'
  o.get(url, 'contact:write', async () => redirect('/contacts/storm'))
  o.post(url, 'contact:write', async a => {
    const why = alertWhys.find(x => x === a.body.why)
    if (!why || !isId(a.params.alertId)) return hidden
    // Put aside already, or not ours to see: the same page.
    await endAlert(a, a.params.alertId, a.actor.id, why)
    return redirect('/contacts/storm?done=saved')
  })
}
