import type { ErrorRef } from '../base/form.ts'
import { formatDay } from '../base/i18n.ts'
import type { Id } from '../base/id.ts'
import type { Channel, Teller } from '../contact/schema.ts'
import type { Asked } from '../platform/office.ts'
import { localTime, maySend, neverWordIn } from './rules.ts'
import { clockOf } from './schema.forms.ts'
import type { Agreed, SendWay } from './schema.ts'
import { hasMoved, plansOfContact } from './store.ts'

/** Who is neither the child nor its family. */
const outsiders: readonly Teller[] = ['witness', 'compatriot', 'teacher', 'doctor', 'police', 'guardianship', 'partner']
const wayOf = async (a: Asked, id: Id, channel: Channel): Promise<SendWay> =>
  (channel === 'telegram' || channel === 'vk') && !(await hasMoved(a, id)) ? 'messenger' : 'chat'

/** What the plan allows instead, for the sentence that refuses. */
const said = (g: Agreed | undefined, until: string, text: string, a: Asked) => ({
  word: (g && neverWordIn(text, g.never)) ?? '',
  ways: g?.ways.map(x => a.t(`safe-contact.way.${x}`)).join(', ') ?? '',
  days: g?.days.map(x => a.t(`safe-contact.weekday.${x}`)).join(', ') ?? '',
  hours: g ? `${clockOf(g.from)}–${clockOf(g.until)}` : '',
  until: formatDay(until, a.t.locale),
})

/**
 * May this answer be sent to whoever wrote? Asked by the contact, which knows nothing of plans: once it became a case, the plan of every child in it must allow the
 * answer. Undefined: yes. Otherwise why not, in words; nothing of what was typed is lost.
 */
export const mayAnswer = async (
  a: Asked,
  contact: { readonly id: Id; readonly channel: Channel; readonly from: Teller | undefined },
  text: string,
): Promise<ErrorRef | undefined> => {
  const plans = await plansOfContact(a, contact.id)
  if (plans.length === 0) return undefined
  const way = await wayOf(a, contact.id, contact.channel)
  const now = localTime(a.now, a.session.timeZone)
  const outsider = contact.from !== undefined && outsiders.includes(contact.from)
  for (const p of plans) {
    const may = maySend(p, { way, now, by: a.actor.id, text, danger: p.passed, outsider })
    if (!may.ok) return { key: `safe-contact.refused.${may.error}`, args: said(p.agreed, p.until, text, a) }
  }
  return undefined
}
