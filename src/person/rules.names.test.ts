import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fold } from './rules.fold.ts'
import { romanisations, romanise, russify, systemsFor } from './rules.names.romanise.ts'
import { compareNames } from './rules.names.ts'
import { systems } from './schema.names.systems.ts'

const by = (id: string) => systems.find(s => s.id === id)!
const score = (a: string, b: string) => compareNames(a, b).score

describe('romanisation', () => {
  test.each([
    ['icao', 'Юлия Щеглова', 'Iuliia Shcheglova'],
    ['mvd782', 'Юлия Щеглова', 'Yuliya Shcheglova'],
    ['icao', 'Ян Разъездной', 'Ian Razieezdnoi'],
    ['icao', 'Игорь Ильин', 'Igor Ilin'],
    ['mvd782', 'Игорь Ильин', "Igor' Ilyin"],
    ['icao', 'Артём Краевой', 'Artem Kraevoi'],
    ['mvd782', 'Артём Краевой', 'Artyem Krayevoy'],
    ['icao', 'Цой', 'Tsoi'],
    ['gost52535', 'Цой', 'Tcoi'],
    ['mvd782', 'Цой', 'Tsoy'],
    ['icao', 'Ёлкин', 'Elkin'],
    ['gost52535', 'Ёлкин', 'Elkin'],
    ['mvd782', 'Ёлкин', 'Yolkin'],
    ['bgn', 'Ёлкин', 'Yëlkin'],
    ['mvd310fr', 'Щеглова', 'Chtcheglova'],
    ['mvd310fr', 'Юлия', 'Iouliia'],
    ['icao', 'Джамшед', 'Dzhamshed'],
    ['mvd310fr', 'Джамшед', 'Djamched'],
    ['tg1994', 'Ҷамшед', 'Jamshed'],
    ['uz2015', 'Фарход Тожиев', 'Farkhod Tojiev'],
    ['ky2015', 'Гульжигит Калыков', 'Guljigit Kalykov'],
    ['tg2015', 'Парвона Ҷамшедов', 'Parvona Jamshedov'],
    ['uz1995', 'Ўлуғбек', 'Oʻlugʻbek'],
  ])('%s: %s is written %s', (id, cyrillic, latin) => expect(romanise(cyrillic, by(id))).toBe(latin))
  test('ten Russian systems, and Kyrgyz letters have none of them', () => {
    expect(systems.filter(s => s.language === 'ru')).toHaveLength(10)
    expect(systemsFor('Өмүрбек').map(s => s.language)).toEqual(['ky', 'ky'])
    expect(russify('Ҷамшед Қодиров')).toBe('Джамшед Кодиров')
  })
})

const cyrillicNames = [
  'Юлия Щеглова', 'Артём Ёлкин', 'Игорь Ильин', 'Ян Разъездной', 'Цой Аэлита', 'Жанна Хрущёва', 'Сергей Соловьёв', 'Алексей Кузнецов', 'Мухаммаджон Раҳимов',
  'Ҷамшед Ғафуров', 'Хуршед Саидзода', 'Шаҳноза Қодирова', 'Ўткир Ғуломов', 'Өмүрбек Төлөгөнов', 'Жаңыл Мырза уулу', 'Айгүл Жээнбекова', 'Чинеду Окафор',
] // biome-ignore format: a list of names

