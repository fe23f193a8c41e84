import { type Errors, parseForm, type Values } from '../base/form.ts'
import { isId } from '../base/id.ts'
import { once, savedOnce } from '../platform/command.ts'
import { type Asked, hidden, type Office, page, redirect } from '../platform/office.ts'
import { newId } from '../platform/records.ts'
import { hoursForm, hoursOf, typedHours } from './schema.desk-hours.ts'
import { hoursScreen } from './screens.desk-hours.tsx'
import { findDeskHours, ownDesk, saveDeskHours } from './store.desk-hours.ts'

interface Back {
  readonly values?: Values
  readonly errors?: Errors
  readonly status?: number
  readonly command?: string
}
const show = async (a: Asked, back: Back = {}) => {
  const team = await ownDesk(a)
  const desk = team && (await findDeskHours(a, team))
  return page({
    title: a.t('contact.hours.title'),
    nav: 'contacts',
    status: back.status ?? 200,
    breadcrumbs: [
      { text: a.t('contact.inbox.title'), href: '/contacts' },
      { text: a.t('contact.load.title'), href: '/contacts/load' },
    ],
    body: hoursScreen(
      {
        desk: desk || undefined,
        values: back.values ?? (desk ? typedHours(desk.hours, desk.waiting) : {}),
        errors: back.errors ?? {},
        command: back.command ?? newId(),
      },
      a.t,
    ),
  })
}
/** What was typed, as the form shows it again. */
const typed = (a: Asked): Values =>
  Object.fromEntries(
    Object.keys(hoursForm.fields).flatMap(k => {
      const v = a.body[k]
      return typeof v === 'string' || Array.isArray(v) ? [[k, v as string | string[]]] : []
    }),
  )

/** When the desk answers, said by whoever supervises it. */
export const registerDeskHours = (o: Office): void => {
  o.get('/contacts/hours', 'contact:hours', a => show(a))
  o.post('/contacts/hours', 'contact:hours', async a => {
    const team = await ownDesk(a)
    if (!team) return hidden
    const parsed = parseForm(hoursForm, a.body)
    const sent = isId(a.body.command) ? { command: a.body.command } : {}
    if (!parsed.ok)
      return show(a, { values: parsed.values, errors: parsed.errors, status: Object.keys(parsed.errors).length > 0 ? 422 : 200, ...sent })
    const { command, value, version } = parsed
    if (!command || version === null) return show(a, { values: typed(a), errors: { '': { key: 'base.error.stale_form' } }, status: 422 })
    const back = redirect('/contacts/hours?done=saved')
    return once(
      a,
      { command, content: value, record: team },
      {
        again: () => back,
        clash: () => show(a, { values: typed(a), errors: savedOnce, status: 409 }),
        fresh: async () =>
          (await saveDeskHours(a, team, { hours: hoursOf(value), waiting: value.waiting }, version, command))
            ? { saved: back }
            : { refused: await show(a, { values: typed(a), errors: { '': { key: 'base.error.stale_version' } }, status: 409, ...sent }) },
      },
    )
  })
}
