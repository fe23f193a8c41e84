import type { Id } from '../base/id.ts'
import type { Stamp } from '../base/time.ts'
import { openJson, SealError, sealJson } from '../platform/crypto.ts'
import { append, type Work } from '../platform/records.ts'
import { type Interpreter, interpreterSchema, openInterpreter, type RegisterEntry } from './schema.ts'

const place = (id: Id) => ({ table: 'interpreter', row: id, compartment: 0 })
interface Row {
  id: Id
  account: Id | null
  state: 'active' | 'paused'
  version: number
  sealed: Buffer
}
const columns = 'id, account_id as account, state, version, sealed'
const opened = (service: Buffer, r: Row): RegisterEntry => ({
  id: r.id,
  account: r.account,
  state: r.state,
  version: r.version,
  ...openInterpreter(openJson(service, place(r.id), r.sealed)),
})

/** The register of the session's agency, by alias. An entry that does not open is left out: one spoilt row must not hide the others at night. */
export const register = async (w: Pick<Work, 'tx'>, service: Buffer): Promise<RegisterEntry[]> => {
  const { rows } = await w.tx.query<Row>(`select ${columns} from app.interpreter`)
  return rows
    .flatMap(r => {
      try {
        return [opened(service, r)]
      } catch (e) {
        if (!(e instanceof SealError)) throw e
        return []
      }
    })
    .sort((a, b) => a.alias.localeCompare(b.alias))
}
export const findInterpreter = async (w: Pick<Work, 'tx'>, service: Buffer, id: Id, lock = false): Promise<RegisterEntry | undefined> => {
  const { rows } = await w.tx.query<Row>(`select ${columns} from app.interpreter where id = $1${lock ? ' for update' : ''}`, [id])
  return rows[0] && opened(service, rows[0])
}

export interface InterpreterState {
  readonly id: Id
  readonly agencyId: Id
  readonly account: Id | null
  readonly state: 'active' | 'paused'
  readonly version: number
  readonly by: Id
  readonly value: Interpreter
}
/** Writes an entry: version 1 is new. The state before stays in the history, and the journal says in its header who changed it. */
export const saveInterpreter = async (w: Work, service: Buffer, s: InterpreterState, command: Id): Promise<void> => {
  const sealed = sealJson(service, place(s.id), interpreterSchema, s.value)
  if (s.version === 1)
    await w.tx.query('insert into app.interpreter (id, agency_id, account_id, state, version, sealed) values ($1, $2, $3, $4, 1, $5)', [
      s.id,
      s.agencyId,
      s.account,
      s.state,
      sealed,
    ])
  else
    await w.tx.query('update app.interpreter set account_id = $2, state = $3, version = $4, sealed = $5 where id = $1', [
      s.id,
      s.account,
      s.state,
      s.version,
      sealed,
    ])
  await w.tx.query('insert into app.interpreter_version (interpreter_id, version, agency_id, by_id, sealed) values ($1, $2, $3, $4, $5)', [
    s.id,
    s.version,
    s.agencyId,
    s.by,
    sealed,
  ])
  await append(w, { record: s.id, kind: 'account', homeGroup: s.agencyId, type: 'interpreter_saved', command, parts: {} })
}

export interface InterpreterVersion {
  readonly version: number
  readonly by: Id
  readonly at: Stamp
  readonly value: Interpreter
}
/** Every state of an entry, newest first. */
export const historyOf = async (w: Pick<Work, 'tx'>, service: Buffer, id: Id): Promise<InterpreterVersion[]> => {
  const { rows } = await w.tx.query<{ version: number; by_id: Id; at: Date; sealed: Buffer }>(
    'select version, by_id, at, sealed from app.interpreter_version where interpreter_id = $1 order by version desc',
    [id],
  )
  return rows.map(r => ({
    version: r.version,
    by: r.by_id,
    at: r.at.toISOString(),
    value: openInterpreter(openJson(service, place(id), r.sealed)),
  }))
}
