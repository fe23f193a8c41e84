import { partsOf, soundsOf, spell } from './rules.names.sounds.ts'

/** A name as it sounds, in one spelling: letter case, diacritics, ё/е, script, order of h and kh do not matter. Pure and idempotent; '' stays ''. */
export const fold = (text: string): string =>
  partsOf(text)
    .map(p => spell(soundsOf(p.part.replaceAll('ё', 'е')).forms[0] ?? new Uint8Array()))
    .filter(Boolean)
    .join(' ')

/** The folded words of a name, without order: Иванов Иван = Ivan Ivanov. */
export const words = (text: string): string[] => [...new Set(fold(text).split(' ').filter(Boolean))]

export interface Hit<Id> {
  readonly id: Id
  /** How many of the asked words were found: exactly or as a beginning. */
  readonly score: number
}
/** Records of which every asked word is a word, or the beginning (≥ 3 letters) of one; exact words first. */
export const searchFolded = <Id>(index: ReadonlyMap<Id, readonly string[]>, query: string, limit = 25): Hit<Id>[] => {
  const asked = words(query)
  if (asked.length === 0) return []
  const hits: Hit<Id>[] = []
  for (const [id, known] of index) {
    let score = 0
    for (const w of asked) {
      const found = known.includes(w) ? 2 : w.length >= 3 && known.some(k => k.startsWith(w)) ? 1 : 0
      if (found === 0) {
        score = 0
        break
      }
      score += found
    }
    if (score > 0) hits.push({ id, score })
  }
  return hits.sort((a, b) => b.score - a.score).slice(0, limit)
}
