import type { Id } from '../base/id.ts'
import { dayOf } from '../base/time.ts'
import { receiveTrace } from '../person/rules.trace.ts'
import type { Asked } from '../person/schema.trace.ts'
import { createTrace } from '../person/store.trace.ts'
import { newId, type Work } from '../platform/records.ts'

const asked: readonly Asked[] = [
  {
    how: 'call',
    asker: 'relative',
    askerName: 'Назвался дядей',
    contact: 'номер скрыт, перезвонит вечером',
    childName: 'Мадина',
    childAge: 'лет пятнадцать',
    sex: 'female',
    origin: 'Душанбе',
    claimed: 'Говорит, что ему сказали: она у вас.',
    wants: 'Просит адрес, чтобы забрать.',
  },
  {
    how: 'letter',
    asker: 'parent',
    askerName: 'Мать, пишет из Оша',
    contact: 'обратный адрес на конверте',
    childName: 'Айбек',
    childAge: '16',
    sex: 'male',
    origin: 'Ош',
    claimed: 'Уехал работать летом, не звонит с сентября.',
    wants: 'Просит передать, что дома его ждут и не сердятся.',
  },
]
export const tracesTold = asked.length

/** Two that ask after a child by telephone and by letter, and wait for a supervisor. Those that are there already stay as they are. */
export const writeTraces = async (
  w: Work & { readonly now: string },
  team: Id,
  ids: readonly Id[],
  there: ReadonlySet<Id>,
): Promise<void> => {
  for (const [n, a] of asked.entries()) {
    const id = ids[n]!
    const e = receiveTrace(a)
    if (there.has(id) || !e.ok || e.value.type !== 'trace_received') continue
    await createTrace(w, { id, homeGroup: team, way: 'ask', received: dayOf(w.now) }, e.value, newId())
  }
}
