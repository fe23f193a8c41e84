import { h } from 'preact'
import { type Asked, hidden, type Office, page, redirect } from '../platform/office.ts'
import { adminForm, refused } from './routes.admin.form.ts'
import { caseNumber, reviewHours } from './rules.admin.ts'
import { glassForm } from './schema.admin.ts'
import { type GlassLine, GlassPage, ReviewsPage } from './screens.glass.tsx'
import { type Directory, directory } from './store.directory.ts'
import {
  caseBrief,
  closeGlass,
  extendGlass,
  type Glass,
  glassMay,
  glassOf,
  glassReviewed,
  glassText,
  glassToReview,
  openGlassOn,
  reviewGlass,
} from './store.glass.ts'

const lineOf = async (a: Asked, dir: Directory, g: Glass, text?: string): Promise<GlassLine> => {
  const c = await caseBrief(a, g.record)
  return {
    id: g.id,
    case: g.record,
    person: c?.person,
    number: c?.number ?? '—',
    alias: dir.alias(g.userId),
    reason: g.reason,
    openedAt: g.openedAt,
    until: g.until,
    extended: g.extended,
    late: Date.parse(a.now) - Date.parse(g.openedAt) > reviewHours * 3_600_000,
    text,
    outcome: g.outcome,
  }
}

/** Emergency access to one named case: found by its number only, read-only, four hours, everybody concerned is told, somebody else looks at it afterwards. */
export const registerGlass = (o: Office): void => {
  const dirOf = (a: Asked) => directory(a, o.deps.keys.service, a.lang)
  o.get('/emergency', 'glass:see', async a => {
    const [dir, mine, may] = await Promise.all([dirOf(a), glassOf(a, a.actor.id), glassMay(a)])
    const lines: GlassLine[] = []
    for (const g of mine) lines.push(await lineOf(a, dir, g))
    a.saw(
      'glass.list',
      mine.map(g => g.record),
    )
    return page({
      title: a.t('access-admin.glass.title'),
      nav: 'emergency',
      body: GlassPage({ mine: lines, may, timeZone: a.session.timeZone, review: a.can('glass:review') }, a.t),
    })
  })
  adminForm(o, {
    url: '/emergency/open',
    permit: 'glass:open',
    form: glassForm,
    words: 'access-admin.glassOpen',
    nav: 'emergency',
    about: async a => ((await glassMay(a)) === 'ok' ? {} : undefined),
    above: a => h('p', { class: 'govuk-body' }, a.t('access-admin.glassOpen.text')),
    back: () => '/emergency',
    does: async (a, v, command) => {
      // A wrong number, another agency's and an excluded case are answered alike: a number is no way to learn that a child is known.
      const done = await openGlassOn(a, { number: caseNumber(v.number), reason: v.reason, text: v.text, command })
      if (typeof done === 'string') {
        a.saw('glass.refused', [], v.reason)
        return refused(`glass_${done}`, 'number')
      }
      a.saw('glass.open', [done.case, done.person], v.reason)
      return redirect('/emergency?done=saved')
    },
  })
  o.post('/emergency/:glassId/extend', 'glass:see', async a => {
    // The step-up is asked for by the database; a page of its own leads through it.
    if (!a.session.stepUpAt || Date.parse(a.now) - Date.parse(a.session.stepUpAt) > 10 * 60_000)
      return redirect(`/step-up?next=${encodeURIComponent('/emergency')}`)
    const g = (await glassOf(a, a.actor.id)).find(x => x.id === a.params.glassId)
    if (!g || !(await extendGlass(a, g.id))) return hidden
    a.saw('glass.extend', [g.record], g.reason)
    return redirect('/emergency?done=saved')
  })
  o.post('/emergency/:glassId/close', 'glass:see', async a => {
    const g = (await glassOf(a, a.actor.id)).find(x => x.id === a.params.glassId)
    if (!g || !(await closeGlass(a, g.id))) return hidden
    a.saw('glass.close', [g.record], g.reason)
    return redirect('/emergency?done=saved')
  })
  o.get('/emergency/reviews', 'glass:review', async a => {
    const [dir, open, done] = await Promise.all([dirOf(a), glassToReview(a, a.actor.id), glassReviewed(a)])
    const lines: GlassLine[] = []
    for (const g of open) lines.push(await lineOf(a, dir, g, a.can('glass:see') ? await glassText(a, g.id) : undefined))
    const past: GlassLine[] = []
    for (const g of done) past.push(await lineOf(a, dir, g))
    a.saw(
      'glass.reviews',
      open.map(g => g.record),
    )
    return page({
      title: a.t('access-admin.review.title'),
      nav: a.can('glass:see') ? 'emergency' : 'audit',
      body: ReviewsPage({ open: lines, done: past, timeZone: a.session.timeZone }, a.t),
    })
  })
  o.post('/emergency/:glassId/review', 'glass:review', async a => {
    const outcome = a.body.outcome
    const g = (await glassToReview(a, a.actor.id)).find(x => x.id === a.params.glassId)
    if (!g || (outcome !== 'justified' && outcome !== 'not_justified') || !(await reviewGlass(a, g.id, outcome))) return hidden
    a.saw('glass.review', [g.record], outcome)
    return redirect('/emergency/reviews?done=saved')
  })
}
