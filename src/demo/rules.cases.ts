import { addDays, type Day } from '../base/time.ts'
import type { CloseReason, Danger } from '../case/schema.ts'
import { followUp, interpreterOf, nightOf, planOf, reportOf, screeningOf } from './rules.cases-more.ts'
import { type DemoFamily, familyFrom, person } from './rules.people.ts'
import { type Chance, chance } from './rules.random.ts'
import { told } from './rules.told.ts'
import { staying } from './schema.places.ts'
import {
  type CaseStanding,
  type Circumstance,
  circumstances,
  type DemoArrival,
  type DemoCase,
  type DemoNote,
  type DemoPerson,
} from './schema.ts'
import * as w from './schema.words.ts'

/** Two years, in days. */
const span = 730
/** Nothing is learned after today, nor before the case was opened. */
const within = (day: Day, from: Day, to: Day): Day => (day < from ? from : day > to ? to : day)

const standingOf = (c: Chance, age: number): CaseStanding => {
  if (age <= 5) return c.is(0.5) ? 'new' : 'open'
  if (age < 40)
    return c.weighted<CaseStanding>([
      ['open', 15],
      ['suspended', 1],
      ['closed', 1],
    ])
  if (age < 200)
    return c.weighted<CaseStanding>([
      ['open', 9],
      ['suspended', 1],
      ['closed', 9],
      ['reopened', 1],
    ])
  return c.weighted<CaseStanding>([
    ['open', 3],
    ['suspended', 1],
    ['closed', 20],
    ['reopened', 2],
  ])
}
const closeReasonOf = (c: Chance): CloseReason =>
  c.weighted<CloseReason>([
    ['goals_met', 10],
    ['moved', 4],
    ['transferred', 3],
    ['aged_out', 2],
    ['lost_contact', 3],
    ['opened_in_error', 1],
  ])

const notesOf = (c: Chance, p: DemoPerson, kind: Circumstance, from: Day, to: Day, settled: boolean): DemoNote[] => {
  const base = { language: 'ru' as const, source: 'worker' as const, interpreter: 'none' as const, happened: '', paperBy: '' }
  const days = Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000))
  const at = (n: number) => within(addDays(from, n), from, to)
  const list: DemoNote[] = [
    { ...base, day: at(0), compartment: 'summary', text: c.one(w.firstNotes), paperBy: c.is(0.15) ? c.one(w.paperBy) : '' },
    {
      ...base,
      day: at(c.int(0, 3)),
      compartment: 'story',
      text: told(c, p, kind),
      language: p.tongue,
      source: 'child',
      interpreter:
        p.tongue === 'ru'
          ? 'none'
          : c.weighted([
              ['professional', 3],
              ['diaspora', 1],
              ['none', 1],
            ]),
      happened: c.one(w.happened),
    },
  ]
  const more = Math.min(4, Math.floor(days / 20))
  for (let i = 0; i < more; i += 1) {
    const text = c.one(settled && i > 1 ? w.laterNotes : w.workNotes)
    if (!list.some(n => n.text === text)) list.push({ ...base, day: at(c.int(4, Math.max(5, days))), compartment: 'summary', text })
  }
  if (c.is(0.2)) list.push({ ...base, day: at(c.int(1, Math.max(2, days))), compartment: 'legal', text: c.one(w.legalNotes) })
  if (c.is(0.2)) list.push({ ...base, day: at(c.int(1, Math.max(2, days))), compartment: 'health', text: c.one(w.healthNotes) })
  return list.toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
}

