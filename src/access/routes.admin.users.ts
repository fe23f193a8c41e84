import { h } from 'preact'
import { type Id, isId } from '../base/id.ts'
import { functions, type Role, type TeamFunction } from '../base/people.ts'
import { type Answer, type Asked, hidden, type Office, page, redirect } from '../platform/office.ts'
import { newId } from '../platform/records.ts'
import { agreeLine } from './routes.admin.agree.ts'
import { adminForm, journal, refused } from './routes.admin.form.ts'
import { functionsFor } from './rules.admin.ts'
import { judgeRoles } from './rules.ts'
import { memberForm, rolesForm } from './schema.admin.ts'
import { ChangePage, type ChangeView, UsersPage } from './screens.admin.tsx'
import { MembersIntro, UserPage, type UserView } from './screens.admin.user.tsx'
import { arranges } from './store.admin.absence.ts'
import {
  decideRoles,
  endMember,
  leaverWaits,
  membersToAgree,
  openChanges,
  proposeRoles,
  putMember,
  type RoleChange,
} from './store.admin.ts'
import { type Directory, type DirectoryPerson, directory } from './store.directory.ts'

/** A person, with the directory and the changes that wait. */
export interface About {
  readonly dir: Directory
  readonly person: DirectoryPerson
  readonly changes: readonly RoleChange[]
}
export const aboutUser =
  (o: Office) =>
  async (a: Asked): Promise<About | undefined> => {
    const [dir, changes] = await Promise.all([directory(a, o.deps.keys.service, a.lang), openChanges(a)])
    const person = dir.people.find(p => p.id === a.params.userId)
    return person && { dir, person, changes }
  }
const viewOf = (dir: Directory, c: RoleChange): ChangeView => ({
  id: c.id,
  alias: dir.alias(c.userId),
  by: dir.alias(c.by),
  at: c.at,
  before: dir.people.find(p => p.id === c.userId)?.roles ?? [],
  after: c.roles,
})
export const membersOf = (dir: Directory, id: Id): UserView['members'] =>
  dir.members
    .filter(m => m.userId === id)
    .map(m => ({
      teamId: m.teamId,
      team: dir.team(m.teamId),
      fn: m.fn,
      waiting: m.confirmedBy === null,
      forWhom: m.forUser ? dir.alias(m.forUser) : null,
    }))
export const wished = (x: About): readonly Role[] => x.changes.find(c => c.userId === x.person.id)?.roles ?? []
export const user = (x: About) => `/users/${x.person.id}`

const registerList = (o: Office): void => {
  const can = (a: Asked) => ({ edit: a.can('user:edit'), absence: a.can('absence:others'), leaver: a.can('worklist:leaver') })
  o.get('/users', 'user:list', async a => {
    const [dir, changes, begins] = await Promise.all([directory(a, o.deps.keys.service, a.lang), openChanges(a), membersToAgree(a)])
    a.saw('user.list', [])
    const view = {
      people: dir.people.map(p => ({
        id: p.id,
        alias: p.alias,
        roles: p.roles,
        state: p.state,
        waiting: dir.members.filter(m => m.userId === p.id && !m.confirmedBy).length,
      })),
      changes: changes.map(c => viewOf(dir, c)),
      begins: begins.map(m => agreeLine(dir, m, a.actor.id)),
      timeZone: a.session.timeZone,
      can: can(a),
    }
    return page({ title: a.t('access-admin.users.title'), nav: 'users', wide: true, body: UsersPage(view, a.t) })
  })
  o.get('/users/:userId', 'user:list', async a => {
    const x = await aboutUser(o)(a)
    if (!x) return hidden
    const [waits, arranged] = await Promise.all([leaverWaits(a, x.person.id), arranges(a, x.person.id)])
    const change = x.changes.find(c => c.userId === x.person.id)
    a.saw('user.open', [x.person.id])
    const view: UserView = {
      ...x.person,
      name: a.can('user:edit') ? x.person.name : null,
      change: change && viewOf(x.dir, change),
      members: membersOf(x.dir, x.person.id),
      waits,
      self: x.person.id === a.actor.id,
      // Only for somebody in a team that this person supervises: elsewhere the page would not be there.
      can: { ...can(a), absence: can(a).absence && arranged },
    }
    return page({
      title: x.person.alias,
      nav: 'users',
      breadcrumbs: [{ text: a.t('access-admin.users.title'), href: '/users' }],
      body: UserPage(view, a.t),
    })
  })
}

