import { type Id, isId } from '../base/id.ts'
import { openJson, sealJson } from '../platform/crypto.ts'
import type { Tx } from '../platform/db.ts'
import type { Asked } from '../platform/office.ts'
import { newId } from '../platform/records.ts'
import { sessionKey } from '../platform/vault.ts'
import { type HeldForm, heldSchema, openHeld } from './schema.ts'

const heldPlace = (id: Id) => ({ table: 'held_form', row: id, compartment: 0 })
const secretFields = new Set(['password', 'again', 'old', 'code', 'pin', 'recovery', 'setup', 'assertion', 'prf'])
/** Keeps a form sent while the session was locked, sealed under a key that only the cookie gives. Passwords and codes are not kept. */
export const holdForm = async (tx: Tx, token: string, path: string, body: Readonly<Record<string, unknown>>): Promise<void> => {
  // Under the id of its command, so that it waits no more once it was sent. The same form again takes the place of the earlier one.
  const id = isId(body.command) ? body.command : newId()
  const fields: Record<string, string | string[]> = {}
  for (const [k, v] of Object.entries(body)) {
    if (secretFields.has(k)) continue
    if (typeof v === 'string') fields[k] = v
    else if (Array.isArray(v) && v.every(x => typeof x === 'string')) fields[k] = v as string[]
  }
  await tx.query('select app.hold_form($1, $2)', [
    id,
    sealJson(sessionKey(token), heldPlace(id), heldSchema, { path, fields } satisfies HeldForm),
  ])
}
/** The forms that wait, newest first. */
export const heldForms = async (tx: Tx, token: string): Promise<readonly (HeldForm & { id: Id })[]> => {
  const { rows } = await tx.query<{ id: Id; sealed: Buffer }>('select id, sealed from app.held_forms()')
  return rows.map(r => ({ id: r.id, ...openHeld(openJson(sessionKey(token), heldPlace(r.id), r.sealed)) }))
}
export const dropHeld = async (a: Pick<Asked, 'tx'>, id: unknown): Promise<void> => {
  if (isId(id)) await a.tx.query('select app.held_drop($1)', [id])
}
