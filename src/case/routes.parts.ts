import type { Code } from '../base/codes.ts'
import type { Content } from '../base/components/index.tsx'
import type { T } from '../base/i18n.ts'
import type { Id } from '../base/id.ts'
import type { Opened } from '../base/sealed.ts'
import type { Asked } from '../platform/office.ts'
import type { CaseRow } from './schema.ts'

/** How the timeline reads one kind of event: from its opened part to what is shown. `alias` names a colleague by id. */
export type ReadEvent = (o: Opened, t: T, alias: (id: Id | null) => string) => Content

/**
 * What a capability further right adds to the case: a link, a card, its events in the timeline, what becomes of it when a contact turns into cases.
 * The list is handed over where the capabilities are registered, so that the case knows none of them. Lower `order` stands first: care before paperwork.
 */
export interface CasePart {
  /** Also the first segment of its words: `${name}.event.${type}` is the title of its events in the timeline. */
  readonly name: string
  readonly order: number
  /** In the case's own menu: the path under /cases/:id/, the key of its words, and the permission that shows it. */
  readonly link?: { readonly path: string; readonly words: string; readonly permit: string }
  /** What stands on the case page under the four answers; undefined: nothing. Called beside the page's own queries with the case's id, hidden or not. */
  readonly card?: (a: Asked, caseId: Id) => Promise<Content | undefined>
  readonly events?: Readonly<Record<string, ReadEvent>>
  /** A printed code that only this part reads: a paper of a case (`/90-…`), or a code of its own kind. Where it leads this person; undefined: not mine, or hidden. */
  readonly led?: (a: Asked, code: Code, caseId: Id | undefined) => Promise<{ readonly caseId: Id; readonly path: string } | undefined>
  /** In the transaction that opened cases from a contact: takes along what hung on the contact. */
  readonly opened?: (a: Asked, cases: readonly CaseRow[], contactId: Id) => Promise<void>
}
