/**
 * How names were written in Latin letters, by system and by the years of the documents that carry it. Facts, in our own form:
 * Russian systems after nalgeon/iuliia (MIT) at a9468d0b, which cites ICAO Doc 9303 part 3, orders of the Ministry of the Interior 310 (1997) and 782 (2000),
 * GOST R 52535.1-2006, GOST 7.79-2000, BGN/PCGN 1947 and ALA-LC; Uzbek after Unicode CLDR uz_Cyrl-uz_Latn, BGN/PCGN 1979 and ODNI ICS-630-01 (2015);
 * Kyrgyz and Tajik after BGN/PCGN 1979 and 1994 and ODNI 2015 (interscript/maps at 7a34ca51).
 * `letters` holds what differs from the plain row; `after` is a letter in the light of the one before it ('' at the beginning: "^"), `before` in the light of the
 * one after it, `ending` a whole ending.
 */
export interface System {
  readonly id: string
  readonly language: 'ru' | 'uz' | 'ky' | 'tg'
  /** Years in which documents were issued by it; null: not a system of documents. */
  readonly years: readonly [number, number | null] | null
  readonly source: string
  readonly letters: string
  readonly after?: string
  readonly before?: string
  readonly ending?: string
}
/** The row that most systems share: letter=spelling, an empty spelling where the letter is left out. */
export const plainRow =
  'а=a б=b в=v г=g д=d е=e ё=e ж=zh з=z и=i й=y к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=kh ц=ts ч=ch ш=sh щ=shch ъ= ы=y ь= э=e ю=yu я=ya'

const each = (letters: string, make: (c: string) => string) => [...letters].map(make).join(' ')
const vowels = 'аеёиоуыэюя'
const yeAfterVowels = each(`${vowels}ъь`, c => `${c}е=ye`)

export const systems: readonly System[] = [
  { id: 'icao', language: 'ru', years: [2014, null], source: 'ICAO Doc 9303-3', letters: 'й=i ъ=ie ю=iu я=ia' },
  { id: 'gost52535', language: 'ru', years: [2010, 2014], source: 'GOST R 52535.1-2006', letters: 'й=i ц=tc ю=iu я=ia' },
  {
    id: 'mvd782',
    language: 'ru',
    years: [2000, 2010],
    source: 'MVD order 782 (2000)',
    letters: "ё=yo ъ=' ь='",
    after: `${yeAfterVowels} ${each('бвгдзклмнпрстфхц', c => `${c}ё=ye`)} ${each('жчшщ', c => `${c}ё=e`)} ьи=yi`,
    before: 'ъе= ье= ъё= ьё= ьи=',
  },
  {
    id: 'mvd310',
    language: 'ru',
    years: [1997, 2000],
    source: 'MVD order 310 (1997)',
    letters: `ъ=" ь='`,
    after: 'ье=ye ъе=ye',
    before: 'ье= ъе=',
  },
  {
    id: 'mvd310fr',
    language: 'ru',
    years: [1970, 1997],
    source: 'MVD order 310, French spelling of older passports',
    letters: 'ж=j й=i у=ou ч=tch ш=ch щ=chtch ю=iou я=ia',
    after: 'ге=ue ги=ui гы=uy ье=ie кс=x',
    before: 'кс=',
    ending: 'ин=ine',
  },
  {
    id: 'bgn',
    language: 'ru',
    years: null,
    source: 'BGN/PCGN 1947',
    letters: 'ё=ë ъ=” ь=’',
    after: `^е=ye ^ё=yë ${each(`${vowels}йъь`, c => `${c}е=ye ${c}ё=yë`)} ${each('аеёиоуыэюя', c => `${c}ы=·y`)} ${each('бвгджзклмнпрстфхцчшщ', c => `${c}э=·e`)}`,
    before: 'йа=y· йу=y· йы=y· йэ=y· ыа=y· ыу=y· ыы=y· ыэ=y· тс=t· шч=sh·',
  },
  { id: 'alalc', language: 'ru', years: null, source: 'ALA-LC', letters: 'ё=ë й=ĭ ц=t͡s ъ=ʺ ь=ʹ э=ė ю=i͡u я=i͡a' },
  {
    id: 'gost779',
    language: 'ru',
    years: null,
    source: 'GOST 7.79-2000, A',
    letters: 'ё=ë ж=ž й=j х=h ц=c ч=č ш=š щ=ŝ ъ=ʺ ь=ʹ э=è ю=û я=â',
  },
  {
    id: 'gost779b',
    language: 'ru',
    years: null,
    source: 'GOST 7.79-2000, B',
    letters: 'ё=yo й=j х=x ц=cz щ=shh ъ=`` ы=y` ь=` э=e`',
    before: 'це=c ци=c цй=c цы=c',
  },
  {
    id: 'scientific',
    language: 'ru',
    years: null,
    source: 'scholarly (ISO/R 9)',
    letters: 'ё=ë ж=ž й=j х=x ц=c ч=č ш=š щ=šč ъ=ʺ ь=ʹ э=è ю=ju я=ja',
  },
  {
    id: 'uz1995',
    language: 'uz',
    years: [1995, null],
    source: 'Uzbek alphabet of 1995 (CLDR)',
    letters: 'ё=yo ж=j х=x ъ=ʼ щ=sh ы=i ў=oʻ қ=q ғ=gʻ ҳ=h',
    after: `^е=ye ${yeAfterVowels} ўе=ye сҳ=ʼh`,
  },
  { id: 'uz1979', language: 'uz', years: null, source: 'BGN/PCGN 1979', letters: 'в=w ё=yo ъ=ʼ ь=ʼ щ=shch ы=y ў=ŭ қ=q ғ=gh ҳ=h' },
  { id: 'uz2015', language: 'uz', years: null, source: 'ODNI ICS-630-01 (2015)', letters: 'ё=yo ж=j щ=sh ы=i ў=o қ=q ғ=gh ҳ=h' },
  { id: 'ky1979', language: 'ky', years: null, source: 'BGN/PCGN 1979', letters: 'ё=yo ж=j ъ=” ь=’ ң=ng ө=ö ү=ü' },
  { id: 'ky2015', language: 'ky', years: null, source: 'ODNI ICS-630-01 (2015)', letters: 'ё=yo ж=j ң=ng ө=o ү=u' },
  { id: 'tg1994', language: 'tg', years: null, source: 'BGN/PCGN 1994', letters: 'ё=yo щ=sh ы=i ъ=’ э=ė ғ=gh ӣ=í қ=q ӯ=ŭ ҳ=h ҷ=j' },
  { id: 'tg2015', language: 'tg', years: null, source: 'ODNI ICS-630-01 (2015)', letters: 'ё=yo ғ=gh ӣ=i қ=q ӯ=u ҳ=h ҷ=j', after: '^е=ye' },
]

/** Letters of Uzbek, Kyrgyz and Tajik as a Russian office types them, where it has no such key. Source: usage, domain note §8 [M]. */
export const russified = 'ғ=г қ=к ҳ=х ҷ=дж ӣ=и ӯ=у ў=у ң=н ө=о ү=у ё=е'
