import type { Fields } from '../base/form.ts'
import { formatDay } from '../base/i18n.ts'
import { type CaseCommand, caseCommand, timesOf } from '../case/routes.command.ts'
import type { CaseRow } from '../case/schema.ts'
import { displayAge, displayName } from '../person/rules.ts'
import type { Identity } from '../person/schema.ts'
import { findPerson } from '../person/store.ts'
import type { Asked, Office } from '../platform/office.ts'
import { answerLetter, initials, registerLetter, sendLetter, stopLetter, writeLetter } from './rules.ts'
import { answeredForm, letterForm, registeredForm, sentForm, stopForm } from './schema.forms.ts'
import type { Letter, LetterField, ReportEvent } from './schema.ts'
import { beforeWriting } from './screens.letter.tsx'
import { reportTerms } from './store.instruments.ts'
import { findFact, findLetter, saveReportEvent, whole } from './store.ts'

/** The newest claim of a kind that stands, as it was said. */
const said = (identity: Identity | undefined, what: LetterField): string =>
  what === 'age' ? displayAge(identity) : ((identity?.facts ?? []).findLast(f => f.what === what && f.standing !== 'withdrawn')?.text ?? '')

const letterOf = async (a: Asked, c: CaseRow): Promise<Letter> =>
  whole((await findLetter(a, c.id, a.params.letterId!, { withWords: true }))!)!
/** What all forms of a letter share: it exists where its following can be read, its version is its own, and afterwards it is shown. */
const shared = {
  errors: 'mandatory-report.error',
  versioned: true,
  exists: async (a: Asked, c: CaseRow) => (await findLetter(a, c.id, a.params.letterId!))?.body !== undefined,
  current: async (a: Asked, c: CaseRow, lock: boolean) => (await findLetter(a, c.id, a.params.letterId!, { lock }))?.version,
  save: (a: Asked, c: CaseRow, e: ReportEvent, command: string) => saveReportEvent(a, c, e, command),
  to: (c: CaseRow, a: Asked) => `/cases/${c.id}/letters/${a.params.letterId}?done=saved`,
} satisfies Partial<CaseCommand<Fields, ReportEvent>>

/** Writing a letter, and everything that follows it to its answer. */
export const registerReportLetters = (o: Office): void => {
  caseCommand<typeof letterForm.fields, ReportEvent>(o, {
    ...shared,
    path: 'letters/:letterId/write',
    permit: 'report:write',
    form: letterForm,
    words: 'mandatory-report.letter',
    above: a => beforeWriting(a.t),
    initial: async (a, c) => {
      const l = await letterOf(a, c)
      if (l.words)
        return {
          facts: l.words.facts,
          identity: l.words.identity,
          why: l.words.why,
          about: l.words.about.map(x => x.what),
          where: l.words.where,
          measures: l.words.measures,
          request: l.words.request,
        }
      return { identity: 'initials', about: ['age'], facts: (await findFact(a, c.id, l.factId, true))?.words?.text ?? '' }
    },
    says: async (a, c) => {
      const l = await letterOf(a, c)
      return l.words ? { facts: l.words.facts, where: l.words.where, measures: l.words.measures, request: l.words.request } : {}
    },
    decide: async (a, c, v) => {
      const [l, person] = await Promise.all([letterOf(a, c), findPerson(a, c.personId)])
      const [fact] = [await findFact(a, c.id, l.factId)]
      const name = displayName(person?.identity)
      a.saw('report.letter', [c.id, c.personId])
      return writeLetter(l, {
        nameKnown: name !== '',
        words: {
          identity: v.identity,
          why: v.why ?? '',
          name: v.identity === 'full' ? name : initials(name),
          about: v.about.map(what => ({ what, text: said(person?.identity, what) })).filter(x => x.text !== ''),
          facts: v.facts,
          life: fact?.life ?? false,
          where: v.where ?? '',
          measures: v.measures ?? '',
          request: v.request ?? '',
          written: a.now,
        },
      })
    },
  })
  caseCommand<typeof sentForm.fields, ReportEvent>(o, {
    ...shared,
    path: 'letters/:letterId/sent',
    permit: 'report:follow',
    form: sentForm,
    words: 'mandatory-report.sent',
    says: async (a, c) => ({ sent: formatDay((await letterOf(a, c)).sent ?? '', a.t.locale) }),
    decide: async (a, c, v) => {
      const { today } = timesOf(a)
      const written = (await findLetter(a, c.id, a.params.letterId!))!.written
      const cmd = { how: v.how, by: v.by ?? '', sent: v.sent ?? today, written }
      return sendLetter(await letterOf(a, c), cmd, reportTerms(), today)
    },
  })
  caseCommand<typeof registeredForm.fields, ReportEvent>(o, {
    ...shared,
    path: 'letters/:letterId/registered',
    permit: 'report:follow',
    form: registeredForm,
    words: 'mandatory-report.registered',
    says: async (a, c) => ({ number: (await letterOf(a, c)).body.number }),
    decide: async (a, c, v) => {
      const { today } = timesOf(a)
      return registerLetter(await letterOf(a, c), { number: v.number, registered: v.registered ?? today }, reportTerms(), today)
    },
  })
  caseCommand<typeof answeredForm.fields, ReportEvent>(o, {
    ...shared,
    path: 'letters/:letterId/answered',
    permit: 'report:follow',
    form: answeredForm,
    words: 'mandatory-report.answered',
    says: async (a, c) => ({ answer: (await letterOf(a, c)).body.answer }),
    decide: async (a, c, v) => {
      const { today } = timesOf(a)
      return answerLetter(await letterOf(a, c), { answered: v.answered ?? today, answer: v.answer }, today)
    },
  })
  caseCommand<typeof stopForm.fields, ReportEvent>(o, {
    ...shared,
    path: 'letters/:letterId/stop',
    permit: 'report:follow',
    form: stopForm,
    words: 'mandatory-report.stop',
    says: async (a, c) => ({ reason: (await letterOf(a, c)).body.stopped }),
    decide: async (a, c, v) => stopLetter(await letterOf(a, c), v.reason),
  })
}
