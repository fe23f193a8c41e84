import { isLocale, type Locale, languageName, publicLocales } from '../base/i18n.ts'
import { looksBinary } from '../contact/schema.public.ts'
import { type Inbound, inboundLimit } from './schema.ts'

/** Letters that only one of our languages has. */
const letters: readonly (readonly [Locale, RegExp])[] = [
  ['tg', /[ҷӣӯ]/i],
  ['uz-Cyrl', /ў/i],
  ['ky', /[ңөү]/i],
  ['uz', /[oOgG][ʻʼ‘’`']|\b(salom|yordam|menga|kerak|meni|bilan|uchun)\b/i],
  ['fr', /[éèêçàù]|\b(bonjour|je|aide|aidez|suis)\b/i],
]

/** Of a code such as `uz`, `fr-FR` or `uz-Cyrl`. */
export const localeOf = (code: unknown): Locale | undefined => {
  if (typeof code !== 'string' || code.length > 20) return undefined
  if (isLocale(code)) return code
  const head = code.split('-')[0]
  return isLocale(head) ? head : undefined
}

/** The language to answer in: letters that say it, then what the messenger says of its user, then the script. A guess: every answer offers the others. */
export const guessLanguage = (text: string, hint: Locale | undefined): Locale => {
  for (const [locale, sign] of letters) if (sign.test(text)) return locale
  if (hint) return hint
  return /\p{Script=Latin}/u.test(text) && !/\p{Script=Cyrillic}/u.test(text) ? 'en' : 'ru'
}

/** `/start`, `/uz` and the like, with or without the bot's name behind. Anything else is text. */
export const commandOf = (
  text: string,
): { readonly kind: 'start' } | { readonly kind: 'language'; readonly language: Locale } | undefined => {
  const word = /^\/([a-z-]{2,8})(?:@\w{1,64})?(?:\s|$)/i.exec(text.trim())?.[1]?.toLowerCase()
  if (word === 'start') return { kind: 'start' }
  const language = publicLocales.find(l => l.toLowerCase() === word)
  return language && { kind: 'language', language }
}

/** What can be chosen, one a line, each in its own name. */
export const languageLines = (): string =>
  publicLocales
    .filter(l => l !== 'uz-Cyrl')
    .map(l => `/${l} ${languageName[l]}`)
    .join('\n')

/** What is wrong with the text, so that it is not taken. */
export const refusal = (i: Pick<Inbound, 'kind' | 'text'>): 'media' | 'long' | undefined =>
  i.kind === 'media' ? 'media' : i.text.length > inboundLimit ? 'long' : looksBinary(i.text) ? 'media' : undefined

// ---------------------------------------------------------------- how much one chat may send
/** Messages of one chat in the last minute and the last day, as far as somebody remembers. Per chat, never per address: children share addresses. */
export interface Pace {
  readonly minute: number
  readonly inMinute: number
  readonly day: number
  readonly inDay: number
  readonly told: boolean
}
export interface Limits {
  readonly minute: number
  readonly day: number
}
export const ofOneChat: Limits = { minute: 20, day: 300 }
/** Chats that nobody knows yet, all together: accounts can be bought by the thousand, and each would be a contact. Those who are known already keep their way to us. */
export const ofNewcomers: Limits = { minute: 60, day: 3000 }
export const noPace: Pace = { minute: 0, inMinute: 0, day: 0, inDay: 0, told: false }
/** 'take' it · 'tell': too many, and it is said once · 'ignore': it was said. */
export const pace = (p: Pace, now: number, limits: Limits): { readonly next: Pace; readonly verdict: 'take' | 'tell' | 'ignore' } => {
  const [minute, day] = [Math.floor(now / 60_000), Math.floor(now / 86_400_000)]
  const same = p.minute === minute
  const next: Pace = { minute, inMinute: same ? p.inMinute + 1 : 1, day, inDay: p.day === day ? p.inDay + 1 : 1, told: same && p.told }
  if (next.inMinute <= limits.minute && next.inDay <= limits.day) return { next, verdict: 'take' }
  return next.told ? { next, verdict: 'ignore' } : { next: { ...next, told: true }, verdict: 'tell' }
}

/** An answer in pieces that a messenger takes, broken at ends of lines or between words where there are any. */
export const pieces = (text: string, limit: number): string[] => {
  const out: string[] = []
  let rest = text
  while (rest.length > limit) {
    const head = rest.slice(0, limit)
    const at = Math.max(head.lastIndexOf('\n'), head.lastIndexOf(' '))
    // Never between the halves of a surrogate pair.
    const cut = at > limit / 2 ? at : /[\ud800-\udbff]$/.test(head) ? limit - 1 : limit
    out.push(rest.slice(0, cut))
    rest = rest.slice(cut).trimStart()
  }
  if (rest) out.push(rest)
  return out
}
