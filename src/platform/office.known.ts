import { createHash } from 'node:crypto'
import type { Id } from '../base/id.ts'
import type { SessionView } from './office.answer.ts'
import { whenForgotten } from './vault.ts'

/** What app.session_open() said last, by session: kept as long as the vault of that session, and never believed without asking again in the same transaction. */
export interface KnownSession {
  readonly text: string
  readonly session: SessionView
}
const known = new Map<string, KnownSession>()
const tokensOf = new Map<Id, string>()
const nameOf = (token: string): string => createHash('sha256').update(token).digest('base64')
/** Keeps what a request has just been told. */
export const remember = (token: string, k: KnownSession): void => {
  known.set(nameOf(token), k)
  tokensOf.set(k.session.id, nameOf(token))
}
/** What this token's session was at its last request, if it was open in this process. */
export const recall = (token: string): KnownSession | undefined => known.get(nameOf(token))
whenForgotten(id => {
  known.delete(tokensOf.get(id) ?? '')
  tokensOf.delete(id)
})
