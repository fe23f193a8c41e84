import type pg from 'pg'
import type { Id } from '../base/id.ts'
import { hmac, openJson, random, SealError, sealJson, sha256 } from '../platform/crypto.ts'
import { asSession, type Tx } from '../platform/db.ts'
import type { SessionView } from '../platform/office.ts'
import { matchTotp, openTotp, printedSecret } from '../platform/onetime.ts'
import type { PasswordKeys, Passwords } from '../platform/password.ts'
import { newId, type Work } from '../platform/records.ts'
import { openUserKeys, openVault, sealUserKeys, sessionKey, type UserKeys } from '../platform/vault.ts'
import { deviceOf, totpSteps } from './rules.ts'
import { type DeviceKind, deviceSchema, normalLogin, openDevice } from './schema.ts'
import { continueRotation, ensureGlass } from './store.keys.rotation.ts'
import { ensureTeamKeys, startRotation, type Waiting } from './store.keys.ts'

/** What signing in needs of the office process. */
export interface AccessDeps {
  readonly pool: pg.Pool
  readonly keys: { readonly service: Buffer; readonly login: Buffer; readonly pepper: Buffer; readonly totp: Buffer }
  readonly passwords: Passwords
  readonly origin: string
  readonly clock: () => Date
}

export const loginHmac = (deps: { readonly keys: { readonly login: Buffer } }, login: string): Buffer =>
  hmac(deps.keys.login, normalLogin(login))
const b64 = (s: string | null | undefined): Buffer => Buffer.from(s ?? '', 'base64')

interface Look {
  readonly wait: number
  readonly id?: Id
  readonly salt?: string
  readonly bundle?: string
  readonly codeBundle?: string | null
  readonly totp?: string | null
  readonly totpStep?: number
}
const look = (deps: AccessDeps, login: string): Promise<Look> =>
  asSession(
    deps.pool,
    null,
    async tx => (await tx.query<{ a: Look }>('select app.sign_in_look($1) as a', [loginHmac(deps, login)])).rows[0]!.a,
  )
/** Counts a try that failed. `right`: whose password it was that was right; that somebody has it stands in the journal, unless that person must wait. */
const failed = (deps: AccessDeps, login: string, right?: { id: Id; verify: Buffer }): Promise<number> =>
  asSession(deps.pool, null, async tx => {
    // Before the count: while a wait runs, the database takes no secret for right.
    if (right) await tx.query('select app.second_step_failed($1, $2)', [right.id, right.verify])
    return (await tx.query<{ s: number }>('select app.sign_in_failed($1) as s', [loginHmac(deps, login)])).rows[0]!.s
  })

/** The second step as the database wants it. */
export interface Factor {
  readonly kind: 'totp' | 'printed' | 'passkey' | 'none'
  readonly step: number
  readonly code: Buffer | null
  readonly passkey: Id | null
}
export const noFactor: Factor = { kind: 'none', step: 0, code: null, passkey: null }
export const factorArgs = (f: Factor) => [f.kind, f.step, f.code, f.passkey]

/** Reads a typed one-time code: six digits from an app, ten from a printed list. Undefined when it cannot be right. */
export const factorOf = (deps: AccessDeps, userId: Id, totp: Buffer | null, usedStep: number, typed: string): Factor | undefined => {
  const code = typed.replace(/[\s-]/g, '')
  if (/^\d{10}$/.test(code)) return { kind: 'printed', step: 0, code: printedSecret(deps.keys.pepper, userId, code), passkey: null }
  if (!/^\d{6}$/.test(code) || !totp || totp.length === 0) return undefined
  const step = matchTotp(
    openTotp(deps.keys.totp, userId, totp),
    code,
    totpSteps(deps.clock().getTime()).filter(s => s > usedStep),
  )
  return step === undefined ? undefined : { kind: 'totp', step, code: null, passkey: null }
}

