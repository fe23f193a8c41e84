import { z } from 'zod'
import { type Opened, reader } from '../base/sealed.ts'

/* Papers of a person, and the one picture that is taken only in case the child goes missing. The bytes are sealed files; here is what is known of them. */

/** What kind of paper it is. An unknown one is `other`, with a note. */
export const paperKinds = [
  'birth_certificate',
  'passport_home',
  'passport_abroad',
  'return_certificate',
  'migration_card',
  'registration',
  'residence',
  'power_of_attorney',
  'court_police',
  'health',
  'school',
  'handover',
  'other',
  // A photograph of the child beyond the one "only if I go missing": only while a supervisor allows it.
  'picture',
] as const
export type PaperKind = (typeof paperKinds)[number]
export const givers = ['not_said', 'child', 'parent', 'relative', 'police', 'agency', 'embassy', 'found', 'other'] as const
/** Where the paper itself is. One that somebody keeps from the child is a sign, and a thing to get back. */
export const originals = ['not_asked', 'with_child', 'with_family', 'with_us', 'withheld', 'with_authority', 'lost', 'copy_only'] as const
export const storedTypes = ['pdf', 'jpeg', 'png'] as const
export type StoredType = (typeof storedTypes)[number]
/** What was said about the guardian's agreement. A guardian who may be the danger is not asked. */
export const guardianSays = ['agreed', 'not_safe', 'none', 'refused'] as const

const common = {
  id: z.string(),
  type: z.enum(storedTypes),
  /** Bytes of what was stored, unpadded. */
  size: z.number().int().positive(),
  by: z.string(),
  at: z.string().max(40),
}
export const Paper = z.strictObject({
  ...common,
  what: z.literal('paper'),
  /** The name that the file had on the sender's device. */
  name: z.string().max(200),
  kind: z.enum(paperKinds),
  giver: z.enum(givers),
  original: z.enum(originals),
  note: z.string().max(2000),
})
export type Paper = z.infer<typeof Paper>
export const Photo = z.strictObject({
  ...common,
  what: z.literal('photo'),
  /** The child's agreement: when, explained in which language, and in the child's own words where they were said. */
  agreedOn: z.string().max(10),
  language: z.string().max(100),
  words: z.string().max(500),
  guardian: z.enum(guardianSays),
  guardianWho: z.string().max(200),
})
export type Photo = z.infer<typeof Photo>

/** Sealed in `stored_file.sealed` with the identity key of the person. */
export const StoredAbout = z.discriminatedUnion('what', [Paper, Photo])
export type StoredAbout = z.infer<typeof StoredAbout>
export const storedSchema = 1
export const openStored = reader('stored file', storedSchema, StoredAbout)
/** Sealed in `file_key.sealed`: the file's own key. */
export const FileKey = z.strictObject({ key: z.string().regex(/^[A-Za-z0-9+/]{43}=$/) })
export const fileKeySchema = 1
export const openFileKey = reader('file key', fileKeySchema, FileKey)

/** A supervisor allows other photographs of a child, for a purpose, with the child's agreement, until a day; the end of the case ends it too. */
export const Allowance = z.strictObject({
  id: z.string(),
  purpose: z.string().max(500),
  consent: z.string().max(500),
  agreedOn: z.string().max(10),
  until: z.string().max(10),
  by: z.string(),
  at: z.string().max(40),
})
export type Allowance = z.infer<typeof Allowance>
/** The longest that other photographs are allowed at once, in days. */
export const longestAllowance = 92

/** Events in the journal of the person. */
export const fileEventData = {
  paper_attached: z.strictObject({ paper: Paper }),
  paper_removed: z.strictObject({ fileId: z.string(), reason: z.string().max(2000) }),
  photo_taken: z.strictObject({ photo: Photo }),
  photo_opened: z.strictObject({ fileId: z.string(), why: z.string().max(2000) }),
  photo_removed: z.strictObject({ fileId: z.string(), reason: z.string().max(2000) }),
  photo_erased: z.strictObject({ fileId: z.string() }),
  pictures_allowed: z.strictObject({ allowance: Allowance }),
  pictures_ended: z.strictObject({ reason: z.string().max(2000) }),
} as const
export type FileEventType = keyof typeof fileEventData
export type FileEvent = { [K in FileEventType]: { readonly type: K } & Readonly<z.infer<(typeof fileEventData)[K]>> }[FileEventType]
export const fileEventSchema = 1
const readers = {
  paper_attached: reader('person event paper_attached', fileEventSchema, fileEventData.paper_attached),
  paper_removed: reader('person event paper_removed', fileEventSchema, fileEventData.paper_removed),
  photo_taken: reader('person event photo_taken', fileEventSchema, fileEventData.photo_taken),
  photo_opened: reader('person event photo_opened', fileEventSchema, fileEventData.photo_opened),
  photo_removed: reader('person event photo_removed', fileEventSchema, fileEventData.photo_removed),
  photo_erased: reader('person event photo_erased', fileEventSchema, fileEventData.photo_erased),
  pictures_allowed: reader('person event pictures_allowed', fileEventSchema, fileEventData.pictures_allowed),
  pictures_ended: reader('person event pictures_ended', fileEventSchema, fileEventData.pictures_ended),
} as const
export const isFileEvent = (type: string): type is FileEventType => Object.hasOwn(fileEventData, type)
export const openFileEvent = (type: FileEventType, o: Opened): FileEvent => ({ type, ...readers[type](o) }) as FileEvent

/** What hangs on a person in files. */
export interface Files {
  readonly papers: readonly Paper[]
  readonly photo: Photo | undefined
  readonly allowed?: Allowance | undefined
}
export const noFiles: Files = { papers: [], photo: undefined }
/** The most papers of one person; what is above is somebody's mistake. */
export const mostPapers = 300
