import { z } from 'zod'
import { defineForm } from '../base/form.ts'
import { type Locale, languageName, publicLocales } from '../base/i18n.ts'
import type { Id } from '../base/id.ts'
import { reader } from '../base/sealed.ts'
import type { Day } from '../base/time.ts'

/* Reach without tracking: which kinds of page are counted, and the codes of posters. */

/** The closed list: nothing else can come into the table (db/migrations/0082_reach.sql holds the same). */
export const reachPages = [
  'home',
  'urgent',
  'safety',
  'how',
  'clear',
  'report',
  'back',
  'concern',
  'chat',
  'check',
  'lesson',
  'story',
  'quiz',
  'leaflet',
  'poster',
] as const
export type ReachPage = (typeof reachPages)[number]

export const posterPlaces = [
  'school',
  'college',
  'clinic',
  'shelter',
  'market',
  'worksite',
  'hostel',
  'station',
  'worship',
  'community',
  'online',
  'other',
] as const
export type PosterPlace = (typeof posterPlaces)[number]

/** Letters that are not mistaken for one another when read from a wall. */
export const posterLetters = 'abcdefghjkmnpqrstuvwxyz23456789'
export const posterPattern = /^[a-hjkmnp-z2-9]{5}$/
/** A code as somebody may type it; undefined for what cannot be one. */
export const posterCodeOf = (typed: string | undefined): string | undefined => {
  const code = (typed ?? '').trim().toLowerCase()
  return posterPattern.test(code) ? code : undefined
}

/** Sealed under the service key: what a code is for. */
export const PosterFile = z.strictObject({ name: z.string().max(120) })
export type PosterFile = z.infer<typeof PosterFile>
export const posterSchema = 1
export const openPoster = reader('poster code', posterSchema, PosterFile)

export interface PosterCode extends PosterFile {
  readonly code: string
  readonly agencyId: Id
  readonly place: PosterPlace
  readonly lang: Locale
  readonly made: Day
  readonly state: 'active' | 'ended'
}

export const languageOptions = publicLocales.map(value => ({ value, text: languageName[value] }))
export const posterForm = defineForm({
  fields: {
    name: { kind: 'text', schema: z.string().max(120), label: 'reach.poster.name', hint: 'reach.poster.nameHint' },
    place: {
      kind: 'select',
      schema: z.enum(posterPlaces),
      label: 'reach.poster.place',
      options: posterPlaces.map(value => ({ value, label: `reach.place.${value}` })),
    },
    lang: { kind: 'select', schema: z.enum(publicLocales), label: 'reach.poster.lang', options: languageOptions },
  },
})
export const posterEndForm = defineForm({ fields: {} })
