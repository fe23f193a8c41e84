import type { Errors } from '../base/form.ts'
import type { Guest } from '../platform/site.ts'
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
