import type { Asked } from '../platform/office.ts'
import type { RegisterLink } from './schema.registers.ts'

/** The way back: all comparisons, and the one somebody is in. */
export const linkCrumbs = (a: Asked, l?: RegisterLink) => [
  { text: a.t('register.list.title'), href: '/registers' },
  ...(l ? [{ text: l.agreement.from, href: `/registers/${l.id}` }] : []),
]
