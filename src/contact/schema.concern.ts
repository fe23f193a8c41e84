import { z } from 'zod'
import { defineForm } from '../base/form.ts'
import { locales } from '../base/i18n.ts'
import { formId, formSeed, looksBinary, messageText, Report, safeNow } from './schema.public.ts'

const k = (key: string) => `concern.${key}`
const invalid = 'contact-public.error.choice'
const old = { required: 'contact-public.error.formOld' }

const shortText = (max: number) =>
  z.preprocess(
    v => (typeof v === 'string' ? v.replace(/\r\n?/g, '\n').trim() : v),
    z
      .string(k('error.long'))
      .max(max, k('error.long'))
      .refine(text => !looksBinary(text), 'contact-public.error.textBinary'),
  )

export const onlines = ['net', 'place', 'both'] as const
export const whens = ['now', 'week', 'month', 'old'] as const
export const knowing = ['family', 'friend', 'net', 'work', 'stranger', 'unsure'] as const
const up = (s: string) => s.charAt(0).toUpperCase() + s.slice(1)
const options = (field: string, values: readonly string[]) => values.map(value => ({ value, label: k(`field.${field}${up(value)}`) }))

/**
 * A concern of an adult about somebody else's child. What it does not ask is part of it: nationality, religion and papers are no concern about a child, and a form
 * that asks for them invites reports about neighbours who are foreign.
 */
export const concernForm = defineForm({
  fields: {
    safeNow: {
      kind: 'radios',
      schema: z.enum(safeNow),
      label: k('field.danger'),
      hint: k('field.dangerHint'),
      optional: true,
      errors: { invalid },
      // "Yes, in danger" is the plain answer "not safe now", on which paging hangs.
      options: [
        { value: 'no', label: k('field.dangerYes') },
        { value: 'yes', label: k('field.dangerNo') },
        { value: 'unsure', label: k('field.dangerUnsure') },
        { value: 'not_asked', label: k('field.skip') },
      ],
    },
    text: {
      kind: 'textarea',
      schema: messageText,
      label: k('field.what'),
      hint: k('field.whatHint'),
      rows: 7,
      autocomplete: 'off',
      errors: { required: 'contact-public.error.textMissing' },
    },
    online: {
      kind: 'radios',
      schema: z.enum(onlines),
      label: k('field.online'),
      optional: true,
      errors: { invalid },
      options: options('online', onlines),
    },
    platform: {
      kind: 'text',
      schema: shortText(300),
      label: k('field.platform'),
      hint: k('field.platformHint'),
      optional: true,
      autocomplete: 'off',
    },
    where: {
      kind: 'text',
      schema: shortText(300),
      label: k('field.place'),
      hint: k('field.placeHint'),
      optional: true,
      autocomplete: 'off',
    },
    when: {
      kind: 'radios',
      schema: z.enum(whens),
      label: k('field.when'),
      optional: true,
      errors: { invalid },
      options: options('when', whens),
    },
    atRisk: {
      kind: 'textarea',
      schema: shortText(600),
      label: k('field.atRisk'),
      hint: k('field.atRiskHint'),
      optional: true,
      rows: 3,
      autocomplete: 'off',
    },
    by: {
      kind: 'textarea',
      schema: shortText(600),
      label: k('field.by'),
      hint: k('field.byHint'),
      optional: true,
      rows: 3,
      autocomplete: 'off',
    },
    knows: {
      kind: 'radios',
      schema: z.enum(knowing),
      label: k('field.knows'),
      optional: true,
      errors: { invalid },
      options: options('knows', knowing),
    },
    submission: { kind: 'hidden', schema: formId, label: 'contact-public.error.formOld', errors: old },
    seed: { kind: 'hidden', schema: formSeed, label: 'contact-public.error.formOld', errors: old },
    language: {
      kind: 'hidden',
      schema: z.enum(locales, 'contact-public.error.formOld'),
      label: 'contact-public.error.formOld',
      errors: old,
    },
  },
})

/** Answers beyond the message, in the order of the form; under these keys they lie sealed in the story of the contact. */
export const concernAnswers = ['online', 'platform', 'where', 'when', 'atRisk', 'by', 'knows'] as const
/** Words of the chosen answers; what is typed is shown as it is. */
export const concernChoices = { online: onlines, when: whens, knows: knowing } as const

/** The report and its answers; what was left empty is absent. */
export const concernOf = (value: Record<string, unknown>): { report: Report; answers: Record<string, string> } => {
  const { submission, seed, language, text } = value
  return {
    report: Report.parse({ submission, seed, language, text, where: '', who: 'child', safeNow: value.safeNow ?? 'not_asked' }),
    answers: Object.fromEntries(concernAnswers.flatMap(a => (typeof value[a] === 'string' && value[a] ? [[a, value[a]]] : []))),
  }
}
