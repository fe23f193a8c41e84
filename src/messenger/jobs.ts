import type { Locale, T } from '../base/i18n.ts'
import { databaseAway } from '../platform/db.ts'
import type { Ask } from '../platform/site.ts'
import { type Adapter, pause } from './jobs.adapter.ts'
import { commandOf, guessLanguage, languageLines, noPace, ofNewcomers, ofOneChat, type Pace, pace, pieces, refusal } from './rules.ts'
import { type Delivery, type Inbound, linkPath } from './schema.ts'
import {
  appendMessage,
  type BotKeys,
  beginContact,
  dueAnswers,
  findChat,
  forgetChat,
  type Known,
  keepLanguage,
  lookupOf,
  messageIdOf,
  newLink,
  noteDelivery,
  type Taken,
} from './store.ts'

export interface BotDeps {
  readonly ask: Ask
  readonly keys: BotKeys
  readonly adapters: readonly Adapter[]
  readonly words: (lang: Locale) => T
  /** Origin of the public site. */
  readonly publicUrl: string
  readonly clock: () => Date
  /** Codes only. An error of a messenger's library quotes the message that it could not send: it never gets here. */
  readonly log: (code: string) => void
}

/** Remembers the last so many, and forgets the oldest: a flood of chats cannot fill the memory. */
const lately = <V>(size: number) => {
  const map = new Map<string, V>()
  return {
    get: (k: string) => map.get(k),
    set: (k: string, v: V) => {
      map.delete(k)
      map.set(k, v)
      if (map.size > size) map.delete(map.keys().next().value as string)
    },
  }
}

/** What went wrong, without the error's own words: they may quote a message. */
const faultOf = (where: string, e: unknown): string =>
  `${where}_${e instanceof Error ? ((e as { code?: string }).code ?? e.name) : 'unknown'}`

/** Longest piece that both messengers take, with room to spare. */
const pieceLimit = 4000
/** Given up after so many tries: some seven hours. */
const lastTry = 16
/** A link is offered again when the last one is about to end, not with every message. */
const linkPause = 14 * 60_000

export interface Bot {
  /** One piece of what a messenger sent: saved and answered, or quietly nothing. Throws only while the database is away: then it must be handed over again. */
  readonly take: (adapter: Adapter, raw: unknown) => Promise<void>
  /** Sends what waits; how many went out. */
  readonly deliver: () => Promise<number>
}

