import { readFileSync } from 'node:fs'
import path from 'node:path'
import { root } from '../platform/config.ts'
import type { Terms } from './rules.ts'
import { ReportKinds, WorkingDays } from './schema.ts'

let read: Terms | undefined
/** Kinds, recipients, terms and holidays of this installation: data that people edit, read once and refused whole when it does not fit. */
export const reportTerms = (): Terms => {
  const json = (name: string): unknown => JSON.parse(readFileSync(path.join(root, 'instruments', name), 'utf8'))
  read ??= { kinds: ReportKinds.parse(json('report-kinds.json')), days: WorkingDays.parse(json('working-days.json')) }
  return read
}
const word = (list: readonly { readonly code: string; readonly ru: string; readonly en: string }[], code: string, lang: string): string => {
  const found = list.find(x => x.code === code)
  // A code that was taken out of the data is shown as it is: better than to hide a report.
  return found ? found[lang === 'en' ? 'en' : 'ru'] : code
}
export const recipientName = (code: string, lang: string): string => word(reportTerms().kinds.recipients, code, lang)
export const kindName = (code: string, lang: string): string => word(reportTerms().kinds.kinds, code, lang)
