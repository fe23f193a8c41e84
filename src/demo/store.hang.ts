import type { Id } from '../base/id.ts'
import { addDays, dayOf, type Stamp } from '../base/time.ts'
import type { CaseRow } from '../case/schema.ts'
import { numberFrom } from '../case/schema.ts'
import { decideBooking } from '../language/rules.ts'
import type { Interpreter, RegisterEntry } from '../language/schema.ts'
import { register, saveInterpreter } from '../language/store.register.ts'
import { saveLanguageEvent } from '../language/store.ts'
import { answerLetter, decideReport, registerLetter, sendLetter } from '../mandatory-report/rules.ts'
import { reportTerms } from '../mandatory-report/store.instruments.ts'
import { factsOf, reportState, saveReportEvent } from '../mandatory-report/store.ts'
import { codeFrom, writeCard } from '../night-card/rules.ts'
import { saveNightEvent } from '../night-card/store.ts'
import { finishStep, makeSteps, postponeStep } from '../plan/rules.ts'
import { savePlanEvent } from '../plan/store.ts'
import { random } from '../platform/crypto.ts'
import { newId } from '../platform/records.ts'
import { addFacts, decideScreening, setApproach, setCircumstances } from '../screening/rules.ts'
import { type Answers, emptyScreening, type ScreeningEvent } from '../screening/schema.ts'
import { findScreening, onCase, saveScreening, stateOf } from '../screening/store.ts'
import { chance } from './rules.random.ts'
import type { Circumstance, DemoCase } from './schema.ts'
import type { Hand, Hands, Written } from './store.write.ts'

/* What hangs on a case, by the rules and stores of its capabilities: for the newest cases of the demonstration, the real way only. */

export interface HangOn {
  /** The service key, under which the register of interpreters is sealed. */
  readonly service: Buffer
  /** Who signs in as the interpreter of Uzbek; null where nobody does. */
  readonly interpreter: Id | null
  /** A team in which somebody of the shelter works; null where nobody does. */
  readonly shelter: Id | null
}
type Decided<E> = { readonly ok: true; readonly value: E } | { readonly ok: false; readonly error: string }
const must = <E>(r: Decided<E>): E => {
  if (!r.ok) throw new Error(`the rules refuse what the demonstration invented: ${r.error}`)
  return r.value
}
/** A moment of the told day that has come. */
const momentOf = (h: Hands, day: string): Stamp => {
  const now = `${day}T13:30:00.000Z`
  return now < h.until ? now : h.until
}

const asked: Readonly<Partial<Record<Circumstance, keyof Answers>>> = {
  away: 'left_home',
  alone: 'unaccompanied',
  no_school: 'no_school_or_clinic',
  no_papers: 'undocumented',
}
const purposeOf = { labour: 'forced_labour', begging: 'forced_begging', sexual: 'sexual_exploitation', other: 'other' } as const
const channelOf = ['messenger', 'game', 'social_network'] as const

const screen = async (h: Hands, row: CaseRow, x: DemoCase): Promise<void> => {
  const now = momentOf(h, x.screening.day)
  const w = await h.as('worker', now)
  const r = { by: w.actor.id, now, today: dayOf(now), timeZone: 'Europe/Moscow' }
  const said = { source: 'child' as const, confidence: 'medium' as const, learned: x.screening.day }
  const c = chance('screening', x.n)
  const save = async (e: ScreeningEvent) => saveScreening(w, onCase(row), await findScreening(w, row.id, true), e, newId())
  const known = asked[x.circumstance]
  const answers: Answers = {
    ...emptyScreening.summary.circumstances,
    ...(known ? { [known]: 'yes' as const } : {}),
    ...(x.person.origin === 'russia' ? {} : { migrant_family: 'yes' as const }),
  }
  const first = setCircumstances(emptyScreening, { ...said, answers, about: '' }, r)
  if (first.ok) await save(first.value)
  if (x.circumstance === 'online') {
    const approach = { way: 'online' as const, channel: c.one(channelOf), platform: '', handle: '', text: '' }
    await save(must(setApproach({ ...said, ...approach, recruiter: 'stranger_online', online: 'over_three', control: 'no' }, r)))
  }
  if (x.screening.purpose && x.screening.finding !== 'not_established') {
    const text = x.notes.find(n => n.compartment === 'story')?.text ?? 'Сказано при первом разговоре.'
    const state = stateOf(await findScreening(w, row.id, true), true) ?? emptyScreening
    const facts = { acts: ['recruitment' as const], purposes: [purposeOf[x.screening.purpose]], known: false, life: 'no' as const, text }
    await save(must(addFacts(state, { ...said, ...facts }, r, newId)))
  }
  const reason = 'Сопоставили сказанное и то, что видели; решение можно пересмотреть.'
  const decision = { outcome: x.screening.finding, body: '', reason, atRisk: x.screening.atRisk ? ('yes' as const) : ('no' as const) }
  await save(must(decideScreening(decision, r)))
}

