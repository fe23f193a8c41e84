/* Words of ages and dates in Russian and English; ё is е. Data only. */

/** Numbers in words, as people write them of children; longer ones first, so that a part of a word is not taken for it. */
const numbers: readonly (readonly [number, string])[] = [
  [11, 'одиннадцать|одиннадцати|eleven'],
  [12, 'двенадцать|двенадцати|twelve'],
  [13, 'тринадцать|тринадцати|thirteen'],
  [14, 'четырнадцать|четырнадцати|fourteen'],
  [15, 'пятнадцать|пятнадцати|fifteen'],
  [16, 'шестнадцать|шестнадцати|sixteen'],
  [17, 'семнадцать|семнадцати|seventeen'],
  [18, 'восемнадцать|восемнадцати|eighteen'],
  [19, 'девятнадцать|девятнадцати|nineteen'],
  [20, 'двадцать|двадцати|twenty'],
  [1, 'один|одного|one'],
  [2, 'два|двух|two'],
  [3, 'три|трех|three'],
  [4, 'четыре|четырех|four'],
  [5, 'пять|пяти|five'],
  [6, 'шесть|шести|six'],
  [7, 'семь|семи|seven'],
  [8, 'восемь|восьми|eight'],
  [9, 'девять|девяти|nine'],
  [10, 'десять|десяти|ten'],
]
const tens = 'двадцать|двадцати|twenty'
const whole = (words: string) => new RegExp(`(?<![\\p{L}\\d])(?:${words})(?![\\p{L}\\d])`, 'gu')
const numberWords = [
  // "Двадцать один" before "двадцать" and "один", or one age would be two.
  ...numbers.filter(([n]) => n < 10).map(([n, words]) => [whole(`(?:${tens})[\\s-]+(?:${words})`), String(20 + n)] as const),
  ...numbers.map(([n, words]) => [whole(words), String(n)] as const),
  [whole('полтора|полутора'), '1.5'] as const,
  [whole('годовал\\p{L}*|годик'), '1 год'] as const,
]
/** Number words as digits. */
export const withDigits = (text: string): string => numberWords.reduce((t, [words, n]) => t.replace(words, n), text)

/** The months, Russian by stem, English whole or short, in order: "maybe" is no May, and Maria no March. */
const months = [
  'январ\\p{L}*|jan(?:uary)?',
  'феврал\\p{L}*|feb(?:ruary)?',
  'март\\p{L}*|mar(?:ch)?',
  'апрел\\p{L}*|apr(?:il)?',
  'ма(?:й|я|е|ю|ем)|may(?! (?:be|have))',
  'июн\\p{L}*|june?',
  'июл\\p{L}*|july?',
  'август\\p{L}*|aug(?:ust)?',
  'сентябр\\p{L}*|sept?(?:ember)?',
  'октябр\\p{L}*|oct(?:ober)?',
  'ноябр\\p{L}*|nov(?:ember)?',
  'декабр\\p{L}*|dec(?:ember)?',
]
const monthWords = months.map(m => new RegExp(`(?<!\\p{L})(?:${m})(?!\\p{L})\\.?`, 'gu'))
/** The months that a text names, and the text without them. */
export const monthsIn = (text: string): { readonly months: readonly number[]; readonly rest: string } => {
  const found = monthWords.flatMap((w, i) => (text.match(w) ? [i + 1] : []))
  return { months: found, rest: monthWords.reduce((t, w) => t.replace(w, ' § '), text) }
}
/** EDTF numbers of the seasons. */
export const seasonsIn = (text: string): readonly number[] =>
  (
    [
      [21, /весн|spring/],
      [22, /лет(?:о|ом)(?!\p{L})|summer/u],
      [23, /осен|autumn|(?<!\p{L})fall(?!\p{L})/u],
      [24, /зим|winter/],
    ] as const
  ).flatMap(([n, w]) => (w.test(text) ? [n] : []))

/** "Лет 12" is less sure than "12 лет". */
export const isAbout = (text: string): boolean =>
  /около|примерн|приблизит|где-то|порядка|плюс-минус|(?<!\d\s*)(?<!\p{L})лет\s+\d|(?<!\p{L})(?:about|around|approx\p{L}*|circa|ca\.?|roughly|or so|vers|environ|taxminan|тахминан|болжол\p{L}*)(?!\p{L})|\d-?\s?ish(?!\p{L})|[~≈±]/u.test(
    text,
  )
export const isUnsure = (text: string): boolean =>
  /кажется|вроде|возможно|может быть|наверн|(?<!\p{L})(?:maybe|perhaps|probably|possibly)(?!\p{L})|\?/u.test(text)
/** An end without the other end: what it means we cannot know. */
export const isOpen = (text: string): boolean =>
  /(?<!\p{L})(?:до|после|раньше|позже|позднее|старше|младше|моложе|больше|меньше|менее|более|минимум|максимум|не было|нет|не исполнилось|before|after|over|under|older|younger|since|until|less|more|up to|at least|at most|(?:от|с|from)\s+\d+)(?!\p{L})|\d\s?\+/u.test(
    text,
  )
/** An age that is still ahead: whoever is "nearly 15", or in their fifteenth year, is 14. */
export const isAhead = (text: string): boolean =>
  /(?<!\p{L})(?:скоро|почти|вот-вот|исполнится|будет|стукнет|almost|nearly|turning|turns|soon|going on|will be)(?!\p{L})|\d\s?-?(?:й|ый|ой|th|st|nd|rd)\s(?:год|year)(?!\p{L})/u.test(
    text,
  )
/** Numbers that are of something else. */
export const isOther = (text: string): boolean => /класс|grade|class|курс|размер|этаж/.test(text)
/** A number that is said to be years of a life. */
export const ageSaid =
  /(?<!\d)\d{1,2}(?:\s?[.,]5)?(?:\s?(?:-|или|or|to)\s?\d{1,2})?\s?-?\s?(?:лет|год(?:а|ик|ика)?|years?|yrs?|y\.?\s?o)(?!\p{L})/u
export const saysAge = (text: string): boolean =>
  /(?<!\p{L})(?:лет|год(?:а|ик|ика)?|years?|y\.?\s?o\.?|aged?|yrs?|возраст)(?!\p{L})/u.test(text)
export const saysBirth = (text: string): boolean =>
  /родил|(?<!(?:день|дня|дню|днем)\s)рожд|(?<!\p{L})г\.?\s?р\.?(?!\p{L})|(?<!\p{L})born/u.test(text)
/** Months and weeks of the very young. */
export const saysMonths = (text: string): boolean => /мес(?:яц|\.|$|\s)|(?<!\p{L})months?(?!\p{L})/u.test(text)
export const saysWeeks = (text: string): boolean => /недел|(?<!\p{L})weeks?(?!\p{L})/u.test(text)
/** What stands between two numbers that belong together. */
export const joins = /^[\s,]*(?:лет|года?|years?)?\s*(?:-|или|либо|or|to|и|and|by|по|до)\s*(?:до\s*)?$/u
