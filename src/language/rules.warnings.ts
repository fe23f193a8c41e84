import type { Day } from '../base/time.ts'
import { words } from '../person/rules.fold.ts'
import type { Booking, Interpreter, Warning, WarningCode } from './schema.ts'

/** Words that stand in half of all addresses and say nothing of who knows whom, as they are compared. */
const general = new Set(
  'область край район город село деревня посёлок улица дом республика кишлак вилоят вилояти viloyati shahri tuman tumani ноҳия вилояти облусу району айылы шаар city village region district province street family семья из там near the and для при'
    .split(' ')
    .flatMap(words),
)
/** What two texts have in common, as typed in the second: folded words of three letters and more. */
const common = (ours: readonly string[], theirs: readonly string[]): string[] => {
  const known = new Set(ours.flatMap(words).filter(w => w.length > 2 && !general.has(w)))
  return [...new Set(theirs.flatMap(s => s.split(/[\s,;.()/]+/)).filter(s => words(s).some(w => known.has(w))))]
}

export const undertakingHolds = (i: Pick<Interpreter, 'signed' | 'until'>, day: Day): boolean =>
  i.signed !== null && i.until !== null && i.signed <= day && day <= i.until
/** Was anything said of where the interpreter comes from or whom they know? A country alone says nothing: a whole diaspora comes from it. */
export const tiesAsked = (i: Interpreter): boolean =>
  i.places.some(p => p.region.trim() !== '' || p.place.trim() !== '') || [i.community, i.kin, i.employers].some(s => s.trim() !== '')

export type Risk = Pick<
  Booking,
  'day' | 'language' | 'childPlace' | 'childCommunity' | 'recruiterPlace' | 'recruiterWords' | 'sexWanted'
> & {
  /** Names of the child, as far as this session may read them. */
  readonly childNames: readonly string[]
}
/**
 * What must be read before this interpreter is chosen. Learning more of somebody's ties never takes a warning away, except the one that nobody has asked:
 * each rests on words found on both sides, and more words find more.
 */
export const warningsOf = (i: Interpreter, r: Risk): Warning[] => {
  const out: Warning[] = []
  const add = (code: WarningCode, found: readonly string[] | boolean) => {
    if (found === true || (Array.isArray(found) && found.length > 0))
      out.push({ code, words: found === true ? [] : [...(found as readonly string[])] })
  }
  const places = i.places.flatMap(p => [p.region, p.place])
  const people = [i.community, i.employers]
  add('kin_child', common([i.kin], [r.childCommunity, ...r.childNames]))
  add('kin_recruiter', common([i.kin], [r.recruiterWords]))
  add('place_child', common(places, [r.childPlace, r.childCommunity]))
  add('place_recruiter', common(places, [r.recruiterPlace, r.recruiterWords]))
  add('community_child', common(people, [r.childCommunity, r.childPlace]))
  add('community_recruiter', common(people, [r.recruiterWords, r.recruiterPlace]))
  add('other_child', i.kind === 'other_child')
  add('relative', i.kind === 'relative')
  add('no_undertaking', !undertakingHolds(i, r.day))
  add('ties_not_asked', !tiesAsked(i))
  add('sex_not_wanted', (r.sexWanted === 'female' || r.sexWanted === 'male') && i.sex !== r.sexWanted)
  add('language_not_listed', !i.languages.some(l => l.language === r.language))
  return out
}
/** Does the name for the session give away a name of the child? The interpreter would have learnt what the room hides. */
export const aliasTells = (alias: string, names: readonly string[]): boolean => common(names, [alias]).length > 0
/** What nobody has said yet and no rule can compare: a good answer, but the reader must know that it was not compared. */
export const notCompared = (r: Risk): ('child' | 'recruiter')[] => [
  ...(`${r.childPlace}${r.childCommunity}`.trim() === '' ? (['child'] as const) : []),
  ...(`${r.recruiterPlace}${r.recruiterWords}`.trim() === '' ? (['recruiter'] as const) : []),
]
