import { z } from 'zod'
import { defineForm } from '../base/form.ts'
import type { Id } from '../base/id.ts'
import { idPattern } from '../base/id.ts'
import { type Opened, type Reader, reader } from '../base/sealed.ts'
import type { Day } from '../base/time.ts'

/** How closely somebody looks after a child who may harm itself. */
export const watchLevels = ['not_asked', 'none', 'now_and_then', 'close'] as const
const words = z.string()
const id = z.string()
/** What the shift must know, and no story. Empty is: not asked yet. */
export const NightCard = z.strictObject({
  name: words,
  language: words,
  medical: words,
  fears: words,
  calms: words,
  watch: z.enum(watchLevels),
  watchWhat: words,
  keepAway: words,
  missing: words,
  wake: words,
})
export type NightCard = z.infer<typeof NightCard>
export const nightCardSchema = 1
export const openNightCard = reader('night card', nightCardSchema, NightCard)
/** In the order in which the shift needs them. */
export const cardTexts = ['name', 'language', 'medical', 'watchWhat', 'fears', 'calms', 'keepAway', 'missing', 'wake'] as const

export const codePattern = /^N-[0-9A-HJKMNP-TV-Z]{5}$/
/** The card as the case keeps it. `card` is undefined where this session holds no story key. */
export interface CardRow<V = NightCard> {
  readonly id: Id
  readonly caseId: Id
  readonly homeGroup: Id
  readonly shelterId: Id
  readonly code: string
  readonly state: 'here' | 'ended'
  readonly since: Day
  readonly version: number
  readonly card: V
}
export const nightEventData = {
  night_card_written: z.strictObject({ cardId: id, shelterId: id, code: words, since: z.iso.date(), card: NightCard }),
  night_card_ended: z.strictObject({ cardId: id, where: words }),
} as const
type Data = typeof nightEventData
export type NightEventType = keyof Data
export type NightEvent = { [K in NightEventType]: { readonly type: K } & Readonly<z.infer<Data[K]>> }[NightEventType]
export const nightEventSchema = 1
const readers = Object.fromEntries(
  Object.entries(nightEventData).map(([type, data]) => [type, reader(`night card event ${type}`, nightEventSchema, data)]),
) as unknown as Readonly<Record<NightEventType, Reader<object>>>
export const isNightEvent = (type: string): type is NightEventType => Object.hasOwn(nightEventData, type)
export const openNightEvent = (type: NightEventType, o: Opened): NightEvent => ({ type, ...readers[type](o) }) as NightEvent

const text = (name: string, rows: number) =>
  ({
    kind: rows === 1 ? 'text' : 'textarea',
    schema: z.string().max(1000),
    label: `night-card.field.${name}`,
    optional: true,
    ...(rows === 1 ? {} : { rows }),
  }) as const
export const nightCardForm = defineForm({
  fields: {
    shelter: { kind: 'select', schema: z.string().regex(idPattern), label: 'night-card.form.shelter', hint: 'night-card.form.shelterHint' },
    name: text('name', 1),
    language: text('language', 1),
    medical: text('medical', 2),
    watch: {
      kind: 'radios',
      schema: z.enum(watchLevels),
      label: 'night-card.field.watch',
      options: watchLevels.map(value => ({ value, label: `night-card.watch.${value}` })),
    },
    watchWhat: text('watchWhat', 2),
    fears: text('fears', 2),
    calms: text('calms', 2),
    keepAway: text('keepAway', 2),
    missing: text('missing', 2),
    wake: text('wake', 2),
  },
})
export const movedOutForm = defineForm({
  fields: {
    where: { kind: 'text', schema: z.string().max(300), label: 'night-card.form.where', hint: 'night-card.form.whereHint', optional: true },
  },
})