test('every romanisation of a name finds the name', () => {
  for (const name of cyrillicNames)
    for (const r of romanisations(name)) {
      expect.soft(score(name, r.text), `${name} as ${r.text} (${r.systems})`).toBeGreaterThan(0.8)
      // and another one does not come near
      expect.soft(score('Бахтиёр Норматов', r.text), r.text).toBeLessThan(0.6)
    }
})
test.each([
  ['Мухаммаджон', 'Muhammadjon'], ['Мухаммаджон', 'Mukhammadzhon'], ['Ҷамшед', 'Jamshed'], ['Джамшед', 'Djamched'], ['Ҷамшед', 'Dzhamshed'], ['Фарход Тожиев', 'Farhod Tadjiyev'],
  ['Гульжигит Калыков', 'Guljigit Kalikov'], ['Саша', 'Александр'], ['Муха', 'Мухаммад'], ['Мухаммад-Али', 'Muhammadali'], ['Раҳмонов', 'Рахмонзода'], ['Умар', 'Умарович'],
  ['Иванова Анна Петровна', 'Анна Иванова'], ['Асан Усен уулу', 'Асан Усенов'], ['Иброҳим', 'Ibrahim'], ['Мухаммад Рустам', 'محمد رستم'], ['Jean-Pierre Kabila', 'Жан-Пьер Кабила'],
  ['Мухаммад', 'Мухаммаджон'], ['Ọlá Adébáyọ̀', 'Ола Адебайо'], ['Ousmane', 'Усман'], ['Chukwuemeka Okonkwo', 'Чуквуэмека Оконкво'], ['Tshisekedi', 'Чисекеди'], ['Mbuyi', 'Мбуйи'],
  ['Фатима', 'فاطمه'], ['Sergej', 'Сергей'], ['Шавкат', 'Chavkat'], ['Ўғилой', "O'g'iloy"], ['Хуршид', 'Xurshid'], ['Xojiakbar', 'Ходжиакбар'],
  ['Рустамчик', 'Рустам'], ['Сухробчик', 'Suhrob'], ['Зариночка', 'Зарина'], ['Серёженька', 'Сергей'], ['Настенька', 'Anastasiya'], ['Витёк', 'Виктор'], ['Андрюша', 'Андрей'], ['Игорёк', 'Игорь'],
  ['Чжан Вэй', 'Zhang Wei'], ['Tosin', 'Oluwatosin'], ['Жан-Батист Мукенди', 'Jean Baptiste Mukendi'], ['Парвиз Давлатпур', 'Parviz Davlatov'], ['Нурбек Асан уулу', 'Нурбек Асанов'],
] as const)('%s may be %s', (a, b) => expect(score(a, b)).toBeGreaterThanOrEqual(0.8)) // biome-ignore format: pairs of names
test.each([
  ['Али', 'Вали'], ['Саша', 'Маша'], ['Пётр', 'Павел'], ['Иванов Пётр', 'Сидоров Пётр'], ['Зарина', 'Карина'], ['Рустам Каримов', 'Рустам Назаров'],
] as const)('%s is not taken for %s', (a, b) => expect(score(a, b)).toBeLessThan(0.8)) // biome-ignore format: pairs of names

test('says which part answered which, by what rule, and what is left over', () => {
  const c = compareNames('Рахимов Саша Умарович', 'Aleksandr Rahimov')
  expect(c.pairs.map(p => [p.left, p.right, p.rule])).toEqual([
    ['рахимов', 'rahimov', 'spelling'],
    ['саша', 'aleksandr', 'short_form'],
  ])
  expect([c.left, c.right]).toEqual([['умарович'], []])
})

const letters = fc.oneof(fc.constantFrom(...cyrillicNames), fc.string({ unit: 'grapheme', maxLength: 40 }), fc.string({ unit: fc.constantFrom(...'иоаеёыьъйцкнгшщзхжтсдчуңүөўқғҳҷ chszktjouiyaeх-\'ʼng'), maxLength: 24 })) // biome-ignore format: one line
test('folding is idempotent', () =>
  fc.assert(
    fc.property(letters, s => {
      expect(fold(fold(s))).toBe(fold(s))
    }),
  ))
test('similarity is symmetric, within 0 and 1, and 1 on itself', () =>
  fc.assert(
    fc.property(letters, letters, (a, b) => {
      const s = score(a, b)
      expect(s).toBeGreaterThanOrEqual(0)
      expect(s).toBeLessThanOrEqual(1)
      expect(score(b, a)).toBeCloseTo(s, 5)
      expect(score(a, a)).toBeCloseTo(1, 5)
    }),
  ))

const list = path.resolve(import.meta.dirname, '../../../shared/data/linkage/names_en_ru.tsv')
test.skipIf(!existsSync(list))('names of the world in English and Russian are alike (skipped where the list of names is absent)', () => {
  const rows = readFileSync(list, 'utf8').trim().split('\n').map(l => l.split('\t')).filter((_, i) => i % 40 === 0) // biome-ignore format: one line
  const good = rows.filter(([en, ru]) => score(en!, ru!.replaceAll(' ', '')) >= 0.6).length
  expect(good / rows.length).toBeGreaterThan(0.9)
})
