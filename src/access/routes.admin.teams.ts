import { h } from 'preact'
import { isId } from '../base/id.ts'
import { functions, type TeamFunction } from '../base/people.ts'
import { type Asked, hidden, type Office, page, redirect } from '../platform/office.ts'
import { newId } from '../platform/records.ts'
import { adminForm, journal, refused } from './routes.admin.form.ts'
import { teamEndForm, teamForm } from './schema.admin.ts'
import { type TeamLine, type TeamMember, TeamPage, TeamsPage, TeamWaitingPage } from './screens.admin.teams.tsx'
import { addTeam, endTeam, intakeIsKept, saveTeam } from './store.admin.ts'
import { type Directory, type DirectoryTeam, directory, sealTitle } from './store.directory.ts'
import { canConfirm, confirmMember } from './store.keys.ts'

const lineOf = (dir: Directory, x: DirectoryTeam): TeamLine => {
  const members = dir.members.filter(m => m.teamId === x.id)
  return {
    id: x.id,
    name: dir.team(x.id),
    intake: x.intake,
    state: x.state,
    members: new Set(members.map(m => m.userId)).size,
    waiting: members.filter(m => !m.confirmedBy).length,
  }
}
const peopleOf = (dir: Directory, teamId: string): TeamMember[] =>
  dir.members
    .filter(m => m.teamId === teamId)
    .map(m => ({
      userId: m.userId,
      alias: dir.alias(m.userId),
      fn: m.fn,
      waiting: !m.confirmedBy,
      forWhom: m.forUser ? dir.alias(m.forUser) : null,
    }))
    .sort((a, b) => a.alias.localeCompare(b.alias))
const crumbs = (a: Asked) => [{ text: a.t('access-admin.teams.title'), href: '/teams' }]

/** Teams of the agency: list, names, which of them take new contacts in, ending; and the page where holders of keys confirm who waits. */
export const registerTeams = (o: Office): void => {
  const dirOf = (a: Asked) => directory(a, o.deps.keys.service, a.lang)
  const about = async (a: Asked) => {
    const dir = await dirOf(a)
    const team = dir.teams.find(x => x.id === a.params.teamId)
    return team && { dir, team }
  }
  const active = async (a: Asked) => {
    const x = await about(a)
    return x?.team.state === 'active' ? x : undefined
  }
  o.get('/teams', 'team:list', async a => {
    const dir = await dirOf(a)
    const teams = dir.teams.map(x => lineOf(dir, x)).sort((x, y) => x.state.localeCompare(y.state) || x.name.localeCompare(y.name))
    return page({
      title: a.t('access-admin.teams.title'),
      nav: 'teams',
      wide: true,
      body: TeamsPage({ teams, edit: a.can('team:edit') }, a.t),
    })
  })
  adminForm(o, {
    url: '/teams/new',
    permit: 'team:edit',
    form: teamForm,
    words: 'access-admin.teamNew',
    nav: 'teams',
    about: dirOf,
    back: () => '/teams',
    does: async (a, v, command) => {
      const id = newId()
      await addTeam(a, {
        id,
        agency: a.session.agencyId,
        intake: v.intake.length > 0,
        profile: sealTitle(o.deps.keys.service, 'team', id, { ru: v.ru, en: v.en }),
      })
      await journal(a, id, 'team', 'team_made', command)
      return redirect(`/teams/${id}?done=saved`)
    },
  })
  o.get('/teams/:teamId', 'team:list', async a => {
    const x = await about(a)
    if (!x) return hidden
    const people = peopleOf(x.dir, x.team.id)
    a.saw('team.open', [x.team.id])
    return page({
      title: x.dir.team(x.team.id),
      nav: 'teams',
      breadcrumbs: crumbs(a),
      body: TeamPage({ ...lineOf(x.dir, x.team), people, edit: a.can('team:edit') }, a.t),
    })
  })
  adminForm(o, {
    url: '/teams/:teamId/edit',
    permit: 'team:edit',
    form: teamForm,
    words: 'access-admin.teamEdit',
    nav: 'teams',
    about: active,
    initial: (_, x) => ({ ru: x.team.name.ru, en: x.team.name.en, intake: x.team.intake ? ['yes'] : [] }),
    back: x => `/teams/${x.team.id}`,
    does: async (a, v, command, x) => {
      const intake = v.intake.length > 0
      if (!intake && x.team.intake && !(await intakeIsKept(a, x.team.id))) return refused('last_intake', 'intake')
      await saveTeam(a, { id: x.team.id, intake, profile: sealTitle(o.deps.keys.service, 'team', x.team.id, { ru: v.ru, en: v.en }) })
      await journal(a, x.team.id, 'team', 'team_changed', command)
      return redirect(`/teams/${x.team.id}?done=saved`)
    },
  })
  adminForm(o, {
    url: '/teams/:teamId/end',
    permit: 'team:edit',
    form: teamEndForm,
    words: 'access-admin.teamEnd',
    nav: 'teams',
    about: active,
    above: (a, x) => h('p', { class: 'govuk-body' }, `${x.dir.team(x.team.id)}. ${a.t('access-admin.teamEnd.text')}`),
    back: x => `/teams/${x.team.id}`,
    does: async (a, _, command, x) => {
      const done = await endTeam(a, x.team.id)
      if (done !== 'ok') return refused(done, 'sure')
      await journal(a, x.team.id, 'team', 'team_ended', command)
      return redirect('/teams?done=saved')
    },
  })
  const waiting = async (a: Asked) => {
    const x = await about(a)
    const mine = x && (a.can('team:list') || x.dir.members.some(m => m.teamId === x.team.id && m.userId === a.actor.id && m.confirmedBy))
    return mine ? x : undefined
  }
  o.get('/teams/:teamId/waiting', 'team:waiting', async a => {
    const x = await waiting(a)
    if (!x) return hidden
    const can = await canConfirm(a)
    const people = peopleOf(x.dir, x.team.id)
      .filter(m => m.waiting)
      .map(m => ({ ...m, mine: can.some(c => c.userId === m.userId && c.teamId === x.team.id && c.fn === m.fn) }))
    return page({
      title: a.t('access-admin.waiting.title'),
      nav: 'teams',
      body: TeamWaitingPage({ id: x.team.id, name: x.dir.team(x.team.id), people }, a.t),
    })
  })
  o.post('/teams/:teamId/waiting', 'access:keys-confirm', async a => {
    const x = await waiting(a)
    const { user, fn } = a.body
    if (!x || !isId(user) || !functions.includes(fn as TeamFunction)) return hidden
    if (!(await canConfirm(a)).some(c => c.userId === user && c.teamId === x.team.id && c.fn === fn)) return hidden
    const done = await confirmMember(a, user, x.team.id, fn as TeamFunction)
    if (done === 'unknown') return hidden
    await journal(a, user, 'account', done === 'confirmed' ? 'member_confirmed' : 'member_confirmed_partly')
    return redirect(`/teams/${x.team.id}/waiting?done=saved`)
  })
}
