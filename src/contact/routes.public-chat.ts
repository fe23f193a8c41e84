import type { FastifyReply } from 'fastify'
import { type Errors, parseForm, type Values } from '../base/form.ts'
import { databaseAway } from '../platform/db.ts'
import { newId } from '../platform/records.ts'
import { type Guest, type Site, type SiteAnswer, sitePage, urgentNumbers } from '../platform/site.ts'
import { gateOf, withoutGate } from './routes.flood.ts'
import { chatStreams } from './routes.public-chat-stream.ts'
import { binaryFields, chatHeaders, chatScripts, count, notNow, retry } from './routes.public-common.ts'
import { deskState } from './rules.chat.ts'
import { receiptList } from './rules.receipt.ts'
import { answersOf, Chat, chatForm, type DeviceStep, deviceBodies } from './schema.chat.ts'
import { chatScreen } from './screens.public-chat.tsx'
import { sentScreen } from './screens.public-talk.tsx'
import { listenLive } from './store.live.ts'
import { newSeed, submitReport } from './store.public.ts'
import { findDeskState, openChat, prekeyFor, saltOf, seenChat, sendChat, startChat, takeChat, watchedChat } from './store.public-chat.ts'

const fresh = (g: Guest) => ({ submission: newId(), seed: newSeed(), language: g.lang })
const hiddenFields = ['submission', 'seed', 'language'] as const

export const registerChat = (site: Site): void => {
  const gate = gateOf(site)
  const { keys } = site.deps

  const page = async (g: Guest, status: number, values: Values, errors: Errors): Promise<SiteAnswer> => {
    const desk = await findDeskState(g.ask).catch(e => {
      if (databaseAway(e)) return undefined
      throw e
    })
    // Said before the first word is typed: what nobody can open is not taken.
    if (!desk && status === 200) return { kind: 'away' }
    const state = desk && deskState(desk, g.now)
    return sitePage({
      body: chatScreen({ values, errors, state, hours: desk?.hours, numbers: urgentNumbers, list: receiptList(g.lang) }, g.t),
      status,
      path: '/chat',
      back: '/',
      scripts: chatScripts(g.lang),
      headers: { ...chatHeaders, ...(status === 503 ? retry : {}) },
    })
  }
  const again = (g: Guest, status: number, values: Values, errors: Errors): Promise<SiteAnswer> => {
    if (!hiddenFields.some(f => errors[f])) return page(g, status, values, errors)
    const seen = Object.fromEntries(Object.entries(errors).filter(([k]) => !(hiddenFields as readonly string[]).includes(k)))
    return page(g, status, { ...values, ...fresh(g) }, { ...seen, '': { key: 'contact-public.error.formOld' } })
  }

  site.get('/chat', 'public:report', async g => page(g, 200, fresh(g), {}))
  // The less protected form: without scripts, or on a slow phone. Sealed here when it arrives, and said to be so on both sides.
  site.post('/chat', 'public:report', async asked => {
    const g = { ...asked, body: withoutGate(asked.body) }
    const parsed = parseForm(chatForm, g.body)
    const binary = binaryFields(g.body, ['text'])
    if (!parsed.ok) return again(g, 422, parsed.values, { ...parsed.errors, ...binary })
    if (Object.keys(binary).length > 0) return again(g, 422, g.body, binary)
    const chat = Chat.parse(parsed.value)
    const wait = gate.hold(asked, 'chat')
    if (wait) return wait
    try {
      const { submission, seed, language, safeNow, text } = chat
      const report = { submission, seed, language, safeNow, text, where: '', who: 'me' as const }
      const done = await submitReport(g.ask, gate.argon, report, g.now, { channel: 'chat', answers: answersOf(chat) })
      if (done.kind === 'saved') {
        if (!done.again) gate.begun()
        count(g, 'report_sent')
        const kind = receiptList(chat.language) === 'digits' ? 'digits' : 'words'
        return sitePage({ body: sentScreen({ parts: done.receipt.parts, kind, safeNow: chat.safeNow }, g.t), path: '/' })
      }
      if (done.kind === 'busy') return page(g, 503, g.body, notNow('busy'))
      if (done.kind === 'closed') return page(g, 503, g.body, notNow('away'))
      return page(g, 409, { ...g.body, ...fresh(g) }, { '': { key: 'contact-public.error.sentBefore' } })
    } catch (e) {
      if (databaseAway(e)) return page(g, 503, g.body, notNow('away'))
      throw e
    }
  })

  // ---------------------------------------------------------------- what the device asks, once its script runs
  const json = (reply: FastifyReply, status: number, value: unknown) =>
    reply.code(status).type('application/json; charset=utf-8').send(JSON.stringify(value))
  const step = <K extends DeviceStep>(name: K, does: (body: unknown, now: string) => Promise<unknown>) =>
    site.app.post(`/chat/${name}`, { config: { permit: 'public:talk' } }, async (req, reply) => {
      const parsed = deviceBodies[name].safeParse({ ...(req.body as object) })
      if (!parsed.success) return json(reply, 422, { status: 'malformed' })
      try {
        return json(reply, 200, await does(parsed.data, site.deps.clock().toISOString()))
      } catch (e) {
        if (databaseAway(e)) return json(reply.header('retry-after', '5'), 503, { status: 'away' })
        // Ids and clocks that no page of ours sends: refused, and no fault to be told.
        if ((e as { code?: string }).code === '22023' || (e as { code?: string }).code === '23505')
          return json(reply, 422, { status: 'malformed' })
        throw e
      }
    })
  type Of<K extends DeviceStep> = ReturnType<(typeof deviceBodies)[K]['parse']>
  const unknown = { status: 'unknown' }
  step('start', async (b, now) => {
    const given = await startChat(site.ask, keys.fakeSalt, (b as Of<'start'>).list, now)
    if (given) count(site, 'report_shown')
    return given ? { status: 'start', ...given, bits: gate.deviceBits() } : { status: 'closed' }
  })
  step('open', async (b, now) => {
    const { work, ...body } = b as Of<'open'>
    // Asked to begin anew, with a ticket that says how much work it wants; what was typed stays on the device.
    if (!gate.worked(body.ticket, work)) return { status: 'old' }
    const status = await openChat(site.ask, keys.fakeSalt, body, now)
    if (status === 'saved') {
      gate.begun()
      count(site, 'report_sent')
    }
    return { status }
  })
  step('salt', async b => saltOf(site.ask, keys.fakeSalt, (b as Of<'salt'>).locator))
  step('take', async b => {
    const taken = await takeChat(site.ask, b as Of<'take'>)
    return taken ? { status: 'open', ...taken, prekey: await prekeyFor(site.ask, b as Of<'take'>) } : unknown
  })
  step('send', async b => sendChat(site.ask, b as Of<'send'>))
  step('seen', async b => ((await seenChat(site.ask, b as Of<'seen'>)) ? { status: 'seen' } : unknown))
  step('watched', async b => ((await watchedChat(site.ask, b as Of<'watched'>)) ? { status: 'noted' } : unknown))
  chatStreams(site, listenLive(site.deps.pool))
}
