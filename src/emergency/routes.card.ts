import { helplineFresh } from '../access/rules.admin.ts'
import { helplines } from '../access/store.admin.health.ts'
import { directory } from '../access/store.directory.ts'
import { codeOf } from '../base/codes.ts'
import { type Errors, type FormDef, parseForm, type Values } from '../base/form.ts'
import type { Id } from '../base/id.ts'
import type { Result } from '../base/result.ts'
import { dayOf } from '../base/time.ts'
import { findCase } from '../case/store.ts'
import { findContact, findContactFile } from '../contact/store.ts'
import { once, savedOnce } from '../platform/command.ts'
import { type Answer, type Asked, hidden, type Office, page, redirect } from '../platform/office.ts'
import { newId } from '../platform/records.ts'
import { called, type EmergencyError, endCard, minutesAlone, take, tell } from './rules.ts'
import { type SayLanguage, type Sentence, sayLanguages } from './schema.content.ts'
import { type CardAct, calledForm, cardActs, cardForms, endForm, kindForm, tellForm } from './schema.forms.ts'
import type { CardRow, EmergencyEvent } from './schema.ts'
import { type PagingView, pagingText } from './screens.paging.tsx'
import { type CardView, cardScreen, type Said } from './screens.tsx'
import { emergencyContent, saidIn } from './store.content.ts'
import { findCard, type PageState, pageState, type SeenCard, saveCardEvent } from './store.ts'

/** 422: the form can be put right; 409: the card is not in the state for it. */
const status: Record<EmergencyError, 409 | 422> = { card_ended: 409, nothing_said: 422, nobody_waits: 409, no_key: 422 }

const pagingOf = (a: Asked, card: SeenCard, s: PageState | undefined, alias: (id: Id | null) => string): PagingView => {
  const sent = new Set((s?.tries ?? []).filter(x => x.state === 'sent' || x.state === 'merged').map(x => x.userId))
  const minutes = s ? (Date.parse(a.now) - Date.parse(s.at)) / 60_000 : 0
  return {
    now: !s || s.ended ? 'over' : s.takenAt ? 'taken' : minutes >= minutesAlone ? 'alone' : 'waiting',
    at: s?.at ?? card.openedAt,
    by: alias(s?.takenBy ?? null),
    takenAt: s?.takenAt ?? null,
    reached: sent.size,
    silent: s !== undefined && s.round > 0 && s.tries.length === 0,
    self: a.to(`/life/${card.id}`),
    live: a.to(`/life/${card.id}/state`),
  }
}
/** Is the contact or case behind a card still seen by this person? Its row, or undefined. */
const recordOf = async (a: Asked, c: SeenCard): Promise<{ href: string; text: string; nav: string } | undefined> => {
  if (c.kind === 'contact') {
    const contact = await findContact(a, c.record)
    return contact && { href: a.to(`/contacts/${c.record}`), text: codeOf('K', c.record), nav: 'contacts' }
  }
  const found = await findCase(a, c.record)
  return found && { href: a.to(`/cases/${c.record}`), text: found.number, nav: 'cases' }
}
/** The language of the sentences: as asked for, else the sender's where it is known, else Russian. */
const languageOf = async (a: Asked, c: SeenCard): Promise<SayLanguage> => {
  const asked = sayLanguages.find(l => l === a.query.say)
  if (asked || c.kind === 'case') return asked ?? 'ru'
  const story = (await findContactFile(a, c.record))?.story
  return sayLanguages.find(l => l === story?.language) ?? 'ru'
}
const saidOf = (a: Asked, language: SayLanguage, all: readonly Sentence[]): Said[] =>
  all.map(s => ({ text: saidIn(s, language), means: a.lang === 'en' ? s.en : s.ru }))

const show = async (
  o: Office,
  a: Asked,
  c: SeenCard,
  back?: { readonly status: number; readonly act: CardAct; readonly values: Values; readonly errors: Errors },
): Promise<Answer> => {
  const [record, people, paging, language, lines] = await Promise.all([
    recordOf(a, c),
    directory(a, o.deps.keys.service, a.lang),
    pageState(a, c.id),
    languageOf(a, c),
    helplines(a),
  ])
  if (!record) return hidden
  const content = emergencyContent()
  const kind = c.card?.danger ? content.kinds[c.card.danger] : undefined
  const today = dayOf(a.now, a.session.timeZone)
  const view: CardView = {
    id: c.id,
    state: c.state,
    openedAt: c.openedAt,
    openedBy: people.alias(c.openedBy),
    version: c.version,
    card: c.card,
    calls: (c.card?.calls ?? []).map(line => ({ at: line.at, by: people.alias(line.by), line })).reverse(),
    back: { href: record.href, text: record.text },
    paging: pagingOf(a, c, paging, people.alias),
    steps: kind?.steps.map(s => (a.lang === 'en' ? s.en : s.ru)) ?? [],
    source: kind ? (a.lang === 'en' ? kind.source.en : kind.source.ru) : '',
    language,
    reviewed: content._reviewed[language === 'uz-Cyrl' ? 'uz' : language],
    say: saidOf(a, language, kind?.say ?? []),
    where: saidOf(a, language, content.where),
    numbers: lines
      .filter(l => l.number !== '112' && l.country === 'RU' && (l.always || helplineFresh(l.verifiedOn, today)))
      .map(l => ({ number: l.number, name: l.names[a.lang] ?? l.names.ru ?? '' })),
    commands: Object.fromEntries(cardActs.map(x => [x, newId()])) as CardView['commands'],
    returned: back,
    timeZone: a.session.timeZone,
  }
  a.saw('emergency.open', [c.record])
  return page({
    title: a.t('emergency.page.title'),
    nav: record.nav,
    scripts: ['life.js'],
    wide: true,
    breadcrumbs: [{ text: record.text, href: record.href }],
    body: cardScreen(view, a.t),
    ...(back ? { status: back.status } : {}),
  })
}

