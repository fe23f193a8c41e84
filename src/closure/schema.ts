import { z } from 'zod'
import { defineForm } from '../base/form.ts'
import { closeReasons } from '../case/schema.ts'
import { asksField } from '../follow-up/schema.forms.ts'

export const closeForm = defineForm({
  fields: {
    reason: {
      kind: 'radios',
      schema: z.enum(closeReasons),
      label: 'closure.close.reason',
      options: closeReasons.map(value => ({ value, label: `closure.reason.${value}` })),
    },
    note: { kind: 'textarea', schema: z.string().max(4000), label: 'closure.close.note', hint: 'closure.close.noteHint', rows: 4 },
    asks: { ...asksField, optional: true },
    goesOn: {
      kind: 'textarea',
      schema: z.string().max(2000),
      label: 'closure.close.goesOn',
      hint: 'closure.close.goesOnHint',
      rows: 2,
      optional: true,
    },
  },
})
export const reopenForm = defineForm({
  fields: { reason: { kind: 'textarea', schema: z.string().max(2000), label: 'closure.reopen.reason', rows: 3 } },
})
