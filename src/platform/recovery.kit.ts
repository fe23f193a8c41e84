import pg from 'pg'
import type { Id } from '../base/id.ts'
import { type BoxPair, boxOpen, boxSeal } from './crypto.ts'

/**
 * Puts another recovery kit in the place of the present one: whatever is sealed to the old one is opened with it and sealed to the new one, all or nothing.
 * Runs as superuser while no site runs: an office process could be sealing to the old kit at this moment. Backups that were made before still need the old pages.
 * Returns how many keys were sealed anew.
 */
export const renewKit = async (o: { connection: pg.ClientConfig; old: BoxPair; recoveryPublic: Buffer }): Promise<number> => {
  const db = new pg.Client(o.connection)
  await db.connect()
  const again = (sealed: Buffer) => boxSeal(o.recoveryPublic, boxOpen(o.old, sealed))
  try {
    await db.query('begin')
    await db.query('lock table app.installation, app.recovery_epoch, app.key_wrap, app.match_key in exclusive mode')
    const { rows: epochs } = await db.query<{ id: Id; sealed: Buffer }>('select id, sealed from app.recovery_epoch')
    for (const e of epochs) await db.query('update app.recovery_epoch set sealed = $2 where id = $1', [e.id, again(e.sealed)])
    const { rows: wraps } = await db.query<{ place: string; wrapped: Buffer }>(
      "select ctid::text as place, wrapped from app.key_wrap where holder = 'recovery'",
    )
    for (const w of wraps) await db.query('update app.key_wrap set wrapped = $2 where ctid = $1::tid', [w.place, again(w.wrapped)])
    const { rows: match } = await db.query<{ version: number; recovery: Buffer }>('select version, recovery from app.match_key')
    for (const m of match) await db.query('update app.match_key set recovery = $2 where version = $1', [m.version, again(m.recovery)])
    await db.query('update app.installation set recovery_public = $1', [o.recoveryPublic])
    await db.query('commit')
    return epochs.length + wraps.length + match.length
  } catch (e) {
    await db.query('rollback').catch(() => undefined)
    throw e
  } finally {
    await db.end()
  }
}
