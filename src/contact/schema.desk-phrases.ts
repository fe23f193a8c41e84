/**
 * Ready sentences by situation; their words in six languages stand in content/phrases. `secret` is the opening script of the public site: sending it is
 * recorded as said.
 */
export const phraseGroups = {
  greeting: ['secret', 'hello', 'thanks', 'noName', 'notPolice'],
  safety: ['safe', 'alone', 'danger', 'place', 'openSpace', 'hurt'],
  passOn: ['mustTell', 'tellFirst'],
  support: ['notFault', 'believe', 'pace', 'slow'],
  waiting: ['wait', 'later', 'stillThere'],
  handover: ['handover', 'interpreter'],
  blackmail: ['blackmailStop', 'blackmailKeep', 'blackmailFault'],
  papers: ['papersYours', 'papersLater'],
  noted: ['noted'],
  goodbye: ['again', 'traces', 'goodbye'],
} as const
export type PhraseGroup = keyof typeof phraseGroups
export type PhraseId = (typeof phraseGroups)[PhraseGroup][number]
export const phraseGroupNames = Object.keys(phraseGroups) as readonly PhraseGroup[]
export const phraseIds = Object.values(phraseGroups).flat() as readonly PhraseId[]
