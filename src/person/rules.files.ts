import { err, ok, type Result } from '../base/result.ts'
import { addDays, type Day } from '../base/time.ts'
import { type Allowance, type FileEvent, type Files, longestAllowance, type Paper, type Photo, type StoredType } from './schema.files.ts'
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
  'picture_not_allowed',
  'until_wrong',
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

/** What a picture needs beyond a paper: an allowance that still runs, and a case that is still open. */
export interface PictureTimes {
  readonly openCases: number
  readonly today: Day
}
export const picturesAllowed = (f: Files, at: PictureTimes): boolean =>
  f.allowed !== undefined && f.allowed.until >= at.today && at.openCases > 0
export const attachPaper = (f: Files, d: PaperDraft, r: Received, most: number, at: PictureTimes): Result<FileEvent, FileError> => {
  if (f.papers.length >= most) return err('too_many_papers')
  if (d.kind === 'picture' && (r.type === 'pdf' || !picturesAllowed(f, at))) return err('picture_not_allowed')
  return ok({ type: 'paper_attached', paper: { what: 'paper', ...r, ...d } })
}
/** Other photographs than the one in case the child goes missing: for a purpose, with the child's agreement, for a while, and only while a case is open. */
export const allowPictures = (
  about: PictureTimes & { relation: Relation },
  d: Pick<Allowance, 'purpose' | 'consent' | 'agreedOn' | 'until'>,
  r: Pick<Allowance, 'id' | 'by' | 'at'>,
): Result<FileEvent, FileError> => {
  if (about.relation !== 'child' && about.relation !== 'sibling') return err('not_a_child')
  if (about.openCases === 0) return err('no_case')
  if (d.purpose.trim() === '' || d.consent.trim() === '') return err('reason_missing')
  if (d.agreedOn > about.today) return err('agreed_later')
  if (d.until < about.today || d.until > addDays(about.today, longestAllowance)) return err('until_wrong')
  return ok({ type: 'pictures_allowed', allowance: { ...d, ...r } })
}
export const endPictures = (f: Files, reason: string): Result<FileEvent, FileError> => {
  if (!f.allowed) return err('picture_not_allowed')
  return reason.trim() === '' ? err('reason_missing') : ok({ type: 'pictures_ended', reason: reason.trim() })
}

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
      return { ...f, papers: f.papers.filter(p => p.id !== e.fileId), photo: f.photo?.id === e.fileId ? undefined : f.photo }
    case 'pictures_allowed':
      return { ...f, allowed: e.allowance }
    case 'pictures_ended':
      return { ...f, allowed: undefined }
  }
}
