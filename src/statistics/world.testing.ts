import type { CaseWorld } from '../case/world.testing.ts'
import { caseWorld } from '../case/world.testing.ts'
import { closurePolicy } from '../closure/policy.ts'
import { registerClosure } from '../closure/routes.ts'
import { random } from '../platform/crypto.ts'
import type { JobContext } from '../platform/jobs.ts'
import type { Office } from '../platform/office.ts'
import type { Person } from '../platform/testing.session.ts'
import { screeningPolicy } from '../screening/policy.ts'
import { registerScreening, screeningPart } from '../screening/routes.ts'
import { countCases, type StatisticsKeys } from './jobs.ts'
import { statisticsPolicy } from './policy.ts'
import { registerStatistics } from './routes.ts'
import type { ReadScreening } from './store.facts.ts'
import { leaveCodes } from './store.outbox.ts'
import { screeningOf } from './store.screening.ts'

export interface StatisticsWorld extends CaseWorld {
  readonly analyst: Person
  readonly foreignAnalyst: Person
  readonly keys: StatisticsKeys
  /** What the hook had to leave out. */
  readonly leftOut: string[]
  /** Runs the job once. */
  count(): Promise<{ cases: number; unopened: number }>
}

/** Cases with the hook, the screens and the job of statistics. `service` is learned from the office itself. */
export const statisticsWorld = async (screening: ReadScreening = screeningOf): Promise<StatisticsWorld> => {
  let office: Office | undefined
  const leftOut: string[] = []
  const w = await caseWorld(
    o => {
      office = o
      registerScreening(o)
      registerClosure(o)
      registerStatistics(o, screening)
      // The office of a test is made before what is registered in it.
      Object.assign(o.deps, { changed: leaveCodes(o.deps.keys.service, screening, code => void leftOut.push(code)) })
    },
    [screeningPolicy, closurePolicy, statisticsPolicy],
    [screeningPart],
  )
  const keys = { service: office!.deps.keys.service, statistics: random(32) }
  const context: JobContext = { pool: w.db.pool('job', 2), clock: () => w.clock.now ?? new Date() }
  return {
    ...w,
    keys,
    leftOut,
    analyst: await w.person({ agency: w.agencyId, roles: ['analyst'], alias: 'Щегол' }),
    foreignAnalyst: await w.person({ agency: w.people.stranger.agency, roles: ['analyst'], alias: 'Чужой щегол' }),
    count: () => countCases(context, keys),
  }
}
