import { h } from 'preact'
import { FormPage } from '../base/components/index.tsx'
import { type Errors, parseForm, type Values } from '../base/form.ts'
import { isId } from '../base/id.ts'
import { lane } from '../platform/argon.ts'
import { databaseAway } from '../platform/db.ts'
import { newId } from '../platform/records.ts'
import { type Guest, type Site, type SiteAnswer, sitePage } from '../platform/site.ts'
import { binaryFields, chatHeaders, chatScripts, count, forget, notNow, retry } from './routes.public-common.ts'
import type { Locator } from './rules.receipt.ts'
import { parseReceipt } from './rules.receipt-read.ts'
import { publicPath } from './schema.public.ts'
import { additionForm, noAnswer, readForm, receiptErrors, returnForm } from './schema.public-form.ts'
import { addedScreen, backScreen, endedScreen, readScreen, talkScreen } from './screens.public-talk.tsx'
import { acknowledge, addMessage, type Conversation, openConversation, wordLists } from './store.public.ts'

const back = (g: Guest, status: number, values: Values, errors: Errors): SiteAnswer =>
  sitePage({
    body: backScreen({ values, errors }, g.t),
    status,
    path: '/back',
    back: '/',
    // With scripts the words are read and the answers opened on the device; without them, here.
    scripts: chatScripts(g.lang),
    headers: { ...chatHeaders, ...(status === 503 ? retry : {}) },
  })

const talk = (g: Guest, c: Conversation, status: number, values: Values, errors: Errors): SiteAnswer => {
  const answers = c.replies.flatMap(r => (r.text === undefined ? [] : [{ id: r.id, at: r.at, text: r.text }]))
  const command = isId(g.body.command) && status === 422 ? g.body.command : newId()
  return sitePage({
    body: talkScreen({ answers, words: g.body.words ?? '', addCommand: command, readCommand: newId(), values, errors }, g.t),
    status,
    path: '/back',
  })
}

/** The addition alone, with what was typed, while the conversation cannot be opened. */
const addLater = (g: Guest, why: 'busy' | 'away'): SiteAnswer =>
  sitePage({
    body: h(FormPage, {
      form: additionForm,
      t: g.t,
      action: publicPath(g.lang, 'talk'),
      values: g.body,
      errors: notNow(why),
      command: isId(g.body.command) ? g.body.command : newId(),
      title: g.t('contact-public.talk.addTitle'),
      submitLabel: g.t('contact-public.talk.add'),
    }),
    status: 503,
    path: '/back',
    headers: retry,
  })

export const registerTalk = (site: Site): void => {
  const { keys } = site.deps
  const argon = lane(site.deps.argon, 12, true)
  type Proven =
    | { readonly ok: true; readonly conversation: Conversation; readonly locator: Locator }
    | { readonly ok: false; readonly answer: SiteAnswer }

  /** The words of the body open their conversation, or this is the page that asks for them again. One page for unknown words and for wrong ones. */
  const prove = async (g: Guest, later: (why: 'busy' | 'away') => SiteAnswer): Promise<Proven> => {
    const parsed = parseForm(returnForm, { words: g.body.words ?? '' })
    if (!parsed.ok) return { ok: false, answer: back(g, 422, parsed.values, parsed.errors) }
    const read = parseReceipt(parsed.value.words, wordLists)
    if (!read.ok) return { ok: false, answer: back(g, 422, { words: parsed.value.words }, receiptErrors(read.problem)) }
    try {
      const opened = await openConversation(g.ask, argon, keys.fakeSalt, read)
      if (opened.kind === 'busy') return { ok: false, answer: later('busy') }
      if (opened.kind === 'open') return { ok: true, conversation: opened.conversation, locator: read.locator }
      return { ok: false, answer: back(g, 422, { words: parsed.value.words }, noAnswer) }
    } catch (e) {
      if (databaseAway(e)) return { ok: false, answer: later('away') }
      throw e
    }
  }
  const askAgain = (g: Guest) => (why: 'busy' | 'away') => back(g, 503, { words: g.body.words ?? '' }, notNow(why))

  site.get('/back', 'public:talk', async g => back(g, 200, {}, {}))
  site.post('/back', 'public:talk', async g => {
    const strange = Object.keys(g.body).some(k => k !== 'words')
    if (strange) return back(g, 422, { words: g.body.words ?? '' }, { '': { key: 'base.error.unknown_field' } })
    const p = await prove(g, askAgain(g))
    if (!p.ok) return p.answer
    count(g, 'returned')
    return talk(g, p.conversation, 200, {}, {})
  })

  site.post('/talk', 'public:talk', async g => {
    const p = await prove(g, why => addLater(g, why))
    if (!p.ok) return p.answer
    const parsed = parseForm(additionForm, g.body)
    const binary = binaryFields(g.body, ['text'])
    if (!parsed.ok) return talk(g, p.conversation, 422, parsed.values, { ...parsed.errors, ...binary })
    if (binary.text) return talk(g, p.conversation, 422, g.body, binary)
    if (!parsed.command) return talk(g, p.conversation, 422, g.body, { '': { key: 'contact-public.error.formOld' } })
    try {
      const status = await addMessage(g.ask, p.conversation, p.locator, { text: parsed.value.text, command: parsed.command }, g.lang)
      if (status === 'saved' || status === 'same') return sitePage({ body: addedScreen({ words: parsed.value.words }, g.t), path: '/back' })
      if (status === 'unknown') return back(g, 422, { words: parsed.value.words }, noAnswer)
      // Sent before with other content, or a conversation that is full: kept, and offered under a new id.
      return talk(g, p.conversation, 409, g.body, { '': { key: `contact-public.error.${status === 'full' ? 'full' : 'sentBefore'}` } })
    } catch (e) {
      if (databaseAway(e)) return addLater(g, 'away')
      throw e
    }
  })

  site.post('/talk/read', 'public:talk', async g => {
    const p = await prove(g, askAgain(g))
    if (!p.ok) return p.answer
    const parsed = parseForm(readForm, g.body)
    if (!parsed.ok || !parsed.command) return talk(g, p.conversation, 422, {}, { '': { key: 'contact-public.error.formOld' } })
    await acknowledge(g.ask, p.conversation, p.locator, parsed.command, parsed.value.messages)
    return sitePage({ body: readScreen({ words: parsed.value.words }, g.t), path: '/back' })
  })

  // Nothing was kept open: this page makes the browser forget, and says so.
  site.post('/talk/end', 'public:talk', async g => sitePage({ body: endedScreen(g.t), path: '/', headers: forget }))
  // Addresses that only answer a form: who opens them from the history is asked for the words.
  for (const url of ['/talk', '/talk/read', '/talk/end', '/talk/done'])
    site.get(url, 'public:talk', async () => ({ kind: 'redirect', to: '/back' }))
  site.get('/write/done', 'public:report', async () => ({ kind: 'redirect', to: '/write' }))
}