const registerRoles = (o: Office): void => {
  adminForm(o, {
    url: '/users/:userId/roles',
    permit: 'user:edit',
    form: rolesForm,
    words: 'access-admin.roles',
    nav: 'users',
    about: aboutUser(o),
    initial: (_, x) => ({ roles: wished(x).length > 0 ? wished(x) : x.person.roles }),
    above: (a, x) => h('p', { class: 'govuk-body' }, `${x.person.alias}. ${a.t('access-admin.roles.text')}`),
    back: user,
    does: async (a, v, command, x) => {
      const wrong = judgeRoles(v.roles)
      if (wrong) return refused(wrong, 'roles')
      const done = await proposeRoles(a, newId(), x.person.id, v.roles)
      if (done !== 'ok') return refused(done, 'roles')
      await journal(a, x.person.id, 'account', 'roles_proposed', command)
      return redirect(`${user(x)}?done=saved`)
    },
  })
  const change = async (a: Asked, error?: string): Promise<Answer> => {
    const [dir, changes] = await Promise.all([directory(a, o.deps.keys.service, a.lang), openChanges(a)])
    const c = changes.find(y => y.id === a.params.changeId)
    if (!c) return hidden
    const view = { ...viewOf(dir, c), timeZone: a.session.timeZone, mine: c.by === a.actor.id, own: c.userId === a.actor.id, error }
    return page({
      title: a.t('access-admin.change.title'),
      nav: 'users',
      status: error ? 422 : 200,
      breadcrumbs: [{ text: a.t('access-admin.users.title'), href: '/users' }],
      body: ChangePage(view, a.t),
    })
  }
  o.get('/users/changes/:changeId', 'user:decide', a => change(a))
  o.post('/users/changes/:changeId', 'user:decide', async a => {
    const outcome = a.body.outcome
    if (outcome !== 'approved' && outcome !== 'refused' && outcome !== 'withdrawn') return hidden
    const c = (await openChanges(a)).find(y => y.id === a.params.changeId)
    if (!c) return redirect('/users')
    const done = await decideRoles(a, c.id, outcome)
    if (done === 'gone') return redirect('/users')
    if (done !== 'ok') return change(a, done)
    await journal(a, c.userId, 'account', `roles_${outcome}`)
    return redirect('/users?done=saved')
  })
}

const registerMembers = (o: Office): void => {
  adminForm(o, {
    url: '/users/:userId/teams',
    permit: 'user:edit',
    form: memberForm,
    words: 'access-admin.member',
    nav: 'users',
    about: aboutUser(o),
    options: (a, x) => ({
      team: x.dir.teams.filter(t => t.state === 'active').map(t => ({ value: t.id, text: x.dir.team(t.id) })),
      fn: functionsFor(x.person.roles, wished(x)).map(fn => ({ value: fn, text: a.t(`base.function.${fn}`) })),
    }),
    above: (a, x) =>
      h(
        'div',
        null,
        h('p', { class: 'govuk-body' }, x.person.alias),
        MembersIntro({ id: x.person.id, members: membersOf(x.dir, x.person.id) }, a.t),
      ),
    back: user,
    does: async (a, v, command, x) => {
      if (!functions.includes(v.fn as TeamFunction) || !x.dir.teams.some(t => t.id === v.team && t.state === 'active'))
        return refused('team_gone', 'team')
      const done = await putMember(a, x.person.id, v.team, v.fn as TeamFunction)
      if (done !== 'ok') return refused(done, 'fn')
      await journal(a, x.person.id, 'account', 'member_added', command)
      return redirect(`${user(x)}?done=saved`)
    },
  })
  o.post('/users/:userId/teams/end', 'user:edit', async a => {
    const x = await aboutUser(o)(a)
    const { team, fn } = a.body
    if (!x || !isId(team) || !functions.includes(fn as TeamFunction)) return hidden
    await endMember(a, x.person.id, team, fn as TeamFunction)
    await journal(a, x.person.id, 'account', 'member_ended')
    return redirect(`/users/${x.person.id}/teams?done=saved`)
  })
}

/** People of the agency: list, roles by two persons, memberships. */
export const registerUsers = (o: Office): void => {
  registerList(o)
  registerRoles(o)
  registerMembers(o)
}
