import { isId } from '../base/id.ts'
import { functions, type TeamFunction } from '../base/people.ts'
import { hidden, type Office, page, redirect } from '../platform/office.ts'
import { safeNext } from './rules.ts'
import { WaitingPage } from './screens.keys.tsx'
import { directory } from './store.directory.ts'
import { canConfirm, confirmMember, myBeginnings, myWaiting, rotationWaiting } from './store.keys.ts'
import { type AccessDeps, afterUnlock, drainRotation } from './store.session.ts'

/** Keys: what one waits for, whom one can confirm, and what still hangs on the key of somebody who left. */
export const registerKeys = (o: Office, deps: AccessDeps): void => {
  o.get('/keys', 'access:keys', async a => {
    const dir = await directory(a, deps.keys.service, a.lang)
    const mine = await myWaiting(a)
    const begins = await myBeginnings(a)
    const others = await canConfirm(a)
    const view = {
      mine: mine.map(m => ({
        team: dir.team(m.teamId),
        fn: m.fn,
        // A deputy has colleagues by definition.
        begins: begins.find(b => b.teamId === m.teamId && b.fn === m.fn)?.begins ?? 'colleague',
      })),
      others: others.map(m => ({ userId: m.userId, teamId: m.teamId, fn: m.fn, alias: dir.alias(m.userId), team: dir.team(m.teamId) })),
      rotation: await rotationWaiting(a),
      next: safeNext(a.query.next),
    }
    return page({ title: a.t('access.waiting.title'), body: WaitingPage(view, a.t) })
  })
  o.post('/keys/confirm', 'access:keys-confirm', async a => {
    const { user, team, fn } = a.body
    if (!isId(user) || !isId(team) || !functions.includes(fn as TeamFunction)) return hidden
    const done = await confirmMember(a, user, team, fn as TeamFunction)
    return done === 'unknown' ? hidden : redirect('/keys?done=saved')
  })
  // A transaction of its own for each step: a new key version is in the vault only from the next one on.
  o.post('/keys/continue', 'access:keys', async a => {
    const { token } = a
    setImmediate(
      () =>
        void afterUnlock(deps, token)
          .then(() => drainRotation(deps, token))
          .catch(() => undefined),
    )
    return redirect('/keys')
  })
}
