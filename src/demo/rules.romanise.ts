/* Spellings of one name by the systems that documents of different years and countries follow. Facts: ICAO Doc 9303; the orders of the Russian ministry; UN group on names. */

type Letters = Readonly<Record<string, string>>
const pairs = (text: string): Letters =>
  Object.fromEntries(
    text
      .trim()
      .split(/\s+/)
      .map(p => [p[0]!, p.slice(1)]),
  )

const common = 'аa бb вv гg дd зz иi кk лl мm нn оo пp рr сs тt фf'
const icao = pairs(`${common} еe ёe жzh йi уu хkh цts чch шsh щshch ъie ыy ь эe юiu яia`)
const mvd = pairs(`${common} еe ёyo жzh йy уu хkh цts чch шsh щshch ъ' ыy ь' эe юyu яya`)
const french = pairs(`${common} еe ёe жj йi уou хkh цts чtch шch щchtch ъ ыy ь эe юiou яia`)
const kyrgyz = pairs(`${common} еe ёyo жj йy уu хkh цts чch шsh щshch ъ ыy ь эe юyu яya`)
const odniKyrgyz: Letters = { ...kyrgyz, ...pairs('ңng өo үu') }
const bgnKyrgyz: Letters = { ...kyrgyz, ...pairs('ңng өö үü') }
const tajik = pairs(`${common} еe ёyo жzh йy уu хkh чch шsh ъ эe юyu яya ғgh қq ҳh ҷj`)
const odniTajik: Letters = { ...tajik, ...pairs('ӣi ӯu') }
const bgnTajik: Letters = { ...tajik, ...pairs('ӣí ӯŭ эė ъ’') }
/** How a Russian clerk writes letters that Russian lacks. */
const clerk = pairs('ғг қк ҳх ҷдж ӣи ӯу ўу ңн өо үу')

const cased = (model: string, made: string) =>
  model === model.toLowerCase() || made === '' ? made : made[0]!.toUpperCase() + made.slice(1)
const spell = (letters: Letters, text: string, special?: (before: string, letter: string, after: string) => string | undefined): string => {
  let out = ''
  for (let i = 0; i < text.length; i += 1) {
    const c = text[i]!
    const l = c.toLowerCase()
    out += cased(c, special?.(text[i - 1]?.toLowerCase() ?? '', l, text[i + 1]?.toLowerCase() ?? '') ?? letters[l] ?? c)
  }
  return out
}
const vowel = /[аеёиоуыэюя]/

/** Russian in the letters of passports as they are issued now. */
export const toIcao = (text: string): string => spell(icao, text)
/** As passports of about 2000–2009 have it. */
export const toMvd = (text: string): string =>
  spell(mvd, text, (before, l, after) => {
    if (l === 'е' && (vowel.test(before) || before === 'ъ' || before === 'ь')) return 'ye'
    if (l === 'ё' && /[бвгдзклмнпрстфхц]/.test(before)) return 'ye'
    if (l === 'ё' && /[жчшщ]/.test(before)) return 'e'
    if ((l === 'ь' || l === 'ъ') && /[еёи]/.test(after)) return ''
    return l === 'и' && before === 'ь' ? 'yi' : undefined
  })
/** The French manner of passports before that. */
export const toFrench = (text: string): string =>
  spell(french, text, (before, l, after) => (l === 'с' && vowel.test(before) && vowel.test(after) ? 'ss' : undefined)).replace(
    /in(?= |$)/g,
    'ine',
  )
export const toOdni = (from: 'ky' | 'tg', text: string): string =>
  spell(from === 'ky' ? odniKyrgyz : odniTajik, text, (before, l) => (from === 'tg' && l === 'е' && before === '' ? 'ye' : undefined))
export const toBgn = (from: 'ky' | 'tg', text: string): string => spell(from === 'ky' ? bgnKyrgyz : bgnTajik, text)
/** Uzbek, Kyrgyz or Tajik Cyrillic as it ends up in a Russian document. */
export const toClerk = (text: string): string => spell(clerk, text)
/** Latin letters without signs above, below and between. */
export const toPlain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[ʻʼ’‘'`]/g, '')
    .normalize('NFC')

const english = pairs(`${'aа bб dд eе fф gг hх iи kк lл mм nн oо pп rр sс tт uу vв wв xкс yй zз'} jдж cк qк`)
const englishClusters: Letters = { ch: 'ч', sh: 'ш', ya: 'я', yo: 'йо', yu: 'ю', ye: 'йе', gb: 'гб', kw: 'кв' }
const frenchLetters = pairs('aа bб cк dд eе fф gг hх iи jж kк lл mм nн oо pп qк rр sс tт uу vв wв xкс yи zз')
const frenchClusters: Letters = { ou: 'у', ch: 'ш', gn: 'нь' }
/** Names written in Latin letters as a Russian document hears them: of English or of French spelling. */
export const toHeard = (from: 'en' | 'fr', text: string): string => {
  const plain = toPlain(text)
  const [letters, clusters] = from === 'en' ? [english, englishClusters] : [frenchLetters, frenchClusters]
  let out = ''
  for (let i = 0; i < plain.length; ) {
    const two = clusters[plain.slice(i, i + 2).toLowerCase()]
    const c = plain[i]!
    const start = i === 0 || !/[a-z]/i.test(plain[i - 1]!)
    out += cased(c, two ?? (c.toLowerCase() === 'e' && start ? 'э' : (letters[c.toLowerCase()] ?? c)))
    i += two === undefined ? 1 : 2
  }
  return out
}

/** A Russian patronymic from a father's name. */
export const patronymic = (father: string, sex: 'female' | 'male'): string => {
  const irregular: Readonly<Record<string, string>> = {
    Павел: 'Павл',
    Пётр: 'Петр',
    Юрий: 'Юрь',
    Григорий: 'Григорь',
    Василий: 'Василь',
    Виталий: 'Виталь',
  }
  const female = sex === 'female'
  const soft = irregular[father]
  if (soft?.endsWith('ь')) return `${soft}${female ? 'евна' : 'евич'}`
  if (soft) return `${soft}${female ? 'овна' : 'ович'}`
  if (/[йь]$/.test(father)) return `${father.slice(0, -1)}${female ? 'евна' : 'евич'}`
  if (/[аоуеӯӣ]$/.test(father)) return `${father}${female ? 'евна' : 'евич'}`
  return `${father}${female ? 'овна' : 'ович'}`
}