const plan = async (h: Hands, row: CaseRow, x: DemoCase): Promise<void> => {
  if (x.plan.length === 0) return
  const began = momentOf(h, x.opened)
  const w = await h.as('worker', began)
  const day = dayOf(began)
  const steps = x.plan.map(s => ({
    stepId: newId(),
    what: s.what,
    done: '',
    who: 'colleague' as const,
    outside: '',
    assignee: w.actor.id,
    due: s.due < day ? day : s.due,
    family: null,
  }))
  const made = await savePlanEvent(w, row, [], must(makeSteps(row, steps, day)), newId())
  for (const [i, s] of x.plan.entries()) {
    const step = made[i]!
    if (s.done) {
      const then = await h.as('worker', momentOf(h, s.done))
      await savePlanEvent(then, row, [step], must(finishStep(row, step, 'сделано')), newId())
    } else if (i === 0) {
      const now = await h.as('worker', h.until)
      const later = addDays(dayOf(h.until), 7)
      const moved = postponeStep(
        row,
        step,
        { due: later > step.due ? later : addDays(step.due, 7), reason: 'Ждём ответа врача.' },
        dayOf(h.until),
      )
      if (moved.ok) await savePlanEvent(now, row, [step], moved.value, newId())
    }
  }
}

const report = async (h: Hands, row: CaseRow, x: DemoCase): Promise<void> => {
  const r = x.report
  const began = await h.as('worker', h.until)
  const fact = (await factsOf(began, row.id))[0]
  if (!r || !fact) return
  // Some clocks still run when the demonstration is opened: nobody has answered yet.
  if (!r.sent) return
  const [terms, now] = [reportTerms(), momentOf(h, x.screening.day)]
  const w = await h.as('worker', now)
  const t = { now, today: dayOf(now), timeZone: 'Europe/Moscow' }
  const decision = {
    fact,
    answer: 'now' as const,
    recipients: [r.to],
    until: undefined,
    reason: 'Ребёнок об этом знает; сообщаем только необходимое.',
    by: w.actor.id,
    letterId: newId,
  }
  await saveReportEvent(w, row, must(decideReport(await reportState(w, row.id), decision, terms, t)), newId())
  const letter = [...(await reportState(w, row.id)).letters.values()][0]
  if (!letter) return
  await saveReportEvent(
    w,
    row,
    must(sendLetter(letter, { how: 'phone', by: 'дежурный отдела', sent: t.today, written: false }, terms, t.today)),
    newId(),
  )
  const sent = (await reportState(w, row.id)).letters.get(letter.id)!
  const today = dayOf(h.until)
  if (!r.answered || addDays(t.today, 1) > today) return
  const later = await h.as('worker', h.until)
  const registered = must(registerLetter(sent, { number: `${100 + (x.n % 900)}/26`, registered: addDays(t.today, 1) }, terms, today))
  await saveReportEvent(later, row, registered, newId())
  const waiting = (await reportState(later, row.id)).letters.get(letter.id)!
  const said = answerLetter(waiting, { answered: today, answer: 'Приняли, ведут проверку, просят связаться через нас.' }, today)
  if (said.ok) await saveReportEvent(later, row, said.value, newId())
}

const night = async (h: Hands, row: CaseRow, x: DemoCase, shelter: Id): Promise<void> => {
  if (!x.night) return
  const w = await h.as('worker', h.until)
  const n = x.night
  const card = {
    name: n.nameToUse,
    language: n.language,
    medical: n.health,
    fears: chance('fears', x.n).one(['громкие голоса', 'закрытая дверь', '', 'звонки с чужих номеров']),
    calms: n.calms,
    watch: chance('watch', x.n).weighted([
      ['not_asked' as const, 3],
      ['none' as const, 5],
      ['now_and_then' as const, 2],
    ]),
    watchWhat: '',
    keepAway: x.danger === 'danger' ? 'тот, кто привёз; имени не называет' : '',
    missing: 'позвонить дежурному, потом 112; где искать — спросить у тех, с кем дружит',
    wake: n.wake,
  }
  const e = writeCard(row, undefined, { shelterId: shelter, card, cardId: newId(), code: codeFrom(numberFrom(random(7))) }, dayOf(h.until))
  await saveNightEvent(w, row, undefined, must(e), newId())
}

