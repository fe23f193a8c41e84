import { IntlMessageFormat } from 'intl-messageformat'
import type { Day, Stamp } from './time.ts'
import { toUzbekCyrillic } from './uzbek.ts'

/** Locale codes as they stand in addresses. `uz-Cyrl` has no catalogue: it is made from `uz` by rule. */
export const locales = ['ru', 'en', 'uz', 'uz-Cyrl', 'ky', 'tg', 'fr'] as const
export type Locale = (typeof locales)[number]
/** Languages that have a folder in locales/. */
export const catalogueLocales = ['ru', 'en', 'uz', 'ky', 'tg', 'fr'] as const
export type CatalogueLocale = (typeof catalogueLocales)[number]
export const officeLocales = ['ru', 'en'] as const
export type OfficeLocale = (typeof officeLocales)[number]
/** The public site's six languages, Uzbek in both scripts. */
export const publicLocales = locales

export const isLocale = (value: unknown): value is Locale => locales.includes(value as Locale)
export const isOfficeLocale = (value: unknown): value is OfficeLocale => officeLocales.includes(value as OfficeLocale)

/** Each language in its own name: somebody who cannot read this page must still find theirs. */
export const languageName: Record<Locale, string> = {
  ru: 'Русский',
  en: 'English',
  uz: 'Oʻzbekcha',
  'uz-Cyrl': 'Ўзбекча',
  ky: 'Кыргызча',
  tg: 'Тоҷикӣ',
  fr: 'Français',
}

/** The best of `offered` for an Accept-Language header; the first offered when nothing matches. Quality values are honoured, ranges are not. */
export const pickLocale = <L extends Locale>(header: string | undefined, offered: readonly L[]): L => {
  const wanted = (header ?? '')
    .slice(0, 500)
    .split(',')
    .map(part => {
      const [tag = '', ...params] = part.trim().split(';')
      const q = params.map(p => p.trim()).find(p => p.startsWith('q='))
      return { tag: tag.toLowerCase(), q: q === undefined ? 1 : Number(q.slice(2)) || 0 }
    })
    .filter(w => w.q > 0)
    .sort((a, b) => b.q - a.q)
  for (const { tag } of wanted) {
    const hit = offered.find(l => l.toLowerCase() === tag) ?? offered.find(l => l === tag.split('-')[0])
    if (hit !== undefined) return hit
  }
  return offered[0]!
}

export type Args = Record<string, string | number>
/** Words of one language. `t.locale` is there so that a screen can format dates without being handed the locale twice. */
export interface T {
  (key: string, args?: Args): string
  readonly locale: Locale
}

/** Flat: `case.list.title` → ICU message. */
export type Catalogue = Readonly<Record<string, string>>
export interface Tree {
  readonly [key: string]: string | boolean | Tree
}

/** A nested catalogue file as flat keys under its file name; keys that begin with `_` (such as `_reviewed`) are notes, not words. */
export const flatten = (prefix: string, tree: Tree): Record<string, string> => {
  const out: Record<string, string> = {}
  for (const [key, value] of Object.entries(tree)) {
    if (key.startsWith('_')) continue
    if (typeof value === 'string') out[`${prefix}.${key}`] = value
    else if (typeof value === 'object') Object.assign(out, flatten(`${prefix}.${key}`, value))
  }
  return out
}

type Ast = ReturnType<IntlMessageFormat['getAst']>
/** Only the literal parts: transliterating the whole message would rewrite argument names, and the arguments would not be found. */
const cyrillicAst = (ast: Ast): Ast =>
  ast.map(node => {
    if (node.type === 0) return { ...node, value: toUzbekCyrillic(node.value) }
    if (node.type === 5 || node.type === 6) {
      const options = Object.fromEntries(Object.entries(node.options).map(([k, o]) => [k, { ...o, value: cyrillicAst(o.value) }]))
      return { ...node, options }
    }
    return node
  })

/** Compiles one message; throws on a syntax error. Markup in messages is not interpreted: words never carry HTML. */
export const compile = (message: string, locale: Locale): IntlMessageFormat => {
  const format = new IntlMessageFormat(message, locale, undefined, { ignoreTag: true })
  return locale === 'uz-Cyrl' ? new IntlMessageFormat(cyrillicAst(format.getAst()), locale, undefined, { ignoreTag: true }) : format
}

/** The names of the arguments that a message takes, sorted. */
export const argumentNames = (message: string): string[] => {
  const names = new Set<string>()
  const walk = (ast: Ast) => {
    for (const node of ast) {
      if (node.type >= 1 && node.type <= 6) names.add((node as { value: string }).value)
      if (node.type === 5 || node.type === 6) for (const option of Object.values(node.options)) walk(option.value)
    }
  }
  walk(new IntlMessageFormat(message, 'en', undefined, { ignoreTag: true }).getAst())
  return [...names].sort()
}

