import { type Directory, directory } from '../access/store.directory.ts'
import type { Option } from '../base/form.ts'
import type { T } from '../base/i18n.ts'
import { type Id, isId } from '../base/id.ts'
import { err } from '../base/result.ts'
import type { Opened } from '../base/sealed.ts'
import { apartOf } from '../case/routes.apart.ts'
import { caseCommand } from '../case/routes.command.ts'
import type { CasePart, ReadEvent } from '../case/routes.parts.ts'
import { numberFrom } from '../case/schema.ts'
import { findCase } from '../case/store.ts'
import { random } from '../platform/crypto.ts'
import { type Asked, hidden, type Office, page, redirect } from '../platform/office.ts'
import { newId } from '../platform/records.ts'
import { codeFrom, moveOut, writeCard } from './rules.ts'
import {
  type CardRow,
  cardTexts,
  movedOutForm,
  type NightCard,
  type NightEvent,
  type NightEventType,
  nightCardForm,
  openNightEvent,
} from './schema.ts'
import { aboveCard, type CardView, nightPartCard, nightScreen, printScreen } from './screens.tsx'
import { handOnNightKeys, lastCard, markRead, readersOf, type SeenCard, saveNightEvent, sheets } from './store.ts'

/** Teams of the agency in which somebody with the function shelter works. */
const shelters = (d: Directory): Option[] =>
  d.teams
    .filter(t => t.state === 'active' && d.members.some(m => m.teamId === t.id && m.fn === 'shelter' && m.confirmedBy !== null))
    .map(t => ({ value: t.id, text: d.team(t.id) }))

/** The card as it may be written over: without the story key nobody changes what they cannot read. */
const writable = (s: SeenCard | undefined): CardRow | undefined => (s?.card ? { ...s, card: s.card } : undefined)
const live = (s: SeenCard | undefined) => (s?.state === 'here' ? s : undefined)

const viewOf = async (a: Asked, o: Office, s: SeenCard): Promise<CardView> => {
  const [d, readers] = await Promise.all([directory(a, o.deps.keys.service, a.lang), readersOf(a, s.id)])
  return { ...s, shelter: d.team(s.shelterId), readers: readers.map(r => ({ ...r, alias: d.alias(r.reader) })) }
}

const registerOfCase = (o: Office): void => {
  const own = { permit: 'night-card:write', errors: 'night-card.error', to: (c: { id: Id }) => `/cases/${c.id}/night-card?done=saved` }
  caseCommand(o, {
    ...own,
    path: 'night-card',
    words: 'night-card.form',
    form: nightCardForm,
    versioned: true,
    current: async (a, c, lock) => live(await lastCard(a, c.id, lock))?.version ?? 0,
    exists: async (a, c) => {
      const s = await lastCard(a, c.id)
      return s === undefined || s.card !== undefined
    },
    options: async a => ({ shelter: shelters(await directory(a, o.deps.keys.service, a.lang)) }),
    initial: async (a, c) => {
      const s = await lastCard(a, c.id)
      a.saw('night-card.open', [c.id])
      return s?.card ? { ...s.card, ...(s.state === 'here' ? { shelter: s.shelterId } : {}) } : { watch: 'not_asked' }
    },
    above: async (a, c) => {
      const s = await lastCard(a, c.id)
      const at = (p: string) => a.to(`/cases/${c.id}/night-card/${p}`)
      return aboveCard(s && (await viewOf(a, o, s)), { print: at('print'), out: at('moved-out') }, a.session.timeZone, a.t)
    },
    says: async (a, c) => {
      const s = await lastCard(a, c.id)
      if (!s?.card) return {}
      const d = await directory(a, o.deps.keys.service, a.lang)
      return { ...s.card, watch: a.t(`night-card.watch.${s.card.watch}`), shelter: d.team(s.shelterId) }
    },
    decide: async (a, c, v, t) => {
      const d = await directory(a, o.deps.keys.service, a.lang)
      if (!shelters(d).some(x => x.value === v.shelter)) return err('no_such_shelter')
      const texts = Object.fromEntries(cardTexts.map(k => [k, v[k]?.trim() ?? ''])) as Omit<NightCard, 'watch'>
      return writeCard(
        c,
        live(await lastCard(a, c.id)),
        { shelterId: v.shelter, card: { ...texts, watch: v.watch }, cardId: newId(), code: codeFrom(numberFrom(random(7))) },
        t.today,
      )
    },
    save: async (a, c, e: NightEvent, command) => saveNightEvent(a, c, writable(live(await lastCard(a, c.id, true))), e, command),
  })
  caseCommand(o, {
    ...own,
    path: 'night-card/moved-out',
    words: 'night-card.outForm',
    form: movedOutForm,
    versioned: false,
    exists: async (a, c) => writable(live(await lastCard(a, c.id))) !== undefined,
    decide: async (a, c, v) => moveOut(live(await lastCard(a, c.id)), v.where ?? ''),
    save: async (a, c, e: NightEvent, command) => saveNightEvent(a, c, writable(live(await lastCard(a, c.id, true))), e, command),
  })
  o.get('/cases/:caseId/night-card/print', 'night-card:read', async a => {
    const c = await findCase(a, a.params.caseId!)
    const s = c && (await lastCard(a, c.id))
    if (!c || !s) return hidden
    const apart = await apartOf(a, c, 'night-card.open')
    a.saw('night-card.open', [c.id])
    const view = await viewOf(a, o, s)
    return page({
      title: a.t('night-card.page.title'),
      nav: 'cases',
      print: s.code,
      breadcrumbs: [
        { text: a.t('case.list.title'), href: '/cases' },
        { text: c.number, href: `/cases/${c.id}` },
      ],
      body: printScreen(view, apart, a.to(`/cases/${c.id}`), a.t),
    })
  })
}

