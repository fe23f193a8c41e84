import { z } from 'zod'
import { defineForm } from '../base/form.ts'

/** The longest message of the page without scripts; in a browser that analyses by itself there is none. */
export const pastedLimit = 8000

/** "Check this message". The address is bland: it stays in the phone's history. */
export const checkPath = (language: string): string => `/${language}/check`
export const checkForm = defineForm({
  fields: {
    text: {
      kind: 'textarea',
      schema: z.string('prevention.check.missing').trim().min(1, 'prevention.check.missing').max(pastedLimit, 'prevention.check.long'),
      label: 'prevention.check.label',
      hint: 'prevention.check.hint',
      rows: 7,
      autocomplete: 'off',
      errors: { required: 'prevention.check.missing' },
    },
  },
})