export const buildBot = (d: BotDeps): Bot => {
  const seen = lately<true>(20_000)
  const paces = lately<Pace>(20_000)
  const chosen = lately<Locale>(20_000)
  const linked = lately<number>(20_000)
  let newcomers = noPace

  const send = async (adapter: Adapter, chat: string, text: string, key: string): Promise<Delivery> => {
    let i = 0
    for (const piece of pieces(text, pieceLimit)) {
      const done = await adapter.send(chat, piece, `${key}/${i++}`)
      if (done !== 'sent') return done
    }
    return 'sent'
  }
  const home = (lang: Locale) => `${d.publicUrl}/${lang}/`

  /** The way to the page: bound to the conversation where there is one, else the public site itself. Nothing while the last one still works, unless asked for. */
  const way = async (k: Known | undefined, lang: Locale, asked: boolean): Promise<string | undefined> => {
    if (!k) return home(lang)
    const id = k.lookup.toString('hex')
    const now = d.clock().getTime()
    if (!asked && now - (linked.get(id) ?? 0) < linkPause) return undefined
    const token = await newLink(d.ask, k)
    if (!token) return undefined
    linked.set(id, now)
    return `${d.publicUrl}${linkPath(lang, token)}`
  }

  const greeting = async (i: Inbound, k: Known | undefined, lang: Locale): Promise<string> => {
    const t = d.words(lang)
    const link = (await way(k, lang, true)) ?? home(lang)
    return [
      t('messenger.hello'),
      t('messenger.notPrivate', { link }),
      t(`messenger.delete.${i.channel}`),
      t('messenger.urgent'),
      languageLines(),
    ].join('\n\n')
  }

  /** Saves a message; the chat's contact may be closed, or begun by another delivery, between two questions. */
  const save = async (i: Inbound, known: Known | undefined, lang: Locale): Promise<{ status: Taken; first: boolean }> => {
    if (known) {
      const status = await appendMessage(d.ask, d.keys, known, i)
      if (status !== 'unknown') return { status, first: false }
    }
    const status = await beginContact(d.ask, d.keys, i, lang, d.clock().toISOString())
    if (status !== 'known') return { status, first: true }
    const now = await findChat(d.ask, d.keys, lookupOf(d.keys, i.channel, i.chat))
    return { status: now ? await appendMessage(d.ask, d.keys, now, i) : 'unknown', first: false }
  }

  const afterText = async (i: Inbound, lookup: Buffer, known: Known | undefined, lang: Locale): Promise<string | undefined> => {
    const t = d.words(lang)
    if (!known) {
      const p = pace(newcomers, d.clock().getTime(), ofNewcomers)
      newcomers = p.next
      // The page has room of its own.
      if (p.verdict !== 'take')
        return [t('messenger.slow'), t('messenger.notPrivate', { link: home(lang) }), t('messenger.urgent')].join('\n\n')
    }
    const { status, first } = await save(i, known, lang)
    if (status === 'same') return undefined
    if (status === 'full') return t('messenger.full', { link: home(lang) })
    if (status !== 'saved') return [t('messenger.notSaved'), t('messenger.urgent')].join('\n\n')
    const now = await findChat(d.ask, d.keys, lookup)
    if (now?.moved) return t('messenger.moved')
    const link = await way(now, lang, first)
    if (!first) return link ? [t('messenger.received'), t('messenger.again', { link })].join('\n\n') : t('messenger.received')
    return [
      t('messenger.first'),
      ...(link ? [t('messenger.link', { link })] : []),
      t(`messenger.delete.${i.channel}`),
      t('messenger.urgent'),
      languageLines(),
    ].join('\n\n')
  }

  const answerTo = async (i: Inbound): Promise<string | undefined> => {
    const lookup = lookupOf(d.keys, i.channel, i.chat)
    const id = lookup.toString('hex')
    const known = await findChat(d.ask, d.keys, lookup)
    const lang = known?.chat.language ?? chosen.get(id) ?? guessLanguage(i.text, i.language)
    const t = d.words(lang)
    if (i.kind === 'language' && i.language) {
      chosen.set(id, i.language)
      if (known) await keepLanguage(d.ask, d.keys, known, i.language)
      return greeting(i, known?.moved ? undefined : known, i.language)
    }
    if (i.kind === 'start') {
      // Somebody who moved and begins again has lost the words, or is somebody else: another conversation, and nothing of the old one.
      if (known?.moved) await forgetChat(d.ask, lookup)
      return greeting(i, known?.moved ? undefined : known, lang)
    }
    const no = refusal(i)
    if (no) return t(`messenger.refused.${no}`)
    return i.text.trim() ? afterText(i, lookup, known, lang) : undefined
  }

  /** A fault of ours must not leave a child believing that the words arrived. */
  const saved = async (i: Inbound): Promise<string | undefined> => {
    try {
      return await answerTo(i)
    } catch (e) {
      if (databaseAway(e)) throw e
      d.log(faultOf('messenger_fault', e))
      const t = d.words(guessLanguage(i.text, i.language))
      return [t('messenger.notSaved'), t('messenger.urgent')].join('\n\n')
    }
  }

  const take: Bot['take'] = async (adapter, raw) => {
    const plain = adapter.normalise(raw)
    if (!plain) return
    const command = plain.kind === 'text' ? commandOf(plain.text) : undefined
    const i: Inbound = command ? { ...plain, ...command } : plain
    const message = messageIdOf(d.keys, i)
    if (seen.get(message)) return
    const id = lookupOf(d.keys, i.channel, i.chat).toString('hex')
    const p = pace(paces.get(id) ?? noPace, d.clock().getTime(), ofOneChat)
    let answer: string | undefined
    if (p.verdict === 'take') answer = await saved(i)
    else if (p.verdict === 'tell') answer = d.words(chosen.get(id) ?? guessLanguage(i.text, i.language))('messenger.slow')
    // Only now: what the database did not take comes again, and must not count or be passed over then.
    paces.set(id, p.next)
    seen.set(message, true)
    if (answer === undefined) return
    const done = await send(adapter, i.chat, answer, message)
    if (done !== 'sent') d.log(`messenger_reply_${typeof done === 'string' ? done : 'later'}`)
  }

  const deliver = async (): Promise<number> => {
    const due = await dueAnswers(
      d.ask,
      d.keys,
      d.adapters.map(a => a.channel),
    )
    const done = await Promise.all(
      due.map(async a => {
        if ('broken' in a) {
          d.log('messenger_answer_unreadable')
          await noteDelivery(d.ask, a.message, 'failed')
          return 0
        }
        const adapter = d.adapters.find(x => x.channel === a.channel)
        const went = adapter ? await send(adapter, a.to, a.text, a.message) : { later: 60 }
        // Ever less often: a service that is down for the night is asked some sixteen times.
        const next = typeof went === 'string' ? went : a.tries >= lastTry ? 'failed' : { later: went.later * 2 ** (a.tries - 1) }
        await noteDelivery(d.ask, a.message, next)
        return went === 'sent' ? 1 : 0
      }),
    )
    return done.reduce<number>((n, x) => n + x, 0)
  }
  return { take, deliver }
}

/** Hands one piece over until it was taken: while the database is away it waits, and nothing that a child wrote is let go of. Any other fault is said by its name, and passed over. */
export const takeSurely =
  (bot: Bot, adapter: Adapter, log: BotDeps['log'], stop: AbortSignal) =>
  async (raw: unknown): Promise<void> => {
    while (!stop.aborted) {
      try {
        return await bot.take(adapter, raw)
      } catch (e) {
        if (!databaseAway(e)) return log(faultOf('messenger_fault', e))
        await pause(2_000, stop)
      }
    }
    throw new Error('stopped')
  }

/** Looks for answers twice a second until told to stop: an answer is with the child within two seconds. */
export const deliverAlways = async (bot: Bot, log: BotDeps['log'], stop: AbortSignal, every = 500): Promise<void> => {
  while (!stop.aborted) {
    try {
      await bot.deliver()
    } catch (e) {
      if (!databaseAway(e)) log(faultOf('messenger_delivery', e))
      await pause(1_500, stop)
    }
    await pause(every, stop)
  }
}
