import type { Result } from '../base/result.ts'
import { called, type EmergencyError, endCard, take, tell } from '../emergency/rules.ts'
import type { CalledLine, Card, CardRow, EmergencyEvent } from '../emergency/schema.ts'
import { addToRota, ownPoint, rota, savePoint } from '../emergency/store.on-call.ts'
import { findCard, liveCard, type On, openNewCard, saveCardEvent } from '../emergency/store.ts'
import { newId } from '../platform/records.ts'
import type { Hand, Hands, Part } from './store.write.ts'

const must = (r: Result<EmergencyEvent, EmergencyError>): EmergencyEvent => {
  if (!r.ok) throw new Error(`the rules refuse what the demonstration's card says: ${r.error}`)
  return r.value
}

type Called = Pick<CalledLine, 'whom' | 'outcome' | 'words'>
interface Life {
  readonly told: Pick<Card, 'danger' | 'what' | 'where' | 'since'>
  readonly calls: readonly Called[]
  readonly ended?: string
}
const lives: Readonly<Record<'open' | 'ended', Life>> = {
  open: {
    told: {
      danger: 'attack',
      what: 'Заперт на складе, снаружи двое взрослых. Пишет сам, тихо.',
      where: 'Овощной склад у рынка; видна вышка и зелёные ворота.',
      since: 'с утра',
    },
    calls: [
      { whom: 'rescue', outcome: 'coming', words: 'Приняли, едут; просят держать его на связи.' },
      { whom: 'colleague', outcome: 'told', words: 'Куратор знает.' },
    ],
  },
  ended: {
    told: { danger: 'medical', what: 'Сильный жар второй день, к врачу не пускают.', where: 'Общежитие, третий этаж.', since: 'со вчера' },
    calls: [{ whom: 'ambulance', outcome: 'coming', words: 'Приехали через двадцать минут.' }],
    ended: 'В больнице, рядом соцработник. Стало легче.',
  },
}

/** A card of life in danger, told, with who was called, taken by whoever is on duty; one of the two is over. Where a card stands already, nothing is added. */
export const writeLife = async (w: Hand, on: On, which: keyof typeof lives): Promise<void> => {
  if (await liveCard(w, on.record)) return
  const life = lives[which]
  const id = newId()
  await openNewCard(w, on, id, w.actor.id, newId())
  const act = async (decide: (c: CardRow) => Result<EmergencyEvent, EmergencyError>) => {
    const c = await findCard(w, id, true)
    if (!c?.card) throw new Error('the desk cannot read the card it has just opened')
    const row = { ...c, card: c.card }
    await saveCardEvent(w, row, must(decide(row)), newId())
  }
  await act(c => tell(c, life.told))
  for (const line of life.calls) await act(c => called(c, { ...line, at: w.now, by: w.actor.id }))
  await act(c => take(c, true))
  const { ended } = life
  if (ended) await act(c => endCard(c, ended))
}

/** Who is on call: the desk by day, the case worker by night, the supervisor always; and where each of them is reached. Only while the team has no rota. */
export const writeRota = async (h: Hands, service: Buffer): Promise<void> => {
  const boss = await h.as('supervisor', h.until)
  if ((await rota(boss)).some(r => r.teamId === h.team)) return
  const point = { duty: '+7 000 000-00-01', worker: '+7 000 000-00-02', supervisor: '+7 000 000-00-03' }
  for (const who of ['duty', 'worker', 'supervisor'] as const satisfies readonly Part[]) {
    if (!h.has(who)) continue
    const w = await h.as(who, h.until)
    if (!(await ownPoint(w, service, w.actor.id)))
      await savePoint(w, service, w.actor.id, { mail: `demo-${who}@example.invalid`, phone: point[who], lang: 'ru' })
    const line = { teamId: h.team, userId: w.actor.id }
    const again = await h.as('supervisor', h.until)
    if (who === 'supervisor') await addToRota(again, { ...line, weekday: null, from: 0, until: 1440 })
    else
      for (let weekday = 1; weekday <= 7; weekday++)
        await addToRota(again, { ...line, weekday, ...(who === 'duty' ? { from: 540, until: 1260 } : { from: 1260, until: 540 }) })
  }
}
