/**
 * A name as it is compared: letter case, diacritics, ё/е and the script do not matter. Table: common Cyrillic–Latin correspondences of Russian and of the
 * Uzbek, Kyrgyz and Tajik letters, written down here, one spelling each. Deliberately plain; finding spelling variants is another capability's work.
 */
const letters: Readonly<Record<string, string>> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  ғ: 'g',
  д: 'd',
  е: 'e',
  ж: 'zh',
  җ: 'j',
  з: 'z',
  и: 'i',
  й: 'y',
  к: 'k',
  қ: 'q',
  л: 'l',
  м: 'm',
  н: 'n',
  ң: 'ng',
  о: 'o',
  ө: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ў: 'o',
  ү: 'u',
  ф: 'f',
  х: 'kh',
  ҳ: 'h',
  ц: 'ts',
  ч: 'ch',
  ҷ: 'j',
  ш: 'sh',
  щ: 'shch',
  ъ: '',
  ы: 'y',
  ь: '',
  э: 'e',
  ю: 'yu',
  я: 'ya',
}
/** After romanising, spellings that are heard alike become one: kh/x/h, j/dj/dzh/zh, y/i, doubled letters. */
const alike = (s: string) =>
  s
    .replace(/dzh|dj/g, 'j')
    .replace(/zh/g, 'j')
    .replace(/kh|x/g, 'h')
    .replace(/ks/g, 'x')
    .replace(/iy|yi|ij|y/g, 'i')
    .replace(/(.)\1+/g, '$1')

/** One word or name, folded. Pure; '' stays ''. */
export const fold = (text: string): string => {
  // й and ў lose their mark under NFD like any accented letter: they are romanised before it.
  const lower = text
    .normalize('NFC')
    .toLowerCase()
    .replace(/ё/g, 'е')
    .replace(/[ʻʼ‘’'`´]/g, '')
  const latin = [...lower]
    .map(c => letters[c] ?? c)
    .join('')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
  const known = [...latin].map(c => letters[c] ?? c).join('')
  return alike(known.replace(/[^\p{L}\p{N}]+/gu, ' ').trim())
}

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
