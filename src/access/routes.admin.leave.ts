import { h } from 'preact'
import { dayOf } from '../base/time.ts'
import { type Answer, type Asked, type Office, page, redirect } from '../platform/office.ts'
import { newId } from '../platform/records.ts'
import { adminForm, journal, refused } from './routes.admin.form.ts'
import { aboutUser, membersOf, user, wished } from './routes.admin.users.ts'
import { functionsFor, rolesThatWait } from './rules.admin.ts'
import { judgeRoles } from './rules.ts'
import { inviteForm, leaveForm, readmitForm } from './schema.admin.ts'
import { InvitedPage } from './screens.admin.user.tsx'
import { invite, leave, leaverWaits, readmit } from './store.admin.ts'
import { directory, sealProfile } from './store.directory.ts'
import { invitationDays, newInvitation } from './store.enrol.ts'
import { loginHmac } from './store.session.ts'

const invited = (o: Office, a: Asked, v: { alias: string; code: string; waits: boolean; keys: boolean; back: string }): Answer =>
  page({
    title: a.t('access-admin.invited.title', { alias: v.alias }),
    nav: 'users',
    body: InvitedPage(
      { ...v, link: `${o.deps.origin}${a.to(`/invitation?code=${encodeURIComponent(v.code)}`)}`, days: invitationDays, back: a.to(v.back) },
      a.t,
    ),
  })
const inviteUntil = (a: Asked) => new Date(Date.parse(a.now) + invitationDays * 86_400_000).toISOString()

/** Coming: an invitation that is shown once. */
export const registerInvite = (o: Office): void =>
  adminForm(o, {
    url: '/users/new',
    permit: 'user:edit',
    form: inviteForm,
    words: 'access-admin.invite',
    nav: 'users',
    about: a => directory(a, o.deps.keys.service, a.lang),
    options: (_, dir) => ({ teams: dir.teams.filter(t => t.state === 'active').map(t => ({ value: t.id, text: dir.team(t.id) })) }),
    initial: a => ({ language: a.lang }),
    back: () => '/users',
    does: async (a, v, command, dir) => {
      const wrong = judgeRoles(v.roles)
      if (wrong) return refused(wrong, 'roles')
      if (!v.teams.every(id => dir.teams.some(t => t.id === id && t.state === 'active'))) return refused('team_gone', 'teams')
      if (dir.people.some(p => p.alias.toLowerCase() === v.alias.toLowerCase() && p.state !== 'disabled'))
        return refused('alias_taken', 'alias')
      const fns = functionsFor(v.roles)
      const id = newId()
      const { code, verifier } = newInvitation()
      const done = await invite(a, {
        id,
        login: loginHmac(o.deps, v.login),
        profile: sealProfile(o.deps.keys.service, id, { name: v.name, alias: v.alias, language: v.language }),
        roles: v.roles,
        invite: verifier,
        until: inviteUntil(a),
        day: dayOf(a.now, a.session.timeZone),
        members: v.teams.flatMap(t => fns.map(fn => [t, fn] as const)),
      })
      if (done !== 'ok') return refused(done, 'login')
      await journal(a, id, 'account', 'account_invited', command)
      return invited(o, a, {
        alias: v.alias,
        code,
        waits: v.roles.some(r => rolesThatWait.includes(r)),
        keys: v.teams.length > 0 && fns.length > 0,
        back: `/users/${id}`,
      })
    },
  })

/** Leaving, and coming back with nothing. */
export const registerLeaving = (o: Office): void => {
  const others = async (a: Asked) => {
    const x = await aboutUser(o)(a)
    return x && x.person.id !== a.actor.id ? { ...x, waits: await leaverWaits(a, x.person.id) } : undefined
  }
  adminForm(o, {
    url: '/users/:userId/leave',
    permit: 'user:edit',
    form: leaveForm,
    words: 'access-admin.leave',
    nav: 'users',
    about: others,
    initial: () => ({ how: 'empty' }),
    above: (a, x) => h('p', { class: 'govuk-body' }, `${x.person.alias}. ${a.t('access-admin.user.listText', x.waits)}`),
    back: user,
    does: async (a, v, command, x) => {
      const done = await leave(a, x.person.id, v.how === 'now')
      if (done !== 'ok') return refused(done, 'how')
      await journal(a, x.person.id, 'account', v.how === 'now' ? 'account_closed_now' : 'account_closed', command)
      return redirect(`${user(x)}?done=saved`)
    },
  })
  adminForm(o, {
    url: '/users/:userId/readmit',
    permit: 'user:edit',
    form: readmitForm,
    words: 'access-admin.readmit',
    nav: 'users',
    about: others,
    above: (a, x) => h('p', { class: 'govuk-body' }, `${x.person.alias}. ${a.t('access-admin.readmit.text')}`),
    back: user,
    does: async (a, _, command, x) => {
      const { code, verifier } = newInvitation()
      const done = await readmit(a, x.person.id, verifier, inviteUntil(a))
      if (done !== 'ok') return refused(done, 'sure')
      await journal(a, x.person.id, 'account', 'account_readmitted', command)
      const waits = [...x.person.roles, ...wished(x)].some(r => rolesThatWait.includes(r))
      return invited(o, a, { alias: x.person.alias, code, waits, keys: membersOf(x.dir, x.person.id).length > 0, back: user(x) })
    },
  })
}
