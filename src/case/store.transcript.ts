import type { Id } from '../base/id.ts'
import type { Stamp } from '../base/time.ts'
import type { ContactLanguage, Teller } from '../contact/schema.ts'
import { contactMessages, findContactFile } from '../contact/store.ts'
import type { Source } from '../person/schema.ts'
import type { Asked } from '../platform/office.ts'
import type { CaseRow, Note } from './schema.ts'
import { saveCaseEvent } from './store.ts'

/** A message of a contact that may go into its cases, with where it came from. */
export interface Said {
  readonly id: Id
  readonly text: string
  readonly at: Stamp
  readonly source: Source
  readonly language: Note['language']
}
/** Who told us, as a note names its source; what it has no word for is not guessed. */
const toSource: Partial<Readonly<Record<Teller, Source>>> = {
  child: 'child',
  parent: 'parent',
  relative: 'relative',
  witness: 'witness',
  compatriot: 'witness',
  police: 'police',
  guardianship: 'agency',
  partner: 'agency',
}
const languageOf = (l: ContactLanguage | undefined): Note['language'] =>
  l === 'ru' || l === 'en' || l === 'uz' || l === 'ky' || l === 'tg' || l === 'fr' ? l : l === 'uz-Cyrl' ? 'uz' : 'other'

/** What the sender wrote, for the worker to choose from; nothing where this session may not read it. */
export const saidIn = async (a: Asked, contact: Id): Promise<Said[]> => {
  const [file, messages] = await Promise.all([findContactFile(a, contact), contactMessages(a, contact)])
  const story = file?.story
  if (!story) return []
  return messages.flatMap(m =>
    m.direction === 'in' && m.body?.text
      ? [
          {
            id: m.id,
            text: m.body.text,
            at: m.at,
            source: toSource[story.from] ?? 'unknown',
            language: languageOf(m.body.language ?? story.language),
          },
        ]
      : [],
  )
}

/** Copies what was chosen into the story of a case, sealed anew under its own key, each with its source and time. The thread itself stays where it is. */
export const noteTranscript = async (
  a: Asked,
  c: CaseRow,
  chosen: readonly Said[],
  when: (at: Stamp) => string,
  command: Id,
): Promise<void> => {
  for (const s of chosen)
    await saveCaseEvent(
      a,
      c,
      {
        type: 'note_added',
        note: {
          text: s.text,
          source: s.source,
          language: s.language,
          interpreter: 'none',
          confidence: 'not_assessed',
          happened: when(s.at),
          learned: s.at.slice(0, 10),
          paperBy: '',
        },
      },
      command,
      'story',
    )
}
