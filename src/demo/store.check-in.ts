import type { Id } from '../base/id.ts'
import { dayOf } from '../base/time.ts'
import { findCase } from '../case/store.ts'
import { codeOf, makeCode } from '../follow-up/store.code.ts'
import { leaveAnswer } from '../follow-up/store.public.ts'
import type { ArgonQueue } from '../platform/argon.ts'
import { newId } from '../platform/records.ts'
import type { Ask } from '../platform/site.ts'
import type { Hands } from './store.write.ts'

const language = 'tg'
const word = 'Ҷӯра'

/** A closed case whose child is asked about these days; nobody has told of it before. */
export const askedAbout = async (h: Hands): Promise<Id | undefined> => {
  const w = await h.as('worker', h.until)
  const { rows } = await w.tx.query<{ id: Id }>(
    `select c.id from app.case_record c join app.check_in k on k.case_id = c.id where c.home_group = $1 and c.state = 'closed' and k.state = 'planned'
      and k.due between $2::date - 20 and $2::date + 3 and not exists (select from app.check_in_code x where x.case_id = c.id) order by k.due desc, c.id limit 1`,
    [h.team, dayOf(h.until)],
  )
  return rows[0]?.id
}
/** The words by which the child answers are made and handed over. */
export const giveWords = async (h: Hands, caseId: Id, seed: string): Promise<boolean> => {
  const w = await h.as('worker', h.until)
  const row = await findCase(w, caseId, true)
  if (!row) return false
  return (await makeCode(w, row, { id: newId(), endCommand: newId(), seed, language, word, danger: '' }, dayOf(h.until))) === 'made'
}
/** The child answers on its page and asks for help; the answer is sealed to the case, and nobody has read it. */
export const askForHelp = (ask: Ask, argon: ArgonQueue, seed: string, fake: Buffer): Promise<string> =>
  leaveAnswer(
    ask,
    argon,
    fake,
    { ...codeOf(seed, language), word },
    {
      answers: { safe: 2, slept: 2, food: 4, school: 3, talk: 2 },
      words: 'Амак боз омад ва пурсид, ки кай ба кор бармегардам.',
      help: true,
      someone: 'no',
      language,
    },
    newId(),
  )
