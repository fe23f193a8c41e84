import { adminForm } from '../access/routes.admin.form.ts'
import { type Directory, directory } from '../access/store.directory.ts'
import type { Option } from '../base/form.ts'
import type { Id } from '../base/id.ts'
import { briefly } from '../platform/lists.ts'
import { type Answer, type Asked, hidden, type Office, type OfficeDeps, page, redirect } from '../platform/office.ts'
import { minuteOf, onCallNow } from './rules.paging.ts'
import { pointForm, rotaForm, rotaMember } from './schema.forms.ts'
import { type OnCallView, onCallScreen } from './screens.on-call.tsx'
import { addToRota, askForTest, endInRota, ownPoint, pagedFunctions, rota, savePoint, teamsWaiting } from './store.on-call.ts'
import { lastTest, takePage, waitingPages } from './store.ts'

const w = 'emergency.rota'
/** Teams whose rota this person sees: of an administrator all, else the own. */
const teamsOf = (a: Asked, d: Directory) =>
  d.teams.filter(
    t =>
      t.state === 'active' &&
      d.members.some(m => m.teamId === t.id && pagedFunctions.includes(m.fn)) &&
      (a.can('on-call:edit') || d.members.some(m => m.teamId === t.id && m.userId === a.actor.id && m.confirmedBy !== null)),
  )
const ownTeam = (a: Asked, d: Directory): Id | undefined =>
  d.members.find(m => m.userId === a.actor.id && m.confirmedBy !== null && pagedFunctions.includes(m.fn))?.teamId
/** People of the teams who may be put on call, as `team:person`. */
const candidates = (a: Asked, d: Directory): Option[] =>
  teamsOf(a, d).flatMap(t =>
    [
      ...new Set(d.members.filter(m => m.teamId === t.id && m.confirmedBy !== null && pagedFunctions.includes(m.fn)).map(m => m.userId)),
    ].map(user => ({ value: `${t.id}:${user}`, text: `${d.team(t.id)}: ${d.alias(user)}` })),
  )

const show = async (o: Office, a: Asked): Promise<Answer> => {
  const [d, rows, pages, test, own, health] = await Promise.all([
    directory(a, o.deps.keys.service, a.lang),
    rota(a),
    a.can('emergency:use') ? waitingPages(a) : [],
    lastTest(a, a.actor.id),
    ownPoint(a, o.deps.keys.service, a.actor.id),
    a.tx.query<{ ok: boolean; at: Date }>("select ok, at from app.health_mark where what = 'paging'"),
  ])
  const view: OnCallView = {
    pages: pages.map(p => ({
      id: p.id,
      cause: p.cause,
      at: p.at,
      href: a.to(p.cause === 'card' ? `/life/${p.id}` : `/contacts/${p.record}`),
    })),
    teams: teamsOf(a, d).map(t => ({
      id: t.id,
      name: d.team(t.id),
      now: [...new Set(rows.filter(r => r.teamId === t.id && onCallNow([r], a.now, a.session.timeZone)).map(r => d.alias(r.userId)))],
      rows: rows
        .filter(r => r.teamId === t.id)
        .map(r => ({ id: r.id, alias: d.alias(r.userId), weekday: r.weekday, from: r.from, until: r.until })),
    })),
    point: own && { mail: own.point.mail !== '', phone: own.point.phone !== '' },
    ways: health.rows[0]?.ok === true && Date.parse(a.now) - health.rows[0].at.getTime() < 10 * 60_000,
    test: test && { at: test.at, tries: test.tries.map(x => ({ channel: x.channel, state: x.state })) },
    can: { edit: a.can('on-call:edit'), test: ownTeam(a, d) !== undefined },
    timeZone: a.session.timeZone,
  }
  a.saw(
    'on-call.open',
    pages.map(p => p.record),
  )
  return page({ title: a.t('emergency.onCall.title'), nav: 'on-call', body: onCallScreen(view, a.t) })
}

/** Who is on call, what waits, where I am reached, and a message to try it. */
export const registerOnCall = (o: Office): void => {
  o.get('/on-call', 'on-call:see', a => show(o, a))
  o.post('/on-call/test', 'on-call:see', async a => {
    const team = ownTeam(a, await directory(a, o.deps.keys.service, a.lang))
    if (!team) return hidden
    // Pressed again and again, it is one message a minute.
    const last = await lastTest(a, a.actor.id)
    if (!last || Date.parse(a.now) - Date.parse(last.at) > 60_000) await askForTest(a, a.actor.id, team)
    return redirect('/on-call?done=sent')
  })
  o.post('/on-call/pages/:pageId/take', 'emergency:use', async a => {
    const p = (await waitingPages(a)).find(x => x.id === a.params.pageId)
    if (!p) return redirect('/on-call')
    await takePage(a, p.id)
    return redirect(p.cause === 'card' ? `/life/${p.id}` : `/contacts/${p.record}`)
  })
  adminForm(o, {
    url: '/on-call/me',
    permit: 'on-call:see',
    form: pointForm,
    words: 'emergency.point',
    nav: 'on-call',
    about: async a => ({ own: await ownPoint(a, o.deps.keys.service, a.actor.id) }),
    initial: (a, x) => x.own?.point ?? { mail: '', phone: '', lang: a.lang },
    back: () => '/on-call',
    does: async (a, v) => {
      await savePoint(a, o.deps.keys.service, a.actor.id, { mail: v.mail ?? '', phone: v.phone ?? '', lang: v.lang })
      return redirect('/on-call?done=saved')
    },
  })
  adminForm(o, {
    url: '/on-call/rota',
    permit: 'on-call:edit',
    form: rotaForm,
    words: w,
    nav: 'on-call',
    about: async a => ({ people: candidates(a, await directory(a, o.deps.keys.service, a.lang)) }),
    options: (_, x) => ({ member: x.people }),
    initial: () => ({ day: 'always' }),
    back: () => '/on-call',
    does: async (a, v, _, x) => {
      const [, teamId, userId] = rotaMember.exec(v.member) ?? []
      if (!teamId || !userId || !x.people.some(p => p.value === v.member)) return { member: { key: 'emergency.rota.noSuch' } }
      const always = v.day === 'always'
      await addToRota(a, {
        teamId,
        userId,
        weekday: always ? null : Number(v.day),
        from: always ? 0 : minuteOf(v.from ?? '') % 1440,
        until: always ? 1440 : minuteOf(v.until ?? '') || 1440,
      })
      return redirect('/on-call?done=saved')
    },
  })
  o.post('/on-call/rota/:rotaId/end', 'on-call:edit', async a =>
    (await rota(a)).some(r => r.id === a.params.rotaId) && (await endInRota(a, a.params.rotaId!))
      ? redirect('/on-call?done=saved')
      : hidden,
  )
}

/** The line above every page of those who answer for a team in which somebody waits. Asked once a second for all sessions together: it holds ids of teams alone. */
export const pagingAlarm = (): NonNullable<OfficeDeps['alarm']> => {
  const waiting = briefly<readonly Id[]>(1000)
  return async a => {
    if (!a.can('emergency:use')) return undefined
    const teams = await waiting.get('', async () => (await teamsWaiting(a)).filter(p => p.forUser === null).map(p => p.homeGroup))
    return teams.some(t => a.session.groups.includes(t) || a.session.desk.includes(t))
      ? { text: a.t('emergency.alarm.text'), href: '/on-call', link: a.t('emergency.alarm.link') }
      : undefined
  }
}
