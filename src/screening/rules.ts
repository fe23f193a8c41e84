import type { Id } from '../base/id.ts'
import { err, ok, type Result } from '../base/result.ts'
import { coarse, type Day, type Stamp } from '../base/time.ts'
import {
  type Act,
  type Answer,
  type Answers,
  type Approach,
  acts,
  circumstances,
  type Decision,
  emptyScreening,
  type Fact,
  type KnownFact,
  type Outcome,
  type Purpose,
  purposes,
  type Recording,
  type Route,
  type Said,
  type Screening,
  type ScreeningCodes,
  type ScreeningEvent,
  type ScreeningSummary,
} from './schema.ts'

export const screeningErrors = [
  'closed',
  'no_key',
  'team_has_no_key',
  'nothing_changes',
  'nothing_chosen',
  'learned_in_future',
  'reason_missing',
  'text_missing',
  'body_missing',
  'fact_gone',
] as const
export type ScreeningError = (typeof screeningErrors)[number]
type Decided = Result<ScreeningEvent, ScreeningError>
const blank = (s: string) => s.trim() === ''

/** What a form says of the source, as it was typed. */
export interface SaidNow {
  readonly source?: Said['source'] | undefined
  readonly confidence?: Said['confidence'] | undefined
  readonly happened?: string | undefined
  readonly learned?: Day | undefined
  readonly paperBy?: string | undefined
}
const said = (v: SaidNow, r: Recording): Said => ({
  source: v.source ?? 'unknown',
  confidence: v.confidence ?? 'not_assessed',
  happened: v.happened ?? '',
  learned: v.learned ?? r.today,
  paperBy: v.paperBy ?? '',
  by: r.by,
  at: r.now,
})
const inFuture = (v: SaidNow, r: Recording) => v.learned !== undefined && v.learned > r.today

/** The instant of a wall clock in a time zone. */
const instant = (day: Day, clock: string, timeZone: string): number => {
  const guess = Date.parse(`${day}T${clock}:00Z`)
  const p = Object.fromEntries(
    new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'short', timeStyle: 'medium', hourCycle: 'h23' })
      .formatToParts(new Date(guess))
      .map(x => [x.type, x.value]),
  )
  return guess - (Date.parse(`${p.year}-${p.month}-${p.day}T${p.hour}:${p.minute}:${p.second}Z`) - guess)
}
/** From when the clock of the report runs: the moment given; without one now, and for an earlier day its beginning, which is the careful reading. Null: not yet come. */
export const learnedAt = (day: Day | undefined, clock: string | undefined, r: Recording): Stamp | null => {
  if ((day === undefined || day === r.today) && clock === undefined) return coarse(r.now)
  const at = instant(day ?? r.today, clock ?? '00:00', r.timeZone)
  return at > Date.parse(r.now) ? null : coarse(new Date(at).toISOString())
}

export const setCircumstances = (
  s: Screening,
  v: SaidNow & { readonly answers: Answers; readonly about: string },
  r: Recording,
): Decided => {
  if (inFuture(v, r)) return err('learned_in_future')
  if (circumstances.every(c => s.summary.circumstances[c] === v.answers[c]) && v.about === s.words.about) return err('nothing_changes')
  return ok({ type: 'screening_circumstances_set', answers: v.answers, about: v.about, said: said(v, r) })
}

const standing = (facts: readonly Fact[], kind: Fact['kind']) => facts.filter(f => f.kind === kind && f.withdrawn === null)
/** For a child an act and a purpose are enough: no means are asked for, and consent decides nothing (Palermo Protocol art. 3 c). */
export const actAndPurpose = (w: { readonly facts: readonly Fact[] }): boolean =>
  standing(w.facts, 'act').length > 0 && standing(w.facts, 'purpose').length > 0

/** The clock: it starts with the first known fact, and starts anew, shorter, when danger to life is learned later. It never stops here: a named person answers it. */
const clock = (before: KnownFact | null, facts: readonly Fact[], life: boolean, learned: Stamp): KnownFact | null => {
  if (before) return life && !before.life ? { learned, life: true } : before
  return facts.some(f => f.kind === 'known' && f.withdrawn === null) || actAndPurpose({ facts }) ? { learned, life } : null
}

export interface AddFacts extends SaidNow {
  readonly acts: readonly Act[]
  readonly purposes: readonly Purpose[]
  /** A fact of abuse or exploitation beside the list. */
  readonly known: boolean
  readonly life: Answer
  readonly text: string
  /** `HH:MM` of the day on which it was learned. */
  readonly clock?: string | undefined
}
/** Each act and each purpose becomes a fact of its own, with this evidence. */
export const addFacts = (s: Screening, v: AddFacts, r: Recording, fresh: () => Id): Decided => {
  if (v.acts.length + v.purposes.length === 0 && !v.known) return err('nothing_chosen')
  if (blank(v.text)) return err('text_missing')
  const learned = learnedAt(v.learned, v.clock, r)
  if (learned === null || inFuture(v, r)) return err('learned_in_future')
  const one = (kind: Fact['kind'], code: Fact['code']): Fact => ({
    id: fresh(),
    kind,
    code,
    text: v.text.trim(),
    said: said(v, r),
    withdrawn: null,
  })
  const facts = [...v.acts.map(c => one('act', c)), ...v.purposes.map(c => one('purpose', c)), ...(v.known ? [one('known', 'known')] : [])]
  return ok({ type: 'screening_facts_added', facts, known: clock(s.fact, [...s.words.facts, ...facts], v.life === 'yes', learned) })
}
export const withdrawFact = (s: Screening, factId: Id, reason: string, r: Recording): Decided => {
  const f = s.words.facts.find(x => x.id === factId)
  if (!f || f.withdrawn) return err('fact_gone')
  if (blank(reason)) return err('reason_missing')
  return ok({ type: 'screening_fact_withdrawn', factId, reason: reason.trim(), by: r.by, at: r.now })
}

