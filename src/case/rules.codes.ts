import { shortOf } from '../base/codes.ts'

/** The forms of a case by number. The numbers stand on paper: add new ones at the end, never give one a second meaning. From 90 on: papers of parts further right (routes.parts.ts). */
export const caseForms = [
  'access',
  'danger',
  'due',
  'accept',
  'assign',
  'notes/new',
  'share',
  'exclude',
  'links/new',
  'close',
  'reopen',
  'looks/:lookId',
  'grants/:grantId/end',
  'exclusions/:exclusionId/end',
  'links/:linkId/end',
  'plan/new',
  'plan/together',
  'plan/first-hours',
  'night-card',
  'night-card/moved-out',
  'screening/decision',
  'screening/circumstances',
  'screening/facts',
  'screening/known',
  'screening/approach',
  'screening/route',
  'interpreters/book',
  'reports/facts/new',
  'follow-up/record',
  'follow-up/code/end',
  'follow-up/hand-over',
  'safe-contact/write',
  'safe-contact/verify',
  'safe-contact/end',
  'safe-contact/override',
] as const

/** The code that leads back to a form of a case: its number, the form, and what the form is about. A path that has no number leads to the case. */
export const caseCode = (number: string, path: string, params: Readonly<Record<string, string>> = {}): string => {
  const at = (caseForms as readonly string[]).indexOf(path)
  const name = /:(\w+)/.exec(path)?.[1]
  const part = name ? params[name] : undefined
  return at < 0 ? number : `${number}/${at + 1}${part ? `-${shortOf(part)}` : ''}`
}
