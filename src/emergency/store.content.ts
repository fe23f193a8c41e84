import { readFileSync } from 'node:fs'
import path from 'node:path'
import { toUzbekCyrillic } from '../base/uzbek.ts'
import { root } from '../platform/config.ts'
import { EmergencyContent, type SayLanguage, type Sentence } from './schema.content.ts'

let known: EmergencyContent | undefined
/** What is prepared for each kind of danger; read once, and refused where it is not whole. */
export const emergencyContent = (): EmergencyContent => {
  known ??= EmergencyContent.parse(JSON.parse(readFileSync(path.join(root, 'content/emergency/kinds.json'), 'utf8')))
  return known
}
/** A sentence in the child's language. */
export const saidIn = (s: Sentence, language: SayLanguage): string => (language === 'uz-Cyrl' ? toUzbekCyrillic(s.uz) : s[language])
