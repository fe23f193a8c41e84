import { createHash, randomBytes } from 'node:crypto'
import sharp from 'sharp'
import { begin, comeBack, type Held, readWords, send, uuid } from '../src/browser/chat.keys.ts'
import { receiptList } from '../src/contact/rules.receipt.ts'
import { wordListTexts } from '../src/contact/store.public.ts'
import { filled, formsIn } from '../src/main.forms.testing.ts'
import { telegramStub, telegramToken, telegramUpdate } from '../src/messenger/stub.testing.ts'
import type { RunningInstallation } from '../src/platform/installation.testing.ts'
import { type Caller, caller, summaryOf } from './house.testing.ts'
import { type Needle, needlesFor } from './scan.testing.ts'

/* Every way in which somebody outside can put words before staff: the chat (sealed on the device, and by our server), the report, the concern of an adult, the bot. */

/** Lets the device's own code reach this site from Node, and gives it the word lists that a page would bring. */
export const letDeviceReach = (site: string): void => {
  const real = globalThis.fetch
  globalThis.fetch = ((url: string | URL | Request, init?: RequestInit) =>
    real(typeof url === 'string' && url.startsWith('/') ? site + url : url, init)) as typeof fetch
  ;(globalThis as { dvWords?: Record<string, string> }).dvWords = wordListTexts()
}
const never = { signal: new AbortController().signal, waiting: () => undefined }

/** A chat as a device begins it. `text` is its first message. */
export const chatOnDevice = async (text: string, language = 'ru'): Promise<{ readonly held: Held; readonly words: string }> => {
  const first = { text, language, safeNow: 'unsure', answers: {}, submission: uuid(), seed: uuid().replaceAll('-', '').repeat(2) }
  const done = await begin(first, receiptList(language), () => undefined)
  if (done.kind !== 'open') throw new Error(`a chat could not be begun: ${done.kind}`)
  return { held: done.held, words: done.receipt.parts.join(' ') }
}
export const chatMore = async (held: Held, text: string): Promise<void> => {
  if (!(await send(held, uuid(), text, 'ru', never))) throw new Error('a message was not taken')
}
/** Comes back with the words; the first time for this number costs the device what it costs a phone. */
export const chatAgain = async (words: string) => {
  const read = await readWords(words)
  return read.ok ? comeBack(read) : undefined
}

/** Fills a form of the public site without scripts; `say` gives the words of each open field. Throws unless it was taken. */
export const sendPublic = async (
  house: Pick<RunningInstallation, 'public'>,
  page: string,
  say: (name: string) => string,
): Promise<string> => {
  const guest = caller(house.public)
  const form = formsIn((await guest.get(page)).body).find(f => f.action === page && f.method === 'post')
  if (!form) throw new Error(`${page} has no form`)
  const typed = filled(form, f => say(f.name))
  let answer = await guest.post(page, typed)
  // Many at once are asked for a little work, which a script of the page does.
  const stamp = answer.status === 429 ? /name="stamp" value="([^"]*)"/.exec(answer.body)?.[1] : undefined
  if (stamp) {
    const bits = Number(stamp.split('.')[1])
    let work = 0
    while (createHash('sha256').update(`${stamp}:${work}`).digest().readUInt32BE(0) >>> (32 - bits)) work++
    answer = await guest.post(page, { ...typed, stamp, work: String(work) })
  }
  if (answer.status !== 200 || !answer.body.includes('dv-secret'))
    throw new Error(`${page} answers ${answer.status}: ${summaryOf(answer.body)}`)
  return (/<(?:ol|p) class="dv-secret"[^>]*>(.*?)<\/(?:ol|p)>/.exec(answer.body)?.[1] ?? '')
    .replaceAll('</li>', ' ')
    .replace(/<[^>]+>/g, '')
    .trim()
}

/** A stand-in of the messenger's servers, and what an installation must be told so that its own messenger process talks to it. */
export const botDoor = async () => {
  const stub = await telegramStub()
  let n = 0
  return {
    stub,
    env: { TELEGRAM_TOKEN: telegramToken, TELEGRAM_API: stub.url },
    write: (chat: number, text: string, from: Record<string, unknown> = {}): void =>
      void stub.updates.push(telegramUpdate(++n, chat, { text, chat: { id: chat, type: 'private', ...from } }, from)),
  }
}

/** A picture of noise, as nobody else has it, and slices of its bytes to look for. */
const noise = async () => {
  const [width, height] = [320, 240]
  const jpeg = await sharp(randomBytes(width * height * 3), { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 90 })
    .toBuffer()
  return jpeg
}
const slices = (what: string, bytes: Buffer): Needle[] =>
  [0.3, 0.5, 0.7].map(part => {
    const from = Math.floor(bytes.length * part)
    return { what: `${what} at ${from}`, bytes: bytes.subarray(from, from + 24) }
  })

