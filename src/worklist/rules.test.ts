import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays } from '../base/time.ts'
import { asksForHelp, partShown, shorten, splitTasks } from './rules.ts'
import { shortParts, type Task, type Waiting } from './schema.ts'

const today = '2026-11-24'
const task = fc.record({
  id: fc.uuid(),
  caseId: fc.uuid(),
  number: fc.constant('D-0000000'),
  due: fc.integer({ min: -400, max: 400 }).map(n => addDays(today, n)),
  assignee: fc.constant(null),
  area: fc.constantFrom(...(['plan', 'language', 'report', 'follow_up', 'contact'] as const)),
  kind: fc.constantFrom('step', 'decide', 'help', 'missed', 'booked', 'life'),
})

test('what is due never vanishes: each task stands in exactly one part, and the parts are in order', () => {
  fc.assert(
    fc.property(fc.uniqueArray(task, { selector: t => t.id, maxLength: 60 }), fc.nat(5), (all: Task[], more) => {
      const parts = splitTasks(all, today, all.length + more)
      const shown = [...parts.help, ...parts.overdue, ...parts.today, ...parts.soon]
      expect(shown.map(t => t.id).toSorted()).toEqual(all.map(t => t.id).toSorted())
      expect(parts.more).toBe(more)
      expect(parts.help.every(asksForHelp)).toBe(true)
      expect(parts.overdue.every(t => t.due < today)).toBe(true)
      expect(parts.today.every(t => t.due === today)).toBe(true)
      for (const list of [parts.help, parts.overdue, parts.today, parts.soon])
        expect(list.map(t => t.due)).toEqual(list.map(t => t.due).toSorted())
    }),
  )
})

const waitingOf = (all: readonly Task[]): Waiting => ({
  danger: { contacts: [], cases: [], total: 0 },
  nobody: { cases: [], total: 0 },
  due: { cases: [], total: 0, team: false },
  tasks: splitTasks(all, today, all.length),
  unread: 0,
  late: 0,
  mine: { contacts: [], cases: [], more: false },
  deputy: [],
  looks: [],
  intake: [],
  members: 0,
  ownKeys: 0,
  rotation: 0,
  work: 0,
  alerts: 0,
  invitations: 0,
  helplines: 0,
  glass: 0,
  changes: 0,
  traces: 0,
  notices: { notices: 0, invited: 0 },
  agree: 0,
  today,
  leftOut: {},
})
test('a short page keeps every call for help, shows the most urgent of each part, counts what it leaves out, and shows a part whole when asked', () => {
  const tasks = fc.uniqueArray(task, { selector: t => t.id, maxLength: 90 })
  fc.assert(
    fc.property(tasks, fc.constantFrom(undefined, ...shortParts), (all: Task[], whole) => {
      const full = waitingOf(all)
      const { tasks: short, leftOut } = shorten(full, whole)
      expect(short.help).toEqual(full.tasks.help)
      const parts = ['overdue', 'today', 'soon'] as const
      const count = (w: Waiting['tasks']) => parts.reduce((n, p) => n + w[p].length, 0)
      expect(count(short) + Object.values(leftOut).reduce((n, x) => n + x, 0)).toBe(count(full.tasks))
      for (const p of parts) {
        const missed = (t: Task) => t.kind === 'missed' && t.area === 'follow_up'
        if (p === whole) expect(short[p].map(t => t.id).toSorted()).toEqual(full.tasks[p].map(t => t.id).toSorted())
        else {
          expect(short[p].length).toBeLessThanOrEqual(partShown)
          const steps = full.tasks[p].filter(t => !missed(t))
          expect(short[p].filter(t => !missed(t))).toEqual(steps.slice(0, partShown))
        }
      }
    }),
  )
})
