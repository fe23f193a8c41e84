import {
  type AuthenticationResponseJSON,
  type AuthenticatorTransport,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import type { Id } from '../base/id.ts'
import { hmac, random, sameBytes, sealJson, sha256 } from '../platform/crypto.ts'
import { asSession, type Tx } from '../platform/db.ts'
import { splitSecret } from '../platform/password.ts'
import { newId } from '../platform/records.ts'
import { sealUserKeys, type UserKeys } from '../platform/vault.ts'
import { labelSchema } from './schema.ts'
import type { AccessDeps, Factor } from './store.session.ts'

type Purpose = 'sign-in' | 'register' | 'unlock' | 'step-up'
/** What authenticators derive from; the same for all, since each passkey answers with a value of its own. */
export const prfSalt = sha256('doverie/passkey-prf/1')

const minutes = 10
/** A challenge that needs no row until it is answered: time, randomness, and a MAC over both and the purpose. */
const newChallenge = (deps: AccessDeps, purpose: Purpose): Buffer => {
  const head = Buffer.alloc(24)
  head.writeUIntBE(Math.floor(deps.clock().getTime() / 1000), 0, 6)
  random(18).copy(head, 6)
  return Buffer.concat([head, hmac(deps.keys.totp, Buffer.concat([Buffer.from(`challenge\0${purpose}\0`), head])).subarray(0, 16)])
}
const goodChallenge = (deps: AccessDeps, purpose: Purpose, challenge: string): boolean => {
  const b = Buffer.from(challenge, 'base64url')
  if (b.length !== 40) return false
  const head = b.subarray(0, 24)
  if (!sameBytes(b.subarray(24), hmac(deps.keys.totp, Buffer.concat([Buffer.from(`challenge\0${purpose}\0`), head])).subarray(0, 16)))
    return false
  const age = deps.clock().getTime() / 1000 - head.readUIntBE(0, 6)
  return age > -60 && age < minutes * 60
}
const rpId = (deps: AccessDeps) => new URL(deps.origin).hostname

/** What the browser is asked for when signing in, unlocking or stepping up. */
export const passkeyRequest = (
  deps: AccessDeps,
  purpose: Purpose,
  allow: readonly { credential: Buffer; transports: readonly string[] }[] = [],
): Promise<object> =>
  generateAuthenticationOptions({
    rpID: rpId(deps),
    challenge: Uint8Array.from(newChallenge(deps, purpose)),
    userVerification: 'preferred',
    allowCredentials: allow.map(a => ({
      id: a.credential.toString('base64url'),
      transports: [...a.transports] as AuthenticatorTransport[],
    })),
  })

export interface Assertion {
  readonly userId: Id
  readonly factor: Factor
  readonly prfBundle: Buffer | null
  readonly verified: boolean
}

const parse = <V>(json: string): V | undefined => {
  try {
    return JSON.parse(json) as V
  } catch {
    return undefined
  }
}

/** Verifies what a passkey answered, once. Undefined for anything that is not right. */
export const verifyAssertion = async (deps: AccessDeps, purpose: Purpose, json: string): Promise<Assertion | undefined> => {
  const response = json.length < 8000 ? parse<AuthenticationResponseJSON>(json) : undefined
  if (!response || typeof response.id !== 'string') return undefined
  interface Row {
    id: Id
    userId: Id
    publicKey: string
    counter: number
    transports: AuthenticatorTransport[]
    prfBundle: string | null
  }
  const key = await asSession(
    deps.pool,
    null,
    async tx => (await tx.query<{ k: Row | null }>('select app.passkey_look($1) as k', [Buffer.from(response.id, 'base64url')])).rows[0]?.k,
  )
  if (!key) return undefined
  let challenge = ''
  try {
    const v = await verifyAuthenticationResponse({
      response,
      expectedOrigin: deps.origin,
      expectedRPID: rpId(deps),
      requireUserVerification: false,
      expectedChallenge: c => {
        challenge = c
        return goodChallenge(deps, purpose, c)
      },
      credential: {
        id: response.id,
        publicKey: Uint8Array.from(Buffer.from(key.publicKey, 'base64')),
        counter: Number(key.counter),
        transports: key.transports,
      },
    })
    if (!v.verified) return undefined
    const fresh = await asSession(
      deps.pool,
      null,
      async tx => (await tx.query<{ ok: boolean }>('select app.use_once($1) as ok', [sha256(challenge)])).rows[0]?.ok,
    )
    if (!fresh) return undefined
    return {
      userId: key.userId,
      verified: v.authenticationInfo.userVerified,
      prfBundle: key.prfBundle ? Buffer.from(key.prfBundle, 'base64') : null,
      factor: { kind: 'passkey', step: v.authenticationInfo.newCounter, code: null, passkey: key.id },
    }
  } catch {
    // The library throws for every kind of mismatch; to the person it is one answer.
    return undefined
  }
}

/** What the browser is asked for when a passkey is added. */
export const passkeyCreation = async (deps: AccessDeps, o: { userId: Id; alias: string; have: readonly Buffer[] }): Promise<object> =>
  generateRegistrationOptions({
    rpName: 'Doverie',
    rpID: rpId(deps),
    userName: o.alias,
    userDisplayName: o.alias,
    userID: Uint8Array.from(hmac(deps.keys.login, `webauthn\0${o.userId}`)),
    challenge: Uint8Array.from(newChallenge(deps, 'register')),
    attestationType: 'none',
    excludeCredentials: o.have.map(c => ({ id: c.toString('base64url') })),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
  })

/** Stores a new passkey; with `prf` (32 bytes from the authenticator) it also opens the keys by itself. Only within ten minutes of a step-up. */
export const addPasskey = async (
  deps: AccessDeps,
  tx: Tx,
  o: { userId: Id; keys: UserKeys; json: string; prf: string; label: string; today: string },
): Promise<'ok' | 'prf' | 'no'> => {
  const response = o.json.length < 16_000 ? parse<RegistrationResponseJSON>(o.json) : undefined
  if (!response) return 'no'
  let challenge = ''
  try {
    const v = await verifyRegistrationResponse({
      response,
      expectedOrigin: deps.origin,
      expectedRPID: rpId(deps),
      requireUserVerification: false,
      expectedChallenge: c => {
        challenge = c
        return goodChallenge(deps, 'register', c)
      },
    })
    if (!v.verified) return 'no'
    const { credential } = v.registrationInfo
    const prf = Buffer.from(o.prf, 'base64url')
    const secret = prf.length === 32 ? splitSecret(prf) : undefined
    const id = newId()
    const { rows } = await tx.query<{ ok: boolean }>(
      'select app.use_once($1) and app.passkey_add($2, $3, $4, $5, $6, $7, $8, $9, $10, $11) as ok',
      [
        sha256(challenge),
        id,
        Buffer.from(credential.id, 'base64url'),
        Buffer.from(credential.publicKey),
        credential.counter,
        credential.transports ?? [],
        secret ? prfSalt : null,
        secret ? sealUserKeys(secret.wrap, o.userId, o.keys) : null,
        secret ? sha256(secret.verify) : null,
        sealJson(deps.keys.service, { table: 'passkey', row: id, compartment: 0 }, labelSchema, { label: o.label }),
        o.today,
      ],
    )
    return rows[0]?.ok ? (secret ? 'prf' : 'ok') : 'no'
  } catch (e) {
    if ((e as { code?: string }).code) throw e
    return 'no'
  }
}