/** What the canary types at each door: words that nobody else has. */
export const doorWords = {
  device: 'УстройствоЩж7',
  server: 'СерверщикЩж7',
  concern: 'ТревожникЩж7',
  bot: 'БотописецЩж7',
  handle: 'handle_zhq7xw',
  remark: 'ПометчикЩж7',
  card: 'КарточникЩж7',
  searched: 'ИскомыйЩж7',
  plan: 'ПланщикЩж7',
} as const

/** Comes in by every door with words of its own, and has staff do with them what they do. Returns slices of a photograph, and whether each word was read where it may be. */
export const tellAtTheDoors = async (
  house: Pick<RunningInstallation, 'public' | 'office'>,
  door: Awaited<ReturnType<typeof botDoor>>,
  people: { readonly duty: Caller; readonly worker: Caller; readonly caseId: string; readonly personId: string },
): Promise<{ readonly needles: Needle[]; readonly read: Readonly<Record<string, boolean>> }> => {
  const { duty, worker, caseId, personId } = people
  const w = doorWords
  letDeviceReach(house.public)
  const { held } = await chatOnDevice(`${w.device} раз`)
  await chatMore(held, `${w.device} два`)
  const contact = `/ru/contacts/${held.contact}`
  const type = async (who: Caller, page: string, words: string, action: string, fixed: Record<string, string> = {}) => {
    const form = await who.form(page, action)
    const fields = filled(form, f => (/-(day|month|year)$/.test(f.name) ? f.value : words))
    const done = await who.post(action, { ...fields, ...fixed })
    if (done.status >= 400) throw new Error(`${action} answers ${done.status}: ${summaryOf(done.body)}`)
    return done
  }
  const read: Record<string, boolean> = {}
  read.device = (await duty.get(contact)).body.includes(`${w.device} два`)
  // The first act seals what lay in boxes anew; what comes afterwards lies in a box again.
  await type(duty, contact, w.remark, `${contact}/remark`)
  await chatMore(held, `${w.device} три`)
  read.remark = (await duty.get(contact)).body.includes(w.remark)
  await sendPublic(house, '/ru/chat', name => (name === 'text' ? w.server : ''))
  await sendPublic(house, '/ru/concern', () => w.concern)
  door.write(77, w.bot, { first_name: w.handle, last_name: w.handle, username: w.handle })
  for (let i = 0; i < 100 && !read.bot; i++) {
    const pages = await Promise.all(
      ['chat', 'concern', 'telegram'].map(async channel => {
        const list = (await duty.get(`/ru/contacts?channel=${channel}`)).body
        return Promise.all(
          [...new Set([...list.matchAll(/\/ru\/contacts\/[0-9a-f-]{36}/g)].map(m => m[0]))].map(async at => (await duty.get(at)).body),
        )
      }),
    )
    const all = pages.flat().join('\n')
    for (const kind of ['server', 'concern', 'bot', 'handle'] as const) read[kind] = all.includes(w[kind])
    if (!read.bot) await new Promise(r => setTimeout(r, 200))
  }
  const card = (await duty.post(`${contact}/life`, { command: crypto.randomUUID() })).location.split('?')[0] ?? ''
  await type(duty, card, w.card, `${card}/tell`)
  read.card = (await duty.get(card)).body.includes(w.card)
  read.searched = (await type(worker, '/ru/people/search', w.searched, '/ru/people/search')).body.includes(w.searched)
  const plan = `/ru/cases/${caseId}/safe-contact`
  await type(worker, `${plan}/write`, w.plan, `${plan}/write`, { ways: 'chat', from: '9:00', until: '18:00' })
  read.plan = (await worker.get(plan)).body.includes(w.plan)

  const picture = await noise()
  const files = `/ru/people/${personId}/files`
  const form = new FormData()
  for (const [k, v] of Object.entries(filled(await worker.form(`${files}/new`), () => w.plan)))
    if (k !== 'file' && k !== 'stored') form.set(k, v)
  form.set('file', new Blob([new Uint8Array(picture)], { type: 'image/jpeg' }), 'IMG_7777.jpg')
  const sent = await fetch(`${house.office}${files}/new`, {
    method: 'POST',
    body: form,
    redirect: 'manual',
    headers: { cookie: worker.cookie, origin: house.office },
  })
  if (sent.status !== 303) throw new Error(`the picture was not taken: ${sent.status} ${summaryOf(await sent.text())}`)
  const list = (await worker.get(files)).body
  const at = new RegExp(`${files}/[0-9a-f-]{36}`).exec(list)?.[0] ?? ''
  const shown = Buffer.from(await (await fetch(`${house.office}${at}/picture`, { headers: { cookie: worker.cookie } })).arrayBuffer())
  read.picture = shown.subarray(0, 2).toString('hex') === 'ffd8' && shown.length > 10_000
  return {
    needles: [...needlesFor(Object.values(w)), ...slices('photograph as sent', picture), ...slices('photograph as kept', shown)],
    read,
  }
}
