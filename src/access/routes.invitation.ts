import { parseForm } from '../base/form.ts'
import type { Id } from '../base/id.ts'
import { openPlain, SealError, sealBytes } from '../platform/crypto.ts'
import { asSession } from '../platform/db.ts'
import { type Answer, type Office, page, type Visitor } from '../platform/office.ts'
import { matchTotp, newPrintedCodes, newTotpSecret, totpPicture } from '../platform/onetime.ts'
import { passwordScore } from '../platform/password.ts'
import { judgePassword, totpSteps } from './rules.ts'
import { invitationForm } from './schema.forms.ts'
import type { PersonProfile } from './schema.ts'
import { CodesPage, InvitationPage, type InvitationView, NoInvitationPage } from './screens.invitation.tsx'
import { readProfile } from './store.directory.ts'
import { enrol, invitationOf, invitationSecret } from './store.enrol.ts'
import type { AccessDeps } from './store.session.ts'

const setupPlace = (userId: Id) => ({ table: 'setup', row: userId, compartment: 0 })
/** A one-time-code secret on its way through a form: sealed, so that the page can be sent back and forth without a row. */
export const sealSetup = (deps: AccessDeps, userId: Id, secret: string): string =>
  sealBytes(deps.keys.totp, setupPlace(userId), 1, Buffer.from(secret)).toString('base64url')
export const openSetup = (deps: AccessDeps, userId: Id, sealed: string | undefined): string | undefined => {
  try {
    return openPlain(deps.keys.totp, setupPlace(userId), Buffer.from(sealed ?? '', 'base64url')).toString()
  } catch (e) {
    if (e instanceof SealError) return undefined
    throw e
  }
}

const none = (v: Visitor): Answer => page({ title: v.t('access.invitation.none'), body: NoInvitationPage(v.t), status: 410 })

const show = async (
  deps: AccessDeps,
  v: Visitor,
  who: { id: Id; profile: PersonProfile },
  code: string,
  secret: string,
  shown: Pick<InvitationView, 'values' | 'errors'>,
  status = 200,
): Promise<Answer> => {
  const view: InvitationView = {
    ...shown,
    alias: who.profile.alias,
    picture: await totpPicture(secret, who.profile.alias, v.t('base.brand')),
    secret,
    setup: sealSetup(deps, who.id, secret),
    invitation: code,
  }
  return page({ title: v.t('access.invitation.title', { alias: who.profile.alias }), body: InvitationPage(view, v.t), status })
}

const find = async (deps: AccessDeps, code: string): Promise<{ id: Id; profile: PersonProfile; secret: Buffer } | undefined> => {
  const secret = invitationSecret(code)
  const i = secret ? await asSession(deps.pool, null, tx => invitationOf(tx, secret)) : null
  return i && secret ? { id: i.id, profile: readProfile(deps.keys.service, i.id, i.profile), secret } : undefined
}

const post = async (deps: AccessDeps, v: Visitor): Promise<Answer> => {
  const code = typeof v.body.invitation === 'string' ? v.body.invitation : ''
  const who = await find(deps, code)
  if (!who) return none(v)
  const totp = openSetup(deps, who.id, typeof v.body.setup === 'string' ? v.body.setup : undefined) ?? newTotpSecret()
  const parsed = parseForm(invitationForm, v.body)
  if (!parsed.ok) return show(deps, v, who, code, totp, { values: parsed.values, errors: parsed.errors }, 422)
  const f = parsed.value
  const values = { second: f.second }
  const weak = judgePassword(f.password, passwordScore(f.password, [who.profile.alias, who.profile.name]))
  if (weak) return show(deps, v, who, code, totp, { values, errors: { password: { key: `access.error.${weak}` } } }, 422)
  if (f.second === 'app' && matchTotp(totp, f.code ?? '', totpSteps(deps.clock().getTime())) === undefined) {
    return show(deps, v, who, code, totp, { values, errors: { code: { key: 'access.error.code' } } }, 422)
  }
  const printed = f.second === 'printed' ? newPrintedCodes() : []
  const done = await enrol(deps, {
    invitation: who.secret,
    userId: who.id,
    password: f.password,
    totpSecret: f.second === 'app' ? totp : null,
    printed,
  })
  if (!done) return none(v)
  return page({ title: v.t('access.codes.title'), body: CodesPage({ recovery: done.recovery, printed, first: true }, v.t) })
}

/** The first visit of a person, by a link that works once. */
export const registerInvitation = (o: Office, deps: AccessDeps): void => {
  o.visitor(
    'GET',
    '/invitation',
    'access:invitation',
    async v => {
      const code = v.query.code ?? ''
      const who = await find(deps, code)
      return who ? show(deps, v, who, code, newTotpSecret(), {}) : none(v)
    },
    'own',
  )
  o.visitor('POST', '/invitation', 'access:invitation', v => post(deps, v), 'own')
}
