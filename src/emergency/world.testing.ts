import type { Id } from '../base/id.ts'
import { caseWorld } from '../case/world.testing.ts'
import { contactPolicy } from '../contact/policy.ts'
import { registerContact } from '../contact/routes.ts'
import { hiddenOf, type Person } from '../platform/testing.session.ts'
import { emergencyPolicy } from './policy.ts'
import { emergencyPart, registerEmergency } from './routes.ts'

/** Words that a card says and nothing else may. */
export const canary = {
  where: 'склад-канарейка у вокзала',
  what: 'канарейка кричит',
  note: 'диспетчер-канарейка',
  became: 'канарейка у врачей',
}

/** Contacts, cases and cards, with everybody who may and may not. */
export const emergencyWorld = async () => {
  const w = await caseWorld(
    o => {
      registerContact(o)
      registerEmergency(o)
    },
    [contactPolicy, emergencyPolicy],
    [emergencyPart],
  )
  const press = async (who: Person, path: string): Promise<Id> => {
    const r = await w.post(who, `/ru${path}/life`, {})
    const id = /life\/([0-9a-f-]{36})/.exec(String(r.headers.location))?.[1]
    if (!id) throw new Error(`${path}: ${r.statusCode} ${r.headers.location}`)
    return id
  }
  const act = async (who: Person, card: Id, name: string, fields: Readonly<Record<string, string>>) => {
    const url = `/ru/life/${card}/${name}`
    return w.post(who, url, { ...hiddenOf((await w.get(who, `/ru/life/${card}`)).body, url), ...fields })
  }
  /** Where a member of staff is reached. */
  const reach = (who: Person, mail: string, phone = '') => w.send(who, '/on-call/me', { mail, phone, lang: 'ru' })
  return { ...w, press, act, reach }
}
export type EmergencyWorld = Awaited<ReturnType<typeof emergencyWorld>>
