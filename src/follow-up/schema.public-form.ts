import { z } from 'zod'
import { defineForm, type Errors, type FieldDef } from '../base/form.ts'
import { idPattern } from '../base/id.ts'
import { looksBinary, typedReceipt } from '../contact/schema.public.ts'
import { answerValues } from './schema.forms.ts'
import type { Question } from './schema.ts'

const k = (key: string) => `follow-up-public.${key}`
const old = k('error.old')
const word = z.string(k('error.word')).max(60, k('error.word'))

/** The address says nothing: it stays in the phone's history. */
export const dayPath = (language: string, then: '' | '/next' = ''): string => `/${language}/day${then}`

/** Two fields, and no word about what they open. */
export const doorForm = defineForm({
  fields: {
    words: {
      kind: 'textarea',
      schema: typedReceipt,
      label: k('door.words'),
      rows: 3,
      autocomplete: 'off',
      errors: { required: k('error.words') },
    },
    word: { kind: 'text', schema: word, label: k('door.word'), autocomplete: 'off', width: 20, errors: { required: k('error.word') } },
  },
})

const level = (q: Question) =>
  ({
    kind: 'radios',
    schema: z.enum(answerValues),
    label: k(`ask.${q}`),
    optional: true,
    errors: { invalid: k('error.choice') },
  }) as const satisfies FieldDef
const lineLimit = 1000
/** Nothing must be answered. The words travel in the form that they opened: in no address and no cookie. */
export const dayForm = defineForm({
  fields: {
    words: { kind: 'hidden', schema: typedReceipt, label: old, errors: { required: old } },
    word: { kind: 'hidden', schema: word, label: old, errors: { required: old } },
    id: { kind: 'hidden', schema: z.string().regex(idPattern, old), label: old, errors: { required: old } },
    safe: level('safe'),
    slept: level('slept'),
    food: level('food'),
    school: level('school'),
    talk: level('talk'),
    line: {
      kind: 'textarea',
      schema: z
        .string()
        .max(lineLimit, k('error.long'))
        .refine(t => !looksBinary(t), k('error.notWriting')),
      label: k('ask.line'),
      rows: 3,
      autocomplete: 'off',
      optional: true,
    },
  },
})
/** The same for words that nobody has, a wrong word, a code that ended, and "I am not alone". */
export const nothingHere: Errors = { words: { key: k('error.nothing') } }