export type SignIn =
  | { readonly ok: true; readonly token: string; readonly userId: Id }
  | { readonly ok: false; readonly error: 'wrong' }
  | { readonly ok: false; readonly error: 'wait'; readonly seconds: number }

const devicePlace = (id: Id) => ({ table: 'session', row: id, compartment: 0 })
const sealDevice = (service: Buffer, id: Id, device: DeviceKind): Buffer => sealJson(service, devicePlace(id), deviceSchema, device)
/** What kind of browser and system a session was opened in. */
export const readDevice = (service: Buffer, id: Id, sealed: Buffer): DeviceKind => openDevice(openJson(service, devicePlace(id), sealed))

/** Opens the session: the database refuses unless the secret fits what it stores. Null when it does not. */
export const createSession = async (
  deps: AccessDeps,
  userId: Id,
  method: 'password' | 'code' | 'prf',
  verify: Buffer,
  keys: UserKeys,
  factor: Factor,
  shared: boolean,
  agent = '',
): Promise<string | null> => {
  const token = random(32).toString('base64url')
  const id = newId()
  const ok = await asSession(
    deps.pool,
    null,
    async tx =>
      (
        await tx.query<{ ok: boolean }>('select app.session_create($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) as ok', [
          userId,
          method,
          verify,
          ...factorArgs(factor),
          id,
          sha256(token),
          sealUserKeys(sessionKey(token), userId, keys),
          shared,
          agent === '' ? null : sealDevice(deps.keys.service, id, deviceOf(agent)),
        ])
      ).rows[0]!.ok,
  )
  return ok ? token : null
}

/** Login and password are tried in the same steps whether the login exists or not: one look, one hash, one write. */
const tryPassword = async (deps: AccessDeps, login: string, password: string) => {
  const a = await look(deps, login)
  if (a.wait > 0) return { wait: a.wait }
  const salt = a.salt ? b64(a.salt) : deps.passwords.fakeSalt(normalLogin(login))
  const secret = await deps.passwords.keys(password, salt)
  if (!a.id || !a.bundle) return { wait: 0 }
  try {
    return { wait: 0, account: a, id: a.id, secret, keys: openUserKeys(secret.wrap, a.id, b64(a.bundle)) }
  } catch (e) {
    if (e instanceof SealError) return { wait: 0 }
    throw e
  }
}

/** Signs in with login, password and second step (a code, or a passkey already verified for that person; nothing in a demonstration). */
export const signIn = async (
  deps: AccessDeps,
  o: {
    login: string
    password: string
    code: string
    passkey?: { userId: Id; factor: Factor } | undefined
    shared: boolean
    demo?: boolean
    /** What the browser says of itself. */
    agent?: string
  },
): Promise<SignIn> => {
  const tried = await tryPassword(deps, o.login, o.password)
  if (tried.wait > 0) return { ok: false, error: 'wait', seconds: tried.wait }
  if (tried.account) {
    const factor =
      o.passkey?.userId === tried.id
        ? o.passkey.factor
        : o.demo
          ? noFactor
          : factorOf(deps, tried.id, tried.account.totp ? b64(tried.account.totp) : null, tried.account.totpStep ?? 0, o.code)
    const token = factor
      ? await createSession(deps, tried.id, 'password', tried.secret.verify, tried.keys, factor, o.shared, o.agent)
      : null
    if (token) return { ok: true, token, userId: tried.id }
  }
  const seconds = await failed(deps, o.login, tried.account ? { id: tried.id, verify: tried.secret.verify } : undefined)
  return seconds > 0 ? { ok: false, error: 'wait', seconds } : { ok: false, error: 'wrong' }
}

