import { parseForm } from '../base/form.ts'
import type { Id } from '../base/id.ts'
import { asSession, type Tx } from '../platform/db.ts'
import { type Answer, type Asked, type Office, page, redirect, type SessionView, type Visitor } from '../platform/office.ts'
import { forgetVault } from '../platform/vault.ts'
import { safeNext } from './rules.ts'
import { stepUpForm, unlockForm } from './schema.forms.ts'
import { HeldPage, StepUpPage, UnlockPage, wrongErrors } from './screens.signin.tsx'
import { readProfile } from './store.directory.ts'
import { dropHeld, heldForms, holdForm } from './store.held.ts'
import { passkeyRequest, verifyAssertion } from './store.passkey.ts'
import { type AccessDeps, afterUnlock, drainRotation, type Factor, factorArgs, factorOf, noFactor } from './store.session.ts'

export interface Own {
  id: Id
  userId: Id
  locked: boolean
  pinHash: string | null
  totp: string | null
  totpStep: number
  salt: string
  pwBundle: string
  loginHmac: string
  profile: string
  printedLeft: number
  passkeys: { credential: string; transports: string[] }[] | null
}
/** The session of the token, locked or not, with what its person signs in with. */
export const ownSession = async (tx: Tx): Promise<Own | null> =>
  (await tx.query<{ s: Own | null }>('select app.session_look() as s')).rows[0]?.s ?? null
export const factorFor = (deps: AccessDeps, own: Own, typed: string): Factor | undefined =>
  factorOf(deps, own.userId, own.totp ? Buffer.from(own.totp, 'base64') : null, Number(own.totpStep), typed)

const ownKeys = (own: Own | null) =>
  (own?.passkeys ?? []).map(k => ({ credential: Buffer.from(k.credential, 'base64'), transports: k.transports }))

/** What the office answers while a session is locked: nothing of the record; a form that was sent is kept sealed under the session's key. */
export const accessOnLocked = async (v: Visitor, _session: SessionView, method: string): Promise<Answer> => {
  if (method === 'POST' && v.token && Object.keys(v.body).length > 0) {
    await holdForm(v.tx, v.token, v.path, v.body)
    return redirect('/unlock?next=/held')
  }
  return redirect(`/unlock?next=${encodeURIComponent(safeNext(v.path))}`)
}

const next = (v: { query: Readonly<Record<string, string>>; body: Readonly<Record<string, unknown>> }) => {
  const n = typeof v.body.next === 'string' ? v.body.next : v.query.next
  return n === '/held' ? n : safeNext(n)
}

const unlockPage = async (deps: AccessDeps, v: Visitor, own: Own, errors = {}, status = 200): Promise<Answer> => {
  const profile = readProfile(deps.keys.service, own.userId, Buffer.from(own.profile, 'base64'))
  const to = next(v)
  const view = {
    alias: profile.alias,
    pin: own.pinHash !== null,
    next: to,
    held: to === '/held',
    errors,
    passkey: JSON.stringify(await passkeyRequest(deps, 'unlock', ownKeys(own))),
  }
  return page({ title: v.t('access.unlock.short'), body: UnlockPage(view, v.t), status, scripts: ['passkey.js'] })
}

const postUnlock = async (deps: AccessDeps, v: Visitor): Promise<Answer> => {
  const token = v.token
  const own = token ? await asSession(deps.pool, token, ownSession) : null
  if (!token || !own) return redirect('/sign-in?note=ended')
  if (!own.locked) return redirect(next(v))
  const parsed = parseForm(unlockForm, v.body)
  if (!parsed.ok) return unlockPage(deps, v, own, parsed.errors, 422)
  const f = parsed.value
  let secret: Buffer | null = null
  let kind: string = 'none'
  let factor: Factor = noFactor
  if (f.assertion) {
    const a = await verifyAssertion(deps, 'unlock', f.assertion)
    if (a?.userId === own.userId) factor = a.factor
  } else if (f.pin && own.pinHash) {
    kind = 'pin'
    secret = (await deps.passwords.keys(f.pin, Buffer.from(own.pinHash.split(':')[0] ?? '', 'base64'))).verify
  } else if (f.code) factor = factorFor(deps, own, f.code) ?? noFactor
  else return unlockPage(deps, v, own, { '': { key: 'access.error.nothing' } }, 422)
  const done = await asSession(
    deps.pool,
    token,
    async tx =>
      (
        await tx.query<{ r: 'ok' | 'no' | 'ended' }>(
          'select app.session_unlock($1, $2, $3, $4, $5) as r',
          kind === 'pin' ? [secret, 'pin', 0, null, null] : [null, ...factorArgs(factor)],
        )
      ).rows[0]?.r,
  )
  if (done === 'ok') {
    await afterUnlock(deps, token)
    void drainRotation(deps, token).catch(() => undefined)
    return redirect(next(v))
  }
  if (done === 'ended') {
    forgetVault(own.id)
    return { kind: 'redirect', to: '/sign-in?note=ended', cookies: [{ value: null }] }
  }
  return unlockPage(deps, v, own, { '': { key: 'access.error.unlock' } }, 422)
}

