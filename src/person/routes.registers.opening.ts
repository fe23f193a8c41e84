import { directory } from '../access/store.directory.ts'
import { type Errors, parseForm, type Values, valuesOf } from '../base/form.ts'
import { isId } from '../base/id.ts'
import { dayOf } from '../base/time.ts'
import { once, savedOnce } from '../platform/command.ts'
import { SealError } from '../platform/crypto.ts'
import { type Answer, type Asked, type Office, page, redirect } from '../platform/office.ts'
import { newId } from '../platform/records.ts'
import { linkCrumbs } from './routes.registers.crumbs.ts'
import { openForm, openFormOneTeam, registerDays } from './schema.registers.ts'
import { linkListScreen, newLinkScreen } from './screens.registers.tsx'
import { createLink, listLinks } from './store.registers.ts'

const dayMs = 86_400_000
/** Teams in whose name this person may compare: those whose identity keys the session holds. */
const teamsOf = async (a: Asked, o: Office) => {
  const d = await directory(a, o.deps.keys.service, a.lang)
  return d.teams
    .filter(x => x.state === 'active' && a.session.groups.includes(x.id))
    .map(x => ({ value: x.id as string, text: d.team(x.id) }))
}

/** The list of comparisons, and a new one: from whom, under which agreement, for what. */
export const openingRoutes = (o: Office): void => {
  o.get('/registers', 'register:use', async a => {
    const rows = await listLinks(a)
    a.saw(
      'register.list',
      rows.map(r => r.id),
    )
    const body = linkListScreen({ rows, to: a.to, canOpen: a.session.groups.length > 0 }, a.t)
    return page({ title: a.t('register.list.title'), nav: 'registers', wide: true, body })
  })
  const show = async (a: Asked, v: { values?: Values; errors?: Errors; status?: number; command?: string }): Promise<Answer> => {
    const teams = await teamsOf(a, o)
    return page({
      title: a.t('register.new.title'),
      nav: 'registers',
      status: v.status ?? 200,
      breadcrumbs: linkCrumbs(a),
      body: newLinkScreen(
        {
          form: {
            form: teams.length > 1 ? openForm : openFormOneTeam,
            action: a.to('/registers/new'),
            command: v.command ?? newId(),
            values: v.values ?? { way: 'ours', team: teams[0]?.value ?? '' },
            errors: v.errors,
            options: { team: teams },
          },
        },
        a.t,
      ),
    })
  }
  o.get('/registers/new', 'register:use', a => show(a, {}))
  o.post('/registers/new', 'register:use', async a => {
    const teams = await teamsOf(a, o)
    const parsed = teams.length > 1 ? parseForm(openForm, a.body) : parseForm(openFormOneTeam, a.body)
    const sent = isId(a.body.command) ? { command: a.body.command } : {}
    if (!parsed.ok) return show(a, { values: parsed.values, errors: parsed.errors, status: 422, ...sent })
    const v = parsed.value
    const values = valuesOf(v)
    const team = typeof values.team === 'string' && teams.length > 1 ? values.team : teams[0]?.value
    if (!team || !teams.some(x => x.value === team))
      return show(a, { values, errors: { '': { key: 'register.error.no_team' } }, status: 422, ...sent })
    const id = newId()
    const command = parsed.command ?? newId()
    const started = dayOf(a.now, a.session.timeZone)
    const expires = new Date(Date.parse(`${started}T00:00:00Z`) + registerDays * dayMs).toISOString().slice(0, 10)
    return once<Answer>(
      a,
      { command, content: v, record: id },
      {
        fresh: async () => {
          try {
            await createLink(
              a,
              { id, homeGroup: team, way: v.way, started, expires },
              { from: v.from, agreement: v.agreement, purpose: v.purpose },
              command,
            )
          } catch (e) {
            if (!(e instanceof SealError)) throw e
            return { refused: await show(a, { values, errors: { '': { key: 'register.error.no_key' } }, status: 422, ...sent }) }
          }
          return { saved: redirect(`/registers/${id}`) }
        },
        again: record => redirect(`/registers/${record}`),
        clash: () => show(a, { values, errors: savedOnce, status: 409 }),
      },
    )
  })
}
