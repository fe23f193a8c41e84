import type { Id } from '../base/id.ts'
import { hkdf, random, sha256 } from '../platform/crypto.ts'
import { asSession, type Tx } from '../platform/db.ts'
import { decodePaper, encodePaper } from '../platform/kit.ts'
import { newRecoveryCode, printedSecret, recoveryKeys, sealTotp } from '../platform/onetime.ts'
import { newId } from '../platform/records.ts'
import { newUserKeys, sealUserKeys, signingPair, type UserKeys } from '../platform/vault.ts'
import type { AccessDeps } from './store.session.ts'

export const invitationDays = 7
/** A new invitation: the code for the link, and what the database keeps of it. */
export const newInvitation = (): { code: string; verifier: Buffer } => {
  const bytes = random(20)
  return { code: encodePaper(bytes), verifier: sha256(bytes) }
}
/** The secret behind an invitation's code; undefined when it is mistyped. */
export const invitationSecret = (code: string): Buffer | undefined => {
  const b = decodePaper(code)
  return b?.length === 20 ? b : undefined
}

/** A fresh recovery code with what the database keeps: the keys sealed under it, and the check of its other half. */
export const newRecovery = (userId: Id, keys: UserKeys): { code: string; bundle: Buffer; verifier: Buffer } => {
  const code = newRecoveryCode()
  const r = recoveryKeys(code)
  if (!r) throw new Error('a recovery code of our own making must be readable')
  return { code, bundle: sealUserKeys(r.wrap, userId, keys), verifier: sha256(r.verify) }
}

export interface Enrolment {
  readonly invitation: Buffer
  readonly userId: Id
  readonly password: string
  readonly totpSecret: string | null
  readonly printed: readonly string[]
}
/** Takes an invitation up: makes the person's keys and stores them sealed under password and recovery code. Null when the invitation is not valid any more. */
export const enrol = async (
  deps: Pick<AccessDeps, 'pool' | 'keys' | 'passwords'>,
  e: Enrolment,
): Promise<{ recovery: string; keys: UserKeys; verify: Buffer } | null> => {
  const keys = newUserKeys()
  const salt = deps.passwords.newSalt()
  const secret = await deps.passwords.keys(e.password, salt)
  const recovery = newRecovery(e.userId, keys)
  const { rows } = await asSession(deps.pool, null, tx =>
    tx.query<{ u: Id | null }>('select app.invite_accept($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::uuid[], $11::bytea[]) as u', [
      e.invitation,
      keys.box.publicKey,
      signingPair(keys).publicKey,
      salt,
      sealUserKeys(secret.wrap, e.userId, keys),
      sha256(secret.verify),
      recovery.bundle,
      recovery.verifier,
      e.totpSecret ? sealTotp(deps.keys.totp, e.userId, e.totpSecret) : null,
      e.printed.map(() => newId()),
      e.printed.map(c => sha256(printedSecret(deps.keys.pepper, e.userId, c))),
    ]),
  )
  return rows[0]?.u ? { recovery: recovery.code, keys, verify: secret.verify } : null
}

/** Whom an invitation is for; null when it is not valid. */
export const invitationOf = async (tx: Tx, secret: Buffer): Promise<{ id: Id; profile: Buffer } | null> => {
  const { rows } = await tx.query<{ i: { id: Id; profile: string } | null }>('select app.invite_look($1) as i', [secret])
  const i = rows[0]?.i
  return i ? { id: i.id, profile: Buffer.from(i.profile, 'base64') } : null
}

/** The password of a demonstration's person: derived, so that the office can sign anybody in with one click. The database refuses such a session anywhere else. */
export const demoPassword = (pepper: Buffer, userId: Id): string =>
  hkdf(pepper, `doverie/demo-password/${userId}`, 15).toString('base64url')
