import { z } from 'zod'
import { locales } from '../base/i18n.ts'
import { idPattern } from '../base/id.ts'

/** Pages of the public site. The words in the address are bland on purpose: it stays in the phone's history. */
export const publicPages = {
  home: '',
  numbers: 'numbers',
  write: 'write',
  sent: 'write/done',
  back: 'back',
  talk: 'talk',
  added: 'talk/done',
  safety: 'safety',
  exit: 'exit',
  how: 'how',
} as const
export type PublicPage = keyof typeof publicPages
/** `/ru/numbers`; the start page is `/ru`. */
export const publicPath = (language: string, page: PublicPage): string => (publicPages[page] === '' ? `/${language}` : `/${language}/${publicPages[page]}`)

/** Longest message of a child, in UTF-16 units. The same limit holds for what is added later. */
export const textLimit = 4000
export const whereLimit = 200
const blobLimit = 2048

/** Control characters other than tab and line breaks, the replacement character of broken UTF-8, and halves of surrogate pairs. */
const notText = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffd]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/

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
/** Error messages are the last part of a key in locales/*\/contact-public.json under `error`. */
const message = z.preprocess(
  tidy,
  z.string('text_missing').min(1, 'text_missing').max(textLimit, 'text_long').refine(text => !looksBinary(text), 'text_binary'),
)
const place = z.preprocess(
  tidy,
  z.string('where_long').max(whereLimit, 'where_long').refine(text => !looksBinary(text), 'text_binary').default(''),
)
const uuid = z.string('form_old').regex(idPattern, 'form_old')

export const safeNow = ['yes', 'no', 'unsure', 'not_asked'] as const
export const reportWho = ['me', 'child', 'skip'] as const

/** "Tell us about a child": only the text must be there. Nothing asks for a name, papers, nationality, religion or a telephone number. */
export const Report = z.strictObject({
  safeNow: z.enum(safeNow, 'choice').default('not_asked'),
  who: z.enum(reportWho, 'choice').default('skip'),
  text: message,
  where: place,
  /** Made when the form is shown: the same form sent twice is one report. */
  submission: uuid,
  /** 32 random bytes in hexadecimal, from which the words of the receipt follow. */
  seed: z.string('form_old').regex(/^[0-9a-f]{64}$/, 'form_old'),
  language: z.enum(locales, 'form_old'),
})
export type Report = z.infer<typeof Report>

/** "I wrote before": the words, as typed. Nothing else; what they mean is decided by `parseReceipt`. */
export const Return = z.strictObject({ words: z.string('words_missing').max(400, 'words_long') })
export type Return = z.infer<typeof Return>

/** Something added to a conversation. */
export const Addition = z.strictObject({ text: message, command: uuid })
export type Addition = z.infer<typeof Addition>

/** "I have read this". */
export const Acknowledge = z.strictObject({ command: uuid, message: uuid })
export type Acknowledge = z.infer<typeof Acknowledge>
