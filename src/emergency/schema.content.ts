import { z } from 'zod'
import { dangers } from './schema.ts'

const both = z.strictObject({ ru: z.string().min(1), en: z.string().min(1) })
/** A sentence to the child, in the six languages. */
const sentence = z.strictObject({
  ru: z.string().min(1),
  en: z.string().min(1),
  uz: z.string().min(1),
  ky: z.string().min(1),
  tg: z.string().min(1),
  fr: z.string().min(1),
})
export type Sentence = z.infer<typeof sentence>
const kind = z.strictObject({ source: both, steps: z.array(both).min(3).max(5), say: z.array(sentence).min(2).max(4) })
/** content/emergency/kinds.json: what to do and what to say, by kind of danger; each language says whether a person has read it. */
export const EmergencyContent = z.strictObject({
  _reviewed: z.strictObject({ ru: z.boolean(), en: z.boolean(), uz: z.boolean(), ky: z.boolean(), tg: z.boolean(), fr: z.boolean() }),
  _note: z.string(),
  kinds: z.strictObject(Object.fromEntries(dangers.map(d => [d, kind])) as Record<(typeof dangers)[number], typeof kind>),
  where: z.array(sentence).min(4).max(8),
})
export type EmergencyContent = z.infer<typeof EmergencyContent>
/** Languages of the sentences; Cyrillic Uzbek is made from Latin. */
export const sayLanguages = ['ru', 'en', 'uz', 'uz-Cyrl', 'ky', 'tg', 'fr'] as const
export type SayLanguage = (typeof sayLanguages)[number]
