import type { Errors } from '../base/form.ts'
import { securityHeaders } from '../platform/http.ts'
import type { Guest } from '../platform/site.ts'
import { receiptList } from './rules.receipt.ts'
import { looksBinary } from './schema.public.ts'

/** A count of the day; never worth an error, and never waited for. */
export const count = (g: Pick<Guest, 'ask'>, what: string): void => void g.ask('public_count', [what]).catch(() => undefined)

/** Empties what the browser kept of the pages. Cookies are left alone: on one host that would sign staff out. */
export const forget = { 'clear-site-data': '"cache", "storage"' } as const
export const retry = { 'retry-after': '5' } as const

/** Said above a form that could not be sent now: everything typed is still in it, and nothing was saved. */
export const notNow = (why: 'busy' | 'away'): Errors => ({
  '': { key: why === 'busy' ? 'contact-public.busy.text' : 'base.errorPage.s503.doPublic' },
})

/** Fields that hold what is not writing. Looked for before the form is read, which would quietly drop control characters. */
export const binaryFields = (body: Readonly<Record<string, string>>, names: readonly string[]): Errors =>
  Object.fromEntries(names.filter(n => looksBinary(body[n] ?? '')).map(n => [n, { key: 'contact-public.error.textBinary' }]))

const policy = 'content-security-policy'
/** The pages of the chat compile one small program (Argon2id); no other page may. */
export const chatHeaders: Readonly<Record<string, string>> = {
  [policy]: (securityHeaders('public', false)[policy] ?? '').replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'"),
}
/** Browser files of the pages on which a device seals and opens by itself: the words of the page's language where it has a list, and the chat. */
export const chatScripts = (lang: string): readonly string[] => {
  const list = receiptList(lang)
  return list === 'digits' ? ['chat.js'] : [`chat-words-${list}.js`, 'chat.js']
}
