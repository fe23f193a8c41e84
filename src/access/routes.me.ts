import { type Errors, parseForm, type Values } from '../base/form.ts'
import { isId } from '../base/id.ts'
import { dayOf } from '../base/time.ts'
import { openJson, SealError, sha256 } from '../platform/crypto.ts'
import { type Answer, type Asked, hidden, type Office, page, redirect } from '../platform/office.ts'
import { matchTotp, newPrintedCodes, newTotpSecret, printedSecret, sealTotp, totpPicture } from '../platform/onetime.ts'
import { passwordScore } from '../platform/password.ts'
import { newId } from '../platform/records.ts'
import { openUserKeys, sealUserKeys } from '../platform/vault.ts'
import { openSetup, sealSetup } from './routes.invitation.ts'
import { ownSession } from './routes.lock.ts'
import { judgePassword, totpSteps, weakPin } from './rules.ts'
import { appForm, passkeyForm, passwordForm, pinForm } from './schema.forms.ts'
import { openLabel } from './schema.ts'
import { CodesPage } from './screens.invitation.tsx'
import { AppPage, MePage, NewPasskeyPage, PasswordPage, RenewPage } from './screens.me.tsx'
import { directory, readProfile } from './store.directory.ts'
import { newRecovery } from './store.enrol.ts'
import { addPasskey, passkeyCreation } from './store.passkey.ts'
import { type AccessDeps, factorArgs, noFactor, readDevice } from './store.session.ts'

interface SessionRow {
  id: string
  created_at: Date
  expires_at: Date
  shared_computer: boolean
  device: Buffer | null
  locked: boolean
  mine: boolean
}
interface PasskeyRow {
  id: string
  credential: Buffer
  label: Buffer
  prf: boolean
  created_day: Date | string
}
const passkeys = async (a: Asked) =>
  (await a.tx.query<PasskeyRow>('select id, credential, label, prf, created_day::text from app.passkeys_mine()')).rows
const labelOf = (deps: AccessDeps, p: PasskeyRow) =>
  openLabel(openJson(deps.keys.service, { table: 'passkey', row: p.id, compartment: 0 }, p.label)).label

const mePage = async (deps: AccessDeps, a: Asked, pinErrors?: Errors): Promise<Answer> => {
  const [own, sessions, keys, dir] = await Promise.all([
    ownSession(a.tx),
    a.tx.query<SessionRow>('select id, created_at, expires_at, shared_computer, locked, device, mine from app.sessions_mine()'),
    passkeys(a),
    directory(a, deps.keys.service, a.lang),
  ])
  if (!own) return redirect('/sign-in')
  const profile = readProfile(deps.keys.service, a.session.userId, a.session.profile)
  const view = {
    name: profile.name,
    alias: profile.alias,
    roles: a.session.roles,
    timeZone: a.session.timeZone,
    shared: a.session.sharedComputer,
    pin: own.pinHash !== null,
    pinErrors,
    functions: dir.members
      .filter(m => m.userId === a.session.userId)
      .map(m => ({ team: dir.team(m.teamId), fn: m.fn, waiting: m.confirmedBy === null })),
    sessions: sessions.rows.map(s => ({
      id: s.id,
      since: s.created_at.toISOString(),
      until: s.expires_at.toISOString(),
      shared: s.shared_computer,
      device: s.device ? readDevice(deps.keys.service, s.id, s.device) : undefined,
      locked: s.locked,
      mine: s.mine,
    })),
    passkeys: keys.map(p => ({ id: p.id, label: labelOf(deps, p), alone: p.prf, day: String(p.created_day) })),
    app: own.totp !== null && own.totp !== '',
    printedLeft: Number(own.printedLeft),
  }
  return page({ title: a.t('access.me.title'), body: MePage(view, a.t), status: pinErrors ? 422 : 200 })
}

