import type { T } from '../base/i18n.ts'

/* What stands on a leaflet and on a poster, as blocks from top to bottom; where each comes to lie is decided on paper (routes.leaflet.ts). */

export const papers = ['leaflet', 'poster'] as const
export type Paper = (typeof papers)[number]

export interface Line {
  readonly number: string
  readonly name: string
}
export type Block =
  | { readonly kind: 'title' | 'big' | 'text' | 'heading' | 'bullet'; readonly text: string }
  /** The square, with how to use it and the address beside or under it. */
  | { readonly kind: 'way'; readonly scan: string; readonly type: string; readonly address: string }
  | { readonly kind: 'number'; readonly number: string; readonly name: string }

/** The address as it is read from a wall: without what a browser puts before it by itself. */
export const spoken = (address: string): string => address.replace(/^https?:\/\//, '').replace(/\/$/, '')
/** Where the square and the written address lead. */
export const addressOf = (site: string, lang: string, code?: string): string => `${site}${code ? `/p/${code}` : `/${lang}/`}`

export const blocksOf = (paper: Paper, v: { readonly address: string; readonly numbers: readonly Line[] }, t: T): Block[] => {
  const p = (k: string) => t(`traces.paper.${k}`)
  const way: Block = { kind: 'way', scan: p('scan'), type: p('type'), address: spoken(v.address) }
  const numbers: Block[] = [
    { kind: 'heading', text: p('numbersTitle') },
    ...v.numbers.map((n): Block => ({ kind: 'number', number: n.number, name: n.name })),
  ]
  const promise = ['promise1', 'promise2', 'promise3'].map((k): Block => ({ kind: 'bullet', text: p(k) }))
  if (paper === 'poster')
    return [
      { kind: 'title', text: p('posterTitle') },
      { kind: 'big', text: p('who') },
      { kind: 'big', text: p('noName') },
      way,
      ...promise.slice(0, 2),
      ...numbers,
    ]
  return [
    { kind: 'title', text: p('leafletTitle') },
    { kind: 'big', text: p('who') },
    { kind: 'big', text: p('noName') },
    { kind: 'heading', text: p('howTitle') },
    way,
    { kind: 'heading', text: p('promiseTitle') },
    ...promise,
    { kind: 'heading', text: p('offerTitle') },
    { kind: 'text', text: p('offer') },
    ...numbers,
    { kind: 'text', text: p('leaves') },
  ]
}