const oneCase = (seed: string | number, n: number, today: Day, opened: Day, kind: Circumstance, p: DemoPerson): DemoCase => {
  const c = chance('case', seed, n)
  const age = Math.round((Date.parse(today) - Date.parse(opened)) / 86_400_000)
  const standing = standingOf(c, age)
  const settled = standing === 'closed' || standing === 'reopened'
  const closed = settled ? within(addDays(opened, c.int(30, Math.max(31, Math.min(300, age)))), opened, today) : null
  const reopened = standing === 'reopened' ? within(addDays(closed!, c.int(14, 120)), closed!, today) : null
  const danger: Danger =
    standing === 'new'
      ? c.weighted<Danger>([
          ['not_assessed', 5],
          ['concern', 2],
          ['danger', 1],
        ])
      : settled && !reopened
        ? c.weighted<Danger>([
            ['none', 6],
            ['concern', 1],
          ])
        : c.weighted<Danger>([
            ['none', 18],
            ['concern', 7],
            ['danger', 2],
            ['not_assessed', 1],
          ])
  const closeReason = closeReasonOf(c)
  const open = standing === 'open' || standing === 'suspended' || standing === 'reopened'
  const last = reopened ? today : (closed ?? today)
  return {
    n,
    person: p,
    circumstance: kind,
    standing,
    danger,
    dangerWhy: danger === 'danger' ? c.one(w.dangerWhys) : danger === 'concern' ? c.one(w.concernWhys) : c.one(w.calmWhys),
    opened,
    accepted: standing === 'new' ? null : within(addDays(opened, c.int(0, 2)), opened, last),
    closed,
    closeReason,
    closeNote: '',
    reopened,
    reopenWhy: c.one(w.reopenWhys),
    // What is dangerous is looked at within days.
    due: open
      ? addDays(
          today,
          danger === 'danger'
            ? c.int(0, 2)
            : standing === 'suspended'
              ? c.int(30, 90)
              : c.weighted([
                  [c.int(0, 2), 2],
                  [c.int(3, 14), 5],
                  [c.int(15, 40), 2],
                ]),
        )
      : null,
    dueWhat: c.one(w.dueWhats),
    dueSaid: within(addDays(today, -c.int(0, 20)), reopened ?? opened, today),
    stays: c.one(staying),
    notes: notesOf(c, p, kind, opened, closed ?? today, settled),
    screening: screeningOf(c, kind, within(addDays(opened, c.int(1, 10)), opened, last)),
    plan: planOf(c, opened, last, today, settled && !reopened),
    report: reportOf(c, kind, opened, last),
    night: nightOf(c, p, standing),
    interpreter: interpreterOf(c, p, today),
    checkIns: closed ? followUp(c, p, closed, closeReason, today) : [],
  }
}
const withNote = (x: DemoCase): DemoCase => ({ ...x, closeNote: w.closeNotes[x.closeReason][x.n % w.closeNotes[x.closeReason].length]! })

/** So many children come from one flat together; in the middle of the first few hundred, and then once in a while. */
const flatSize = 9
const isFlat = (seed: string | number, at: number) => at > 20 && chance('flat', seed, Math.floor(at / 300)).int(30, 60) === at % 300

/**
 * n cases of a seed as they arrived, newest day last, over two years up to `today`. The same seed, number and day give the same children; the days spread over the whole
 * time by the place among n.
 */
export function* demoArrivals(seed: string | number, n: number, today: Day): Generator<DemoArrival> {
  for (let at = 0; at < n; ) {
    const c = chance('arrival', seed, at)
    const left = n - at
    const kind = left >= flatSize && isFlat(seed, at) ? 'group' : left >= 3 && c.is(0.1) ? 'siblings' : 'alone'
    const size = kind === 'group' ? flatSize : kind === 'siblings' ? c.int(2, 3) : 1
    // The share of the way from the oldest to the newest, with the last days fuller: there is always something of this week.
    const back = Math.floor(span * (1 - (at + size / 2) / n) ** 1.5)
    const day = addDays(today, -back)
    const circumstance = kind === 'group' ? 'work' : c.one(circumstances)
    const family: DemoFamily = familyFrom(c, kind === 'group' ? 'uzbekistan' : undefined)
    const taken: string[] = []
    const cases: DemoCase[] = []
    for (let i = 0; i < size; i += 1) {
      // Boys of one flat are no brothers: each has a family of his own.
      const p = person(seed, at + i, today, {
        ...(kind === 'siblings'
          ? { family }
          : kind === 'group'
            ? { family: familyFrom(chance('boy', seed, at + i), i < 6 ? 'uzbekistan' : 'tajikistan') }
            : {}),
        ...(kind === 'group' ? { sex: 'male' as const, age: 13 + (i % 5) } : {}),
        ...(kind === 'siblings' ? { age: 6 + i * 4, sex: i === 1 ? ('male' as const) : ('female' as const) } : {}),
        not: taken,
      })
      taken.push(p.names[0]!.given)
      cases.push(withNote(oneCase(seed, at + i, today, day, circumstance, p)))
    }
    const worst = cases.some(x => x.danger === 'danger')
    yield {
      key: `${seed}/${at}`,
      kind,
      door:
        kind === 'group'
          ? 'walk_in'
          : c.weighted([
              ['walk_in', 4],
              ['call', 3],
              ['letter', 1],
              ['report', 2],
            ]),
      day,
      shared:
        kind === 'group' ? w.flat : kind === 'siblings' ? `${w.family} ${c.one(w.shared[circumstance])}` : c.one(w.shared[circumstance]),
      safeNow: worst ? c.one(['no', 'unsure'] as const) : c.one(['yes', 'yes', 'unsure'] as const),
      urgency: worst ? 'now' : c.one(['today', 'week', 'week'] as const),
      cases,
    }
    at += size
  }
}
/** The same as a plain list of cases. */
export const demoCases = (seed: string | number, n: number, today: Day): DemoCase[] =>
  [...demoArrivals(seed, n, today)].flatMap(a => a.cases)
