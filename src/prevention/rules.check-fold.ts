/**
 * Letters of a message in one spelling, so that case, script, transliteration, look-alike letters and tricks with spaces do not matter.
 * A Cyrillic and a Latin writing of the same word give the same key: «работа», rabota, рaбoтa → rabota.
 */

/** Drawn like a Cyrillic letter: small capitals, Greek, Cherokee. Folded before anything else. */
const drawn: Readonly<Record<string, string>> = Object.fromEntries(
  Array.from(
    'ᴀаʙвᴄсᴅдᴇеʜнɪіᴋкᴍмʍмᴏоᴘрᴛтᴜиᴦгᴧлᴨпᴩрɜзɯшɸфᏢрᏟсᎢтᎻнᏦкᎪаᏴвᏞлαаβвεеηнιіκкνvοоρрτтυуχхγуƃбⲃвⲬхᎩуꓮаɑаɡgοоʟlɴnʀrʏyᴢzᴠvᴡwɢg'.matchAll(
      /(.)(.)/gu,
    ),
    m => [m[1] ?? '', m[2] ?? ''],
  ),
)
const plainLetters: Readonly<Record<string, string>> = { ø: 'o', ł: 'l', đ: 'd', ß: 'ss', æ: 'ae', œ: 'oe', ı: 'i', ə: 'e' }

/** What one character is: '' (not there: zero width, combining), ' ' (not a letter), a letter in lower case, a digit, or a sign of money. */
const read = (c: string): string => {
  if (/^[\p{Mn}\p{Me}\p{Cf}]$/u.test(c)) return ''
  if (/^[$₽€+%]$/.test(c)) return c
  if (c === '➕') return '+'
  if (c === '💵' || c === '💲' || c === '💸' || c === '💰') return '$'
  const at = drawn[c] ?? drawn[c.toLowerCase()]
  if (at !== undefined) return at
  const low = c.normalize('NFKC').toLowerCase()
  // й, ё and ў are letters of their own, not и, е and у with a mark.
  if (low in sound) return low
  const first = Array.from(plainLetters[low] ?? low.normalize('NFD'))
    .filter(x => /[\p{L}\p{Nd}]/u.test(x))
    .join('')
  return first === '' ? ' ' : (drawn[first] ?? first)
}
const known = new Map<number, string>()
const charOf = (cp: number): string => {
  let found = known.get(cp)
  if (found === undefined) {
    found = cp >= 0xd800 && cp <= 0xdfff ? ' ' : read(String.fromCodePoint(cp))
    // Bounded: a message of rare characters must not grow the table for ever.
    if (known.size < 4000) known.set(cp, found)
  }
  return found
}

/** `a1b2` pairs as a table. */
const table = (list: readonly string[]): Readonly<Record<string, string>> => {
  const out: Record<string, string> = Object.create(null) as Record<string, string>
  for (let i = 0; i + 1 < list.length; i += 2) out[list[i]!] = list[i + 1]!
  return out
}
/* Cyrillic by sound, in the spelling of the keys. */
const sound = table(
  'а a б b в v г g д d е e ё io ж j з z и i й i к k л l м m н n о o п p р r с s т t у u ф f х h ц ts ч ch ш sh щ sh ъ  ы i ь  э e ю iu я ia ғ g қ k ҳ h ҷ j ў o ӯ u ӣ i ө o ү u ң n і i ї i є e ґ g ѓ g ј j'.split(
    ' ',
  ),
)
/* Latin letters and digits that stand for a Cyrillic letter by their shape. */
const shape = table(Array.from('aаbвcсeеhнiиkкmмoоpрtтuиxхyуwшnпrгzзlл0о3з6б4ч1и'))
const digitSound = table(['0', 'o', '1', 'i', '3', 'z', '4', 'ch', '5', 's', '6', 'b', '7', '', '8', 'v', '9', '', '2', ''])

const cyrillic = /[а-ӿ]/
const lookAlike = /^[abcehikmoptuxy0346]+$/

/* The key that is being made and its last letter; a string that is asked for its end after each addition is copied each time. */
let made = ''
let end = ''
/** Adds letters to the key: doubled letters are one. */
const add = (more: string): void => {
  for (let i = 0; i < more.length; i++) {
    const c = more[i]!
    if (c === end) continue
    // «жа» and «ja» (я, ҷа) sound alike to those who write them in Latin letters.
    if (end === 'j' && (c === 'a' || c === 'o' || c === 'u')) made = `${made.slice(0, -1)}${made[made.length - 2] === 'i' ? '' : 'i'}`
    made += c
    end = c
  }
}
const begin = (): void => {
  made = ''
  end = ''
}
/** Latin spellings of one sound, the longest first. */
const latin = (s: string): string => {
  begin()
  for (let i = 0; i < s.length; i++) {
    const c = s[i]!
    const n = s[i + 1]
    if (c === 's' && n === 'h') {
      add('sh')
      i += s.startsWith('ch', i + 2) ? 3 : 1
    } else if (c === 's' && n === 'c' && s[i + 2] === 'h') {
      add('sh')
      i += 2
    } else if (c === 'd' && (n === 'j' || (n === 'z' && s[i + 2] === 'h'))) {
      add('j')
      i += n === 'j' ? 1 : 2
    } else if (c === 'z' && n === 'h') {
      add('j')
      i += 1
    } else if ((c === 'k' || c === 'g') && n === 'h') {
      add(c === 'k' ? 'h' : 'g')
      i += 1
    } else if (c === 'c') {
      add(n === 'h' ? 'ch' : 'ts')
      if (n === 'h') i += 1
    } else if (c === 'x') add('h')
    // ye and je are е.
    else if ((c === 'y' || c === 'j') && n === 'e') continue
    else if (c === 'y') add('i')
    else if (c === 'w') add('v')
    else if (c === 'q') add('k')
    else add(digitSound[c] ?? c)
  }
  return made
}
const cyr = (s: string): string => {
  begin()
  for (let i = 0; i < s.length; i++) {
    if (s[i] === 'д' && s[i + 1] === 'ж') continue
    add(sound[s[i]!] ?? s[i]!)
  }
  return made
}

