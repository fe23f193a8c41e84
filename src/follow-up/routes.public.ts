import { type Errors, parseForm, type Values } from '../base/form.ts'
import { isId } from '../base/id.ts'
import { notNow, retry } from '../contact/routes.public-common.ts'
import { parseReceipt } from '../contact/rules.receipt-read.ts'
import { receiptErrors } from '../contact/schema.public-form.ts'
import { wordLists } from '../contact/store.public.ts'
import { lane } from '../platform/argon.ts'
import { databaseAway } from '../platform/db.ts'
import { newId } from '../platform/records.ts'
import { type Guest, type Site, type SiteAnswer, sitePage } from '../platform/site.ts'
import { answersFrom } from './schema.forms.ts'
import { dayForm, doorForm, nothingHere } from './schema.public-form.ts'
import { type ChildAnswer, questions } from './schema.ts'
import { dayDoneScreen, dayScreen, doorScreen } from './screens.public.tsx'
import { leaveAnswer, openQuestions, type Typed } from './store.public.ts'

const door = (g: Guest, status: number, values: Values, errors: Errors): SiteAnswer =>
  sitePage({ bare: true, body: doorScreen({ values, errors }, g.t), status, path: '/day', ...(status === 503 ? { headers: retry } : {}) })
/** One page for everything that opens nothing. What was typed is not in it: after "someone is here" it must not be, and any difference would tell. */
const nothing = (g: Guest): SiteAnswer =>
  sitePage({ bare: true, body: doorScreen({ errors: nothingHere }, g.t), status: 422, path: '/day' })
const day = (g: Guest, status: number, values: Values, errors: Errors): SiteAnswer =>
  sitePage({ bare: true, body: dayScreen({ values, errors }, g.t), status, path: '/day', ...(status === 503 ? { headers: retry } : {}) })

/** The words of a body; what cannot be read is told from the public lists alone. */
const typedIn = (
  g: Guest,
): { readonly ok: true; readonly typed: Typed } | { readonly ok: false; readonly values: Values; readonly errors: Errors } => {
  const parsed = parseForm(doorForm, { words: g.body.words ?? '', word: g.body.word ?? '' })
  if (!parsed.ok) return { ok: false, values: parsed.values, errors: parsed.errors }
  const read = parseReceipt(parsed.value.words, wordLists)
  if (!read.ok) return { ok: false, values: { ...parsed.value }, errors: receiptErrors(read.problem) }
  return { ok: true, typed: { locator: read.locator, secret: read.secret, word: parsed.value.word } }
}

/** The child's page, under an address and a title that say nothing. */
export const registerCheckInPage = (site: Site): void => {
  const { fakeSalt } = site.deps.keys
  const argon = lane(site.deps.argon, 12)
  site.get('/day', 'public:check-in', async g => door(g, 200, {}, {}))
  site.get('/day/next', 'public:check-in', async () => ({ kind: 'redirect', to: '/day' }))
  site.post('/day', 'public:check-in', async g => {
    const read = typedIn(g)
    if (!read.ok) return door(g, 422, read.values, read.errors)
    try {
      const opened = await openQuestions(g.ask, argon, fakeSalt, read.typed, g.lang)
      if (opened === 'busy') return door(g, 503, {}, notNow('busy'))
      if (opened === 'nothing') return nothing(g)
      return day(g, 200, { words: g.body.words ?? '', word: g.body.word ?? '', id: newId() }, {})
    } catch (e) {
      if (databaseAway(e)) return door(g, 503, {}, notNow('away'))
      throw e
    }
  })
  site.post('/day/next', 'public:check-in', async g => {
    const someone = g.body.then === 'someone'
    const help = g.body.then === 'help'
    const read = typedIn(g)
    if (!read.ok) return someone ? nothing(g) : door(g, 422, read.values, read.errors)
    const parsed = parseForm(dayForm, g.body)
    if (!parsed.ok && !someone && parsed.errors.id)
      return day(g, 422, { ...g.body, id: newId() }, { '': { key: 'follow-up-public.error.old' } })
    if (!parsed.ok && !someone) return day(g, 422, g.body, parsed.errors)
    // With somebody near there is no time to put anything right: what is good goes, the rest is left out.
    const said = parsed.ok ? parsed.value : Object.fromEntries(Object.entries(g.body).filter(([k]) => !parsed.errors[k]))
    const line = typeof said.line === 'string' ? said.line : ''
    const answer: ChildAnswer = {
      answers: answersFrom(Object.fromEntries(questions.map(q => [q, /^[1-5]$/.test(String(said[q])) ? String(said[q]) : undefined]))),
      words: line.slice(0, 1000),
      help: help || someone,
      someone: someone ? 'button' : 'no',
      language: g.lang,
    }
    const id = isId(g.body.id) ? g.body.id : newId()
    try {
      const left = await leaveAnswer(g.ask, argon, fakeSalt, read.typed, answer, id)
      if (someone || left === 'nothing') return nothing(g)
      if (left === 'busy') return day(g, 503, g.body, notNow('busy'))
      if (left === 'full') return day(g, 409, g.body, { '': { key: 'follow-up-public.error.full' } })
      return sitePage({ bare: true, body: dayDoneScreen({ help }, g.t), path: '/day' })
    } catch (e) {
      // The screen turns neutral whatever happens behind it.
      if (databaseAway(e)) return someone ? nothing(g) : day(g, 503, g.body, notNow('away'))
      throw e
    }
  })
}
