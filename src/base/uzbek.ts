/**
 * Uzbek in Cyrillic from Uzbek in Latin, by the rules of the two official alphabets. Latin lost the soft sign and ц, so the words of our
 * catalogues in which they return are listed. Addresses, numbers, words that cannot be Uzbek (with w, or a lone c) and brand names stay as they are.
 */
const softened: Record<string, string> = {
  yanvar: 'январь',
  fevral: 'февраль',
  aprel: 'апрель',
  iyun: 'июнь',
  iyul: 'июль',
  sentabr: 'сентябрь',
  oktabr: 'октябрь',
  noyabr: 'ноябрь',
  dekabr: 'декабрь',
  parol: 'пароль',
  rol: 'роль',
  albom: 'альбом',
  kompyuter: 'компьютер',
  obyekt: 'объект',
  subyekt: 'субъект',
  feldsher: 'фельдшер',
  sirk: 'цирк',
  gospital: 'госпиталь',
  avtomobil: 'автомобиль',
  hotel: 'отель',
  model: 'модель',
  kontrol: 'контроль',
  medal: 'медаль',
  shpatel: 'шпатель',
  asfalt: 'асфальт',
}
const stems = Object.keys(softened).sort((a, b) => b.length - a.length)
const kept = new Set([
  'telegram',
  'whatsapp',
  'vkontakte',
  'viber',
  'signal',
  'instagram',
  'tiktok',
  'youtube',
  'facebook',
  'doverie',
  'google',
  'tor',
])

const letters: Record<string, string> = {
  a: 'а',
  b: 'б',
  d: 'д',
  f: 'ф',
  g: 'г',
  h: 'ҳ',
  i: 'и',
  j: 'ж',
  k: 'к',
  l: 'л',
  m: 'м',
  n: 'н',
  o: 'о',
  p: 'п',
  q: 'қ',
  r: 'р',
  s: 'с',
  t: 'т',
  u: 'у',
  v: 'в',
  x: 'х',
  y: 'й',
  z: 'з',
}
// Longest first: «yoʻ» before «yo», «sʼh» before «sh» (Isʼhoq is Исҳоқ, not Ишоқ).
const clusters: readonly (readonly [string, string])[] = [
  ['tsiya', 'ция'],
  ['tsion', 'цион'],
  ['sʼh', 'сҳ'],
  ['yoʻ', 'йў'],
  ['oʻ', 'ў'],
  ['gʻ', 'ғ'],
  ['sh', 'ш'],
  ['ch', 'ч'],
  ['yo', 'ё'],
  ['yu', 'ю'],
  ['ya', 'я'],
]
const vowel = /[aeiou]/

const like = (model: string, made: string): string => {
  const first = model[0] ?? ''
  if (first === first.toLowerCase()) return made
  const whole = model.length > 1 && model === model.toUpperCase()
  return whole ? made.toUpperCase() : made[0]!.toUpperCase() + made.slice(1)
}

const word = (source: string): string => {
  const lower = source.toLowerCase()
  if (kept.has(lower) || /w|c(?!h)/.test(lower)) return source
  const stem = stems.find(s => lower.startsWith(s) && (lower.length === s.length || s.length > 3))
  // «aprelida» → «апрелда»: the sign falls away before a suffix that begins with a vowel, so only whole words and consonant suffixes keep it.
  if (stem !== undefined) {
    const rest = lower.slice(stem.length)
    const head = softened[stem]!
    const base = rest !== '' && vowel.test(rest[0]!) && head.endsWith('ь') ? head.slice(0, -1) : head
    return like(source.slice(0, stem.length), base) + letterwise(source.slice(stem.length), lower[stem.length - 1]!)
  }
  return letterwise(source, '')
}

const letterwise = (source: string, before: string): string => {
  const lower = source.toLowerCase()
  let out = ''
  let last = before
  for (let at = 0; at < source.length; ) {
    const hit = clusters.find(([latin]) => lower.startsWith(latin, at))
    if (hit) {
      out += like(source.slice(at, at + hit[0].length), hit[1])
      last = hit[0].replaceAll('ʻ', '').at(-1)!
      at += hit[0].length
      continue
    }
    const c = lower[at]!
    const boundary = last === '' || vowel.test(last)
    if (c === 'y' && lower[at + 1] === 'e') {
      out += like(source.slice(at, at + 2), boundary ? 'е' : 'ъе')
      last = 'e'
      at += 2
      continue
    }
    const made = c === 'e' ? (boundary ? 'э' : 'е') : c === 'ʼ' ? 'ъ' : (letters[c] ?? source[at]!)
    out += like(source[at]!, made)
    last = c
    at += 1
  }
  return out
}

const token = /(?:https?:\/\/|www\.)\S+|\S+@\S+|[\w-]+(?:\.[\w-]+)+\S*|\/[\w/.-]+|[A-Za-zʻʼ]+/g

/** Uzbek Latin text in Uzbek Cyrillic; what is not Uzbek Latin (addresses, numbers, other scripts) is left alone. */
export const toUzbekCyrillic = (text: string): string =>
  text
    .replace(/([oOgG])[ʻʼ‘’'`´]/g, '$1ʻ')
    .replace(/([A-Za-z])[ʻ‘’'`´](?=[A-Za-z])/g, (all, c: string) => (/[oOgG]/.test(c) ? all : `${c}ʼ`))
    .replace(token, found => (/^[A-Za-zʻʼ]+$/.test(found) ? word(found) : found))
