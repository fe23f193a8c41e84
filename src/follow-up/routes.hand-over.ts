import { err, ok } from '../base/result.ts'
import { caseCommand } from '../case/routes.command.ts'
import { heldOn } from '../case/routes.page.ts'
import type { CaseRow } from '../case/schema.ts'
import { grantsOf } from '../case/store.access.ts'
import type { Asked, Office } from '../platform/office.ts'
import { newId } from '../platform/records.ts'
import { asksUntil } from './rules.ts'
import { handOverForm } from './schema.forms.ts'
import { askerOptions, askersOf, askingNow, handOver, proposed } from './store.hand-over.ts'
import { checkInsOf } from './store.ts'

/** Does this person hold what asking needs most? A share without keys would be trusted in vain. (Where the child lives a supervisor cannot give; the team's own people hold that key.) */
export const canHandOver = async (a: Asked, c: CaseRow): Promise<boolean> => {
  const held = heldOn(a, c, await grantsOf(a, c.id))
  return held.includes('follow_up') && held.includes('identity')
}
/** Handing the follow-up of a closed case to somebody, or to somebody else. */
export const registerHandOver = (o: Office): void => {
  caseCommand(o, {
    path: 'follow-up/hand-over',
    permit: 'follow-up:hand-over',
    form: handOverForm,
    words: 'follow-up.handOver',
    errors: 'follow-up.error',
    versioned: false,
    above: a => a.t('follow-up.handOver.text'),
    options: async (a, c) => ({ asks: askerOptions(await askersOf(a, o, c)) }),
    initial: async (a, c) => {
      const one = proposed(await askersOf(a, o, c))
      return one ? { asks: one } : {}
    },
    decide: async (a, c, v, t) => {
      if (c.state !== 'closed') return err('case_not_closed')
      if (!a.session.groups.includes(c.homeGroup) || !(await canHandOver(a, c))) return err('not_yours_to_share')
      const to = (await askersOf(a, o, c)).find(x => x.id === v.asks)
      if (!to) return err('not_a_colleague')
      if ((await askingNow(a, c.id)).some(g => g.user === to.id)) return err('asks_already')
      const planned = (await checkInsOf(a, c.id)).filter(k => k.state === 'planned').map(k => k.due)
      return ok({ grantId: newId(), to, until: asksUntil(planned, t.today) ?? asksUntil([t.today], t.today)! })
    },
    save: (a, c, e, command) => handOver(a, c, e, command),
    to: c => `/cases/${c.id}/follow-up?done=saved`,
  })
}
