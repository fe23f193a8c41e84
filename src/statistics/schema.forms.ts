import { z } from 'zod'
import { defineForm } from '../base/form.ts'

const hidden = (name: string) => ({ kind: 'hidden', schema: z.string().max(30), label: `statistics.cut.${name}` }) as const
/** A release is made of exactly the cut whose preview was shown. */
export const releaseForm = defineForm({
  fields: { what: hidden('what'), from: hidden('from'), to: hidden('to'), rows: hidden('rows'), columns: hidden('columns') },
})