/** Sets a new password with the recovery code and a one-time code; every session of the person ends. */
export const recoverPassword = async (
  deps: AccessDeps,
  o: { login: string; recovery: PasswordKeys | undefined; code: string; password: string },
): Promise<'ok' | 'wrong' | number> => {
  const a = await look(deps, o.login)
  if (a.wait > 0) return a.wait
  const salt = deps.passwords.newSalt()
  const secret = await deps.passwords.keys(o.password, salt)
  if (a.id && a.codeBundle && o.recovery) {
    const factor = factorOf(deps, a.id, a.totp ? b64(a.totp) : null, a.totpStep ?? 0, o.code)
    try {
      const keys = openUserKeys(o.recovery.wrap, a.id, b64(a.codeBundle))
      if (factor) {
        const verify = o.recovery.verify
        const id = a.id
        const ok = await asSession(
          deps.pool,
          null,
          async tx =>
            (
              await tx.query<{ ok: boolean }>('select app.password_set($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) as ok', [
                id,
                'code',
                verify,
                salt,
                sealUserKeys(secret.wrap, id, keys),
                sha256(secret.verify),
                ...factorArgs(factor),
              ])
            ).rows[0]!.ok,
        )
        if (ok) return 'ok'
      }
    } catch (e) {
      if (!(e instanceof SealError)) throw e
    }
  }
  const seconds = await failed(deps, o.login)
  return seconds > 0 ? seconds : 'wrong'
}

/** What the live session of a token is, without taking up a page: for the work after sign-in and unlock. */
export const sessionOf = async (tx: Tx): Promise<SessionView | null> => {
  const row = (
    await tx.query<{ s: (Omit<SessionView, 'bundle' | 'profile'> & { bundle: string; profile: string }) | null }>(
      'select app.session_open() as s',
    )
  ).rows[0]?.s
  return row ? { ...row, bundle: b64(row.bundle), profile: b64(row.profile) } : null
}

/** One unit of work of an unlocked session outside a page; undefined when the session has ended or is locked. */
const unlocked = <V>(deps: AccessDeps, token: string, work: (w: Work, s: SessionView) => Promise<V>): Promise<V | undefined> =>
  asSession(deps.pool, token, async tx => {
    const s = await sessionOf(tx)
    if (!s || s.locked) return undefined
    return work({ tx, vault: await openVault(tx, s, token, deps.clock().getTime()), now: deps.clock().toISOString() }, s)
  })

const rotationBatch = 1000
/** Everything that needs an unlocked key and waits for one: missing team keys, first members, new versions after a leaver, break-glass. Runs after sign-in and unlock. */
export const afterUnlock = async (deps: AccessDeps, token: string, limit = rotationBatch): Promise<readonly Waiting[]> => {
  const waiting = (await unlocked(deps, token, w => ensureTeamKeys(w))) ?? []
  await unlocked(deps, token, w => startRotation(w))
  await unlocked(deps, token, w => continueRotation(w, limit))
  await unlocked(deps, token, async (w, s) => {
    const { rows } = await w.tx.query(
      "select from app.member where user_id = $1 and function in ('supervision', 'desk') and confirmed_by is not null and now() < until",
      [s.userId],
    )
    await ensureGlass(w, s.agencyId, rows.length > 0 && s.roles.some(r => r === 'supervisor' || r === 'duty_specialist'))
  })
  return waiting
}

/** One unit of work of an unlocked session outside a page. */
export type Unlocked = <V>(work: (w: Work & { readonly session: SessionView }) => Promise<V>) => Promise<V | undefined>
const afterwards: ((run: Unlocked) => Promise<void>)[] = []
/** What a capability does once a session is unlocked and nobody waits for it, such as opening the index of names before anybody asks for one. */
export const whenUnlocked = (does: (run: Unlocked) => Promise<void>): void => {
  if (!afterwards.includes(does)) afterwards.push(does)
}

/** Goes on re-wrapping after a leaver, batch by batch, as long as the session lives and something waits. Each batch is a transaction of its own; nobody waits for it. */
export const drainRotation = async (deps: AccessDeps, token: string): Promise<void> => {
  for (;;) {
    const r = await unlocked(deps, token, w => continueRotation(w, rotationBatch))
    if (!r || r.waiting === 0 || r.done === 0) break
  }
  for (const does of afterwards) await does(work => unlocked(deps, token, (w, session) => work({ ...w, session })))
}
