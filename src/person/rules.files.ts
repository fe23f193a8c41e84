import { err, ok, type Result } from '../base/result.ts'
import type { Day } from '../base/time.ts'
import type { FileEvent, Files, Paper, Photo, StoredType } from './schema.files.ts'
import type { Relation } from './schema.ts'

export const fileErrors = [
  'no_file',
  'too_large',
  'heic',
  'not_a_paper',
  'not_a_picture',
  'unreadable',
  'too_many_pixels',
  'too_many_papers',
  'file_unknown',
  'reason_missing',
  'one_photo',
  'no_photo',
  'no_case',
  'not_a_child',
  'child_not_agreed',
  'guardian_refused',
  'agreed_later',
  'not_missing',
] as const
export type FileError = (typeof fileErrors)[number]

/** What the server adds to a draft: rules are told, never look. */
export interface Received {
  readonly id: string
  readonly type: StoredType
  readonly size: number
  readonly by: string
  readonly at: string
}
export type PaperDraft = Pick<Paper, 'name' | 'kind' | 'giver' | 'original' | 'note'>
export interface PhotoDraft extends Pick<Photo, 'agreedOn' | 'language' | 'words' | 'guardian' | 'guardianWho'> {
  readonly childAgreed: boolean
}

export const attachPaper = (f: Files, d: PaperDraft, r: Received, most: number): Result<FileEvent, FileError> =>
  f.papers.length >= most ? err('too_many_papers') : ok({ type: 'paper_attached', paper: { what: 'paper', ...r, ...d } })

export const removePaper = (f: Files, fileId: string, reason: string): Result<FileEvent, FileError> => {
  if (!f.papers.some(p => p.id === fileId)) return err('file_unknown')
  return reason.trim() === '' ? err('reason_missing') : ok({ type: 'paper_removed', fileId, reason: reason.trim() })
}

/** May the picture be taken at all? Asked before the form is shown, and again when it is sent. */
export const mayTakePhoto = (f: Files, about: { relation: Relation; openCases: number }): Result<true, FileError> => {
  if (f.photo) return err('one_photo')
  if (about.relation !== 'child' && about.relation !== 'sibling') return err('not_a_child')
  // It is erased when the case is closed: without an open case nothing would ever erase it.
  return about.openCases > 0 ? ok(true) : err('no_case')
}
/** One picture, with the child's agreement; a guardian who was asked and refused is obeyed. */
export const takePhoto = (
  f: Files,
  about: { relation: Relation; openCases: number; today: Day },
  d: PhotoDraft,
  r: Received & { readonly type: 'jpeg' },
): Result<FileEvent, FileError> => {
  const may = mayTakePhoto(f, about)
  if (!may.ok) return may
  if (!d.childAgreed) return err('child_not_agreed')
  if (d.guardian === 'refused') return err('guardian_refused')
  if (d.agreedOn > about.today) return err('agreed_later')
  const { childAgreed: _, ...said } = d
  return ok({ type: 'photo_taken', photo: { what: 'photo', ...r, ...said } })
}
/** Opens for one reason only, and somebody says since when the child is missing and who looks for them. */
export const openPhoto = (f: Files, reason: string, why: string): Result<FileEvent, FileError> => {
  if (!f.photo) return err('no_photo')
  if (reason !== 'missing') return err('not_missing')
  return why.trim() === '' ? err('reason_missing') : ok({ type: 'photo_opened', fileId: f.photo.id, why: why.trim() })
}
/** The child or somebody who works with them wants it gone: no more than a reason is asked. */
export const removePhoto = (f: Files, reason: string): Result<FileEvent, FileError> => {
  if (!f.photo) return err('no_photo')
  return reason.trim() === '' ? err('reason_missing') : ok({ type: 'photo_removed', fileId: f.photo.id, reason: reason.trim() })
}

export const applyFile = (f: Files, e: FileEvent): Files => {
  switch (e.type) {
    case 'paper_attached':
      return { ...f, papers: [...f.papers, e.paper] }
    case 'paper_removed':
      return { ...f, papers: f.papers.filter(p => p.id !== e.fileId) }
    case 'photo_taken':
      return { ...f, photo: e.photo }
    case 'photo_opened':
      return f
    case 'photo_removed':
    case 'photo_erased':
      return f.photo?.id === e.fileId ? { ...f, photo: undefined } : f
  }
}
