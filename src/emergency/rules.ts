import type { Id } from '../base/id.ts'
import { err, ok, type Result } from '../base/result.ts'
import type { Stamp } from '../base/time.ts'
import { type CalledLine, type Card, type CardRow, type EmergencyEvent, emptyCard } from './schema.ts'

export const emergencyErrors = ['card_ended', 'nothing_said', 'nobody_waits', 'no_key'] as const
export type EmergencyError = (typeof emergencyErrors)[number]
type Decided = Result<EmergencyEvent, EmergencyError>
type Live = Pick<CardRow, 'id' | 'state'>

/** After so long without anybody saying "I have it", whoever is at the screen calls for help themselves. */
export const minutesAlone = 5

/** What was said on the card. The kind may stay open: somebody writes where the child is before knowing more. */
export const tell = (c: Live, v: Pick<Card, 'danger' | 'what' | 'where' | 'since'>): Decided =>
  c.state === 'ended'
    ? err('card_ended')
    : v.danger === null && v.what === '' && v.where === '' && v.since === ''
      ? err('nothing_said')
      : ok({ type: 'emergency_told', cardId: c.id, ...v })
export const called = (c: Live, line: CalledLine): Decided =>
  c.state === 'ended' ? err('card_ended') : ok({ type: 'emergency_called', cardId: c.id, line })
export const take = (c: Live, waits: boolean): Decided =>
  c.state === 'ended' ? err('card_ended') : waits ? ok({ type: 'emergency_taken', cardId: c.id }) : err('nobody_waits')
export const endCard = (c: Live, words: string): Decided =>
  c.state === 'ended' ? err('card_ended') : ok({ type: 'emergency_ended', cardId: c.id, words })

export const openingOf = (
  on: { readonly record: Id; readonly kind: CardRow['kind']; readonly homeGroup: Id },
  id: Id,
  by: Id,
  now: Stamp,
): CardRow => ({ ...on, id, state: 'live', openedAt: now, openedBy: by, version: 1, card: emptyCard })

/** The card after an event. */
export const applyCard = (c: CardRow, e: EmergencyEvent): CardRow => {
  const next = (card: Partial<Card>, row: Partial<CardRow> = {}): CardRow => ({
    ...c,
    ...row,
    version: c.version + 1,
    card: { ...c.card, ...card },
  })
  switch (e.type) {
    case 'emergency_opened':
    case 'emergency_taken':
      return c
    case 'emergency_told':
      return next({ danger: e.danger, what: e.what, where: e.where, since: e.since })
    case 'emergency_called':
      return next({ calls: [...c.card.calls, e.line] })
    case 'emergency_ended':
      return next({ ended: e.words }, { state: 'ended' })
  }
}
