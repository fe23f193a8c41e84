import type { Hours } from '../contact/schema.chat.ts'
import { findDeskHours, saveDeskHours } from '../contact/store.desk-hours.ts'
import type { Asked } from '../platform/office.ts'
import { newId } from '../platform/records.ts'
import type { Hand, Hands } from './store.write.ts'

type Agent = Hand & Pick<Asked, 'session'>

/** Weekdays from nine to nine, weekends from eleven to seven. */
const hours: Hours = Array.from({ length: 7 }, (_, day) => (day < 5 ? [540, 1260] : [660, 1140]))

/** When the desk answers, while nobody has said it. */
export const writeDeskHours = async (h: Hands): Promise<void> => {
  const w = (await h.as('supervisor', h.until)) as Agent
  if ((await findDeskHours(w, h.team)).version > 0) return
  await saveDeskHours(w, h.team, { hours, waiting: 'minutes' }, 0, newId())
}
