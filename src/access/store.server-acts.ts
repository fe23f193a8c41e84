import type pg from 'pg'
import type { Id } from '../base/id.ts'
import { newId } from '../platform/records.ts'

/** What was done on the server's command line. The auditor's page has words for each. */
export type ServerAct =
  | 'installation_made'
  | 'server_team_made'
  | 'server_account_added'
  | 'server_account_closed'
  | 'server_account_readmitted'
  | 'server_keys_recovered'
  | 'server_kit_renewed'
  | 'server_backup_made'
  | 'server_restored'

/**
 * Writes one act of the command line into the journal: nobody's session did it, so it has no actor. On a connection of the role `owner` (`asOwner`) or of a superuser.
 * `agency` decides which auditor sees it.
 */
export const journalAct = async (
  db: pg.ClientBase | pg.Pool,
  record: Id,
  kind: 'account' | 'team' | 'installation',
  agency: Id,
  type: ServerAct,
): Promise<void> => {
  await db.query("select app.journal_write($1, $2, $3, $4, null, $5, '{}', '{}', '{}')", [record, kind, agency, type, newId()])
}

/** An act on a person's account. */
export const journalAccountAct = async (db: pg.ClientBase | pg.Pool, account: Id, type: ServerAct): Promise<void> => {
  const { rows } = await db.query<{ agency_id: Id }>('select agency_id from app.account where id = $1', [account])
  if (rows[0]) await journalAct(db, account, 'account', rows[0].agency_id, type)
}

/** An act on the whole installation: one event for each agency, so that the auditor of each sees it. */
export const journalInstallationAct = async (db: pg.ClientBase | pg.Pool, type: ServerAct): Promise<void> => {
  const { rows } = await db.query<{ id: Id }>('select id from app.agency order by id')
  for (const { id } of rows) await journalAct(db, id, 'installation', id, type)
}
