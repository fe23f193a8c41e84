import { directory } from '../access/store.directory.ts'
import { glassOn, glassReadOnly } from '../access/store.glass.ts'
import { apartOf } from '../case/routes.apart.ts'
import { timesOf } from '../case/routes.command.ts'
import type { CasePart } from '../case/routes.parts.ts'
import { findCase } from '../case/store.ts'
import { hidden, type Office, page } from '../platform/office.ts'
import { registerSafeContactActs } from './routes.acts.ts'
import { openPassEvent } from './schema.ts'
import { safeContactCard, safeContactScreen } from './screens.tsx'
import { passJournal, passNow, personOfCase, planJournal, planOf } from './store.ts'

export { mayAnswer } from './routes.answer.ts'

/** How a child may be reached without harm: the page of a case's plan, and what may be done there. */
export const registerSafeContact = (o: Office): void => {
  o.get('/cases/:caseId/safe-contact', 'safe-contact:read', async a => {
    const c = await findCase(a, a.params.caseId!)
    if (!c) return hidden
    const [person, plan, pass, history, passes, d, glass, apart] = await Promise.all([
      personOfCase(a, c.id),
      planOf(a, c.personId),
      passNow(a, c.id),
      planJournal(a, c.personId),
      passJournal(a, c.id),
      directory(a, o.deps.keys.service, a.lang),
      glassOn(a, c.id),
      apartOf(a, c, 'safe-contact.open'),
    ])
    a.saw('safe-contact.open', [c.id, c.personId])
    const changes = person !== undefined && !glassReadOnly(a, glass)
    return page({
      title: a.t('safe-contact.page.titleOf', { number: c.number }),
      nav: 'cases',
      print: c.number,
      breadcrumbs: [
        { text: a.t('case.list.title'), href: '/cases' },
        { text: c.number, href: `/cases/${c.id}` },
      ],
      body: safeContactScreen(
        {
          number: c.number,
          today: timesOf(a).today,
          timeZone: a.session.timeZone,
          apart,
          plan,
          pass: pass && { by: d.alias(pass.by), until: pass.until },
          history: history.map(h => ({ ...h, by: d.alias(h.by) })),
          passes: passes.map(p => ({ ...p, by: d.alias(p.by) })),
          alias: x => d.alias(x),
          can: { write: changes && a.can('safe-contact:write'), pass: changes && a.can('safe-contact:pass') },
          at: p => a.to(`/cases/${c.id}/safe-contact/${p}`),
        },
        a.t,
      ),
    })
  })
  registerSafeContactActs(o)
}

/** On the page of the case: how the child may be reached stands beside the plan of what is to be done. */
export const safeContactPart: CasePart = {
  name: 'safe-contact',
  order: 5,
  link: { path: 'safe-contact', words: 'safe-contact.link', permit: 'safe-contact:read' },
  card: async (a, caseId) => {
    if (!a.can('safe-contact:read')) return undefined
    const person = await personOfCase(a, caseId)
    if (!person) return undefined
    const [plan, pass] = await Promise.all([planOf(a, person.id), passNow(a, caseId)])
    return safeContactCard(
      {
        plan: plan?.state === 'live' ? plan : undefined,
        today: timesOf(a).today,
        passed: pass !== undefined,
        href: a.to(`/cases/${caseId}/safe-contact${plan ? '' : '/write'}`),
        write: a.can('safe-contact:write'),
      },
      a.t,
    )
  },
  events: {
    safe_contact_passed: (o, t) => {
      const e = openPassEvent(o)
      return `${t('safe-contact.page.passHours', { n: e.hours })}: ${e.reason}`
    },
  },
}