const postPassword = async (deps: AccessDeps, a: Asked): Promise<Answer> => {
  const refuse = (errors: Errors, values: Values = {}): Answer =>
    page({ title: a.t('access.password.title'), body: PasswordPage({ errors, values }, a.t), status: 422 })
  const parsed = parseForm(passwordForm, a.body)
  if (!parsed.ok) return refuse(parsed.errors, parsed.values)
  const profile = readProfile(deps.keys.service, a.session.userId, a.session.profile)
  const weak = judgePassword(parsed.value.password, passwordScore(parsed.value.password, [profile.alias, profile.name]))
  if (weak) return refuse({ password: { key: `access.error.${weak}` } })
  const own = await ownSession(a.tx)
  if (!own) return redirect('/sign-in')
  const old = await deps.passwords.keys(parsed.value.old, Buffer.from(own.salt, 'base64'))
  try {
    // One key is wrapped anew; nothing else changes.
    const keys = openUserKeys(old.wrap, own.userId, Buffer.from(own.pwBundle, 'base64'))
    const salt = deps.passwords.newSalt()
    const fresh = await deps.passwords.keys(parsed.value.password, salt)
    const { rows } = await a.tx.query<{ ok: boolean }>('select app.password_set($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) as ok', [
      own.userId,
      'password',
      old.verify,
      salt,
      sealUserKeys(fresh.wrap, own.userId, keys),
      sha256(fresh.verify),
      ...factorArgs(noFactor),
    ])
    if (rows[0]?.ok) return redirect('/me?done=saved')
  } catch (e) {
    if (!(e instanceof SealError)) throw e
  }
  await a.tx.query('select app.sign_in_failed($1)', [Buffer.from(own.loginHmac, 'base64')])
  return refuse({ old: { key: 'access.error.oldPassword' } })
}

const newPasskey = async (deps: AccessDeps, a: Asked, errors?: Errors, values?: Values): Promise<Answer> => {
  const profile = readProfile(deps.keys.service, a.session.userId, a.session.profile)
  const options = JSON.stringify(
    await passkeyCreation(deps, { userId: a.session.userId, alias: profile.alias, have: (await passkeys(a)).map(p => p.credential) }),
  )
  return page({
    title: a.t('access.passkey.title'),
    body: NewPasskeyPage({ options, errors: errors ?? {}, values: values ?? {} }, a.t),
    status: errors ? 422 : 200,
    scripts: ['passkey.js'],
  })
}
const postPasskey = async (deps: AccessDeps, a: Asked): Promise<Answer> => {
  const parsed = parseForm(passkeyForm, a.body)
  if (!parsed.ok) return newPasskey(deps, a, parsed.errors, { label: parsed.values.label ?? '' })
  const { label, assertion, prf } = parsed.value
  const done = await addPasskey(deps, a.tx, {
    userId: a.session.userId,
    keys: a.vault.keys,
    json: assertion ?? '',
    prf: prf ?? '',
    label,
    today: dayOf(a.now, a.session.timeZone),
  })
  return done === 'no' ? newPasskey(deps, a, { '': { key: 'access.passkey.failed' } }, { label }) : redirect('/me?done=saved')
}

const appPage = async (deps: AccessDeps, a: Asked, secret: string, errors?: Errors): Promise<Answer> => {
  const profile = readProfile(deps.keys.service, a.session.userId, a.session.profile)
  const view = {
    secret,
    setup: sealSetup(deps, a.session.userId, secret),
    picture: await totpPicture(secret, profile.alias, a.t('base.brand')),
    errors,
  }
  return page({ title: a.t('access.app.title'), body: AppPage(view, a.t), status: errors ? 422 : 200 })
}
const postApp = async (deps: AccessDeps, a: Asked): Promise<Answer> => {
  const parsed = parseForm(appForm, a.body)
  const secret = openSetup(deps, a.session.userId, typeof a.body.setup === 'string' ? a.body.setup : undefined) ?? newTotpSecret()
  if (!parsed.ok) return appPage(deps, a, secret, parsed.errors)
  const step = matchTotp(secret, parsed.value.code, totpSteps(Date.parse(a.now)))
  if (step === undefined) return appPage(deps, a, secret, { code: { key: 'access.error.code' } })
  await a.tx.query('select app.totp_set($1, $2)', [sealTotp(deps.keys.totp, a.session.userId, secret), step])
  return redirect('/me?done=saved')
}

