import { describe, expect, test } from 'vitest'
import {
  argumentNames,
  flatten,
  formatDay,
  formatDayShort,
  formatRelativeDays,
  formatStamp,
  formatTime,
  formatTotal,
  keyT,
  makeT,
  pickLocale,
  publicLocales,
} from './i18n.ts'

describe('words', () => {
  const t = makeT(
    {
      'a.children': '{count, plural, one {# ребёнок} few {# ребёнка} many {# детей} other {# ребёнка}}',
      'a.plain': "l'enfant <b>{name}</b>",
      'a.raw': "C'est tout",
    },
    'ru',
    true,
  )
  test.each([
    [1, '1 ребёнок'],
    [3, '3 ребёнка'],
    [5, '5 детей'],
    [21, '21 ребёнок'],
    [1.5, '1,5 ребёнка'],
  ])('Russian plural of %s', (count, text) => expect(t('a.children', { count })).toBe(text))
  test('markup is text, apostrophes stay', () => {
    expect(t('a.plain', { name: 'x' })).toBe("l'enfant <b>x</b>")
    expect(t('a.raw')).toBe("C'est tout")
  })
  test('a missing key throws in tests and shows the key to people', () => {
    expect(() => t('a.none')).toThrow()
    expect(makeT({}, 'ru')('a.none')).toBe('a.none')
  })
  test('a nested file becomes flat keys, notes left out', () => {
    expect(flatten('case', { _reviewed: false, list: { title: 'Дела', _note: 'x' } })).toEqual({ 'case.list.title': 'Дела' })
  })
  test('arguments of a message, in every branch', () => {
    expect(argumentNames('{a} {n, plural, one {{b}} other {# {c}}}')).toEqual(['a', 'b', 'c', 'n'])
  })
})

describe('dates', () => {
  test.each([
    ['ru', '24 ноября 2026'],
    ['en', '24 November 2026'],
    ['uz', '2026-yil 24-noyabr'],
    ['uz-Cyrl', '2026 йил 24 ноябрь'],
    ['ky', '2026-жыл, 24-ноябрь'],
    ['tg', '24 ноябри 2026'],
    ['fr', '24 novembre 2026'],
  ] as const)('a day in %s', (locale, text) => expect(formatDay('2026-11-24', locale)).toBe(text))
  test('the first of a month in French', () => expect(formatDay('2026-01-01', 'fr')).toBe('1er janvier 2026'))
  test('short days', () => {
    expect(formatDayShort('2026-01-05', 'ru')).toBe('05.01.2026')
    expect(formatDayShort('2026-01-05', 'en')).toBe('5 Jan 2026')
  })
  test('a stamp is told in Moscow unless said otherwise, whatever the zone of the machine', () => {
    expect(formatStamp('2026-11-23T22:05:00.000Z', 'ru')).toBe('24 ноября 2026, 01:05')
    expect(formatStamp('2026-11-23T22:05:00.000Z', 'en', 'Asia/Yekaterinburg')).toBe('24 November 2026, 03:05')
    expect(formatTime('2026-11-23T21:00:00.000Z')).toBe('00:00')
  })
  test('what is not a date is shown as it stands', () => {
    expect(formatDay('2026~', 'ru')).toBe('2026~')
    expect(formatStamp('soon', 'ru')).toBe('soon')
  })
  test('relative days', () => {
    const t = keyT('ru')
    expect([0, 1, -1].map(d => formatRelativeDays(d, t))).toEqual(['base.date.today', 'base.date.tomorrow', 'base.date.yesterday'])
    expect(formatRelativeDays(-5, t)).toBe('base.date.daysAgo {"count":5}')
    expect(formatTotal(1000, t)).toBe('1000')
    expect(formatTotal(1001, t)).toBe('base.list.over1000')
  })
})

describe('language of a visitor', () => {
  test.each([
    ['ru-RU,ru;q=0.9,en;q=0.8', 'ru'],
    ['en-GB', 'en'],
    ['uz-Cyrl-UZ,uz;q=0.5', 'uz'],
    ['uz-Cyrl', 'uz-Cyrl'],
    ['de,ky;q=0.7', 'ky'],
    ['de', 'ru'],
    ['fr;q=0,tg', 'tg'],
    [undefined, 'ru'],
  ])('%s', (header, locale) => expect(pickLocale(header, publicLocales)).toBe(locale))
})