const stepUpPage = async (deps: AccessDeps, a: Asked, errors = {}, status = 200): Promise<Answer> =>
  page({
    title: a.t('access.stepUp.title'),
    body: StepUpPage(
      { errors, next: next(a), passkey: JSON.stringify(await passkeyRequest(deps, 'step-up', ownKeys(await ownSession(a.tx)))) },
      a.t,
    ),
    status,
    scripts: ['passkey.js'],
  })

const postStepUp = async (deps: AccessDeps, a: Asked): Promise<Answer> => {
  const parsed = parseForm(stepUpForm, a.body)
  if (!parsed.ok) return stepUpPage(deps, a, parsed.errors, 422)
  const f = parsed.value
  const own = await ownSession(a.tx)
  if (!own) return redirect('/sign-in')
  const login = Buffer.from(own.loginHmac, 'base64')
  const { rows: wait } = await a.tx.query<{ s: number }>('select app.wait_seconds($1) as s', [login])
  if ((wait[0]?.s ?? 0) > 0) return stepUpPage(deps, a, { '': { key: 'access.error.wait', args: { seconds: wait[0]?.s ?? 0 } } }, 422)
  let args: unknown[] = [null, 'none', 0, null, null]
  if (f.assertion) {
    const seen = await verifyAssertion(deps, 'step-up', f.assertion)
    if (seen?.userId === own.userId) args = [null, ...factorArgs(seen.factor)]
  } else if (f.password) args = [(await deps.passwords.keys(f.password, Buffer.from(own.salt, 'base64'))).verify, 'password', 0, null, null]
  else if (f.code) args = [null, ...factorArgs(factorFor(deps, own, f.code) ?? noFactor)]
  const { rows } = await a.tx.query<{ ok: boolean }>('select app.session_step_up($1, $2, $3, $4, $5) as ok', args)
  if (rows[0]?.ok) return redirect(next(a))
  await a.tx.query('select app.sign_in_failed($1)', [login])
  return stepUpPage(deps, a, wrongErrors, 422)
}

/** Lock, unlock, step-up, and the forms that came while it was locked. */
export const registerLock = (o: Office, deps: AccessDeps): void => {
  o.visitor(
    'GET',
    '/unlock',
    'access:unlock',
    async v => {
      const own = v.token ? await asSession(deps.pool, v.token, ownSession) : null
      if (!own) return redirect('/sign-in')
      return own.locked ? unlockPage(deps, v, own) : redirect(next(v))
    },
    'own',
  )
  o.visitor('POST', '/unlock', 'access:unlock', v => postUnlock(deps, v), 'own')
  o.post('/lock', 'access:session', async a => {
    await a.tx.query('select app.session_lock()')
    forgetVault(a.session.id)
    return redirect('/unlock')
  })
  // A hand is on the keyboard: asked for once a minute by the page of a shared computer.
  o.get('/session', 'access:session', async () => ({ kind: 'bytes', type: 'text/plain', body: 'open' }))
  o.get('/step-up', 'access:step-up', a => stepUpPage(deps, a))
  o.post('/step-up', 'access:step-up', a => postStepUp(deps, a))
  o.get('/held', 'access:session', async a =>
    page({ title: a.t('access.held.title'), body: HeldPage({ forms: await heldForms(a.tx, a.token) }, a.t) }),
  )
  o.post('/held', 'access:session', async a => {
    await dropHeld(a, a.body.id)
    return redirect('/held')
  })
}
