import { z } from 'zod'
import { defineForm } from '../base/form.ts'
import { languageName, publicLocales } from '../base/i18n.ts'
import type { Id } from '../base/id.ts'
import { reader } from '../base/sealed.ts'
import type { Day } from '../base/time.ts'

/* Outreach diary: what was posted where, and events. By its rule no child stands in it. */

export const outreachKinds = ['post', 'event'] as const
export type OutreachKind = (typeof outreachKinds)[number]
export const platforms = [
  'vk',
  'telegram',
  'whatsapp',
  'ok',
  'instagram',
  'tiktok',
  'youtube',
  'game',
  'forum',
  'offline',
  'other',
] as const
export const eventPlaces = [
  'school',
  'college',
  'clinic',
  'shelter',
  'worksite',
  'hostel',
  'worship',
  'community',
  'online',
  'other',
] as const
export const audiences = [
  'child_8_11',
  'child_12_14',
  'child_15_17',
  'parents',
  'teachers',
  'medics',
  'diaspora',
  'officials',
  'mixed',
] as const
export const outreachLangs = [...publicLocales, 'other'] as const
export type OutreachLang = (typeof outreachLangs)[number]

const words = z.string().max(4000)
/** Sealed under the service key. */
export const OutreachFile = z.strictObject({ community: z.string().max(200), text: words, note: words })
export type OutreachFile = z.infer<typeof OutreachFile>
export const outreachSchema = 1
export const openOutreach = reader('outreach entry', outreachSchema, OutreachFile)

export interface Outreach extends OutreachFile {
  readonly id: Id
  readonly agencyId: Id
  readonly kind: OutreachKind
  readonly day: Day
  readonly lang: OutreachLang
  readonly place: string
  readonly audience: string | null
  readonly hours: number | null
  readonly contacts: number | null
  readonly reached: number | null
  readonly by: Id
  readonly version: number
}

const whole = (max: number) =>
  z
    .string()
    .regex(/^\d{1,7}$/, 'outreach.error.number')
    .refine(s => Number(s) <= max, 'outreach.error.number')
const day = z.string()
const lang = {
  kind: 'select',
  schema: z.enum(outreachLangs),
  label: 'outreach.form.lang',
  options: [...publicLocales.map(value => ({ value, text: languageName[value] })), { value: 'other', label: 'outreach.form.otherLang' }],
} as const
const rule = {
  kind: 'checkboxes',
  schema: z.array(z.enum(['yes'])).min(1, 'outreach.error.rule'),
  label: 'outreach.form.rule',
  options: [{ value: 'yes', label: 'outreach.form.ruleText' }],
} as const
/** Shown only after something in the words looked like a name on a platform or a telephone number. */
const sure = {
  kind: 'checkboxes',
  schema: z.array(z.enum(['yes'])),
  optional: true,
  label: 'outreach.form.sure',
  hint: 'outreach.form.sureHint',
  options: [{ value: 'yes', label: 'outreach.form.sureText' }],
} as const
const note = { kind: 'textarea', schema: words, rows: 3, optional: true, label: 'outreach.form.note' } as const

const postFields = {
  day: { kind: 'day', schema: day, label: 'outreach.form.day' },
  place: {
    kind: 'select',
    schema: z.enum(platforms),
    label: 'outreach.form.platform',
    options: platforms.map(value => ({ value, label: `outreach.platform.${value}` })),
  },
  community: {
    kind: 'text',
    schema: z.string().max(200),
    label: 'outreach.form.community',
    hint: 'outreach.form.communityHint',
  },
  lang,
  text: { kind: 'textarea', schema: words, rows: 5, label: 'outreach.form.text', hint: 'outreach.form.textHint' },
  hours: {
    kind: 'text',
    schema: z.string().regex(/^\d{1,3}([.,]\d)?$/, 'outreach.error.hours'),
    label: 'outreach.form.hours',
    hint: 'outreach.form.hoursHint',
    width: 4,
  },
  contacts: { kind: 'text', schema: whole(10_000), label: 'outreach.form.contacts', hint: 'outreach.form.contactsHint', width: 4 },
  note,
  rule,
} as const
const eventFields = {
  day: { kind: 'day', schema: day, label: 'outreach.form.day' },
  place: {
    kind: 'select',
    schema: z.enum(eventPlaces),
    label: 'outreach.form.place',
    options: eventPlaces.map(value => ({ value, label: `outreach.place.${value}` })),
  },
  audience: {
    kind: 'select',
    schema: z.enum(audiences),
    label: 'outreach.form.audience',
    options: audiences.map(value => ({ value, label: `outreach.audience.${value}` })),
  },
  lang,
  reached: { kind: 'text', schema: whole(100_000), label: 'outreach.form.reached', hint: 'outreach.form.reachedHint', width: 5 },
  note,
  rule,
} as const
/** As it is asked first, and as it is asked again after its words held what looks like a way to one person. */
export const outreachForms = {
  post: { first: defineForm({ fields: postFields }), again: defineForm({ fields: { ...postFields, sure } }) },
  event: { first: defineForm({ fields: eventFields }), again: defineForm({ fields: { ...eventFields, sure } }) },
} as const
