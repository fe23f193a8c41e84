import { Api, GrammyError } from 'grammy'
import { z } from 'zod'
import { hkdf, sameBytes, sha256 } from '../platform/crypto.ts'
import { type Adapter, pause } from './jobs.adapter.ts'
import { localeOf } from './rules.ts'
import type { Delivery, Inbound } from './schema.ts'

export interface TelegramOptions {
  readonly token: string
  readonly api: string
  /** Sub-key of the messenger process: the secret address and header of the webhook follow from it. */
  readonly subkey: Buffer
  /** Seconds that one question for news stays open. */
  readonly wait?: number
}

const number = z.number().int()
const Update = z.object({
  message: z.looseObject({
    message_id: number,
    chat: z.object({ id: number, type: z.literal('private') }),
    from: z.object({
      id: number,
      is_bot: z.boolean(),
      first_name: z.string().default(''),
      last_name: z.string().default(''),
      username: z.string().default(''),
      language_code: z.string().optional(),
    }),
    text: z.string().optional(),
  }),
})
/** Whatever holds something that is no writing. It is never fetched, and its number is not kept. */
const media = [
  'animation',
  'audio',
  'checklist',
  'contact',
  'dice',
  'document',
  'game',
  'location',
  'paid_media',
  'photo',
  'poll',
  'sticker',
  'story',
  'venue',
  'video',
  'video_note',
  'voice',
]

const normalise = (raw: unknown): Inbound | undefined => {
  const parsed = Update.safeParse(raw)
  if (!parsed.success) return undefined
  const m = parsed.data.message
  const isMedia = media.some(k => m[k] !== undefined)
  if (m.from.is_bot || (m.text === undefined && !isMedia)) return undefined
  return {
    channel: 'telegram',
    chat: String(m.chat.id),
    message: String(m.message_id),
    kind: isMedia ? 'media' : 'text',
    text: isMedia ? '' : (m.text ?? ''),
    language: localeOf(m.from.language_code),
    from: {
      id: String(m.from.id),
      name: `${m.from.first_name} ${m.from.last_name}`.trim(),
      handle: m.from.username && `@${m.from.username}`,
    },
  }
}

/** What the error says, without its text: the library's own message repeats what was sent. */
const outcome = (e: unknown): Delivery => {
  if (!(e instanceof GrammyError)) return { later: 5 }
  if (e.error_code === 403) return 'blocked'
  if (e.error_code === 400) return 'failed'
  return { later: e.error_code === 429 ? (e.parameters.retry_after ?? 5) : 30 }
}

/** The Bot API of Telegram, asked by long polling, or called by it on an address that only it knows. */
export const telegram = (o: TelegramOptions): Adapter => {
  const wait = o.wait ?? 25
  const api = new Api(o.token, { apiRoot: o.api, timeoutSeconds: wait + 15 })
  const secret = hkdf(o.subkey, 'doverie/messenger/telegram/header').toString('base64url')
  const path = `telegram/${hkdf(o.subkey, 'doverie/messenger/telegram/path', 16).toString('base64url')}`
  const only = ['message'] as const
  return {
    channel: 'telegram',
    normalise,
    send: async (chat, text) => {
      try {
        await api.sendMessage(chat, text, { link_preview_options: { is_disabled: true } })
        return 'sent'
      } catch (e) {
        return outcome(e)
      }
    },
    poll: async (take, stop) => {
      let offset = 0
      let greeted = false
      while (!stop.aborted) {
        try {
          // While a webhook is set, asking is refused.
          if (!greeted) await api.deleteWebhook()
          greeted = true
          const updates = await api.getUpdates({ offset, timeout: wait, allowed_updates: only }, stop as Parameters<Api['getUpdates']>[1])
          for (const u of updates) {
            await take(u)
            offset = u.update_id + 1
          }
        } catch {
          await pause(2_000, stop)
        }
      }
    },
    hook: {
      path,
      open: (body, header) => (header !== undefined && sameBytes(sha256(header), sha256(secret)) ? { raw: body, say: '' } : 'wrong'),
      announce: async address => {
        await api.setWebhook(`${address}/${path}`, { secret_token: secret, allowed_updates: only })
      },
    },
  }
}
