import { directory } from '../access/store.directory.ts'
import { glassOn, glassReadOnly } from '../access/store.glass.ts'
import { formatDay, type T } from '../base/i18n.ts'
import type { Id } from '../base/id.ts'
import type { Opened } from '../base/sealed.ts'
import { dayOf } from '../base/time.ts'
import { apartOf } from '../case/routes.apart.ts'
import type { CasePart, ReadEvent } from '../case/routes.parts.ts'
import { findCase } from '../case/store.ts'
import { type Asked, hidden, type Office, page } from '../platform/office.ts'
import { registerPlanActs } from './routes.acts.ts'
import { togetherCases } from './routes.together.ts'
import { isWaiting } from './rules.ts'
import { openPlanEvent, type PlanEvent, type PlanEventType } from './schema.ts'
import { answerLine, madeSteps, planCard, planScreen } from './screens.tsx'
import { stepsOf } from './store.ts'

const today = (a: Asked) => dayOf(a.now, a.session.timeZone)

/** The page of the plan, and every act on it. */
export const registerPlan = (o: Office): void => {
  o.get('/cases/:caseId/plan', 'plan:read', async a => {
    const id = a.params.caseId!
    const [c, steps, d, glass, others] = await Promise.all([
      findCase(a, id),
      stepsOf(a, id),
      directory(a, o.deps.keys.service, a.lang),
      glassOn(a, id),
      togetherCases(a, id),
    ])
    if (!c) return hidden
    const apart = await apartOf(a, c, 'plan.open')
    a.saw('plan.open', [c.id])
    const write = c.state !== 'closed' && a.can('plan:write') && !glassReadOnly(a, glass)
    return page({
      title: a.t('plan.page.titleOf', { number: c.number }),
      nav: 'cases',
      print: c.number,
      breadcrumbs: [
        { text: a.t('case.list.title'), href: '/cases' },
        { text: c.number, href: `/cases/${c.id}` },
      ],
      body: planScreen(
        {
          caseId: c.id,
          number: c.number,
          today: today(a),
          apart,
          open: steps.filter(isWaiting),
          closed: steps.filter(s => !isWaiting(s)).toReversed(),
          can: { write, together: others.length > 0, starters: steps.length === 0 },
          alias: x => d.alias(x),
          to: a.to,
        },
        a.t,
      ),
    })
  })
  registerPlanActs(o)
}

const line = (e: PlanEvent, t: T, alias: (id: Id | null) => string) => {
  const who = (s: { who: string; outside: string; assignee: Id | null }) =>
    s.who === 'colleague' ? alias(s.assignee) : s.who === 'outside' ? s.outside : t(`plan.who.${s.who}`)
  if (e.type === 'plan_steps_made') return madeSteps(e.steps.map(s => `${s.what} — ${who(s)}, ${formatDay(s.due, t.locale)}`))
  if (e.type === 'plan_step_changed') return `${e.what} — ${who(e)}, ${formatDay(e.due, t.locale)}`
  if (e.type === 'plan_step_postponed') return `${e.what} → ${formatDay(e.due, t.locale)}: ${e.reason}`
  if (e.type === 'plan_step_answered') return `${e.what} — ${e.outside}. ${answerLine(e, t)}`
  return [e.what, e.type === 'plan_step_done' ? e.cameOf : e.reason].filter(Boolean).join(': ')
}
const reads =
  (type: PlanEventType): ReadEvent =>
  (o: Opened, t, alias) =>
    line(openPlanEvent(type, o), t, alias)

/** What the plan adds to the page of a case: care stands first. Its card names no colleague: it is asked beside the page's own queries, and must not wait. */
export const planPart: CasePart = {
  name: 'plan',
  order: 10,
  link: { path: 'plan', words: 'plan.link', permit: 'plan:read' },
  card: async (a, caseId) => {
    if (!a.can('plan:read')) return undefined
    const open = (await stepsOf(a, caseId)).filter(isWaiting)
    return open.length === 0
      ? undefined
      : planCard({ caseId, today: today(a), open, alias: x => (x === a.actor.id ? a.t('plan.who.me') : ''), to: a.to }, a.t)
  },
  events: {
    plan_steps_made: reads('plan_steps_made'),
    plan_step_changed: reads('plan_step_changed'),
    plan_step_done: reads('plan_step_done'),
    plan_step_skipped: reads('plan_step_skipped'),
    plan_step_reopened: reads('plan_step_reopened'),
    plan_step_postponed: reads('plan_step_postponed'),
    plan_step_answered: reads('plan_step_answered'),
  },
}
