import { err } from '../base/result.ts'
import { caseCommand } from '../case/routes.command.ts'
import { reopenCase } from '../case/rules.ts'
import { askSecondLook } from '../case/store.access.ts'
import { canHandOver } from '../follow-up/routes.hand-over.ts'
import { asksUntil, scheduleAfter } from '../follow-up/rules.ts'
import { askerOptions, askersOf, handOver, proposed } from '../follow-up/store.hand-over.ts'
import { endCheckIns, planCheckIns, saveLeftOpen, unreadAnswersOf } from '../follow-up/store.ts'
import { erasePhotos } from '../person/store.files.ts'
import type { Office } from '../platform/office.ts'
import { newId } from '../platform/records.ts'
import { closesInDanger, decideClose, leavesOpen } from './rules.ts'
import { closeForm, reopenForm } from './schema.ts'
import { beforeClosing, beforeReopening } from './screens.tsx'
import { closureFacts } from './store.ts'

/** Registers closing and reopening; both are the case's own commands, judged here with what hangs on the case. */
export const registerClosure = (o: Office): void => {
  caseCommand(o, {
    path: 'close',
    permit: 'case:close',
    form: closeForm,
    words: 'closure.close',
    errors: 'closure.error',
    versioned: true,
    above: async (a, c) =>
      beforeClosing(
        {
          inDanger: closesInDanger(c),
          facts: await closureFacts(a, c),
          followUpHref: a.to(`/cases/${c.id}/follow-up`),
          sessionsHref: a.to(`/cases/${c.id}/interpreters`),
        },
        a.t,
      ),
    options: async (a, c) => ({ asks: askerOptions(await askersOf(a, o, c)) }),
    initial: async (a, c) => {
      const one = proposed(await askersOf(a, o, c))
      return one ? { asks: one } : {}
    },
    says: (a, c) => ({ reason: a.t(`case.state.${c.state}`) }),
    decide: async (a, c, v, t) => {
      if (v.asks && scheduleAfter(t.today, v.reason).length > 0) {
        if (!(await askersOf(a, o, c)).some(x => x.id === v.asks)) return err('not_a_colleague')
        if (!(await canHandOver(a, c))) return err('not_yours_to_share')
      }
      return decideClose(c, await closureFacts(a, c), { ...v, goesOn: v.goesOn ?? '' }, t)
    },
    effect: async (a, before, after, v) => {
      if (closesInDanger(before)) await askSecondLook(a, after, 'closed_in_danger')
      // It was taken for the time of the case, and the child was told so.
      await erasePhotos(a, after.personId)
      if (after.closed) await planCheckIns(a, after, after.closed, v.reason)
      // Whoever will ask is given the case now: nobody else thinks of it later.
      const until = after.closed ? asksUntil(scheduleAfter(after.closed, v.reason), after.closed) : undefined
      const to = v.asks && until ? (await askersOf(a, o, after)).find(x => x.id === v.asks) : undefined
      if (to && until) await handOver(a, after, { grantId: newId(), to, until }, newId())
      const facts = await closureFacts(a, before)
      if (leavesOpen(facts))
        await saveLeftOpen(a, after, {
          type: 'case_left_open',
          steps: facts.steps,
          reports: facts.reports,
          reason: (v.goesOn ?? '').trim(),
        })
    },
    // Where the child's code is made: at closing, while the child may still be there.
    to: (c, a) => (a.can('follow-up:read') ? `/cases/${c.id}/follow-up?done=saved` : `/cases/${c.id}?done=saved`),
  })
  caseCommand(o, {
    path: 'reopen',
    permit: 'case:reopen',
    form: reopenForm,
    words: 'closure.reopen',
    errors: 'closure.error',
    versioned: true,
    above: async (a, c) =>
      beforeReopening({ unreadAnswers: await unreadAnswersOf(a, c.id), followUpHref: a.to(`/cases/${c.id}/follow-up`) }, a.t),
    says: (a, c) => ({ reason: a.t(`case.state.${c.state}`) }),
    decide: (_, c, v, t) => reopenCase(c, v, t),
    effect: async (a, _, after) => void (await endCheckIns(a, after.id)),
  })
}
