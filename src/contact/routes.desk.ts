import { directory } from '../access/store.directory.ts'
import { type Errors, parseForm, type Values } from '../base/form.ts'
import type { Id } from '../base/id.ts'
import { dayOf } from '../base/time.ts'
import { once, savedOnce } from '../platform/command.ts'
import { type Asked, type Office, page, redirect } from '../platform/office.ts'
import { newId } from '../platform/records.ts'
import { weekOf, weeksBack } from '../prevention/rules.reach.ts'
import { registerDeskHours } from './routes.desk-hours.ts'
import { registerStorm } from './routes.storm.ts'
import { isLate } from './rules.desk-calendar.ts'
import { calendarForm } from './schema.forms.ts'
import { calendarScreen, loadScreen } from './screens.desk-load.tsx'
import { calendarDays, calendarOf, deskLoad, dropCalendarDay, helpedBetween, setCalendarDay } from './store.desk.ts'

/** "Did this help?" is summed over so many weeks that are over. */
const helpedWeeks = 4

const crumbs = (a: Asked) => [{ text: a.t('contact.inbox.title'), href: '/contacts' }]

const showCalendar = async (a: Asked, values: Values = {}, errors: Errors = {}, status = 200) => {
  const days = await calendarDays(a)
  return page({
    title: a.t('contact.calendar.title'),
    nav: 'contacts',
    status,
    breadcrumbs: crumbs(a),
    body: calendarScreen(
      { days: days.map(d => ({ ...d, command: newId() })), command: newId(), values, errors, hours: a.can('contact:hours') },
      a.t,
    ),
  })
}

/** For supervisors: who has how much, and the days on which nobody is expected to read. */
export const registerDesk = (o: Office): void => {
  o.get('/contacts/load', 'contact:load', async a => {
    const { service } = o.deps.keys
    const today = dayOf(a.now)
    const from = weeksBack(today, helpedWeeks).at(-1) ?? today
    const [load, people, calendar, helped] = await Promise.all([
      deskLoad(a),
      directory(a, service, a.lang),
      calendarOf(a),
      helpedBetween(a, service, from, weekOf(today)),
    ])
    return page({
      title: a.t('contact.load.title'),
      nav: 'contacts',
      breadcrumbs: crumbs(a),
      body: loadScreen(
        {
          rows: load.map(l => ({ ...l, who: l.who && people.alias(l.who), late: isLate(l.since, a.now, a.session.timeZone, calendar) })),
          now: a.now,
          helped,
          weeks: helpedWeeks,
        },
        a.t,
      ),
    })
  })
  o.get('/contacts/calendar', 'contact:calendar', a => showCalendar(a))
  o.post('/contacts/calendar', 'contact:calendar', async a => {
    const parsed = parseForm(calendarForm, a.body)
    if (!parsed.ok) return showCalendar(a, parsed.values, parsed.errors, Object.keys(parsed.errors).length > 0 ? 422 : 200)
    if (!parsed.command) return showCalendar(a, {}, { '': { key: 'base.error.stale_form' } }, 422)
    const back = redirect('/contacts/calendar?done=saved')
    const { day, kind } = parsed.value
    return once(
      a,
      { command: parsed.command, content: parsed.value, record: parsed.command },
      {
        again: () => back,
        clash: () => showCalendar(a, {}, savedOnce, 409),
        fresh: async () => {
          await setCalendarDay(a, { id: newId(), agencyId: a.actor.agencyId, day, worked: kind === 'worked' })
          return { saved: back }
        },
      },
    )
  })
  registerStorm(o)
  registerDeskHours(o)
  const remove = '/contacts/calendar/:dayId/remove'
  o.get(remove, 'contact:calendar', async () => redirect('/contacts/calendar'))
  // Taking away what is not there is done already: sent twice, it changes nothing.
  o.post(remove, 'contact:calendar', async a => {
    await dropCalendarDay(a, a.params.dayId as Id)
    return redirect('/contacts/calendar?done=saved')
  })
}
