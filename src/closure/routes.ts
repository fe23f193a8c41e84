import { caseCommand } from '../case/routes.command.ts'
import { reopenCase } from '../case/rules.ts'
import { askSecondLook } from '../case/store.access.ts'
import { findContact } from '../contact/store.ts'
import type { Office } from '../platform/office.ts'
import { closesInDanger, decideClose } from './rules.ts'
import { closeForm, reopenForm } from './schema.ts'
import { beforeClosing } from './screens.tsx'

/** Registers closing and reopening; both are the case's own commands, judged here with what hangs on the case. */
export const registerClosure = (o: Office): void => {
  caseCommand(o, {
    path: 'close',
    permit: 'case:close',
    form: closeForm,
    words: 'closure.close',
    errors: 'closure.error',
    versioned: true,
    above: (a, c) => beforeClosing({ inDanger: closesInDanger(c) }, a.t),
    says: (a, c) => ({ reason: a.t(`case.state.${c.state}`) }),
    decide: async (a, c, v, t) =>
      decideClose(c, { unread: c.contactId ? ((await findContact(a, c.contactId))?.unread ?? false) : false }, v, t),
    effect: async (a, before, after) => {
      if (closesInDanger(before)) await askSecondLook(a, after, 'closed_in_danger')
    },
  })
  caseCommand(o, {
    path: 'reopen',
    permit: 'case:reopen',
    form: reopenForm,
    words: 'closure.reopen',
    errors: 'closure.error',
    versioned: true,
    says: (a, c) => ({ reason: a.t(`case.state.${c.state}`) }),
    decide: (_, c, v, t) => reopenCase(c, v, t),
  })
}
