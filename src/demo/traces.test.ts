import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Id } from '../base/id.ts'
import { type CaseWorld, caseWorld } from '../case/world.testing.ts'
import { matchPolicy } from '../person/policy.match.ts'
import { registerTraces } from '../person/routes.trace.ts'
import { listTraces } from '../person/store.trace.ts'
import { newId } from '../platform/records.ts'
import { tracesTold, writeTraces } from './store.traces.ts'

let w: CaseWorld
beforeAll(async () => {
  w = await caseWorld(registerTraces, [matchPolicy])
}, 120_000)
afterAll(() => w?.end())

test('those who ask after a child wait for a supervisor, once, and whoever wrote them down reads none', async () => {
  const ids: Id[] = Array.from({ length: tracesTold }, () => newId())
  await w.as(w.people.worker, a => writeTraces(a, w.teamA, ids, new Set()))
  await w.as(w.people.worker, a => writeTraces(a, w.teamA, ids, new Set(ids)))
  const read = await w.as(w.people.boss, listTraces)
  expect(read.map(t => [t.id, t.state]).toSorted()).toEqual(ids.map(id => [id, 'new']).toSorted())
  expect(await w.as(w.people.worker, listTraces)).toEqual([])
  expect(w.logged).toEqual([])
})
