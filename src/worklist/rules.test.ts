import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays } from '../base/time.ts'
import { asksForHelp, splitTasks } from './rules.ts'
import type { Task } from './schema.ts'

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
