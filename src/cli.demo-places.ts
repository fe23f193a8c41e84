import { demoPassword } from './access/store.enrol.ts'
import { type AccessDeps, createSession, loginHmac, noFactor } from './access/store.session.ts'
import type { Id } from './base/id.ts'
import { type Crew, type Member, memberOf } from './demo/store.hands.ts'
import type { Part } from './demo/store.write.ts'
import { SealError } from './platform/crypto.ts'
import { asSession } from './platform/db.ts'
import type { Installation } from './platform/launch.installation.ts'
import { openUserKeys } from './platform/vault.ts'

export type From = Pick<Installation, 'owner' | 'keys' | 'folder' | 'target'>

/** What the sign-in page knows of a login; undefined where there is nobody. */
export const lookAt = async (deps: AccessDeps, login: string): Promise<{ id?: Id; salt?: string; bundle?: string } | undefined> =>
  asSession(
    deps.pool,
    null,
    async tx => (await tx.query<{ a: { id?: Id } }>('select app.sign_in_look($1) as a', [loginHmac(deps, login)])).rows[0]?.a,
  )
/** Signs in one of the demonstration's own people, without a second step, as its sign-in page does. Undefined for whoever has left, or has a password of their own by now. */
const signIn = async (deps: AccessDeps, i: From, login: string): Promise<string | undefined> => {
  const a = await lookAt(deps, login)
  if (!a?.id || !a.salt || !a.bundle) return undefined
  const secret = await deps.passwords.keys(demoPassword(i.keys.pepper, a.id), Buffer.from(a.salt, 'base64'))
  try {
    const keys = openUserKeys(secret.wrap, a.id, Buffer.from(a.bundle, 'base64'))
    return (await createSession(deps, a.id, 'password', secret.verify, keys, noFactor, false)) ?? undefined
  } catch (e) {
    if (!(e instanceof SealError)) throw e
    return undefined
  }
}

export interface Place {
  readonly crew: Crew
  readonly team: Id
}
/** The teams and who works in them: intake, support, and the two smaller agencies. */
export interface Places {
  readonly intake: Place
  readonly support: Place
  readonly others: readonly Place[]
  readonly end: () => Promise<void>
}
export const logins: Readonly<Record<Part, string>> = {
  worker: 'demo-case-worker',
  supervisor: 'demo-supervisor',
  duty: 'demo-duty',
  psychologist: 'demo-psychologist',
  lawyer: 'demo-lawyer',
  follow_up: 'demo-follow-up',
}
export const otherLogins = ['demo-harbour-worker', 'demo-north-worker'] as const

/** Signs in who is needed; undefined where the people were changed so far that nobody can write in two teams. */
export const openPlaces = async (
  deps: AccessDeps,
  i: From,
  parts: readonly Part[],
  others: readonly string[],
): Promise<Places | undefined> => {
  const tokens: string[] = []
  const open = async (login: string): Promise<Member | undefined> => {
    const token = await signIn(deps, i, login)
    if (!token) return undefined
    tokens.push(token)
    return memberOf(deps, token)
  }
  const end = async () => {
    for (const t of tokens) await asSession(deps.pool, t, tx => tx.query('select app.session_end(null)')).catch(() => undefined)
  }
  const [own, theirs] = await Promise.all([
    Promise.all(parts.map(async p => [p, await open(logins[p])] as const)),
    Promise.all(others.map(open)),
  ])
  const crew: Crew = Object.fromEntries(own.filter(([, m]) => m !== undefined))
  const teams = crew.worker?.session.groups ?? []
  const intake = teams.find(t => crew.duty?.session.desk.includes(t)) ?? teams[0]
  const support = teams.find(t => t !== intake)
  if (!crew.worker || !intake || !support) {
    await end()
    return undefined
  }
  const { duty, ...withoutDesk } = crew
  return {
    // A desk that moved to another team is of no use here.
    intake: { crew: duty?.session.desk.includes(intake) ? crew : withoutDesk, team: intake },
    support: { crew: withoutDesk, team: support },
    others: theirs.flatMap(m => (m ? m.session.groups.map(team => ({ crew: { worker: m }, team })) : [])),
    end,
  }
}
