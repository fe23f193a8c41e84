import type { Id } from '../base/id.ts'
import { addDays, dayOf } from '../base/time.ts'
import { newId } from '../platform/records.ts'
import { writePlan } from '../safe-contact/rules.ts'
import type { Agreed } from '../safe-contact/schema.ts'
import { planOf, savePlanEvent } from '../safe-contact/store.ts'
import type { Hands } from './store.write.ts'

const agreed = (more: Partial<Agreed>): Agreed => ({
  ways: ['chat', 'adult'],
  days: ['1', '3', '5'],
  from: 960,
  until: 1140,
  answerers: [],
  never: ['полиция'],
  coverName: 'кружок рисования',
  language: 'tg',
  how: 'через учительницу, после уроков',
  note: '',
  ...more,
})

/** What was agreed with a child about writing to it: one plan that holds, and one that has run out and waits to be asked about. Where there is one, nothing is added. */
export const writeSafeContact = async (h: Hands, personId: Id, holds: boolean): Promise<void> => {
  const then = addDays(dayOf(h.until), holds ? -6 : -45)
  const w = await h.as('worker', h.until)
  if (await planOf(w, personId)) return
  const what = holds ? agreed({}) : agreed({ ways: ['phone'], never: [], coverName: '', how: 'на номер сестры, вечером' })
  const e = writePlan(undefined, { planId: newId(), agreed: what, until: addDays(then, 30) }, then)
  if (!e.ok) throw new Error(`the rules refuse a plan of the demonstration: ${e.error}`)
  await savePlanEvent(w, { id: personId, homeGroup: h.team }, undefined, e.value, newId())
}