export const setApproach = (v: SaidNow & Omit<Approach, 'said'>, r: Recording): Decided => {
  if (inFuture(v, r)) return err('learned_in_future')
  const { way, channel, platform, handle, recruiter, online, control, text } = v
  return ok({
    type: 'screening_approach_set',
    approach: { way, channel, platform, handle, recruiter, online, control, text, said: said(v, r) },
  })
}
export const setRoute = (v: SaidNow & Omit<Route, 'said'>, r: Recording): Decided => {
  if (inFuture(v, r)) return err('learned_in_future')
  const { origin, transit, destination } = v
  if (blank(origin) && blank(transit) && blank(destination)) return err('nothing_chosen')
  return ok({ type: 'screening_route_set', route: { origin, transit, destination, said: said(v, r) } })
}

/** By a person, with a reason. That a body confirmed is only recorded, with its name: nobody here confirms. */
export const decideScreening = (
  v: { outcome: Outcome; body: string; reason: string; learned?: Day | undefined; atRisk: Answer },
  r: Recording,
): Decided => {
  if (blank(v.reason)) return err('reason_missing')
  if (v.outcome === 'confirmed' && blank(v.body)) return err('body_missing')
  if (inFuture(v, r)) return err('learned_in_future')
  const decision: Decision = {
    outcome: v.outcome,
    body: v.outcome === 'confirmed' ? v.body.trim() : '',
    reason: v.reason.trim(),
    learned: v.learned ?? r.today,
    by: r.by,
    at: r.now,
  }
  return ok({ type: 'screening_decided', decision, atRisk: v.atRisk })
}
/** Must somebody else look? When it is said of a child in danger that nothing was established, or that there is no risk. */
export const decisionAsksSecondLook = (inDanger: boolean, outcome: Outcome, atRisk: Answer): boolean =>
  inDanger && (outcome === 'not_established' || atRisk === 'no')

/**
 * What goes along when a contact becomes a case. One child: everything. Several: what they share (circumstances, how contact was made, the way here, codes of acts and
 * purposes, the clock); the words of evidence stay where they were said, and a decision is about one child, so each case begins undecided.
 */
export const takeOver = (s: Screening, contact: Id, children: number): ScreeningEvent => {
  const alone = children === 1
  return {
    type: 'screening_taken_over',
    summary: { ...s.summary, contact, ...(alone ? {} : { decision: null, atRisk: 'not_asked' as const }) },
    words: alone ? s.words : { ...s.words, facts: s.words.facts.map(f => ({ ...f, text: '' })) },
    known: s.fact,
  }
}

const coded = (facts: readonly Fact[]): Pick<ScreeningSummary, 'acts' | 'purposes'> => {
  const has = new Set(facts.filter(f => f.withdrawn === null).map(f => f.code))
  return { acts: acts.filter(a => has.has(a)), purposes: purposes.filter(p => has.has(p)) }
}
const withFacts = (s: Screening, facts: Fact[], fact: KnownFact | null): Screening => ({
  ...s,
  summary: { ...s.summary, ...coded(facts) },
  words: { ...s.words, facts },
  fact,
})
const step = (s: Screening, e: ScreeningEvent): Screening => {
  switch (e.type) {
    case 'screening_circumstances_set': {
      // Only an answer that changed gets the new source: who said the others still said them.
      const changed = circumstances.filter(c => e.answers[c] !== s.summary.circumstances[c])
      const kept = s.words.circumstances.filter(c => !changed.includes(c.code))
      const added = changed.filter(c => e.answers[c] !== 'not_asked').map(code => ({ code, said: e.said }))
      return {
        ...s,
        summary: { ...s.summary, circumstances: e.answers },
        words: { ...s.words, about: e.about, circumstances: [...kept, ...added] },
      }
    }
    case 'screening_facts_added':
      return withFacts(s, [...s.words.facts, ...e.facts], e.known)
    case 'screening_fact_withdrawn': {
      const { reason, by, at } = e
      return withFacts(
        s,
        s.words.facts.map(f => (f.id === e.factId ? { ...f, withdrawn: { reason, by, at } } : f)),
        s.fact,
      )
    }
    case 'screening_approach_set':
      return { ...s, summary: { ...s.summary, channel: e.approach.channel }, words: { ...s.words, approach: e.approach } }
    case 'screening_route_set':
      return { ...s, words: { ...s.words, route: e.route } }
    case 'screening_decided':
      return { ...s, summary: { ...s.summary, decision: e.decision, atRisk: e.atRisk } }
    case 'screening_taken_over':
      return { ...s, summary: e.summary, words: e.words, fact: e.known }
  }
}
/** The next state; every event raises the version by one. */
export const apply = (s: Screening | undefined, e: ScreeningEvent): Screening => {
  const before = s ?? emptyScreening
  return { ...step(before, e), version: before.version + 1 }
}
/** Does the event change what is sealed in the story? A decision does not, so that whoever holds no story key can make it. */
export const changesWords = (e: ScreeningEvent): boolean => e.type !== 'screening_decided'

export const codesOf = (s: ScreeningSummary): ScreeningCodes => ({
  circumstances: circumstances.filter(c => s.circumstances[c] === 'yes'),
  acts: s.acts,
  purposes: s.purposes,
  channel: s.channel,
  decision: s.decision?.outcome ?? null,
  atRisk: s.atRisk,
})
