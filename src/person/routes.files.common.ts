import { glassOn, glassReadOnly } from '../access/store.glass.ts'
import type { Id } from '../base/id.ts'
import { SealError } from '../platform/crypto.ts'
import type { Asked } from '../platform/office.ts'
import { contentOf } from './store.files.ts'
import { findPerson, type SeenPerson } from './store.ts'

/** What is asked of the cases of a child, which stand further right. */
export interface CasesOfChild {
  /** How many of them are open. */
  readonly open: (a: Asked, personId: Id) => Promise<number>
  /** The picture was opened: whoever answers for the cases is told. */
  readonly photoOpened: (a: Asked, personId: Id) => Promise<unknown>
}

/** Where a page of files stands: people, where this session may search among them, the person, the papers. */
export const fileCrumbs = (a: Asked, id: Id, files = true) => [
  ...(a.can('person:search') ? [{ text: a.t('person.search.title'), href: '/people/search' }] : []),
  { text: a.t('person.page.title'), href: `/people/${id}` },
  ...(files ? [{ text: a.t('files.list.title'), href: `/people/${id}/files` }] : []),
]

/** The person with an identity that this session can open, or nothing. */
export const personWithFiles = async (
  a: Asked,
  lock = false,
): Promise<(SeenPerson & { identity: NonNullable<SeenPerson['identity']> }) | undefined> => {
  const p = await findPerson(a, a.params.personId!, lock)
  return p?.identity ? { ...p, identity: p.identity } : undefined
}
/** May this session add and remove here? Emergency access reads only. */
export const writes = async (a: Asked, p: SeenPerson, permission: string): Promise<boolean> =>
  p.state === 'active' && a.can(permission) && !glassReadOnly(a, await glassOn(a, p.id))

/** The bytes, or why there are none: that a paper was changed on the disk is said, not hidden as if it had never been. */
export const bytesOf = async (a: Asked, p: { id: Id }, fileId: Id): Promise<Buffer | 'file_missing' | 'file_altered'> => {
  try {
    return await contentOf(a, p.id, fileId)
  } catch (e) {
    if (e instanceof SealError && (e.message === 'file_missing' || e.message === 'file_altered')) return e.message
    throw e
  }
}