type Decide = (a: Asked, c: CardRow, paging: PageState | undefined) => Result<EmergencyEvent, EmergencyError> | undefined
/** Each act judges its own parsed form; undefined: the form was not good, which was seen before. */
const decide: Record<CardAct, Decide> = {
  kind: (a, c) => {
    const p = parseForm(kindForm, a.body)
    return p.ok ? tell(c, { danger: p.value.danger, what: c.card.what, where: c.card.where, since: c.card.since }) : undefined
  },
  tell: (a, c) => {
    const p = parseForm(tellForm, a.body)
    return p.ok
      ? tell(c, { danger: c.card.danger, what: p.value.what ?? '', where: p.value.where ?? '', since: p.value.since ?? '' })
      : undefined
  },
  called: (a, c) => {
    const p = parseForm(calledForm, a.body)
    return p.ok
      ? called(c, { at: a.now, by: a.actor.id, whom: p.value.whom, outcome: p.value.outcome, words: p.value.note ?? '' })
      : undefined
  },
  take: (_a, c, paging) => take(c, paging !== undefined && paging.takenAt === null && !paging.ended),
  end: (a, c) => {
    const p = parseForm(endForm, a.body)
    return p.ok ? endCard(c, p.value.became) : undefined
  },
}
/** Only what two people may write over each other is judged by its version: a call is added, a kind is pressed anew. */
const versioned: readonly CardAct[] = ['tell']

const typedIn = (a: Asked, form: FormDef): Values =>
  Object.fromEntries(
    Object.keys(form.fields).flatMap(k => {
      const v = a.body[k]
      return typeof v === 'string' ? [[k, v]] : []
    }),
  )
const act =
  (o: Office, name: CardAct) =>
  async (a: Asked): Promise<Answer> => {
    const id = a.params.cardId as Id
    const form = cardForms[name] as unknown as FormDef
    const parsed = parseForm(form, a.body)
    const again = async (code: number, values: Values, errors: Errors): Promise<Answer> => {
      const c = await findCard(a, id)
      return c ? show(o, a, c, { status: code, act: name, values, errors }) : hidden
    }
    if (!parsed.ok) return again(422, parsed.values, parsed.errors)
    const values = typedIn(a, form)
    const back = redirect(`/life/${id}${name === 'kind' || name === 'take' ? '' : '?done=saved'}`)
    const command = parsed.command ?? newId()
    return once<Answer>(
      a,
      { command, content: { act: name, id, value: parsed.value }, record: id },
      {
        again: () => back,
        clash: () => again(409, values, savedOnce),
        fresh: async () => {
          const c = await findCard(a, id, true)
          if (!c) return { refused: hidden }
          if (!c.card) return { refused: await again(422, values, { '': { key: 'emergency.error.no_key' } }) }
          if (versioned.includes(name) && parsed.version !== c.version)
            return { refused: await again(409, values, { '': { key: 'base.error.stale_version' } }) }
          const decided = decide[name](a, { ...c, card: c.card }, await pageState(a, id))
          if (!decided) return { refused: hidden }
          if (!decided.ok)
            return { refused: await again(status[decided.error], values, { '': { key: `emergency.error.${decided.error}` } }) }
          await saveCardEvent(a, { ...c, card: c.card }, decided.value, command)
          return { saved: back }
        },
      },
    )
  }

/** The card, its acts, and what the small script asks for: how far the paging has come, without a word of the card. */
export const registerCard = (o: Office): void => {
  o.get('/life/:cardId', 'emergency:use', async a => {
    const c = await findCard(a, a.params.cardId!)
    return c ? show(o, a, c) : hidden
  })
  o.get('/life/:cardId/state', 'emergency:use', async a => {
    const [c, s, people] = await Promise.all([
      findCard(a, a.params.cardId!),
      pageState(a, a.params.cardId!),
      directory(a, o.deps.keys.service, a.lang),
    ])
    if (!c) return hidden
    const view = pagingOf(a, c, s, people.alias)
    return {
      kind: 'bytes',
      type: 'application/json; charset=utf-8',
      body: JSON.stringify({ now: view.now, text: pagingText(view, a.session.timeZone, a.t) }),
    }
  })
  for (const name of cardActs) {
    o.get(`/life/:cardId/${name}`, 'emergency:use', async a => redirect(`/life/${a.params.cardId}`))
    o.post(`/life/:cardId/${name}`, 'emergency:use', act(o, name))
  }
}
