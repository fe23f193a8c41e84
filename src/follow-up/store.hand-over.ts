import { directory } from '../access/store.directory.ts'
import type { Option } from '../base/form.ts'
import type { Id } from '../base/id.ts'
import type { Compartment } from '../base/people.ts'
import type { Day } from '../base/time.ts'
import type { CaseRow } from '../case/schema.ts'
import { type CaseGrant, endGrant, exclusionsOf, grantsOf, shareCase } from '../case/store.access.ts'
import type { Asked, Office } from '../platform/office.ts'
import type { FollowUpEvent } from './schema.ts'
import { writeHandedOver } from './store.ts'

/* Who asks after the child when the case is closed. They get what asking needs and nothing of the story: how the child is, what it is called, where it lives. */

export const handedOver: readonly Compartment[] = ['follow_up', 'identity', 'whereabouts']
/** A share that is this one, and no other that somebody gave for a reason of their own. */
const isHandOver = (g: CaseGrant): boolean =>
  g.purpose === 'share' &&
  g.rights.includes('write') &&
  g.compartments.length === handedOver.length &&
  handedOver.every(x => g.compartments.includes(x))

export interface Asker {
  readonly id: Id
  readonly alias: string
  readonly publicX: Buffer
  /** It is their work: one of them alone is proposed. */
  readonly followUp: boolean
}
/** Those of the case's team who can be asked to: they have keys, and the case is not closed to them. Whoever follows up stands first. */
export const askersOf = async (a: Asked, o: Office, c: CaseRow): Promise<readonly Asker[]> => {
  const [d, excluded] = await Promise.all([directory(a, o.deps.keys.service, a.lang), exclusionsOf(a, c.id)])
  const works = (user: Id, fn: 'follow_up' | 'casework') =>
    d.members.some(m => m.teamId === c.homeGroup && m.userId === user && m.fn === fn && m.confirmedBy !== null)
  return d.people
    .flatMap((p): Asker[] => {
      const followUp = p.roles.includes('follow_up_worker') && works(p.id, 'follow_up')
      const may = followUp || (p.roles.includes('case_worker') && works(p.id, 'casework'))
      return may && p.state === 'active' && p.publicX && !excluded.some(x => x.excluded === p.id)
        ? [{ id: p.id, alias: p.alias, publicX: p.publicX, followUp }]
        : []
    })
    .toSorted((x, y) => Number(y.followUp) - Number(x.followUp) || (x.alias < y.alias ? -1 : 1))
}
export const askerOptions = (list: readonly Asker[]): Option[] => list.map(x => ({ value: x.id, text: x.alias }))
/** Chosen beforehand where there is no question who. */
export const proposed = (list: readonly Asker[]): Id | undefined => {
  const own = list.filter(x => x.followUp)
  return own.length === 1 ? own[0]!.id : undefined
}
/** Whoever was given the follow-up and may still ask. */
export const askingNow = async (a: Asked, caseId: Id): Promise<readonly CaseGrant[]> => (await grantsOf(a, caseId)).filter(isHandOver)

/**
 * Gives the follow-up to one colleague and takes it from whoever had it before. The event is written first: it makes the follow-up's key where nothing was sealed yet,
 * and a key that is not there cannot be given.
 */
export const handOver = async (
  a: Asked,
  c: CaseRow,
  v: { readonly grantId: Id; readonly to: Asker; readonly until: Day },
  command: Id,
): Promise<void> => {
  const event: Extract<FollowUpEvent, { type: 'follow_up_handed_over' }> = {
    type: 'follow_up_handed_over',
    grantId: v.grantId,
    user: v.to.id,
    until: v.until,
  }
  await writeHandedOver(a, c, event, command)
  for (const g of await askingNow(a, c.id)) await endGrant(a, c, g)
  await shareCase(a, c, {
    grantId: v.grantId,
    user: v.to.id,
    publicX: v.to.publicX,
    compartments: handedOver,
    write: true,
    until: `${v.until}T20:59:59.000Z`,
    by: a.actor.id,
  })
}
