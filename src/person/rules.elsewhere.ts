import { err, ok, type Result } from '../base/result.ts'
import type { Day } from '../base/time.ts'
import { readAge } from './rules.age-read.ts'
import { originOf } from './rules.match.facts.ts'
import type { Question } from './rules.match.search.ts'
import type { Compared } from './rules.match.weigh.ts'
import { partsOf } from './rules.names.sounds.ts'
import type { AskedElsewhere, AskState, NoticeState } from './schema.elsewhere.ts'

/* What is asked of other teams, and who learns what when. Pure. */

export const elsewhereErrors = ['too_little', 'hidden', 'changed', 'agreed', 'kept_out', 'not_invited', 'message_missing'] as const
export type ElsewhereError = (typeof elsewhereErrors)[number]

const yearsOf = (text: string, on: Day): { minYear: number | null; maxYear: number | null } => {
  const said = readAge(text, on)
  return said.kind === 'read'
    ? { minYear: Number(said.reading.min.slice(0, 4)), maxYear: Number(said.reading.max.slice(0, 4)) }
    : { minYear: null, maxYear: null }
}
/** Said of the child, as records are compared. */
export const comparedOfAsked = (a: AskedElsewhere, on: Day): Compared => ({
  names: [a.name],
  ...yearsOf(a.age, on),
  sex: a.sex === 'not_asked' ? null : a.sex,
  origin: originOf(a.origin),
  relatives: [],
  phones: [],
  handles: [],
  documents: [],
})
/**
 * What the index is asked. Whoever is known to be of other years, another sex or origin does not answer. One word of a name is borne by too many: then only those answer
 * whose years are known to fit. Undefined: too little was said to ask anybody.
 */
export const questionOf = (a: AskedElsewhere, on: Day): Question | undefined => {
  const c = comparedOfAsked(a, on)
  const parts = new Set(partsOf(a.name).map(p => p.part)).size
  if (parts === 0 || (parts === 1 && c.minYear === null)) return undefined
  return {
    name: a.name,
    minYear: c.minYear,
    maxYear: c.maxYear,
    sex: c.sex,
    origin: c.origin,
    unknown: parts === 1 ? 'no' : 'yes',
  }
}
/** A child whose record is about to be opened. */
export const askedOfNew = (c: { name: string; age: string }): AskedElsewhere => ({ name: c.name, age: c.age, sex: 'not_asked', origin: '' })

/** Both sides of one talk. The database does the same in 0085; what holds here is tested there. */
export interface Talk {
  readonly holder: NoticeState
  readonly asker: AskState
}
export type TalkAct = { readonly side: 'holder'; readonly to: Exclude<NoticeState, 'both'> } | { readonly side: 'asker' }
export const newTalk: Talk = { holder: 'new', asker: 'open' }
/** The side that holds the record speaks first, may take it back until the other has agreed, and nothing afterwards. */
export const talk = (t: Talk, act: TalkAct): Result<Talk, 'agreed' | 'not_invited'> => {
  if (act.side === 'asker')
    return t.holder === 'talk' ? ok({ holder: 'both', asker: 'both' }) : err(t.holder === 'both' ? 'agreed' : 'not_invited')
  if (t.holder === 'both') return err('agreed')
  return ok({ holder: act.to, asker: act.to === 'talk' ? 'invited' : 'open' })
}
/** May either side see the other's words? */
export const revealed = (t: Talk): boolean => t.holder === 'both' && t.asker === 'both'
