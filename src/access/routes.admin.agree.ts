import { isId } from '../base/id.ts'
import { hidden, type Office, page, redirect } from '../platform/office.ts'
import { journal } from './routes.admin.form.ts'
import { type AgreeLine, AgreePage } from './screens.admin.agree.tsx'
import { agreeMember, membersToAgree, type ToAgree } from './store.admin.ts'
import { type Directory, directory } from './store.directory.ts'

/** A membership that waits for a second person, in words. */
export const agreeLine = (dir: Directory, m: ToAgree, me: string): AgreeLine => ({
  userId: m.userId,
  alias: dir.alias(m.userId),
  teamId: m.teamId,
  team: dir.team(m.teamId),
  fn: m.fn,
  by: dir.alias(m.by),
  mine: m.by === me,
  own: m.userId === me,
})

/** The second person for somebody who would begin in a team alone: with nobody there who could confirm, an invented person would confirm himself. */
export const registerAgree = (o: Office): void => {
  o.get('/users/beginnings', 'user:decide', async a => {
    const [dir, waiting] = await Promise.all([directory(a, o.deps.keys.service, a.lang), membersToAgree(a)])
    return page({
      title: a.t('access-admin.agree.title'),
      nav: 'users',
      breadcrumbs: [{ text: a.t('access-admin.users.title'), href: '/users' }],
      body: AgreePage({ lines: waiting.map(m => agreeLine(dir, m, a.actor.id)) }, a.t),
    })
  })
  o.post('/users/beginnings', 'user:decide', async a => {
    const { user, team, fn, outcome } = a.body
    if (!isId(user) || !isId(team) || (outcome !== 'approved' && outcome !== 'refused')) return hidden
    const m = (await membersToAgree(a)).find(x => x.userId === user && x.teamId === team && x.fn === fn)
    if (!m) return redirect('/users/beginnings')
    if ((await agreeMember(a, m, outcome)) !== 'ok') return hidden
    await journal(a, user, 'account', `member_${outcome}`)
    return redirect('/users/beginnings?done=saved')
  })
}
