import { parseForm } from '../base/form.ts'
import { type Id, isId } from '../base/id.ts'
import type { Role } from '../base/people.ts'
import { SealError } from '../platform/crypto.ts'
import { asSession, type Tx } from '../platform/db.ts'
import { type Answer, type Office, page, redirect, type Visitor } from '../platform/office.ts'
import { recoveryKeys } from '../platform/onetime.ts'
import { passwordScore, splitSecret } from '../platform/password.ts'
import { forgetVault, openUserKeys } from '../platform/vault.ts'
import { judgePassword, safeNext } from './rules.ts'
import { recoverForm, signInForm } from './schema.forms.ts'
import { RecoverPage, SignInPage, type SignInView, waitErrors, wrongErrors } from './screens.signin.tsx'
import { readProfile } from './store.directory.ts'
import { demoPassword } from './store.enrol.ts'
import { passkeyRequest, verifyAssertion } from './store.passkey.ts'
import { type AccessDeps, afterUnlock, createSession, drainRotation, noFactor, recoverPassword, signIn } from './store.session.ts'

interface DemoRow {
  id: Id
  profile: Buffer
  roles: Role[]
  salt: Buffer
  bundle: Buffer
}
/** Who works with children comes first: a visitor begins with the ways that this is for. */
const demoOrder: readonly Role[] = [
  'duty_specialist',
  'case_worker',
  'supervisor',
  'psychologist',
  'lawyer',
  'shelter_carer',
  'follow_up_worker',
  'interpreter',
  'partner',
  'analyst',
  'content_editor',
  'administrator',
  'auditor',
]
const demoPeople = async (tx: Tx) => (await tx.query<DemoRow>('select * from app.demo_people()')).rows

/** The answer after a session was opened: the cookie, and the page that was asked for, or first the word that a colleague must confirm. */
export const signedIn = async (deps: AccessDeps, v: Visitor, token: string, next: string): Promise<Answer> => {
  // Whoever signs in over an older session leaves no second one behind.
  if (v.token && v.token !== token) await endSession(deps, v.token)
  const waiting = await afterUnlock(deps, token)
  void drainRotation(deps, token).catch(() => undefined)
  return { kind: 'redirect', to: waiting.length > 0 ? `/keys?next=${encodeURIComponent(next)}` : next, cookies: [{ value: token }] }
}
export const endSession = (deps: AccessDeps, token: string): Promise<void> =>
  asSession(deps.pool, token, async tx => {
    const { rows } = await tx.query<{ s: { id: Id } | null }>('select app.session_look() as s')
    if (rows[0]?.s) forgetVault(rows[0].s.id)
    await tx.query('select app.session_end(null)')
  })

const signInPage = async (deps: AccessDeps, v: Visitor, shown: Omit<SignInView, 'passkey' | 'demo'>, status = 200): Promise<Answer> => {
  const place = (p: DemoRow) => Math.min(...p.roles.map(r => demoOrder.indexOf(r)))
  const people = (await asSession(deps.pool, null, demoPeople)).sort((a, b) => place(a) - place(b))
  const demo = people.map(p => ({ id: p.id, alias: readProfile(deps.keys.service, p.id, p.profile).alias, roles: p.roles }))
  const view: SignInView = { ...shown, demo, passkey: JSON.stringify(await passkeyRequest(deps, 'sign-in')) }
  return page({ title: v.t('access.signIn.title'), body: SignInPage(view, v.t), status, scripts: ['passkey.js'] })
}

const byPasskey = async (
  deps: AccessDeps,
  assertion: Awaited<ReturnType<typeof verifyAssertion>>,
  prf: string,
  shared: boolean,
  agent: string,
): Promise<string | null> => {
  const secret = Buffer.from(prf, 'base64url')
  if (!assertion?.prfBundle || !assertion.verified || secret.length !== 32) return null
  const s = splitSecret(secret)
  try {
    return await createSession(
      deps,
      assertion.userId,
      'prf',
      s.verify,
      openUserKeys(s.wrap, assertion.userId, assertion.prfBundle),
      assertion.factor,
      shared,
      agent,
    )
  } catch (e) {
    if (e instanceof SealError) return null
    throw e
  }
}

