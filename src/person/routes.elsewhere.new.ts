import type { Id } from '../base/id.ts'
import { dayOf } from '../base/time.ts'
import type { Asked, Office } from '../platform/office.ts'
import { askedOfNew } from './rules.elsewhere.ts'
import { askElsewhere, askingTeam } from './store.elsewhere.ts'

/**
 * Search before create goes on to other teams: before records of these children are made, each is asked about once. Gives the word for the page that comes next, the same
 * for a child nobody knows and for one whose record this session is kept from.
 */
export const askForNew = async (
  a: Asked,
  o: Pick<Office, 'deps'>,
  chosen: Id,
  children: readonly { readonly name: string; readonly age: string }[],
): Promise<'saved' | 'told' | 'not-asked'> => {
  const team = askingTeam(a, chosen)
  const named = children.filter(c => c.name.trim() !== '').map(askedOfNew)
  if (!team || named.length === 0 || !a.can('match:elsewhere')) return 'saved'
  a.saw('match.elsewhere', [team])
  const said = await askElsewhere(a, named, { service: o.deps.keys.service, team, on: dayOf(a.now, a.session.timeZone) })
  return said === 'told' ? 'told' : said === 'limit' ? 'not-asked' : 'saved'
}
