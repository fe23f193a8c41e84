import { addDays, type Day, dayOf } from '../base/time.ts'
import { newId } from '../platform/records.ts'
import { outreachList, saveOutreach } from '../prevention/store.outreach.ts'
import { addPosterCode, newCode, posterCodes } from '../prevention/store.reach.ts'
import { chance } from './rules.random.ts'
import { outreachTold, postersTold, shareTold, weeklyTold } from './schema.reach.ts'
import type { Hand, Hands } from './store.write.ts'

type Agent = Hand & { readonly session: { readonly agencyId: string } }

/** The diary of outreach and the codes of posters, while there are none. */
export const writeOutreach = async (h: Hands, service: Buffer): Promise<void> => {
  const w = (await h.as('supervisor', h.until)) as Agent
  const { agencyId } = w.session
  const today = dayOf(h.until)
  if ((await outreachList(w, service)).length === 0)
    for (const { ago, ...o } of outreachTold)
      await saveOutreach(
        w,
        service,
        { ...o, id: newId(), agencyId, day: addDays(today, -ago), by: w.actor.id, version: 1 },
        w.actor.id,
        newId(),
      )
  if ((await posterCodes(w, service)).length === 0)
    for (const { weekly: _, ...p } of postersTold)
      await addPosterCode(w, service, { ...p, agencyId, made: addDays(today, -60), code: newCode() }, newId())
}

export interface DayCount {
  readonly day: Day
  readonly what: string
  readonly lang: string
  readonly n: number
}
const weeks = 8
/** How often pages were shown and posters were read on the days of the last weeks: invented, small numbers. Today is left to whoever looks now. */
export const reachTold = (today: Day): DayCount[] =>
  Array.from({ length: weeks * 7 }, (_, i) => addDays(today, -1 - i)).flatMap(day =>
    Object.entries(weeklyTold).flatMap(([what, weekly]) =>
      shareTold.flatMap(([lang, share]) => {
        const n = Math.round((weekly * share * chance('reach', day, what, lang).int(60, 140)) / 700)
        return n > 0 ? [{ day, what, lang, n }] : []
      }),
    ),
  )
export const postersRead = (codes: readonly { readonly code: string; readonly name: string }[], today: Day): DayCount[] =>
  Array.from({ length: weeks * 7 }, (_, i) => addDays(today, -1 - i)).flatMap(day =>
    codes.flatMap(({ code, name }) => {
      const weekly = postersTold.find(p => p.name === name)?.weekly ?? 0
      const n = Math.round((weekly * chance('poster', day, name).int(50, 150)) / 700)
      return n > 0 ? [{ day, what: code, lang: '', n }] : []
    }),
  )
