import { z } from 'zod'
import { defineForm, type Errors } from '../base/form.ts'
import { locales } from '../base/i18n.ts'
import type { ReceiptProblem } from './rules.receipt-read.ts'
import { formId, formSeed, messageIds, messageText, placeText, Report, reportWho, safeNow, typedReceipt } from './schema.public.ts'

const k = (key: string) => `contact-public.${key}`
const invalid = k('error.choice')

/** "Tell us about a child". One page, four questions; only the text must be answered. */
export const reportForm = defineForm({
  fields: {
    safeNow: {
      kind: 'radios',
      schema: z.enum(safeNow),
      label: k('report.safeNow'),
      hint: k('report.safeNowHint'),
      optional: true,
      errors: { invalid },
      options: [
        { value: 'yes', label: k('report.safeYes') },
        { value: 'no', label: k('report.safeNo') },
        { value: 'unsure', label: k('report.safeUnsure') },
        { value: 'not_asked', label: k('report.skip') },
      ],
    },
    who: {
      kind: 'radios',
      schema: z.enum(reportWho),
      label: k('report.who'),
      optional: true,
      errors: { invalid },
      options: [
        { value: 'me', label: k('report.whoMe') },
        { value: 'child', label: k('report.whoChild') },
        { value: 'skip', label: k('report.skip') },
      ],
    },
    text: {
      kind: 'textarea',
      schema: messageText,
      label: k('report.text'),
      hint: k('report.textHint'),
      rows: 8,
      autocomplete: 'off',
      errors: { required: k('error.textMissing') },
    },
    where: { kind: 'text', schema: placeText, label: k('report.where'), hint: k('report.whereHint'), optional: true, autocomplete: 'off' },
    submission: { kind: 'hidden', schema: formId, label: k('error.formOld'), errors: { required: k('error.formOld') } },
    seed: { kind: 'hidden', schema: formSeed, label: k('error.formOld'), errors: { required: k('error.formOld') } },
    language: {
      kind: 'hidden',
      schema: z.enum(locales, k('error.formOld')),
      label: k('error.formOld'),
      errors: { required: k('error.formOld') },
    },
  },
})
/** What the form says, with the questions that were left empty as "not asked". Throws only on a value that did not come from the form. */
export const reportOf = (value: Record<string, unknown>): Report => Report.parse(value)

/** "I wrote before". */
export const returnForm = defineForm({
  fields: {
    words: {
      kind: 'textarea',
      schema: typedReceipt,
      label: k('back.words'),
      hint: k('back.wordsHint'),
      rows: 3,
      autocomplete: 'off',
      errors: { required: k('error.wordsMissing') },
    },
  },
})

/* The words travel in the forms of the page that they opened: in no address, no cookie and no session. */
const words = { kind: 'hidden', schema: typedReceipt, label: k('error.formOld'), errors: { required: k('error.formOld') } } as const

/** Something more to say. The form's own `command` is the id of the message. */
export const additionForm = defineForm({
  fields: {
    words,
    text: {
      kind: 'textarea',
      schema: messageText,
      label: k('talk.text'),
      hint: k('talk.textHint'),
      rows: 6,
      autocomplete: 'off',
      errors: { required: k('error.textMissing') },
    },
  },
})

/** "I have read this". */
export const readForm = defineForm({
  fields: { words, messages: { kind: 'hidden', schema: messageIds, label: k('error.formOld'), errors: { required: k('error.formOld') } } },
})

/** One and the same answer for words that nobody has and for a wrong secret. */
export const noAnswer: Errors = { words: { key: k('error.noAnswer') } }

/** What to say about a receipt that could not be read. It names the word and its place, so that a child need not type all eight again. */
export const receiptErrors = (problem: ReceiptProblem): Errors => {
  if (problem.code === 'empty') return { words: { key: k('error.wordsMissing') } }
  if (problem.code === 'too_long') return { words: { key: k('error.wordsLong') } }
  if (problem.code === 'word_count') return { words: { key: k('error.wordCount'), args: { found: problem.found } } }
  if (problem.code === 'digit_count') return { words: { key: k('error.digitCount'), args: { found: problem.found } } }
  const [first] = problem.words
  if (first === undefined || problem.words.length > 1) {
    const list = problem.words.map(w => `${w.position} – ${w.typed}`).join(', ')
    return { words: { key: k('error.wrongWords'), args: { list } } }
  }
  if (first.candidates.length > 1) {
    return {
      words: { key: k('error.whichWord'), args: { position: first.position, word: first.typed, choices: first.candidates.join(' / ') } },
    }
  }
  return { words: { key: k('error.wrongWord'), args: { position: first.position, word: first.typed } } }
}