const postSignIn = async (deps: AccessDeps, v: Visitor): Promise<Answer> => {
  const parsed = parseForm(signInForm, v.body)
  const next = safeNext(typeof v.body.next === 'string' ? v.body.next : undefined)
  if (!parsed.ok) return signInPage(deps, v, { values: parsed.values, errors: parsed.errors, next }, 422)
  const f = parsed.value
  const shared = f.shared.includes('yes')
  const assertion = f.assertion ? await verifyAssertion(deps, 'sign-in', f.assertion) : undefined
  const alone = await byPasskey(deps, assertion, f.prf ?? '', shared, v.agent)
  if (alone) return signedIn(deps, v, alone, next)
  const values = { login: f.login ?? '', shared: shared ? ['yes'] : [] }
  if (!f.login || !f.password) {
    const errors = {
      ...(f.login ? {} : { login: { key: 'base.error.enter' } }),
      ...(f.password ? {} : { password: { key: 'base.error.enter' } }),
    }
    return signInPage(deps, v, { values, errors: f.assertion && !assertion ? { '': { key: 'access.passkey.failed' } } : errors, next }, 422)
  }
  const done = await signIn(deps, { login: f.login, password: f.password, code: f.code ?? '', passkey: assertion, shared, agent: v.agent })
  if (done.ok) return signedIn(deps, v, done.token, next)
  return signInPage(deps, v, { values, errors: done.error === 'wait' ? waitErrors(done.seconds) : wrongErrors, next }, 422)
}

/** One click, in a demonstration only: the function that lists the people is empty elsewhere, and the database refuses a session without second step. */
const postDemo = async (deps: AccessDeps, v: Visitor): Promise<Answer> => {
  const id = v.body.person
  const person = isId(id) ? (await asSession(deps.pool, null, demoPeople)).find(p => p.id === id) : undefined
  if (!person) return { kind: 'hidden' }
  const secret = await deps.passwords.keys(demoPassword(deps.keys.pepper, person.id), person.salt)
  try {
    const token = await createSession(
      deps,
      person.id,
      'password',
      secret.verify,
      openUserKeys(secret.wrap, person.id, person.bundle),
      noFactor,
      false,
      v.agent,
    )
    if (token) return signedIn(deps, v, token, safeNext(typeof v.body.next === 'string' ? v.body.next : undefined))
  } catch (e) {
    // Somebody has changed that person's password: then only the form helps.
    if (!(e instanceof SealError)) throw e
  }
  return redirect('/sign-in?note=own')
}

const postRecover = async (deps: AccessDeps, v: Visitor): Promise<Answer> => {
  const parsed = parseForm(recoverForm, v.body)
  const refuse = (errors: NonNullable<Parameters<typeof RecoverPage>[0]['errors']>, values = {}): Answer =>
    page({ title: v.t('access.recover.title'), body: RecoverPage({ values, errors }, v.t), status: 422 })
  if (!parsed.ok) return refuse(parsed.errors, parsed.values)
  const f = parsed.value
  const weak = judgePassword(f.password, passwordScore(f.password, [f.login]))
  const values = { login: f.login }
  if (weak) return refuse({ password: { key: `access.error.${weak}` } }, values)
  const done = await recoverPassword(deps, { login: f.login, recovery: recoveryKeys(f.recovery), code: f.code, password: f.password })
  if (done === 'ok') return redirect('/sign-in?note=recovered')
  return refuse(done === 'wrong' ? { '': { key: 'access.error.wrongRecovery' } } : waitErrors(done), values)
}

const notes = ['left', 'recovered', 'ready', 'ended', 'own'] as const

/** Sign-in, one-click sign-in of a demonstration, sign-out, lost password. */
export const registerSignIn = (o: Office, deps: AccessDeps): void => {
  o.visitor(
    'GET',
    '/sign-in',
    'access:sign-in',
    v => signInPage(deps, v, { next: safeNext(v.query.next), note: notes.find(n => n === v.query.note) }),
    'own',
  )
  o.visitor('POST', '/sign-in', 'access:sign-in', v => postSignIn(deps, v), 'own')
  o.visitor('POST', '/demo/sign-in', 'access:demo', v => postDemo(deps, v), 'own')
  o.visitor(
    'POST',
    '/sign-out',
    'access:unlock',
    async v => {
      if (v.token && v.body.then === 'lock') {
        await asSession(deps.pool, v.token, tx => tx.query('select app.session_lock()'))
        return redirect(`/unlock?next=${encodeURIComponent(safeNext(typeof v.body.next === 'string' ? v.body.next : undefined))}`)
      }
      if (v.token) await endSession(deps, v.token)
      return { kind: 'redirect', to: v.body.then === 'switch' ? '/sign-in' : '/sign-in?note=left', cookies: [{ value: null }] }
    },
    'own',
  )
  o.visitor('GET', '/recover', 'access:recover', async v => page({ title: v.t('access.recover.title'), body: RecoverPage({}, v.t) }), 'own')
  o.visitor('POST', '/recover', 'access:recover', v => postRecover(deps, v), 'own')
}
