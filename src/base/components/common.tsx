import { type ComponentChildren, createContext } from 'preact'
import { useContext } from 'preact/hooks'
import { keyT, type T } from '../i18n.ts'

/** Anything that may stand on a page. Strings are escaped by construction; there is no way to pass raw HTML. */
export type Content = ComponentChildren
/** Further attributes, as they stand in HTML. */
export type Attrs = Readonly<Record<string, string | number | boolean | undefined>>

/** Class names, without the empty ones. */
export const cx = (...names: readonly (string | false | null | undefined)[]): string => names.filter(Boolean).join(' ')

/** Ids for `aria-describedby`; undefined instead of an empty attribute. */
export const ids = (...names: readonly (string | false | null | undefined)[]): string | undefined => cx(...names) || undefined

const Words = createContext<T>(keyT())
/** Gives the fixed words of components («Ошибка», «Внимание») their language; both shells set it. */
export const WordsProvider = Words.Provider
export const useWords = (): T => useContext(Words)

/** Words of the catalogue where they begin a line of their own: an answer to choose, a heading. */
export const capital = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1)

export interface FormGroup {
  classes?: string | undefined
  attributes?: Attrs | undefined
  beforeInput?: Content
  afterInput?: Content
}
