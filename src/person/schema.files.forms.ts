import { z } from 'zod'
import { defineForm } from '../base/form.ts'
import { givers, guardianSays, originals, paperKinds } from './schema.files.ts'

const choices = <const L extends readonly string[]>(list: L, words: string) => list.map(value => ({ value, label: `${words}.${value}` }))
const text = (most: number) => z.string().max(most, 'files.error.too_long')

/** A paper in two taps: everything but the file has an answer already. */
export const paperForm = defineForm({
  fields: {
    kind: { kind: 'select', schema: z.enum(paperKinds), label: 'files.paper.kind', options: choices(paperKinds, 'files.kind') },
    giver: { kind: 'select', schema: z.enum(givers), label: 'files.paper.giver', options: choices(givers, 'files.giver') },
    original: { kind: 'select', schema: z.enum(originals), label: 'files.paper.original', options: choices(originals, 'files.original') },
    note: { kind: 'textarea', schema: text(2000), label: 'files.paper.note', hint: 'files.paper.noteHint', optional: true, rows: 2 },
  },
})
/** The same without photographs of the child, which are asked for only while they are allowed. */
const { kind, ...others } = paperForm.fields
export const papersOnlyForm = defineForm({
  fields: { kind: { ...kind, options: kind.options.filter(o => o.value !== 'picture') }, ...others },
})
export const allowForm = defineForm({
  fields: {
    purpose: { kind: 'textarea', schema: text(500), label: 'files.pictures.purpose', hint: 'files.pictures.purposeHint', rows: 2 },
    consent: { kind: 'textarea', schema: text(500), label: 'files.pictures.consent', hint: 'files.pictures.consentHint', rows: 2 },
    agreedOn: { kind: 'day', schema: z.iso.date(), label: 'files.photo.agreedOn' },
    until: { kind: 'day', schema: z.iso.date(), label: 'files.pictures.until', hint: 'files.pictures.untilHint' },
  },
})
export const removeForm = defineForm({
  fields: { reason: { kind: 'textarea', schema: text(2000), label: 'files.remove.reason', rows: 2 } },
})
export const photoForm = defineForm({
  fields: {
    agreed: {
      kind: 'radios',
      schema: z.enum(['yes', 'no']),
      label: 'files.photo.agreed',
      hint: 'files.photo.agreedHint',
      options: choices(['yes', 'no'], 'files.yesNo'),
    },
    agreedOn: { kind: 'day', schema: z.iso.date(), label: 'files.photo.agreedOn' },
    language: { kind: 'text', schema: text(100), label: 'files.photo.language', hint: 'files.photo.languageHint', width: 20 },
    words: { kind: 'textarea', schema: text(500), label: 'files.photo.words', optional: true, rows: 2 },
    guardian: {
      kind: 'radios',
      schema: z.enum(guardianSays),
      label: 'files.photo.guardian',
      hint: 'files.photo.guardianHint',
      options: guardianSays.map(value => ({
        value,
        label: `files.guardian.${value}`,
        ...(value === 'agreed' ? { reveals: 'guardianWho' } : {}),
      })),
    },
    guardianWho: { kind: 'text', schema: text(200), label: 'files.photo.guardianWho', width: 30 },
  },
})
export const openPhotoForm = defineForm({
  fields: {
    reason: { kind: 'radios', schema: z.enum(['missing']), label: 'files.open.reason', options: choices(['missing'], 'files.reason') },
    why: { kind: 'textarea', schema: text(2000), label: 'files.open.why', hint: 'files.open.whyHint', rows: 3 },
  },
})
