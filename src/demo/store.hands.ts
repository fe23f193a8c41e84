import type pg from 'pg'
import { type AccessDeps, sessionOf } from '../access/store.session.ts'
import type { Id } from '../base/id.ts'
import type { Stamp } from '../base/time.ts'
import { prepareIndex } from '../person/store.match-index.waiting.ts'
import { forgetIndex, type Searcher } from '../person/store.search.ts'
import { asSession, type Tx } from '../platform/db.ts'
import { ensureMatchKey } from '../platform/match-key.ts'
import type { SessionView } from '../platform/office.ts'
import { forgetDeks } from '../platform/records.ts'
import { ensureEpoch, openVault, type Vault } from '../platform/vault.ts'
import type { Batch } from './store.batch.ts'
import type { Hand, Hands, Part } from './store.write.ts'

/** Somebody of the demonstration with an open session. */
export interface Member {
  readonly token: string
  readonly session: SessionView
  readonly vault: Vault
}
/** Who does what in one team. */
export type Crew = Readonly<Partial<Record<Part, Member>>>

/** Opens what a token holds, once. */
export const memberOf = async (deps: Pick<AccessDeps, 'pool' | 'clock'>, token: string): Promise<Member> => {
  await ensureEpoch(deps.pool, token, deps.clock().getTime())
  const member = await asSession(deps.pool, token, async tx => {
    const session = await sessionOf(tx)
    if (!session) throw new Error('the session has ended')
    return { token, session, vault: await openVault(tx, session, token, deps.clock().getTime()) }
  })
  const searches = (tx: Tx): Searcher => ({ tx, vault: member.vault, session: member.session, now: deps.clock().toISOString() })
  // Made in one transaction, remembered in the next: the batch asks nobody, and what it writes is to be found by searches.
  await asSession(deps.pool, token, tx => ensureMatchKey(searches(tx)))
  await asSession(deps.pool, token, tx => ensureMatchKey(searches(tx)))
  return member
}
/** After a great many people were written: what makes them findable is folded, so that nobody's first search has to do it. */
export const foldWritten = async (deps: Pick<AccessDeps, 'pool' | 'clock'>, member: Member): Promise<void> => {
  await prepareIndex(work =>
    asSession(deps.pool, member.token, tx => work({ tx, vault: member.vault, session: member.session, now: deps.clock().toISOString() })),
  )
  forgetIndex(member.session.id)
}

const hands = (
  crew: Crew,
  team: Id,
  until: Stamp,
  whole: boolean,
  txOf: (m: Member, clock: { now: Stamp }) => Tx,
): Hands & { end: () => void } => {
  const made = new Map<Id, { tx: Tx; clock: { now: Stamp } }>()
  return {
    team,
    until,
    whole,
    has: who => crew[who] !== undefined,
    as: async (who, now): Promise<Hand> => {
      const m = crew[who]
      if (!m) throw new Error(`nobody here is ${who}`)
      let mine = made.get(m.session.userId)
      if (!mine) {
        const clock = { now }
        mine = { tx: txOf(m, clock), clock }
        made.set(m.session.userId, mine)
      }
      mine.clock.now = now
      return { tx: mine.tx, vault: m.vault, now, actor: { id: m.session.userId }, session: m.session } as Hand & { session: SessionView }
    },
    end: () => {
      for (const { tx } of made.values()) forgetDeks(tx)
    },
  }
}

/** The real way: one transaction in which each statement is sent as the person whose hand whole, under row-level security. All or nothing. */
export const asCrew = async <V>(pool: pg.Pool, crew: Crew, team: Id, until: Stamp, work: (h: Hands) => Promise<V>): Promise<V> => {
  const first = Object.values(crew)[0]
  if (!first) throw new Error('nobody is there')
  return asSession(pool, first.token, async tx => {
    let speaking = first.token
    const h = hands(crew, team, until, true, m => ({
      query: (text, values) => {
        if (speaking !== m.token) {
          speaking = m.token
          // Sent before the statement on the same connection; when it fails, so does everything after it.
          tx.query("select set_config('app.tok', $1, true)", [m.token]).catch(() => undefined)
        }
        return tx.query(text, values)
      },
    }))
    try {
      return await work(h)
    } finally {
      h.end()
    }
  })
}

/** The same people writing into a batch. */
export const inBatch = async <V>(
  batch: Batch,
  crew: Crew,
  team: Id,
  until: Stamp,
  work: (h: Hands) => Promise<V>,
  whole = true,
): Promise<V> => {
  const h = hands(crew, team, until, whole, (m, clock) => batch.as(m.session.userId, clock))
  try {
    return await work(h)
  } finally {
    h.end()
  }
}
