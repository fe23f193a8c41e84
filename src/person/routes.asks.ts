import { directory } from '../access/store.directory.ts'
import { type Errors, type FormValue, parseForm, type Values } from '../base/form.ts'
import { isId } from '../base/id.ts'
import { dayOf } from '../base/time.ts'
import { once, savedOnce } from '../platform/command.ts'
import { SealError } from '../platform/crypto.ts'
import { type Answer, type Asked, type Office, page, redirect } from '../platform/office.ts'
import { newId } from '../platform/records.ts'
import { receiveTrace } from './rules.trace.ts'
import { type Asked as AskedAbout, askForm, askFormOneTeam, type Way } from './schema.trace.ts'
import { askScreen } from './screens.trace.tsx'
import { createTrace } from './store.trace.ts'

type Value = FormValue<typeof askForm.fields, Record<never, never>>
const askedOf = ({ team: _, ...v }: Value): AskedAbout => ({
  ...v,
  askerName: v.askerName ?? '',
  contact: v.contact ?? '',
  childName: v.childName ?? '',
  childAge: v.childAge ?? '',
  origin: v.origin ?? '',
  claimed: v.claimed ?? '',
  wants: v.wants ?? '',
})
const initial: Values = { how: 'call', asker: 'unknown', sex: 'not_asked' }

/** Teams to write it down for: one's own that has a coordinator; any of one's own where none has. */
const teamsOf = async (a: Asked, o: Office) => {
  const d = await directory(a, o.deps.keys.service, a.lang)
  const mine = d.teams.filter(t => t.state === 'active' && (a.session.groups.includes(t.id) || a.session.desk.includes(t.id)))
  const led = mine.filter(t => d.members.some(m => m.teamId === t.id && m.fn === 'supervision' && m.confirmedBy))
  return (led.length > 0 ? led : mine).map(t => ({ value: t.id, text: d.team(t.id) }))
}

/**
 * Somebody asks about a child. Nothing is searched here and nothing is shown but the form: whoever stands behind the screen, or holds the telephone to it, must learn
 * nothing from what happens, how long it takes, or what comes after.
 */
export const registerAsks = (o: Office): void => {
  const register = (way: Way, path: '/asks/new' | '/traces/new') => {
    const show = async (a: Asked, v: { values?: Values; errors?: Errors; status?: number; command?: string }): Promise<Answer> => {
      const teams = await teamsOf(a, o)
      return page({
        title: a.t(`trace.${way}.title`),
        nav: way === 'ask' ? 'asks' : 'traces',
        status: v.status ?? 200,
        body: askScreen(
          {
            way,
            form: {
              form: teams.length > 1 ? askForm : askFormOneTeam,
              action: a.to(path),
              command: v.command ?? newId(),
              values: { ...(teams.length > 1 ? { team: teams[0]?.value ?? '' } : {}), ...(v.values ?? initial) },
              errors: v.errors,
              options: { team: teams },
            },
          },
          a.t,
        ),
      })
    }
    o.get(path, 'trace:ask', a => show(a, {}))
    o.post(path, 'trace:ask', async a => {
      const parsed = parseForm(askForm, a.body)
      const sent = isId(a.body.command) ? { command: a.body.command } : {}
      if (!parsed.ok) return show(a, { values: parsed.values, errors: parsed.errors, status: 422, ...sent })
      const typed = Object.fromEntries(
        Object.entries(a.body).filter((e): e is [string, string] => typeof e[1] === 'string' && e[0] !== 'command' && e[0] !== 'version'),
      )
      const refuse = (field: string, key: string) => show(a, { values: typed, errors: { [field]: { key } }, status: 422, ...sent })
      const team = parsed.value.team ?? (await teamsOf(a, o))[0]?.value ?? ''
      if (!a.session.groups.includes(team) && !a.session.desk.includes(team)) return refuse('team', 'trace.error.no_such_team')
      const received = receiveTrace(askedOf(parsed.value))
      if (!received.ok) return refuse('', `trace.error.${received.error}`)
      const id = newId()
      const command = parsed.command ?? newId()
      const done = redirect(`${path}?done=saved`)
      return once<Answer>(
        a,
        { command, content: { path, value: parsed.value }, record: id },
        {
          fresh: async () => {
            try {
              await createTrace(
                a,
                { id, homeGroup: team, way, received: dayOf(a.now, a.session.timeZone) },
                received.value as Extract<typeof received.value, { type: 'trace_received' }>,
                command,
              )
            } catch (e) {
              if (e instanceof SealError && e.message === 'team_has_no_key') return { refused: await refuse('team', 'trace.error.no_key') }
              throw e
            }
            return { saved: done }
          },
          again: () => done,
          clash: () => show(a, { values: typed, errors: savedOnce, status: 409 }),
        },
      )
    })
  }
  o.get('/asks', 'trace:ask', async () => redirect('/asks/new'))
  register('ask', '/asks/new')
  register('request', '/traces/new')
}
