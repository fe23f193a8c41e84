import type { Id } from '../base/id.ts'
import { err, ok, type Result } from '../base/result.ts'
import type { Day } from '../base/time.ts'
import type { CardRow, NightCard, NightEvent } from './schema.ts'

export const nightErrors = ['case_not_open', 'nothing_said', 'no_card', 'no_such_shelter'] as const
export type NightError = (typeof nightErrors)[number]
interface Case {
  readonly state: 'open' | 'suspended' | 'closed'
}

/** A random code that the shift and the case worker say to each other: it names no case and no child. `drawn` is a case number of the same alphabet. */
export const codeFrom = (drawn: string): string => `N-${drawn.slice(2, 7)}`

/** A card with nothing on it would be read as "nothing to know". */
export const writeCard = (
  c: Case,
  now: Pick<CardRow, 'id' | 'code' | 'since' | 'shelterId'> | undefined,
  cmd: { readonly shelterId: Id; readonly card: NightCard; readonly cardId: Id; readonly code: string },
  today: Day,
): Result<NightEvent, NightError> => {
  if (c.state === 'closed') return err('case_not_open')
  const { watch, ...texts } = cmd.card
  if (watch === 'not_asked' && Object.values(texts).every(x => x === '')) return err('nothing_said')
  return ok({
    type: 'night_card_written',
    cardId: now?.id ?? cmd.cardId,
    code: now?.code ?? cmd.code,
    shelterId: cmd.shelterId,
    // In another house the stay begins anew.
    since: now && now.shelterId === cmd.shelterId ? now.since : today,
    card: cmd.card,
  })
}
export const moveOut = (now: Pick<CardRow, 'id'> | undefined, where: string): Result<NightEvent, NightError> =>
  now ? ok({ type: 'night_card_ended', cardId: now.id, where: where.trim() }) : err('no_card')

/** The card of a case after an event. */
export const applyNight = (
  now: CardRow | undefined,
  of: { readonly caseId: Id; readonly homeGroup: Id },
  e: NightEvent,
): CardRow | undefined => {
  if (e.type === 'night_card_ended') return now?.id === e.cardId ? { ...now, state: 'ended', version: now.version + 1 } : now
  const { type: _, cardId, ...rest } = e
  return { ...of, ...rest, id: cardId, state: 'here', version: now?.id === cardId ? now.version + 1 : 1 }
}
