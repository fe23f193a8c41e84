import { z } from 'zod'
import { defineForm } from '../base/form.ts'
import { catalogueLocales, languageName } from '../base/i18n.ts'
import { textKinds } from './schema.lesson.ts'

/** Longest draft that can be pasted: a body of the office is 64 KB, and a Cyrillic letter takes six bytes of it on the way. */
export const draftLimit = 9000

/** A draft to look at. Nothing of it is kept. */
export const draftForm = defineForm({
  fields: {
    kind: {
      kind: 'radios',
      schema: z.enum(textKinds),
      label: 'content.draft.kind',
      inline: true,
      options: textKinds.map(k => ({ value: k, label: `content.kind.${k}` })),
    },
    language: {
      kind: 'select',
      schema: z.enum(catalogueLocales),
      label: 'content.draft.language',
      options: catalogueLocales.map(l => ({ value: l, text: languageName[l] })),
    },
    text: {
      kind: 'textarea',
      schema: z.string('content.draft.missing').min(1, 'content.draft.missing').max(draftLimit, 'content.draft.long'),
      label: 'content.draft.text',
      hint: 'content.draft.hint',
      rows: 16,
      autocomplete: 'off',
      errors: { required: 'content.draft.missing' },
    },
  },
})
