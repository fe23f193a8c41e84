import { z } from 'zod'
import { locales } from '../base/i18n.ts'
import { idPattern } from '../base/id.ts'

/** Pages of the public site. The words in the address are bland on purpose: it stays in the phone's history. */
export const publicPages = {
  home: '',
  urgent: 'urgent',
  write: 'write',
  concern: 'concern',
  chat: 'chat',
  check: 'check',
  learn: 'learn',
  sent: 'write/done',
  back: 'back',
  talk: 'talk',
  added: 'talk/done',
  read: 'talk/read',
  end: 'talk/end',
  safety: 'safety',
  clear: 'clear',
  exit: 'exit',
  how: 'how',
} as const
export type PublicPage = keyof typeof publicPages
/** `/ru/urgent`; the start page is `/ru/`. */
export const publicPath = (language: string, page: PublicPage): string => `/${language}/${publicPages[page]}`

/** Longest message of a child, in UTF-16 units. The same limit holds for what is added later. */
export const textLimit = 4000
export const whereLimit = 200
const blobLimit = 2048

/** Control characters other than tab and line breaks, the replacement character of broken UTF-8, and halves of surrogate pairs. */
const notText = /[^\P{Cc}\t\n\r]|\p{Cs}|\ufffd/u

/** The length of the longest run of base64 characters, whether or not it is broken into lines of 40 characters or more as mail programs do. */
const longestBlob = (text: string): number => {
  let longest = 0
  let run = 0
  for (const line of text.split(/\r?\n/)) {
    const words = line.trim().split(/\s+/)
    for (const word of words) {
      const blob = /^(?:data:[\w/+.-]+;base64,)?[A-Za-z0-9+/_-]*={0,2}$/.test(word) && word.length >= 40
      run = blob ? run + word.length : 0
      longest = Math.max(longest, run)
    }
  }
  return longest
}

/**
 * True for what is not writing: NUL and other control characters, broken Unicode, or a file pasted as base64 of more than 2 KB.
 * The public site takes no pictures or files; a file that came in as text would be stored like one.
 */
export const looksBinary = (text: string): boolean => notText.test(text) || longestBlob(text) > blobLimit

/** Browsers send line breaks as CRLF; counting both would refuse a text that the page showed as short enough. */
const tidy = (value: unknown) => (typeof value === 'string' ? value.replace(/\r\n?/g, '\n').trim() : value)
/* Messages of errors are keys of the catalogues, so that any form can show them. */
export const messageText = z.preprocess(
  tidy,
  z
    .string('contact-public.error.textMissing')
    .min(1, 'contact-public.error.textMissing')
    .max(textLimit, 'contact-public.error.textLong')
    .refine(text => !looksBinary(text), 'contact-public.error.textBinary'),
)
export const placeText = z.preprocess(
  tidy,
  z
    .string('contact-public.error.whereLong')
    .max(whereLimit, 'contact-public.error.whereLong')
    .refine(text => !looksBinary(text), 'contact-public.error.textBinary')
    .default(''),
)
export const formId = z.string('contact-public.error.formOld').regex(idPattern, 'contact-public.error.formOld')

export const formSeed = z.string('contact-public.error.formOld').regex(/^[0-9a-f]{64}$/, 'contact-public.error.formOld')

export const safeNow = ['yes', 'no', 'unsure', 'not_asked'] as const
export const reportWho = ['me', 'child', 'skip'] as const

/** "Tell us about a child": only the text must be there. Nothing asks for a name, papers, nationality, religion or a telephone number. */
export const Report = z.strictObject({
  safeNow: z.enum(safeNow, 'contact-public.error.choice').default('not_asked'),
  who: z.enum(reportWho, 'contact-public.error.choice').default('skip'),
  text: messageText,
  where: placeText,
  /** Made when the form is shown: the same form sent twice is one report. */
  submission: formId,
  /** 32 random bytes in hexadecimal, from which the words of the receipt follow. */
  seed: formSeed,
  language: z.enum(locales, 'contact-public.error.formOld'),
})
export type Report = z.infer<typeof Report>

/** "I wrote before": the words, as typed. Nothing else; what they mean is decided by `parseReceipt`. */
export const typedReceipt = z.string('contact-public.error.wordsMissing').max(400, 'contact-public.error.wordsLong')
export const Return = z.strictObject({ words: typedReceipt })
export type Return = z.infer<typeof Return>

/** Something added to a conversation. */
export const Addition = z.strictObject({ text: messageText, command: formId })
export type Addition = z.infer<typeof Addition>

/** "I have read this": the ids of the answers that were on the page, parted by spaces; never more than a page can show. */
export const messageIds = z
  .string('contact-public.error.formOld')
  .max(37 * 300, 'contact-public.error.formOld')
  .transform(ids => ids.split(' '))
  .refine(ids => ids.every(id => idPattern.test(id)), 'contact-public.error.formOld')
export const Acknowledge = z.strictObject({ command: formId, messages: messageIds })
export type Acknowledge = z.infer<typeof Acknowledge>
