import type { Id } from '../base/id.ts'
import type { Stamp } from '../base/time.ts'
import { answer, assign, block, type ContactFile, close, type Decided, judge, read, remark } from '../contact/rules.ts'
import { type ContactEvent, type ContactLanguage, outerChannels } from '../contact/schema.ts'
import { scriptLocale, sentence } from '../contact/store.desk-phrases.ts'
import { drainContacts } from '../contact/store.list.ts'
import { addMessage, openConversation, submitReport } from '../contact/store.public.ts'
import { findContactFile, findConversation, saveContact } from '../contact/store.ts'
import { type BotKeys, beginContact, findChat, lookupOf } from '../messenger/store.ts'
import type { ArgonQueue } from '../platform/argon.ts'
import { newId } from '../platform/records.ts'
import type { Ask } from '../platform/site.ts'
import { type DeskWork, type Talk, talks } from './schema.talks.ts'
import { idFrom } from './store.contacts.ts'
import { writeLife } from './store.emergency.ts'
import type { Hand, Hands } from './store.write.ts'

/** What the senders wrote: sealed by the public site and by the messenger process, as it comes. The same secrets again send the same forms, which count once. */
export const sendTalks = async (ask: Ask, argon: ArgonQueue, bot: BotKeys, secret: (what: string) => Buffer, now: Stamp): Promise<void> => {
  await Promise.all(
    talks.map(async t => {
      const { door, language, text } = t
      const key = `${door}/${language}`
      if (door === 'telegram') {
        const chat = `demo-${language}`
        if (await findChat(ask, bot, lookupOf(bot, door, chat))) return
        const from = { id: chat, name: 'Ёжик', handle: '' }
        await beginContact(ask, bot, { channel: door, chat, message: '1', kind: 'text', text, language, from }, language, now)
        return
      }
      const seed = secret(key).toString('hex')
      const report = { language, seed, submission: idFrom(secret(`${key}/form`)), safeNow: publicSafe(t), text, where: '', who: who(t) }
      const sent = await submitReport(ask, argon, report, now, { channel: door, answers: t.answers ?? {} })
      if (sent.kind !== 'saved' || !t.more) return
      const opened = await openConversation(ask, argon, secret('fake'), sent.receipt)
      if (opened.kind === 'open')
        await addMessage(ask, opened.conversation, sent.receipt.locator, { text: t.more, command: idFrom(secret(`${key}/more`)) }, language)
    }),
  )
}
const publicSafe = (t: Talk): 'yes' | 'no' | 'unsure' | 'not_asked' =>
  t.safeNow === 'unsure' || t.safeNow === 'yes' || t.safeNow === 'no' ? t.safeNow : 'not_asked'
const who = (t: Talk) => (t.door === 'chat' ? ('me' as const) : ('skip' as const))

const must = (d: Decided): ContactEvent => {
  if (!d.ok) throw new Error(`the rules refuse what the demonstration's desk does: ${d.error}`)
  return d.value
}

/** The desk works through one of them, one act after the other, as its forms would. */
const workOn = async (w: Hand, id: Id, work: DeskWork, language: ContactLanguage): Promise<void> => {
  const locked = async (): Promise<ContactFile> => {
    const file = await findContactFile(w, id, true)
    if (!file) throw new Error('the desk cannot read what came in')
    return file
  }
  const act = async (decide: (f: ContactFile) => Decided) => {
    const file = await locked()
    await saveContact(w, file, must(decide(file)), newId())
  }
  await act(f => read(f.contact))
  const { urgency, remark: words, block: quiet, close: ending } = work
  if (urgency) await act(f => judge(f, ...urgency))
  if (work.mine) await act(f => assign(f.contact, w.actor.id, [w.actor.id]))
  if (work.answer) {
    const [file, to, message, locale] = [await locked(), await findConversation(w, id), newId(), scriptLocale(language)]
    const text = work.answer.map(p => sentence(p, locale)).join('\n\n')
    const said = must(answer(file.contact, message, to !== undefined, null))
    await saveContact(w, file, said, newId(), { id: message, direction: 'out', body: { text, language: locale }, to })
  }
  if (words) await act(f => remark(f, words))
  if (quiet) await act(f => block(f.contact, ...quiet, w.now))
  if (ending) await act(f => close(f.contact, ...ending, w.now))
}

/** What the desk has done with them until now. Whatever was begun already is left as it is. Returns how many were worked on. */
export const workTalks = async (h: Hands, now: Stamp): Promise<number> => {
  const w = await h.as('duty', now)
  await drainContacts(w, 100)
  const { rows } = await w.tx.query<{ id: Id; channel: string }>(
    "select id, channel from app.contact where state = 'new' and unread and channel = any ($1) and channel <> 'report' order by received, id",
    [outerChannels],
  )
  let n = 0
  for (const r of rows) {
    const language = (await findContactFile(w, r.id))?.story?.language
    const talk = talks.find(t => t.door === r.channel && t.language === language)
    if (!talk?.desk || !language) continue
    await workOn(w, r.id, talk.desk, language)
    if (talk.desk.life) await writeLife(w, { record: r.id, kind: 'contact', homeGroup: h.team }, 'open')
    n += 1
  }
  return n
}
