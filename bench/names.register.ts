import { romanise, russify, systemsFor } from '../src/person/rules.names.romanise.ts'

/* A register of invented names, made of syllables and common given names; deliberately not the demonstration's, so that the search is measured on names it was not made with. */

export interface Row {
  readonly id: string
  readonly name: string
}
export interface Query {
  readonly kind: string
  readonly query: string
  readonly ids: readonly string[]
}
/** Numbers between 0 and 1 from a seed (mulberry32). */
export const random = (seed: number) => {
  let a = seed >>> 0
  return () => {
    a = (a + 0x6d2b79f5) >>> 0
    let t = Math.imul(a ^ (a >>> 15), a | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
const list = (s: string) => s.split(' ')
const given = {
  ru: list(
    'Александр Михаил Артём Матвей Тимофей Лев Фёдор Глеб Игорь Юрий Эдуард Вячеслав Мария Алиса Ксения Юлия Щедра Полина Евгения Жанна Ульяна Арина Вера Любовь',
  ),
  uz: list(
    'Акмал Жаҳонгир Улуғбек Ўктам Шуҳрат Қобил Ғайрат Бобур Санжар Жамшид Дилноза Гулчеҳра Шоҳсанам Нигора Ўғилхон Феруза Хуршида Маҳлиё Зулфия Умида',
  ),
  ky: list(
    'Бакыт Жоомарт Өмүрбек Үсөн Кубанычбек Эрлан Талант Чыңгыз Нурбек Жеңиш Айжан Бегимай Гүлзат Жылдыз Мээрим Назгүл Сезим Үмүт Чолпон Элнура',
  ),
  tg: list(
    'Фирдавс Ҷамолиддин Муҳаммадҷон Сӯҳроб Қаҳрамон Ғуломҷон Баҳодур Искандар Шодмон Хуршед Парвина Нигина Мавҷуда Зебунисо Шаҳло Ӯғулой Фарзона Моҳира Ҷамила Тоҷинисо',
  ),
  ng: list(
    'Chukwuemeka Olúwaṣeun Ngozi Adébáyọ̀ Ifeoma Yusuf Aisha Ọlámidé Chiamaka Tunde Blessing Emeka Zainab Abubakar Nkechi Kelechi Fẹ́mi Obinna Temitọ́pẹ́ Uchenna',
  ),
  cd: list(
    'Jean-Pierre Dieudonné Grâce Mbuyi Tshilombo Christelle Joël Ngalula Kabongo Bénédicte Merveille Héritier Mutombo Nsimba Nzuzi Béni Espérance Ilunga Kasongo Sarah',
  ),
}
type Nation = keyof typeof given
const syllables: Record<Nation, readonly [readonly string[], readonly string[]]> = {
  ru: [
    list('Бел Кузн Степ Ворон Зел Лебед Сокол Мих Тарас Щерб Жур Хром Чист Гром Под Заб Крут Рыж Сид Фил'),
    list('анов ушкин енков ецов ейский ачёв иков ятин охов ункин енко ович ицын ялов ищев'),
  ],
  uz: [
    list('Абду Раҳим Саид Мирза Қодир Юлдош Эргаш Тўхта Норм Холм Ҳайдар Исмоил Ғофур Шариф Умар'),
    list('ов қулов мурод бердиев жонов алиев хонов зода матов боев уллаев'),
  ],
  ky: [
    list('Асан Токто Жээн Бек Сатыбалды Мамбет Көчкөн Төлө Үсөн Эсен Жума Осмон Ысак Чоро Бай'),
    list('ов гулов баев беков алиев назаров муратов кулов суев'),
  ],
  tg: [
    list('Раҳмон Сафар Назар Давлат Шариф Қурбон Ҳаким Мирзо Ҷӯра Холиқ Ятим Одина Ғафур Саид Бобо'),
    list('ов зода иён ӣ пур ҷонов алиев заде бек шоев'),
  ],
  ng: [
    list('Oko Ade Nwa Eze Ogu Ola Iwu Oba Mba Aki Uzo Ibe'),
    list('nkwo bayo for gbo mide kafor ntola chukwu kwe biora yemi nwosu jide lade'),
  ],
  cd: [list('Mu Ka Tshi Lu Ngo Mbu Ki Nka Ma Bu Nzo Kha'), list('tombo banga seke mba nga lala kasa bila yembe ndala shala nkulu kondi')],
}
const nations: readonly Nation[] = ['ru', 'uz', 'ky', 'tg', 'ng', 'cd']
const pick = <T>(r: () => number, from: readonly T[]): T => from[Math.floor(r() * from.length)]!

/** The n-th row: a name in its own script or, for a third, in Latin letters of some document or as a Russian office types it. */
export const inventedRow = (seed: number, n: number): Row => {
  const r = random(seed * 7_919 + n)
  const nation = pick(r, nations)
  const [begin, end] = syllables[nation]
  const middle = r() < 0.4 ? pick(r, list(nation === 'ng' || nation === 'cd' ? 'ka wi nu lo ma' : 'ма ри ша ло ну')) : ''
  const family = pick(r, begin) + middle + pick(r, end)
  const first = pick(r, given[nation])
  const father = pick(r, given[nation])
  const parts =
    nation === 'ng' || nation === 'cd'
      ? [first, family, ...(r() < 0.4 ? [pick(r, given[nation])] : [])]
      : [
          family,
          first,
          ...(r() < 0.5
            ? [nation === 'ky' && r() < 0.5 ? `${father} уулу` : nation === 'uz' && r() < 0.5 ? `${father} ўғли` : `${father}ович`]
            : []),
        ]
  const own = parts.join(' ')
  const how = r()
  const cyrillic = /\p{Script=Cyrillic}/u.test(own)
  return {
    id: String(n),
    name: cyrillic && how < 0.2 ? romanise(own, pick(r, systemsFor(own))) : cyrillic && how < 0.35 ? russify(own) : own,
  }
}

const rowsOfKeys = ['йцукенгшщзхъ', 'фывапролджэ', 'ячсмитьбю', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm']
/** One slip: two letters swapped, one left out, one doubled, or its neighbour on the keyboard struck. */
export const slip = (r: () => number, name: string): string => {
  const chars = [...name]
  const inside = chars.flatMap((c, i) => (i > 0 && /\p{L}/u.test(c) && /\p{L}/u.test(chars[i + 1] ?? '') ? [i] : []))
  const i = pick(r, inside)
  const way = Math.floor(r() * 4)
  const row = rowsOfKeys.find(k => k.includes(chars[i]!.toLowerCase()))
  if (way === 0) chars.splice(i, 2, chars[i + 1]!, chars[i]!)
  else if (way === 1 || !row) chars.splice(i, 1)
  else if (way === 2) chars.splice(i, 0, chars[i]!)
  else chars[i] = row[row.indexOf(chars[i]!.toLowerCase()) + (r() < 0.5 ? -1 : 1)] ?? row[1]!
  return chars.join('')
}
const turned = (r: () => number, name: string): string => {
  const words = name.split(' ')
  for (let i = words.length - 1; i > 0; i -= 1) {
    const j = Math.floor(r() * (i + 1))
    const t = words[i]!
    words[i] = words[j]!
    words[j] = t
  }
  return words.join(' ')
}
/** Questions whose answers are known: each about one row and all rows of the same name. */
export const queriesFor = (rows: readonly Row[], each: number, seed: number): Query[] => {
  const r = random(seed)
  const bearers = new Map<string, string[]>()
  for (const row of rows) {
    const ids = bearers.get(row.name)
    if (ids) ids.push(row.id)
    else bearers.set(row.name, [row.id])
  }
  const out: Query[] = []
  const make: [string, (name: string) => string | undefined][] = [
    ['typo', n => slip(r, n)],
    ['two_typos', n => slip(r, slip(r, n))],
    ['reordered', n => turned(r, n)],
    ['part', n => (n.split(' ').length > 2 ? n.split(' ').slice(0, 2).reverse().join(' ') : undefined)],
    ['other_script', n => (/\p{Script=Cyrillic}/u.test(n) && systemsFor(n).length > 0 ? romanise(n, pick(r, systemsFor(n))) : undefined)],
    [
      'other_script_typo',
      n => (/\p{Script=Cyrillic}/u.test(n) && systemsFor(n).length > 0 ? slip(r, romanise(n, pick(r, systemsFor(n)))) : undefined),
    ],
  ]
  for (const [kind, spoil] of make)
    for (let n = 0; n < each; ) {
      const row = pick(r, rows)
      const query = spoil(row.name)
      if (query === undefined) continue
      n += 1
      out.push({ kind, query, ids: bearers.get(row.name)! })
    }
  return out
}