const setPin = async (deps: AccessDeps, a: Asked): Promise<Answer> => {
  const parsed = parseForm(pinForm, a.body)
  if (!parsed.ok) return mePage(deps, a, parsed.errors)
  if (weakPin(parsed.value.pin)) return mePage(deps, a, { pin: { key: 'access.error.pinWeak' } })
  const salt = deps.passwords.newSalt()
  const { verify } = await deps.passwords.keys(parsed.value.pin, salt)
  await a.tx.query('select app.session_pin($1)', [`${salt.toString('base64')}:${sha256(verify).toString('hex')}`])
  return redirect('/me?done=saved')
}

const renewRecovery = async (a: Asked): Promise<Answer> => {
  const r = newRecovery(a.session.userId, a.vault.keys)
  await a.tx.query('select app.recovery_set($1, $2)', [r.bundle, r.verifier])
  return page({ title: a.t('access.codes.title'), body: CodesPage({ recovery: r.code, printed: [], first: false }, a.t) })
}
const renewCodes = async (deps: AccessDeps, a: Asked): Promise<Answer> => {
  const printed = newPrintedCodes()
  await a.tx.query('select app.printed_set($1::uuid[], $2::bytea[])', [
    printed.map(() => newId()),
    printed.map(c => sha256(printedSecret(deps.keys.pepper, a.session.userId, c))),
  ])
  return page({ title: a.t('access.codes.title'), body: CodesPage({ printed, first: false }, a.t) })
}

/** One's own account: sessions, password, second step, recovery code, passkeys, PIN of this session. */
export const registerMe = (o: Office, deps: AccessDeps): void => {
  o.get('/me', 'access:account', a => mePage(deps, a))
  o.post('/me/sessions/end', 'access:session', async a => {
    if (!isId(a.body.session)) return hidden
    await a.tx.query('select app.session_end($1)', [a.body.session])
    return redirect('/me?done=saved')
  })
  o.post('/me/pin', 'access:session', a => setPin(deps, a))
  o.get('/me/password', 'access:account', async a => page({ title: a.t('access.password.title'), body: PasswordPage({}, a.t) }))
  o.post('/me/password', 'access:account', a => postPassword(deps, a))
  o.get('/me/passkeys/new', 'access:secrets', a => newPasskey(deps, a))
  o.post('/me/passkeys/new', 'access:secrets', a => postPasskey(deps, a))
  o.post('/me/passkeys/remove', 'access:secrets', async a => {
    if (!isId(a.body.passkey)) return hidden
    await a.tx.query('select app.passkey_remove($1)', [a.body.passkey])
    return redirect('/me?done=saved')
  })
  o.get('/me/app', 'access:secrets', a => appPage(deps, a, newTotpSecret()))
  o.post('/me/app', 'access:secrets', a => postApp(deps, a))
  o.get('/me/recovery', 'access:secrets', async a =>
    page({ title: a.t('access.renew.recovery'), body: RenewPage({ to: '/me/recovery', what: 'recovery' }, a.t) }),
  )
  o.post('/me/recovery', 'access:secrets', a => renewRecovery(a))
  o.get('/me/codes', 'access:secrets', async a =>
    page({ title: a.t('access.renew.codes'), body: RenewPage({ to: '/me/codes', what: 'codes' }, a.t) }),
  )
  o.post('/me/codes', 'access:secrets', a => renewCodes(deps, a))
}