/** The card in the case, and the list of the shift. */
export const registerNightCard = (o: Office): void => {
  registerOfCase(o)
  const list = async (a: Asked, status = 200) => {
    await handOnNightKeys(a)
    const [all, d] = await Promise.all([sheets(a), directory(a, o.deps.keys.service, a.lang)])
    a.saw(
      'night.open',
      all.map(s => s.id),
    )
    return page({
      title: a.t('night-card.night.title'),
      nav: 'night',
      status,
      body: nightScreen({ sheets: all.map(s => ({ ...s, shelter: d.team(s.shelterId) })), command: newId, to: a.to }, a.t),
    })
  }
  o.get('/night', 'night:list', a => list(a))
  o.post('/night/:cardId/read', 'night:list', async a => {
    const { cardId } = a.params
    const version = /^\d{1,9}$/.test(String(a.body.version ?? '')) ? Number(a.body.version) : 0
    if (!isId(cardId) || !(await sheets(a)).some(s => s.id === cardId && s.card)) return hidden
    // It was written anew meanwhile: the new one is shown, and is read again.
    return (await markRead(a, cardId, version)) ? redirect('/night?done=saved') : list(a, 409)
  })
}

const line = (e: NightEvent, t: T): string =>
  e.type === 'night_card_ended' ? e.where : `${e.code}: ${t(`night-card.watch.${e.card.watch}`)}`
const reads =
  (type: NightEventType): ReadEvent =>
  (o: Opened, t) =>
    line(openNightEvent(type, o), t)

/** What the night card adds to the page of a case. */
export const nightCardPart: CasePart = {
  name: 'night-card',
  order: 20,
  link: { path: 'night-card', words: 'night-card.link', permit: 'night-card:write' },
  card: async (a, caseId) => {
    if (!a.can('night-card:read')) return undefined
    const { rows } = await a.tx.query<{ code: string; since: string; n: number }>(
      `select n.code, n.since::text as since, (select count(distinct s.reader)::int from app.night_seen s where s.card_id = n.id and s.version = n.version) as n
         from app.night_card n where n.case_id = $1 and n.state = 'here' limit 1`,
      [caseId],
    )
    const [c] = rows
    if (!c) return undefined
    const href = a.to(`/cases/${caseId}/night-card${a.can('night-card:write') ? '' : '/print'}`)
    return nightPartCard({ href, since: c.since, code: c.code, readBy: c.n }, a.t)
  },
  // The code on the card's paper: for whoever works on the case, the card. Whoever works at night finds nothing by it.
  led: async (a, code) => {
    if (code.kind !== 'N' || !a.can('night-card:read')) return undefined
    const { rows } = await a.tx.query<{ caseId: Id; here: boolean }>(
      `select case_id as "caseId", state = 'here' as here from app.night_card where code = $1 limit 2`,
      [`N-${code.body}`],
    )
    const [card] = rows
    if (!card || rows.length > 1) return undefined
    return { caseId: card.caseId, path: card.here && a.can('night-card:write') ? 'night-card' : 'night-card/print' }
  },
  events: { night_card_written: reads('night_card_written'), night_card_ended: reads('night_card_ended') },
}
