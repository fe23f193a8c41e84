import type { Id } from '../base/id.ts'
import type { Work } from '../platform/records.ts'
import { askSecondLook } from './store.access.ts'
import { casesOfPerson } from './store.ts'

/** How many open cases a child has: the picture "only if I go missing" lives as long as one of them. */
export const openCaseCount = async (w: Work, personId: Id): Promise<number> =>
  (await casesOfPerson(w, personId)).filter(c => c.state !== 'closed').length

/** Somebody opened the picture of a child who is missing: a supervisor is told, in every open case of the child. */
export const photoWasOpened = async (w: Work & { actor: { id: Id } }, personId: Id): Promise<void> => {
  for (const c of await casesOfPerson(w, personId)) if (c.state !== 'closed') await askSecondLook(w, c, 'photo_opened')
}