const plain = /^[^{}'#]*$/

/**
 * Words for one language. A missing key throws when `strict` (tests), and shows the key otherwise: a page with one odd label helps a child more than an error page.
 * Formatters are compiled at first use and kept.
 */
export const makeT = (catalogue: Catalogue, locale: Locale, strict = false): T => {
  const compiled = new Map<string, string | IntlMessageFormat>()
  const find = (key: string): string | IntlMessageFormat | undefined => {
    const known = compiled.get(key)
    if (known !== undefined) return known
    const message = catalogue[key]
    if (message === undefined) return undefined
    const made = plain.test(message) ? (locale === 'uz-Cyrl' ? toUzbekCyrillic(message) : message) : compile(message, locale)
    compiled.set(key, made)
    return made
  }
  const t = (key: string, args?: Args): string => {
    const message = find(key)
    if (message === undefined) {
      if (strict) throw new Error(`no words for ${key} in ${locale}`)
      return key
    }
    if (typeof message === 'string') return message
    try {
      return String(message.format(args))
    } catch (error) {
      if (strict) throw error
      return key
    }
  }
  return Object.assign(t, { locale })
}

/** A T that answers with the key and its arguments: for tests of screens, and the default where no shell has given words. */
export const keyT = (locale: Locale = 'en'): T =>
  Object.assign((key: string, args?: Args) => (args === undefined ? key : `${key} ${JSON.stringify(args)}`), { locale })

/* Month names are our own: engines lack the Uzbek ones, and differ among themselves for Kyrgyz and Tajik. */
const months: Record<CatalogueLocale, readonly string[]> = {
  ru: ['января', 'февраля', 'марта', 'апреля', 'мая', 'июня', 'июля', 'августа', 'сентября', 'октября', 'ноября', 'декабря'],
  en: ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'],
  uz: ['yanvar', 'fevral', 'mart', 'aprel', 'may', 'iyun', 'iyul', 'avgust', 'sentabr', 'oktabr', 'noyabr', 'dekabr'],
  ky: ['январь', 'февраль', 'март', 'апрель', 'май', 'июнь', 'июль', 'август', 'сентябрь', 'октябрь', 'ноябрь', 'декабрь'],
  tg: ['январи', 'феврали', 'марти', 'апрели', 'майи', 'июни', 'июли', 'августи', 'сентябри', 'октябри', 'ноябри', 'декабри'],
  fr: ['janvier', 'février', 'mars', 'avril', 'mai', 'juin', 'juillet', 'août', 'septembre', 'octobre', 'novembre', 'décembre'],
}

const dayParts = (day: Day) => {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day)
  if (!match) return undefined
  const [, year = '', month = '', date = ''] = match
  return { year, month: Number(month), date: Number(date) }
}

/** A calendar day in words: «24 ноября 2026», "24 November 2026". Anything that is not a day is returned as it stands. */
export const formatDay = (day: Day, locale: Locale): string => {
  const parts = dayParts(day)
  if (!parts) return day
  const month = months[locale === 'uz-Cyrl' ? 'uz' : locale][parts.month - 1]
  if (month === undefined) return day
  if (locale === 'uz') return `${parts.year}-yil ${parts.date}-${month}`
  if (locale === 'uz-Cyrl') return `${parts.year} йил ${parts.date} ${toUzbekCyrillic(month)}`
  if (locale === 'ky') return `${parts.year}-жыл, ${parts.date}-${month}`
  if (locale === 'fr' && parts.date === 1) return `1er ${month} ${parts.year}`
  return `${parts.date} ${month} ${parts.year}`
}

/** A day for dense tables: `24.11.2026`, in English `24 Nov 2026` (month names cannot be taken for days). */
export const formatDayShort = (day: Day, locale: Locale): string => {
  const parts = dayParts(day)
  if (!parts) return day
  if (locale === 'en') return `${parts.date} ${months.en[parts.month - 1]?.slice(0, 3)} ${parts.year}`
  const two = (n: number) => String(n).padStart(2, '0')
  return locale === 'fr' ? `${two(parts.date)}/${two(parts.month)}/${parts.year}` : `${two(parts.date)}.${two(parts.month)}.${parts.year}`
}

const clocks = new Map<string, Intl.DateTimeFormat>()
const clock = (timeZone: string) => {
  let made = clocks.get(timeZone)
  if (made === undefined) {
    // A formatter costs fifty times a format; a list of 25 would pay it 25 times.
    made = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    })
    clocks.set(timeZone, made)
  }
  return made
}
const local = (stamp: Stamp, timeZone: string) => {
  const part = Object.fromEntries(
    clock(timeZone)
      .formatToParts(new Date(stamp))
      .map(p => [p.type, p.value]),
  )
  return { day: `${part.year}-${part.month}-${part.day}`, time: `${part.hour}:${part.minute}` }
}

/** An instant as day and 24-hour time in a zone (default Europe/Moscow): «24 ноября 2026, 10:05». */
export const formatStamp = (stamp: Stamp, locale: Locale, timeZone = 'Europe/Moscow'): string => {
  if (Number.isNaN(Date.parse(stamp))) return stamp
  const { day, time } = local(stamp, timeZone)
  return `${formatDay(day, locale)}, ${time}`
}
/** As `formatStamp`, for dense tables: «24.11.2026, 10:05». */
export const formatStampShort = (stamp: Stamp, locale: Locale, timeZone = 'Europe/Moscow'): string => {
  if (Number.isNaN(Date.parse(stamp))) return stamp
  const { day, time } = local(stamp, timeZone)
  return `${formatDayShort(day, locale)}, ${time}`
}
/** The 24-hour time of an instant in a zone: `10:05`. */
export const formatTime = (stamp: Stamp, timeZone = 'Europe/Moscow'): string =>
  Number.isNaN(Date.parse(stamp)) ? stamp : local(stamp, timeZone).time

/** Days from today in words (negative: in the past): «сегодня», «завтра», «через 3 дня», «5 дней назад». */
export const formatRelativeDays = (days: number, t: T): string => {
  if (days === 0) return t('base.date.today')
  if (days === 1) return t('base.date.tomorrow')
  if (days === -1) return t('base.date.yesterday')
  return days > 0 ? t('base.date.inDays', { count: days }) : t('base.date.daysAgo', { count: -days })
}

/** A total as lists show it: exact to 1,000, then "1,000+". */
export const formatTotal = (total: number, t: T): string => (total > 1000 ? t('base.list.over1000') : String(total))
