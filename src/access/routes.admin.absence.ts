import { h } from 'preact'
import { type Id, isId } from '../base/id.ts'
import { caseReadingRoles } from '../base/people.ts'
import { dayOf } from '../base/time.ts'
import { type Asked, hidden, type Office, page, redirect } from '../platform/office.ts'
import { newId } from '../platform/records.ts'
import { adminForm, journal, refused } from './routes.admin.form.ts'
import { dayBegins, dayEnds, judgeAbsence } from './rules.admin.ts'
import { absenceForm } from './schema.admin.ts'
import { AbsencePage, StandsInFor } from './screens.admin.absence.tsx'
import { type Absence, absencesOf, arranges, endAbsence, sealToDeputy, shareGrantsWithDeputy, startAbsence } from './store.admin.absence.ts'
import { directory } from './store.directory.ts'

const errorField: Readonly<Record<string, string>> = {
  from_past: 'from',
  until_before: 'until',
  until_far: 'until',
  dates: 'until',
  deputy_unfit: 'deputy',
  deputy_away: 'deputy',
}

/** Absence with a deputy: one's own at /me/absence, somebody's in a supervised team at /users/:userId/absence. */
export const registerAbsence = (o: Office): void => {
  const register = (url: string, permit: string, whose: (a: Asked) => Id | undefined, home: (a: Id) => string) => {
    const about = async (a: Asked) => {
      const id = whose(a)
      if (!id || !(await arranges(a, id))) return undefined
      const [dir, all] = await Promise.all([directory(a, o.deps.keys.service, a.lang), absencesOf(a, id)])
      const person = dir.people.find(p => p.id === id && p.state === 'active')
      return person && { dir, person, running: all.find(x => x.userId === id), standsIn: all.filter(x => x.deputyId === id) }
    }
    const deputies = (x: NonNullable<Awaited<ReturnType<typeof about>>>) =>
      x.dir.people.filter(
        p =>
          p.id !== x.person.id &&
          p.state === 'active' &&
          p.publicX &&
          p.roles.some(r => caseReadingRoles.includes(r) && r !== 'interpreter' && r !== 'partner'),
      )
    o.get(url, permit, async a => {
      const x = await about(a)
      if (!x) return hidden
      if (!x.running) return redirect(`${home(x.person.id)}/new`)
      const r = x.running
      const waiting = x.dir.members.filter(m => m.userId === r.deputyId && m.forUser === r.userId && !m.confirmedBy).length
      const view = {
        who: x.person.alias,
        deputy: x.dir.alias(r.deputyId),
        from: r.from,
        until: r.until,
        timeZone: a.session.timeZone,
        waiting,
        end: { to: `${home(x.person.id)}/end`, id: r.id },
      }
      return page({ title: a.t('access-admin.absence.title'), body: AbsencePage(view, a.t) })
    })
    adminForm(o, {
      url: `${url}/new`,
      permit: 'absence:begin',
      form: absenceForm,
      words: 'access-admin.absence',
      nav: 'users',
      about,
      options: (_, x) => ({ deputy: deputies(x).map(p => ({ value: p.id, text: p.alias })) }),
      initial: a => ({ from: dayOf(a.now, a.session.timeZone) }),
      above: (a, x) =>
        h(
          'div',
          null,
          h('p', { class: 'govuk-body' }, `${x.person.alias}. ${a.t('access-admin.absence.text')}`),
          x.standsIn.map(s => StandsInFor({ who: x.dir.alias(s.userId), until: s.until, timeZone: a.session.timeZone }, a.t)),
        ),
      back: x => home(x.person.id),
      does: async (a, v, command, x) => {
        const zone = a.session.timeZone
        const wrong = judgeAbsence(v.from, v.until, a.now, zone)
        if (wrong) return refused(wrong, errorField[wrong])
        const begins = dayBegins(v.from, zone)
        const absence: Absence = {
          id: newId(),
          userId: x.person.id,
          deputyId: v.deputy,
          from: begins < a.now ? a.now : begins,
          until: dayEnds(v.until, zone),
        }
        const done = await startAbsence(a, absence)
        if (done !== 'ok') return refused(done, errorField[done] ?? '')
        await sealToDeputy(a, absence)
        if (x.person.id === a.actor.id) await shareGrantsWithDeputy(a, absence)
        await journal(a, x.person.id, 'account', 'absence_started', command)
        return redirect(`${home(x.person.id)}?done=saved`)
      },
    })
    o.post(`${url}/end`, permit, async a => {
      const x = await about(a)
      if (!x || !isId(a.body.absence)) return hidden
      if (x.running?.id !== a.body.absence) return redirect(home(x.person.id))
      await endAbsence(a, x.running.id)
      await journal(a, x.person.id, 'account', 'absence_ended')
      return redirect(`${home(x.person.id)}/new?done=saved`)
    })
  }
  register(
    '/me/absence',
    'absence:own',
    a => a.actor.id,
    () => '/me/absence',
  )
  register(
    '/users/:userId/absence',
    'absence:others',
    a => a.params.userId,
    id => `/users/${id}/absence`,
  )
}
