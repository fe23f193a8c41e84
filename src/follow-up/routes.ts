import { formatDay } from '../base/i18n.ts'
import type { Id } from '../base/id.ts'
import { err, type Result } from '../base/result.ts'
import { caseCommand, timesOf } from '../case/routes.command.ts'
import type { CaseRow } from '../case/schema.ts'
import type { Asked, Office } from '../platform/office.ts'
import { newId } from '../platform/records.ts'
import { renewAfterAnswer } from '../safe-contact/store.ts'
import { registerFollowUpCode } from './routes.code.ts'
import { registerHandOver } from './routes.hand-over.ts'
import { registerFollowUpPage } from './routes.page.ts'
import { answeredBy, decideRead, decideRecord, type FollowUpError, nextPlanned } from './rules.ts'
import { answersFrom, endCodeForm, readAnswerForm, recordForm } from './schema.forms.ts'
import type { CheckIn, Code, FollowUpEvent } from './schema.ts'
import { answersOf, checkInsOf, endCode, liveCode, saveRead, saveRecorded } from './store.ts'

export { followUpPart } from './routes.part.ts'

const own = { errors: 'follow-up.error', versioned: false, to: (c: { id: string }) => `/cases/${c.id}/follow-up?done=saved` } as const

/** Somebody was reached: the way to the child holds on. */
const holdsOn = async (a: Asked, c: CaseRow, command: Id): Promise<void> => {
  const { today } = timesOf(a)
  await renewAfterAnswer(a, c, nextPlanned(await checkInsOf(a, c.id), today), today, command)
}

/** Registers follow-up: the page of a case, writing down a check-in, reading an answer, the child's code, and the list. */
export const registerFollowUp = (o: Office): void => {
  registerFollowUpPage(o)
  registerFollowUpCode(o)
  registerHandOver(o)
  caseCommand(o, {
    ...own,
    path: 'follow-up/record',
    permit: 'follow-up:record',
    form: recordForm,
    words: 'follow-up.record',
    options: async (a, c) => ({
      checkIn: [
        ...(await checkInsOf(a, c.id)).filter(k => k.state === 'planned').map(k => ({ value: k.id, text: formatDay(k.due, a.t.locale) })),
        { value: 'between', label: 'follow-up.record.between' },
      ],
    }),
    initial: async (a, c) => ({ checkIn: answeredBy(await checkInsOf(a, c.id), timesOf(a).today)?.id ?? 'between' }),
    decide: async (
      a,
      c,
      v,
      t,
    ): Promise<Result<{ event: Extract<FollowUpEvent, { type: 'check_in_recorded' }>; checkIn: CheckIn | undefined }, FollowUpError>> => {
      const list = await checkInsOf(a, c.id, true)
      const checkIn = v.checkIn === 'between' ? undefined : list.find(k => k.id === v.checkIn)
      if (v.checkIn !== 'between' && checkIn?.state !== 'planned') return err('check_in_taken')
      const decided = decideRecord(
        c,
        list,
        {
          id: newId(),
          due: checkIn?.due ?? null,
          help: v.help.includes('help'),
          body: {
            way: v.way,
            answers: answersFrom(v),
            words: v.words ?? '',
            happened: v.happened ?? '',
            learned: v.learned ?? '',
            paperBy: v.paperBy ?? '',
          },
        },
        t.today,
      )
      return decided.ok ? { ok: true, value: { event: decided.value, checkIn } } : decided
    },
    // The answer's id is that of its command, by which the journal puts answers of one day in order.
    save: async (a, c, e, command) => {
      await saveRecorded(a, c, { ...e.event, answer: command }, e.checkIn, timesOf(a).today, command)
      if (e.checkIn || Object.values(e.event.body.answers).some(x => x !== null)) await holdsOn(a, c, command)
    },
  })
  caseCommand(o, {
    ...own,
    path: 'follow-up/answers/:answerId/read',
    permit: 'follow-up:record',
    form: readAnswerForm,
    words: 'follow-up.read',
    exists: async (a, c) => (await answersOf(a, c.id)).some(x => x.id === a.params.answerId),
    // Read is only what this person could open: whoever holds no key has read nothing.
    decide: async (a, c): Promise<Result<Extract<FollowUpEvent, { type: 'check_in_read' }>, string>> => {
      const answer = (await answersOf(a, c.id)).find(x => x.id === a.params.answerId)
      return answer?.child ? decideRead(answer) : err('no_key')
    },
    save: async (a, c, e, command) => {
      await saveRead(a, c, e, command)
      await holdsOn(a, c, command)
    },
  })
  caseCommand(o, {
    ...own,
    path: 'follow-up/code/end',
    permit: 'follow-up:code',
    form: endCodeForm,
    words: 'follow-up.endCode',
    decide: async (a, c, v): Promise<Result<{ code: Code; reason: string }, FollowUpError>> => {
      const code = await liveCode(a, c.id, timesOf(a).today)
      if (!code) return err('no_code')
      return v.reason.trim() === '' ? err('reason_missing') : { ok: true, value: { code, reason: v.reason.trim() } }
    },
    save: (a, c, e, command) => endCode(a, c, e.code, e.reason, timesOf(a).today, command),
  })
}