const entry = (
  alias: string,
  kind: Interpreter['kind'],
  language: Interpreter['languages'][number]['language'],
  more: Partial<Interpreter> = {},
): Interpreter => ({
  alias,
  kind,
  languages: [{ language, dialect: '', direction: 'both', level: 'native' }],
  sex: 'female',
  remote: true,
  contact: 'телефон у дежурного',
  places: [],
  community: '',
  kin: '',
  employers: '',
  signed: null,
  until: null,
  note: '',
  ...more,
})
/** The register: professionals with an undertaking, and some of whom one should think twice. */
export const writeRegister = async (h: Hands, o: HangOn): Promise<void> => {
  const w = (await h.as('worker', h.until)) as Hand & { readonly session: { readonly agencyId: Id } }
  if ((await register(w, o.service)).length > 0) return
  const today = dayOf(h.until)
  const signed = { signed: addDays(today, -60), until: addDays(today, 305) }
  const khatlon = { country: 'Таджикистан', region: 'Хатлонская область', place: 'Куляб' }
  const list: Interpreter[] = [
    entry('Скворец', 'professional', 'uz', { ...signed, places: [{ country: 'Узбекистан', region: 'Ташкент', place: '' }] }),
    entry('Щегол', 'professional', 'tg', { ...signed, places: [{ country: 'Таджикистан', region: 'Душанбе', place: '' }] }),
    entry('Чиж', 'diaspora', 'tg', { places: [khatlon], community: 'землячество Куляба' }),
    entry('Пеночка', 'remote', 'ky', { ...signed, places: [{ country: 'Киргизия', region: 'Бишкек', place: '' }] }),
    entry('Удод', 'professional', 'fr', { ...signed, sex: 'male', places: [{ country: 'Россия', region: '', place: '' }] }),
    entry('Иволга', 'volunteer', 'en', { signed: addDays(today, -400), until: addDays(today, -35) }),
  ]
  for (const [i, value] of list.entries()) {
    const account = i === 0 ? o.interpreter : null
    const s = { id: newId(), agencyId: w.session.agencyId, account, state: 'active' as const, version: 1, by: w.actor.id, value }
    await saveInterpreter(w, o.service, s, newId())
  }
}
const book = async (h: Hands, row: CaseRow, x: DemoCase, entries: readonly RegisterEntry[]): Promise<void> => {
  const chosen = x.interpreter && entries.find(i => i.kind !== 'diaspora' && i.languages.some(l => l.language === x.interpreter?.language))
  if (!x.interpreter || !chosen) return
  const w = await h.as('worker', h.until)
  const late = chosen.until !== null && chosen.until < x.interpreter.day
  const booking = {
    interpreter: chosen.id,
    alias: chosen.alias,
    kind: chosen.kind,
    account: chosen.account,
    day: x.interpreter.day,
    time: '15:00',
    language: x.person.tongue,
    way: x.interpreter.way === 'phone' ? ('telephone' as const) : x.interpreter.way,
    purpose: 'разговор о том, что дальше',
    childAlias: 'Птенец',
    childPlace: [x.person.from.country, x.person.from.region].join(', '),
    childCommunity: '',
    recruiterPlace: '',
    recruiterWords: '',
    sexWanted: 'any' as const,
    warnings: late ? [{ code: 'no_undertaking' as const, words: [] }] : [],
    reason: late ? 'Другого сегодня нет; обязательство подпишет до встречи.' : '',
  }
  const e = decideBooking(
    row,
    { sessionId: newId(), by: w.actor.id, decision: late ? 'anyway' : 'book', entry: chosen, excluded: false, tells: false, booking },
    dayOf(h.until),
  )
  await saveLanguageEvent(w, row, undefined, must(e), newId())
}

/** Everything that the description says of what hangs on these cases; nothing on closed ones. */
export const hangOn = async (h: Hands, list: readonly Written[], o: HangOn): Promise<void> => {
  const entries = await register(await h.as('worker', h.until), o.service)
  for (const { row, told } of list) {
    if (row.state === 'closed' || told.standing === 'new') continue
    await plan(h, row, told)
    if (o.shelter) await night(h, row, told, o.shelter)
    await book(h, row, told, entries)
    await screen(h, row, told)
    await report(h, row, told)
  }
}
