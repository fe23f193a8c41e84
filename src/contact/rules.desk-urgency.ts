import { makeChecker } from '../prevention/rules.check.ts'
import { checkMessage } from '../prevention/rules.check-all.ts'
import { carrier, deskWords, type Family, families, familyUrgency } from './schema.desk-words.ts'
import type { SafeNow, Urgency } from './schema.ts'

/** Why something is proposed: the plain answer, what the writer says, or what somebody wrote to them that they show us. */
export type Why = 'unsafe' | 'unsure' | Family | 'shown'
export interface Reason {
  readonly why: Why
  readonly urgency: Urgency
  /** The words that triggered it, as they stand; empty for the plain answer. */
  readonly words: readonly string[]
}
export interface Proposal {
  readonly urgency: Urgency
  readonly reasons: readonly Reason[]
}
const checker = makeChecker(deskWords)
const rank: Readonly<Record<Urgency, number>> = { now: 0, today: 1, week: 2 }
/** No more words than somebody reads at a glance. */
const mostWords = 4

/**
 * How soon somebody should act, by what the sender said and answered; null when nothing was found, which does not mean that it can wait. Runs over opened words inside
 * the session of whoever reads them; nothing of it is stored, and only a person sets the urgency.
 */
export const proposeUrgency = (safeNow: SafeNow, incoming: readonly string[]): Proposal | null => {
  const found = new Map<Family, string[]>()
  const shown: string[] = []
  for (const text of incoming) {
    const { signs } = checker.check(text)
    for (const f of families) {
      const words = signs.find(s => s.id === carrier[f])?.words
      if (words) found.set(f, [...(found.get(f) ?? []), ...words])
    }
    const message = checkMessage(text)
    if (message.warn) shown.push(...message.signs.flatMap(s => s.words))
  }
  const short = (words: readonly string[]) => [...new Set(words)].slice(0, mostWords)
  const reasons: Reason[] = [
    ...(safeNow === 'no' ? [{ why: 'unsafe', urgency: 'now', words: [] } as const] : []),
    ...(safeNow === 'unsure' ? [{ why: 'unsure', urgency: 'today', words: [] } as const] : []),
    ...families.flatMap(f => {
      const words = found.get(f)
      return words ? [{ why: f, urgency: familyUrgency[f], words: short(words) }] : []
    }),
    ...(shown.length > 0 && found.size === 0 ? [{ why: 'shown', urgency: 'today', words: short(shown) } as const] : []),
  ]
  const sorted = reasons.toSorted((a, b) => rank[a.urgency] - rank[b.urgency])
  const first = sorted[0]
  return first ? { urgency: first.urgency, reasons: sorted } : null
}
/** Is the proposal more urgent than what a person has set? Only then is it worth a line. */
export const moreUrgent = (p: Proposal, set: Urgency | null): boolean => set === null || rank[p.urgency] < rank[set]
