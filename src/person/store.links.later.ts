import type { Id } from '../base/id.ts'
import { dayOf } from '../base/time.ts'
import { afterCommit, asSession } from '../platform/db.ts'
import type { Asked, OfficeDeps, SessionView } from '../platform/office.answer.ts'
import { forgetDeks, type Touched } from '../platform/records.ts'
import { openVault, whenForgotten } from '../platform/vault.ts'
import { matchWaiting, waitingForMatch } from './store.links.compare.ts'
import { forgetModel, learn, learnedFor, peopleToLearn } from './store.links.model.ts'
import { peopleOf } from './store.links.ts'
import { hasIndex, type Searcher, searchPeople } from './store.search.ts'

/*
 * Comparing in the background: after a claim was saved, and when somebody unlocks. Always as the session that did it, with its keys, in a transaction of its own: the
 * request that saved was answered long before. One at a time in a process; what no session can compare waits.
 */

type Deps = Pick<OfficeDeps, 'pool' | 'clock'>
interface Waiting {
  readonly deps: Deps
  readonly token: string
  readonly ids: Set<Id>
  tries: number
}
const queue = new Map<Id, Waiting>()
/** Sessions that were drained since their keys were opened. */
const drained = new Set<Id>()
const mostTries = 4
/** People of one transaction: their rows are locked until it ends. */
const atOnce = 5
const mostRounds = 200
let running: Promise<void> | undefined

/** As the session, if it is still open and unlocked. */
const asStill = <A>(x: Waiting, work: (w: Searcher, timeZone: string) => Promise<A>): Promise<A | undefined> =>
  asSession(x.deps.pool, x.token, async tx => {
    try {
      const s = (
        await tx.query<{ s: (Omit<SessionView, 'bundle' | 'profile'> & { bundle: string; profile: string }) | null }>(
          'select app.session_open() as s',
        )
      ).rows[0]?.s
      if (!s || s.locked || s.groups.length === 0) return undefined
      const now = x.deps.clock()
      const vault = await openVault(tx, { ...s, bundle: Buffer.from(s.bundle, 'base64') }, x.token, now.getTime())
      return await work({ tx, vault, now: now.toISOString(), session: s }, s.timeZone)
    } finally {
      forgetDeks(tx)
    }
  })

const compare = async (sessionId: Id, x: Waiting): Promise<void> => {
  // Before any row is locked: reading a whole register may take seconds.
  const ready = await asStill(x, async w => {
    if ((await waitingForMatch(w)) === 0 && x.ids.size === 0 && !hasIndex(sessionId)) return undefined
    await searchPeople(w, [])
    const people = await peopleOf(w)
    return { people, sample: learnedFor(sessionId, people) ? undefined : await peopleToLearn(w) }
  })
  if (!ready) return
  if (ready.sample) await learn(sessionId, ready.sample, ready.people, () => hasIndex(sessionId))
  const ids = [...x.ids]
  if (ids.length > 0) await asStill(x, (w, zone) => matchWaiting(w, dayOf(w.now, zone), ids.length, ids))
  let after: Id | undefined
  for (let round = 0; round < mostRounds; round += 1) {
    const r = await asStill(x, (w, zone) => matchWaiting(w, dayOf(w.now, zone), atOnce, undefined, after))
    if (!r?.last) break
    after = r.last
    await new Promise(go => setTimeout(go, 20).unref())
  }
  // Still uncommitted, or locked by somebody: a little later once more.
  const left =
    ids.length === 0
      ? []
      : ((
          await asStill(x, w =>
            w.tx.query<{ id: Id }>('select id from app.person where id = any ($1::uuid[]) and matched < version', [ids]),
          )
        )?.rows ?? [])
  if (left.length > 0 && x.tries < mostTries) {
    const again = enter(sessionId, x.deps, x.token)
    for (const r of left) again.ids.add(r.id)
    again.tries = x.tries + 1
    soon(400 * again.tries)
  }
}
const work = async (): Promise<void> => {
  for (const [sessionId, x] of queue) {
    queue.delete(sessionId)
    // A failure leaves it waiting for the next session or page; nothing of the request that asked may fail by it.
    await compare(sessionId, x).catch(() => undefined)
  }
}
const soon = (ms: number): void => {
  setTimeout(() => {
    if (!running)
      running = work().finally(() => {
        running = undefined
        if (queue.size > 0) soon(50)
      })
  }, ms).unref()
}
const enter = (sessionId: Id, deps: Deps, token: string): Waiting => {
  const known = queue.get(sessionId) ?? { deps, token, ids: new Set<Id>(), tries: 0 }
  queue.set(sessionId, known)
  return known
}
/** Waits until nothing is being compared: for tests. */
export const comparedAll = async (): Promise<void> => {
  while (running || queue.size > 0) await (running ?? new Promise(go => setTimeout(go, 20)))
}

/** Events after which somebody may resemble others differently. */
const ofClaims = /^(person_recorded|claim_added|claim_judged|claim_reread|age_assessed|age_appealed)$/
/** What runs at the end of each request that wrote: remembers, once it is committed, that the people it touched are to be compared. */
export const compareTouched =
  (deps: Deps) =>
  async (a: Asked, touched: readonly Touched[]): Promise<void> => {
    if (!a.can('match:read') || a.session.groups.length === 0) return
    const ids = touched.filter(t => t.kind === 'person' && ofClaims.test(t.type)).map(t => t.record)
    if (ids.length === 0) return
    afterCommit(a.tx, async () => {
      const x = enter(a.session.id, deps, a.token)
      for (const id of ids) x.ids.add(id)
      soon(120)
    })
  }
/** After the first page that an unlocked session was shown: what waited meanwhile is compared. */
export const compareOnEntering = (deps: Deps, token: string, session: SessionView, can: boolean): void => {
  if (!can || session.groups.length === 0 || drained.has(session.id)) return
  drained.add(session.id)
  enter(session.id, deps, token)
  soon(600)
}
/** With the keys of a session goes what was learned with them. */
export const forgetWithKeys = (): void =>
  whenForgotten(id => {
    forgetModel(id)
    drained.delete(id)
    queue.delete(id)
  })
