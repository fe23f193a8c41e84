import { addDays, type Day } from '../base/time.ts'
import type { CloseReason } from '../case/schema.ts'
import { scheduleAfter } from '../follow-up/rules.ts'
import type { Chance } from './rules.random.ts'
import { answered } from './rules.told.ts'
import type { CaseStanding, Circumstance, DemoCase, DemoCheckIn, DemoPerson, DemoStep } from './schema.ts'
import { calms, steps } from './schema.words.ts'

/* What hangs on a case: screening, plan, report, night card, interpreter, check-ins. */

/** No papers, no school, a migrant family: circumstances, and never by themselves a finding. */
const purposes: Readonly<Record<Circumstance, NonNullable<DemoCase['screening']>['purpose']>> = {
  away: null,
  alone: null,
  no_school: null,
  no_papers: null,
  work: 'labour',
  online: 'other',
  begging: 'begging',
}
export const screeningOf = (c: Chance, kind: Circumstance, day: Day): DemoCase['screening'] => {
  const purpose = purposes[kind]
  return {
    day,
    purpose,
    finding: purpose
      ? c.weighted([
          ['presumed', 5],
          ['inconclusive', 3],
          ['not_established', 2],
        ])
      : c.weighted([
          ['not_established', 6],
          ['inconclusive', 2],
        ]),
    atRisk: purpose !== null || c.is(0.4),
  }
}

export const planOf = (c: Chance, opened: Day, last: Day, today: Day, over: boolean): DemoStep[] => {
  const list: DemoStep[] = []
  for (const what of steps) {
    if (!c.is(0.4) || list.length >= 5) continue
    const due = addDays(opened, c.int(2, 60))
    const late = due <= today
    list.push({ what, due, done: over || (late && c.is(0.85)) ? (due < last ? due : last) : null })
  }
  return list
}

export const reportOf = (c: Chance, kind: Circumstance, opened: Day, last: Day): DemoCase['report'] => {
  if (purposes[kind] === null || !c.is(0.7)) return null
  const day = (n: number) => (addDays(opened, n) > last ? null : addDays(opened, n))
  const sent = c.is(0.9) ? day(c.int(0, 1)) : null
  return {
    learned: opened,
    to: c.one(['guardianship', 'guardianship', 'police'] as const),
    sent,
    answered: sent && c.is(0.7) ? day(c.int(3, 9)) : null,
  }
}

export const nightOf = (c: Chance, p: DemoPerson, standing: CaseStanding): DemoCase['night'] =>
  standing === 'closed' || !c.is(0.5)
    ? null
    : {
        nameToUse: p.names[0]!.given,
        language: p.languages[0]!,
        health: c.one(['аллергий не знаем, пока не спрашивали', 'аллергия на орехи, со слов', 'лекарств нет', 'ингалятор в синей сумке']),
        calms: c.one(calms),
        wake: c.one(['Ласточку', 'Сову', 'дежурного специалиста']),
      }

/** Some of the talks are today, so that whoever opens the demonstration as the interpreter finds one. */
export const interpreterOf = (c: Chance, p: DemoPerson, today: Day): DemoCase['interpreter'] =>
  p.tongue === 'ru'
    ? null
    : { day: addDays(today, Math.max(0, c.int(-3, 9))), language: p.tongue, way: c.one(['in_person', 'phone', 'video'] as const) }

/** Those days after closing that have come, as follow-up plans them. What was missed long ago has been caught up with, mostly. */
export const followUp = (c: Chance, p: DemoPerson, closed: Day, reason: CloseReason, today: Day): DemoCheckIn[] =>
  scheduleAfter(closed, reason)
    .filter(due => due <= today)
    .map(due => {
      const came = c.is(due < addDays(today, -60) ? 0.97 : 0.7)
      return {
        due,
        answered: came ? due : null,
        safe: c.weighted<DemoCheckIn['safe']>([
          ['yes', 8],
          ['unsure', 2],
          ['no', 1],
        ]),
        words: came ? answered(c, p.tongue, p.sex) : '',
      }
    })