/** A word of our own data as a message would have it. */
export const foldWord = (word: string): string => Array.from(word.replace(/['’ʻʼ‘`´]/g, ''), c => charOf(c.codePointAt(0)!).trim()).join('')
/** The keys under which a word of our own data is found: as it sounds, and with е for ё (yo). */
export const keysOfPattern = (word: string): string[] => {
  const w = foldWord(word)
  return cyrillic.test(w) ? [...new Set([cyr(w), cyr(w.replaceAll('ё', 'е'))])] : [...new Set([latin(w), latin(w.replace(/yo/g, 'e'))])]
}
/** The keys of one folded word: the first is its sound; others are what else it may be read as. */
export const keysOf = (word: string): string[] => {
  const w = word.length > 32 ? word.slice(0, 32) : word
  if (cyrillic.test(w)) {
    const pure = /[a-z0-9]/.test(w) ? Array.from(w, c => shape[c] ?? c).join('') : w
    const keys = [cyr(pure)]
    if (pure.includes('ё')) keys.push(cyr(pure.replaceAll('ё', 'е')))
    return keys
  }
  const keys = [latin(w)]
  if (/io|yo|jo/.test(w)) keys.push(latin(w.replace(/[iyj]o/g, 'e')))
  if (lookAlike.test(w)) keys.push(cyr(Array.from(w, c => shape[c] ?? c).join('')))
  if (/[jw4]/.test(w)) keys.push(latin(w.replace(/j(?![aou])/g, 'i').replace(/w/g, 'sh')))
  return keys
}

export interface Token {
  readonly from: number
  readonly to: number
  /** Folded letters and digits, or one of $ ₽ € + %. */
  readonly word: string
  readonly kind: 'word' | 'number' | 'sign'
  /** Nothing but a mark or two, and no space, stands between the token before and this one. */
  readonly tight: boolean
  /** A new sentence or line began before it. */
  readonly fresh: boolean
}

const apostrophe = new Set(["'", '’', 'ʻ', 'ʼ', '‘', '`', '´'])
const stops = new Set(['.', '!', '?', '\n', '…', ';'])

/** Words, numbers and signs of money, with their places in the message. */
export const tokensOf = (text: string): Token[] => {
  const out: Token[] = []
  let word = ''
  let from = 0
  let to = 0
  let spaces = false
  let marks = 0
  let stop = true
  const push = (w: string, a: number, b: number, kind: Token['kind'], tight: boolean, fresh: boolean) =>
    out.push({ from: a, to: b, word: w, kind, tight, fresh })
  const end = () => {
    if (word === '') return
    const tight = !spaces && marks > 0 && marks <= 3 && out.length > 0
    // A full stop between two letters pulls a word apart; it ends a sentence when a space or a line comes after it.
    const fresh = stop && !tight
    const lead = /^\d+/.exec(word)?.[0] ?? ''
    if (lead.length === word.length) push(word, from, to, 'number', tight, fresh)
    else if (lead !== '' && !(lead.length === 1 && word.length > 3)) {
      push(lead, from, from + lead.length, 'number', tight, fresh)
      push(word.slice(lead.length), Math.min(from + lead.length, to), to, 'word', true, false)
    } else push(word, from, to, 'word', tight, fresh)
    word = ''
    spaces = false
    marks = 0
    stop = false
  }
  for (let i = 0; i < text.length; ) {
    const cp = text.codePointAt(i) ?? 32
    const width = cp > 0xffff ? 2 : 1
    const raw = width === 1 ? text[i]! : ''
    let c = charOf(cp)
    // ў in two parts.
    if (c === 'у' && text.charCodeAt(i + 1) === 0x306) c = 'ў'
    if (apostrophe.has(raw)) {
      const next = charOf(text.codePointAt(i + 1) ?? 32)
      // Uzbek oʻ and gʻ, English don't: one word. French l'école: two.
      const own = /[og]$/.test(word) || (/[a-z]$/.test(word) && /^(?:t|s|m|re|ll|ve|d)(?![a-z])/i.test(text.slice(i + 1, i + 4)))
      c = word !== '' && own && next !== ' ' ? '' : ' '
    }
    if (c === '') {
      if (word !== '') to = i + width
    } else if (c === ' ') {
      end()
      if (/\s/.test(raw)) spaces = true
      else marks += 1
      if (stops.has(raw)) stop = true
    } else if (c === '$' || c === '₽' || c === '€' || c === '+' || c === '%') {
      end()
      push(c, i, i + width, 'sign', false, false)
      spaces = false
      marks = 0
    } else {
      if (word === '') from = i
      // 5000р and р5000 alike: a number after letters goes on as part of the word (д0х0д), letters after a number are parted in end().
      word += c
      to = i + width
    }
    i += width
  }
  end()
  return out
}
export const isNumber = (t: Token | undefined): boolean => t?.kind === 'number'
